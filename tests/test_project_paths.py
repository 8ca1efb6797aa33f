"""Where Mendbook writes unless told otherwise: where one stands, and never in what is audited."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook import project
from mendbook.project import Desk, desk


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the user's data."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data/mendbook"


def repository(folder: Path) -> Path:
    """Make a folder that looks like the work tree of a repository."""
    (folder / ".git").mkdir(parents=True)
    (folder / "src/deep").mkdir(parents=True)
    return folder


def test_runs_and_decisions_stand_where_one_stands(tmp_path: Path) -> None:
    """Anywhere but in the audited repository."""
    audited = repository(tmp_path / "server")
    wanted = Desk(tmp_path / "reports", tmp_path / "overrides")
    assert desk(tmp_path) == desk(tmp_path, audited) == wanted


@pytest.mark.parametrize("standing", ["", "src/deep"])
@pytest.mark.parametrize("named", ["", "src"])
def test_the_audited_repository_is_no_desk(
    standing: str, named: str, tmp_path: Path, shelf: Path
) -> None:
    """Standing anywhere in it, however it is named, runs go to a folder of the user's data."""
    audited = repository(tmp_path / "server")
    found = desk(audited / standing, audited / named)
    assert found == Desk(shelf / "reports/server", shelf / "overrides")


def test_a_checkout_keeps_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Anywhere in it: its reports/, and decisions beside its data."""
    monkeypatch.setenv("MENDBOOK_HOME", str(tmp_path))
    wanted = Desk(tmp_path / "reports", tmp_path / "data/overrides")
    assert desk(tmp_path) == desk(tmp_path / "notebooks") == wanted


def test_a_wheel_carries_its_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without a checkout around the package, data and notebooks stand inside it."""
    monkeypatch.delenv("MENDBOOK_HOME", raising=False)
    monkeypatch.setattr(project, "PACKAGE", tmp_path / "site-packages/mendbook")
    assert project.checkout() is None
    assert project.data() == tmp_path / "site-packages/mendbook/data"
    assert project.notebooks() == tmp_path / "site-packages/mendbook/data/notebooks"
