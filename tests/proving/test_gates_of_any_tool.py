"""Gates are the target's own, whatever its tools: run, not run with the reason, or put right."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from mendbook.model import CheckKind, Citation, Rung, Skipped, TargetCheck
from mendbook.proving.gates import GATES, GateKeeper, GateRun, parse_gates
from mendbook.proving.installation import Packages
from mendbook.proving.scratch import Scratch
from mendbook.proving.toolchains import Ready, Toolchains

MODULE = {
    "go.mod": "module example.org/tide\n\ngo 1.22\n",
    "tide.go": "package tide\n\nfunc Level() int { return 1 }\n",
    "note.txt": "kept\n",
}
GO = """\
#!/bin/sh
case "$1" in
  vet) echo "./tide.go:3:1: unreachable code" >&2; exit 1;;
  test) echo "--- FAIL: TestLevel (0.00s)"; echo "FAIL"; exit 1;;
  build) EDIT;;
esac
"""


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of programs that stands before all others on the PATH."""
    folder = tmp_path / "tools"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


def program(folder: Path, name: str, text: str) -> None:
    """Write an executable."""
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)


def runs(tmp_path: Path, files: dict[str, str], gates: str = "") -> dict[Rung, GateRun]:
    """Run the gates on a tree of ``files``."""
    (tmp_path / "scratch").mkdir()
    scratch = Scratch(tmp_path / "scratch")
    tree = scratch.tree_of(files)
    cache = tmp_path / "cache"
    toolchains = Toolchains(Packages(cache, node=""), cache)
    keeper = GateKeeper(scratch, toolchains, cache, parse_gates(gates), seconds=20.0)
    return keeper.runs(tree)


def test_a_toolchain_that_is_not_here_is_a_reason(tmp_path: Path, tools: Path) -> None:
    """A Go module without Go is not run; that it has no lint is said as well."""
    found = runs(tmp_path, MODULE)
    missing = "go is not on the PATH; install it to run this gate"
    assert {rung: (run.code, run.reason) for rung, run in found.items()} == {
        Rung.TYPECHECKS: (None, missing),
        Rung.LINTS: (None, "nothing in the target says how it is checked by lint"),
        Rung.TESTS: (None, missing),
        Rung.BUILDS: (None, missing),
    }


def test_the_targets_own_tool_is_run_and_read(tmp_path: Path, tools: Path) -> None:
    """What go vet and go test say fails is named without lines and times."""
    program(tools, "go", GO.replace("EDIT", "exit 0"))
    found = runs(tmp_path, MODULE)
    assert (found[Rung.TYPECHECKS].code, found[Rung.TYPECHECKS].failures) == (
        1,
        ("./tide.go: unreachable code",),
    )
    assert (found[Rung.TESTS].code, found[Rung.TESTS].failures) == (1, ("TestLevel",))
    assert found[Rung.BUILDS].code == 0


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ("echo more >> note.txt", "note.txt edited"),
        ("rm tide.go", "tide.go deleted"),
        ("rm -rf ../tree/*", "go.mod deleted, note.txt deleted, tide.go deleted"),
        ("touch note.txt", ""),
        ("echo new > made.txt", ""),
    ],
)
def test_a_gate_that_changes_the_tree_is_no_pass(
    tmp_path: Path, tools: Path, edit: str, said: str
) -> None:
    """What it edits or deletes is put back for the next gate, and said; what it makes may stay."""
    program(tools, "go", GO.replace("EDIT", edit))
    run = runs(tmp_path, MODULE, "build")[Rung.BUILDS]
    expected = f"it changes files of the tree, which were put back: {said}" if said else ""
    assert (run.code, run.reason) == (None if said else 0, expected)


def test_the_next_gate_sees_the_tree_as_it_was(tmp_path: Path, tools: Path) -> None:
    """A test run that deletes a file does not make the build fail."""
    program(
        tools,
        "go",
        '#!/bin/sh\ncase "$1" in test) rm note.txt;; build) test -f note.txt;; esac\n',
    )
    found = runs(tmp_path, MODULE, "test,build")
    assert (found[Rung.TESTS].code, found[Rung.BUILDS].code) == (None, 0)


