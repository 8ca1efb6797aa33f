"""Fixtures that every part of the suite shares: throw-away git repositories."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

MakeRepository = Callable[[Mapping[str, str]], Path]


def git(root: Path, *arguments: str) -> str:
    """Run git as the fixture's own author and return what it prints."""
    identity = ["-c", "user.name=Ada Auditor", "-c", "user.email=ada@example.org"]
    done = subprocess.run(
        ["git", *identity, "-c", "init.defaultBranch=main", *arguments],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


@pytest.fixture
def make_repository(tmp_path: Path) -> MakeRepository:
    """Return a function that commits ``files`` (path to text) to a new repository."""

    def make(files: Mapping[str, str]) -> Path:
        root = tmp_path / f"repository-{len(list(tmp_path.iterdir()))}"
        for path, text in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        git(tmp_path, "init", "--quiet", str(root))
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--message", "first", "--date", "2026-01-05T10:00:00Z")
        return root

    return make
