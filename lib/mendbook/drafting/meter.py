"""What a run of a drafter has spent, in money and time, and whether more may be asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from mendbook.errors import UsageError
from mendbook.model import Draft
from mendbook.signals import end_if_asked

_SLICE_SECONDS = 0.5
"""How often one that waits for the price of another asks whether the run was interrupted."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be asked: of a whole run, and of one finding."""

    dollars: float | None = None
    """What may be spent, where the drafter tells; None for no limit."""
    minutes: float = 30.0
    """How long the whole run may take."""
    finding_minutes: float = 5.0
    """How long may be waited for the answers to one finding, its repairs included."""
    jobs: int = 4
    """Findings that are asked about at the same time."""

    def __post_init__(self) -> None:
        """Refuse limits that nothing could be asked under."""
        if self.dollars is not None and not 0 < self.dollars < float("inf"):
            raise UsageError(f"--budget {self.dollars:g}: give a price above 0 US dollars")
        if not 0 < self.minutes < float("inf"):
            raise UsageError(f"--minutes {self.minutes:g}: give a time above 0")


@dataclass(slots=True)
class Meter:
    """What one run has spent so far; safe in several threads.

    The next answer is taken to cost as much as the dearest so far, and what is being asked for at
    the same time is counted in, so that a budget is a limit and not a mark to pass.
    """

    limits: Limits
    total: int
    progress: Callable[[str], None]
    tells_price: bool = True
    """Whether the drafter may say what an answer cost."""
    started: float = field(default_factory=time.monotonic)
    cost: float = 0.0
    dearest: float = 0.0
    priced: bool = False
    unpriced: bool = False
    """An answer came without its price."""
    asking: int = 0
    done: int = 0
    stopped: str = ""
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def begin(self) -> str:
        """Return why no more may be asked; empty where one may now, which ``end`` then counts."""
        with self._changed:
            while not (why := self._over()) and self._waits():
                self._changed.wait(_SLICE_SECONDS)
                end_if_asked()
            self.asking += not why
            return why

    def end(self, cost: float | None, answered: bool) -> None:
        """Count what an answer cost in dollars; None where the drafter does not say."""
        with self._changed:
            self.asking -= 1
            self.cost += cost or 0.0
            self.dearest = max(self.dearest, cost or 0.0)
            self.priced = self.priced or cost is not None
            self.unpriced = self.unpriced or (answered and cost is None)
            self._changed.notify_all()

    @property
    def seconds_left(self) -> float:
        """How long the run may still take."""
        return max(0.0, self.limits.minutes * 60 - (time.monotonic() - self.started))

    def ended(self, draft: Draft) -> None:
        """Count a draft that came to its end, and tell the progress."""
        with self._changed:
            self.done += 1
            price = f", ${self.cost:.2f}" if self.priced else ""
            came = "drafted" if draft.proposal else "no draft"
            said = f"draft: {self.done} of {self.total} ({draft.finding_id}: {came}{price})"
        self.progress(said)

    def of_budget(self, drafter: str) -> str:
        """Return what is to be said of a budget that could not hold; empty where it did."""
        if self.limits.dollars is None or not (self.unpriced or not self.tells_price):
            return ""
        said = "does not tell what an answer costs" if not self.priced else "told not every price"
        return f"{drafter} {said}: the budget of ${self.limits.dollars:.2f} could not hold it back"

    def _over(self) -> str:
        limits = self.limits
        if not self.stopped and limits.dollars is not None:
            if self.cost >= limits.dollars:
                self.stopped = f"the budget of ${limits.dollars:.2f} is spent"
            elif not self.asking and self.cost + self.dearest > limits.dollars:
                left = f"the budget of ${limits.dollars:.2f} pays for no further answer"
                self.stopped = f"{left} (${self.cost:.2f} spent)"
        if not self.stopped and not self.seconds_left:
            self.stopped = f"the {limits.minutes:g} minutes are over"
        return self.stopped

    def _waits(self) -> bool:
        """Tell whether what is being asked for may use up what is left."""
        if self.limits.dollars is None or not self.asking or not self.tells_price:
            return False
        if not self.priced:
            return not self.unpriced
        return self.cost + (self.asking + 1) * self.dearest > self.limits.dollars
