"""The context table: every row from the repository's own files, with the place it was read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import MakeRepository, git
from mendbook.model import Context
from mendbook.repository import detect_context, open_target
from mendbook.repository.context import CI_PROVIDERS, STACK
from mendbook.repository.manifest import LOCK_FILES

PACKAGE = """{
  "name": "server",
  "type": "module",
  "engines": { "node": ">=22.0.0" },
  "dependencies": {
    "@socket.io/redis-adapter": "^8.3.0",
    "fastify": "^5.0.0",
    "ioredis": "^5.4.1",
    "mediasoup": "3.15.0",
    "prom-client": "^15.1.0",
    "socket.io": "^4.8.1"
  },
  "devDependencies": {
    "tsup": "^8.3.0",
    "vitest": "^3.2.4"
  }
}
"""
VERSIONS = {
    "@socket.io/redis-adapter": "8.3.0",
    "fastify": "5.6.2",
    "ioredis": "5.8.2",
    "mediasoup": "3.15.0",
    "prom-client": "15.1.3",
    "socket.io": "4.8.1",
    "tsup": "8.5.1",
    "vitest": "3.2.4",
}
NPM = json.dumps(
    {
        "lockfileVersion": 3,
        "packages": {
            "": {"name": "server"},
            **{f"node_modules/{name}": {"version": version} for name, version in VERSIONS.items()},
            "node_modules/tsup/node_modules/fastify": {"version": "1.0.0"},
        },
    }
)


@pytest.fixture(autouse=True)
def node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a Node of a known version first on PATH."""
    program = tmp_path / "bin/node"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho v22.11.0\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


def detect(make_repository: MakeRepository, files: Mapping[str, str]) -> Context:
    """Return the context of a repository that holds ``files``."""
    return detect_context(open_target(make_repository(files)))


def test_the_whole_table(make_repository: MakeRepository) -> None:
    """Every row of the context table is there, in its order, with value and source."""
    files = {
        "package.json": PACKAGE,
        "package-lock.json": NPM,
        ".github/workflows/ci.yml": "on: push\n",
        ".github/workflows/deploy.yaml": "on: push\n",
    }
    root = make_repository(files)
    context = detect_context(open_target(root))
    head = git(root, "rev-parse", "HEAD")
    assert [(fact.name, fact.value, fact.source) for fact in context.facts] == [
        ("Repo Root", str(root), "git"),
        ("Branch", "main", "git"),
        ("Commit", head[:7], "git"),
        ("Node Version", "v22.11.0 (requires >=22.0.0)", "package.json:4"),
        ("Package Manager", "npm (package-lock.json present)", "package-lock.json"),
        ("Runtime", "Node.js ESM (type: module)", "package.json:3"),
        ("HTTP Framework", "Fastify 5.6.2", "package.json:7"),
        (
            "Realtime Stack",
            "Socket.io 4.8.1 + @socket.io/redis-adapter 8.3.0",
            "package.json:11, package.json:6",
        ),
        ("Media Stack", "Mediasoup 3.15.0", "package.json:9"),
        ("Redis Client", "ioredis 5.8.2", "package.json:8"),
        ("Metrics", "prom-client 15.1.3", "package.json:10"),
        ("Test Framework", "Vitest 3.2.4", "package.json:15"),
        ("Build Tool", "tsup 8.5.1", "package.json:14"),
        (
            "CI Provider",
            "GitHub Actions",
            ".github/workflows/ci.yml, .github/workflows/deploy.yaml",
        ),
    ]
    assert (context.commit, context.head, context.branch) == (head, head, "main")
    assert context.warnings == ()


