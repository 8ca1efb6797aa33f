"""Of all objects that look like findings, take those that are, and say why the others are not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mendbook.intake.shapes.column_checks import is_exact_grade
from mendbook.intake.shapes.containers import WEAK
from mendbook.intake.shapes.keys import named
from mendbook.intake.shapes.rows import Around, PlacedRow, Row, key_profile, same_words
from mendbook.intake.shapes.severities import opening_grade
from mendbook.model import Left

_ALIKE = 0.5
"""Share of common keys from which two lists hold the same kind of thing."""
_REPEATED = 0.6
"""Share of a list's objects that stand elsewhere too, from which it repeats."""


class _Group:
    def __init__(self, around: Around, name: str) -> None:
        self.name = name
        self.around = around
        self.rows: list[Row] = []

    @property
    def graded(self) -> bool:
        """Whether most of its objects have a severity, of their own or from around them."""
        return 2 * sum(map(_has_severity, self.rows)) >= len(self.rows)

    @property
    def certain(self) -> bool:
        """Whether these are findings by their name or by their severities, and no plan."""
        return not self.around.plan and (self.around.named_findings or self.graded)


def choose(candidates: Iterable[PlacedRow]) -> tuple[list[Row], list[Left]]:
    """Return the findings among ``candidates``, in order, and what was left aside, and why."""
    groups: dict[str, _Group] = {}
    order: dict[str, int] = {}
    for number, (row, around) in enumerate(candidates):
        groups.setdefault(row.group, _Group(around, row.group)).rows.append(row)
        order[row.place] = number
    left: list[Left] = []
    kept: list[_Group] = []
    certain = [group for group in groups.values() if group.certain and not group.around.no_findings]
    for group in groups.values():
        why = _why_not(group, certain)
        if why:
            left.append(_left(group, why))
        else:
            kept.append(group)
    rows = _categorised(_without_repeats(kept, left))
    return sorted(rows, key=lambda row: order[row.place]), left


def _categorised(rows: list[Row]) -> list[Row]:
    """Take the keys around findings for categories where they tell some from others."""
    several = len({row.outer.get(WEAK) for row in rows}) > 1
    categorised_rows: list[Row] = []
    for row in rows:
        outer = {key: value for key, value in row.outer.items() if key != WEAK}
        if several and WEAK in row.outer:
            outer.setdefault("category", row.outer[WEAK])
        categorised_rows.append(replace(row, outer=outer))
    return categorised_rows


def _why_not(group: _Group, certain: list[_Group]) -> str:
    if group.around.no_findings:
        return f"{group.around.no_findings!r} says that these are no findings"
    others = [other for other in certain if other is not group]
    if not others or group in certain:
        return ""
    if group.around.plan:
        return f"{group.around.plan!r} is a plan, not what was found"
    mine = key_profile(group.rows)
    alike = any(_alike(mine, key_profile(other.rows)) >= _ALIKE for other in others)
    return "" if alike else "they are not like the findings beside them"


def _alike(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _without_repeats(groups: list[_Group], left: list[Left]) -> list[Row]:
    """Return the rows of all groups; a group that mostly repeats a richer one is left aside."""
    richest = sorted(groups, key=lambda group: -_richness(group))
    seen: set[str] = set()
    kept: list[Row] = []
    for group in richest:
        known = [row for row in group.rows if seen & set(_identities(row))]
        if known and len(known) >= _REPEATED * len(group.rows):
            left.append(_left(group, "they repeat findings that stand elsewhere with more"))
            known_places = {row.place for row in known}
            fresh = [row for row in group.rows if row.place not in known_places]
        else:
            fresh = group.rows
        kept += fresh
        seen |= {identity for row in group.rows for identity in _identities(row)}
    return kept


def _richness(group: _Group) -> float:
    return sum(len(str(row.values)) for row in group.rows) / len(group.rows)


def _identities(row: Row) -> Iterable[str]:
    for key, value in row.values.items():
        name = named(key)
        if name and isinstance(value, str | int) and not isinstance(value, bool):
            if name.field == "title" and len(same_words(value)) >= 8:
                yield f"title {same_words(value)}"
            if name.field == "id" and not str(value).strip().isdigit():
                yield f"id {same_words(value)}"


def _has_severity(row: Row) -> bool:
    if "severity" in row.outer:
        return True
    for key, value in row.values.items():
        name = named(key)
        if name and name.field == "severity" and value not in (None, ""):
            return True
        spare = name is None or name.field not in {"effort", "confidence"}
        if spare and isinstance(value, str) and opening_grade(value) and is_exact_grade(value):
            return True
    return False


def _left(group: _Group, why: str) -> Left:
    first = group.rows[0]
    example = next((str(value) for value in first.values.values() if isinstance(value, str)), "")
    count = len(group.rows)
    return Left(group.name or first.place, example[:200], f"{count} left aside: {why}")
