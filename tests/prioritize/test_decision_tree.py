"""The band of a finding comes from the tree, says why, and says what would move it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from drawn_records import POLICY, Audited, audited, audits, facts, finding
from mendbook.model import Decision, DecisionStep, Dimension, Heat, Priority, Severity
from mendbook.prioritize import prioritize

FILE = "src/domains/gift/a.ts"


def decided(
    severity: Severity,
    dimension: Dimension,
    *,
    events: tuple[str, ...] = (),
    heat: float | None = None,
    fan_in: int = 0,
    impact: str = "",
    repro: str = "",
) -> Decision:
    """Return the default policy's decision about one finding."""
    about = finding("F-1", severity, dimension, impact=impact, repro=repro)
    audit = audited((about,), (facts("F-1", FILE, events=events, fan_in=fan_in),))
    (decision,) = prioritize(
        audit.findings, audit.facts, [Heat("F-1", heat)], audit.estimates, POLICY
    )
    return decision


def test_a_finding_prints_its_whole_path_in_words() -> None:
    """Each question stands with its answer and with what the answer rests on."""
    decision = decided(
        Severity.HIGH, Dimension.SECURITY, events=("order:place",), impact="Rarely, a sum is lost"
    )
    assert decision.priority is Priority.P0
    assert decision.path == (
        DecisionStep("severity", "HIGH", "the audit rates it HIGH"),
        DecisionStep("concern", "harm", "Security & Reliability counts as harm"),
        DecisionStep("occurrence", "rare", "the audit says “rarely”"),
        DecisionStep("exposure", "exposed", 'socket event "order:place" reaches it'),
    )
    assert decision.reason == (
        "P0 because the audit rates it HIGH, Security & Reliability counts as harm, the audit says "
        '“rarely”, and socket event "order:place" reaches it.'
    )
    assert decision.flip == "It would be P1 if no socket event or route reached it."


@pytest.mark.parametrize(
    ("decision", "priority"),
    [
        (decided(Severity.CRITICAL, Dimension.CODE_QUALITY), "P0"),
        (decided(Severity.CRITICAL, Dimension.READABILITY, impact="Rarely read"), "P1"),
        (decided(Severity.HIGH, Dimension.SECURITY), "P0"),
        (decided(Severity.HIGH, Dimension.SECURITY, impact="Unlikely"), "P1"),
        (decided(Severity.HIGH, Dimension.PERFORMANCE, heat=0.4), "P0"),
        (decided(Severity.HIGH, Dimension.PERFORMANCE, heat=0.01), "P1"),
        (decided(Severity.HIGH, Dimension.CODE_QUALITY, impact="The class is unused"), "P1"),
        (decided(Severity.MEDIUM, Dimension.REALTIME), "P1"),
        (decided(Severity.MEDIUM, Dimension.CODE_QUALITY), "P2"),
        (decided(Severity.MEDIUM, Dimension.CODE_QUALITY, impact="A socket leaks"), "P1"),
        (decided(Severity.MEDIUM, Dimension.PERFORMANCE), "P1"),
        (decided(Severity.MEDIUM, Dimension.PERFORMANCE, impact="The table is never read"), "P2"),
        (decided(Severity.MEDIUM, Dimension.ARCHITECTURE, impact="Two jobs collide"), "P1"),
        (decided(Severity.MEDIUM, Dimension.PERFORMANCE, heat=0.01), "P2"),
        (decided(Severity.MEDIUM, Dimension.ARCHITECTURE, fan_in=20), "P1"),
        (decided(Severity.LOW, Dimension.SECURITY), "P2"),
        (decided(Severity.LOW, Dimension.SECURITY, impact="Only in theory"), "P3"),
        (decided(Severity.LOW, Dimension.CODE_QUALITY, impact="The file is closed twice"), "P2"),
        (decided(Severity.LOW, Dimension.ARCHITECTURE, impact="Dead code"), "P3"),
        (decided(Severity.LOW, Dimension.CODE_QUALITY, impact="Constructor injection"), "P3"),
        (decided(Severity.LOW, Dimension.READABILITY), "P3"),
        (decided(Severity.INFO, Dimension.SECURITY, events=("order:place",)), "P3"),
    ],
)
def test_default_tree(decision: Decision, priority: str) -> None:
    """Severity, dimension, exposure, occurrence, heat and blast radius each can move a finding."""
    assert decision.priority == priority


def test_a_repro_that_says_not_applicable_is_none() -> None:
    """``N/A — structural concern`` is not a way to reproduce anything."""
    told = decided(Severity.HIGH, Dimension.SECURITY, repro="N/A — structural concern")
    assert told.path[-1].answer == "unstated"


def test_code_that_was_not_found_is_not_taken_for_internal() -> None:
    """Where nothing was found, nothing is known about who reaches it."""
    rare = finding("F-1", Severity.HIGH, Dimension.SECURITY, impact="Rare")
    audit = audited((rare,), (facts("F-1"),))
    assert audit.decisions[0].path[3].answer == "unknown"


