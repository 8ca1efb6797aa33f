"""Detect what the target is: the context table of a remediation plan, read from its files."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from mendbook.model import Citation, Context, Fact
from mendbook.repository import git
from mendbook.repository.checks import target_checks
from mendbook.repository.declared import NOT_ITS_OWN, Declared, declared_packages
from mendbook.repository.entries import entry_points, language_versions
from mendbook.repository.installed import FAMILIES, MANAGERS, installed_versions
from mendbook.repository.known_stacks import OTHERS, STACK
from mendbook.repository.languages import languages
from mendbook.repository.manifest import (
    LOCK_FILES,
    Lock,
    Manifest,
    Requirement,
    read_lock,
    read_manifests,
)
from mendbook.repository.target import Target
from mendbook.text.globs import matches
from mendbook.text.phrasing import listed

_SHOWN = 6

CI_PROVIDERS: dict[str, str] = {
    ".github/workflows/*.y*ml": "GitHub Actions",
    ".gitlab-ci.yml": "GitLab CI",
    ".circleci/config.yml": "CircleCI",
    "Jenkinsfile": "Jenkins",
    "azure-pipelines.yml": "Azure Pipelines",
    "bitbucket-pipelines.yml": "Bitbucket Pipelines",
    ".buildkite/pipeline.y*ml": "Buildkite",
    ".drone.yml": "Drone",
    ".travis.yml": "Travis CI",
    ".woodpecker.y*ml": "Woodpecker",
}
"""Pattern of a file to the CI service that reads it."""


CONTAINERS: dict[str, str] = {
    "Dockerfile*": "Docker",
    "Containerfile": "Podman",
    "docker-compose*.y*ml": "Docker Compose",
    "compose*.y*ml": "Docker Compose",
    "Chart.yaml": "Helm",
    "kustomization.y*ml": "Kustomize",
    "skaffold.y*ml": "Skaffold",
    "fly.toml": "Fly.io",
    "Procfile": "Procfile",
    "serverless.y*ml": "Serverless",
}
"""Pattern of a file's name to what it deploys with."""


def detect_context(target: Target) -> Context:
    """Return the context table of ``target``, row for row, each with the place it was read from.

    A row that does not apply to the target is not there. Warnings tell what a reader must know
    before trusting the table: another commit checked out, no or a broken manifest.
    """
    manifests = read_manifests(target)
    first = manifests[0] if manifests else Manifest("package.json", {})
    lock = read_lock(target, str(PurePosixPath(first.path).parent))
    packages = declared_packages(target.snapshot)
    node = _node(first) if manifests else None
    facts = (
        Fact("Repo Root", str(target.root), told_by="git"),
        Fact(
            "Branch", "HEAD (detached)" if target.branch == "HEAD" else target.branch, told_by="git"
        ),
        Fact("Commit", target.commit[:7], told_by="git"),
        _languages(target),
        node,
        *language_versions(target.snapshot),
        _manager(target, first, lock, bool(manifests)),
        _runtime(first) if manifests else None,
        _workspaces(manifests),
        *_stacks(target, manifests, lock, packages),
        _tests_included(target),
        entry_points(target.snapshot),
        _ci(target),
        _containers(target),
    )
    return Context(
        root=str(target.root),
        commit=target.commit,
        head=target.head,
        branch=target.branch,
        facts=tuple(fact for fact in facts if fact is not None),
        warnings=(
            *_elsewhere(target),
            *target.warnings,
            *_problems(manifests, lock, packages),
            *_second_lock(target, lock),
            *(_too_old(node) if node is not None else ()),
        ),
        checks=target_checks(target.snapshot),
        remote=target.remote,
    )


def _languages(target: Target) -> Fact | None:
    """Return the languages by share, those below one percent left out."""
    common = [one for one in languages(target.snapshot) if one.share >= 0.01]
    if not common:
        return None
    shown = ", ".join(f"{one.name} {one.share:.0%}" for one in common)
    count = sum(one.files for one in common)
    return Fact("Languages", shown, (Citation(common[0].example),), more=count - 1)


def _node(manifest: Manifest) -> Fact:
    engines = manifest.data.get("engines")
    wanted = engines.get("node") if isinstance(engines, dict) else None
    here = _node_here() or "not installed here"
    if not isinstance(wanted, str):
        return Fact("Node Version", f"{here} (no required range found)", told_by="node --version")
    return Fact("Node Version", f"{here} (requires {wanted})", (manifest.line("engines", "node"),))


