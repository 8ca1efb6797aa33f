"""The context table: every row from the repository's own files, with the place it was read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import MakeRepository, git
from mendbook.model import Context
from mendbook.repository import detect_context, open_target
from mendbook.repository.context import CI_PROVIDERS, CONTAINERS
from mendbook.repository.installed import FAMILIES, MANAGERS
from mendbook.repository.known_stacks import OTHERS, STACK
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
    generation = " berry" if text is BERRY else ""
    assert context.value("Package Manager") == f"{manager}{generation} ({path} present)"
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


def test_rows_that_do_not_apply_are_not_there(make_repository: MakeRepository) -> None:
    """A script without a manifest has a language and a pipeline, and no row of a Node server."""
    context = detect(make_repository, {"main.py": "print()\n", ".gitlab-ci.yml": "a: b\n"})
    assert [(fact.name, fact.value) for fact in context.facts[3:]] == [
        ("Languages", "Python 100%"),
        ("CI Provider", "GitLab CI"),
    ]
    assert context.warnings == (
        "no manifest of a known ecosystem names packages, so no stack is told",
    )


FASTAPI = {
    "pyproject.toml": (
        "[project]\nrequires-python = '>=3.11'\n"
        "dependencies = ['fastapi>=0.110', 'SQLAlchemy', 'arq']\n"
        "[dependency-groups]\ndev = ['pytest>=8']\n"
        "[tool.pytest.ini_options]\ntestpaths = ['tests']\n"
    ),
    "uv.lock": '[[package]]\nname = "fastapi"\nversion = "0.115.2"\n',
    "app/main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
    "Dockerfile": "FROM python:3.12\n",
}
GO = {
    "go.mod": "module x\n\ngo 1.22\n\nrequire github.com/gin-gonic/gin v1.9.1\n",
    "cmd/api/main.go": "package main\n\nfunc main() {}\n",
}
SPRING = {
    "pom.xml": (
        "<project>\n<properties><java.version>21</java.version></properties>\n<dependencies>\n"
        "<dependency><groupId>org.springframework.boot</groupId>"
        "<artifactId>spring-boot-starter-web</artifactId></dependency>\n</dependencies></project>"
    ),
    "src/main/java/x/App.java": "@SpringBootApplication\nclass App {}\n",
}
MONOREPO = {
    "package.json": '{"private": true, "devDependencies": {"turbo": "2.0.0", "vitest": "2"}}\n',
    "pnpm-workspace.yaml": "packages:\n  - 'apps/*'\n  - 'packages/**'\n",
    "pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
    "apps/web/package.json": '{"name": "web", "dependencies": {"next": "15", "react": "19"}}\n',
    "packages/ui/kit/package.json": '{"name": "@acme/kit"}\n',
    "apps/web/a.tsx": "export const a = 1;\n",
    "vitest.config.ts": "export default {\n  test: {\n    include: ['**/*.spec.ts'],\n  },\n};\n",
}


@pytest.mark.parametrize(
    ("files", "rows"),
    [
        (
            FASTAPI,
            [
                ("Languages", "Python 100%", "app/main.py"),
                ("Python Version", "requires >=3.11", "pyproject.toml:2"),
                ("Package Manager", "uv (uv.lock present)", "uv.lock"),
                ("HTTP Framework", "FastAPI 0.115.2", "pyproject.toml:3"),
                ("Data Access", "SQLAlchemy (any version)", "pyproject.toml:3"),
                ("Task Queue", "arq (any version)", "pyproject.toml:3"),
                ("Test Framework", "pytest >=8", "pyproject.toml:5"),
                ("Tests Included", "['tests']", "pyproject.toml:7"),
                ("Entry Points", "app/main.py", "app/main.py:3"),
                ("Deployment", "Docker", "Dockerfile"),
            ],
        ),
        (
            GO,
            [
                ("Languages", "Go 100%", "cmd/api/main.go"),
                ("Go Version", "requires 1.22", "go.mod:3"),
                ("Package Manager", "Go modules (go.mod present)", "go.mod"),
                ("HTTP Framework", "Gin 1.9.1", "go.mod:5"),
                ("Entry Points", "cmd/api/main.go", "cmd/api/main.go:1"),
            ],
        ),
        (
            SPRING,
            [
                ("Languages", "Java 100%", "src/main/java/x/App.java"),
                ("Java Version", "requires 21", "pom.xml:2"),
                ("Package Manager", "Maven (pom.xml present)", "pom.xml"),
                ("HTTP Framework", "Spring Boot (any version)", "pom.xml:1"),
                ("Entry Points", "src/main/java/x/App.java", "src/main/java/x/App.java:1"),
            ],
        ),
        (
            MONOREPO,
            [
                ("Languages", "TypeScript 100%", "apps/web/a.tsx and 1 more"),
                ("Node Version", "v22.11.0 (no required range found)", "node --version"),
                ("Package Manager", "pnpm (pnpm-lock.yaml present)", "pnpm-lock.yaml"),
                ("Runtime", "Node.js CommonJS (no type: module)", "package.json:1"),
                (
                    "Workspaces",
                    "2: web, @acme/kit",
                    "apps/web/package.json, packages/ui/kit/package.json",
                ),
                (
                    "Frontend",
                    "Next.js 15 (not in a lock file) + React 19 (not in a lock file)",
                    "apps/web/package.json:1",
                ),
                ("Test Framework", "Vitest 2 (not in a lock file)", "package.json:1"),
                ("Build Tool", "Turborepo 2.0.0 (not in a lock file)", "package.json:1"),
                ("Tests Included", "['**/*.spec.ts']", "vitest.config.ts:3"),
            ],
        ),
    ],
    ids=["FastAPI", "Go", "Spring", "monorepo"],
)
def test_any_target_has_its_own_table(
    make_repository: MakeRepository, files: dict[str, str], rows: list[tuple[str, str, str]]
) -> None:
    """Languages, managers, frameworks, runners and starts of other stacks, each with its file."""
    context = detect(make_repository, files)
    assert [(fact.name, fact.value, fact.source) for fact in context.facts[3:]] == rows
    assert context.warnings == ()


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
    assert context.value("Package Manager") == "npm (no lock file)"
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


def test_versions_of_workspaces_stand_in_the_lock_file_too(make_repository: MakeRepository) -> None:
    """A pnpm lock file has an importer for each member; the root's version goes first."""
    lock = (
        "lockfileVersion: '9.0'\nimporters:\n"
        "  .:\n    devDependencies:\n      vite: {specifier: ^6.0.0, version: 6.0.2}\n"
        "  ferry:\n    dependencies:\n      astro: {specifier: ^5, version: 5.2.5(vite@6.0.2)}\n"
        "      vite: {specifier: ^5.0.0, version: 5.0.1}\n"
    )
    context = detect(
        make_repository,
        {
            "package.json": '{"devDependencies": {"vite": "^6.0.0"}}\n',
            "pnpm-workspace.yaml": "packages:\n  - ferry\n",
            "ferry/package.json": '{"dependencies": {"astro": "^5.0.0", "vite": "^5.0.0"}}\n',
            "pnpm-lock.yaml": lock,
        },
    )
    assert context.value("Frontend") == "Astro 5.2.5"
    assert context.value("Build Tool") == "Vite 6.0.2"


