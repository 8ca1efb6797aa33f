"""Which keys of Redis a method touches, so that two calls can be held against each other."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.functions import declarations
from mendbook.code.module_text import Module, imports, modules
from mendbook.code.search import find_all
from mendbook.repository.snapshot import Snapshot

_CALL = re.compile(r"(?:this\.)?(\w+)\.(\w+)\(", re.DOTALL)
_WHOLE = (".flushdb", ".flushall", ".eval", ".evalsha", ".keys", ".multi", ".pipeline")
"""Commands whose keys are not in their first argument."""


def callee_text(call: SgNode) -> str:
    """Return all of what ``call`` calls, as it is written: ``this.redis.get``."""
    callee = call.field("function")
    return callee.text() if callee is not None else "the call"


def touched_keys(snapshot: Snapshot, call: SgNode) -> set[str] | None:
    """Return the key builders that the called method touches; None when that cannot be told.

    It can be told of a method that is declared once, catches its own errors (so that awaiting
    both together fails no differently), writes no field, and calls nothing but its Redis client,
    its logger, and key builders of its own module.
    """
    match = _CALL.match(call.text())
    arguments = call.field("arguments")
    if (
        match is None
        or arguments is None
        or find_all(arguments, "await_expression", "call_expression")
    ):
        return None
    methods = [
        (module, node)
        for module in modules(snapshot, match[2])
        for node in declarations(module.root, match[2])
        if node.kind() == "method_definition" and _named_like(node, match[1])
    ]
    return _touched(*methods[0]) if len(methods) == 1 else None


def _named_like(method: SgNode, receiver: str) -> bool:
    owner = next((one for one in method.ancestors() if one.kind() == "class_declaration"), None)
    label = owner.field("name") if owner is not None else None
    return label is not None and label.text().lower() == receiver.lower()


def _touched(module: Module, method: SgNode) -> set[str] | None:
    block = method.field("body")
    statements = block.named_children() if block is not None else []
    work = [one for one in statements if one.kind() != "comment"]
    if len(work) != 1 or work[0].kind() != "try_statement" or find_all(method, "throw_statement"):
        return None
    if any(one.text().startswith("this.") for one in _targets_of(method)):
        return None
    builders: set[str] = set()
    for call in find_all(method, "call_expression"):
        name = callee_text(call)
        if re.fullmatch(r"(this\.)?(logger|log)\.\w+", name):
            continue
        if re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
            builders.add(f"{module.path}:{name}")
        elif not re.fullmatch(r"(this\.)?redis\.\w+", name) or name.endswith(_WHOLE):
            return None
    imported = {one.local for one in imports(module)}
    own = {one.partition(":")[2] for one in builders}
    distinct = own and not own & imported and _distinct(module, own)
    return builders if distinct else None


def _targets_of(method: SgNode) -> list[SgNode]:
    kinds = ("assignment_expression", "augmented_assignment_expression", "update_expression")
    targets = [one.field("left") or one.field("argument") for one in find_all(method, *kinds)]
    return [one for one in targets if one is not None]


def _distinct(module: Module, names: set[str]) -> bool:
    """Tell whether no two key builders of the module make the same text."""
    values = {
        label.text(): value.text()
        for one in find_all(module.root, "variable_declarator")
        if (label := one.field("name")) is not None and (value := one.field("value")) is not None
    }
    written = [
        re.sub(r"\$\{[^}]*\}", "*", value.rpartition("=>")[2].strip())
        for name, value in values.items()
        if re.fullmatch(r"[A-Z][A-Z0-9_]*", name) and value.endswith("`")
    ]
    return all(name in values for name in names) and len(written) == len(set(written))
