"""Earlier plans teach how long things take, where git shows that the work was done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import MakeRepository, git
from mendbook.effort import Case, read_cases
from mendbook.errors import InputError, RepositoryError
from mendbook.model import Dimension, Severity, Skipped


def written(folder: Path, commit: str) -> tuple[Path, Path]:
    """Write an earlier plan and its audit, and return where they are."""
    finding = {
        "severity": "LOW",
        "dimension": "Readability",
        "file": "src/a.ts",
        "function": "f",
        "problem": "p",
        "evidence": "e",
        "impact": "i",
        "fix": "f",
        "complexity": "Low",
    }
    audit = {
        "meta": {"timestamp": "2026-01-01T00:00:00Z", "commit": commit},
        "scores": {},
        "findings": [{"id": name, **finding} for name in ("done", "undone", "unsaid")],
    }
    plan = {
        "remediations": [
            {"issueId": "done", "hours": 0.5, "filesTouched": ["src/a.ts"]},
            {"issueId": "undone", "hours": 2, "filesTouched": ["src/b.ts"]},
            {"issueId": "unsaid", "filesTouched": ["src/a.ts"]},
            {"issueId": "extra", "hours": 1, "filesTouched": ["src/a.ts"]},
        ]
    }
    paths = folder / "remediation-1.json", folder / "audit-1.json"
    for path, document in zip(paths, (plan, audit), strict=True):
        path.write_text(json.dumps(document), "utf-8")
    return paths


def test_only_work_that_git_shows_becomes_a_case(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    """What was planned and never done is left out, with the reason."""
    root = make_repository({"src/a.ts": "one\n", "src/b.ts": "one\n"})
    audited = git(root, "rev-parse", "HEAD")
    (root / "src/a.ts").write_text("two\n")
    git(root, "commit", "--quiet", "--all", "--message", "do it")
    fixed = git(root, "rev-parse", "--short", "HEAD")
    cases, skipped = read_cases(*written(tmp_path, audited), root)
    source = f"remediation-1.json, files changed in {fixed}"
    assert cases == (Case("done", "Low", Severity.LOW, Dimension.READABILITY, 0.5, source),)
    assert skipped == (
        Skipped("undone", "git shows no change of its files after the audit"),
        Skipped("unsaid", "it says no hours"),
        Skipped("extra", "the audit has no such finding"),
    )


def test_without_a_repository_a_case_says_that_it_was_not_checked(tmp_path: Path) -> None:
    """The source tells apart what git has confirmed and what it has not."""
    cases, _ = read_cases(*written(tmp_path, "abc1234"))
    assert [case.source for case in cases] == ["remediation-1.json, not checked with git"] * 2


def test_an_unknown_commit_is_refused(make_repository: MakeRepository, tmp_path: Path) -> None:
    """Without the audit's commit nothing can be said about what came after it."""
    root = make_repository({"src/a.ts": "one\n"})
    with pytest.raises(RepositoryError, match="commit 'abc1234' is unknown"):
        read_cases(*written(tmp_path, "abc1234"), root)


def test_a_file_that_is_no_plan_is_refused(tmp_path: Path) -> None:
    """The message names the file and what it should have been."""
    plan, audit = written(tmp_path, "abc1234")
    plan.write_text("[]")
    with pytest.raises(InputError, match=r"remediation-1.json: \$.remediations: not a list"):
        read_cases(plan, audit)
