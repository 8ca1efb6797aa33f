"""Where Socket.io servers are made, in each way that its documentation shows."""

from __future__ import annotations

from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.advice.production_code import Code, bare, bound, in_order, required
from mendbook.code.module_text import Module
from mendbook.code.search import find_all

PACKAGE = "socket.io"
_WHOLE = {"default", "*"}
_METHODS = {"listen", "attach"}


def servers(code: Code) -> Iterator[tuple[Module, SgNode]]:
    """Yield every call or construction that makes a server, in file order.

    ``new Server(…)``, ``new io.Server(…)``, ``io(http)``, ``io.listen(80)`` and
    ``require("socket.io")(http)`` count, however the package is imported or required.
    """
    for module in code.modules(PACKAGE):
        names = bound(module, PACKAGE)
        for node in in_order(find_all(module.root, "call_expression", "new_expression")):
            callee = node.field("constructor") or node.field("function")
            if callee is not None and _makes(bare(callee), names, node.kind() == "new_expression"):
                yield module, node


def _makes(callee: SgNode, names: dict[str, str], constructs: bool) -> bool:
    if required(callee) == PACKAGE:
        return True
    if callee.kind() == "identifier":
        export = names.get(callee.text(), "")
        return export == "Server" or (export in _WHOLE and not constructs)
    base, last = callee.field("object"), callee.field("property")
    if base is None or last is None:
        return False
    whole = required(bare(base)) == PACKAGE or names.get(base.text(), "") in _WHOLE
    return whole and (last.text() == "Server" or (not constructs and last.text() in _METHODS))
