"""The three things to look at first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mendbook.model import Check, CheckStatus, Dimension, Priority, Rung
from mendbook.report.gaps import warnings
from mendbook.report.highlights import highlights
from plan_factory import empty_plan, sample_plan


def test_three_things_are_named() -> None:
    """First what comes first, then what is doubtful, then what no revert undoes."""
    assert [item.headline for item in highlights(sample_plan())] == [
        "Start here: SEC-CRIT-001 (P0, 2 h, PR 1)",
        "1 finding could not be checked against the code",
        "Reverting does not undo all of SEC-LOW-001",
    ]


def test_why_something_comes_first_is_its_harm() -> None:
    """The impact is told; hot code is no reason where speed is not the harm."""
    plan = sample_plan()
    crash = replace(
        plan.audit.findings[0],
        problem="the berth is written without a lock",
        impact="one late ferry ends the whole process",
    )
    audit = replace(plan.audit, findings=(crash, *plan.audit.findings[1:]))
    heat = tuple(replace(each, share=0.9) for each in plan.heat)
    words = highlights(replace(plan, audit=audit, heat=heat))[0].words
    assert words == (
        "The berth is written without a lock. One late ferry ends the whole process. "
        "P0 because CRITICAL and reachable from outside."
    )


def test_a_secret_in_the_history_is_named_before_what_can_wait() -> None:
    """No patch takes it out of the history: somebody has to rotate it."""
    plan = sample_plan()
    said = "The old value of API_KEY stays in the history: rotate it wherever it was used."
    item = plan.remediations[3]
    item = replace(item, patch=replace(item.patch, irreversible=(said,)))
    items = (*plan.remediations[:3], item, *plan.remediations[4:])
    found = highlights(replace(plan, remediations=items))[1]
    assert found.headline == f"Rotate the secret of {item.finding_id} by hand"
    assert found.words == said


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
    slow = replace(plan.audit.findings[0], dimension=Dimension.PERFORMANCE)
    assert slow.id == first
    plan = replace(plan, audit=replace(plan.audit, findings=(slow, *plan.audit.findings[1:])))
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


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        ("", "It has no patch yet: somebody has to write the code."),
        ("It may hold the weir too low", "Its patch is a draft that somebody has to judge."),
    ],
)
def test_what_comes_first_says_itself_that_its_code_is_missing(draft: str, said: str) -> None:
    """No further line is spent on the same finding, nor on its estimate, however wide it is."""
    plan = sample_plan()
    first, *others = plan.remediations
    bare = replace(first.patch, rung=Rung.APPLIES if draft else Rung.OUTLINE, draft=draft)
    wide = replace(first.estimate, low=0.5, high=80.0)
    items = (
        replace(first, patch=bare, estimate=wide),
        *(replace(item, patch=replace(item.patch, irreversible=())) for item in others),
    )
    found = highlights(replace(plan, remediations=items, facts=(), heat=()))
    assert found[0].words.endswith(said)
    assert [each.headline for each in found[1:]] == [
        "Then: RT-HIGH-001 (P0, 6 h, PR 2)",
        "Then: PERF-HIGH-001 (P1, 2 h, PR 3)",
    ]


def test_where_nothing_else_is_urgent_the_widest_estimate_is_named() -> None:
    """It is told before the next finding, and not of the one to start with."""
    plan = sample_plan()
    first, *others = plan.remediations
    calm = [
        replace(
            item,
            decision=replace(item.decision, priority=Priority.P3),
            patch=replace(item.patch, irreversible=()),
        )
        for item in others
    ]
    found = highlights(replace(plan, remediations=(first, *calm), facts=(), heat=()))
    assert [each.headline for each in found[1:]] == [
        "RT-HIGH-001 carries the most doubt",
        "Then: PERF-HIGH-001 (P3, 2 h, PR 3)",
    ]
