"""One edit that a schema makes of a text, and the code of the text that went into it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.work import StepEdits, edits_in
from mendbook.model import Operation


@dataclass(frozen=True, slots=True)
class Made:
    """An edit, or the plain order that the reader makes one of."""

    uses: frozenset[int]
    """The numbers of the code that is in the edit; all other code may only say where."""
    step: StepEdits | None = None
    order: str = ""
    covers: tuple[str, ...] = ()
    """Other code that the edit does away with, or that it is read from."""


def made(
    told: Told,
    uses: Iterable[int],
    operation: Operation,
    read_as: str,
    edits: Iterable[Edit],
    adds: tuple[str, ...] = (),
    removes: tuple[str, ...] = (),
) -> Made:
    """Return ``edits`` of the scene's file as what a schema makes."""
    step = StepEdits(
        operation, read_as, edits_in(told.scene, edits), adds, removes, modules=told.modules
    )
    return Made(frozenset(uses), step)
