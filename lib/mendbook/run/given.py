"""What a run is given beside the files it reads: where to work, how, and what day it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mendbook.run.inputs import Inputs

Progress = Callable[[str], None]
Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """Return the time of this machine, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Given:
    """The inputs of one run, and the means to make it."""

    inputs: Inputs
    out: Path
    """The folder that runs are published in."""
    decisions: Path
    """The folder of what people decided for this audit; there may be none."""
    cache: Path
    """The folder of what is computed once."""
    stamp: str
    """The run's UTC minute, ``YYYY-MM-DD-HHmm``."""
    today: dt.date
    jobs: int
    """Trees that the gates try at once."""
    progress: Progress
    clock: Clock = utc_now
    """What time it is; every time on record is asked of it."""
