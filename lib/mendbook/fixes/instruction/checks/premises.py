"""Refuse an edit that passes over a condition which the text puts on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mendbook.code.line_runs import line_runs, split_lines
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.ledger import unmasked
from mendbook.fixes.task import Task
from mendbook.text.plain import one_line

_ONLY_IF = re.compile(
    r"\b(?:unless|only if|only when|only where|provided that|providing that|as long as|so long as"
    r"|assuming|in case|on (?:the )?condition that)\b"
    r"(?! (?:it is )?(?:set|configured|given|specified|overridden)\b)[^.;:]*"
    r"|[,(]\s*(?:provided|if\s+(?:possible|feasible|supported|applicable|available))\b[^.;:]*",
    re.IGNORECASE,
)
_WHICH_TIME = re.compile(
    r"\b(?:after|once|until|when|on|before)\s+(?:[\w-]+\s+){0,3}?(?:last|final|first|second|third"
    r"|next|previous|\d+(?:st|nd|rd|th)?|all|several|repeated|consecutive|too many|max(?:imum)?)\s+"
    r"(?:[\w-]+\s+){0,2}?(?:attempts?|retr(?:y|ies)|tr(?:y|ies)|iterations?|failures?|times?|rounds?"
    r"|pass(?:es)?)\b",
    re.IGNORECASE,
)
_TESTS = re.compile(
    r"\b(?:if|elif|unless|when|while|until|switch|case|match|and|or|not|for)\b|&&|\|\||\?|[<>=]="
)


def refuse_unmet(task: Task, edits: Mapping[str, str | None]) -> None:
    """Raise ``Abstain`` where the text asks on a condition only, and ``edits`` test nothing new.

    *Raise the limit, unless the store is shared* and *after the last attempt, throw* say when; a
    change that is made always is another one.
    """
    told = [one_line(said, 80) for said in _conditions(task.finding.fix)]
    told += [one_line(each[0], 80) for each in _WHICH_TIME.finditer(task.finding.fix)]
    if told and not any(_TESTS.search(line) for line in _new_lines(task, edits)):
        raise Abstain(f"it is to be so `{told[0].strip(' ,(')}`, which the edit does not test")


def _conditions(text: str) -> tuple[str, ...]:
    """Return the conditions in words that a fix text puts on what it asks; code says none."""
    masked, codes = scan(text)
    return tuple(unmasked(match[0], codes) for match in _ONLY_IF.finditer(masked))


def _new_lines(task: Task, edits: Mapping[str, str | None]) -> Iterator[str]:
    """Yield the lines that ``edits`` write, those that only move left out."""
    for path, after in edits.items():
        before = task.snapshot.get(path) or ""
        kept = {line.strip() for line in split_lines(before)}
        for run in line_runs(before, after):
            yield from (line for line in run.written if line.strip() not in kept)
