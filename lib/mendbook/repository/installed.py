"""What lock files install, in ecosystems other than Node.js, and whose lock files they are."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping

from mendbook.repository.declared import normal
from mendbook.repository.snapshot import Snapshot

_GEM = re.compile(r"^    ([\w-]+) \(([\w.]+)\)$", re.MULTILINE)


def installed_versions(snapshot: Snapshot) -> dict[tuple[str, str], str]:
    """Return the version of each locked package, by ecosystem and name.

    A lock file that cannot be read gives none.
    """
    versions: dict[tuple[str, str], str] = {}
    for name, (ecosystem, read) in LOCKS.items():
        text = snapshot.get(name)
        if text is None:
            continue
        try:
            for package, version in read(text).items():
                versions.setdefault((ecosystem, package), version)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            continue
    return versions


def _toml(text: str) -> dict[str, str]:
    entries = tomllib.loads(text).get("package") or []
    return {one["name"]: str(one["version"]) for one in entries if "version" in one}


def _python(text: str) -> dict[str, str]:
    return {normal(name): version for name, version in _toml(text).items()}


def _pipfile(text: str) -> dict[str, str]:
    data: Mapping[str, Mapping[str, Mapping[str, str]]] = json.loads(text)
    return {
        normal(name): str(entry.get("version", "")).lstrip("=")
        for section in ("default", "develop")
        for name, entry in data.get(section, {}).items()
        if "version" in entry
    }


def _composer(text: str) -> dict[str, str]:
    data = json.loads(text)
    listed = [*(data.get("packages") or []), *(data.get("packages-dev") or [])]
    return {one["name"]: str(one["version"]).lstrip("v") for one in listed}


LOCKS: dict[str, tuple[str, Callable[[str], dict[str, str]]]] = {
    "uv.lock": ("python", _python),
    "poetry.lock": ("python", _python),
    "pdm.lock": ("python", _python),
    "Pipfile.lock": ("python", _pipfile),
    "Cargo.lock": ("rust", _toml),
    "composer.lock": ("php", _composer),
    "Gemfile.lock": ("ruby", lambda text: dict(_GEM.findall(text))),
}
"""Lock file to the ecosystem that it belongs to, and the reader of its versions."""

MANAGERS: tuple[tuple[str, str], ...] = (
    ("uv.lock", "uv"),
    ("poetry.lock", "Poetry"),
    ("pdm.lock", "PDM"),
    ("Pipfile.lock", "Pipenv"),
    ("Pipfile", "Pipenv"),
    ("environment.yml", "conda"),
    ("requirements.txt", "pip"),
    ("pyproject.toml", "pip"),
    ("setup.py", "pip"),
    ("go.sum", "Go modules"),
    ("go.mod", "Go modules"),
    ("Cargo.lock", "Cargo"),
    ("Cargo.toml", "Cargo"),
    ("pom.xml", "Maven"),
    ("gradle.lockfile", "Gradle"),
    ("build.gradle.kts", "Gradle"),
    ("build.gradle", "Gradle"),
    ("composer.lock", "Composer"),
    ("composer.json", "Composer"),
    ("Gemfile.lock", "Bundler"),
    ("Gemfile", "Bundler"),
    ("packages.lock.json", "NuGet"),
    ("Directory.Packages.props", "NuGet"),
)
"""File to the package manager that reads it; of each ecosystem the first one there counts."""
FAMILIES: dict[str, str] = {
    **dict.fromkeys(("uv", "Poetry", "PDM", "Pipenv", "conda", "pip"), "python"),
    "Go modules": "go",
    "Cargo": "rust",
    "Maven": "maven",
    "Gradle": "gradle",
    "Composer": "php",
    "Bundler": "ruby",
    "NuGet": "dotnet",
}
"""Package manager to the family of which one is named."""