PNPM = """lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      fastify: {specifier: ^5.0.0, version: 5.6.2}
      socket.io:
        specifier: ^4.8.1
        version: 4.8.1(supports-color@8.1.1)
"""
YARN = """# yarn lockfile v1

fastify@^5.0.0, fastify@^5.1.0:
  version "5.6.2"
  resolved "https://registry.yarnpkg.com/fastify"

"@socket.io/redis-adapter@^8.3.0":
  version "8.3.0"

socket.io@^4.8.1:
  version "4.8.1"
"""
BERRY = """__metadata:
  version: 8

"fastify@npm:^5.0.0":
  version: 5.6.2
  resolution: "fastify@npm:5.6.2"

"socket.io@npm:^4.8.1":
  version: 4.8.1
"""
BUN = """{
  "lockfileVersion": 1,
  "packages": {
    "fastify": ["fastify@5.6.2", "", {}, "sha512-x"],
    "socket.io": ["socket.io@4.8.1", "", {}, "sha512-y"],
  }
}
"""
NPM_1 = json.dumps(
    {"dependencies": {name: {"version": version} for name, version in VERSIONS.items()}}
)


@pytest.mark.parametrize(
    ("path", "text", "manager"),
    [
        ("package-lock.json", NPM, "npm"),
        ("npm-shrinkwrap.json", NPM_1, "npm"),
        ("pnpm-lock.yaml", PNPM, "pnpm"),
        ("yarn.lock", YARN, "yarn"),
        ("yarn.lock", BERRY, "yarn"),
        ("bun.lock", BUN, "bun"),
    ],
)
def test_every_lock_file_names_its_manager_and_versions(
    make_repository: MakeRepository, path: str, text: str, manager: str
) -> None:
    """The package manager comes from the lock file, and so do the exact versions."""
    context = detect(make_repository, {"package.json": PACKAGE, path: text})
    assert context.value("Package Manager") == f"{manager} ({path} present)"
    assert context.value("HTTP Framework") == "Fastify 5.6.2"
    assert context.value("Realtime Stack").startswith("Socket.io 4.8.1")


def test_a_large_lock_file_is_read_too(make_repository: MakeRepository) -> None:
    """A lock file above the size of a source file still gives the versions."""
    context = detect(
        make_repository, {"package.json": PACKAGE, "package-lock.json": NPM + " " * 2_100_000}
    )
    assert context.value("Redis Client") == "ioredis 5.8.2"


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "[]", '{"packages": {"node_modules/a": 1}}'])
def test_a_broken_lock_file_is_a_warning(make_repository: MakeRepository, text: str) -> None:
    """Versions then are the ranges that package.json asks for, and the table says so."""
    context = detect(make_repository, {"package.json": PACKAGE, "package-lock.json": text})
    assert context.value("HTTP Framework") == "Fastify ^5.0.0 (not in a lock file)"
    (warning,) = context.warnings
    assert warning.startswith("package-lock.json cannot be read (")


def test_without_package_json_the_rows_say_not_found(make_repository: MakeRepository) -> None:
    """A repository of something else is accepted and explained."""
    context = detect(make_repository, {"main.py": "print()\n", ".gitlab-ci.yml": "a: b\n"})
    missing = ("Package Manager", "Runtime", *STACK)
    assert {context.value(name) for name in missing} == {"not found"}
    assert context.value("Node Version") == "v22.11.0 (no required range found)"
    assert context.value("CI Provider") == "GitLab CI"
    assert context.warnings == ("there is no package.json, so the stack rows say not found",)


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "[]", '"text"'])
def test_a_broken_package_json_is_a_warning(make_repository: MakeRepository, text: str) -> None:
    """Nothing is read from a manifest that is not one, and the reader is told."""
    context = detect(make_repository, {"package.json": text})
    assert context.warnings[0].startswith("package.json is not ")
    assert context.value("HTTP Framework") == "not found"


def test_odd_values_in_package_json_are_not_believed(make_repository: MakeRepository) -> None:
    """Lists and numbers where names and ranges belong are passed over."""
    odd = '{"engines": [], "dependencies": ["fastify"], "workspaces": [1], "packageManager": 3}'
    context = detect(make_repository, {"package.json": odd})
    assert context.value("HTTP Framework") == "not found"
    assert context.value("Package Manager") == "not found"
    assert context.value("Runtime") == "Node.js CommonJS (no type: module)"


