"""How a target's tests stand to their units: beside them, or in a folder that mirrors theirs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

PACKAGE = "{package}"
"""Stands for the name of the unit's own package in a folder of tests."""


@dataclass(frozen=True, slots=True)
class Convention:
    """Where tests stand, below the package of their units, and what they are called."""

    folder: tuple[str, ...]
    """The folder of tests; empty where they stand beside their units."""
    pattern: str
    beside: str = ""
    """The folder beside the units, for ``__tests__``."""
    dropped: int | None = None
    """Leading folders of the unit that the folder of tests mirrors without; None for flat."""
    whole: bool = False
    """Below the repository, since tests are a package of their own."""


def goes_on(parts: tuple[str, ...], folder: tuple[str, ...]) -> bool:
    """Tell whether ``parts`` go on behind ``folder``, wherever in them that stands."""
    width = len(folder)
    return any(parts[at : at + width] == folder for at in range(len(parts) - width))


def for_each_package(convention: Convention, home: tuple[str, ...]) -> Convention:
    """Say of a folder that is called like the unit's package that each package has its own."""
    folder = tuple(PACKAGE if each == home[-1] else each for each in convention.folder)
    return replace(convention, folder=folder)


def apart(
    test: PurePosixPath, unit: PurePosixPath, pattern: str, home: tuple[str, ...], *, whole: bool
) -> Convention:
    """Return the convention of a test in a folder of tests, as ``unit`` stands below ``home``."""
    below, own = unit.parent.parts[len(home) :], test.parent.parts[len(home) :]
    for dropped in range(2):
        kept = below[dropped:]
        head = own[: len(own) - len(kept)]
        if head and own[len(head) :] == kept:
            return Convention(head, pattern, dropped=dropped, whole=whole)
    return Convention(own, pattern, whole=whole)
