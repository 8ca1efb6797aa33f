"""Where a script says a name in a text, which no rename reaches: ``all["depth"]``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.code.trees import is_source
from mendbook.code.word_index import files_holding
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.task import Task

_WHOLE = re.compile(r"\*\s*as\s+([\w$]+)")


def refuse_said_export(task: Task, name: str) -> None:
    """Raise ``Abstain`` where ``name`` is taken off a whole module by a text."""
    for path, text in _scripts(task, name):
        for whole in _WHOLE.findall(text):
            taken = re.compile(
                rf"\b{re.escape(whole)}\)*\s*(?:\?\.)?\[\s*([\"'`]){re.escape(name)}\1\s*\]"
            )
            _refuse(name, path, text, taken)


def refuse_said_member(task: Task, name: str, owner: str) -> None:
    """Raise ``Abstain`` where a file that knows ``owner`` says its member ``name`` in a text."""
    said = re.compile(rf"([\"'`]){re.escape(name)}\1(?!\s*:)")
    for path, text in _scripts(task, name):
        if re.search(rf"(?<![\w$]){re.escape(owner)}(?![\w$])", text):
            _refuse(name, path, text, said)


def _scripts(task: Task, name: str) -> Iterator[tuple[str, str]]:
    for path in sorted(filter(is_source, files_holding(task.snapshot, name))):
        yield path, task.snapshot.text(path)


def _refuse(name: str, path: str, text: str, pattern: re.Pattern[str]) -> None:
    if (match := pattern.search(text)) is not None:
        line = text.count("\n", 0, match.start()) + 1
        raise Abstain(f"{name} is written as a text at {path}:{line}, which may mean it")
