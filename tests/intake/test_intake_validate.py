"""``mendbook validate``: every problem of a file, each with its path and its remedy."""

from __future__ import annotations

import json
from pathlib import Path

from mendbook import project
from mendbook.intake import Problem, problems


def write(folder: Path, data: object) -> Path:
    """Write ``data`` as JSON and return the path."""
    path = folder / "given.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_all_problems_of_an_audit_are_listed(tmp_path: Path) -> None:
    """Not only the first thing wrong is said, so that one round of corrections is enough."""
    path = write(
        tmp_path,
        {
            "meta": [],
            "findings": [
                {"id": "A", "severity": "LOW"},
                {"id": "A", "severity": "bad", "problem": " "},
            ],
        },
    )
    assert [(problem.path, problem.what) for problem in problems(path)] == [
        ("meta", "an object is needed here, this is an array"),
        ("findings[0].problem", "the finding has no problem"),
        ("findings[1].severity", 'unknown severity "bad"'),
        ("findings[1].problem", 'text is needed here, this is " "'),
    ]


def test_a_valid_audit_has_no_problems(tmp_path: Path) -> None:
    """An audit that can be loaded is valid, however it spells things."""
    finding = {"id": "A", "severity": "low", "problem": "p", "file": "src/a.ts + b.ts"}
    assert problems(write(tmp_path, {"findings": [finding]})) == ()


def test_what_cannot_be_read_is_one_problem(tmp_path: Path) -> None:
    """A refusal of the reader is listed like any other problem."""
    path = tmp_path / "given.json"
    path.write_bytes(b'{"a": NaN}')
    what = "NaN is not a number JSON can hold"
    assert problems(path) == (Problem(str(path), "a (byte 6)", what, "correct it there"),)


def test_a_remediation_is_told_by_its_content_and_checked_against_both_schemas(
    tmp_path: Path,
) -> None:
    """A remediation JSON is checked as one, and each wrong place is named once."""
    path = write(tmp_path, {"remediations": [{"issueId": "A", "priority": "P9", "hours": "2"}]})
    found = {problem.path: problem for problem in problems(path)}
    assert found["remediations[0].priority"] == Problem(
        str(path),
        "remediations[0].priority",
        '"P9" is not allowed here',
        "use one of P0, P1, P2, P3",
    )
    assert found["remediations[0].hours"].what == 'number is needed, this is "2"'
    assert found["remediations[0].rollback"].what == "the key is missing"
    assert found["sprintPlan"].remedy == "add it"


def test_a_remediation_is_judged_as_it_is_written_and_shown_without_its_secrets(
    tmp_path: Path,
) -> None:
    """A valid one is valid whatever it says; of a wrong one no secret is told."""
    example = next((project.checkout() or tmp_path).glob("reports/example/reports/*-????.json"))
    whole = json.loads(example.read_text("utf-8"))
    secret = "password = 'hx72-qlmw-93ab'"
    whole["remediations"][0]["runtimeRisk"] = f"It logs {secret}."
    assert problems(write(tmp_path, whole)) == ()
    whole["remediations"][0]["hours"] = secret
    (problem,) = problems(write(tmp_path, whole))
    assert problem.path == "remediations[0].hours"
    assert "[redacted]" in problem.what
    assert "hx72" not in problem.what
