"""Read ``tsconfig.json`` and ``jsconfig.json``: what they extend, and the aliases they make."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mendbook.code.modules.jsonc import loose_json
from mendbook.code.modules.packages import Packages
from mendbook.repository.snapshot import Snapshot

_CONFIG = re.compile(r"(?:.*/)?[tj]sconfig(?:[.-][\w.-]+)?\.json")
_LONGEST_EXTENDS = 16


@dataclass(frozen=True, slots=True)
class Aliases:
    """``paths`` of one config, relative to the repository's root; ``base`` is ``baseUrl``."""

    folder: str
    base: str | None
    paths: Mapping[str, tuple[str, ...]]

    def targets(self, source: str) -> Iterator[str]:
        """Yield the paths that ``source`` may mean, the most exact pattern first."""
        for pattern in sorted(self.paths, key=lambda one: -len(one.partition("*")[0])):
            head, star, tail = pattern.partition("*")
            long_enough = len(source) >= len(head) + len(tail)
            if not star and source == pattern:
                yield from self.paths[pattern]
            elif star and long_enough and source.startswith(head) and source.endswith(tail):
                middle = source[len(head) : len(source) - len(tail)]
                yield from (target.replace("*", middle, 1) for target in self.paths[pattern])
        if self.base is not None:
            yield posixpath.join(self.base, source)


def compiler_options(
    snapshot: Snapshot, path: str, packages: Packages | None = None
) -> dict[str, Any]:
    """Return ``compilerOptions`` of the config at ``path``, what it extends included."""
    packages = packages or Packages(snapshot)
    return {name: value for name, (value, _) in _options(snapshot, path, packages).items()}


def aliases_by_folder(snapshot: Snapshot, packages: Packages) -> dict[str, tuple[Aliases, ...]]:
    """Return the aliases of each folder's configs, ``tsconfig.json`` itself first."""
    by_folder: dict[str, list[Aliases]] = {}
    configs = [path for path in snapshot.files if _CONFIG.fullmatch(path)]
    for path in sorted(configs, key=lambda path: (len(posixpath.basename(path)), path)):
        aliases = _aliases(snapshot, path, packages)
        if aliases.paths or aliases.base is not None:
            by_folder.setdefault(aliases.folder, []).append(aliases)
    return {folder: tuple(several) for folder, several in by_folder.items()}


def _aliases(snapshot: Snapshot, path: str, packages: Packages) -> Aliases:
    """Return what one config makes of names; each option is relative to the file that sets it."""
    options = _options(snapshot, path, packages)
    own = posixpath.dirname(path)
    base, home = options.get("baseUrl", (None, own))
    root = _joined(home, base, own) if isinstance(base, str) else None
    paths, home = options.get("paths", (None, own))
    from_ = root if root is not None else home
    targets = {
        pattern: tuple(_joined(from_, one, own) for one in several)
        for pattern, several in (paths if isinstance(paths, dict) else {}).items()
        if isinstance(several, list) and all(isinstance(one, str) for one in several)
    }
    return Aliases(own, root, targets)


def _joined(folder: str, path: str, own: str) -> str:
    if path.startswith("${configDir}"):
        folder, path = own, path.removeprefix("${configDir}").lstrip("/")
    return posixpath.normpath(posixpath.join(folder, path))


def _options(
    snapshot: Snapshot, path: str, packages: Packages, depth: int = 0
) -> dict[str, tuple[Any, str]]:
    """Return each compiler option with the folder of the config that sets it."""
    config = loose_json(snapshot.get(path) or "")
    merged: dict[str, tuple[Any, str]] = {}
    extended = config.get("extends")
    parents = extended if isinstance(extended, list) else [extended]
    for parent in parents if depth < _LONGEST_EXTENDS else ():
        base = _extended(snapshot, path, parent, packages) if isinstance(parent, str) else None
        if base is not None and base != path:
            merged |= _options(snapshot, base, packages, depth + 1)
    own = config.get("compilerOptions")
    home = posixpath.dirname(path)
    return merged | {
        name: (value, home) for name, value in (own if isinstance(own, dict) else {}).items()
    }


def _extended(snapshot: Snapshot, path: str, parent: str, packages: Packages) -> str | None:
    """Return the config that ``extends: parent`` means; None when it is not in the repository."""
    stems = [posixpath.join(posixpath.dirname(path), parent)]
    named = packages.named(parent) if not parent.startswith(".") else None
    if named is not None:
        package, below = named
        own = package.manifest.get("tsconfig")
        own = own if isinstance(own, str) else "tsconfig.json"
        stems = [*package.entries(below), posixpath.join(package.folder, below or own)]
    for stem in stems:
        plain = posixpath.normpath(stem)
        for name in (plain, f"{plain}.json", posixpath.join(plain, "tsconfig.json")):
            if name in snapshot and name.endswith(".json"):
                return name
    return None
