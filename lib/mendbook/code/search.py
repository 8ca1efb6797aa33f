"""Search a syntax tree by kind, in any language."""

from __future__ import annotations

from ast_grep_py import SgNode


def find_all(scope: SgNode, *kinds: str, regex: str = "") -> list[SgNode]:
    """Return the nodes below ``scope`` of these kinds, in the order of ``kinds``.

    A kind that the language does not have (an interface in JavaScript) has no nodes; ast-grep
    refuses such a search with ``RuntimeError``. ``regex`` matches the node's text.
    """
    nodes: list[SgNode] = []
    for kind in kinds:
        try:
            nodes += scope.find_all(kind=kind, regex=regex) if regex else scope.find_all(kind=kind)
        except RuntimeError:
            continue
    return nodes


def find_one(scope: SgNode, kind: str) -> SgNode | None:
    """Return the first node of ``kind`` below ``scope``, or None."""
    return next(iter(find_all(scope, kind)), None)
