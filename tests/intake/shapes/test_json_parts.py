"""Audits in JSON whose findings have parts, grades in objects, and words in unusual keys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mendbook.intake import load_audit
from mendbook.intake.shapes.build import shown_place
from mendbook.model import Audit, Status


def read(folder: Path, data: object) -> Audit:
    """Return the audit that ``data`` is read as from a file."""
    path = folder / "survey.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return load_audit(path)


def told(audit: Audit) -> list[tuple[str, str, str, str]]:
    """Return severity, places, headline and fix of each finding."""
    return [
        (one.severity, " ".join(map(shown_place, one.places)), one.title, one.fix)
        for one in audit.findings
    ]


WITH_PARTS: dict[str, tuple[object, list[tuple[str, str, str, str]]]] = {
    "a grade in an object, and a trace of places with words of their own": (
        {
            "audit_info": {"project": "Orchard", "methodology": "Walked row by row, twice."},
            "findings": [
                {
                    "title": "Anybody can open the sluice",
                    "description": "The sluice opens for every caller, whoever that is.",
                    "trace": [
                        {"kind": "entry", "file": "sluice/api.go", "line": 12,
                         "description": "Takes the wanted level from the caller"},
                        {"kind": "sink", "file": "sluice/motor.go", "line": 40,
                         "description": "Turns the motor without a question"},
                    ],
                    "severity": {
                        "likelihood": {"score": "low", "reason": "The gate is far away."},
                        "impact": {"score": "high", "reason": "The lower fields are flooded."},
                        "overall_severity": "critical",
                    },
                    "remediation": {
                        "strategy": "Ask for the warden's key before the motor turns",
                        "code_changes": [
                            {"file_name": "sluice/api.go", "fixed_code": "requireWarden(caller)"}
                        ],
                    },
                },
            ],
        },
        [
            (
                "CRITICAL",
                "sluice/api.go:12 sluice/motor.go:40",
                "Anybody can open the sluice",
                "Ask for the warden's key before the motor turns\nrequireWarden(caller)",
            )
        ],
    ),
    "a rating in an object, and steps that led there": (
        [
            {
                "name": "Bell tower counts the thirteenth hour",
                "details": "The counter is never set back at noon.",
                "rating": {"grade": "medium"},
                "path": "tower/bell.py:7",
                "observations": [
                    {"at": "tower/bell.py:9", "text": "The hour is added before it is compared"},
                    {"at": "tower/clock.py:3", "text": "Noon is told as twelve, not as nought"},
                ],
                "suggestion": "Set the counter back at noon",
            }
        ],
        [
            (
                "MEDIUM",
                "tower/bell.py:7",
                "Bell tower counts the thirteenth hour",
                "Set the counter back at noon",
            )
        ],
    ),
    "graded things below a name are findings of their own": (
        {
            "areas": [
                {
                    "title": "Cellar",
                    "description": "Everything below ground.",
                    "bugs": [
                        {"title": "Damp reaches the shelves", "severity": "high",
                         "file": "cellar/damp.rs"},
                        {"title": "Lamp stays lit", "severity": "low", "file": "cellar/lamp.rs"},
                    ],
                }
            ]
        },
        [
            ("HIGH", "cellar/damp.rs", "Damp reaches the shelves", ""),
            ("LOW", "cellar/lamp.rs", "Lamp stays lit", ""),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WITH_PARTS)
def test_parts_of_a_finding_are_no_findings(name: str, tmp_path: Path) -> None:
    """What is graded as a whole is one finding, however many places and steps stand in it."""
    data, expected = WITH_PARTS[name]
    assert told(read(tmp_path, data)) == expected


def test_information_on_the_audit_is_no_finding_of_the_least_grade(tmp_path: Path) -> None:
    """``audit_info`` is about the audit; ``info`` alone is a grade."""
    about = {"project": "Harbour", "methodology": "Two days on the quay, and one night."}
    late = {"title": "Ferry leaves early", "file": "quay/board.go:14"}
    bell = {"title": "Bell is painted green", "file": "quay/bell.go:3"}
    audit = read(tmp_path, {"survey_info": about, "high": [late], "info": [bell]})
    assert [one.severity for one in audit.findings] == ["HIGH", "INFO"]


PROBLEMS: dict[str, tuple[dict[str, str], str]] = {
    "the symptom, and not its cause": (
        {"symptom": "The oven stays cold after a restart.",
         "likelyRootCause": "heat.py reads the setpoint before it is loaded"},
        "The oven stays cold after a restart.",
    ),
    "a symptom in another order and another name for the cause": (
        {"root_cause": "The lamp is polled without a pause",
         "symptoms": "The door lamp flickers twice a second."},
        "The door lamp flickers twice a second.",
    ),
    "the cause, where no symptom is told": (
        {"root_cause": "The lamp is polled without a pause"},
        "The lamp is polled without a pause",
    ),
    "a risk that explains what is wrong": (
        {"title": "Oven has no lid",
         "risk": "The loaf dries out within the hour, because heat leaves by the open top and the "
                 "burner answers by turning itself up until the crust is black."},
        "The loaf dries out within the hour, because heat leaves by the open top and the "
        "burner answers by turning itself up until the crust is black.",
    ),
    "the headline, where a risk names a mere consequence": (
        {"title": "Oven has no lid", "risk": "The loaf dries out soon."},
        "Oven has no lid",
    ),
    "the description, whatever risk stands beside it": (
        {"title": "Oven has no lid", "description": "The lid was left out of the drawing.",
         "risk": "The loaf dries out within the hour, because heat leaves by the open top and the "
                 "burner answers by turning itself up until the crust is black."},
        "The lid was left out of the drawing.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_problem_is_what_says_what_is_wrong(name: str, tmp_path: Path) -> None:
    """Symptoms come before causes, and a risk is the problem where it alone explains it."""
    more, expected = PROBLEMS[name]
    rows = [{"id": f"B-{n}", "severity": "high", "file": f"oven/{n}.py", **more} for n in (1, 2)]
    assert read(tmp_path, {"findings": rows}).findings[0].problem == expected


STATUSES = {
    "fixed_in_this_change": Status.FIXED,
    "corrected_upstream": Status.FIXED,
    "not_fixed_yet": Status.OPEN,
    "tracked_elsewhere": Status.OPEN,
    "false_positive": Status.FALSE_POSITIVE,
}


@pytest.mark.parametrize("written", STATUSES)
def test_words_of_a_status_are_told_apart_by_underscores(written: str, tmp_path: Path) -> None:
    """A status is written as a key as often as in words."""
    row = {"title": "Kiln cools too fast", "severity": "low", "file": "kiln.py", "status": written}
    assert read(tmp_path, [row]).findings[0].status is STATUSES[written]


NAMED_THINGS: dict[str, tuple[dict[str, object], tuple[str, str, str]]] = {
    "a message of its own": (
        {"message": "The bear never wakes, because spring is told in the wrong month.",
         "affected": [{"uuid": "A-9", "name": "Bear", "detail": "month=13"}]},
        ("Z-1", "", "The bear never wakes, because spring is told in the wrong month."),
    ),
    "a headline and a text of its own": (
        {"title": "Bear sleeps on", "details": "Spring is told in the wrong month.",
         "animals": [{"id": "A-9", "name": "Bear", "note": "in the cave"}]},
        ("Z-1", "Bear sleeps on", "Spring is told in the wrong month."),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMED_THINGS)
def test_things_in_a_list_lend_a_finding_no_words(name: str, tmp_path: Path) -> None:
    """What a finding is about has names and ids, which are not the finding's."""
    more, (key, title, problem) = NAMED_THINGS[name]
    rows = [{"id": f"Z-{n}", "severity": "warning", **more} for n in (1, 2)]
    found = read(tmp_path, {"findings": rows}).findings[0]
    assert (found.id, found.problem) == (key, problem)
    assert not title or found.title == title


