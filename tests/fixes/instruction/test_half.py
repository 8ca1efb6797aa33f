"""What can be done of a fix text is done, and what stays open is said; other sources are asked."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from instruction_cases import Case, read

from mendbook.code.references import find_references
from mendbook.fixes.propose import propose
from mendbook.fixes.recipe import asking
from mendbook.fixes.sources.instruction import InstructionSource
from mendbook.fixes.task import Task
from mendbook.model import AskedStatus, FindingFacts, Proposal, Skipped
from mendbook.proving.asked import judge_asked
from mendbook.repository.snapshot import Snapshot

MILL = """\
import logging

logger = logging.getLogger(__name__)


def grind(grain, stones):
    print("grinding", grain)
    return stones.turn(grain, 20)
"""
HALVES = [
    (
        "Replace `print` with `logger.info`. Notify the miller about it.",
        {"print(": "logger.info("},
        "Notify the miller about it",
    ),
    (
        "Replace `stones.turn(grain, 20)` with `stones.turn(grain, 30)` and rename the wheel.",
        {"grain, 20": "grain, 30"},
        "rename the wheel",
    ),
    (
        "Use `stones.turn(grain, 30)` and refuse an empty sack with 422.",
        {"grain, 20": "grain, 30"},
        "refuse an empty sack with 422",
    ),
    (
        "Replace `print` with `logger.info` and notify the miller when it is done.",
        {"print(": "logger.info("},
        "notify the miller when it is done",
    ),
]


def _case(fix: str) -> Case:
    return Case("half", fix, MILL, evidence="return stones.turn(grain, 20)", path="mill.py")


@pytest.mark.parametrize(("fix", "edits", "left"), HALVES)
def test_a_half_says_what_is_not_done(fix: str, edits: dict[str, str], left: str) -> None:
    """The edit stands, its status is partial, and the open step is in the text's own words."""
    answer = read(_case(fix))
    assert isinstance(answer, Proposal)
    after = MILL
    for old, new in edits.items():
        after = after.replace(old, new)
    assert answer.edits == {"mill.py": after}
    tree = Snapshot.of({"mill.py": MILL})
    finding = asking("it is wrong", fix, "mill.py")
    asked = judge_asked(finding, FindingFacts("x", ()), tree, answer.edits, answer.contracts)
    assert asked.status is AskedStatus.PARTIAL
    assert len(asked.unmet) == 1
    assert asked.unmet[0].startswith(f"still open: {left}")


@dataclass(frozen=True, slots=True)
class Canned:
    """A source that has one answer."""

    answer: Proposal | Skipped
    name: str = "canned"

    def propose(self, _task: Task) -> Proposal | Skipped:
        """Return it."""
        return self.answer


@pytest.mark.parametrize("sure", [True, False])
def test_other_sources_are_asked_where_the_first_has_only_a_draft(sure: bool) -> None:
    """A sure answer goes before a half that came first, which the plan still tells of."""
    tree = Snapshot.of({"mill.py": MILL})
    evidence = "return stones.turn(grain, 20)"
    finding = asking("it is wrong", HALVES[0][0], "mill.py", "", evidence)
    lookup = find_references([finding], tree, provider="syntax")
    whole = read(_case("Replace `print` with `logger.info`."))
    second = Canned(whole if sure else Skipped("canned", "nothing"))
    facts = (FindingFacts(finding.id, ("mill.py",)),)
    made = propose([finding], facts, tree, lookup, (InstructionSource(), second))[0]
    assert made.proposal is not None
    assert any(one.open for one in made.proposal.contracts) is not sure
    said = [one.reason for one in made.tried]
    assert any("its patch is only a draft (asked: " in one for one in said) is sure


@pytest.mark.parametrize(
    ("fix", "evidence"),
    [
        ("Abort with 204 when the method is OPTIONS.", '\tc.Header("Kiln", kiln)'),
        (
            "Use `time.NewTicker` with a deferred `Stop`, and take a context to end the loop.",
            "for range time.Tick(time.Minute) {",
        ),
    ],
)
def test_a_number_is_no_statement_and_a_call_comes_with_what_goes_along(
    fix: str, evidence: str
) -> None:
    """``204`` in the place of a call, and a ticker that nobody stops, are no patches."""
    text = (
        'package kiln\n\nimport "time"\n\nfunc Fire(c *Context, kiln string) {\n'
        '\tc.Header("Kiln", kiln)\n\tfor range time.Tick(time.Minute) {\n\t\tc.Turn()\n\t}\n}\n'
    )
    answer = read(Case("half", fix, text, evidence=evidence, path="kiln.go"))
    assert isinstance(answer, Skipped)
