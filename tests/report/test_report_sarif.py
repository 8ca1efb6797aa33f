"""The plan as SARIF: read back, it is the same findings, and its fixes give the patched files."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mendbook.code.diff import diff_of
from mendbook.intake import load_audit, place_fixes
from mendbook.model import Evidence, EvidenceStatus, Patch, Place, PlaceKind, Plan, Rung
from mendbook.report.sarif import SCHEMA, to_sarif
from mendbook.repository.snapshot import Snapshot
from plan_factory import empty_plan, sample_plan


def planned(*patches: Patch) -> Plan:
    """Return a plan whose first findings have ``patches``, and the others none that applies."""
    plan = sample_plan()
    outline = replace(plan.remediations[0].patch, rung=Rung.OUTLINE, name="")
    chosen = [*patches, *([outline] * (len(plan.remediations) - len(patches)))]
    return replace(
        plan,
        remediations=tuple(
            replace(item, patch=replace(patch, finding_id=item.finding_id))
            for item, patch in zip(plan.remediations, chosen, strict=True)
        ),
    )


def patch(number: int, old: dict[str, str], new: dict[str, str | None]) -> Patch:
    """Return the patch that turns the texts ``old`` into ``new``."""
    return Patch(
        finding_id="",
        source="curated",
        summary="Change it",
        diff=diff_of(new, Snapshot.of(old)),
        files=tuple(sorted(new)),
        rung=Rung.APPLIES,
        name=f"{number:03}-a.patch",
    )


def results(plan: Plan) -> list[dict[str, Any]]:
    """Return the results of the plan's SARIF."""
    log = json.loads(to_sarif(plan))
    found: list[dict[str, Any]] = log["runs"][0]["results"]
    return found


def test_one_finding_is_one_result_with_place_rule_and_fingerprint() -> None:
    """The whole result: what a code host shows, and what a later audit is compared by."""
    plan = planned(patch(1, {"src/a.ts": "a\nb\nc\n"}, {"src/a.ts": "a\nB\nB\nc\n"}))
    first = plan.remediations[0]
    finding = replace(
        next(item for item in plan.audit.findings if item.id == first.finding_id),
        places=(Place("src/seat 1.ts"), Place("src/b.ts", line=3, end_line=5)),
        fingerprint="f" * 32,
        origins=(),
    )
    fact = replace(
        next(item for item in plan.facts if item.finding_id == first.finding_id),
        evidence=Evidence(EvidenceStatus.VERBATIM, "src/seat 1.ts", 7, 7),
    )
    plan = replace(
        plan,
        audit=replace(plan.audit, findings=(finding,)),
        facts=(fact,),
        remediations=(first,),
    )
    assert results(plan) == [
        {
            "ruleIndex": 0,
            "ruleId": "audit/security-reliability",
            "level": "error",
            "message": {"text": finding.problem},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "src/seat%201.ts", "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": 7, "endLine": 7},
                    }
                },
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "src/b.ts", "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": 3, "endLine": 5},
                    }
                },
            ],
            "partialFingerprints": {"mendbook/v1": "f" * 32},
            "properties": {
                "issueId": finding.id,
                "severity": "CRITICAL",
                "status": "open",
                "dimension": "Security & Reliability",
                "priority": "P0",
                "hours": first.estimate.likely,
                "owner": first.owner.name,
                "patch": "001-a.patch",
                "rung": "applies",
                "asked": "not shown",
                "draft": "",
            },
            "fixes": [
                {
                    "description": {"text": "Change it"},
                    "artifactChanges": [
                        {
                            "artifactLocation": {"uri": "src/a.ts", "uriBaseId": "%SRCROOT%"},
                            "replacements": [
                                {
                                    "deletedRegion": {
                                        "startLine": 2,
                                        "startColumn": 1,
                                        "endLine": 3,
                                        "endColumn": 1,
                                    },
                                    "insertedContent": {"text": "B\nB\n"},
                                }
                            ],
                        }
                    ],
                }
            ],
            "suppressions": [],
        }
    ]


def test_a_fix_is_left_out_where_sarif_cannot_say_it() -> None:
    """A patch on top of another, a new file, and an outline have no fix; they are named."""
    old = {"src/a.ts": "a\nb\n", "src/b.ts": "b\n"}
    plan = planned(
        patch(1, old, {"src/a.ts": "A\nb\n"}),
        patch(2, {**old, "src/a.ts": "A\nb\n"}, {"src/a.ts": "A\nB\n", "src/b.ts": "B\n"}),
        patch(3, old, {"src/new.ts": "n\n"}),
    )
    found = results(plan)
    assert [len(item["fixes"]) for item in found] == [1, 0, 0, *[0] * (len(found) - 3)]
    assert [item["properties"]["patch"] for item in found[:3]] == [
        *("001-a.patch", "002-a.patch", "003-a.patch"),
    ]


def test_sarif_is_read_back_as_the_same_findings(tmp_path: Path) -> None:
    """An audit made of our own SARIF has the same defects under the same fingerprints."""
    plan = sample_plan()
    findings = tuple(
        replace(finding, fingerprint=f"{index:032x}")
        for index, finding in enumerate(plan.audit.findings)
    )
    plan = replace(plan, audit=replace(plan.audit, findings=findings))
    path = tmp_path / "plan.sarif"
    path.write_text(to_sarif(plan), encoding="utf-8")
    assert {(item.fingerprint, item.problem) for item in load_audit(path).findings} == {
        (item.fingerprint, item.problem) for item in findings
    }


def test_foreign_text_stays_text() -> None:
    """Whatever a finding holds, there is one result for each, and the JSON is JSON."""
    hostile = sample_plan('"}],\u202e\n```\0<script>')
    assert len(results(hostile)) == len(hostile.audit.findings)
    log = json.loads(to_sarif(empty_plan()))
    assert (log["$schema"], log["version"]) == (SCHEMA, "2.1.0")
    assert log["runs"][0]["results"] == []


