"""The repository that an audit is about is found where it lies, or where a person stands."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from conftest import MakeRepository
from mendbook.repository.around import repository_of

FILES = {"src/tide.py": "a = 1\n", "src/moon.py": "b = 1\n", "docs/audit.json": "{}\n"}


@pytest.mark.parametrize(
    ("lies", "stands", "named", "root", "said"),
    [
        ("repo/docs", "away", ["src/tide.py"], "repo", "the repository that the audit lies in"),
        ("repo/docs", "away", [], "repo", "the repository that the audit lies in"),
        ("repo/docs", "away", ["other.py"], "", "holds none of the files that it names"),
        (
            "away",
            "repo/src",
            ["src/tide.py", "src/sun.py"],
            "repo",
            "the repository you stand in, which holds 1 of the 2 files that the audit names",
        ),
        ("away", "repo", ["src"], "repo", "holds 1 of the 1 files"),
        ("away", "repo", ["src/tide.py", "a.py", "b.py"], "", "name one with --repo"),
        ("away", "repo", [], "", "name one with --repo"),
        ("away", "away", ["src/tide.py"], "", "the audit lies in none"),
        ("repo/docs", "away", ["/src/tide.py", ""], "repo", "that the audit lies in"),
    ],
)
def test_where_an_audit_lies_and_where_a_person_stands(
    make_repository: MakeRepository,
    tmp_path: Path,
    lies: str,
    stands: str,
    named: list[str],
    root: str,
    said: str,
) -> None:
    """Each choice is said in one line; a tree that does not hold the files is never taken."""
    made = make_repository(FILES)
    away = tmp_path / "away"
    away.mkdir()

    def place(name: str) -> Path:
        return away if name == "away" else made / name.removeprefix("repo").strip("/")

    found = repository_of(place(lies) / "audit.json", named, place(stands))
    assert found.root == (made if root else None)
    assert said in found.why
    assert "\n" not in found.why


def test_a_folder_that_is_not_there_is_no_repository(tmp_path: Path) -> None:
    """An audit that was mistyped is refused elsewhere; here it simply lies in nothing."""
    found = repository_of(tmp_path / "none/audit.json", ["a.py"], tmp_path)
    assert found.root is None
    assert os.linesep not in found.why
