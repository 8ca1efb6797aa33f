"""A fleet's file says what is planned: globs, settings, teams, and each audit once."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.errors import PolicyError
from mendbook.fleet.order import Member, Settings, Team, read_order


def written(home: Path, text: str) -> Path:
    """Write a fleet's file beside three audits."""
    for name in ("mill", "bakery", "shop"):
        (home / name).mkdir(exist_ok=True)
        (home / name / "audit.json").write_text("{}")
    (home / "fleet.yaml").write_text(text)
    return home / "fleet.yaml"


def test_a_glob_names_each_of_its_audits_and_their_repositories(tmp_path: Path) -> None:
    """Relative to the file; own settings come before shared ones."""
    order = read_order(
        written(
            tmp_path,
            "settings: {capacity: 30, references: syntax}\n"
            "teams: {core: {hours: 12, owners: [ada@example.org]}}\n"
            "audits:\n"
            "  - {audit: '*/audit.json', repo: 'code/{folder}'}\n"
            "  - {audit: mill/audit.json, name: old mill, team: core, settings: {capacity: 8}}\n",
        )
    )
    shared = Settings(capacity=30, references="syntax")
    assert order.members == (
        *(
            Member(
                f"{name}-audit",
                f"{tmp_path}/{name}/audit.json",
                f"{tmp_path}/code/{name}",
                settings=shared,
            )
            for name in ("bakery", "mill", "shop")
        ),
        Member(
            "old-mill",
            f"{tmp_path}/mill/audit.json",
            "",
            "core",
            Settings(capacity=8, references="syntax"),
        ),
    )
    assert order.teams == {"core": Team(12, ("ada@example.org",))}
    assert order.capacity == 12


def test_an_audit_that_is_given_twice_is_planned_once_and_said(tmp_path: Path) -> None:
    """The same audit of another repository is another member, with a name of its own."""
    order = read_order(
        written(
            tmp_path,
            "audits:\n"
            "  - {audit: mill/audit.json, repo: code}\n"
            "  - {audit: 'm*/audit.json', repo: code}\n"
            "  - {audit: mill/audit.json, repo: other/code}\n",
        )
    )
    assert [Path(each.repo).relative_to(tmp_path).as_posix() for each in order.members] == [
        "code",
        "other/code",
    ]
    assert len({each.name for each in order.members}) == 2
    (note,) = order.notes
    assert note.reason == "it is given twice, and planned once"


def test_a_glob_without_an_audit_stands_for_itself(tmp_path: Path) -> None:
    """So that its row can say what is missing."""
    order = read_order(written(tmp_path, "audits: [{audit: 'none/*.json'}]\n"))
    assert [each.audit for each in order.members] == [f"{tmp_path}/none/*.json"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("audits: []\n", "$.audits"),
        ("audits: [{audit: a.json, repos: b}]\n", "did you mean 'repo'?"),
        ("audits: [{audit: a.json, team: cor}]\nteams: {core: {hours: 3}}\n", "mean 'core'?"),
        ("audits: [{audit: a.json, settings: {drafter: rm}}]\n", "'drafter' was unexpected"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_line(text: str, said: str, tmp_path: Path) -> None:
    """With its place, and what was probably meant."""
    with pytest.raises(PolicyError) as refused:
        read_order(written(tmp_path, text))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
