"""A schedule file decides hours and places, and a wrong one is refused in one line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mendbook.errors import PlanningError, PolicyError
from mendbook.finding_names import FindingNames
from mendbook.model import Alternative, Sprint, SprintPlan
from mendbook.planning import Capacity, Schedule, alternatives, plan_sprints, read_schedule
from planning_prs import pull_request

FULL = Schedule(
    who="Ada",
    why='Half of us: "away" # until May',
    hours=24.0,
    by_sprint={2: 12.0},
    by_owner={"@org/média": 8.0},
    releases={"F-2": 2},
    pinned={"F-3": 3},
    sprints=6,
)


def known(*ids: str) -> FindingNames:
    """Return what the findings of an audit that has ``ids`` may be called."""
    return FindingNames(frozenset(ids))


def test_a_schedule_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """What a person chose in a notebook is what the next plan is made from."""
    (tmp_path / "schedule.yaml").write_text(FULL.as_yaml(), "utf-8")
    assert read_schedule(tmp_path, known("F-2", "F-3")) == FULL


def test_a_schedule_may_name_the_identity_of_a_finding(tmp_path: Path) -> None:
    """A pin stays with its finding when the next audit numbers its findings anew."""
    names = FindingNames(frozenset({"F-1", "F-7"}), {"5e1f": "F-7"})
    text = "who: Ada\nwhy: x\npinned: {5e1f: 3, F-1: 2}\nreleases: {5e1f: 2}\n"
    (tmp_path / "schedule.yaml").write_text(text, "utf-8")
    read = read_schedule(tmp_path, names)
    assert (read.pinned, read.releases) == ({"F-7": 3, "F-1": 2}, {"F-7": 2})
    (tmp_path / "schedule.yaml").write_text(text.replace("F-1", "F-7"), "utf-8")
    with pytest.raises(PolicyError, match=r"\$\.pinned: places F-7 a second time; keep one"):
        read_schedule(tmp_path, names)


def test_no_file_decides_nothing(tmp_path: Path) -> None:
    """Without a schedule the run's own hours hold."""
    read = read_schedule(tmp_path / "nowhere", known())
    assert read == Schedule()
    assert read.capacity(20.0, [pull_request(1, 1.0)]) == Capacity(20.0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "who: Ada\nwhy: x\npinned: {F-9: 1}",
            "no finding 'F-9'; did you mean 'F-1'",
        ),
        ("who: Ada\nwhy: x\nhours: 0", r"\$\.hours: 0 is less than or equal to the minimum"),
        ("who: Ada\nwhy: x\nby_sprint: {0: 3}", "'0' does not match"),
        ("who: Ada\nwhy: x\nhuors: 3", "'huors' was unexpected.*; did you mean 'hours'"),
        ("hours: 3", "'who' is a required property"),
    ],
)
def test_a_wrong_schedule_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """The file, the place in it and the problem stand in one line."""
    (tmp_path / "schedule.yaml").write_text(text, "utf-8")
    with pytest.raises(PolicyError, match=rf"^.*schedule\.yaml: .*{said}"):
        read_schedule(tmp_path, known("F-1"))


def test_findings_become_the_pull_requests_that_hold_them() -> None:
    """The numbers of PRs change with the plan, the findings do not."""
    prs = [pull_request(number, 1.0) for number in (1, 2, 3)]
    capacity = FULL.capacity(20.0, prs)
    assert capacity == Capacity(
        24.0,
        by_sprint={2: 12.0},
        by_owner={"@org/média": 8.0},
        releases={2: 2},
        pinned={3: 3},
        sprints=6,
    )
    assert FULL.notes(prs) == (
        'The schedule is as Ada decided: Half of us: "away" # until May',
        "The limit of 8 h for @org/média limits nothing: no pull request is theirs.",
    )


def test_one_pull_request_cannot_be_in_two_sprints() -> None:
    """Pins that contradict each other are named."""
    joined = replace(pull_request(4, 1.0), finding_ids=("F-4", "F-5"))
    both = Schedule(pinned={"F-4": 1, "F-5": 2})
    with pytest.raises(
        PlanningError, match=r"PR 4 is pinned apart \(F-4 to sprint 1, F-5 to sprint 2\)"
    ):
        both.capacity(20.0, [joined])


def test_alternatives_scale_every_limit_and_keep_every_pin() -> None:
    """The plan itself stands among them as it is, and what no plan fits says why."""
    prs = [pull_request(1, 2.0), pull_request(2, 2.0, owner="gift-team")]
    capacity = Capacity(4.0, by_owner={"gift-team": 4.0}, pinned={2: 1}, sprints=1)
    planned = plan_sprints(prs, capacity)
    short = "1 sprint holds 2 h and the PRs need 4 h: 2 h too much; add capacity or sprints"
    focus = "P1 fixes: media"
    assert alternatives(prs, capacity, planned, (0.5, 1.0, 2.0)) == (
        Alternative(2.0, SprintPlan((), "cp-sat", "no plan fits", (short,))),
        Alternative(4.0, planned),
        Alternative(
            8.0, SprintPlan((Sprint(1, focus, (1, 2), 4.0, 8.0),), "cp-sat", "optimal", ())
        ),
    )
    assert alternatives((), capacity, planned) == ()
