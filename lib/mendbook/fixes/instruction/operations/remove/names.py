"""The names that a clause tells to remove."""

from __future__ import annotations

from mendbook.fixes.instruction.clauses import Clause
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.scene import Scene

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


def named(scene: Scene, clause: Clause) -> list[str]:
    """Return the names that the clause's object gives, as code or as words the file spells."""
    codes = [
        one.bare for one in clause.object.codes
        if one.shape is Shape.NAME or (one.shape is Shape.CODE and one.text.endswith("()"))
    ]  # fmt: skip
    if codes or clause.object.codes:
        return [one.rpartition(".")[2] for one in codes]
    return [
        word
        for word in clause.object.spelled
        if word.lower() not in _NOT_NAMES and scene.knows(word)
    ]
