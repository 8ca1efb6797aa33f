"""Comparing two audits from the command line: a table to read, to diff and to pipe."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mendbook import errors
from mendbook.cli import main

BEFORE = (
    ("A-1", "HIGH", "src/a.ts:10", "stays()", "it stays"),
    ("A-2", "LOW", "src/a.ts:30", "emigrates()", "it moves"),
    ("A-3", "LOW", "src/a.ts:40", "goes()", "it goes"),
)
AFTER = (
    ("B-1", "LOW", "src/b.ts:3", "emigrates()", "it moves"),
    ("A-1", "HIGH", "src/a.ts:10", "stays()", "it stays"),
    ("B-2", "CRITICAL", "src/a.ts:50", "comes()", "it\u202e comes\nlate"),
)


def written(path: Path, rows: tuple[tuple[str, ...], ...]) -> str:
    """Write an audit of ``rows``: id, severity, place, evidence and problem."""
    findings = [
        {
            "id": name,
            "severity": severity,
            "file": file,
            "evidence": code,
            "problem": said,
            "dimension": "Reliability",
            "function": "",
            "impact": "",
            "fix": "",
            "complexity": "1 hour",
        }
        for name, severity, file, code, said in rows
    ]
    path.write_text(json.dumps({"meta": {}, "findings": findings}))
    return str(path)


def mendbook(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command line in this process; return its exit code."""
    monkeypatch.setattr("sys.argv", ["mendbook", *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    return int(stopped.value.code or 0)


def test_two_audits_are_compared_in_a_plain_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Totals first, then each finding on one line; what moved or was renamed says from where."""
    before = written(tmp_path / "before.json", BEFORE)
    after = written(tmp_path / "after.json", AFTER)
    assert mendbook(monkeypatch, "compare", before, after) == 0
    assert capsys.readouterr().out == (
        "1 new, 1 fixed or no longer reported, 1 still there, 1 moved\n"
        "new          B-2        CRITICAL  src/a.ts:50               it⟨U+202E⟩ comes late\n"
        "moved        A-2 → B-1  LOW       src/a.ts:30 → src/b.ts:3  it moves\n"
        "still there  A-1        HIGH      src/a.ts:10               it stays\n"
        "fixed        A-3        LOW       src/a.ts:40               it goes\n"
    )


def test_an_audit_is_the_same_as_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two empty audits need no rows; one that cannot be read is refused with its own code."""
    empty = written(tmp_path / "empty.json", ())
    assert mendbook(monkeypatch, "compare", empty, empty) == 0
    assert capsys.readouterr().out == (
        "0 new, 0 fixed or no longer reported, 0 still there, 0 moved\n"
    )
    code = mendbook(monkeypatch, "compare", empty, str(tmp_path / "none.json"))
    assert code == errors.InputError.exit_code
