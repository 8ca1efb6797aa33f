"""Limits of money and time hold, whoever is asked and however many at once."""

from __future__ import annotations

import json
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from bench import BROKEN, RIGHT, Bench, briefs, draft_in, edits
from mendbook.drafting.meter import Limits, Meter
from mendbook.drafting.record import drafts_report
from mendbook.errors import UsageError


def priced(answer: str, dollars: float) -> str:
    """Return an answer that tells its price."""
    return json.dumps({"answer": answer, "cost_usd": dollars})


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Return a function that drafts with the stub: answers by finding, and what the loop takes."""
    return partial(draft_in, tmp_path)


def test_a_budget_that_is_spent_stops_the_asking(bench: Bench) -> None:
    """What is left must pay for another answer as dear as the dearest; the rest say why not."""
    limits = Limits(dollars=2.0, jobs=1)
    drafting, folder = bench({f"FEE-{n}": [priced(RIGHT, 0.75)] for n in (1, 2, 3)}, limits)
    assert [len(briefs(folder, f"FEE-{n}")) for n in (1, 2, 3)] == [1, 1, 0]
    assert drafting.stopped == "the budget of $2.00 pays for no further answer ($1.50 spent)"
    assert drafting.drafts[2].reason == drafting.stopped
    assert drafts_report(drafting).budget == ""


def test_a_budget_holds_where_several_are_asked_at_once(bench: Bench) -> None:
    """Nobody knows the first price before it came, so the others wait for it."""
    limits = Limits(dollars=1.0, jobs=4)
    drafting, _ = bench({f"FEE-{n}": [priced(RIGHT, 0.4)] for n in range(6)}, limits)
    (tally,) = drafts_report(drafting).tallies
    assert (tally.asked, tally.cost) == (2, 0.8)


def test_a_repair_is_paid_for_by_the_same_budget(bench: Bench) -> None:
    """The best answer so far stays, and the finding's reason is what failed."""
    drafting, folder = bench({"FEE-1": [priced(BROKEN, 0.6), RIGHT]}, Limits(dollars=1.0))
    assert len(briefs(folder)) == 1
    assert edits(drafting.drafts[0]) == {}
    assert drafting.drafts[0].reason.startswith("the budget of $1.00 pays for no further answer")


def test_without_prices_a_budget_cannot_hold_and_says_so(bench: Bench) -> None:
    """Everything is asked, at once, and the report says that the budget did nothing."""
    limits = Limits(dollars=0.01)
    drafting, _ = bench({f"FEE-{n}": [RIGHT] for n in range(3)}, limits)
    assert all(edits(draft) for draft in drafting.drafts)
    said = drafts_report(drafting).budget
    assert said == (
        "python does not tell what an answer costs: the budget of $0.01 could not hold it back"
    )


def test_no_answer_is_waited_for_longer_than_the_run_may_take(bench: Bench) -> None:
    """One that is late is stopped when the minutes are over, and nothing further is asked."""
    start = time.monotonic()
    limits = Limits(minutes=0.02, jobs=1)
    drafting, folder = bench({"FEE-1": ["!late"], "FEE-2": [RIGHT]}, limits)
    assert time.monotonic() - start < 15
    assert drafting.drafts[0].reason.startswith("it ran longer than ")
    assert drafting.drafts[1].reason == drafting.stopped == "the 0.02 minutes are over"
    assert briefs(folder, "FEE-2") == []


def test_one_finding_takes_no_longer_than_its_share(bench: Bench) -> None:
    """Its repairs are part of it; the other findings are asked about."""
    limits = Limits(finding_minutes=0.02, jobs=1)
    drafting, _ = bench({"FEE-1": ["!late"], "FEE-2": [RIGHT]}, limits)
    assert drafting.drafts[0].reason.startswith("it ran longer than 1.2 s")
    assert edits(drafting.drafts[1])


@pytest.mark.parametrize("chosen", [{"dollars": 0.0}, {"dollars": -1.0}, {"minutes": 0.0}])
def test_limits_under_which_nothing_could_be_asked_are_refused(chosen: dict[str, float]) -> None:
    """One line each, before anything is asked."""
    with pytest.raises(UsageError):
        Limits(**chosen)  # type: ignore[arg-type]


def test_one_that_fails_lets_the_next_be_asked() -> None:
    """A call that ends without an answer tells no price, and holds nobody back."""
    meter = Meter(Limits(dollars=1.0), 2, lambda _: None)
    assert meter.begin() == ""
    waiting = threading.Thread(target=meter.begin)
    waiting.start()
    waiting.join(0.2)
    assert waiting.is_alive()
    meter.end(None, answered=False)
    waiting.join(5)
    assert not waiting.is_alive()
