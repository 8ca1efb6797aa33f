"""Read ``package.json`` and the lock file: what is asked for, and what is installed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import yaml

from mendbook.errors import RepositoryError
from mendbook.model import Citation
from mendbook.repository import git
from mendbook.repository.target import Target
from mendbook.text.globs import selects

_SECTIONS = ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")


@dataclass(frozen=True, slots=True)
class Requirement:
    """A package that a manifest asks for, and the line that does."""

    name: str
    range: str
    source: Citation


@dataclass(frozen=True, slots=True)
class Manifest:
    """One ``package.json``; ``data`` is empty when ``problem`` says why it could not be read."""

    path: str
    data: Mapping[str, Any]
    text: str = ""
    problem: str = ""

    @property
    def requirements(self) -> dict[str, Requirement]:
        """Packages asked for, by name; a run-time dependency before one for development."""
        requirements: dict[str, Requirement] = {}
        for section in _SECTIONS:
            entries = self.data.get(section)
            for name, wanted in entries.items() if isinstance(entries, dict) else ():
                place = self.line(section, name)
                requirements.setdefault(name, Requirement(name, str(wanted), place))
        return requirements

    def line(self, *keys: str) -> Citation:
        """Return the line of the value under nested ``keys``, as far as they are found."""
        position = 0
        for key in keys:
            spelled = re.compile(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:")
            match = spelled.search(self.text, position)
            if match is None:
                break
            position = match.start()
        return Citation(self.path, self.text.count("\n", 0, position) + 1)


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock file: who wrote it, and the versions it installs at the top level."""

    path: str
    manager: str
    versions: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


def read_manifests(target: Target) -> tuple[Manifest, ...]:
    """Read the root's ``package.json`` and its workspaces'; else the shallowest one there is."""
    paths = [path for path in target.snapshot.files if PurePosixPath(path).name == "package.json"]
    paths = [path for path in paths if "node_modules" not in PurePosixPath(path).parts]
    if not paths:
        return ()
    first = _manifest(target, min(paths, key=lambda path: (path.count("/"), path)))
    folder = PurePosixPath(first.path).parent
    named = [*_workspaces(first.data), *_pnpm_workspaces(target, folder)]
    patterns = [_below(folder, pattern) for pattern in named]
    members = [path for path in paths if selects(f"/{PurePosixPath(path).parent}", patterns)]
    return (first, *(_manifest(target, path) for path in members if path != first.path))


def _below(folder: PurePosixPath, pattern: str) -> str:
    """Return a workspace's pattern from the repository on, so that `*` is no name in any folder."""
    out = "!" if pattern.startswith("!") else ""
    return f"{out}/{(folder / pattern.removeprefix('!').removeprefix('./')).as_posix().rstrip('/')}"


def read_lock(target: Target, folder: str) -> Lock | None:
    """Read the lock file beside the manifest in ``folder`` (``.`` for the root), if any."""
    for name, (manager, parse) in LOCK_FILES.items():
        path = str(PurePosixPath(folder) / name)
        if path not in target.snapshot and path not in target.snapshot.other:
            continue
        try:
            return Lock(path, manager, parse(_whole_text(target, path)))
        except (ValueError, RecursionError, AttributeError, TypeError, yaml.YAMLError) as error:
            return Lock(path, manager, problem=f"{path} cannot be read ({type(error).__name__})")
    return None


def _manifest(target: Target, path: str) -> Manifest:
    text = target.snapshot.text(path)
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return Manifest(path, {}, text, f"{path} is not JSON; nothing was read from it")
    if not isinstance(data, dict):
        return Manifest(path, {}, text, f"{path} is not an object; nothing was read from it")
    return Manifest(path, data, text)


def _workspaces(data: Mapping[str, Any]) -> list[str]:
    patterns = data.get("workspaces")
    if isinstance(patterns, dict):
        patterns = patterns.get("packages")
    return (
        [item for item in patterns if isinstance(item, str)] if isinstance(patterns, list) else []
    )


def _pnpm_workspaces(target: Target, folder: PurePosixPath) -> list[str]:
    text = target.snapshot.get(str(folder / "pnpm-workspace.yaml")) or ""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError:
        return []
    patterns = data.get("packages") if isinstance(data, dict) else None
    return (
        [item for item in patterns if isinstance(item, str)] if isinstance(patterns, list) else []
    )


def _whole_text(target: Target, path: str) -> str:
    """Return the text of ``path`` even where it is too large to be in the snapshot."""
    text = target.snapshot.get(path)
    if text is not None or not target.commit:
        return text or ""
    done = git.run(target.root, "cat-file", "blob", f"{target.commit}:{path}")
    if done.returncode:
        message = f"{target.root}: {path} cannot be read at {target.commit[:7]}"
        raise RepositoryError(message)
    return done.stdout.decode("utf-8", "replace")


def _npm(text: str) -> dict[str, str]:
    data = json.loads(text)
    packages = data.get("packages") or {}
    prefix = "node_modules/"
    versions = {
        path.removeprefix(prefix): entry["version"]
        for path, entry in packages.items()
        if path.startswith(prefix) and path.count(prefix) == 1 and "version" in entry
    }
    if not packages:  # lockfileVersion 1
        versions = {name: entry["version"] for name, entry in data.get("dependencies", {}).items()}
    return {name: str(version) for name, version in versions.items()}


_YARN_ENTRY = re.compile(
    r'^"?(?P<name>@?[^@"\s]+)@[^\n]*:\n\s+version:?\s+"?(?P<version>[^"\s]+)"?', re.MULTILINE
)


def _yarn(text: str) -> dict[str, str]:
    return {match["name"]: match["version"] for match in _YARN_ENTRY.finditer(text)}


def _pnpm(text: str) -> dict[str, str]:
    data: dict[str, Any] = yaml.safe_load(text) or {}
    importers: dict[str, Any] = data.get("importers") or {".": data}
    versions: dict[str, str] = {}
    for folder in sorted(importers, key=lambda folder: (folder != ".", folder)):
        for section in _SECTIONS:
            for name, entry in (importers[folder].get(section) or {}).items():
                version = entry.get("version") if isinstance(entry, dict) else entry
                versions.setdefault(name, str(version).partition("(")[0])
    return versions


_BUN_ENTRY = re.compile(r'^\s+"(?P<name>@?[^"@]+)":\s*\["(?P=name)@(?P<version>[^"]+)"', re.M)


def _bun(text: str) -> dict[str, str]:
    return {match["name"]: match["version"] for match in _BUN_ENTRY.finditer(text)}


def _unreadable(text: str) -> dict[str, str]:
    del text
    return {}


LOCK_FILES: dict[str, tuple[str, Callable[[str], dict[str, str]]]] = {
    "package-lock.json": ("npm", _npm),
    "npm-shrinkwrap.json": ("npm", _npm),
    "pnpm-lock.yaml": ("pnpm", _pnpm),
    "yarn.lock": ("yarn", _yarn),
    "bun.lock": ("bun", _bun),
    "bun.lockb": ("bun", _unreadable),
}
"""Lock file name to its package manager and the parser of its versions, in order of preference."""
