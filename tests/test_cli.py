"""The command line refuses bad input in one line, with its exit code, and writes nothing."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from conftest import MakeRepository
from mendbook import errors
from mendbook.cli import main

FINDING = {
    "id": "A-1",
    "severity": "LOW",
    "dimension": "Readability",
    "file": "src/a.ts",
    "function": "a()",
    "problem": "a is long",
    "evidence": "a",
    "impact": "slow reading",
    "fix": "split a",
    "complexity": "1 hour",
}


def mendbook(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[int, str, str]:
    """Run the command line in this process and return exit code, output and errors."""
    monkeypatch.setattr("sys.argv", ["mendbook", *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    said = capsys.readouterr()
    return int(stopped.value.code or 0), said.out, said.err


def audit(path: Path, **changes: Any) -> Path:  # noqa: ANN401 - any JSON value
    """Write an audit of one finding, with ``changes`` at its top level."""
    path.write_text(json.dumps({"meta": {}, "findings": [FINDING], **changes}))
    return path


BAD: dict[str, bytes] = {
    "not JSON": b"findings: none",
    "empty": b"",
    "truncated": b'{"findings": [',
    "another alphabet": '{"findings": ["Отчёт"]}'.encode("cp1251"),
    "a key twice": b'{"findings": [], "findings": []}',
    "NaN": b'{"findings": [], "scores": {"total": NaN}}',
    "nested a million deep": b"[" * 1_000_000 + b"]" * 1_000_000,
    "no findings": b'{"meta": {}}',
    "a finding that says no problem": json.dumps(
        {"findings": [{k: v for k, v in FINDING.items() if k != "problem"}]}
    ).encode(),
    "findings that are none": b'{"findings": [3]}',
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_bad_audits_are_refused_in_one_line_and_nothing_is_written(
    content: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One line that names the file, the exit code of bad input, and an untouched folder."""
    path = tmp_path / "audit.json"
    path.write_bytes(content)
    out = tmp_path / "out"
    code, said, error = mendbook(monkeypatch, capsys, "plan", str(path), "--out", str(out))
    assert code == errors.InputError.exit_code
    assert said == ""
    assert "audit.json" in error
    assert error.count("\n") == 1
    assert len(error.encode()) <= 520
    assert not out.exists()


def test_a_missing_audit_and_a_folder_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be read is named."""
    for path in (tmp_path / "none.json", tmp_path):
        code, _, error = mendbook(monkeypatch, capsys, "plan", str(path))
        assert code == errors.InputError.exit_code
        assert str(path.name) in error


def test_a_repository_that_cannot_be_planned_on_is_refused(
    tmp_path: Path,
    make_repository: MakeRepository,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No git, and an unknown commit: one line each, the repository's exit code."""
    plain = tmp_path / "plain"
    plain.mkdir()
    path = audit(tmp_path / "audit.json", meta={"commit": "0123456"})
    for repo, said in ((plain, "plain"), (make_repository({"a.ts": "1\n"}), "0123456")):
        out = tmp_path / "out"
        code, _, error = mendbook(
            monkeypatch, capsys, "plan", str(path), "--repo", str(repo), "--out", str(out)
        )
        assert code == errors.RepositoryError.exit_code
        assert said in error
        assert error.strip().count("\n") == 0
        assert not out.exists()


@pytest.mark.parametrize("capacity", ["0", "-1", "nan"])
def test_a_capacity_that_holds_nothing_is_refused(
    capacity: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A sprint needs more than no hours."""
    path = audit(tmp_path / "audit.json")
    code, _, error = mendbook(monkeypatch, capsys, "plan", str(path), "--capacity", capacity)
    assert code == errors.UsageError.exit_code
    assert "more than 0 hours" in error


def test_validate_prints_each_problem_with_its_place_and_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every problem is one line: file, JSON path, what; a valid file is said to be valid."""
    good = audit(tmp_path / "good.json")
    bad = audit(tmp_path / "bad.json", findings=[{**FINDING, "problem": ""}])
    code, said, _ = mendbook(monkeypatch, capsys, "validate", str(good), str(bad))
    assert code == errors.InputError.exit_code
    lines = said.splitlines()
    assert lines[0] == f"{good}: valid"
    assert any("bad.json" in line and "findings[0].problem" in line for line in lines[1:])


def test_usage_errors_exit_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither an audit nor the sample, or an option that is not there."""
    assert mendbook(monkeypatch, capsys, "plan")[0] == 2
    assert mendbook(monkeypatch, capsys, "plan", "--sampel")[0] == 2


def test_the_version_is_the_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--version`` prints what is installed."""
    code, said, _ = mendbook(monkeypatch, capsys, "--version")
    assert (code, said) == (0, f"mendbook {version('mendbook')}\n")


def test_the_project_file_gives_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An option of ``mendbook.toml`` counts where the command line does not say otherwise."""
    monkeypatch.chdir(tmp_path)
    audit(tmp_path / "audit.json")
    (tmp_path / "mendbook.toml").write_text("capacity = 0\n")
    code, _, error = mendbook(monkeypatch, capsys, "plan", "audit.json")
    assert code == 2
    assert error == "mendbook: capacity 0.0: a sprint needs more than 0 hours\n"
    (tmp_path / "mendbook.toml").write_text("capacty = 3\n")
    code, _, error = mendbook(monkeypatch, capsys, "plan", "audit.json")
    assert code == 2
    assert "capacty: no such option; did you mean 'capacity'?" in error


def test_a_file_in_the_audited_repository_chooses_no_program(
    tmp_path: Path,
    make_repository: MakeRepository,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is audited is data: its ``mendbook.toml`` names no drafter and no gate."""
    repo = make_repository({"mendbook.toml": 'drafter = "touch owned"\n', "src/a.ts": "a;\n"})
    monkeypatch.chdir(repo / "src")
    (repo / "src/mendbook.toml").write_text('drafter = "touch owned"\n')
    path = audit(tmp_path / "audit.json")
    code, _, error = mendbook(monkeypatch, capsys, "plan", str(path), "--repo", "..")
    assert code == 2
    assert "drafter: a file in the audited repository does not choose what is run" in error


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--gates", "tets"], 2, "did you mean 'test'?"),
        (["--references", "sintax"], 2, "did you mean 'syntax'?"),
        (["--policy", "none.yaml"], 5, "none.yaml: cannot be read"),
        (["--out", "audit.json"], 8, "audit.json is no folder"),
    ],
)
def test_exit_codes_are_those_of_the_readme(
    arguments: list[str],
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """An unknown gate is wrong usage, a missing policy is a policy refused."""
    path = audit(tmp_path / "audit.json")
    monkeypatch.chdir(tmp_path)
    got, _, error = mendbook(monkeypatch, capsys, "plan", str(path), *arguments)
    assert got == code
    assert said in error
    assert error.count("\n") == 1
