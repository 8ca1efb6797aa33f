"""Make the one edit that leaves no word of an order over: a value, or a key with its value.

Auditors say *15s for /scales/*, *nit: 15s read timeout there* and *the read timeout can be 15s* in
more sentences than any table has. What they mean is told by facts instead: one word is a value of
the kind that one quoted setting holds, or that a key takes which the text spells; each other word
names that key, its block or what stands there now, or is one that asks. A word that is none of
these may ask for something else, and then nothing is made.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from mendbook.fixes.settings.accounted.directives import directives_new
from mendbook.fixes.settings.accounted.found import Found
from mendbook.fixes.settings.accounted.order import NEUTRAL, NUMBERS, Order, Word, order_of
from mendbook.fixes.settings.accounted.values import TYPES, value_for
from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.elsewhere import locations_in
from mendbook.fixes.settings.fitting.focus import focus_of
from mendbook.fixes.settings.fitting.kinds_of_value import QUANTITY, parts_of
from mendbook.fixes.settings.fitting.spots import Holds, Spot, spots_in
from mendbook.fixes.settings.known_keys import at_home, is_known
from mendbook.fixes.settings.meant.blocks import block_meant, is_owner
from mendbook.fixes.settings.yaml_adding import added
from mendbook.fixes.settings.yaml_place import Mapping, documents
from mendbook.model import Operation

_SECRET = re.compile(r"(?i)(?:secret|token|passw|credential|(?:^|[_-])key$|api_?key)")
_YAML = (".yml", ".yaml")
_FORKS = {"requests": "limit", "limits": "request", "livenessProbe": "readiness",
          "readinessProbe": "liveness"}  # fmt: skip
"""Blocks that hold the same keys, and the word that means the other one."""
_SPOKEN = {"mem_limit": {"memory"}, "mem_reservation": {"memory"}, "shm_size": {"memory"}}
"""What people call a key beside its own parts."""
_ROTATION = frozenset({"max-size", "max-file"})
"""Options of a log driver, which are texts."""
_BY_NAME = frozenset({"user", "timeout", "interval", "init", "privileged"})
"""Keys whose only part is a word of other meanings, too."""


def accounted(file: SettingsFile, said: str) -> list[SettingEdit] | None:
    """Return the edit that accounts for each word of what ``said`` asks; None where none does."""
    span = focus_of(file)
    if span is None:
        return None
    near, others = _blocks(file, span)
    order = order_of(said, others)
    if order is None or not order.words:
        return None
    names = {one.lower() for one in near}
    made = {
        (one.edit.start, one.edit.end, one.edit.new): one.edit
        for one in (
            *_set(file, span, order, said),
            *_added(file, order, said),
            *directives_new(file, span, order),
        )
        if _is_all_told(file, order, one, names)
    }
    return [next(iter(made.values()))] if len(made) == 1 else None


def _blocks(file: SettingsFile, span: tuple[int, int]) -> tuple[set[str], set[str]]:
    """Return the names of the blocks that the quoted lines are in, and those of all others."""
    begin, end = span
    near, every = set(), set()
    if file.path.endswith(_YAML):
        for one in documents(file.text, file.path):
            if not is_owner(one):
                continue
            every.add(one.way[-1])
            a = one.span[0]
            b = a + len(file.text[slice(*one.span)].rstrip())
            row = file.line_start(a - 1) if a else a
            if a <= begin < b or begin <= a < end or begin <= row < end:
                near.add(one.way[-1])
    elif file.path.endswith(".conf"):
        held = list(locations_in(file.text))
        every = {one.name for one in held}
        near = {one.name for one in held if one.start < end and begin < one.end}
    near |= set(re.split(r"[.\s]+", file.finding.function)) & every
    return near, every - near


def _set(file: SettingsFile, span: tuple[int, int], order: Order, said: str) -> Iterator[Found]:
    """Yield each quoted value with each word that may take its place."""
    spots = spots_in(file, span)
    counted = [one for one in spots if QUANTITY.fullmatch(one.value.strip("\"'"))]
    words = {part for one in order.words for part in (one.text, *parts_of(one.text))}
    for spot in spots:
        if (
            spot in counted
            and len(counted) > 1
            and not (spot.name in words or parts_of(spot.name) <= words)
        ):
            continue
        if any(one in spot.around and word in said.lower() for one, word in _FORKS.items()):
            continue
        kind = TYPES.get(spot.name)
        for word in order.words:
            value = "" if word.old else value_for(spot, word.text)
            fits = kind is None or kind.fullmatch(value.strip("\"'"))
            if value and fits and not _SECRET.search(spot.name):
                yield Found(_written(file, spot, value), word.text, _own(spot))


def _own(spot: Spot) -> frozenset[str]:
    around = {part for one in spot.around for part in (one.lower(), *parts_of(one))}
    held = spot.value.strip("\"'").lower()
    named = {spot.name.lower(), *parts_of(spot.name), spot.name.rpartition("/")[2].lower()}
    spoken = {word for word, number in NUMBERS.items() if number == held}
    return frozenset(around | named | spoken | {held, *re.split(r"[\s:=/-]+", held)})


def _written(file: SettingsFile, spot: Spot, value: str) -> SettingEdit:
    gone = file.text[spot.start : spot.end]
    said = f"set `{spot.name}` to `{value}`"
    if spot.holds is Holds.REQUIREMENT:
        start, new = spot.start - len(spot.lead), f"{spot.lead}{value}"
        gone = file.text[start : spot.end]
        return SettingEdit(start, spot.end, new, f"require `{new}`", Operation.SET, (new,), (gone,))
    return SettingEdit(spot.start, spot.end, value, said, Operation.SET, (value,), (gone,))


def _added(file: SettingsFile, order: Order, said: str) -> Iterator[Found]:
    """Yield each key that the order spells, with its value, in the block that it is about."""
    if not file.path.endswith(_YAML):
        return
    mappings = documents(file.text, file.path)
    try:
        home = block_meant(file, mappings, said)
    except Unreadable:
        return
    for way in _ways(order):
        for word in order.words:
            kind = TYPES[way[-1]]
            if word.old or not kind.fullmatch(word.text) or word.text in way:
                continue
            text = f'"{word.text}"' if way[-1] == "max-file" else word.text
            edit = _put(file, mappings, home, way, text)
            if edit is not None:
                own = {part for one in way for part in (one.lower(), *parts_of(one))}
                own |= {".".join(way[a:b]).lower() for a in range(3) for b in range(a + 1, 4)}
                own |= {f"resources.{'.'.join(way)}".lower(), "log", "rotate", "option"}
                own |= _SPOKEN.get(way[-1], set())
                yield Found(edit, word.text, frozenset(own))


def _ways(order: Order) -> Iterator[tuple[str, ...]]:
    """Yield the keys that the order spells: as they are written, or all of their parts as words."""
    spelled = [*(one.text for one in order.words), *order.lacks]
    words = {part for one in spelled for part in (one, *one.split("."))}
    low = {one.lower().rstrip("s") for one in words}
    for key in TYPES:
        if key in {"memory", "cpu"}:
            forks = {"limits": "limit", "requests": "request"}
            told = [block for block, stem in forks.items() if stem in low]
            if key in low and len(told) == 1:
                yield (told[0], key)
        elif key in _ROTATION:
            if key in words:
                yield ("logging", "options", key)
        elif key in words or (key not in _BY_NAME and parts_of(key) <= low) or _is_time(key, low):
            yield (key,)


def _is_time(key: str, low: set[str]) -> bool:
    """Tell whether words speak of how many minutes a job may take."""
    return key == "timeout-minutes" and "minute" in low and bool(low & {"limit", "bound", "cap"})


def _put(
    file: SettingsFile, mappings: list[Mapping], home: Mapping, way: Sequence[str], value: str
) -> SettingEdit | None:
    """Return the edit that puts a new key where it belongs; None where it is there, or may not."""
    first = "resources" if len(way) == 2 else way[0]
    try:
        while not is_known(file.path, mappings, home, first):
            outer = [
                one
                for one in mappings
                if one.way == home.way[:-1] and one.called == home.called and home.way
            ]
            if len(outer) != 1:
                return None
            home = outer[0]
        home, blocks = at_home(file.path, mappings, home, first)
    except Unreadable:
        return None
    steps = [*blocks, *(("resources",) if len(way) == 2 else ()), *way]
    while len(steps) > 1 and (held := home.value(steps[0])) is not None:
        inner = [one for one in mappings if one.node is held]
        if len(inner) != 1:
            return None
        home, steps = inner[0], steps[1:]
    if home.value(steps[0]) is not None:
        return None
    text = f"{steps[-1]}: {value}"
    for block in reversed(steps[1:-1]):
        text = f"{block}: {text}"
    said = f"add `{'.'.join(steps)}: {value}` to `{home.shown}`"
    try:
        return added(file, home, steps[0], text if len(steps) > 1 else value, said)
    except Unreadable:
        return None


def _is_all_told(file: SettingsFile, order: Order, found: Found, near: Collection[str]) -> bool:
    """Tell whether each word of the order is in the edit, names it, stands there, or only asks."""
    gone = " ".join(found.edit.removes).lower()
    if found.edit.operation is Operation.ADD and order.has("instead", "not"):
        return False
    denies = [at for at, one in enumerate(order.words) if one.text.lower() in {"no", "not"}]
    return all(
        _is_told(one, found, gone, near) for one in order.words
    ) and all(_denies_lack(order.words, at, found) for at in denies)  # fmt: skip


def _denies_lack(words: Sequence[Word], at: int, found: Found) -> bool:
    """Tell whether a *no* says that the key is lacking, *has no limit*, or what gives way."""
    following = words[at + 1] if at + 1 < len(words) else None
    if following is None:
        return False
    low = following.text.lower()
    if words[at].text.lower() == "no" and found.edit.operation is Operation.ADD:
        return low in found.own or bool(parts_of(low) & found.own)
    return following.old and low in " ".join(found.edit.removes).lower()


def _is_told(word: Word, found: Found, gone: str, near: Collection[str]) -> bool:
    low = word.text.lower()
    if word.text == found.value and not word.old:
        return True
    if word.old:
        return low in found.own or low.strip("\"'") in gone
    if low in found.own or low in near or low.rstrip("s") in found.own or low in NEUTRAL:
        return True
    if low.rstrip("/") in {one.rstrip("/") for one in near}:
        return True
    return bool(gone) and low.strip("\"'") == gone.strip("\"'")
