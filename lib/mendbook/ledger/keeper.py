"""Keep the record of one run while it works: its status, its log, and how far it has come."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from mendbook.ledger.progress import reached, rest, stage_line, totals_line
from mendbook.ledger.shelf import LOG, Shelf
from mendbook.ledger.status import FILE, StageTime, State, Status, at_stage, encoded, ended
from mendbook.publish import write_files
from mendbook.text.escape import line

Clock = Callable[[], dt.datetime]
Say = Callable[[str], None]


class Keeper:
    """The record of one run, written at each step.

    ``course`` names the stages to come, in order, and ``before`` how long the last run of the
    same audit took for each. ``say`` is told one line for each step.
    """

    def __init__(
        self,
        shelf: Shelf,
        status: Status,
        clock: Clock,
        course: Sequence[str],
        before: Sequence[StageTime],
        say: Say,
    ) -> None:
        self.status = status
        self._shelf = shelf
        self._clock = clock
        self._course = tuple(course)
        self._before = tuple(before)
        self._say = say
        self._since = clock()

    def begin(self) -> None:
        """Put the run on record. From here on, ``finish`` or ``fail`` says how it ended."""
        self._shelf.kept.mkdir(parents=True, exist_ok=True)
        self._note(f"run {self.status.id}: {self.status.audit_path}")
        self._shelf.write(self.status)

    def step(self, said: str) -> None:
        """Take note of a step: a stage of the course, or a detail of the one that is under way."""
        at = reached(self._course, said)
        if not at.number:
            self._tell(said)
            return
        now = self._clock()
        self.status = at_stage(self.status, at, now, self._since)
        self._since = now
        self._shelf.write(self.status)
        self._tell(stage_line(self.status, rest(self._course, at, self._before)))

    def know(self, **changes: Any) -> None:  # noqa: ANN401 - fields of a status
        """Take note of what is known of the run by now."""
        self.status = replace(self.status, **changes)

    def finish(self, folder: Path, exit_code: int) -> None:
        """Write the last record and the log into the run's ``folder``, before it is published."""
        self.status = ended(self.status, State.DONE, exit_code, self._clock(), self._since)
        self._note(totals_line(self.status))
        log = self._shelf.log(self.status.id).read_bytes()
        write_files(folder, {FILE: encoded(self.status), LOG: log})

    def close(self, folder: Path) -> None:
        """Drop the record of a run that is published in ``folder``, and say how long it took."""
        self._shelf.forget(self.status.id)
        self._shelf.point_latest(self.status.audit, folder.name)
        self._say(totals_line(self.status))

    def fail(self, state: State, exit_code: int, error: str) -> None:
        """Keep why the run ended before it was published."""
        said = line(error)
        self.status = ended(self.status, state, exit_code, self._clock(), self._since, said)
        with contextlib.suppress(OSError):  # the disk may be what has failed
            self._note(f"{state}: {said}" if said else str(state))
            self._shelf.write(self.status)

    def _tell(self, said: str) -> None:
        self._note(said)
        self._say(said)

    def _note(self, said: str) -> None:
        now = self._clock().astimezone(dt.UTC)
        text = f"{now:%Y-%m-%dT%H:%M:%S}Z  {line(said)}\n"
        with self._shelf.log(self.status.id).open("a", encoding="utf-8") as log:
            log.write(text)
