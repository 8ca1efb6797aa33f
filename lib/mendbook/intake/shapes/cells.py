"""Take findings apart into single values, each under the path of keys that leads to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mendbook.intake.shapes.rows import Row

_DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a finding, or a list of plain values."""

    path: tuple[str, ...]
    """The keys that lead to it; ``[]`` stands for any item of a list."""
    unit: str
    """The item of a list that it belongs to, so that a path finds its own line; else empty."""
    value: Any

    @property
    def key(self) -> str:
        """The path in one word: ``locations[].line_start``."""
        return ".".join(self.path).replace(".[]", "[]")


def unnamed_column(number: int) -> str:
    """Return the key of a table's column whose head is empty; the first is number 1."""
    return f"column {number}"


def cells_of(row: Row) -> list[Cell]:
    """Return the values of ``row`` that are not empty, in their order."""
    return [cell for key, value in row.values.items() for cell in _cells((key,), "", value)]


def _cells(path: tuple[str, ...], unit: str, value: Any) -> Iterator[Cell]:  # noqa: ANN401
    if value is None or value in ("", [], {}):
        return
    if isinstance(value, dict):
        if len(path) > _DEEPEST:
            yield Cell(path, unit, _flat(value))
            return
        for key, inner in value.items():
            yield from _cells((*path, key), unit, inner)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for index, item in enumerate(value):
            yield from _cells((*path, "[]"), f"{unit}/{path[-1]}[{index}]", item)
    elif isinstance(value, list):
        yield Cell(path, unit, [_flat(item) if isinstance(item, list) else item for item in value])
    else:
        yield Cell(path, unit, value)


def _flat(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_flat(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(_flat, value))
    return str(value)


@dataclass(frozen=True, slots=True)
class Column:
    """All values that findings have under one key."""

    path: tuple[str, ...]
    values: tuple[Any, ...]
    """Plain values; those of lists one by one."""
    rows: int
    """In how many findings it stands."""
    lists: bool = False
    at: frozenset[int] = frozenset()
    """Numbers of the findings in which it stands."""

    @property
    def key(self) -> str:
        """The path in one word."""
        return Cell(self.path, "", None).key

    def share(self, test: Any) -> float:  # noqa: ANN401 - any predicate of a value
        """Return the share of the values that pass ``test``."""
        return (
            sum(1 for value in self.values if test(value)) / len(self.values)
            if self.values
            else 0.0
        )

    @property
    def length(self) -> float:
        """The mean length of the values as text."""
        return sum(len(str(value)) for value in self.values) / max(len(self.values), 1)


def columns_of(rows: Iterable[Row]) -> list[Column]:
    """Return the columns of ``rows``, in the order in which their keys first appear."""
    values: dict[tuple[str, ...], list[Any]] = {}
    found_at: dict[tuple[str, ...], set[int]] = {}
    lists: set[tuple[str, ...]] = set()
    for number, row in enumerate(rows):
        for cell in cells_of(row):
            if isinstance(cell.value, list):
                lists.add(cell.path)
            cell_values = cell.value if isinstance(cell.value, list) else [cell.value]
            values.setdefault(cell.path, []).extend(cell_values)
            found_at.setdefault(cell.path, set()).add(number)
    return [
        Column(
            path,
            tuple(column_values),
            len(found_at[path]),
            path in lists,
            frozenset(found_at[path]),
        )
        for path, column_values in values.items()
    ]


def are_ids(cells: Sequence[str]) -> bool:
    """Tell whether each cell of a column is an id of letters and a number, each once; no ranks."""
    ids = [cell.strip("*`[] ") for cell in cells]
    told = all(re.fullmatch(r"(?![PS][0-5]\Z)[A-Z]{1,5}-?\d{1,4}[a-z]?", one) for one in ids)
    return told and len(set(ids)) == len(ids) >= _SEVERAL


_SEVERAL = 2
"""Cells from which ids count the rows."""
