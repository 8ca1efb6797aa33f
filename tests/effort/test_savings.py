"""Over-engineering is weighed: hours it costs each year against hours to remove it."""

from __future__ import annotations

from drawn_records import finding
from mendbook.effort import Saving, weigh_over_engineering
from mendbook.model import Estimate, OverEngineering

FILE = "src/domains/gift/a.ts"


def weighed(pattern: str, per_year: float | None, file: str = FILE) -> Saving:
    """Return what removing ``pattern`` saves, in an audit with two findings about one file."""
    findings = (
        finding("F-1", file=FILE, problem="Duplicate detector tracking", fix="Remove the detector"),
        finding("F-2", file=FILE, problem="No limit", fix="Add a limit"),
    )
    estimates = [Estimate(name, 0.1, 0.5, 1, "given") for name in ("F-1", "F-2")]
    entry = OverEngineering(file, pattern, "", per_year, None)
    (saving,) = weigh_over_engineering([entry], findings, estimates)
    return saving


def test_hours_saved_stand_against_the_hours_of_the_finding_that_removes_it() -> None:
    """Of several findings about a file the one that speaks of the same thing counts."""
    saving = weighed("Duplicate tracking of the detector", 2)
    assert (saving.finding_ids, saving.hours, saving.pays_back_after_years) == (("F-1",), 0.5, 0.25)
    assert saving.verdict == (
        "Removing it takes 0.5 h and saves 2 h a year: paid back after 0.2 years."
    )


def test_what_no_finding_removes_is_said() -> None:
    """An entry without a finding keeps its cost and is not given invented hours."""
    saving = weighed("Three layers of factories", 12, "src/other.ts")
    assert (saving.finding_ids, saving.hours) == ((), None)
    assert saving.verdict == "It costs 12 h a year; no finding removes it."


def test_an_entry_without_a_cost_is_said() -> None:
    """What the audit does not say is not assumed."""
    assert weighed("Duplicate tracking", None).verdict == (
        "The audit does not say what it costs in a year."
    )
    assert weighed("Duplicate tracking", 0).verdict == (
        "The audit says that it costs no hours in a year."
    )
