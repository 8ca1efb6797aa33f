"""Code that leaves something out, ``fetch(…)`` or ``…email?.trim()``, held against a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mendbook.code.edits import Edit
from mendbook.text.squeezed import flatten, squeeze

_GAP = re.compile(r"…|(?<!\.)\.\.\.(?![\w$\[({*.])")
_LONGEST = 2_000
"""Letters that one gap may stand for."""


@dataclass(frozen=True, slots=True)
class Gapped:
    """A piece of code in solid parts; between two of them something is left out."""

    parts: tuple[str, ...]
    open_start: bool = False
    """Whether something is left out before the first part."""
    open_end: bool = False

    @property
    def gaps(self) -> int:
        """How many things are left out within it."""
        return len(self.parts) - 1

    @property
    def text(self) -> str:
        """The code without what is left out at its ends."""
        return "…".join(self.parts)


def gapped(code: str) -> Gapped:
    """Return ``code`` parted at ``…`` and ``...``; the dots of a spread are code."""
    parts = [one.strip() if at else one.rstrip() for at, one in enumerate(_GAP.split(code.strip()))]
    opens, ends = not parts[0].strip(), len(parts) > 1 and not parts[-1].strip()
    inner = parts[1 if opens else 0 : -1 if ends else None]
    return Gapped(tuple(inner), opens, ends)


@dataclass(frozen=True, slots=True)
class Fit:
    """Where a gapped piece of code stands, and what its gaps stand for, as offsets."""

    first: int
    last: int
    gaps: tuple[tuple[int, int], ...]


def fits(text: str, code: Gapped) -> Iterator[Fit]:
    """Yield every place of ``text`` that says ``code``, layout aside; none overlaps another.

    What a gap stands for holds whole brackets only, and as little as possible.
    """
    flat, offsets = squeeze(text)
    needles = [flatten(part) for part in code.parts]
    if not needles or any(len(one) < 1 for one in needles) or len("".join(needles)) < 3:
        return
    at = 0
    while (at := flat.find(needles[0], at)) >= 0:
        spans = _matched(flat, at, needles)
        if spans is None or _cuts(text, offsets, spans):
            at += 1
            continue
        first, last = offsets[spans[0][0]], offsets[spans[-1][1] - 1] + 1
        holes = [(offsets[one[1] - 1] + 1, offsets[other[0]]) for one, other in pairwise(spans)]
        yield Fit(first, last, tuple(holes))
        at = spans[-1][1]


def _matched(flat: str, at: int, needles: Sequence[str]) -> list[tuple[int, int]] | None:
    spans = [(at, at + len(needles[0]))]
    for needle in needles[1:]:
        begin = spans[-1][1]
        position = flat.find(needle, begin)
        while position >= 0 and not _is_whole(flat[begin:position]):
            position = flat.find(needle, position + 1)
        if position < 0 or position - begin > _LONGEST:
            return None
        spans.append((position, position + len(needle)))
    return spans


def _is_whole(code: str) -> bool:
    """Tell whether all brackets of ``code`` are opened and closed in it."""
    held: list[str] = []
    closing = {")": "(", "]": "[", "}": "{"}
    for char in re.sub(r"'(?:[^'\\]|\\.)*'", "", code):
        if char in "([{":
            held.append(char)
        elif char in closing and (not held or held.pop() != closing[char]):
            return False
    return not held


def _cuts(text: str, offsets: Sequence[int], spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a place begins or ends within a name or a number."""
    first, last = offsets[spans[0][0]], offsets[spans[-1][1] - 1] + 1
    return any(
        re.fullmatch(r"[\w$]{2}", text[max(one - 1, 0) : one + 1]) is not None
        for one in (first, last)
    )


def filled(code: Gapped, text: str, fit: Fit) -> str:
    """Return ``code`` with what the gaps of a place stand for, in the same order."""
    held = [text[first:last].strip() for first, last in fit.gaps]
    out = code.parts[0]
    for part, value in zip(code.parts[1:], held, strict=True):
        out += value + part
    return out


def narrowed(text: str, first: int, last: int, new: str) -> Edit:
    """Return the smallest edit that makes ``text[first:last]`` say ``new``.

    What both say, layout aside, keeps the layout that it has.
    """
    old_flat, old_at = squeeze(text[first:last])
    new_flat, new_at = squeeze(new)
    head = _shared(old_flat, new_flat)
    tail = _shared(old_flat[head:][::-1], new_flat[head:][::-1])
    while head and _joins(old_flat, new_flat, head):
        head -= 1
    while tail and _joins(old_flat[::-1], new_flat[::-1], tail):
        tail -= 1
    old_end, new_end = len(old_flat) - tail, len(new_flat) - tail
    if old_end > head and new_end > head:
        begin, stop = old_at[head], old_at[old_end - 1] + 1
        return Edit(first + begin, first + stop, new[new_at[head] : new_at[new_end - 1] + 1])
    begin = old_at[head - 1] + 1 if head else 0
    stop = old_at[old_end] if tail and old_end > head else begin
    if old_end > head:
        stop = old_at[old_end - 1] + 1
    said = new[new_at[head - 1] + 1 if head else 0 : new_at[new_end] if tail else len(new)]
    return Edit(first + begin, first + stop, said if new_end > head else "")


def _shared(one: str, other: str) -> int:
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return at


def _joins(one: str, other: str, at: int) -> bool:
    """Tell whether a name or a number runs on across ``at`` in one of both."""
    return any(
        re.fullmatch(r"[\w$]{2}", each[at - 1 : at + 1]) is not None for each in (one, other)
    )
