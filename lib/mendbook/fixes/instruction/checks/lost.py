"""What goes with an edit that no word of the fix text speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.code.edits import Edit
from mendbook.code.line_runs import line_runs
from mendbook.text.plain import one_line


def lost(fix: str, before: str, after: str, edits: Sequence[Edit]) -> str:
    """Say what ``edits`` would lose on the way from ``before`` to ``after``; else nothing."""
    if operand := _lost_operand(fix, before, edits):
        return f"`{operand}` would go with what it stands beside"
    if scheme := _lost_scheme(before, edits):
        return f"`{scheme}`, which stands before the value, would be lost"
    if answer := _lost_answer(fix, before, after):
        return f"`{answer}` would be all that is returned, whatever is computed"
    return ""


_OPERANDS = re.compile(r"\s+(?:and|or)\s+|\s*(?:&&|\|\|)\s*")


def _lost_operand(fix: str, before: str, edits: Sequence[Edit]) -> str:
    """Return the operand of a test that goes with another, and that no word speaks of.

    New code that has names of one operand alone stands for that one.
    """
    for edit in edits:
        old, new = before[edit.start : edit.end].strip(), edit.text.strip()
        parts = _OPERANDS.split(old)
        if len(parts) < 2 or _OPERANDS.search(new) or not new or re.search(r"[\n{};'\"]", old):
            continue
        names = [set(re.findall(r"[A-Za-z_$][\w$]{2,}", one)) for one in parts]
        told = set(re.findall(r"[A-Za-z_$][\w$]*", f"{new} {fix}"))
        if any(one & told for one in names):
            lost = [part for part, one in zip(parts, names, strict=True) if one and not one & told]
            if lost:
                return one_line(lost[0], 60)
    return ""


_LED = re.compile(r"(?P<mark>[\"'`])(?P<lead>[A-Za-z]+)(?: |: ?|=)\S+(?P=mark)")
_FROM_OUTSIDE = re.compile(r"\bprocess\.env\b|\bos\.environ\b|\bgetenv\b|\bEnv\b", re.IGNORECASE)


def _lost_scheme(before: str, edits: Sequence[Edit]) -> str:
    """Return the word before a written-out secret that goes with it: *Bearer* of a header."""
    for edit in edits:
        led = _LED.fullmatch(before[edit.start : edit.end].strip())
        if led and _FROM_OUTSIDE.search(edit.text) and led["lead"] not in edit.text:
            return led["lead"]
    return ""


_RETURNS = re.compile(r"(?P<margin>\s*)return\s+(?P<value>[^;\n]+?)\s*;?\s*$")
_LITERAL = re.compile(
    r"-?\d[\d._]*|true|false|null|undefined|None|True|False|nil|\[\]|\{\}|''|\"\""
)
_EXCHANGES = re.compile(
    r"^\W*(?:please\s+|just\s+)*(?:return|answer|respond|give\s+back|make\s+it)\b"
    r"|\b(?:instead|rather\s+than|in\s+place|always|simply|no\s+longer|replace|swap|change|becomes?"
    r"|should|must)\s|\binstead\b|->|→|,\s+not\b",
    re.IGNORECASE,
)
"""That one answer is to stand for another, and not only in one case."""


def _lost_answer(fix: str, before: str, after: str) -> str:
    """Return the literal that a computed answer would give way to, where no word says so."""
    if _EXCHANGES.search(re.sub(r"\b(?:should|must)\s+(?:not|never)\b", "", fix)):
        return ""
    for run in line_runs(before, after):
        gone = [told for row in run.gone if (told := _RETURNS.match(row)) is not None]
        come = [told for row in run.written if (told := _RETURNS.match(row)) is not None]
        if len(gone) == len(come) == 1 and gone[0]["margin"] == come[0]["margin"]:
            computed = re.search(r"[A-Za-z_$]\w*\s*[-+*/%(.\[]", gone[0]["value"]) is not None
            if computed and _LITERAL.fullmatch(come[0]["value"]):
                return come[0]["value"]
    return ""