def test_workspaces_count_and_the_shallowest_manifest_leads(
    make_repository: MakeRepository,
) -> None:
    """In a monorepo the stack is that of all workspaces; test fixtures' manifests are not read."""
    context = detect(
        make_repository,
        {
            "package.json": '{"workspaces": ["packages/*"], "packageManager": "pnpm@9.1.0"}\n',
            "packages/api/package.json": '{"dependencies":\n {"express": "^4"}}\n',
            "tests/fixtures/x/package.json": '{"dependencies": {"koa": "^2"}}\n',
            "node_modules/ws/package.json": '{"dependencies": {"ws": "^8"}}\n',
        },
    )
    http = next(fact for fact in context.facts if fact.name == "HTTP Framework")
    assert (http.value, http.source) == (
        "Express ^4 (not in a lock file)",
        "packages/api/package.json:2",
    )
    assert context.value("Package Manager") == "pnpm@9.1.0 (no lock file)"


def test_another_commit_checked_out_is_a_warning(make_repository: MakeRepository) -> None:
    """The reader learns that lines may have moved, and how far the two commits are apart."""
    root = make_repository({"package.json": PACKAGE, "package-lock.json": NPM})
    first = git(root, "rev-parse", "HEAD")
    for number in range(3):
        git(root, "commit", "--quiet", "--allow-empty", "--message", f"{number}")
    head = git(root, "rev-parse", "HEAD")
    context = detect_context(open_target(root, first))
    assert context.warnings == (
        f"the plan is computed on the audit's commit {first[:7]}; checked out is {head[:7]}, "
        "3 commits later, so lines may stand elsewhere there",
    )
    git(root, "checkout", "--quiet", "-b", "fork", first)
    git(root, "commit", "--quiet", "--allow-empty", "--message", "fork")
    context = detect_context(open_target(root, "main"))
    assert "on another line of history, so lines" in context.warnings[0]
    git(root, "checkout", "--quiet", "main~1")
    assert "1 commits earlier" in detect_context(open_target(root, "main")).warnings[0]


def test_without_node_the_row_says_so(
    make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Node is not needed to plan; its absence is a value."""
    root = make_repository({"package.json": PACKAGE})
    (tmp_path / "bin/node").write_text("#!/bin/sh\nexit 1\n")
    context = detect_context(open_target(root))
    assert context.value("Node Version") == "not installed here (requires >=22.0.0)"


@pytest.mark.parametrize(("version", "warned"), [("v20.1.0", True), ("v22.0.0", False)])
def test_a_node_below_the_required_one_is_a_warning(
    make_repository: MakeRepository, tmp_path: Path, version: str, warned: bool
) -> None:
    """Whoever reads failed checks must know that this machine's Node is too old for them."""
    root = make_repository({"package.json": PACKAGE, "package-lock.json": NPM})
    (tmp_path / "bin/node").write_text(f"#!/bin/sh\necho {version}\n")
    said = (
        "Node here is v20.1.0 (requires >=22.0.0): "
        "the target's own checks may fail for that reason",
    )
    assert detect_context(open_target(root)).warnings == (said if warned else ())


def test_the_tables_answer_for_every_row(make_repository: MakeRepository) -> None:
    """Each package, lock file and CI file that the tables list is found by its own name."""
    every = {package: "1" for packages in STACK.values() for package in packages}
    context = detect(make_repository, {"package.json": json.dumps({"devDependencies": every})})
    for row, packages in STACK.items():
        shown = [f"{called} 1 (not in a lock file)" for called in packages.values()]
        assert context.value(row) == " + ".join(shown)
    for pattern, provider in CI_PROVIDERS.items():
        context = detect(make_repository, {pattern.replace("*", "x"): "a\n"})
        assert context.value("CI Provider") == provider
    for path, (manager, _) in LOCK_FILES.items():
        context = detect(make_repository, {"package.json": "{}", path: ""})
        assert context.value("Package Manager") == f"{manager} ({path} present)"
