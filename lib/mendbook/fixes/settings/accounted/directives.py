"""Directives and headers that an order names and the quoted block of a file of blocks lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.settings.accounted.found import Found
from mendbook.fixes.settings.accounted.order import Order
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.fitting.kinds_of_value import parts_of

_NAME = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")
_VALUE = re.compile(r"\d+(?:ms|[smhdkKmMgG])?|on|off")
_HEADER = re.compile(r"[A-Z][A-Za-z]*(?:-[A-Z][A-Za-z]*)+")
_HEADED = re.compile(
    r"(?m)^(?P<lead>[ \t]*)add_header[ \t]+(?P<name>[\w-]+)[ \t]+(?P<rest>[^;\n]+);"
)
_HELD = re.compile(r"(?m)^(?P<lead>[ \t]*)(?P<name>[a-z][\w]*)[ \t]+[^;{}\n]+;")


def directives_new(file: SettingsFile, span: tuple[int, int], order: Order) -> Iterator[Found]:
    """Yield each directive, and each header, that is spelled with a value and not there yet."""
    if not file.path.endswith(".conf") or "{" not in file.text:
        return
    begin, end = _around(file.text, span)
    held = list(_own(file.text, begin, end))
    if not held:
        return
    for name in {one.text for one in order.words if _NAME.fullmatch(one.text)}:
        if any(one["name"] == name for one in held) or name in {"add_header", "proxy_set_header"}:
            continue
        for word in order.words:
            if _VALUE.fullmatch(word.text) and not word.old:
                line = f"{name} {word.text};"
                own = frozenset({name, *parts_of(name)})
                yield Found(_behind(file, held[-1], line), word.text, own)
    yield from _headers(file, order, [one for one in held if one["name"] == "add_header"])


def _headers(file: SettingsFile, order: Order, held: list[re.Match[str]]) -> Iterator[Found]:
    """Yield the header that is named with one word behind it, where others are sent already."""
    told = [_HEADED.match(one[0]) for one in held]
    sent = {one["name"] for one in told if one is not None}
    named = [
        at
        for at, one in enumerate(order.words)
        if _HEADER.fullmatch(one.text) and one.text not in sent
    ]
    if len(named) != 1 or not held:
        return
    behind = [one for one in order.words[named[0] + 1 :] if one.text != "to"][:1]
    if not behind or not re.fullmatch(r"[A-Za-z][\w=-]*|\d+", behind[0].text):
        return
    always = all(one is not None and one["rest"].endswith(" always") for one in told)
    name, value = order.words[named[0]].text, behind[0].text
    line = f"add_header {name} {value}{' always' if always else ''};"
    own = {"add_header", name.lower(), *(one.lower() for one in sent), "next", "send", "sent"}
    yield Found(
        _behind(file, held[-1], line), value, frozenset({*own, "beside", "besides", "well"})
    )


def _behind(file: SettingsFile, held: re.Match[str], line: str) -> SettingEdit:
    return file.inserted(file.line_end(held.end() - 1), f"{held['lead']}{line}", f"add `{line}`")


def _around(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return what stands between the braces around a stretch, or of the block that it opens."""
    opened = text.find("{", span[0], span[1])
    at = opened + 1 if opened >= 0 else span[0]
    begin, depth = at, 0
    while begin > 0 and opened < 0:
        sign = text[begin - 1]
        depth += {"}": 1, "{": -1}.get(sign, 0)
        if depth < 0:
            break
        begin -= 1
    end, depth = at, 0
    while end < len(text):
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        if depth < 0:
            break
        end += 1
    return begin, end


def _own(text: str, begin: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the directives between two offsets that stand in no inner block."""
    for one in _HELD.finditer(text, begin, end):
        inside = text[begin : one.start()]
        if inside.count("{") == inside.count("}"):
            yield one
