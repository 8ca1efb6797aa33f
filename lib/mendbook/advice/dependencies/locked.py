"""What ``package-lock.json`` installs for a package: version, commands, and what comes along."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FILE = "package-lock.json"
_PREFIX = "node_modules/"


@dataclass(frozen=True, slots=True)
class Locked:
    """The packages of an npm lock file by their place; empty when ``problem`` says why."""

    packages: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    problem: str = ""

    def version(self, name: str) -> str:
        """Return the version installed at the top level, or an empty string."""
        return str(self.packages.get(_PREFIX + name, {}).get("version", ""))

    def commands(self, name: str) -> tuple[str, ...]:
        """Return the commands that ``name`` installs; its own name when it is not in the lock."""
        entry = self.packages.get(_PREFIX + name)
        if entry is None:
            return () if name.startswith("@types/") else (name,)
        commands = entry.get("bin")
        return tuple(commands) if isinstance(commands, dict) else ()

    def builds(self, name: str) -> bool:
        """Tell whether installing ``name`` runs a script of its own."""
        return bool(self.packages.get(_PREFIX + name, {}).get("hasInstallScript"))

    def peers(self, name: str) -> tuple[str, ...]:
        """Return the packages that ``name`` needs beside itself."""
        entry = self.packages.get(_PREFIX + name, {})
        return tuple(_names(entry, "peerDependencies"))

    def along(self, name: str) -> int:
        """Return how many further packages are installed because of ``name``, shared ones too."""
        seen: set[str] = set()
        waiting = [_PREFIX + name]
        while waiting:
            place = waiting.pop()
            if place in seen or place not in self.packages:
                continue
            seen.add(place)
            entry = self.packages[place]
            wanted = _names(entry, "dependencies") + _names(entry, "optionalDependencies")
            waiting += [self._resolved(place, one) for one in wanted]
        return max(len(seen) - 1, 0)

    def _resolved(self, place: str, wanted: str) -> str:
        """Return the place that Node.js would find ``wanted`` at from ``place``."""
        while place:
            candidate = f"{place}/{_PREFIX}{wanted}"
            if candidate in self.packages:
                return candidate
            place = place.rpartition(f"/{_PREFIX}")[0]
        return _PREFIX + wanted


def read_locked(text: str | None) -> Locked:
    """Return the lock file of npm 7 and later; ``text`` is None when there is none."""
    if text is None:
        return Locked(problem=f"there is no {FILE}: versions and what comes along are not known")
    try:
        packages = json.loads(text).get("packages")
    except (ValueError, RecursionError, AttributeError):
        return Locked(problem=f"{FILE} is not JSON; nothing was read from it")
    if not isinstance(packages, dict):
        return Locked(problem=f"{FILE} is older than npm 7; versions were not read from it")
    return Locked({place: entry for place, entry in packages.items() if isinstance(entry, dict)})


def _names(entry: Mapping[str, Any], section: str) -> list[str]:
    names = entry.get(section)
    return list(names) if isinstance(names, dict) else []
