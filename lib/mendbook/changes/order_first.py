"""An order before its condition, as titles and sentences on what code does begin."""

from __future__ import annotations

import re

from mendbook.changes.imperatives import VERBS

_CODE = re.compile(r"`[^`]*`|\"[^\"]*\"|(?<!\w)'[^'\n]*'(?!\w)")
_FIRST_WHEN = re.compile(r"(When|Whenever|If|Where|Unless|Once|While|On|For)\b(?=\s)")
"""Begins a condition that stands before what is to be done."""
_COMMA_ORDER = re.compile(r",\s(?:then\s)?([a-z]+)\s")
_ON_ORDER = re.compile(r"On ([^\s,]+(?:\s[^\s,]+)??) ([a-z]+)\s")


def order_first(clause: str) -> str:
    """Return ``clause`` with the condition that it begins with behind its order.

    ``When the till is full, refuse the coin`` becomes ``refuse the coin when the till is full``; a
    clause without an order behind its condition stays as it is.
    """
    condition = _FIRST_WHEN.match(clause)
    if condition is None:
        return clause
    hidden = _CODE.sub(lambda match: "\0" * len(match[0]), clause)
    for comma in _COMMA_ORDER.finditer(hidden, condition.end()):
        before = hidden[: comma.start()]
        if comma[1] in VERBS and before.count("(") == before.count(")"):
            order = clause[comma.start(1) :].rstrip(" .;")
            return f"{order} {condition[1].lower()}{clause[condition.end(1) : comma.start()]}"
    told = _ON_ORDER.match(hidden)
    if told is None or told[2] not in VERBS:
        return clause
    order = clause[told.start(2) :].rstrip(" .;")
    return f"{order} on {clause[told.start(1) : told.end(1)]}"
