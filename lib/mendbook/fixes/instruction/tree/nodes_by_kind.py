"""The nodes of a file by their kinds: one search for all kinds, however many are asked for.

Every check of an edit asks a new text for nodes of its own kinds, and each search goes through the
whole tree. After some of them a file is gone through once for all the kinds that were ever asked
for in its language.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ast_grep_py import SgNode

from mendbook.code.search import known_kinds

_SEARCHES = 3
"""Times that a file is searched for kinds before it is gone through for all of them."""
_asked: dict[str, set[str]] = {}
"""Kinds that were asked for, by grammar."""


class NodesByKind:
    """The nodes of one file in a grammar, in the order of the text."""

    def __init__(self, root: SgNode, grammar: str) -> None:
        self._root = root
        self._grammar = grammar
        self._known: dict[frozenset[str], list[SgNode]] = {}
        self._covered: frozenset[str] = frozenset()
        self._places: dict[str, list[int]] = {}
        self._nodes: list[SgNode] = []

    def of(self, kinds: Iterable[str]) -> list[SgNode]:
        """Return the nodes of ``kinds``; a kind that the grammar lacks has none."""
        wanted = known_kinds(self._grammar, frozenset(kinds))
        if wanted not in self._known:
            self._known[wanted] = self._found(wanted)
        return self._known[wanted]

    def _found(self, wanted: frozenset[str]) -> list[SgNode]:
        asked = _asked.setdefault(self._grammar, set())
        asked |= wanted
        if len(self._known) < _SEARCHES:
            return _search(self._root, wanted)
        if not self._covered:
            self._go_through(frozenset(asked))
        if not wanted <= self._covered:
            return _search(self._root, wanted)
        places = sorted(place for kind in wanted for place in self._places.get(kind, ()))
        return [self._nodes[place] for place in places]

    def _go_through(self, kinds: frozenset[str]) -> None:
        self._covered = kinds
        self._nodes = _search(self._root, kinds)
        for place, node in enumerate(self._nodes):
            self._places.setdefault(node.kind(), []).append(place)


def _search(root: SgNode, kinds: frozenset[str]) -> list[SgNode]:
    return root.find_all(any=[{"kind": kind} for kind in sorted(kinds)]) if kinds else []


@lru_cache(maxsize=128)
def nodes_by_kind(root: SgNode, grammar: str) -> NodesByKind:
    """Return the nodes of the file whose root is ``root``, which all share who ask about it."""
    return NodesByKind(root, grammar)
