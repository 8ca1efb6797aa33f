"""Carrying edits over to another tree, and what holds for any series that is built from them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mendbook.model import (
    CheckStatus,
    Dimension,
    Finding,
    Priority,
    Proposal,
    Proposed,
    PullRequest,
    Severity,
    Skipped,
)
from mendbook.proving.scratch import scratch_repository
from mendbook.repository.snapshot import Snapshot
from mendbook.series.merge import carry_over
from mendbook.series.stack import build_series

TEXT = "1\n2\n3\n4\n5\n6\n7\n8\n"
BASE = Snapshot.of({"a.txt": TEXT})
Edits = dict[str, str | None]


@pytest.mark.parametrize(
    ("earlier", "edits", "carried"),
    [
        ({}, {"a.txt": None}, {"a.txt": None}),
        ({"a.txt": None}, {"a.txt": None}, {}),
        ({"a.txt": "x" + TEXT}, {"a.txt": TEXT + "9\n"}, {"a.txt": "x" + TEXT + "9\n"}),
        ({"a.txt": "x" + TEXT}, {"a.txt": "x" + TEXT}, {}),
        ({"b.txt": "new\n"}, {"b.txt": "new\n"}, {}),
        ({"a.txt": "x" + TEXT}, {"a.txt": TEXT}, {}),
    ],
    ids=["delete", "deleted before", "both ends", "same", "same new file", "nothing"],
)
def test_edits_are_merged_onto_the_changed_tree(
    earlier: Edits, edits: Edits, carried: Edits
) -> None:
    """What is still to be done is carried over; what is there already is left out."""
    assert carry_over(edits, BASE, BASE.edited(earlier)) == carried


@pytest.mark.parametrize(
    ("earlier", "edits"),
    [
        ({"a.txt": None}, {"a.txt": TEXT + "9\n"}),
        ({"a.txt": "x" + TEXT}, {"a.txt": None}),
        ({"b.txt": "one\n"}, {"b.txt": "two\n"}),
        ({"a.txt": TEXT.replace("4", "four")}, {"a.txt": TEXT.replace("4", "vier")}),
    ],
    ids=["edit of a deleted file", "delete an edited file", "two new files", "same line"],
)
def test_a_conflict_names_the_file(earlier: Edits, edits: Edits) -> None:
    """Edits that an earlier patch contradicts are not forced."""
    (path,) = edits
    assert carry_over(edits, BASE, BASE.edited(earlier)) == Skipped(
        path, f"{path} was changed differently by an earlier patch"
    )


def finding(name: str) -> Finding:
    """Return a finding called ``name``."""
    return Finding(name, Severity.LOW, Dimension.OTHER, "a.txt", "", "Wrong.", "", "", "Fix.", "")


lines = st.lists(st.sampled_from(["1", "2", "3", "x", "y\r", ""]), max_size=7)
texts = st.none() | st.builds("{}{}".format, lines.map("\n".join), st.sampled_from(["", "\n"]))
trees = st.dictionaries(st.sampled_from(["a.txt", "b b.txt", "src/ü.txt"]), texts, max_size=3)


@settings(deadline=None, max_examples=15)
@given(base=trees, wanted=st.lists(trees, min_size=1, max_size=4))
def test_whatever_is_proposed_the_series_applies_and_reverts(
    base: Edits, wanted: list[Edits]
) -> None:
    """Each finding has one patch; all those in series apply in order, and reversed give it back."""
    names = [f"F-{number}" for number in range(len(wanted))]
    answers = [
        Proposed(name, Proposal(name, "curated", "Change", edits))
        for name, edits in zip(names, wanted, strict=True)
    ]
    requests = [PullRequest(1, "fix", tuple(names), (), (), 1, 1, 1, Priority.P2, 1.0, "")]
    snapshot = Snapshot.of({path: text for path, text in base.items() if text is not None})
    patches = build_series(requests, [finding(name) for name in names], (), answers, snapshot)
    assert [patch.finding_id for patch in patches] == names
    series = [patch for patch in patches if patch.in_series]
    assert all(check.status is CheckStatus.PASS for patch in series for check in patch.checks)
    assert [patch.name[:3] for patch in series] == [
        f"{number:03d}" for number in range(1, len(series) + 1)
    ]
    with scratch_repository() as scratch:
        start = tree = scratch.tree_of({path: snapshot.text(path) for path in snapshot.files})
        for diff, options in (
            *((patch.diff, ()) for patch in series),
            *((patch.diff, ("--reverse",)) for patch in reversed(series)),
        ):
            applied = scratch.applied(tree, diff, *options)
            assert applied is not None
            tree = applied
        assert tree == start
