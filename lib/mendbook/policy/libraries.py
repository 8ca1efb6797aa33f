"""Which packages a plan may rely on: approved ones, and those that Node.js replaces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

import msgspec

from mendbook.policy.document import read_document
from mendbook.policy.policy_file import default_policy

FILE = "libraries.yaml"


@dataclass(frozen=True, slots=True)
class Decided:
    """A package about which there is a decision of its own."""

    package: str
    action: Literal["keep", "development", "remove"]
    principle: str
    why: str


@dataclass(frozen=True, slots=True)
class Native:
    """What Node.js has instead of a package, and since which ``major.minor``."""

    package: str
    instead: str
    since: str

    def known_to(self, version: tuple[int, int]) -> bool:
        """Tell whether Node.js ``version`` has it."""
        major, minor = self.since.split(".")
        return version >= (int(major), int(minor))


@dataclass(frozen=True, slots=True)
class Libraries:
    """The lists of ``data/policies/libraries.yaml``; names may hold ``*``."""

    principles: dict[str, str]
    approved: tuple[str, ...]
    platform: tuple[str, ...]
    development: tuple[str, ...]
    decided: tuple[Decided, ...]
    native: tuple[Native, ...]

    def decision(self, package: str) -> Decided | None:
        """Return the decision about ``package``, or None."""
        return next((one for one in self.decided if one.package == package), None)

    def replacement(self, package: str, version: tuple[int, int]) -> Native | None:
        """Return what Node.js ``version`` has instead of ``package``, or None."""
        natives = (one for one in self.native if one.package == package and one.known_to(version))
        return next(natives, None)

    def standing(self, package: str) -> Literal["approved", "platform", "development", ""]:
        """Return the list that ``package`` is in; empty when in none."""
        if _listed(package, self.approved):
            return "approved"
        if _listed(package, self.platform):
            return "platform"
        return "development" if _listed(package, self.development) else ""


def load_libraries(path: Path | None = None) -> Libraries:
    """Return the lists at ``path``, or the default ones.

    Raises ``PolicyError`` where the file is not readable or not valid under its schema.
    """
    source = path or default_policy().with_name(FILE)
    return msgspec.convert(read_document(source, "libraries"), type=Libraries)


def unapproved(packages: Iterable[str], path: Path | None = None) -> tuple[str, ...]:
    """Return those of ``packages`` (``name`` or ``name@version``) that are in no list, in order."""
    names = dict.fromkeys(_name(package) for package in packages)
    if not names:
        return ()
    libraries = load_libraries(path)
    kept = {one.package for one in libraries.decided if one.action != "remove"}
    return tuple(name for name in names if not libraries.standing(name) and name not in kept)


def _name(package: str) -> str:
    head, _, _ = package[1:].partition("@")
    return package[:1] + head


def _listed(package: str, patterns: tuple[str, ...]) -> bool:
    """Tell whether a name is meant; its ``*`` is any characters, as package managers read it.

    Patterns of paths are another matter (``mendbook.text.globs``): there one without a slash means
    a name in any folder, and ``eslint-*`` would approve a stranger's ``@other/eslint-plugin``.
    """
    return any(fnmatchcase(package, pattern) for pattern in patterns)
