"""From an audit's file to records: real shapes accepted and noted, bad ones refused."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from mendbook.errors import InputError
from mendbook.intake import load_audit
from mendbook.intake.check_audit import audit_problems
from mendbook.intake.normalise import read_audit
from mendbook.intake.reader import Document
from mendbook.model import Audit, Dimension, Finding, Note, Origin, Place, Score, Severity
from mendbook.schemas import load_schema

AUDIT: dict[str, Any] = {
    "meta": {
        "timestamp": "2026-02-10T05:38:00+05:00",
        "commit": "cbc3d18",
        "branch": "work",
        "nodeVersion": "v24.12.0",
        "scope": "rooms",
        "files": ["src/room.ts"],
    },
    "scores": {"performance": 6, "architecture": 8, "total": 34},
    "findings": [
        {
            "id": "ROOM-1",
            "severity": "high",
            "dimension": "Performance",
            "file": "src/room.ts:12 + seat/seat.ts",
            "function": "RoomManager.close()",
            "problem": "Seats are freed one after another",
            "evidence": "for (const seat of seats) await free(seat)",
            "impact": "Closing a full room takes 2 s",
            "fix": "Free them together",
            "complexity": "30 minutes",
            "docsPath": "https://example.org/rooms",
            "confidence": 0.9,
        },
        {"id": 7, "severity": "INFO", "problem": "No log", "docsPath": None, "fix": ["a", "b"]},
    ],
    "overEngineering": [{"file": "x.ts", "antiPattern": "Factories", "devHoursPerYear": "many"}],
    "bootstrap": {"lint": "clean"},
}
MINIMAL = {"id": "A", "severity": "LOW", "problem": "p"}
SCHEMA = Draft202012Validator(load_schema("audit.schema.json"))


def read(data: object) -> Audit:
    """Return the audit that ``data`` is understood as."""
    return read_audit(Document("audits/a.json", "0" * 64, data))


def test_a_messy_audit_is_understood_and_every_step_is_noted() -> None:
    """Each field is kept as written, beside it stands what was understood, and why."""
    audit = read(copy.deepcopy(AUDIT))
    first, second = audit.findings
    assert first == Finding(
        id="ROOM-1",
        severity=Severity.HIGH,
        dimension=Dimension.PERFORMANCE,
        file="src/room.ts:12 + seat/seat.ts",
        function="RoomManager.close()",
        problem="Seats are freed one after another",
        evidence="for (const seat of seats) await free(seat)",
        impact="Closing a full room takes 2 s",
        fix="Free them together",
        complexity="30 minutes",
        docs_path="https://example.org/rooms",
        places=(Place("src/room.ts", line=12), Place("src/seat/seat.ts", written="seat/seat.ts")),
        symbols=("RoomManager.close",),
        origins=(Origin("audit", "audit"),),
        fingerprint=first.fingerprint,
        notes=(
            Note("findings[0].severity", "high", "HIGH", "upper case"),
            Note(
                "findings[0].dimension",
                "Performance",
                "Performance & Efficiency",
                "the dimension's full name",
            ),
            Note(
                "findings[0].file",
                "src/room.ts:12 + seat/seat.ts",
                "src/room.ts:12, src/seat/seat.ts",
                "2 places; line 12; relative to the first's folder",
            ),
            Note(
                "findings[0].function",
                "RoomManager.close()",
                "RoomManager.close",
                "the name without its call brackets",
            ),
            Note(
                "findings[0].docsPath",
                "https://example.org/rooms",
                "https://example.org/rooms",
                "a page on the web, not a file to update",
            ),
        ),
        extra={"confidence": 0.9},
        category="Performance",
    )
    assert (second.id, second.dimension, second.fix, second.docs_path) == ("7", "Other", "a\nb", "")
    assert [note.field for note in second.notes] == [
        "findings[1].id",
        "findings[1].dimension",
        "findings[1].fix",
    ]
    assert (audit.name, audit.commit, audit.node_version) == ("a", "cbc3d18", "v24.12.0")
    assert audit.extra == {
        "bootstrap": {"lint": "clean"},
        "meta": {"scope": "rooms", "files": ["src/room.ts"]},
    }
    assert audit.over_engineering[0].dev_hours_per_year is None


def test_scores_out_of_ten_are_told_from_scores_out_of_the_weight() -> None:
    """The total says which of the two ways of scoring the auditor used."""
    tenths = read(copy.deepcopy(AUDIT))
    assert tenths.scores == (
        Score("Performance & Efficiency", 6, 10),
        Score("Architecture & Scalability", 8, 10),
        Score("Total", 34, 100),
    )
    weights = read({"findings": [], "scores": {"performance": 27, "architecture": 17, "total": 44}})
    assert [score.maximum for score in weights.scores] == [30, 20, 100]


def test_what_is_not_understood_is_noted_and_kept() -> None:
    """An odd commit, time, score, dimension or function is kept and has a note with no reading."""
    audit = read(
        {
            "meta": {"commit": "work~1", "timestamp": "last week"},
            "scores": {"performance": "good", "security": 11},
            "findings": [{**MINIMAL, "dimension": "Vibes", "function": "Barrel export"}],
        }
    )
    assert audit.commit == "work~1"
    notes = [*audit.notes, *audit.findings[0].notes]
    assert {note.field: note.original for note in notes if not note.understood} == {
        "meta.timestamp": "last week",
        "meta.commit": "work~1",
        "scores.performance": "good",
        "scores (Security & Reliability)": "11",
        "findings[0].function": "Barrel export",
    }


def test_a_fingerprint_stays_when_lines_move_and_changes_with_the_code() -> None:
    """Line numbers and white space do not count; file, symbol and code do."""

    def printed(**changes: str) -> str:
        finding = {**AUDIT["findings"][0], **changes}
        return read({"findings": [finding]}).findings[0].fingerprint

    same = printed()
    assert printed(file="src/room.ts:99 + seat/seat.ts", id="OTHER", severity="LOW") == same
    assert printed(evidence="for (const seat of seats)\n    await free(seat);") == same
    for key, value in {"file": "src/b.ts", "function": "open", "evidence": "open()"}.items():
        assert printed(**{key: value}) != same


REMEDY = (
    "mendbook intake FILE --write-map map.yaml writes a map for --map; "
    '{"findings": [{"id": …, "severity": …, "problem": …}]} is always read'
)
BAD: list[tuple[object, str]] = [
    ("findings", f"no findings can be told in it: it holds a single value; {REMEDY}"),
    ({"meta": {}}, f"no findings can be told in it; {REMEDY}"),
    (
        {"rows": [{"shade": "teal", "count": 3}], "people": [{"name": "Ada"}]},
        "no findings can be told in it; nearest are people[] (1 objects, neither a severity nor a "
        "place that can be told) and rows[] (1 objects, no words that say what is wrong and "
        f"neither a severity nor a place that can be told); {REMEDY}",
    ),
    ({"findings": {}}, "findings: an array is needed here, this is an object; correct it"),
    ({"findings": ["x"]}, 'findings[0]: an object is needed here, this is "x"; correct it'),
    (
        {"findings": [{"id": "A", "severity": "LOW"}]},
        "findings[0].problem: the finding has no problem; say in a sentence what is wrong",
    ),
]


@pytest.mark.parametrize(("data", "message"), BAD)
def test_what_is_no_audit_is_refused(data: object, message: str, tmp_path: Path) -> None:
    """The line names the file and the JSON path, says what is wrong, and what to do."""
    path = tmp_path / "audit.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_audit(path)
    assert str(caught.value) == f"{path}: {message}"


_numbers = st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False)
_leaves = st.none() | st.booleans() | _numbers | st.text(max_size=8)
_junk = st.recursive(
    _leaves | st.sampled_from(["critical", " LOW ", "../x", "a.ts:3", "Multiple (a, b)", "A", ""]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)


@st.composite
def mutated(draw: st.DrawFn) -> Any:  # noqa: ANN401 - any JSON value
    """Return the sample audit with up to three of its values removed or replaced by anything."""
    data = copy.deepcopy(AUDIT)
    for _ in range(draw(st.integers(1, 3))):
        node: Any = data
        while node:
            step = draw(st.sampled_from(list(node) if isinstance(node, dict) else range(len(node))))
            if isinstance(node[step], dict | list) and draw(st.booleans()):
                node = node[step]
                continue
            if isinstance(node, dict) and draw(st.booleans()):
                del node[step]
            else:
                node[step] = draw(_junk)
            break
    return data


@settings(deadline=None)
@given(mutated() | _junk)
def test_any_audit_is_understood_or_refused_and_the_schema_agrees(data: Any) -> None:  # noqa: ANN401
    """No mutation fails otherwise than by a refusal; the published schema refuses the same ones."""
    found = list(audit_problems("a.json", data))
    assert SCHEMA.is_valid(data) == (not found)
    assert all(
        len(str(problem).encode()) <= 500 and str(problem).isprintable() for problem in found
    )
    try:
        audit = read(data)
    except InputError:
        assert found
        return
    assert found or len(audit.findings) == len(data["findings"])
    msgspec.json.decode(msgspec.json.encode(audit), type=Audit)
