"""Plans that older versions published are read as if they were made today."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mendbook.errors import InputError
from mendbook.ledger.plan_versions import read_plan
from mendbook.model import (
    AuditField,
    CheckKind,
    Citation,
    Fact,
    Followup,
    Plan,
    Said,
    TargetCheck,
    WorkOrder,
    WorkPlace,
    WorkStep,
)
from mendbook.report.exporters.whole_plan import PLAN_FILE, VERSION, to_plan
from plan_factory import sample_plan

FILLED = Citation("src/lock.ts", 9, patched=True)
TEST = Followup("t/lock.test.ts", "fills once", new=True, grounds=(FILLED,))


def whole() -> Plan:
    """Return a plan whose first findings have all that was one text, and is parted now."""
    plan = sample_plan()
    first, *others = plan.remediations
    places = (WorkPlace("src/lock.ts", 7, "fill"), WorkPlace("src/quay.ts"))
    first = replace(
        first,
        patch=replace(
            first.patch, tests=(Followup("t/lock.test.ts", "fills once", None, True, (FILLED,)),)
        ),
        estimate=replace(first.estimate, beyond="range ×0.5 to ×2"),
        docs_updates=(Followup("docs/lock.md", "Gates", 12), Followup("docs/quay.md")),
        work_order=WorkOrder(
            steps=(WorkStep("Fill it once", places), WorkStep("Wait")),
            afterwards=(Said("It is full once.", (AuditField.FIX, Citation("src/lock.ts", 7))),),
        ),
        risks=(Said("It fills later.", (FILLED, Citation("src/quay.ts"))), Said("Not known.")),
        rollback_steps=(Said("Empty it.", (Citation("src/my locks.ts", patched=True),)),),
    )
    second, *others = others
    decision = replace(second.decision, because="", decided="as Ada decided: it is due")
    facts = (
        Fact("Branch", "main", told_by="git"),
        plan.context.facts[0],
        Fact("Runtime", "two", (Citation("quay.toml"), Citation("api/go.mod", 2, 4))),
        Fact("CI provider", "not found"),
    )
    checks = (TargetCheck(CheckKind.LINT, ("ruff", "check"), Citation("quay.toml", 9)),)
    context = replace(plan.context, facts=facts, checks=checks)
    items = (first, replace(second, decision=decision), *others)
    return replace(plan, context=context, remediations=items)


def as_grounded(plan: Plan) -> dict[str, Any]:
    """Return ``plan`` as version 4 wrote it: a text for each ground of a sentence."""
    raw: dict[str, Any] = json.loads(to_plan(plan)) | {"version": 4}
    for item, written in zip(plan.remediations, raw["remediations"], strict=True):
        order = written["work_order"] or {"afterwards": []}
        afterwards = item.work_order.afterwards if item.work_order else ()
        patch = written["patch"]
        resting: list[tuple[str, Sequence[Said | Followup], list[dict[str, Any]]]] = [
            ("lines", item.risks, written["risks"]),
            ("lines", item.rollback_steps, written["rollback_steps"]),
            ("lines", afterwards, order["afterwards"]),
            ("rests", item.tests_required, written["tests_required"]),
            ("rests", item.docs_updates, written["docs_updates"]),
            ("rests", item.patch.tests, patch["tests"]),
            ("rests", item.patch.docs, patch["docs"]),
        ]
        for old, records, rows in resting:
            for record, row in zip(records, rows, strict=True):
                del row["grounds"]
                row[old] = [str(ground) for ground in record.grounds]
    return raw


def as_cited(plan: Plan) -> dict[str, Any]:
    """Return ``plan`` as version 3 wrote it: a text for each citation."""
    raw = as_grounded(plan)
    for fact, written in zip(plan.context.facts, raw["context"]["facts"], strict=True):
        written["source"] = fact.source
        del written["cites"], written["told_by"], written["more"]
    for check, written in zip(plan.context.checks, raw["context"]["checks"], strict=True):
        written["source"] = str(check.source)
    for advice, section in zip(plan.advice, raw["advice"], strict=True):
        for row, written in zip(advice.rows, section["rows"], strict=True):
            written["where"] = row.spot
    return raw


def as_texts(plan: Plan) -> dict[str, Any]:
    """Return ``plan`` as version 2 wrote it: a text for each follow-up, place and reason."""
    raw = as_cited(plan)
    for item, written in zip(plan.remediations, raw["remediations"], strict=True):
        written["docs_updates"] = [str(each) for each in item.docs_updates]
        written["tests_required"] = [str(each) for each in item.tests_required]
        written["patch"]["tests"] = [str(each) for each in item.patch.tests]
        written["patch"]["docs"] = [str(each) for each in item.patch.docs]
        written["decision"].pop("because"), written["decision"].pop("decided")
        written["decision"]["reason"] = item.decision.reason
        written["estimate"].pop("beyond")
        brief = item.estimate.brief if item.estimate.beyond else ""
        written["estimate"] |= {"source": item.estimate.source, "brief": brief}
        for at, step in enumerate(item.work_order.steps if item.work_order else ()):
            places = [str(each) for each in step.places]
            written["work_order"]["steps"][at]["places"] = places
    return raw


@pytest.mark.parametrize("version", [{"version": 2}, {}])
def test_texts_of_older_plans_become_records(version: dict[str, int], tmp_path: Path) -> None:
    """The second version said that it is, the first did not."""
    raw = {name: value for name, value in as_texts(whole()).items() if name != "version"}
    assert raw["remediations"][0]["docs_updates"] == ["docs/lock.md:12 — Gates", "docs/quay.md"]
    (tmp_path / PLAN_FILE).write_text(json.dumps({**version, **raw}), encoding="utf-8")
    assert read_plan(tmp_path) == whole()


def test_what_older_plans_cite_becomes_records(tmp_path: Path) -> None:
    """Facts, checks and advice of the third version have their lines as numbers."""
    raw = as_cited(whole()) | {"version": 3}
    assert [fact["source"] for fact in raw["context"]["facts"]] == [
        "git", "package.json:31", "quay.toml, api/go.mod:2-4", "",
    ]  # fmt: skip
    assert raw["context"]["checks"][0]["source"] == "quay.toml:9"
    (tmp_path / PLAN_FILE).write_text(json.dumps(raw), encoding="utf-8")
    assert read_plan(tmp_path) == whole()


def test_what_sentences_rest_on_in_older_plans_becomes_records(tmp_path: Path) -> None:
    """Lines, whole files, what only the patch brings and the audit's own words, each as such."""
    raw = as_grounded(whole())
    first = raw["remediations"][0]
    assert first["risks"][0]["lines"] == ["src/lock.ts:9 (patched)", "src/quay.ts"]
    assert first["rollback_steps"][0]["lines"] == ["src/my locks.ts (patched)"]
    assert first["work_order"]["afterwards"][0]["lines"] == ["audit: fix", "src/lock.ts:7"]
    (tmp_path / PLAN_FILE).write_text(json.dumps(raw), encoding="utf-8")
    read = read_plan(tmp_path)
    assert read == whole()
    assert read.remediations[0].patch.tests[0].grounds == (FILLED,)


def test_a_plan_of_a_version_to_come_is_refused(tmp_path: Path) -> None:
    """It may say what this version would lose."""
    later = json.loads(to_plan(whole())) | {"version": VERSION + 1}
    (tmp_path / PLAN_FILE).write_text(json.dumps(later), encoding="utf-8")
    with pytest.raises(InputError, match=rf"version {VERSION + 1}; this Mendbook reads versions"):
        read_plan(tmp_path)
