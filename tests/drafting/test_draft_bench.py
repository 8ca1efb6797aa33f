"""On the bench a drafter that answers well patches nearly all; wrong answers are never shown."""

from __future__ import annotations

import json
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import stub
from mendbook.drafting.drafter import find_drafter
from mendbook.model import AskedStatus
from mendbook.run.draft import DraftOrder, drafted
from mendbook.run.run import Run

BENCH = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks/drafts.py"), run_name="bench")
CASES = BENCH["read_bench"]()["cases"]
Draft = Callable[[dict[str, str]], Run]


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """Return a function that drafts for the bench with the stub, which gives these answers."""

    def run(answers: dict[str, str]) -> Run:
        folder = tmp_path / "stub"
        folder.mkdir()
        (folder / "answers.json").write_text(
            json.dumps({name: [answer] for name, answer in answers.items()})
        )
        command = f"{sys.executable} {stub.__file__} {folder}"
        return drafted(BENCH["set_up"](tmp_path), DraftOrder(find_drafter(command)))

    return run


def test_with_right_answers_nearly_every_finding_ends_with_a_patch(draft: Draft) -> None:
    """Nine of ten, in every language; each is the very edit that is known to be right."""
    run = draft({case["id"]: case["right"] for case in CASES})
    assert len(BENCH["patches"](run.plan)) >= 0.9 * len(CASES)
    assert BENCH["others"](run) == {}
    (tally,) = run.plan.drafts.tallies
    assert tally.answered == tally.findings
    assert tally.asked == tally.findings


def test_of_plausible_wrong_answers_none_is_shown(draft: Draft) -> None:
    """Three of ten are wrong, and would pass a reader; none goes into the series by itself."""
    wrong = {case["id"] for case in CASES[::3]}
    run = draft({case["id"]: case["wrong" if case["id"] in wrong else "right"] for case in CASES})
    assert len(wrong) >= 0.3 * len(CASES)
    found = {draft.finding_id: draft for draft in run.drafting.drafts}
    assert {found[name].asked for name in wrong & set(found)} <= {
        AskedStatus.CONSISTENT,
        AskedStatus.NOT_SHOWN,
        AskedStatus.PARTIAL,
    }
    series = {
        item.finding_id
        for item in run.plan.remediations
        if item.patch.in_series and item.patch.source == "drafter"
    }
    assert series & wrong == set()


def test_every_wrong_answer_alone_is_none_that_is_shown(draft: Draft) -> None:
    """Whichever are mixed in."""
    run = draft({case["id"]: case["wrong"] for case in CASES})
    assert all(each.asked is not AskedStatus.SHOWN for each in run.drafting.drafts)
