"""A recipe is no way round what the fix text spells out or keeps."""

from __future__ import annotations

import pytest

from mendbook.code.references import find_references
from mendbook.fixes.recipe import asking
from mendbook.fixes.recipes import RECIPES
from mendbook.fixes.task import Task
from mendbook.model import FindingFacts, Proposal
from mendbook.repository.snapshot import Snapshot

METERS = """\
import requests


def water(host):
    return requests.get(host + "/meter").text


def gas(host):
    return requests.get(host + "/meter").json()
"""


def _made(fix: str, function: str = "") -> list[str]:
    tree = Snapshot.of({"meters.py": METERS})
    evidence = 'requests.get(host + "/meter")'
    finding = asking("A request has no timeout", fix, "meters.py", function, evidence)
    lookup = find_references([finding], tree, provider="syntax")
    task = Task(finding, FindingFacts(finding.id, ("meters.py",)), tree, lookup)
    answers = [recipe.propose(task) for recipe in RECIPES]
    return [str(one.edits["meters.py"]) for one in answers if isinstance(one, Proposal)]


def test_a_plain_wish_is_done_at_both_places() -> None:
    """What is asked of the request that stands twice is done twice."""
    done = METERS.replace('"/meter")', '"/meter", timeout=4)')
    assert _made("Pass a timeout of 4 seconds.") == [done]


@pytest.mark.parametrize(
    "fix",
    [
        "Pass a timeout of 4 seconds to the slow request, but leave the other as it is.",
        "Pass a timeout of 4 seconds; do not touch the request of the gas meter.",
        "Pass a timeout of 4 seconds, as `timeout=CALM`.",
    ],
)
def test_what_is_kept_or_spelled_out_is_not_passed_over(fix: str) -> None:
    """No recipe changes two places where one is to stay, or writes another value."""
    assert _made(fix) == []
