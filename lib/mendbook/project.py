"""Where Mendbook's own files are: notebooks, policies, the sample, and the default output."""

from __future__ import annotations

import hashlib
import os
from functools import cache as once
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).resolve().parent


@once
def root() -> Path:
    """Return the checkout that this package runs from; ``MENDBOOK_HOME`` names another."""
    named = os.environ.get("MENDBOOK_HOME")
    return Path(named).resolve() if named else PACKAGE.parent.parent


def notebooks() -> Path:
    """Return the folder of the notebooks."""
    return root() / "notebooks"


def data() -> Path:
    """Return the folder of policies, overrides and the sample."""
    return root() / "data"


def overrides(audit: str) -> Path:
    """Return the folder of what people decide about the audit of that name."""
    return data() / "overrides" / audit


def reports() -> Path:
    """Return the folder that runs are written to unless a caller names another."""
    return root() / "reports"


def cache() -> Path:
    """Return the folder of what is computed once; ``MENDBOOK_CACHE`` names another."""
    named = os.environ.get("MENDBOOK_CACHE")
    return Path(named).absolute() if named else platformdirs.user_cache_path("mendbook")


@once
def code_sha256() -> str:
    """Return a hash over Mendbook's own code and data, so that a change of either is seen."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".json"}:
            digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()
