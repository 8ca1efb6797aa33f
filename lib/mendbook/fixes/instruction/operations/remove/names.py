"""The names that a clause tells to remove."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.sentences.clauses import Clause

_NOT_NAMES = {
    "unused", "dead", "redundant", "unnecessary", "obsolete", "explicit", "the", "a", "an", "debug",
    "leftover", "stale", "duplicate", "import", "imports", "method", "function", "class", "field",
    "property", "constant", "interface", "type", "variable", "branch", "call", "calls", "line",
    "lines", "statement", "and", "its", "helper", "private", "public", "whole", "entire", "enum",
    "component", "definition", "declaration", "code", "comment", "block", "check", "condition",
    "everything", "that", "writes", "reads", "uses", "export", "exported", "handler", "option",
    "argument", "parameter", "local", "alias", "commented-out", "both", "all", "two", "three",
    "deprecated", "legacy", "old", "unreachable", "never-called", "unreferenced", "it",
}  # fmt: skip

_SAYS_CODE = {
    "unused", "dead", "redundant", "unnecessary", "obsolete", "duplicate", "deprecated", "legacy",
    "never-called", "unreferenced", "import", "imports", "method", "function", "class", "field",
    "property", "constant", "interface", "type", "variable", "helper", "enum", "component",
    "export", "exported", "argument", "parameter", "option", "alias", "definition", "declaration",
    "module", "decorator", "hook", "prop", "attribute", "member", "getter", "setter", "key",
    "write-only", "never-read", "unread", "counter", "flag",
}  # fmt: skip
"""Words by which a sentence says that it speaks of code, so that a plain word may be a name."""


def named(scene: Scene, clause: Clause) -> list[str]:
    """Return the names that the clause's object gives, as code or as words the file spells.

    None where a whole file is what goes.
    """
    if clause.object.code is not None and clause.object.code.shape is Shape.PATH:
        return []
    codes = [
        one.bare for one in clause.object.codes
        if one.shape is Shape.NAME or (one.shape is Shape.CODE and one.text.endswith("()"))
    ]  # fmt: skip
    if codes or clause.object.codes:
        return [one.rpartition(".")[2] for one in codes]
    words = [
        word
        for word in clause.object.spelled
        if word.lower() not in _NOT_NAMES and scene.knows(word)
    ]
    return words if _SAYS_CODE.intersection(clause.object.words) else _unlike_words(words, clause)


def _unlike_words(words: Sequence[str], clause: Clause) -> list[str]:
    """Leave out what a sentence has as a word of its own: *delete the room when it is empty*."""
    if not clause.object.has("the", "a", "an", "this", "that", "its", "their", "each", "every"):
        return list(words)
    return [word for word in words if not re.fullmatch(r"[A-Z]?[a-z]+", word)]