def test_a_second_manager_s_lock_file_is_a_warning(make_repository: MakeRepository) -> None:
    """Two lock files that different managers wrote: which one counts is not known."""
    context = detect(
        make_repository, {"package.json": PACKAGE, "package-lock.json": NPM, "yarn.lock": YARN}
    )
    assert context.value("Package Manager") == "npm (package-lock.json present)"
    assert context.warnings == (
        "package-lock.json is read, though there is yarn.lock too: from which one is installed is "
        "not known",
    )


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        (
            "pyproject.toml",
            '[tool.poetry]\ndescription = "A mill with FastAPI"\n'
            'keywords = ["mill"]\n[tool.poetry.dependencies]\nfastapi = "^0.79"\n',
            5,
        ),
        (
            "pyproject.toml",
            '[project]\ndescription = "FastAPI for mills"\ndependencies = ["fastapi>=1"]\n',
            3,
        ),
        ("requirements.txt", "# for FastAPI\nFastAPI>=0.79\n", 2),
    ],
)
def test_a_package_is_cited_where_it_is_asked_for(
    make_repository: MakeRepository, path: str, text: str, line: int
) -> None:
    """A description that has a package's name asks for nothing."""
    context = detect(make_repository, {path: text, "mill.py": "import fastapi\n"})
    http = next(fact for fact in context.facts if fact.name == "HTTP Framework")
    assert http.source == f"{path}:{line}"


def test_what_others_wrote_tells_nothing_of_the_target(make_repository: MakeRepository) -> None:
    """A vendored package's containers are not what the target is deployed with."""
    tree = {
        "go.mod": "module mill\n\ngo 1.22\n",
        "main.go": "package main\n",
        "vendor/github.com/corn/db/docker-compose.yml": "services: {}\n",
    }
    assert "Deployment" not in {fact.name for fact in detect(make_repository, tree).facts}
    context = detect(make_repository, {**tree, "Dockerfile": "FROM scratch\n"})
    assert context.value("Deployment") == "Docker"


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
    for pattern, name in CONTAINERS.items():
        path = pattern.replace("*.y*ml", ".yaml").replace("y*ml", "yaml").rstrip("*")
        assert detect(make_repository, {path: "a\n"}).value("Deployment") == name
    for path, (manager, _) in LOCK_FILES.items():
        context = detect(make_repository, {"package.json": "{}", path: ""})
        assert context.value("Package Manager") == f"{manager} ({path} present)"


def test_the_rows_of_all_ecosystems_are_the_same() -> None:
    """Another ecosystem answers rows of the one table, and each manager has its family."""
    assert OTHERS.keys() <= STACK.keys()
    assert {manager for _, manager in MANAGERS} == FAMILIES.keys()


def test_a_pattern_of_a_path_means_what_its_reader_means(make_repository: MakeRepository) -> None:
    """GitHub reads workflows at one place; a Dockerfile and a folder of requirements, anywhere."""
    context = detect(
        make_repository,
        {
            ".github/workflows/old/barge.yml": "on: push\n",
            "quay/.gitlab-ci.yml": "stages: []\n",
            "quay/Dockerfile.crane": "FROM scratch\n",
            "quay/requirements/tide.txt": "flask==3.0.0\n",
            "tide.py": "import flask\n",
        },
    )
    assert context.value("CI Provider") == "not found"
    assert context.value("Deployment") == "Docker"
    assert context.value("HTTP Framework") == "Flask 3.0.0"
