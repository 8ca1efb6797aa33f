"""What the commands say while they work, and when they are done."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from mendbook.signals import end_if_asked

if TYPE_CHECKING:
    from mendbook.run.attempt import Outcome


def tell(text: str, stream: TextIO | None) -> None:
    """Print ``text``; where nobody reads any more, or nothing fits, the work goes on all the same.

    ``stream`` is None where the program was started without one.
    """
    try:
        print(text, file=stream, flush=True)
    except OSError:
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - no file of ours
            os.dup2(nowhere.fileno(), (stream or sys.stdout).fileno())


_screen = Console(stderr=True, highlight=False)


class Steps:
    """Say what is being done: a spinner on a terminal, plain lines elsewhere."""

    def __init__(self) -> None:
        self._live = _screen.is_terminal
        self._bar = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=_screen
        )
        self._task = self._bar.add_task("start", total=None)

    def __enter__(self) -> Steps:
        if self._live:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._bar.stop()

    def __call__(self, step: str) -> None:
        """Say ``step``, and stop where the process was asked to."""
        end_if_asked()
        if self._live:
            self._bar.update(self._task, description=step)
        else:
            tell(f"mendbook: {step}", sys.stderr)


def finish(outcome: Outcome, more: Sequence[str] = ()) -> None:
    """Say where a run is and what to look at first; raise what its exit code says."""
    from mendbook.run.closing import closing_words

    tell("\n".join([closing_words(outcome.plan, outcome.folder), *more]), sys.stdout)
    outcome.refuse()
