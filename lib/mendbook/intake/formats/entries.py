"""Decode the entries of a tool's report one by one where not all are what the tool writes."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from mendbook.intake.problem import shorten
from mendbook.intake.values import without_nulls
from mendbook.model import Note

_T = TypeVar("_T")


def entries(written: object, kind: type[_T], place: str, notes: list[Note]) -> list[_T]:
    """Return the entries of ``written``, a list or a map, as ``kind``; a bad one becomes a note.

    ``place`` is its JSON path. All entries at once is the fast way and the usual case. A null
    stands for what is absent.
    """
    if isinstance(written, dict):
        written = list(written.values())
    if not isinstance(written, list):
        if written is not None:
            notes.append(_note(place, written, "a list is expected here"))
        return []
    try:
        return msgspec.convert(written, list[kind], strict=False)  # type: ignore[valid-type]
    except msgspec.ValidationError:
        return _one_by_one(written, kind, place, notes)


def _one_by_one(written: list[Any], kind: type[_T], place: str, notes: list[Note]) -> list[_T]:
    """Return the good entries; raise ``ValidationError`` for the first when none is good."""
    good_entries: list[_T] = []
    bad: list[tuple[int, str]] = []
    for index, entry in enumerate(written):
        try:
            good_entries.append(msgspec.convert(without_nulls(entry), kind, strict=False))
        except msgspec.ValidationError as error:
            bad.append((index, str(error)))
    if bad and not good_entries:
        index, said = bad[0]
        what, _, below = said.partition(" - at `$")
        message = f"{what} - at `$.{place}[{index}]{below.strip('`')}`"
        raise msgspec.ValidationError(message)
    notes += [_note(f"{place}[{index}]", written[index], said) for index, said in bad]
    return good_entries


def _note(place: str, written: object, said: str) -> Note:
    shown = shorten(str(written), 120)
    return Note(place, shown, "", f"left out: {said[:1].lower()}{said[1:]}")
