"""What a team decided before moves the policy where it is more than chance, and says so."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import MakeRepository, git
from drawn_records import POLICY
from mendbook.model import Dimension, Learned, PolicyMove, Priority, Severity, Skipped
from mendbook.prioritize.refit import GivenPriority, interval, refit
from mendbook.prioritize.situation import Answer, Situation
from mendbook.prioritize.tree import walk
from mendbook.report.sections.audit_reference import audit_reference
from mendbook.run.closing import closing_words
from mendbook.run.run import Run, open_run

UPKEEP = (("severity", "LOW"), ("concern", "upkeep"), ("effect", "otherwise"))


def situation(
    severity: Severity = Severity.LOW,
    dimension: Dimension = Dimension.CODE_QUALITY,
    *,
    fan_in: int = 0,
    callsites: int = 0,
) -> Situation:
    """Return what the tree is asked about a finding of which little is known."""
    return Situation(
        severity=severity,
        dimension=dimension,
        occurrence=Answer("unstated", "the audit does not say how often it happens"),
        effect=Answer("unstated", "the audit names no effect at run time"),
        exposure=Answer("internal", "no socket event or route was found to reach it"),
        heat=None,
        fan_in=fan_in,
        callsites=callsites,
    )


def decided(bands: str, its: Situation) -> list[GivenPriority]:
    """Return one earlier decision about ``its`` for each band in ``bands``."""
    return [GivenPriority(f"KILN-{n}", its, Priority(band)) for n, band in enumerate(bands.split())]


@pytest.mark.parametrize(
    ("bands", "moved"),
    [
        ("P2 P2 P2 P2", (4, 4)),
        ("P2 P2 P2", None),
        ("P2 P2 P2 P2 P2 P2 P2 P3", (7, 8)),
        ("P2 P2 P2 P2 P2 P2 P3 P3", None),
        ("P1 P1 P2 P2", None),
        ("P3 P3 P3 P3", None),
    ],
)
def test_a_leaf_moves_where_decisions_are_more_than_chance(
    bands: str, moved: tuple[int, int] | None
) -> None:
    """Four of one mind move it, or seven of eight; a band that the tree gives already does not."""
    found = refit(POLICY, decided(bands, situation()))
    if moved is None:
        assert found.policy == POLICY
        assert found.learned.moves == ()
        return
    in_favour, deciding = moved
    assert found.learned.moves == (PolicyMove("P3", "P2", deciding, in_favour, leaf=UPKEEP),)
    assert found.learned.moves[0].words == (
        "severity LOW, concern upkeep, effect otherwise: P2 instead of P3, "
        f"as {in_favour} of {deciding} earlier decisions have it"
    )
    assert walk(situation(), found.policy)[0] is Priority.P2
    assert walk(situation(Severity.MEDIUM), found.policy) == walk(
        situation(Severity.MEDIUM), POLICY
    )


def test_a_threshold_moves_to_the_nearest_value_that_agrees() -> None:
    """A team that calls four callers many is believed from its own decisions on both sides."""
    design = Severity.MEDIUM, Dimension.ARCHITECTURE
    said = decided("P1 P1 P1 P1", situation(*design, callsites=5))
    said += decided("P2 P2 P2", situation(*design, callsites=3))
    found = refit(POLICY, said)
    assert found.learned == Learned(
        cases=7,
        agreed=3,
        agree=7,
        moves=(PolicyMove("10", "5", 4, 4, threshold="wide_callsites"),),
    )
    assert found.policy == replace(POLICY, answers=replace(POLICY.answers, wide_callsites=5))


@given(
    st.lists(
        st.builds(
            GivenPriority,
            st.just("LOOM-1"),
            st.builds(
                situation,
                st.sampled_from(Severity),
                st.sampled_from(Dimension),
                fan_in=st.integers(0, 20),
                callsites=st.integers(0, 20),
            ),
            st.sampled_from(Priority),
        ),
        max_size=30,
    )
)
@settings(max_examples=60)
def test_what_is_learned_never_agrees_with_less(said: list[GivenPriority]) -> None:
    """Whatever was decided, the moved policy agrees with at least as much of it."""
    found = refit(POLICY, said)
    assert found.learned.cases == len(said)
    assert found.learned.agree >= found.learned.agreed
    again = [walk(each.situation, found.policy)[0] is each.priority for each in said]
    assert sum(again) == found.learned.agree
    assert (found.policy == POLICY) == (found.learned.moves == ())
    for move in found.learned.moves:
        assert interval(move.in_favour, move.deciding)[0] > 0.5


def test_the_interval_is_wilsons() -> None:
    """Figures of the published table: 0 of 10, 5 of 10, 10 of 10."""
    rounded = [tuple(round(end, 3) for end in interval(hits, 10)) for hits in (0, 5, 10)]
    assert rounded == [(0.0, 0.278), (0.237, 0.763), (0.722, 1.0)]


def ferry(number: int, severity: str = "LOW") -> dict[str, str]:
    """Return a finding about the upkeep of a ferry's timetable."""
    return {
        "id": f"FERRY-{number}",
        "severity": severity,
        "dimension": "Code Quality",
        "file": "src/timetable.py",
        "function": f"leg_{number}",
        "problem": f"Leg {number} repeats the tide table.",
        "evidence": "TIDES",
        "impact": "Two places to change.",
        "fix": "Share one table.",
        "complexity": "low",
    }


