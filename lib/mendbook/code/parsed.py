"""Parse each text once, whoever asks about it, and keep no more trees than memory bears."""

from __future__ import annotations

from ast_grep_py import SgNode, SgRoot

from mendbook.text.recent import Recent

MOST_CHARACTERS = 12_000_000
"""Of the texts whose trees are kept; a tree takes some 25 bytes for each."""
_LEAST = 500
"""Characters that a short text counts for: a tree takes memory of its own."""
_trees: Recent[tuple[str, str], SgNode] = Recent(MOST_CHARACTERS)
_LAST = 64
"""Roots whose grammar is known, those asked for last: a node does not tell its own."""
_grammars: Recent[SgNode, str] = Recent(_LAST)


def root_of(grammar: str, text: str) -> SgNode:
    """Return the root of ``text`` in a ``grammar`` that is called as ast-grep calls it."""
    key = grammar, text
    root = _trees.get(key)
    if root is None:
        root = _trees.keep(key, SgRoot(text, grammar).root(), len(text) + _LEAST)
    _grammars.keep(root, grammar, 1)
    return root


def grammar_of_root(root: SgNode) -> str | None:
    """Return the grammar of a root that ``root_of`` made of late; None where it is not known."""
    return _grammars.get(root)
