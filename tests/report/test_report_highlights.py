"""The three things to look at first."""

from __future__ import annotations

from dataclasses import replace

from mendbook.model import Check, CheckStatus
from mendbook.report.gaps import warnings
from mendbook.report.highlights import highlights
from plan_factory import empty_plan, sample_plan


def test_three_things_are_named() -> None:
    """First what comes first, then what relieves most, then what is doubtful."""
    assert [item.headline for item in highlights(sample_plan())] == [
        "Start here: SEC-CRIT-001 (P0, 2 h, PR 1)",
        "PERF-HIGH-001 relieves most for its hours",
        "1 finding could not be checked against the code",
    ]


def test_a_failed_check_comes_before_relief() -> None:
    """A PR whose check fails is named before anything that can wait."""
    plan = sample_plan()
    prs = [
        replace(pr, checks=(Check("lints", CheckStatus.FAIL, "x"),)) if pr.number == 4 else pr
        for pr in plan.pull_requests
    ]
    found = highlights(replace(plan, pull_requests=tuple(prs)))
    assert found[1].headline == "A check fails in PR 4"


def test_a_sprint_over_capacity_is_named_and_warned_of() -> None:
    """One PR that alone is more than a sprint holds does not hide in a table."""
    plan = sample_plan()
    first = replace(plan.sprint_plan.sprints[0], hours=12.0, over_capacity="PR 2 alone is 12 h")
    sprints = replace(plan.sprint_plan, sprints=(first, *plan.sprint_plan.sprints[1:]))
    plan = replace(plan, sprint_plan=sprints)
    assert highlights(plan)[1].words == "12 h of work, 10 h of capacity. PR 2 alone is 12 h."
    assert "Sprint 1 holds 12 of 10 hours: PR 2 alone is 12 h" in warnings(plan)


def test_an_empty_plan_has_nothing_to_look_at() -> None:
    """Nothing is made up where nothing is."""
    assert highlights(empty_plan()) == ()


def test_what_comes_first_is_named_once_where_it_also_relieves_most() -> None:
    """One place on the list says both, and the next place is free for something else."""
    plan = sample_plan()
    first = plan.remediations[0].finding_id
    heat = tuple(
        replace(each, share=0.9, hottest="src/hall.ts — seat") if each.finding_id == first else each
        for each in plan.heat
    )
    assert any(each.finding_id == first for each in heat)
    found = highlights(replace(plan, heat=heat))
    assert found[0].words.endswith(
        "It relieves most for its hours, too. "
        "Its code takes 90 % of the profiled CPU time, most of it in src/hall.ts — seat."
    )
    assert [each.headline for each in found[1:]] == [
        "1 finding could not be checked against the code",
        "Reverting does not undo all of SEC-LOW-001",
    ]
