"""Verification: gates against a baseline, merge order and rollback, on a real small repository."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from mendbook.model import (
    Check,
    CheckStatus,
    Dependency,
    Dimension,
    Finding,
    Patch,
    Priority,
    Proposal,
    Proposed,
    PullRequest,
    Rung,
    Severity,
)
from mendbook.proving.gates import GATES, Gate, parse_gates
from mendbook.proving.verified import ProvenDependency, Verified
from mendbook.proving.verify import verify
from mendbook.repository.snapshot import Snapshot
from mendbook.series.stack import build_series

needs_node = pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not on the PATH")

CHECK = """\
// A line of src/*.txt may be BAD <gate> <name>, HAS <name>, or NEEDS <name>, which tests want.
const fs = require("node:fs");
const gate = process.argv[2];
const lines = fs.readdirSync("src").flatMap((file) =>
  fs.readFileSync(`src/${file}`, "utf8").split("\\n").map((line) => [file, ...line.split(" ")]));
const has = new Set(lines.filter((line) => line[1] === "HAS").map((line) => line[2]));
const failed = lines.filter(([, word, what]) =>
  (word === "BAD" && what === gate) || (word === "NEEDS" && gate === "test" && !has.has(what)));
for (const [file, word, what, name] of failed) console.log(` FAIL  ${file} > ${name ?? what}`);
if (process.env.API_TOKEN) { console.log("sees the user's secrets"); process.exit(3); }
if (gate === "flaky" && !fs.existsSync("seen")) {
  fs.writeFileSync("seen", "");
  process.exit(1);
}
if (gate === "hang") setInterval(() => {}, 1000);
else process.exit(failed.length ? 1 : 0);
"""
SCRIPTS = {
    **{gate.script: f"node check.cjs {gate.script}" for gate in GATES},
    "hang": "node check.cjs hang",
    "flaky": "node check.cjs flaky",
}
LOCK = {"name": "s", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "s"}}}
FILES = {
    "package.json": json.dumps({"name": "s", "version": "1.0.0", "scripts": SCRIPTS}),
    "package-lock.json": json.dumps(LOCK),
    "check.cjs": CHECK,
    "src/a.txt": "\n".join(f"a{number}" for number in range(1, 20)) + "\n",
    "src/b.txt": "b1\nb2\nBAD test old\n",
}


def repository(root: Path) -> str:
    """Make the repository, and return its commit."""
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    git = ["git", "-c", "user.name=a", "-c", "user.email=b@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *command], cwd=root, check=True)
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, check=True, capture_output=True)
    return done.stdout.decode().strip()


def finding(name: str) -> Finding:
    """Return a finding called ``name``."""
    return Finding(
        name, Severity.LOW, Dimension.OTHER, "src/a.txt", "", "A problem.", "", "", "", ""
    )


def request(number: int, *names: str, after: tuple[int, ...] = ()) -> PullRequest:
    """Return a PR of the findings called ``names``."""
    depends = tuple(Dependency(each, "planned") for each in after)
    return PullRequest(number, "fix: x", names, (), depends, 1, 1, 1, Priority.P2, 1.0, "team")


def change(name: str, path: str, old: str, new: str) -> Proposed:
    """Return a proposal that replaces ``old`` by ``new`` in ``path``."""
    text = FILES[path]
    assert old in text
    edits: dict[str, str | None] = {path: text.replace(old, new, 1)}
    return Proposed(name, Proposal(name, "curated", f"Change {path}", edits))


def stack(requests: list[PullRequest], *answers: Proposed) -> tuple[Patch, ...]:
    """Return the series of ``answers``."""
    findings = [finding(answer.finding_id) for answer in answers]
    return build_series(requests, findings, (), answers, Snapshot.of(FILES))


def verified(
    tmp_path: Path, requests: list[PullRequest], gates: str, *answers: Proposed
) -> Verified:
    """Verify the series of ``answers`` on a new repository."""
    root = tmp_path / "target"
    root.mkdir()
    commit = repository(root)
    return verify(
        stack(requests, *answers),
        requests,
        root,
        commit,
        tmp_path / "cache",
        gates=parse_gates(gates),
        jobs=2,
    )


def statuses(checks: tuple[Check, ...]) -> dict[str, str]:
    """Return each check's status by its name."""
    return {check.name: check.status.value for check in checks}


