"""Search a syntax tree by kind, in any language."""

from __future__ import annotations

from functools import lru_cache

from ast_grep_py import SgNode, SgRoot


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


@lru_cache(maxsize=1024)
def known_kinds(grammar: str, kinds: frozenset[str]) -> frozenset[str]:
    """Return those of ``kinds`` that ``grammar`` has."""
    return frozenset(kind for kind in kinds if _has_kind(grammar, kind))


@lru_cache(maxsize=256)
def _has_kind(grammar: str, kind: str) -> bool:
    """Tell whether ``grammar`` has nodes of ``kind``; the parser refuses to look for others."""
    try:
        SgRoot("", grammar).root().find_all(kind=kind)
    except RuntimeError:
        return False
    return True