def test_a_daemon_that_leaves_its_session_ends_with_the_gate(tmp_path: Path, tools: Path) -> None:
    """A process that detaches, and even forgets its environment, does not outlive its gate."""
    beat = tmp_path / "beat"
    loop = f"while :; do date +%s%N > {beat}; sleep 0.05; done"
    program(
        tools,
        "go",
        f"#!/bin/sh\nsetsid sh -c '{loop}' >/dev/null 2>&1 &\n"
        f"setsid env -i sh -c '{loop}' >/dev/null 2>&1 &\nsleep 0.3\n",
    )
    assert runs(tmp_path, MODULE, "build")[Rung.BUILDS].code == 0
    last = beat.read_text()
    time.sleep(0.4)
    assert beat.read_text() == last


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (
            {"package.json": '{"scripts": {"test": "a"}}', "pnpm-lock.yaml": "a: b\n"},
            "pnpm is not on the PATH; install pnpm to run gates",
        ),
        (
            {"package.json": '{"scripts": {"test": "a"}}', "yarn.lock": "# yarn lockfile v1\n"},
            "yarn is not on the PATH; install yarn to run gates",
        ),
        (
            {"tox.ini": "[tox]\n", "a.py": "a = 1\n"},
            "tox makes environments of its own; only its person can vouch for them",
        ),
        ({"main.tf": "a\n"}, "nothing in the target says how it is checked by test"),
        ({"package.json": "{}"}, "package.json has no script called test"),
    ],
)
def test_what_cannot_be_run_here_is_not_run(
    tmp_path: Path, tools: Path, files: dict[str, str], reason: str
) -> None:
    """A missing manager, an environment of its own and no test at all are three reasons."""
    program(tools, "node", "#!/bin/sh\n")
    run = runs(tmp_path, files, "test")[Rung.TESTS]
    assert (run.code, run.reason) == (None, reason)


def test_a_manager_installs_what_is_locked_and_runs_no_scripts(tmp_path: Path, tools: Path) -> None:
    """Each manager is told to keep to its lock file and to leave packages' scripts alone."""
    said = tmp_path / "said"
    program(tools, "node", "#!/bin/sh\n")
    program(tools, "pnpm", f'#!/bin/sh\necho "$@" >> {said}\n')
    files = {"package.json": '{"scripts": {"test": "a"}}', "pnpm-lock.yaml": "a: b\n"}
    assert runs(tmp_path, files, "test")[Rung.TESTS].code == 0
    assert said.read_text().splitlines() == [
        "install --frozen-lockfile --ignore-scripts --prefer-offline",
        "run test",
    ]


def test_a_python_check_gets_an_environment_of_wheels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No package builds itself to be installed; the runner's own environment is not used."""
    asked: list[list[str]] = []

    def installed(command: list[str], *_: object, **__: object) -> object:
        asked.append(command)
        return subprocess.CompletedProcess(command, 0)

    class Done:
        code, stderr, reason = 0, b"", ""

    def bounded(command: list[str], *rest: object, **named: object) -> Done:
        installed(command)
        return Done()

    monkeypatch.setattr("mendbook.proving.toolchains.run_bounded", bounded)
    (tmp_path / "pyproject.toml").write_text(
        '[project]\ndependencies = ["attrs>=23"]\n'
        '[tool.poetry.dependencies]\npython = "^3.11"\n'
        'httpx = {version = "^0.27", extras = ["http2"]}\n'
    )
    check = TargetCheck(
        CheckKind.TEST, ("uv", "run", "pytest", "-q"), Citation("pyproject.toml", 1)
    )
    ready = Toolchains(Packages(tmp_path, node=""), tmp_path / "cache").provide(check, tmp_path)
    assert isinstance(ready, Ready)
    assert ready.command == ("pytest", "-q")
    assert asked[1][1:] == [
        *("-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("--only-binary", ":all:", "--no-input", "pytest", "attrs>=23", "httpx[http2]>=0.27"),
    ]


def test_an_environment_that_a_killed_run_left_half_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands there without all its packages is not used."""
    made: list[str] = []

    class Done:
        code, stderr, reason = 0, b"", ""

    def killed(*_: object, **__: object) -> Done:
        raise KeyboardInterrupt

    def bounded(command: list[str], *_: object, **__: object) -> Done:
        made.append(command[2])
        return Done()

    check = TargetCheck(CheckKind.TEST, ("pytest",), Citation("pytest.ini", 1))
    toolchains = Toolchains(Packages(tmp_path, node=""), tmp_path / "cache")
    monkeypatch.setattr("mendbook.proving.toolchains.run_bounded", killed)
    with pytest.raises(KeyboardInterrupt):
        toolchains.provide(check, tmp_path)
    monkeypatch.setattr("mendbook.proving.toolchains.run_bounded", bounded)
    assert isinstance(toolchains.provide(check, tmp_path), Ready)
    assert isinstance(toolchains.provide(check, tmp_path), Ready)
    assert made == ["venv", "pip"]


def test_packages_that_cannot_be_had_are_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test run without its packages would only say what this machine lacks."""

    class Failed:
        code, stderr, reason = 1, b"log\nERROR: No matching distribution found for tide\n", ""

    monkeypatch.setattr("mendbook.proving.toolchains.run_bounded", lambda *_, **__: Failed())
    check = TargetCheck(CheckKind.TEST, ("pytest",), Citation("pytest.ini", 1))
    found = Toolchains(Packages(tmp_path, node=""), tmp_path / "cache").provide(check, tmp_path)
    assert found == Skipped(
        "pip install",
        "its packages cannot be installed (ERROR: No matching distribution found for tide)",
    )


def test_the_four_gates_are_the_four_kinds() -> None:
    """Each gate is a kind of check that a target may have."""
    assert [gate.script for gate in GATES] == [kind.value for kind in CheckKind]
