"""State what a recipe's edit does, so that the edit can be held against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mendbook.code.edits import Edit
from mendbook.model import Contract, Operation


def claim(
    path: str,
    text: str,
    edits: Sequence[Edit],
    operation: Operation,
    read_as: str,
    adds: Sequence[str] = (),
    removes: Sequence[str] = (),
    values: Mapping[str, str] | None = None,
) -> Contract:
    """Return the contract of ``edits`` of ``text``: their lines, from the first to the last.

    Imports, and constants in ``values``, need not be among ``edits``. Where something is only
    inserted, the lines beside it belong to the region: a diff may put it above or below its like.
    """
    first = min(edit.start for edit in edits)
    last = max(edit.end for edit in edits)
    beside = int(all(edit.start == edit.end for edit in edits))
    return Contract(
        operation=operation,
        file=path,
        read_as=read_as,
        start_line=max(1, text.count("\n", 0, first) + 1 - beside),
        end_line=text.count("\n", 0, max(first, last - (text[last - 1 : last] == "\n")))
        + 1
        + beside,
        adds=tuple(adds),
        removes=tuple(removes),
        values=dict(values or {}),
    )
