"""A clock that tests set: the time is what they say it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(slots=True)
class FalseClock:
    """Says ``now``, and moves on by ``tick`` each time that it is asked."""

    now: dt.datetime
    tick: dt.timedelta = dt.timedelta()

    def __call__(self) -> dt.datetime:
        """Return the time."""
        self.now += self.tick
        return self.now


def at(text: str, tick: float = 0) -> FalseClock:
    """Return a clock that stands at the UTC time ``text``, ``2026-03-01T06:00``."""
    now = dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)
    return FalseClock(now, dt.timedelta(seconds=tick))
