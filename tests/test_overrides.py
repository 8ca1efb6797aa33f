"""A person's decision replaces what was computed, and says who, why and until when."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from drawn_records import audited, facts, finding
from mendbook.errors import PolicyError
from mendbook.finding_names import FindingNames
from mendbook.model import Estimate, Note, Owner, Priority, Severity
from mendbook.overrides import (
    Override,
    Overrides,
    override_decisions,
    override_estimates,
    override_facts,
    read_overrides,
)

TODAY = dt.date(2026, 3, 1)
WHO = "who: Ada, why: it is hers"


def known(*ids: str) -> FindingNames:
    """Return what the findings of an audit that has ``ids`` may be called."""
    return FindingNames(frozenset(ids))


def written(folder: Path, *entries: str) -> Path:
    """Write an overrides file of ``entries`` (YAML flow mappings without braces)."""
    lines = "".join(f"  - {{{entry}}}\n" for entry in entries)
    (folder / "overrides.yaml").write_text(f"overrides:\n{lines}", "utf-8")
    return folder


def test_active_and_expired_overrides_are_told_apart(tmp_path: Path) -> None:
    """An override holds on its last day and no longer; an expired one is reported, not dropped."""
    folder = written(
        tmp_path,
        f"finding: F-1, field: owner, value: core, {WHO}, until: 2026-03-01",
        f"finding: F-1, field: hours, value: 3, {WHO}, until: 2026-02-28",
        f"finding: F-2, field: tests, value: [a.test.ts — works], {WHO}",
    )
    assert read_overrides(folder, known("F-1", "F-2"), TODAY) == Overrides(
        active=(
            Override("F-1", "owner", "core", "Ada", "it is hers", "2026-03-01"),
            Override("F-2", "tests", ["a.test.ts — works"], "Ada", "it is hers"),
        ),
        expired=(Override("F-1", "hours", 3, "Ada", "it is hers", "2026-02-28"),),
    )


def test_an_override_may_name_the_identity_of_a_finding(tmp_path: Path) -> None:
    """It stays with the finding when another audit gives that another id."""
    folder = written(tmp_path, f"finding: 5e1f, field: owner, value: core, {WHO}")
    names = FindingNames(frozenset({"F-2"}), {"5e1f": "F-2"})
    (found,) = read_overrides(folder, names, TODAY).active
    assert (found.finding_id, found.value) == ("F-2", "core")


def test_a_folder_without_overrides_has_none(tmp_path: Path) -> None:
    """Curated patches may stand alone."""
    assert read_overrides(tmp_path, known("F-1"), TODAY) == Overrides()


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (f"finding: F-9, field: owner, value: a, {WHO}", "the audit has no finding 'F-9'"),
        (f"finding: F-1, field: colour, value: a, {WHO}", "'colour' is not one of"),
        (f"finding: F-1, field: priority, value: P7, {WHO}", "'P7' is not one of"),
        (f"finding: F-1, field: hours, value: two, {WHO}", "'two' is not of type 'number'"),
        ("finding: F-1, field: owner, value: a, who: Ada", "'why' is a required property"),
        (f"finding: F-1, field: owner, value: a, {WHO}, until: '2026-02-30'", "is not a day"),
    ],
)
def test_a_broken_override_is_refused_in_one_line(tmp_path: Path, entry: str, said: str) -> None:
    """The message names the file and the place in it."""
    folder = written(tmp_path, entry)
    with pytest.raises(PolicyError) as refusal:
        read_overrides(folder, known("F-1"), TODAY)
    assert str(refusal.value).startswith(f"{folder / 'overrides.yaml'}: $.overrides[0]")
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_deciding_a_field_twice_is_refused(tmp_path: Path) -> None:
    """Of two people's decisions neither silently wins."""
    entry = f"finding: F-1, field: owner, value: a, {WHO}"
    with pytest.raises(PolicyError, match="decides owner a second time"):
        read_overrides(written(tmp_path, entry, entry), known("F-1"), TODAY)


def test_a_decided_priority_ranks_the_finding_anew() -> None:
    """The finding moves to its band, and its reason keeps what the tree says."""
    audit = audited(
        (finding("F-1", Severity.MEDIUM), finding("F-2", Severity.LOW)),
        (facts("F-1", "src/a.ts"), facts("F-2", "src/a.ts")),
    )
    decided = [Override("F-2", "priority", "P0", "Ada", "an auditor asked")]
    first, second = override_decisions(audit.decisions, decided)
    assert (first.finding_id, first.priority, first.rank) == ("F-2", Priority.P0, 1)
    assert (second.finding_id, second.rank) == ("F-1", 2)
    assert first.reason.startswith(
        "P0 as Ada decided: an auditor asked (the tree says P2 because the audit rates it LOW"
    )


def test_decided_hours_keep_the_shape_of_the_range() -> None:
    """The range scales with the likely hours, and the source keeps the number it replaced."""
    estimates = [Estimate("F-1", 1, 2, 4, "complexity says “2 hours”")]
    decided = [Override("F-1", "hours", 3, "Ada", "done it before")]
    assert override_estimates(estimates, decided) == (
        Estimate(
            "F-1",
            1.5,
            3,
            6,
            "Ada decided, instead of 2 h (complexity says “2 hours”)",
        ),
    )


def test_a_decided_owner_is_named_as_such() -> None:
    """A reader sees that a person, not CODEOWNERS, named the owner."""
    (its,) = override_facts([facts("F-1")], [Override("F-1", "owner", "core", "Ada", "hers")])
    assert its.owner == Owner("core", "override")


def test_the_note_says_who_why_and_until() -> None:
    """The plan keeps a person's decision beside what stood there before."""
    override = Override("F-1", "docs", ["a.md — A", "b.md — B"], "Ada", "moved", "2026-12-31")
    assert override.note("none") == Note(
        "docs", "none", "a.md — A; b.md — B", "Ada, until 2026-12-31: moved"
    )