def _too_old(node: Fact) -> tuple[str, ...]:
    """Warn where the Node of this machine is below the required one, as far as majors tell."""
    versions = re.match(r"v(\d+).*\(requires (?:>=|\^|~)?\s*v?(\d+)", node.value)
    if versions is None or int(versions[1]) >= int(versions[2]):
        return ()
    return (f"Node here is {node.value}: the target's own checks may fail for that reason",)


def _node_here() -> str:
    try:
        done = subprocess.run(
            ["node", "--version"], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _manager(target: Target, manifest: Manifest, lock: Lock | None, node: bool) -> Fact | None:
    """Return the package manager of each ecosystem there is, with the file that says so."""
    managers: list[tuple[str, Citation]] = []
    declared = manifest.data.get("packageManager")
    if lock is not None:
        managers.append((f"{_spelled(target, lock)} ({lock.path} present)", Citation(lock.path)))
    elif isinstance(declared, str):
        managers.append((f"{declared} (no lock file)", manifest.line("packageManager")))
    elif node:
        managers.append(("npm (no lock file)", Citation(manifest.path)))
    seen: set[str] = set()
    there = {*target.snapshot.files, *target.snapshot.other}
    for name, manager in MANAGERS:
        path = name if name in there else _shallow(there, name)
        family = FAMILIES[manager]
        if path and family not in seen and (family != "python" or _has_python(there)):
            seen.add(family)
            managers.append((f"{manager} ({path} present)", Citation(path)))
    if not managers:
        return None
    shown, sources = zip(*managers, strict=True)
    return Fact("Package Manager", " + ".join(shown), sources)


def _spelled(target: Target, lock: Lock) -> str:
    """Return the manager's name; the two generations of Yarn are two."""
    text = target.snapshot.get(lock.path) or ""
    if lock.manager != "yarn" or not text:
        return lock.manager
    return "yarn berry" if "__metadata:" in text[:600] else "yarn"


def _has_python(there: set[str]) -> bool:
    return any(path.endswith(".py") for path in there)


def _shallow(there: set[str], name: str) -> str:
    """Return the file called ``name`` one folder below the top, where a part of the target is."""
    paths = [path for path in there if path.endswith(f"/{name}") and path.count("/") == 1]
    return min(paths, default="")


def _runtime(manifest: Manifest) -> Fact:
    if manifest.data.get("type") == "module":
        return Fact("Runtime", "Node.js ESM (type: module)", (manifest.line("type"),))
    said = "type: commonjs" if "type" in manifest.data else "no type: module"
    return Fact("Runtime", f"Node.js CommonJS ({said})", (manifest.line("type"),))


def _workspaces(manifests: tuple[Manifest, ...]) -> Fact | None:
    members = manifests[1:]
    if not members:
        return None
    names = [str(each.data.get("name") or PurePosixPath(each.path).parent) for each in members]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    shown = f"{len(names)}: {', '.join(names[:_SHOWN])}{more}"
    return Fact("Workspaces", shown, tuple(Citation(each.path) for each in members[:_SHOWN]))


def _stacks(
    target: Target,
    manifests: tuple[Manifest, ...],
    lock: Lock | None,
    packages: tuple[Declared, ...],
) -> Iterator[Fact]:
    """Yield the rows that the target's packages answer, Node.js first, in the table's order."""
    versions = installed_versions(target.snapshot)
    wanted: dict[str, Requirement] = {}
    for manifest in manifests:
        wanted = {**manifest.requirements, **wanted}
    for row in STACK:
        answers = [
            (f"{called} {_version(wanted[name], lock)}", wanted[name].source)
            for name, called in STACK[row].items()
            if name in wanted
        ]
        answers += _of_others(OTHERS.get(row, {}), packages, versions)
        if answers:
            shown, sources = zip(*answers, strict=True)
            yield Fact(row, " + ".join(dict.fromkeys(shown)), tuple(dict.fromkeys(sources)))


def _of_others(
    patterns: Mapping[str, Mapping[str, str]],
    packages: tuple[Declared, ...],
    versions: Mapping[tuple[str, str], str],
) -> list[tuple[str, Citation]]:
    by_name: dict[str, tuple[str, Citation]] = {}
    for package in packages:
        for pattern, called in patterns.get(package.ecosystem, {}).items():
            name = called or package.name.partition("/")[0].capitalize()
            if fnmatchcase(package.name, pattern) and name not in by_name:
                version = versions.get((package.ecosystem, package.name), "")
                shown = version or package.range.lstrip("=v") or "(any version)"
                by_name[name] = (f"{name} {shown}", package.source)
                break
    return list(by_name.values())


def _tests_included(target: Target) -> Fact | None:
    """Return where the test runner looks for tests, as its configuration says."""
    for path in sorted(target.snapshot.files, key=lambda path: (path.count("/"), path)):
        for pattern, spelled in _INCLUDES.items():
            if matches(path, pattern):
                text = target.snapshot.text(path)
                match = re.search(spelled, text, re.MULTILINE)
                if match is not None:
                    said = next(each for each in match.groups() if each is not None)
                    shown = " ".join(said.split()).strip().rstrip(",")
                    line = text.count("\n", 0, match.start()) + 1
                    return Fact("Tests Included", shown[:120], (Citation(path, line),))
    return None


_INCLUDES: dict[str, str] = {
    "vitest.config.*": r"^\s*include:\s*(\[[^\]]*\])",
    "vite.config.*": r"test:\s*\{[^}]*?include:\s*(\[[^\]]*\])",
    "jest.config.*": r"testMatch['\"]?:\s*(\[[^\]]*\])",
    "package.json": r'"testMatch"\s*:\s*(\[[^\]]*\])|"testRegex"\s*:\s*("[^"]*")',
    ".mocharc.*": r"spec['\"]?:\s*(.+)$",
    "pyproject.toml": r"^testpaths\s*=\s*(\[[^\]]*\]|\".*\")",
    "pytest.ini": r"^testpaths\s*=\s*(.+)$",
    "setup.cfg": r"^testpaths\s*=\s*(.+)$",
    "tox.ini": r"^testpaths\s*=\s*(.+)$",
    "phpunit.xml*": r"<directory[^>]*>([^<]+)</directory>",
}
"""File to the place in it that says where tests are."""


def _version(package: Requirement, lock: Lock | None) -> str:
    installed = lock.versions.get(package.name) if lock else None
    return installed or f"{package.range} (not in a lock file)"


def _ci(target: Target) -> Fact | None:
    listed = [
        (path, provider)
        for pattern, provider in CI_PROVIDERS.items()
        for path in target.snapshot.files
        if matches(path, pattern) and path.count("/") == pattern.count("/")  # read there alone
    ]
    if not listed:
        return None
    providers = " + ".join(dict.fromkeys(provider for _, provider in listed))
    return Fact("CI Provider", providers, tuple(Citation(path) for path, _ in listed))


def _containers(target: Target) -> Fact | None:
    listed = [
        (path, name)
        for path in target.snapshot.files
        for pattern, name in CONTAINERS.items()
        if matches(path, pattern) and not NOT_ITS_OWN.search(path)
    ]
    if not listed:
        return None
    shown = " + ".join(dict.fromkeys(name for _, name in listed))
    paths = [path for path, _ in listed]
    cites = tuple(Citation(path) for path in paths[:_SHOWN])
    return Fact("Deployment", shown, cites, more=max(len(paths) - _SHOWN, 0))


def _elsewhere(target: Target) -> tuple[str, ...]:
    if target.commit == target.head:
        return ()
    if not target.head:
        return (f"the plan is computed on {target.commit[:7]}; nothing is checked out",)
    return (
        f"the plan is computed on the audit's commit {target.commit[:7]}; checked out is "
        f"{target.head[:7]}, {_distance(target)}, so lines may stand elsewhere there",
    )


def _distance(target: Target) -> str:
    both = f"{target.commit}...{target.head}"
    counted = git.output(target.root, "rev-list", "--count", "--left-right", both)
    only_here, only_there = map(int, counted.split())
    if not only_here:
        return f"{only_there} commits later"
    return "on another line of history" if only_there else f"{only_here} commits earlier"


def _second_lock(target: Target, lock: Lock | None) -> tuple[str, ...]:
    """Warn of lock files that other package managers wrote beside the one that is read."""
    if lock is None:
        return ()
    folder = PurePosixPath(lock.path).parent
    there = {*target.snapshot.files, *target.snapshot.other}
    others = [
        path
        for name, (manager, _) in LOCK_FILES.items()
        if manager != lock.manager and (path := str(folder / name)) in there
    ]
    if not others:
        return ()
    told = f"{lock.path} is read, though there is {listed(others)} too"
    return (f"{told}: from which one is installed is not known",)


def _problems(
    manifests: tuple[Manifest, ...], lock: Lock | None, packages: tuple[Declared, ...]
) -> tuple[str, ...]:
    if not manifests:
        if packages:
            return ()
        return ("no manifest of a known ecosystem names packages, so no stack is told",)
    problems = [manifest.problem for manifest in manifests if manifest.problem]
    if lock is None and any(manifest.requirements for manifest in manifests):
        problems.append("there is no lock file: versions are the ranges of package.json")
    elif lock is not None and lock.problem:
        problems.append(f"{lock.problem}: versions are the ranges of package.json")
    return tuple(problems)
