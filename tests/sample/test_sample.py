"""The built-in sample: its history is the same everywhere, and its audit tells the truth."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from mendbook import project, sample
from mendbook.errors import InputError
from mendbook.model import DIMENSION_WEIGHTS, Severity
from mendbook.repository import git

SERVER = project.data() / "sample/server"
AUDIT: dict[str, Any] = json.loads(sample.sample_inputs().audit.read_bytes())
FINDINGS: list[dict[str, Any]] = AUDIT["findings"]
PARAPHRASED = {"ARCH-003", "CQ-001"}
UNREACHABLE = re.compile(r"npm error code (ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|ENOTCACHED)")
NOT_OURS = {"node_modules", "dist", "coverage", ".git", ".env"}


def head(repository: Path) -> str:
    """Return the hash that HEAD stands on."""
    return git.output(repository, "rev-parse", "HEAD").decode().strip()


def test_commit_is_the_one_that_the_audit_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last commit is the audit's, whatever the user's git configuration and umask say."""
    config = tmp_path / "gitconfig"
    config.write_text(
        "[user]\nname = Somebody\nemail = else@example.org\n[core]\nautocrlf = true\n"
        "[init]\ndefaultBranch = trunk\ndefaultObjectFormat = sha256\n"
    )
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    config.rename(tmp_path / ".gitconfig")
    before = os.umask(0o077)
    try:
        repository = sample.materialise_sample(tmp_path / "server")
    finally:
        os.umask(before)
    assert head(repository) == AUDIT["meta"]["commit"]
    assert git.output(repository, "symbolic-ref", "--short", "HEAD").decode().strip() == "main"
    assert git.output(repository, "status", "--porcelain") == b""


def test_materialised_tree_is_the_server_folder(tmp_path: Path) -> None:
    """The repository holds every file of the server's folder, byte for byte, and no other."""
    repository = sample.materialise_sample(tmp_path / "server")
    names = git.output(repository, "ls-files", "-z").decode().split("\0")[:-1]
    kept = {
        path.relative_to(SERVER).as_posix()
        for path in SERVER.rglob("*")
        if path.is_file() and not NOT_OURS & set(path.relative_to(SERVER).parts)
    }
    assert set(names) == kept
    for name in names:
        assert git.output(repository, "cat-file", "blob", f"HEAD:{name}") == (
            (SERVER / name).read_bytes().replace(b"\r\n", b"\n")
        )


def test_second_time_leaves_the_repository_alone(tmp_path: Path) -> None:
    """A sample that is there already is used as it is, with what its user did to it."""
    first = sample.materialise_sample(tmp_path / "server")
    (first / "README.md").write_text("mine\n")
    assert sample.materialise_sample(tmp_path / "server") == first
    assert (first / "README.md").read_text() == "mine\n"


def test_taken_name_is_not_overwritten(tmp_path: Path) -> None:
    """Where something else has the name, the sample goes beside it and nothing is left over."""
    (tmp_path / "server").mkdir()
    (tmp_path / "server/notes.txt").write_text("keep me\n")
    repository = sample.materialise_sample(tmp_path / "server")
    assert repository.name == f"server-{AUDIT['meta']['commit'][:12]}"
    assert (tmp_path / "server/notes.txt").read_text() == "keep me\n"
    assert {path.name for path in tmp_path.iterdir()} == {"server", repository.name}


def test_without_its_files_the_message_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the sample's files are not there, one line says where they were looked for."""
    monkeypatch.setattr(project, "data", lambda: tmp_path)
    with pytest.raises(InputError) as refused:
        sample.materialise_sample(tmp_path / "server")
    assert str(refused.value) == (
        f"{tmp_path / 'sample'}: the sample is not there; install Mendbook again"
    )
    assert not (tmp_path / "server").exists()


def test_history_has_several_owners(tmp_path: Path) -> None:
    """Four people share the history, and some files changed more often than others."""
    repository = sample.materialise_sample(tmp_path / "server")
    authors = Counter(git.output(repository, "log", "--format=%an").decode().splitlines())
    touched = Counter(git.output(repository, "log", "--format=", "--name-only").decode().split())
    assert set(authors) == {"Mara Lindqvist", "Tomás Ferreira", "Priya Raman", "Jonas Weber"}
    assert touched["src/domains/gift/gift.buffer.ts"] == 4
    assert touched["src/domains/seat/seat.handler.ts"] == 1


def test_audit_covers_every_severity_and_dimension() -> None:
    """More than twenty findings, of every severity, in all six dimensions, under unique ids."""
    assert 22 <= len(FINDINGS) <= 28
    assert len({finding["id"] for finding in FINDINGS}) == len(FINDINGS)
    assert {finding["severity"].upper() for finding in FINDINGS} == {s.value for s in Severity}
    assert {dimension.value for dimension in DIMENSION_WEIGHTS} <= {
        finding["dimension"] for finding in FINDINGS
    }


