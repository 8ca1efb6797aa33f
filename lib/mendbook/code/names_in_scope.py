"""Name things as code does, and find the place where a new constant goes."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.module_text import Module


def constant_name(text: str) -> str:
    """Return ``text`` as a constant is spelled: ``deadLetter`` becomes ``DEAD_LETTER``."""
    parted = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", text)
    return re.sub(r"\W+", "_", parted).strip("_").upper()


def top_level(node: SgNode) -> SgNode:
    """Return the first node to insert above: the top-level statement around ``node``.

    Comments that belong to the statement come with it.
    """
    outers = node.ancestors()
    statement = next(
        (inner for inner, outer in zip([node, *outers], outers, strict=False) if _is_file(outer)),
        node,
    )
    above = statement.prev()
    while above is not None and above.kind() == "comment":
        between = above.range().end.line
        if statement.range().start.line - between != 1:
            break
        statement, above = above, above.prev()
    return statement


def _is_file(node: SgNode) -> bool:
    return node.kind() == "program"


def is_taken(module: Module, name: str) -> bool:
    """Tell whether ``name`` is already spelled anywhere in the module."""
    return bool(re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", module.text))
