"""Promises of the exact provider: it agrees with the table, and its absence is said."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from reference_cases import CASES, finding, written

from mendbook.code.references import find_references
from mendbook.code.references.compiler import (
    cache_folder,
    compiler_path,
    find_compiler,
    install_compiler,
)
from mendbook.code.references.scratch import write_project
from mendbook.errors import CollectError
from mendbook.model import Skipped
from mendbook.repository.snapshot import Snapshot

PROJECT = {
    "load.ts": "export function load() {}\n",
    "main.ts": 'import { load } from "./load.js";\nload();\n',
}
MADE = f'mkdir -p "{compiler_path(Path("$3")).parent}"; touch "{compiler_path(Path("$3"))}"'
"""What npm leaves in the folder that it is told to install into."""
LOAD = finding("F-1", ("load",), "load.ts")
needs_compiler = pytest.mark.skipif(
    find_compiler() is None, reason="the native TypeScript compiler is not there: make exact"
)


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point Mendbook's cache at an empty folder, and return the folder for the compiler."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    return cache_folder()


def install(path: Path, script: str) -> None:
    """Write an executable shell script to ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.mark.node
@needs_compiler
def test_the_compiler_agrees_with_the_table() -> None:
    """One session answers for every project of the table, with the same uses as by hand."""
    files = {
        f"case{number}/{path}": text
        for number, case in enumerate(CASES)
        for path, text in case.files.items()
    }
    findings = [
        finding(case.name, (case.symbol,), f"case{number}/{case.file}")
        for number, case in enumerate(CASES)
    ]
    found = find_references(findings, Snapshot.of(files), provider="exact")
    assert found.provider == "exact"
    assert found.not_run == ()
    listed = {
        name: tuple(written(one).partition("/")[2] for one in symbols[0].references)
        for name, symbols in found.by_finding.items()
    }
    assert listed == {case.name: case.uses for case in CASES}


@pytest.mark.node
@needs_compiler
def test_a_symbol_that_no_finding_names_is_answered_by_syntax_and_says_so() -> None:
    """The session ends with the findings; later questions name the provider that served them."""
    found = find_references([LOAD], Snapshot.of({**PROJECT, "b.ts": "export const b = 1;\n"}))
    assert found.by_finding["F-1"][0].provider == "exact"
    assert found.uses("load", "load.ts").provider == "exact"
    assert found.uses("b", "b.ts").provider == "syntax"


def test_without_a_compiler_syntax_serves_and_the_reason_is_kept(empty_cache: Path) -> None:
    """A missing compiler costs exactness, never callsites, and is never silent."""
    assert not empty_cache.exists()
    found = find_references([LOAD], Snapshot.of(PROJECT))
    assert found.provider == "syntax"
    assert found.not_run == (
        Skipped(
            "exact references",
            "TypeScript's native compiler is not installed; `make exact` installs it",
        ),
    )
    assert [written(one) for one in found.by_finding["F-1"][0].references] == [
        "main.ts:1 import — module",
        "main.ts:2 call — module",
    ]


def test_who_asks_for_syntax_is_not_told_of_the_compiler(empty_cache: Path) -> None:
    """Nothing was skipped when syntax is what was asked for."""
    assert not empty_cache.exists()
    assert find_references([LOAD], Snapshot.of(PROJECT), provider="syntax").not_run == ()


@pytest.mark.parametrize("script", ["exit 3", "echo 'Content-Length: 2'; echo; echo no"])
def test_a_compiler_that_dies_is_said_and_syntax_serves(
    empty_cache: Path, tmp_path: Path, script: str
) -> None:
    """A program that is no language server costs exactness only; the target's is found too."""
    assert not empty_cache.exists()
    install(compiler_path(tmp_path / "target"), script)
    found = find_references([LOAD], Snapshot.of(PROJECT), tmp_path / "target", "exact")
    assert found.provider == "syntax"
    assert len(found.by_finding["F-1"][0].references) == 2
    assert found.not_run[0].what == "exact references"
    assert found.not_run[0].reason.startswith("the native compiler failed (")