def test_scores_stay_within_their_weights_and_add_up() -> None:
    """No score is above its dimension's weight, and the total is their sum."""
    scores = dict(AUDIT["scores"])
    total = scores.pop("total")
    names = ["performance", "architecture", "realtime", "codeQuality", "security", "readability"]
    weights = dict(zip(names, DIMENSION_WEIGHTS.values(), strict=True))
    assert list(scores) == names
    assert all(0 <= scores[name] <= weights[name] for name in names)
    assert sum(scores.values()) == total


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: str(finding["id"]))
def test_evidence_is_in_the_code(finding: dict[str, Any]) -> None:
    """Quoted evidence stands exactly once in the file named, at the line where one is given."""
    path, _, lines = finding["file"].partition(":")
    if finding["id"] in PARAPHRASED:
        assert finding["evidence"] not in "".join(
            p.read_text() for p in SERVER.rglob("src/**/*.ts")
        )
        return
    text = (SERVER / path).read_text(encoding="utf-8")
    assert text.count(finding["evidence"]) == 1
    if lines:
        first = int(lines.split("-")[0])
        assert text[: text.index(finding["evidence"])].count("\n") + 1 == first


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: str(finding["id"]))
def test_named_code_exists(finding: dict[str, Any]) -> None:
    """Functions, docs and the absence of what is called missing are as the audit says."""
    path = finding["file"].partition(":")[0]
    if path.endswith(" (missing)"):
        assert not (SERVER / path.removesuffix(" (missing)")).exists()
        return
    docs = finding["docsPath"]
    assert docs is None or docs.startswith("https://") or (SERVER / docs).is_file()
    prose = {"N/A", "barrel export"}
    named = re.findall(r"[A-Za-z]\w+(?:\.\w+)*", finding["function"].split(" (")[0])
    if finding["function"] not in prose and named != ["Multiple"]:
        assert named[-1].rpartition(".")[2] in (SERVER / path).read_text(encoding="utf-8")


def test_lock_file_knows_only_the_public_registry() -> None:
    """Every package of the lock file comes from registry.npmjs.org, with its hash."""
    packages: dict[str, dict[str, Any]] = json.loads((SERVER / "package-lock.json").read_bytes())[
        "packages"
    ]
    for name, package in packages.items():
        if name:
            assert package["resolved"].startswith("https://registry.npmjs.org/"), name
            assert package["integrity"].startswith("sha512-"), name


def test_cpu_profile_is_whole_and_names_no_machine() -> None:
    """Every sample and child of the profile is a node of it, and its files are the server's."""
    path = next(path for path in sample.sample_inputs().profiles if path.suffix == ".cpuprofile")
    profile: dict[str, Any] = json.loads(path.read_bytes())
    nodes = {node["id"]: node for node in profile["nodes"]}
    assert len(profile["samples"]) == len(profile["timeDeltas"]) > 2000
    assert set(profile["samples"]) <= set(nodes)
    assert {child for node in nodes.values() for child in node.get("children", ())} <= set(nodes)
    urls = {node["callFrame"]["url"] for node in nodes.values()}
    prefix = "file:///srv/audio-server/"
    assert {url for url in urls if url.startswith(("/", "file:"))} == {
        url for url in urls if url.startswith(prefix)
    }
    ours = {url.removeprefix(prefix) for url in urls if url.startswith(prefix + "src/")}
    assert "src/domains/gift/gift.buffer.ts" in ours
    assert all((SERVER / name).is_file() for name in ours)


def test_load_test_is_what_autocannon_says() -> None:
    """The load test's result is autocannon's own JSON of a run without errors on /health."""
    path = next(path for path in sample.sample_inputs().profiles if path.suffix == ".json")
    result: dict[str, Any] = json.loads(path.read_bytes())
    assert result["url"].endswith("/health")
    assert result["errors"] == result["non2xx"] == 0
    assert result["requests"]["total"] == result["2xx"] > 0
    assert result["latency"]["p50"] <= result["latency"]["p99"]


@pytest.mark.node
@pytest.mark.skipif(not shutil.which("npm"), reason="npm is not installed")
def test_server_passes_its_own_gates(tmp_path: Path) -> None:
    """The sample installs from its lock file and passes typecheck, lint, test and build."""
    repository = sample.materialise_sample(tmp_path / "server")
    install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
    gates = [["npm", "run", gate] for gate in ("typecheck", "lint", "test", "build")]
    for command in (install, *gates):
        done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
        if command is install and UNREACHABLE.search(done.stderr):
            pytest.skip("the npm registry cannot be reached")
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    assert git.output(repository, "status", "--porcelain") == b""
