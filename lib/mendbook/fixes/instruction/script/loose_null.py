"""``x == null`` holds for ``undefined`` as well, which ``x === null`` lets through."""

from __future__ import annotations

import re

from mendbook.code.word_index import files_holding
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.tree.language import language_of
from mendbook.fixes.task import Task

_LOOSE = re.compile(r"(?P<what>[\w$.?!]+(?:\([^()]*\))?)\s*(?P<sign>[!=])=\s+null\b")
_STRICT = re.compile(r"(?P<what>[\w$.?!]+(?:\([^()]*\))?)\s*(?P<sign>[!=])==\s+null\b")


def refuse_lost_undefined(task: Task, path: str, before: str, after: str) -> None:
    """Raise ``Abstain`` where a test for null or undefined would be one for null alone.

    Types tell that a value is never undefined, and so may the text; JavaScript has no types.
    """
    language = language_of(path)
    if language is None or not language.script or re.search(r"\bundefined\b", _said(task)):
        return
    strict = {(one["what"], one["sign"]) for one in _STRICT.finditer(after)}
    strict -= {(one["what"], one["sign"]) for one in _STRICT.finditer(before)}
    loose = {(one["what"], one["sign"]) for one in _LOOSE.finditer(before)}
    for what, _ in sorted(strict & loose):
        name = re.sub(r"\(.*$", "", what).rpartition(".")[2].strip("?!")
        if language.name == "javascript" or "?." in what or _is_optional(task, name):
            raise Abstain(f"`{what}` may be undefined, which `=== null` would let through")


def _said(task: Task) -> str:
    finding = task.finding
    return f"{finding.fix} {finding.problem} {finding.impact}"


def _is_optional(task: Task, name: str) -> bool:
    """Tell whether a script declares the name so that it may be undefined."""
    told = re.compile(rf"\b{re.escape(name)}(?:\?\s*:|\s*:[^;,={{}}()\n]*\bundefined\b)")
    return any(
        told.search(task.snapshot.text(path))
        for path in files_holding(task.snapshot, name)
        if (language := language_of(path)) is not None and language.script
    )