def test_flip_names_the_number_that_was_measured() -> None:
    """A reader sees how far a finding is from another band."""
    hot = decided(Severity.MEDIUM, Dimension.PERFORMANCE, heat=0.012)
    assert hot.flip == (
        "It would be P1 if it took 5.0% or more of the profiled CPU time (now 1.2%)."
    )
    used = decided(Severity.MEDIUM, Dimension.ARCHITECTURE, fan_in=3)
    assert used.flip == "It would be P1 if 8 files imported it (now 3)."


def test_flip_says_when_nothing_would_move_it() -> None:
    """A policy that gives every finding one band has no flips."""
    flat = replace(POLICY, tree=replace(POLICY.tree, answers={"otherwise": Priority.P2}))
    audit = audited((finding("F-1"),), (facts("F-1", FILE),))
    (decision,) = prioritize(audit.findings, audit.facts, (), audit.estimates, flat)
    assert decision.flip == "No change of a single input would move it."


@settings(deadline=None, max_examples=50)
@given(audits())
def test_every_finding_is_decided_once_and_bands_never_mix(audit: Audited) -> None:
    """No pile of cheap findings outranks one of a more urgent band."""
    decisions = audit.decisions
    assert sorted(each.finding_id for each in decisions) == sorted(f.id for f in audit.findings)
    assert [each.rank for each in decisions] == list(range(1, len(decisions) + 1))
    assert [each.priority for each in decisions] == sorted(each.priority for each in decisions)


@settings(deadline=None, max_examples=50)
@given(audits())
def test_a_flip_really_leads_to_another_band(audit: Audited) -> None:
    """What a flip promises is never the band where the finding already is."""
    for decision in audit.decisions:
        assert f"It would be {decision.priority}" not in decision.flip
        assert decision.flip


@settings(deadline=None, max_examples=50)
@given(audits())
def test_band_does_not_depend_on_the_other_findings(audit: Audited) -> None:
    """A finding alone has the band that it has among others."""
    for index, decision in enumerate(audit.decisions):
        place = [each.id for each in audit.findings].index(decision.finding_id)
        alone = prioritize(
            audit.findings[place : place + 1], audit.facts, (), audit.estimates, POLICY
        )
        assert (alone[0].priority, index) == (decision.priority, decision.rank - 1)


@pytest.mark.parametrize(
    ("file", "answer", "because"),
    [
        ("app/api.py", "unknown", "events and routes are not looked up in Python"),
        ("cmd/serve.go", "unknown", "events and routes are not looked up in Go"),
        ("src/Cart.kt", "unknown", "events and routes are not looked up in Kotlin"),
        ("src/a.ts", "internal", "no socket event or route was found to reach it"),
        ("Dockerfile", "internal", "no socket event or route was found to reach it"),
    ],
)
def test_what_was_not_looked_up_is_not_internal(file: str, answer: str, because: str) -> None:
    """In a language that is not searched nobody knows whether outsiders reach the code."""
    about = finding("F-1", Severity.HIGH, Dimension.SECURITY, impact="Rare")
    audit = audited((about,), (facts("F-1", file),))
    (decision,) = prioritize(audit.findings, audit.facts, (), audit.estimates, POLICY)
    step = next(step for step in decision.path if step.question == "exposure")
    assert (step.answer, step.because) == (answer, because)


def test_uses_that_were_not_looked_up_are_not_counted_as_none() -> None:
    """The blast of a finding in such a language says that it is not known."""
    about = finding("F-1", Severity.MEDIUM, Dimension.ARCHITECTURE)
    audit = audited((about,), (facts("F-1", "app/models.py"),))
    (decision,) = prioritize(audit.findings, audit.facts, (), audit.estimates, POLICY)
    said = {step.question: step.because for step in decision.path}
    assert said["blast"] == "uses are not looked up in Python, so it counts as narrow"


@pytest.mark.parametrize(
    ("category", "said"),
    [
        ("", "the audit names none of the dimensions that are weighed, so it counts as upkeep"),
        ("Licensing", "the audit's “Licensing” is none of the dimensions that are weighed, so it "
         "counts as upkeep"),
    ],
)  # fmt: skip
def test_a_kind_that_is_not_weighed_is_called_as_the_audit_calls_it(
    category: str, said: str
) -> None:
    """No reader of the report has heard of a dimension called Other."""
    about = replace(finding("F-1", Severity.HIGH, Dimension.OTHER), category=category)
    audit = audited((about,), (facts("F-1", FILE),))
    (decision,) = prioritize(
        audit.findings, audit.facts, [Heat("F-1", None)], audit.estimates, POLICY
    )
    assert decision.path[1].because == said


def test_a_word_of_the_audits_own_stands_where_its_dimension_would() -> None:
    """*bug* is weighed as Realtime Correctness, and no reader has asked for that."""
    about = replace(finding("F-1", Severity.HIGH, Dimension.REALTIME), category="bug")
    audit = audited((about,), (facts("F-1", FILE),))
    (decision,) = prioritize(
        audit.findings, audit.facts, [Heat("F-1", None)], audit.estimates, POLICY
    )
    assert decision.path[1].because == "the audit's “bug” counts as harm"
