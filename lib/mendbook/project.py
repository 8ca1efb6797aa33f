"""Where Mendbook's own files are, where it works, and where it writes unless told otherwise.

A checkout keeps notebooks, policies and the sample beside its code; a wheel carries them inside
the package, as ``mendbook/data``.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cache as once
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).resolve().parent
_NAME = "mendbook"


def checkout() -> Path | None:
    """Return the checkout that this package runs from; None where it is installed as a wheel.

    ``MENDBOOK_HOME`` names another.
    """
    named = os.environ.get("MENDBOOK_HOME")
    if named:
        return Path(named).resolve()
    above = PACKAGE.parent.parent
    return above if (above / "notebooks").is_dir() and (above / "data").is_dir() else None


def notebooks() -> Path:
    """Return the folder of the notebooks."""
    home = checkout()
    return home / "notebooks" if home else PACKAGE / "data/notebooks"


def data() -> Path:
    """Return the folder of the policies and the sample."""
    home = checkout()
    return home / "data" if home else PACKAGE / "data"


def cache() -> Path:
    """Return the folder of what is computed once; ``MENDBOOK_CACHE`` names another."""
    named = os.environ.get("MENDBOOK_CACHE")
    return Path(named).absolute() if named else platformdirs.user_cache_path(_NAME)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where runs and decisions are kept when nobody says otherwise."""

    reports: Path
    """The folder that runs are published in."""
    overrides: Path
    """The folder of what people decide, a folder an audit."""


def desk(standing: Path, audited: Path | None = None) -> Desk:
    """Return the desk of somebody who stands in the folder ``standing``.

    It is that folder. In the checkout it is the checkout; and inside the ``audited`` repository,
    which stays as it is, it is a folder of the user's data.
    """
    if audited is not None and standing.is_relative_to(top_of(audited)):
        home = platformdirs.user_data_path(_NAME)
        return Desk(home / "reports" / top_of(audited).name, home / "overrides")
    home_of_code = checkout()
    if home_of_code is not None and standing.is_relative_to(home_of_code):
        return Desk(home_of_code / "reports", home_of_code / "data/overrides")
    return Desk(standing / "reports", standing / "overrides")


def top_of(repository: Path) -> Path:
    """Return the top of the work tree around the folder ``repository``, else that folder."""
    start = repository.resolve()
    return next((each for each in (start, *start.parents) if (each / ".git").exists()), start)


@once
def code_sha256() -> str:
    """Return a hash over Mendbook's own code and data, so that a change of either is seen."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".json"} and not path.is_relative_to(PACKAGE / "data"):
            digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()
