"""Orders that a text tells of several names in turn: *size: append .max(9). mail: z.email()*.

A name before a colon says where, and one verb may lead several pieces of code, each with its own
place. Each becomes an order of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape

_NAME = r"(?:the\s+)?(?P<name>⟦\d+⟧|[A-Za-z_$][\w$]*)"
_CODE = r"(?P<code>⟦\d+⟧)"
_ADDS = r"(?:append|add|chain|attach|put)"
_BE = r"(?:(?:is|ought|has)\s+to\s+be(?:come)?|must\s+be(?:come)?|becomes|turns\s+into)"
_LABELLED = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_NAME}\s*:\s+(?P<adds>{_ADDS}\s+)?{_CODE}",
        rf"(?:for|in|on)\s+{_NAME}:?,?\s+(?:use|write|take|set)\s+{_CODE}",
        rf"{_NAME}\s+{_BE}\s+{_CODE}",
    )
)
_IN_TURN = re.compile(
    r"(?P<verb>[A-Za-z]+)\s+(?P<a>⟦\d+⟧)\s+(?P<to>to|on|in|for)\s+(?:the\s+)?(?P<x>⟦\d+⟧|[\w$.]+)"
    r"\s*(?:,|,?\s+and)\s+(?:(?P<verb2>[A-Za-z]+)\s+)?(?P<b>⟦\d+⟧)\s+(?:to|on|in|for)\s+(?:the\s+)?"
    r"(?P<y>⟦\d+⟧|[\w$.]+)"
)
_END = re.compile(r"(?<=[.;])\s+|\n+")
_VALUES = frozenset({Shape.CODE, Shape.NUMBER, Shape.TEXT, Shape.NAME})


def labelled_as_orders(text: str, knows: Callable[[str], bool]) -> str:
    """Return a text with an order for each name that it tells a value or a piece of code for.

    ``knows`` tells whether a name is that of one field, key or variable of the finding's file. A
    text that tells of none comes back as it is.
    """
    masked, codes = scan(text)
    told = [one.strip().rstrip(".;") for one in _END.split(masked) if one.strip()]
    orders = [_orders(one, codes, knows, alone=len(told) == 1) for one in told]
    if not any(orders):
        return text
    each = ". ".join(order or said for order, said in zip(orders, told, strict=True))
    return re.sub(r"⟦(\d+)⟧", lambda one: _ticked(codes[int(one[1])]), each)


def _orders(
    sentence: str, codes: Sequence[Fragment], knows: Callable[[str], bool], *, alone: bool
) -> str:
    """Return a masked sentence as the orders that it gives; empty where it gives none by name."""
    turn = _IN_TURN.fullmatch(sentence)
    if turn is not None and turn["verb2"] in {None, turn["verb"]}:
        verb, to = turn["verb"], turn["to"]
        return f"{verb} {turn['a']} {to} {turn['x']}. {verb} {turn['b']} {to} {turn['y']}"
    pair = re.fullmatch(r"⟦(\d+)⟧", sentence)
    if pair is not None and not alone:
        code = codes[int(pair[1])]
        key, _, value = code.text.partition(":")
        if code.shape is Shape.PAIR and value.strip() and knows(key.strip()):
            return f"Set `{key.strip()}` to `{value.strip()}`"
    for form in _LABELLED:
        match = form.fullmatch(sentence)
        if match is None:
            continue
        name, code = _text(match["name"], codes), codes[int(match["code"][1:-1])]
        if not knows(name):
            continue
        if code.shape is Shape.CHAIN:
            return f"Add {match['code']} to `{name}`"
        if code.shape in _VALUES and not match.groupdict().get("adds"):
            return f"Set `{name}` to {match['code']}"
    return ""


def _text(mark: str, codes: Sequence[Fragment]) -> str:
    return codes[int(mark[1:-1])].text if mark.startswith("⟦") else mark


def _ticked(code: Fragment) -> str:
    return code.text if "`" in code.text else f"`{code.text}`"