def test_the_scratch_project_is_one_and_stays_in_its_folder(tmp_path: Path) -> None:
    """Sources and aliases of all tsconfigs are in; a path that climbs out is not followed."""
    (tmp_path / "target/node_modules").mkdir(parents=True)
    files = {
        "tsconfig.json": '{"compilerOptions": {"strict": true, "outDir": "dist"}}',
        "app/tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
        "app/src/a.ts": "export {};\n",
        "app/notes.md": "",
        "../b.ts": "export {};\n",
    }
    folder = tmp_path / "scratch"
    folder.mkdir()
    write_project(Snapshot.of(files), folder, tmp_path / "target")
    assert not (tmp_path / "b.ts").exists()
    assert sorted(str(one.relative_to(folder)) for one in folder.rglob("*")) == [
        *("app", "app/src", "app/src/a.ts", "node_modules", "tsconfig.json"),
    ]
    assert json.loads((folder / "tsconfig.json").read_text()) == {
        "compilerOptions": {
            "strict": True,
            "noEmit": True,
            "skipLibCheck": True,
            "allowJs": False,
            "declaration": False,
            "declarationMap": False,
            "paths": {"@/*": ["./app/src/*"]},
        },
        "include": ["**/*"],
        "exclude": ["**/node_modules", "dist", "build", "coverage"],
        "typeAcquisition": {"enable": False},
    }


def test_the_compiler_of_the_cache_goes_before_the_targets(
    empty_cache: Path, tmp_path: Path
) -> None:
    """What the user installed is trusted before what the target brings along."""
    pnpm = tmp_path / "target/node_modules/.pnpm"
    name = compiler_path(tmp_path).parts[-3]
    install(compiler_path(pnpm / f"@typescript+{name}@7.0.2"), "")
    assert find_compiler() is None
    assert find_compiler(tmp_path / "target") == compiler_path(pnpm / f"@typescript+{name}@7.0.2")
    install(compiler_path(tmp_path / "target"), "")
    assert find_compiler(tmp_path / "target") == compiler_path(tmp_path / "target")
    install(compiler_path(empty_cache), "")
    assert find_compiler(tmp_path / "target") == compiler_path(empty_cache)


def test_installing_uses_npm_without_scripts_and_into_the_cache(
    empty_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``make exact`` runs npm once, never a package's scripts, and returns the compiler."""
    install(tmp_path / "bin/npm", f'echo "$@" > asked; {MADE}')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    assert install_compiler() == compiler_path(empty_cache)
    asked = (empty_cache / "asked").read_text().split()
    assert [*asked[:2], *asked[3:]] == [
        *("install", "--prefix", "--ignore-scripts", "--no-audit", "--no-fund"),
        *("--", "typescript@7"),
    ]


@pytest.mark.parametrize("before", [False, True])
def test_an_installation_that_is_killed_leaves_nothing_half(
    empty_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, before: bool
) -> None:
    """The compiler that was there stays; what was under way is under no final name."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    if before:
        install(tmp_path / "bin/npm", MADE)
        install_compiler()
    install(tmp_path / "bin/npm", f"{MADE}; kill -KILL $PPID")
    code = "from mendbook.code.references.compiler import install_compiler; install_compiler()"
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == -signal.SIGKILL
    assert find_compiler() == (compiler_path(empty_cache) if before else None)
    install(tmp_path / "bin/npm", MADE)
    assert install_compiler().is_file()


@pytest.mark.parametrize("script", ["echo 'no such platform' >&2; exit 1", "exit 0"])
def test_an_npm_that_brings_no_compiler_is_refused(
    empty_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    """Neither npm's refusal nor an empty package passes for an installed compiler."""
    install(tmp_path / "bin/npm", script)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    with pytest.raises(CollectError, match=r"npm install typescript@7 gave no compiler"):
        install_compiler()
    assert find_compiler() is None


def test_a_machine_without_npm_is_told_what_to_do(
    empty_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names npm and asks for Node.js."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CollectError, match=r"npm could not install .*Node\.js"):
        install_compiler()
    assert not empty_cache.exists()
