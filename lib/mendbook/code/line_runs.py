"""Compare two texts line by line: which runs of lines an edit replaced by which."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from mendbook.repository.snapshot import Snapshot

_LARGEST_GAP = 4_000_000
"""Lines times lines above which a run without any unique line is replaced whole: the result stays
right, and the time stays bounded."""


@dataclass(frozen=True, slots=True)
class LineRun:
    """Old lines ``old_start:old_end`` become ``new_start:new_end`` (0-based, half-open).

    ``gone`` are those old lines and ``written`` those new ones, each with its line ending.
    """

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    gone: tuple[str, ...]
    written: tuple[str, ...]


def split_lines(text: str) -> list[str]:
    r"""Split ``text`` after each ``\n`` alone, as git does; joined again they are ``text``."""
    *whole, rest = text.split("\n")
    lines = [line + "\n" for line in whole]
    return [*lines, rest] if rest else lines


@lru_cache(maxsize=256)
def line_runs(before: str | None, after: str | None) -> tuple[LineRun, ...]:
    """Return the runs that differ, in order, with at least one equal line between two of them.

    ``None`` stands for a file that does not exist. Lines that occur once on either side are anchors
    (patience diff); what lies between two anchors is compared by ``difflib``.
    """
    old, new = split_lines(before or ""), split_lines(after or "")
    runs: list[LineRun] = []
    old_at = new_at = 0
    for old_match, new_match, size in (*_matches(old, new), (len(old), len(new), 0)):
        if old_match > old_at or new_match > new_at:
            gone, written = tuple(old[old_at:old_match]), tuple(new[new_at:new_match])
            runs.append(LineRun(old_at, old_match, new_at, new_match, gone, written))
        old_at, new_at = old_match + size, new_match + size
    return tuple(runs)


def line_runs_of(
    edits: Mapping[str, str | None], snapshot: Snapshot
) -> Iterator[tuple[str, LineRun]]:
    """Yield each file that ``edits`` change with each run that differs from ``snapshot``."""
    for path, text in edits.items():
        for run in line_runs(snapshot.get(path), text):
            yield path, run


def new_lines(before: str, after: str) -> list[str]:
    """Return the lines of ``after`` that stand nowhere in ``before``, without their endings."""
    old = set(before.split("\n"))
    return [line for line in after.split("\n") if line not in old]


def _matches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield maximal equal runs ``(old, new, length)`` in order, adjoining ones joined."""
    run: tuple[int, int, int] | None = None
    for start, other, size in _pieces(old, new):
        if run and (run[0] + run[2], run[1] + run[2]) == (start, other):
            run = (run[0], run[1], run[2] + size)
            continue
        if run:
            yield run
        run = (start, other, size)
    if run:
        yield run


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    most = shorter - head
    tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    old_end, new_end = len(old) - tail, len(new) - tail
    if head:
        yield 0, 0, head
    old_at, new_at = head, head
    anchors = _anchors(old, new, (head, old_end), (head, new_end))
    for old_anchor, new_anchor in (*anchors, (old_end, new_end)):
        yield from _gap(old, new, (old_at, old_anchor), (new_at, new_anchor))
        if old_anchor < old_end:
            yield old_anchor, new_anchor, 1
        old_at, new_at = old_anchor + 1, new_anchor + 1
    if tail:
        yield old_end, new_end, tail


def _anchors(
    old: Sequence[str], new: Sequence[str], old_span: tuple[int, int], new_span: tuple[int, int]
) -> list[tuple[int, int]]:
    """Return the longest increasing chain of lines that are unique on both sides."""
    once_old = {line for line, times in Counter(old[slice(*old_span)]).items() if times == 1}
    once_new = {line for line, times in Counter(new[slice(*new_span)]).items() if times == 1}
    unique = once_old & once_new
    places = {new[at]: at for at in range(*new_span) if new[at] in unique}
    pairs = [(at, places[old[at]]) for at in range(*old_span) if old[at] in unique]
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            last.append(index)
        else:
            ends[length], last[length] = place, index
    chain: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _gap(
    old: Sequence[str], new: Sequence[str], old_span: tuple[int, int], new_span: tuple[int, int]
) -> Iterator[tuple[int, int, int]]:
    before, after = old[slice(*old_span)], new[slice(*new_span)]
    if not before or not after or len(before) * len(after) > _LARGEST_GAP:
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for start, other, size in matcher.get_matching_blocks():
        if size:
            yield old_span[0] + start, new_span[0] + other, size