def plan_with_history(folder: Path, repo: Path, bands: list[str]) -> Run:
    """Return the run of an audit of ``repo`` with an earlier plan that gave ``bands``."""
    meta = {"commit": git(repo, "rev-parse", "HEAD"), "timestamp": "2026-05-04T08:00:00Z"}
    findings = [ferry(number) for number in range(1, len(bands) + 1)]
    said = [
        {"issueId": each["id"], "priority": band, "hours": 1, "filesTouched": [each["file"]]}
        for each, band in zip(findings, bands, strict=True)
    ]
    documents = {
        "earlier.json": {"meta": meta, "findings": findings},
        "remediation.json": {"meta": {"auditRef": "earlier.json"}, "remediations": said},
        "audit.json": {"meta": meta, "findings": [ferry(9), ferry(10, "HIGH")]},
    }
    for name, document in documents.items():
        (folder / name).write_text(json.dumps(document))
    return open_run(
        folder / "audit.json", repo, history=[folder / "remediation.json"], references="syntax"
    )


@pytest.fixture
def repo(make_repository: MakeRepository) -> Path:
    """Make a repository of one Python module."""
    body = "".join(f"def leg_{n}():\n    return TIDES\n\n\n" for n in range(1, 11))
    return make_repository({"src/timetable.py": f"TIDES = [1, 2]\n\n\n{body}"})


def test_a_plan_says_what_its_history_moved(repo: Path, tmp_path: Path) -> None:
    """The band, the reason, the appendix and the last words on the terminal all name it."""
    run = plan_with_history(tmp_path, repo, ["P2", "P2", "P2", "P2", "soon"])
    plan = run.plan
    by_id = {item.finding_id: item.decision for item in plan.remediations}
    moved = (
        "severity LOW, concern upkeep, effect otherwise: P2 instead of P3, "
        "as 4 of 4 earlier decisions have it"
    )
    assert by_id["FERRY-9"].priority is Priority.P2
    assert by_id["FERRY-9"].reason == (
        "P2 because the audit rates it LOW, Code Quality counts as upkeep, the audit names no "
        f"effect at run time, and earlier decisions moved it from P3 ({moved})."
    )
    assert by_id["FERRY-10"].path[-1].question != "history"
    assert (
        Skipped("The priority of FERRY-5 in remediation.json", "it is none of P0, P1, P2, P3")
        in plan.provenance.not_run
    )
    said = (
        "Of 4 earlier decisions the policy as it is written puts 0 into the band that the team "
        "gave, and with 1 move 4: that is how well it fits what it was learned from, not how well "
        "it foretells."
    )
    assert f"#### Learned from earlier decisions\n\n{said}\n\n- {moved}.\n" in audit_reference(plan)
    told = " ".join(closing_words(plan, tmp_path).split())
    assert f"{said} {moved}." in told


def test_a_history_that_moves_nothing_says_so_too(repo: Path, tmp_path: Path) -> None:
    """Decisions that agree, or are too few, leave every band where the policy puts it."""
    plan = plan_with_history(tmp_path, repo, ["P3", "P3", "P1"]).plan
    by_id = {item.finding_id: item.decision.priority for item in plan.remediations}
    assert by_id["FERRY-9"] is Priority.P3
    assert plan.learned == Learned(cases=3, agreed=2, agree=2)
    assert (
        "Of 3 earlier decisions the policy as it is written puts 2 into the band that the team "
        "gave; nothing in it moves, as no group of the others is more than chance."
    ) in audit_reference(plan)


def test_without_a_repository_only_what_needs_none_teaches(tmp_path: Path, repo: Path) -> None:
    """A decision whose band hangs on exposure or callers is left out, by name."""
    plan_with_history(tmp_path, repo, ["P2", "P2", "P2", "P2"])
    earlier = json.loads((tmp_path / "earlier.json").read_text())
    rare = {"dimension": "Security & Reliability", "impact": "Rarely a leg is lost."}
    earlier["findings"][0] |= rare
    (tmp_path / "earlier.json").write_text(json.dumps(earlier))
    run = open_run(tmp_path / "audit.json", history=[tmp_path / "remediation.json"])
    assert run.plan.learned == Learned(cases=3, agreed=0, agree=0)
    assert (
        Skipped(
            "The priority of FERRY-1 in earlier",
            "the tree asks the repository about it; pass --repo",
        )
        in run.plan.provenance.not_run
    )
