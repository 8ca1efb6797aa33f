"""Another scenario makes another plan; what moved is said by finding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drawn_records import POLICY, SNAPSHOT, audited, facts, finding
from mendbook.errors import PolicyError
from mendbook.model import Dimension, Heat, Priority
from mendbook.overrides import Override
from mendbook.planning import Schedule
from mendbook.planning.what_if import Basis, Move, Outcome, Scenario, files, moved, replan

A, B, MEDIA = "src/domains/gift/a.ts", "src/domains/gift/b.ts", "src/domains/media/a.ts"
GIVEN = audited(
    (
        finding("SEC-1", dimension=Dimension.SECURITY, file=A),
        finding("PERF-1", dimension=Dimension.PERFORMANCE, file=B),
        finding("CQ-1", dimension=Dimension.CODE_QUALITY, file=MEDIA, impact="It is read twice"),
    ),
    (
        facts("SEC-1", A, owner="gift-team"),
        facts("PERF-1", B, owner="gift-team"),
        facts("CQ-1", MEDIA, owner="media-team"),
    ),
    (2.0, 3.0, 4.0),
)
BASIS = Basis(
    GIVEN.findings,
    GIVEN.facts,
    tuple(Heat(each.id, None) for each in GIVEN.findings),
    GIVEN.estimates,
    (),
    GIVEN.proposed,
    SNAPSHOT,
    POLICY,
    hours=9.0,
)
NOW = Scenario(Schedule(), POLICY.weights)
HURRIED = replace(
    POLICY.weights, dimension={**POLICY.weights.dimension, Dimension.CODE_QUALITY: 900.0}
)


def placed(outcome: Outcome) -> list[tuple[int, tuple[str, ...]]]:
    """Return each sprint with the findings in it."""
    of_pr = {pr.number: pr.finding_ids for pr in outcome.pull_requests}
    return [
        (sprint.number, tuple(name for pr in sprint.prs for name in of_pr[pr]))
        for sprint in outcome.sprint_plan.sprints
    ]


def test_smaller_sprints_move_what_no_longer_fits() -> None:
    """Halving the hours makes more sprints, and every move says from where to where."""
    before = replan(BASIS, NOW)
    after = replan(BASIS, replace(NOW, schedule=Schedule(hours=5.0)))
    assert placed(before) == [(1, ("SEC-1", "PERF-1", "CQ-1"))]
    assert placed(after) == [(1, ("SEC-1", "PERF-1")), (2, ("CQ-1",))]
    assert moved(before, after) == (
        Move(3, "fix(media): check the input", ("CQ-1",), before=1, after=2),
    )
    assert moved(before, before) == ()


def test_other_weights_are_followed_although_prs_get_other_numbers() -> None:
    """What moved is told by finding: the same number may be another PR under other weights."""
    tight = Schedule(hours=5.0)
    before = replan(BASIS, replace(NOW, schedule=tight))
    after = replan(BASIS, Scenario(tight, HURRIED))
    assert [pr.finding_ids for pr in before.pull_requests] == [("SEC-1",), ("PERF-1",), ("CQ-1",)]
    assert [pr.finding_ids for pr in after.pull_requests] == [("CQ-1",), ("SEC-1",), ("PERF-1",)]
    assert [(move.finding_ids, move.before, move.after) for move in moved(before, after)] == [
        (("CQ-1",), 2, 1),
        (("SEC-1",), 1, 2),
        (("PERF-1",), 1, 2),
    ]


def test_a_pin_a_release_and_a_limit_are_kept() -> None:
    """A person names a finding or an owner; its PR goes where they say."""
    pinned = replace(NOW, schedule=Schedule(pinned={"PERF-1": 3}, releases={"CQ-1": 2}))
    assert placed(replan(BASIS, pinned)) == [(1, ("SEC-1",)), (2, ("CQ-1",)), (3, ("PERF-1",))]
    limited = replace(NOW, schedule=Schedule(by_owner={"gift-team": 3.0}))
    assert placed(replan(BASIS, limited)) == [(1, ("SEC-1", "CQ-1")), (2, ("PERF-1",))]


def test_what_a_person_overrode_still_holds() -> None:
    """A scenario changes its own choices and nobody else's."""
    kept = Override("CQ-1", "priority", "P0", "Ada", "seen in production")
    outcome = replan(replace(BASIS, overrides=(kept,)), NOW)
    assert outcome.pull_requests[0].finding_ids == ("CQ-1",)
    assert outcome.pull_requests[0].priority is Priority.P0


def test_an_impossible_scenario_is_an_outcome_with_its_reason() -> None:
    """Nothing is raised at a slider: the sentence names the constraint and by how much."""
    outcome = replan(BASIS, replace(NOW, schedule=Schedule(hours=4.0, sprints=2)))
    assert placed(outcome) == []
    assert outcome.refused == (
        "2 sprints hold 8 h and the PRs need 9 h: 1 h too much; add capacity or sprints"
    )


def test_a_policy_is_written_only_where_a_weight_was_changed() -> None:
    """What is kept is what a person chose."""
    schedule = Schedule("Ada", "Two are away", hours=5.0, by_sprint={2: 3.5}, pinned={"CQ-1": 2})
    assert files(replace(NOW, schedule=schedule), POLICY) == {
        "schedule.yaml": "who: Ada\nwhy: Two are away\nhours: 5.0\n"
        "by_sprint:\n  2: 3.5\npinned:\n  CQ-1: 2\n"
    }
    assert list(files(Scenario(schedule, HURRIED), POLICY)) == ["schedule.yaml", "policy.yaml"]


def test_a_choice_without_a_name_or_a_reason_is_not_kept() -> None:
    """A later reader has to know whom to ask, and why."""
    with pytest.raises(PolicyError, match="say who decides and why"):
        files(replace(NOW, schedule=Schedule("Ada")), POLICY)
