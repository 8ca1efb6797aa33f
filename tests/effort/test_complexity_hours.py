"""Hours are read from what an auditor wrote, always with a range and with their source."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_records import POLICY, finding
from mendbook.effort import Case
from mendbook.effort.complexity import Stated, stated_hours
from mendbook.effort.estimate import estimate
from mendbook.model import Dimension, Estimate, Severity

PRIOR = "the policy's prior (0 earlier cases, 5 needed)"
ASSUMED = f"so assumed for HIGH; {PRIOR}"


@pytest.mark.parametrize(
    ("complexity", "low", "high"),
    [
        ("4-6 hours", 4, 6),
        ("30 minutes", 0.5, 0.5),
        ("0.1-2h", 0.1, 2),
        ("0.5h", 0.5, 0.5),
        ("1 hour", 1, 1),
        ("1-2 days", 8, 16),
        ("1h 30m", 1.5, 1.5),
        ("30 min - 2 hours", 0.5, 2),
        ("Low (1–2 hrs)", 1, 2),
        ("half a day", 4, 4),
        ("1,5 h", 1.5, 1.5),
        ("a week", 40, 40),
        ("6-4 hours", 4, 6),
    ],
)
def test_stated_hours(complexity: str, low: float, high: float) -> None:
    """Ranges, minutes, days, sums and decimal commas all become hours."""
    assert stated_hours(complexity, POLICY.effort) == Stated(low, high)


@pytest.mark.parametrize(
    "complexity",
    ["", "Low", "O(n)", "0 hours", "soon", "h", "123456789 hours", "v1.2h-ish", "20000 weeks"],
)
def test_what_states_no_hours(complexity: str) -> None:
    """Nothing is read into words, and no number that cannot be meant is believed."""
    assert stated_hours(complexity, POLICY.effort) is None


@pytest.mark.parametrize(
    ("complexity", "expected"),
    [
        (
            "30 minutes",
            (0.4, 0.5, 0.875, f"complexity says “30 minutes”; range ×0.8 to ×1.75, {PRIOR}"),
        ),
        (
            "4-6 hours",
            (4, 5, 6, "complexity says “4-6 hours”; the range as stated, likely in its middle"),
        ),
        ("< 2 hours", (0.5, 1, 2, "complexity says “< 2 hours”; taken as the most it can be")),
        ("2+ hours", (2, 2.75, 3.5, "complexity says “2+ hours”; taken as the least it can be")),
        (
            "3 story points",
            (
                9.6,
                12,
                21,
                "complexity says “3 story points”; a point counts as 4 h by the policy; "
                f"range ×0.8 to ×1.75, {PRIOR}",
            ),
        ),
        ("M", (1, 3, 8, f"complexity says “M”; {PRIOR}")),
        ("[XL]", (16, 32, 80, f"complexity says “[XL]”; {PRIOR}")),
        (
            "the s in https",
            (
                0.5,
                2,
                8,
                f"complexity says “the s in https”, which is not hours, {ASSUMED}",
            ),
        ),
        ("Trivial", (0.1, 0.25, 0.5, f"complexity says “Trivial”; {PRIOR}")),
        ("Low-Medium", (0.25, 1.875, 8, f"complexity says “Low-Medium”; {PRIOR}")),
        ("", (0.5, 2, 8, f"no complexity given, {ASSUMED}")),
        (
            "tricky",
            (0.5, 2, 8, f"complexity says “tricky”, which is not hours, {ASSUMED}"),
        ),
    ],
)
def test_estimate_names_its_source(
    complexity: str, expected: tuple[float, float, float, str]
) -> None:
    """A reader sees for each estimate whether it was stated, a prior, or assumed."""
    about = finding("F-1", Severity.HIGH, complexity=complexity)
    *hours, source = expected
    (found,) = estimate([about], POLICY.effort)
    assert (found.low, found.likely, found.high, found.source) == (*hours, source)


def test_an_estimate_brief_is_what_the_audit_says_and_never_half_a_quotation() -> None:
    """A semicolon that the auditor wrote does not cut what is quoted."""
    (found,) = estimate([finding("F-1", complexity="2 h; more with tests")], POLICY.effort)
    assert found.brief == "complexity says “2 h; more with tests”"


@settings(deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"[0-9]{1,4}(-[0-9]{1,4})? ?(m|h|d|hours|weeks)"))
def test_any_complexity_gives_an_ordered_positive_range(complexity: str) -> None:
    """Whatever is written, there is an estimate, and low ≤ likely ≤ high."""
    (found,) = estimate([finding("F-1", complexity=complexity)], POLICY.effort)
    assert 0 < found.low <= found.likely <= found.high < 1_000_000


def cases(complexity: str, *hours: float) -> list[Case]:
    """Return one earlier case of ``complexity`` for each of ``hours``."""
    return [
        Case(f"E-{index}", complexity, Severity.LOW, Dimension.SECURITY, each, "earlier.json")
        for index, each in enumerate(hours)
    ]


def test_enough_earlier_cases_replace_the_prior_of_a_word() -> None:
    """Five earlier "Low" findings say better than the policy how long a "Low" takes."""
    history = cases("Low", 1, 1, 2, 3, 3)
    assert estimate([finding("F-1", complexity="low")], POLICY.effort, history) == (
        Estimate("F-1", 1, 2, 3, "complexity says “low”", "from 5 earlier cases"),
    )


def test_too_few_earlier_cases_leave_the_prior_and_say_so() -> None:
    """Four cases are counted but not believed."""
    (found,) = estimate([finding("F-1", complexity="low")], POLICY.effort, cases("Low", 1, 1, 2, 3))
    assert found == Estimate(
        "F-1",
        0.25,
        0.75,
        2,
        "complexity says “low”",
        "the policy's prior (4 earlier cases, 5 needed)",
    )


def test_plans_that_repeat_stated_hours_do_not_narrow_the_range() -> None:
    """A number that was written twice is no surer for that."""
    history = cases("1 hour", 1, 1, 1, 1, 2)
    (found,) = estimate([finding("F-1", complexity="2 hours")], POLICY.effort, history)
    assert (found.low, found.likely, found.high) == (1.6, 2, 3.5)
    assert found.source.endswith("range ×0.8 to ×1.75, from 5 earlier cases")