@needs_node
@pytest.mark.node
def test_what_failed_before_is_not_held_against_a_patch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All gates pass against a red baseline; the second verification reads them from the cache."""
    monkeypatch.setenv("API_TOKEN", "a-secret-no-gate-may-see")
    requests = [request(1, "A-1")]
    said: list[str] = []
    result = verified(tmp_path, requests, "", change("A-1", "src/a.txt", "a3", "three"))
    assert statuses(result.baseline) == {
        "typechecks": "pass",
        "lints": "pass",
        "tests": "fail",
        "builds": "pass",
    }
    (patch,) = result.patches
    assert patch.rung is Rung.BUILDS
    assert list(statuses(patch.checks)) == [
        *("applies", "parses", "binds", "reverts", "typechecks", "lints", "tests", "builds")
    ]
    assert statuses(result.pull_requests[0].checks) == {
        **dict.fromkeys(("typechecks", "lints", "tests", "builds", "commutes", "reverts"), "pass")
    }
    assert result.series.status is CheckStatus.PASS
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=tmp_path / "target", check=True, capture_output=True
    )
    shutil.rmtree(tmp_path / "cache" / "npm")
    again = verify(
        stack(requests, change("A-1", "src/a.txt", "a3", "three")),
        requests,
        tmp_path / "target",
        commit.stdout.decode().strip(),
        tmp_path / "cache",
        progress=said.append,
    )
    assert again == result
    assert not (tmp_path / "cache" / "npm").exists()
    assert said[-1].startswith("gates: 2 of 2 trees")


@needs_node
@pytest.mark.node
def test_a_gate_that_never_ends_is_waited_for_once(tmp_path: Path) -> None:
    """It is not run on any patched tree, and each check says why; other gates are."""
    root = tmp_path / "target"
    root.mkdir()
    commit = repository(root)
    requests = [request(1, "A-1"), request(2, "A-2")]
    changes = change("A-1", "src/a.txt", "a3", "three"), change("A-2", "src/b.txt", "b1", "one")
    result = verify(
        stack(requests, *changes),
        requests,
        root,
        commit,
        tmp_path / "cache",
        gates=parse_gates("lint,test=hang"),
        seconds=6.0,
    )
    late = "it ran longer than 6 s and was stopped"
    said = [(check.name, check.status.value, check.detail) for check in result.baseline]
    assert said == [("lints", "pass", ""), ("tests", "not run", late)]
    for patch in result.patches:
        (tests,) = [check for check in patch.checks if check.name == "tests"]
        assert (tests.status, tests.detail) == (
            CheckStatus.NOT_RUN,
            f"on the untouched tree {late}",
        )
        assert statuses(patch.checks)["lints"] == "pass"


@needs_node
@pytest.mark.node
def test_the_patch_that_breaks_a_gate_is_blamed(tmp_path: Path) -> None:
    """In a PR of two patches only the one that brings a failure fails, by the failure's name."""
    result = verified(
        tmp_path,
        [request(1, "A-1", "B-1")],
        "typecheck,test",
        change("A-1", "src/a.txt", "a3", "three"),
        change("B-1", "src/b.txt", "b1\n", "BAD test fresh\n"),
    )
    good, bad = result.patches
    assert (good.rung, bad.rung) == (Rung.TYPECHECKS, Rung.TYPECHECKS)
    assert statuses(good.checks[4:]) == {"typechecks": "pass", "tests": "pass"}
    assert bad.checks[-1].status is CheckStatus.FAIL
    assert bad.checks[-1].detail == "b.txt > fresh"


