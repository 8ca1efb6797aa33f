"""Values that stand in the block a text is about, and that it gives others: *three replicas*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.fitting.kinds_of_value import LEVELS, QUANTITY, cased, parts_of
from mendbook.fixes.settings.fitting.spots import Holds, Spot, spots_in
from mendbook.fixes.settings.meant.blocks import block_meant, is_owner, stands_often
from mendbook.fixes.settings.meant.wish import Span, Wish, wish_of
from mendbook.fixes.settings.yaml_place import documents
from mendbook.model import Operation

_NUMBERS = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "twelve": "12",
    "twenty": "20",
    "thirty": "30",
    "sixty": "60",
}
_NUMBER = r"(?:-?\d[\d_]*(?:\.\d+)?[A-Za-z%]{0,3})"
_TOKEN = rf"(?:{_NUMBER}|\"[^\"\n]*\"|'[^'\n]*'|true|false|on|off)"
_JOIN = (
    r"(?:\s+(?:to|of|at|is|be|as|must\s+be|should\s+be|has\s+to\s+be|ought\s+to\s+be"
    r"|needs\s+to\s+be|by))?[:=]?\s+"
)
_BEFORE = r"(?:\s+(?:should|must|ought\s+to|has\s+to|needs\s+to))?"
_SECRET = re.compile(r"(?i)(?:secret|token|passw|credential|(?:^|[_-])key$|api_?key)")
_FAMILIES = (*LEVELS, frozenset({"clusterip", "nodeport", "loadbalancer"}))
_NAMES = {"clusterip": "ClusterIP", "nodeport": "NodePort", "loadbalancer": "LoadBalancer"}


@dataclass(frozen=True, slots=True)
class _Given:
    spot: Spot
    value: str
    span: Span


def values_set(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """Return the values of the block that is meant, as the text gives them."""
    for span in _spans(file, wish):
        spots = [one for one in spots_in(file, span) if one.holds is Holds.VALUE]
        given = (
            _given(spots, wish)
            or _alone(spots, wish)
            or _of_family(spots, wish)
            or _stemmed(spots, wish)
        )
        if not given:
            continue
        if wish.is_open([one.span for one in given]):
            return None
        if any(_SECRET.search(one.spot.name) for one in given):
            raise Unreadable("the fix text gives a secret; none is written")
        if any(one.value == one.spot.value for one in given):
            raise Unreadable(f"{given[0].spot.name} is already {given[0].value}")
        return tuple(_edit(file, one) for one in given)
    return None


def spoken_values(file: SettingsFile, span: Span, wish: Wish) -> list[tuple[SettingEdit, Span]]:
    """Return the values of a stretch that the text gives beside their names, and where it does."""
    spots = [one for one in spots_in(file, span) if one.holds is Holds.VALUE]
    return [
        (_edit(file, one), one.span)
        for one in _given(spots, wish)
        if one.value != one.spot.value and not _SECRET.search(one.spot.name)
    ]


def _spans(file: SettingsFile, wish: Wish) -> Iterator[Span]:
    """Yield the stretches that may be meant: what is quoted, then the block around it."""
    spans = file.quoted()
    if len(spans) != 1:
        return
    if file.path.endswith((".yml", ".yaml", ".json", ".jsonc")):
        mappings = documents(file.text, file.path)
        block = block_meant(file, mappings, wish.text)
        begin, end = block.span
        quoted = (max(begin, spans[0][0]), min(end, spans[0][1]))
        if quoted[0] < quoted[1]:
            yield quoted
        inner = [
            one for one in mappings if is_owner(one) and begin < one.span[0] and one.span[1] <= end
        ]
        if not any(
            len(one.way) == len(other.way) for one in inner for other in inner if one is not other
        ):
            yield block.span
    elif not stands_often(file):
        yield spans[0]


def _given(spots: Sequence[Spot], wish: Wish) -> list[_Given]:
    """Return what stands right beside the names of the values: *port 587*, *three retries*."""
    given = []
    for spot in spots:
        told = [one for one in _beside(spot, wish.text) if _value(spot, one[0])]
        if len({value for value, _ in told}) == 1:
            given.append(_Given(spot, _value(spot, told[0][0]), told[0][1]))
    names = [one.spot.name for one in given]
    return given if len(set(names)) == len(names) else []


def _beside(spot: Spot, text: str) -> Iterator[tuple[str, Span]]:
    name = rf"(?<![\w./-]){_spelled(spot.name)}(?![\w/-]|\.\w)"
    for one in re.finditer(rf"{name}{_JOIN}(?P<value>{_TOKEN})(?![\w.]*\w)", text, re.I):
        yield one["value"], one.span("value")
    words = "|".join(_NUMBERS)
    for one in re.finditer(
        rf"\b(?P<value>{words}|{_NUMBER})\s+{_spelled(spot.name)}(?!\w)", text, re.I
    ):
        yield _NUMBERS.get(one["value"].lower(), one["value"]), one.span("value")


def _spelled(name: str) -> str:
    """Return a pattern for a name, as written or in words: ``max_retries``, ``max retries``."""
    parts = [re.escape(one) for one in re.findall(r"[A-Z]?[a-z]+|[A-Z]+|\d+", name)]
    whole = re.escape(name)
    stem = re.escape(name.removesuffix("s"))
    worded = r"[ _-]?".join(parts)
    return rf"(?:{whole}|{stem}|{worded})"


def _alone(spots: Sequence[Spot], wish: Wish) -> list[_Given]:
    """Return the one value that is named, where the text has one piece that can take its place."""
    named = [one for one in spots if _is_named(one, wish)]
    if len(named) != 1:
        return []
    spot = named[0]
    told = {
        one[0]: one.span()
        for one in re.finditer(rf"(?<![\w./:-]){_TOKEN}(?![\w./:-]*\w)", wish.text)
    }
    told = {code: span for code, span in told.items() if _is_of(spot, wish, span)}
    fresh = [
        (code, span)
        for code, span in told.items()
        if code.strip("\"'") != spot.value.strip("\"'") and _value(spot, code)
    ]
    others = [code for code in told if code.strip("\"'") != spot.value.strip("\"'")]
    if len(fresh) != 1 or len(others) != 1:
        return []
    return [_Given(spot, _value(spot, fresh[0][0]), fresh[0][1])]


_SUFFICES = re.compile(r"\s+(?:is|are|does|do|will|would|suffices?|should\s+be)\b")
_AND = re.compile(r"\s+(?:and|but|so|then)\s+|[;,:.]\s+")


def _is_of(spot: Spot, wish: Wish, span: Span) -> bool:
    """Tell whether a value stands in one breath with the name, or begins one that says it does."""
    ends = [one.end() for one in _AND.finditer(wish.text, 0, span[0])]
    begin = ends[-1] if ends else 0
    stop = _AND.search(wish.text, span[1])
    part = wish.text[begin : stop.start() if stop else len(wish.text)]
    words = {one.lower().rstrip("s") for one in re.findall(r"[A-Za-z]+", part)}
    alone = begin == span[0] and _SUFFICES.match(wish.text, span[1]) is not None
    return alone or parts_of(spot.name) <= words


def _is_named(spot: Spot, wish: Wish) -> bool:
    words = {one.lower().rstrip("s") for one in re.findall(r"[A-Za-z]+", wish.text)}
    own = parts_of(spot.name)
    if not own or not own <= words:
        return False
    around = {one.lower().rstrip("s") for one in spot.around}
    return not any(
        one.lower().rstrip("s") in words
        for one in spot.beside
        if one.lower().rstrip("s") not in around
    )


def _value(spot: Spot, told: str) -> str:
    """Return a value as it is written in the place of one of its kind; else nothing."""
    mark = spot.value[:1] if spot.value[:1] in {'"', "'"} else ""
    held, new = spot.value.strip("\"'"), told.strip("\"'")
    old, fresh = QUANTITY.fullmatch(held), QUANTITY.fullmatch(new)
    if old is not None and fresh is not None:
        alike = old["unit"] == fresh["unit"] or (old["unit"] and fresh["unit"])
        return f"{mark}{new}{mark}" if alike else ""
    if {held.lower(), new.lower()} in ({"true", "false"}, {"on", "off"}):
        return f"{mark}{new}{mark}"
    if held in {"true", "false"} and new.lower() in {"on", "off"}:
        switched = "true" if new.lower() == "on" else "false"
        return f"{mark}{switched}{mark}" if switched != held else ""
    return ""


def _of_family(spots: Sequence[Spot], wish: Wish) -> list[_Given]:
    """Return a value of a small family of them, where the text names another: *info does*."""
    given = []
    for spot in spots:
        held = spot.value.strip("\"'")
        mark = spot.value[:1] if spot.value[:1] in {'"', "'"} else ""
        for family in _FAMILIES:
            if held.lower() not in family:
                continue
            told = [
                one
                for one in re.finditer(r"(?<![\w.-])[A-Za-z-]+(?![\w-]|\.\w)", wish.text)
                if one[0].lower() in family - {held.lower()}
                and (one[0].lower() in _NAMES or _is_named(spot, wish))
            ]
            if len({one[0].lower() for one in told}) == 1:
                word = told[0][0].lower()
                value = _NAMES.get(word) or cased(word, held)
                given.append(_Given(spot, f"{mark}{value}{mark}", told[0].span()))
    return given if len(given) == 1 else []


_STEM = re.compile(
    r"(?<![\w./:@-])(?P<stem>[a-z][a-z]*(?:-[a-z]+)*)-(?:latest|stable|lts|v?\d[\w.]*\w)(?![\w/-]|\.\w)"
)


def _stemmed(spots: Sequence[Spot], wish: Wish) -> list[_Given]:
    """Return another release of what one value names: ``ubuntu-24.04`` for ``ubuntu-latest``."""
    given = []
    for spot in spots:
        own = _STEM.fullmatch(spot.value.strip("\"'"))
        told = [one for one in _STEM.finditer(wish.text) if own and one["stem"] == own["stem"]]
        fresh = {one[0]: one.span() for one in told if one[0] != spot.value.strip("\"'")}
        if len(fresh) == 1:
            ((value, span),) = fresh.items()
            given.append(_Given(spot, value, span))
    return given if len(given) == 1 else []


def _edit(file: SettingsFile, one: _Given) -> SettingEdit:
    gone = file.text[one.spot.start : one.spot.end]
    said = f"set `{one.spot.name}` to `{one.value}`"
    return SettingEdit(
        one.spot.start, one.spot.end, one.value, said, Operation.SET, (one.value,), (gone,)
    )


_TAG = re.compile(
    r"(?<![\w./:@-])[`\"']?(?P<tag>v?\d[\w.-]*\w|[a-z][\w]*-[\w.-]*\w)[`\"']?(?![\w/:@-]|\.\w)"
)


def reference_given(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """*2.15.3 is the release that we tested*: the one image quoted with the tag told."""
    if stands_often(file) or len(file.quoted()) != 1:
        return None
    spots = [one for one in spots_in(file, file.quoted()[0]) if one.holds is Holds.REFERENCE]
    if len(spots) != 1:
        return None
    spot = spots[0]
    mark = "@" if "@" in spot.value else ":"
    tag = spot.value[len(spot.name) + 1 :]
    told = {
        one["tag"]: one.span("tag")
        for one in _TAG.finditer(wish.text)
        if one["tag"] not in {tag, spot.name, *spot.name.split("/")}
        and (re.search(r"\d\.\d", one["tag"]) or (tag and one["tag"].startswith(f"{tag}-")))
    }
    if len(told) != 1 or not tag:
        return None
    (new,) = told
    text = re.sub(rf"\bnot\s+(?:\w+\s+)?{re.escape(tag)}", " ", wish.text)
    if wish_of(text).is_open([], asked=True):
        return None
    made = f"{spot.name}{mark}{new}"
    return (
        SettingEdit(
            spot.start, spot.end, made, f"use `{made}`", Operation.SET, (made,), (spot.value,)
        ),
    )


VALUES = (values_set, reference_given)
