"""A finding's card: who made its patch, how far it is proven, and nothing said twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mendbook.model import Asked, AskedStatus, Rung, WorkOrder, WorkPlace, WorkStep
from mendbook.report import markdown_report
from mendbook.report.index import Index
from mendbook.report.sections.issues import issue
from plan_factory import sample_plan


@pytest.mark.parametrize(
    ("source", "part", "why", "said"),
    [
        ("curated", "", "Written by a person: CQ-MED-001.patch.", "+1 −1."),
        ("tool", "sluicelint", "", "+1 −1, offered by the tool that reported the finding."),
        ("instruction", "", "", "+1 −1, made from the words of the fix."),
        ("recipe", "guard-clause", "", "+1 −1, made by the recipe `guard-clause`."),
        ("drafter", "miller", "", "+1 −1, drafted by miller."),
        ("millstone", "", "", "+1 −1, made by millstone."),
    ],
)
def test_a_card_says_who_made_its_patch_and_how_far_it_is_proven(
    source: str, part: str, why: str, said: str
) -> None:
    """In words that nobody has to know; what a person wrote says so once."""
    plan = sample_plan()
    item = next(each for each in plan.remediations if each.patch.answers)
    asked = Asked(AskedStatus.PARTIAL, "The sluice is closed, and nobody is told")
    patch = replace(
        item.patch, source=source, part=part, why=why, asked=asked, name="", added=1, removed=1
    )
    card = issue(replace(item, patch=patch), Index.of(plan))
    lead = card.partition("**Patch Sketch:** ")[2].partition("\n")[0]
    assert said in lead
    assert lead.endswith(
        f"Does what was asked: *{asked.status}* (the sluice is closed, and nobody is told). "
        f"Proven as far as *{patch.rung}*."
    )
    assert card.count("Written by a person") == (source == "curated")


def test_what_a_patch_was_read_as_is_not_said_twice() -> None:
    """The summary says it already, in whichever case its first letter is."""
    plan = sample_plan()
    item = next(each for each in plan.remediations if each.patch.answers)
    asked = Asked(AskedStatus.SHOWN, "Read as: rename hopper to silo at 3 places")
    patch = replace(item.patch, summary="Rename hopper to silo at 3 places", asked=asked)
    card = issue(replace(item, patch=patch), Index.of(plan))
    assert "Does what was asked: *shown*. Proven as far as" in card


def test_a_step_that_repeats_the_fix_says_its_place() -> None:
    """The fix stands above it; a step of its own keeps its words."""
    plan = sample_plan()
    item = next(each for each in plan.remediations if each.patch.rung is Rung.OUTLINE)
    fix = Index.of(plan).findings[item.finding_id].fix
    place = WorkPlace("mill/wheel.ts", 12, "turn")
    order = WorkOrder(steps=(WorkStep(fix.rstrip("."), (place,)), WorkStep("grease the axle")))
    card = issue(replace(item, work_order=order), Index.of(plan))
    steps = card.partition("**Steps:**\n\n")[2].partition("\n\n")[0]
    assert steps.splitlines() == [
        "1. What is asked for above, at `mill/wheel.ts:12 — turn`.",
        "2. Grease the axle.",
    ]


def test_code_in_a_title_is_code_on_the_card_and_in_the_index() -> None:
    """What an audit puts between back ticks is no text with back ticks in it."""
    plan = sample_plan()
    first = plan.audit.findings[0]
    named = replace(first, title="", problem="The name `vane` does not say what it holds")
    audit = replace(plan.audit, findings=(named, *plan.audit.findings[1:]))
    written = markdown_report(replace(plan, audit=audit))
    assert f"### {first.id} — The name `vane` does not say what it holds\n" in written
    assert f"[{first.id}](#{first.id}) | The name `vane` does not say what it holds |" in written
