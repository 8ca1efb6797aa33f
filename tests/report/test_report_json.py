"""The remediation JSON: the seed's keys, valid under both schemas, or not written at all."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from hostile import spices
from mendbook.errors import ReportError
from mendbook.report import SEED_SCHEMA, STRICT_SCHEMA, remediation_text, schema_text
from mendbook.report.remediation_json import check, remediation
from plan_factory import DIFF, empty_plan, sample_plan


def test_a_plan_is_written_key_by_key() -> None:
    """The first of each kind, whole, under the seed's keys."""
    written = json.loads(remediation_text(sample_plan()))
    assert written["meta"] == {
        "timestamp": "2026-02-12T09:24:00+00:00",
        "auditRef": "audit-2026-02-12-0835.json",
        "commit": "407ed0409b6d3b5c28a5f1e0a4a8ce2a70ee1c11",
    }
    assert written["remediations"][0] == {
        "issueId": "SEC-CRIT-001",
        "severity": "CRITICAL",
        "filesTouched": ["src/domains/seat/seat.handler.ts"],
        "patchSketch": DIFF,
        "downstreamCallsites": [
            "src/domains/room/room.handler.ts:10 — onJoin",
            "src/domains/room/room.handler.ts:11 — onJoin",
        ],
        "runtimeRisk": "Clients that relied on the short ids",
        "rollback": "git revert --no-edit <merge 1>",
        "hours": 2.0,
        "owner": "@realtime",
        "priority": "P0",
        "docsUpdates": ["docs/rooms.md — Ids"],
        "testsRequired": ["tests/unit/ids.test.ts — draws two ids that differ"],
    }
    assert written["prPlan"][1] == {
        "prNumber": 2,
        "title": "fix(room): update room state atomically",
        "files": ["src/domains/room/room.handler.ts"],
        "dependsOn": [1],
    }
    assert written["sprintPlan"][0] == {
        "sprint": 1,
        "focus": "Critical fixes",
        "prs": [1, 2],
        "hours": 8.0,
    }


def test_the_strict_schema_has_the_seeds_keys() -> None:
    """Ours asks for every key of the seed's schema, and knows no other."""

    def keys(schema: dict[str, Any]) -> dict[str, Any]:
        found = schema.get("properties", schema.get("items", {}).get("properties", {}))
        return {name: keys(value) for name, value in found.items()}

    assert keys(json.loads(schema_text(STRICT_SCHEMA))) == keys(
        json.loads(schema_text(SEED_SCHEMA))
    )


def test_an_empty_plan_is_valid() -> None:
    """An audit without findings gives empty lists, and a file that is valid."""
    written = json.loads(remediation_text(empty_plan()))
    assert (written["remediations"], written["prPlan"], written["sprintPlan"]) == ([], [], [])


def test_the_audit_is_named_inside_the_repository_only() -> None:
    """A path under the target is relative to it; any other shows no more than its name."""
    plan = sample_plan()
    inside = replace(plan.audit, path="/home/ada/server/reports/audit-1.json")
    assert remediation(replace(plan, audit=inside))["meta"]["auditRef"] == "reports/audit-1.json"


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("remediations", 0, "priority"), "P4", "$.remediations[0].priority"),
        (("remediations", 0, "hours"), "2", "$.remediations[0].hours"),
        (("remediations", 0, "patchSketch"), "", "$.remediations[0].patchSketch"),
        (("remediations", 0, "downstreamCallsites"), ["a.ts"], "downstreamCallsites[0]"),
        (("meta", "timestamp"), "yesterday", "$.meta.timestamp"),
        (("meta", "extra"), 1, "$.meta: Additional properties"),
        (("sprintPlan", 0, "prs"), [], "$.sprintPlan[0].prs"),
    ],
)
def test_an_invalid_plan_is_refused(path: tuple[Any, ...], value: object, problem: str) -> None:
    """What the schemas do not allow is named by its JSON path, before it gets a name."""
    document = copy.deepcopy(remediation(sample_plan()))
    target = document
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    with pytest.raises(ReportError) as caught:
        check(document)
    assert problem in str(caught.value)
    assert len(str(caught.value)) <= 500


@settings(max_examples=10, deadline=None)
@given(spices)
def test_any_text_survives(spice: str) -> None:
    """Findings' texts come out as they went in."""
    plan = sample_plan(spice)
    written = json.loads(remediation_text(plan))
    assert [item["issueId"] for item in written["remediations"]] == [
        item.finding_id for item in plan.remediations
    ]
