"""What each step claims to change, and within which lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.work import StepEdits
from mendbook.fixes.task import Task
from mendbook.model import Contract


def contracts_of(task: Task, steps: Sequence[StepEdits]) -> Iterable[Contract]:
    """Yield what each step claims, file by file, in the tree that all of them start from."""
    regions = _regions(task, steps)
    for step, one in enumerate(steps):
        paths = list(dict.fromkeys(path for path, _ in one.edits))
        for at, path in enumerate(paths):
            first, last = regions[step, path]
            yield Contract(
                operation=one.operation,
                file=path,
                read_as=one.read_as,
                start_line=first,
                end_line=last,
                adds=one.adds if at == 0 else (),
                removes=one.removes if at == 0 else (),
                values=one.values if at == 0 else {},
            )


def _regions(task: Task, steps: Sequence[StepEdits]) -> dict[tuple[int, str], tuple[int, int]]:
    """Return the lines that each step may change in each file; those that touch are one region."""
    regions: dict[tuple[int, str], tuple[int, int]] = {}
    for step, one in enumerate(steps):
        for path in dict.fromkeys(path for path, _ in one.edits):
            text = task.snapshot.text(path)
            spans = [edit for where, edit in one.edits if where == path]
            first = min(text.count("\n", 0, edit.start) for edit in spans) + 1
            last = max(text.count("\n", 0, _last(text, edit)) for edit in spans) + 1
            regions[step, path] = (first, last)
    return {key: _joined(regions, key) for key in regions}


def _joined(
    regions: Mapping[tuple[int, str], tuple[int, int]], key: tuple[int, str]
) -> tuple[int, int]:
    first, last = regions[key]
    for _ in regions:
        for other, (low, high) in regions.items():
            if other[1] == key[1] and low <= last + 1 and first <= high + 1:
                first, last = min(first, low), max(last, high)
    return first, last


def _last(text: str, edit: Edit) -> int:
    """Return the offset of the last character that an edit takes away, or where it inserts."""
    return max(edit.start, edit.end - 1) if edit.end > edit.start else min(edit.start, len(text))
