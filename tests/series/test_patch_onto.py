"""A series on another commit: what one patch needs of another, and what is set there by now."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from mendbook.code.diff import diff_of
from mendbook.model import Patch, Rung
from mendbook.repository.snapshot import Snapshot
from mendbook.series.onto import Outcome, carry_series

BARGE = "package barge\n\nfunc Load(n int) int {\n\treturn n * 40\n}\n"
LOCK = "package barge\n\nfunc Lock(n int) int {\n\treturn n + 2\n}\n"
BASE = Snapshot.of({"barge.go": BARGE, "lock.go": LOCK, "quay.sh": "set -e\necho quay\n"})


def stacked(*steps: Mapping[str, str | None]) -> list[Patch]:
    """Return a series of the edits, each made on the tree that those before it leave."""
    tree, series = BASE, []
    for number, edits in enumerate(steps, start=1):
        name = f"{number:03d}-B-{number}-edit.patch"
        diff = diff_of(edits, tree)
        series.append(
            Patch(f"B-{number}", "instruction", "edit", diff, tuple(edits), Rung.PARSES, name=name)
        )
        tree = tree.edited(edits)
    return series


NAMED = "package barge\n\nconst holdSize = 40\n\nfunc Load(n int) int {\n\treturn n * holdSize\n}\n"
USED = LOCK.replace("n + 2", "n + holdSize")


def test_what_needs_a_patch_that_does_not_apply_does_not_either() -> None:
    """The other file merges; but the constant stands in no file of the commit."""
    series = stacked({"barge.go": NAMED}, {"lock.go": USED})
    onto = BASE.edited({"barge.go": BARGE.replace("n * 40", "n * capacity(n)")})
    found = carry_series(series, BASE, onto, {})
    assert [(each.outcome, each.why) for each in found] == [
        (Outcome.SET_ASIDE, "the lines that it changes in barge.go have changed since"),
        (Outcome.SET_ASIDE, "it needs holdSize, which only the patch of B-1 has"),
    ]


def test_what_needs_a_patch_that_is_done_is_carried() -> None:
    """The constant is there: a person has taken the first patch."""
    series = stacked({"barge.go": NAMED}, {"lock.go": USED})
    found = carry_series(series, BASE, BASE.edited({"barge.go": NAMED}), {})
    assert [each.outcome for each in found] == [Outcome.DONE, Outcome.CARRIED]
    assert found[1].patch.diff == series[1].diff


@pytest.mark.parametrize(
    ("there", "why"),
    [
        ("set -e\nset -u\necho quay\n", ""),
        ("umask 077\nset -e\necho quay\n", "quay.sh has got `umask 077` since"),
    ],
)
def test_a_line_that_stands_there_by_now_is_not_added_again(there: str, why: str) -> None:
    """Wherever in the file a person has written it."""
    series = stacked({"quay.sh": "set -e\necho quay\numask 077\n"})
    (found,) = carry_series(series, BASE, BASE.edited({"quay.sh": there}), {})
    assert (found.outcome is Outcome.SET_ASIDE, found.why.partition(";")[0]) == (bool(why), why)


def test_a_file_that_the_patch_brings_and_the_commit_has_is_in_the_way() -> None:
    """Another file of that name is no place for it."""
    series = stacked({"ferry.sh": "echo ferry\n"})
    found = carry_series(series, BASE, BASE.edited({"ferry.sh": "echo another\n"}), {})
    assert found[0].why == "another ferry.sh stands there now"
