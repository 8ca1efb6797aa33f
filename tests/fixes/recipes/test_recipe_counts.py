"""A recipe does as many as the text speaks of, wherever the quote begins and ends."""

from __future__ import annotations

import pytest

from mendbook.code.references import find_references
from mendbook.fixes.recipe import asking
from mendbook.fixes.recipes.parallel_awaits import RECIPE
from mendbook.fixes.task import Task
from mendbook.model import FindingFacts, Proposal, Skipped
from mendbook.repository.snapshot import Snapshot

BOARD = """\
export async function board(pier) {
  const boats = await api.boats(pier);
  const crews = await api.crews(pier);
  const notes = await api.notes(pier);
  return { boats, crews, notes };
}
"""
TWO = "const crews = await api.crews(pier);\n  const notes = await api.notes(pier);"
ONE = "const notes = await api.notes(pier);"


def _made(fix: str, evidence: str, code: str = BOARD) -> Proposal | Skipped:
    tree = Snapshot.of({"web/board.js": code})
    finding = asking("Sequential awaits", fix, "web/board.js", "board", evidence)
    lookup = find_references([finding], tree, provider="syntax")
    return RECIPE.propose(Task(finding, FindingFacts(finding.id, ("web/board.js",)), tree, lookup))


@pytest.mark.parametrize(
    ("fix", "evidence", "names"),
    [
        ("Run the three calls with Promise.all", TWO, "boats, crews, notes"),
        ("Use Promise.all", TWO, "crews, notes"),
        ("Run both with Promise.all", TWO, "crews, notes"),
    ],
)
def test_as_many_are_awaited_together_as_are_told(fix: str, evidence: str, names: str) -> None:
    """Three that the text counts are three, though two are quoted."""
    answer = _made(fix, evidence)
    assert isinstance(answer, Proposal), answer.reason
    assert f"const [{names}] = await Promise.all([" in str(answer.edits["web/board.js"])


def test_a_quote_of_one_of_two_means_both_and_of_one_of_three_says_so() -> None:
    """The reason names how many stand side by side; of two there is no other to join."""
    answer = _made("Use Promise.all", ONE)
    assert isinstance(answer, Skipped)
    assert "the finding quotes one of 3 awaited calls" in answer.reason
    pair = BOARD.replace("  const boats = await api.boats(pier);\n", "").replace("boats, ", "")
    both = _made("Use Promise.all", ONE, pair)
    assert isinstance(both, Proposal)
    assert "const [crews, notes] = await Promise.all([" in str(both.edits["web/board.js"])