@needs_node
@pytest.mark.node
def test_merge_order_is_proven_and_what_does_not_hold_becomes_a_dependency(
    tmp_path: Path,
) -> None:
    """PRs that need or disturb each other get dependencies with reasons; strangers get none."""
    requests = [request(1, "A-1"), request(2, "B-1"), request(3, "C-1"), request(4, "D-1")]
    first = change("A-1", "src/a.txt", "a3\n", "HAS thing\n")
    second = change("B-1", "src/b.txt", "b1\n", "NEEDS thing\n")
    third = change("C-1", "src/a.txt", "a10\n", "ten\n")
    text = FILES["src/a.txt"].replace("a3\n", "HAS thing\nmore\n")
    fourth = Proposed("D-1", Proposal("D-1", "curated", "Add", {"src/a.txt": text}))
    root = tmp_path / "target"
    root.mkdir()
    commit = repository(root)
    patches = stack(requests[:3], first, second, third)
    tree = Snapshot.of({**FILES, "src/a.txt": FILES["src/a.txt"].replace("a3\n", "HAS thing\n")})
    (last,) = build_series([requests[3]], [finding("D-1")], (), [fourth], tree)
    result = verify(
        (*patches, last),
        requests,
        root,
        commit,
        tmp_path / "cache",
        gates=(Gate(Rung.TESTS, "test"),),
    )
    assert result.dependencies == (
        ProvenDependency(2, Dependency(1, "proven: tests fails without PR 1")),
        ProvenDependency(4, Dependency(1, "proven: does not apply without PR 1")),
    )
    assert [[each.on for each in pr.depends_on] for pr in result.pull_requests] == [
        *([], [1], [], [1])
    ]
    assert [statuses(pr.checks) for pr in result.pull_requests] == [
        {"tests": "pass", "commutes": "pass", "reverts": "pass"},
        {"tests": "pass", "commutes": "pass", "reverts": "pass"},
        {"tests": "pass", "commutes": "pass", "reverts": "pass"},
        {"tests": "pass", "commutes": "fail", "reverts": "pass"},
    ]
    assert result.series.status is CheckStatus.PASS


@needs_node
@pytest.mark.node
def test_a_gate_that_hangs_or_is_missing_is_not_run_and_a_flaky_one_is_repeated(
    tmp_path: Path,
) -> None:
    """A limit passed and a missing script are not run; a gate that passes when repeated says so."""
    root = tmp_path / "target"
    root.mkdir()
    commit = repository(root)
    requests = [request(1, "A-1")]
    result = verify(
        stack(requests, change("A-1", "src/a.txt", "a3", "three")),
        requests,
        root,
        commit,
        tmp_path / "cache",
        gates=(
            Gate(Rung.TYPECHECKS, "hang"),
            Gate(Rung.LINTS, "nothing"),
            Gate(Rung.TESTS, "flaky"),
        ),
        seconds=3.0,
    )
    (patch,) = result.patches
    assert patch.rung is Rung.BINDS
    assert [(check.status.value, check.detail) for check in patch.checks[4:]] == [
        ("not run", "on the untouched tree it ran longer than 3 s and was stopped"),
        ("not run", "package.json has no script called nothing"),
        ("pass", "it failed once and passed when repeated"),
    ]


def test_without_node_the_order_is_still_proven(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine without Node.js gates are not run, and say so; order and rollback are proven."""
    git = shutil.which("git")
    assert git is not None
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").symlink_to(git)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    result = verified(tmp_path, [request(1, "A-1")], "", change("A-1", "src/a.txt", "a3", "three"))
    assert {check.detail for check in result.baseline} == {
        "node and npm are not on the PATH; install Node.js to run gates"
    }
    assert result.patches[0].rung is Rung.BINDS
    assert statuses(result.pull_requests[0].checks) == {
        **dict.fromkeys(("typechecks", "lints", "tests", "builds"), "not run"),
        **dict.fromkeys(("commutes", "reverts"), "pass"),
    }


def test_the_users_repository_is_not_touched(tmp_path: Path) -> None:
    """Objects, refs, index and work tree of the target are the same files after a verification."""
    root = tmp_path / "target"
    root.mkdir()
    commit = repository(root)
    (root / "src" / "a.txt").write_text("dirty\n")
    before = _files(root)
    requests = [request(1, "A-1")]
    patches = stack(requests, change("A-1", "src/a.txt", "a3", "three"))
    result = verify(patches, requests, root, commit, tmp_path / "cache", gates=())
    assert result.series.status is CheckStatus.PASS
    assert _files(root) == before


def _files(root: Path) -> dict[str, tuple[bytes, int]]:
    """Return contents and modification times of every file below ``root``."""
    return {
        path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file()
    }
