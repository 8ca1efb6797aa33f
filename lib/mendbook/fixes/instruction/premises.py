"""Refuse an edit that passes over a condition which the text puts on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mendbook.code.alignment import changes, split_lines
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.clauses import Clause
from mendbook.fixes.task import Task
from mendbook.text.plain import one_line

_ONLY_IF = re.compile(
    r"\b(?:unless|only if|only when|only where|provided(?: that)?|as long as|assuming|in case)\b"
    r"(?! (?:it is )?(?:set|configured|given|specified|overridden)\b)[^.;:]*",
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


def refuse_unmet(task: Task, clauses: Sequence[Clause], edits: Mapping[str, str]) -> None:
    """Raise ``Abstain`` where a step holds on a condition only, and ``edits`` test nothing new.

    *Raise the limit, unless the store is shared* and *after the last attempt, throw* say when; a
    change that is made always is another one.
    """
    told = [one_line(said, 80) for one in clauses for said in _conditions(one.text)]
    told += [one_line(each[0], 80) for each in _WHICH_TIME.finditer(task.finding.fix)]
    if told and not any(_TESTS.search(line) for line in _new_lines(task, edits)):
        raise Abstain(f"it is to be so `{told[0].strip()}`, which the edit does not test")


def _conditions(text: str) -> Iterator[str]:
    for found in _ONLY_IF.finditer(text):
        yield found[0]


def _new_lines(task: Task, edits: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines that ``edits`` write, those that only move left out."""
    for path, after in edits.items():
        old, new = split_lines(task.snapshot.get(path) or ""), split_lines(after)
        kept = {line.strip() for line in old}
        for hunk in changes(old, new):
            yield from (line for line in new[hunk.new_start : hunk.new_end]
                        if line.strip() not in kept)  # fmt: skip