_text = st.lists(st.sampled_from(["a", "b", "🎵c", "", "d\r"]), min_size=1, max_size=12).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_text, _text)
def test_applying_a_fix_gives_what_the_patch_gives(tmp_path: Path, old: str, new: str) -> None:
    """The replacements, placed by our own intake, turn the old text into the patched one.

    Line ends alone may differ: whoever offers a fix, the file keeps its own.
    """
    path = tmp_path / "plan.sarif"
    path.write_text(to_sarif(planned(patch(1, {"a.ts": old}, {"a.ts": new}))), encoding="utf-8")
    fixes = place_fixes(load_audit(path), {"a.ts": old}.get).findings[0].offered_fixes
    text = old
    for fix in sorted(fixes, key=lambda fix: fix.start, reverse=True):
        text = text[: fix.start] + fix.text + text[fix.end :]
    assert text.replace("\r\n", "\n") == new.replace("\r\n", "\n")


def test_every_result_has_a_place() -> None:
    """A code host refuses the whole file for one without; the project's own file stands for it."""
    plan = planned()
    nowhere = tuple(
        replace(item, places=(Place("C:/kiln/a.ts", PlaceKind.OUTSIDE),))
        for item in plan.audit.findings
    )
    facts = tuple(replace(item, files=()) for item in plan.facts)
    plan = replace(plan, audit=replace(plan.audit, findings=nowhere), facts=facts)
    places = [result["locations"] for result in results(plan)]
    assert all(len(found) == 1 for found in places)
    uris = {found[0]["physicalLocation"]["artifactLocation"]["uri"] for found in places}
    assert len(uris) == 1
    assert ":" not in uris.pop()


SHAPES: dict[str, tuple[set[str], set[str]]] = {
    # object -> (what SARIF 2.1.0 requires of it, what else is written here)
    "log": ({"version", "runs"}, {"$schema"}),
    "run": ({"tool"}, {"automationDetails", "columnKind", "properties", "results"}),
    "tool": ({"driver"}, set()),
    "driver": ({"name"}, {"version", "rules"}),
    "rule": ({"id", "shortDescription", "fullDescription", "help"}, set()),
    "result": (
        {"message"},
        {"ruleId", "ruleIndex", "level", "locations", "partialFingerprints", "properties", "fixes"}
        | {"suppressions"},
    ),
    "text": ({"text"}, set()),
    "location": (set(), {"physicalLocation"}),
    "physicalLocation": (set(), {"artifactLocation", "region"}),
    "artifactLocation": (set(), {"uri", "uriBaseId"}),
    "region": (set(), {"startLine", "startColumn", "endLine", "endColumn"}),
    "fix": ({"artifactChanges"}, {"description"}),
    "artifactChange": ({"artifactLocation", "replacements"}, set()),
    "replacement": ({"deletedRegion"}, {"insertedContent"}),
}
URI = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-F]{2})+")


def shaped(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return ``given`` once its keys are those that SARIF 2.1.0 lets a ``kind`` have."""
    required, other = SHAPES[kind]
    assert required <= set(given) <= required | other, (kind, set(given))
    return given


def check_region(given: dict[str, Any]) -> None:
    """Hold a region to SARIF: lines and columns from 1 on, the end not before the beginning."""
    region = shaped("region", given)
    assert all(isinstance(value, int) and value >= 1 for value in region.values())
    first = (region["startLine"], region.get("startColumn", 1))
    assert first <= (region["endLine"], region.get("endColumn", first[1]))


def check_place(given: dict[str, Any]) -> None:
    """Hold the place of a file to SARIF: a relative reference that a URI may be."""
    uri = shaped("artifactLocation", given)["uri"]
    assert URI.fullmatch(uri)
    assert not uri.startswith(("/", "../"))


def test_the_log_has_the_form_of_sarif() -> None:
    """What a validator asks: keys, required parts, lists without doubles, regions and URIs."""
    named = "src/\udce9t\u00e9 [1] #2.ts"  # a byte that is not UTF-8 in a file's name
    plan = planned(patch(1, {"src/a.ts": "a\nb\n"}, {"src/a.ts": "a\n"}))
    odd = tuple(
        replace(item, places=(Place(named, PlaceKind.FILE, 3, 2),), symbols=())
        for item in plan.audit.findings[:1]
    )
    audit = replace(plan.audit, findings=(*odd, *plan.audit.findings[1:]))
    log = shaped("log", json.loads(to_sarif(replace(plan, audit=audit))))
    (run,) = log["runs"]
    rules = shaped("driver", shaped("tool", shaped("run", run)["tool"])["driver"])["rules"]
    assert len({shaped("rule", rule)["id"] for rule in rules}) == len(rules)
    for rule in rules:
        for part in ("shortDescription", "fullDescription", "help"):
            assert shaped("text", rule[part])["text"]
    for result in run["results"]:
        assert shaped("result", result)["level"] in {"none", "note", "warning", "error"}
        assert shaped("text", result["message"])["text"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["locations"]
        for location in result["locations"]:
            physical = shaped("physicalLocation", shaped("location", location)["physicalLocation"])
            check_place(physical["artifactLocation"])
            check_region(physical.get("region", {"startLine": 1, "endLine": 1}))
        for fix in result["fixes"]:
            assert shaped("fix", fix)["artifactChanges"]
            for change in fix["artifactChanges"]:
                check_place(shaped("artifactChange", change)["artifactLocation"])
                assert change["replacements"]
                for one in change["replacements"]:
                    check_region(shaped("replacement", one)["deletedRegion"])
                    shaped("text", one["insertedContent"])
