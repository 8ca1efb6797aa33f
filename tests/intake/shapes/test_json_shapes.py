"""Audits in JSON of every layout: findings told by what they hold, keys by names and values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mendbook.errors import InputError
from mendbook.intake import intake_json, load_audit
from mendbook.intake.shapes.build import shown_place
from mendbook.model import Audit, Severity, Status

LATE = {
    "title": "Ferry leaves before boarding ends",
    "severity": "high",
    "file": "quay/board.go:14",
}


def read(folder: Path, data: object) -> Audit:
    """Return the audit that ``data`` is read as from a file."""
    path = folder / "survey.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return load_audit(path)


LAYOUTS: dict[str, tuple[object, list[tuple[str, str, str]]]] = {
    "an array at the top": ([LATE], [("HIGH", "quay/board.go:14", "")]),
    "under a key of any name": ({"catch_of_the_day": [LATE]}, [("HIGH", "quay/board.go:14", "")]),
    "by severity": (
        {"blocker": [], "minor": [{"title": "Bell rings twice", "path": "deck/bell.rb"}]},
        [("LOW", "deck/bell.rb", "")],
    ),
    "by file": (
        {"files": {"deck/mast.kt": [{"line": 9, "level": "P2", "message": "Sail never furls"}]}},
        [("MEDIUM", "deck/mast.kt:9", "")],
    ),
    "by domain, two levels deep": (
        {"passes": [{"domain": "tickets", "bugs": [LATE], "ok": []}]},
        [("HIGH", "quay/board.go:14", "tickets")],
    ),
    "sections with items": (
        {"sections": [{"name": "Harbour", "items": [LATE]}, {"name": "Sea", "items": []}]},
        [("HIGH", "quay/board.go:14", "Harbour")],
    ),
    "id to finding": (
        {"issues": {"TIDE-1": {**LATE, "severity": 4.0}}},
        [("MEDIUM", "quay/board.go:14", "")],
    ),
    "a location object": (
        [{"name": "Anchor drags", "risk": "moderate",
          "location": {"path": "sea/anchor.py", "start": {"line": 3}, "end": {"line": 8}}}],
        [("MEDIUM", "sea/anchor.py:3-8", "")],
    ),
    "a list of locations": (
        [{"summary": "Fog horn blocks", "criticality": "Major",
          "affected": [{"file": "sea/fog.ts", "lines": [3, 9]}, {"file": "sea/horn.ts"}]}],
        [("HIGH", "sea/fog.ts:3-9 sea/horn.ts", "")],
    ),
    "sentences under a severity": (
        {"critical": ["Rudder is set from two threads in helm/rudder.rs:40"], "low": []},
        [("CRITICAL", "helm/rudder.rs:40", "")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_finding_is_told_by_what_it_holds(layout: str, tmp_path: Path) -> None:
    """Wherever findings stand, each is read, and what stands around it fills what it lacks."""
    data, expected = LAYOUTS[layout]
    found = read(tmp_path, data).findings
    told = [(str(f.severity), " ".join(map(shown_place, f.places)), f.category) for f in found]
    assert told == expected


def test_keys_that_nobody_listed_are_told_by_their_values(tmp_path: Path) -> None:
    """Names say nothing here: a scale, paths, lines, code and sentences say what is what."""
    sightings = [
        {
            "mark": f"BUOY-{n}",
            "gravitas": grade,
            "spot": spot,
            "rung": line,
            "blurb": blurb,
            "saga": saga,
            "cure": cure,
            "glimpse": code,
        }
        for n, (grade, spot, line, blurb, saga, cure, code) in enumerate(
            [
                ("severe", "sea/buoy.py", 12, "Lamp stays on", "The lamp is switched on at dusk"
                 " and no branch of the loop ever switches it off again.",
                 "Switch the lamp off at dawn", "lamp.on(dusk)"),
                ("minor", "sea/chain.py", 48, "Chain length is guessed", "The chain's length is"
                 " taken from the last voyage although the depth differs at each berth.",
                 "Use the measured depth", "chain = last.length;"),
            ]
        )
    ]  # fmt: skip
    audit = read(tmp_path, {"voyage": {"sightings": sightings}})
    assert {one.key: one.field for one in audit.mapped} == {
        "mark": "id",
        "gravitas": "severity",
        "spot": "file",
        "rung": "line",
        "blurb": "title",
        "saga": "problem",
        "cure": "fix",
        "glimpse": "evidence",
    }
    first = audit.findings[0]
    assert (first.id, first.severity, first.title) == ("BUOY-0", "CRITICAL", "Lamp stays on")
    assert (shown_place(first.places[0]), first.evidence) == ("sea/buoy.py:12", "lamp.on(dusk)")


def test_praise_and_plans_are_left_aside_with_a_reason(tmp_path: Path) -> None:
    """What is no finding by its heading, or repeats one, is named and not planned."""
    audit = read(
        tmp_path,
        {
            "findings": [LATE, {**LATE, "title": "Gangway is not counted", "file": "quay/gang.go"}],
            "strengths": [{"title": "Logs are tidy", "text": "Each has one", "file": "a/log.go"}],
            "roadmap": [{"title": "Count the gangway first", "priority": "high"}],
        },
    )  # fmt: skip
    assert [finding.title for finding in audit.findings] == [
        LATE["title"],
        "Gangway is not counted",
    ]
    assert [(one.place, one.why.split(": ", 1)[1]) for one in audit.left] == [
        ("strengths[]", "'strengths' says that these are no findings"),
        ("roadmap[]", "'roadmap' is a plan, not what was found"),
    ]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, Status.OPEN),
        ({"status": "Resolved in v3"}, Status.FIXED),
        ({"state": "won't fix"}, Status.ACCEPTED),
        ({"fixed": True}, Status.FIXED),
        ({"fixed": False}, Status.OPEN),
        ({"verdict": "false positive"}, Status.FALSE_POSITIVE),
        ({"status": "not fixed"}, Status.OPEN),
        ({"verdict": "CONFIRMED"}, Status.OPEN),
    ],
)
def test_what_became_of_a_finding_is_its_status(
    fields: dict[str, Any], status: Status, tmp_path: Path
) -> None:
    """A closed finding is kept with its status; whatever else is said leaves it open."""
    assert read(tmp_path, [{**LATE, **fields}]).findings[0].status is status


def test_ids_are_made_from_the_content_and_kept_apart(tmp_path: Path) -> None:
    """The same finding has the same id wherever it stands; an id used twice gets a number."""
    (alone,) = read(tmp_path, [LATE]).findings
    _, other = read(tmp_path, {"notes": [{**LATE, "title": "Another one"}, LATE]}).findings
    assert alone.id == other.id != ""
    twice = read(tmp_path, {"bugs": [{**LATE, "id": "A"}, {**LATE, "id": "A", "title": "Also"}]})
    assert [finding.id for finding in twice.findings] == ["A", "A-2"]


def test_nothing_found_is_an_audit_too(tmp_path: Path) -> None:
    """Empty lists of findings are a good day; an object without any is refused."""
    empty: list[object] = [{"findings": []}, [], {"high": [], "low": []}, {"report": {"bugs": []}}]
    for data in empty:
        assert read(tmp_path, data).findings == ()
    with pytest.raises(InputError, match="no findings can be told"):
        read(tmp_path, {"date": "2026-03-01"})


def test_the_commit_stands_under_any_usual_name(tmp_path: Path) -> None:
    """``audit_commit``, ``baseline_sha``, ``reviewedHash`` and ``meta.git.sha`` are the commit."""
    for about in (
        {"audit_commit": "4be1d02"},
        {"baseline_sha": "4be1d02"},
        {"meta": {"reviewedHash": "4be1d02"}},
        {"repository": {"head": "4be1d02"}},
    ):
        assert read(tmp_path, {**about, "findings": [LATE]}).commit == "4be1d02"


def test_intake_json_has_the_promised_keys(tmp_path: Path) -> None:
    """Programs find shape, findings, mapped and left, and each finding's fields by these names."""
    printed = intake_json(read(tmp_path, [LATE]), {})
    assert set(printed) >= {"shape", "findings", "mapped", "left"}
    finding = printed["findings"][0]
    shown = ("title", "severity", "file", "line", "endLine", "status")
    assert {key: finding[key] for key in shown} == {
        "title": LATE["title"],
        "severity": Severity.HIGH,
        "file": "quay/board.go",
        "line": 14,
        "endLine": 14,
        "status": "open",
    }  # fmt: skip
    assert {"id", "dimension", "function", "problem", "evidence", "impact", "fix", "hours"} <= set(
        finding
    )


def test_where_a_proof_is_kept_is_no_place(tmp_path: Path) -> None:
    """Beside the files that a proof names, the log in which it is kept is none of them."""
    path = tmp_path / "audit.json"
    findings = [
        {
            "id": f"T-{number}",
            "severity": "high",
            "title": f"Tide gauge {number} is never read",
            "evidence": {
                "tool": "grep",
                "artifact": "logs/tide.txt",
                "files": [f"tide/{number}.rs"],
            },
        }
        for number in (1, 2, 3)
    ]
    path.write_text(json.dumps({"findings": findings}), encoding="utf-8")
    found = load_audit(path).findings
    assert [[place.path for place in one.places] for one in found] == [
        ["tide/1.rs"],
        ["tide/2.rs"],
        ["tide/3.rs"],
    ]
