"""Which runs stay: the newest of each audit, those of the last days, and whatever still works."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mendbook.errors import UsageError
from mendbook.ledger.shelf import Entry
from mendbook.ledger.status import State
from mendbook.ledger.trace import line_of


@dataclass(frozen=True, slots=True)
class Keep:
    """How many runs of each audit stay, and for how many days; None for no such rule.

    A run stays where either rule keeps it; without any rule all stay.
    """

    runs: int | None = None
    days: int | None = None

    def __post_init__(self) -> None:
        """Refuse to keep nothing at all."""
        for name, value in (("--keep", self.runs), ("--keep-days", self.days)):
            if value is not None and value < 1:
                raise UsageError(f"{name} {value}: at least 1 is kept; leave it away to keep all")

    @property
    def all(self) -> bool:
        """Whether there is no rule."""
        return self.runs is None and self.days is None


def outlived(entries: Sequence[Entry], keep: Keep, now: dt.datetime) -> tuple[Entry, ...]:
    """Return which of ``entries`` (oldest first) no rule keeps.

    The newest published run of each line of audits always stays, and so does what still works.
    """
    if keep.all:
        return ()
    lines: defaultdict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.status.state is not State.RUNNING:
            line = line_of(entry.status.audit, entry.status.repository)
            lines[*line, bool(entry.folder)].append(entry)
    return tuple(
        entry
        for line, runs in lines.items()
        for place, entry in enumerate(reversed(runs), start=1)
        if not ((place == 1 and line[-1]) or _kept(entry, place, keep, now))
    )


def _kept(entry: Entry, place: int, keep: Keep, now: dt.datetime) -> bool:
    if keep.runs is not None and place <= keep.runs:
        return True
    if keep.days is None:
        return False
    began = dt.datetime.fromisoformat(entry.status.started)
    return now - began <= dt.timedelta(days=keep.days)