def test_a_proof_in_sentences_is_the_problem_where_nothing_else_says_it(tmp_path: Path) -> None:
    """Code stays the proof; prose that is long enough says what is wrong."""
    prose = "The keeper opens the cage by the same key, and nobody counts who comes and goes."
    rows = [{"title": f"Cage {n} is open", "severity": "high", "file": f"zoo/{n}.py",
             "evidence": prose} for n in (1, 2)]  # fmt: skip
    code = [{**row, "evidence": "open(cage); return True"} for row in rows]
    assert read(tmp_path, rows).findings[0].problem == prose
    assert read(tmp_path, code).findings[0].problem == "Cage 1 is open"


def test_each_list_of_findings_says_what_is_wrong_in_its_own_key(tmp_path: Path) -> None:
    """Prose that proves is the problem of findings which another list's description leaves out."""
    prose = "The keeper opens the cage by the same key, and nobody counts who comes and goes."
    faults = [{"title": f"Cage {n} is open", "severity": "high", "file": f"zoo/{n}.py",
               "evidence": prose} for n in (1, 2)]  # fmt: skip
    gaps = [{"title": f"No fence at pond {n}", "severity": "low", "file": f"zoo/p{n}.py",
             "description": "Visitors stand in the water before they see it."}
            for n in (1, 2, 3)]  # fmt: skip
    found = read(tmp_path, {"areas": [{"area": "north", "gaps": gaps, "bugs": faults}]}).findings
    assert [one.problem for one in found if one.severity == "HIGH"] == [prose, prose]
    assert {one.problem for one in found if one.severity == "LOW"} == {gaps[0]["description"]}


def test_a_remark_that_few_findings_have_is_not_what_is_wrong(tmp_path: Path) -> None:
    """A sentence under an unknown key of one finding does not stand for the proof of all."""
    prose = "The keeper opens the cage by the same key, and nobody counts who comes and goes."
    rows: list[dict[str, str]] = [
        {"title": f"Cage {n} is open", "severity": "high", "file": f"zoo/{n}.py", "evidence": prose}
        for n in (1, 2, 3, 4)
    ]
    rows[1]["opening_scope"] = "Blocks every opening of the zoo that was announced for the spring."
    assert {one.problem for one in read(tmp_path, {"findings": rows}).findings} == {prose}


@pytest.mark.parametrize("around", ["survey", "walk"])
def test_an_object_around_lists_lends_its_name_to_no_finding(around: str, tmp_path: Path) -> None:
    """A key over a list and its sums is no id; one over a single finding is."""
    rows = [
        {"path": f"zoo/{n}.py", "line": n, "kind": "TODO", "severity": "low",
         "description": f"Feed the animals of house {n} before they wake"} for n in (3, 4)
    ]  # fmt: skip
    told = {"summary": {"total": 2}, "severity": {"low": 2}, "description": "By the night watch",
            "items": rows}  # fmt: skip
    assert not any(one.id.startswith(around) for one in read(tmp_path, {around: told}).findings)
    alone = {f"CAGE-{n}": row for n, row in enumerate(rows)}
    assert [one.id for one in read(tmp_path, {around: alone}).findings] == ["CAGE-0", "CAGE-1"]
