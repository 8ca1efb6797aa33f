"""Versions of the packages and programs that stages rest on."""

from __future__ import annotations

import importlib.metadata
import subprocess
from functools import cache

_SECONDS = 10


@cache
def version_of(tool: str) -> str:
    """Return the version of an installed package, else of a program; empty where neither is."""
    try:
        return importlib.metadata.version(tool)
    except importlib.metadata.PackageNotFoundError:
        return _said(tool)


def _said(program: str) -> str:
    try:
        done = subprocess.run(
            [program, "--version"],
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
