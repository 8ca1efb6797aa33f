"""Parse each text once, whoever asks about it, and keep no more trees than memory bears."""

from __future__ import annotations

from ast_grep_py import SgNode, SgRoot

from mendbook.text.recent import Recent

MOST_CHARACTERS = 12_000_000
"""Of the texts whose trees are kept; a tree takes some 25 bytes for each."""
_LEAST = 500
"""Characters that a short text counts for: a tree takes memory of its own."""
_trees: Recent[tuple[str, str], SgNode] = Recent(MOST_CHARACTERS)


def root_of(grammar: str, text: str) -> SgNode:
    """Return the root of ``text`` in a ``grammar`` that is called as ast-grep calls it."""
    key = grammar, text
    known = _trees.get(key)
    if known is not None:
        return known
    return _trees.keep(key, SgRoot(text, grammar).root(), len(text) + _LEAST)
