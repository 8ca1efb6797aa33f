"""Put a program into a folder of Mendbook's own: whole, or not at all."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from mendbook.errors import CollectError
from mendbook.marks import mark

_SECONDS = 300


def installed_whole(home: Path, install: Callable[[Path], None]) -> Path:
    """Return ``home`` with what ``install`` puts into the folder that it is given.

    That folder is made beside the one that may be there and takes its place: an installation that
    is killed leaves the old one, or none.
    """
    staged = home.with_name(f"{home.name}{mark('saving')}")
    staged.mkdir(parents=True)
    try:
        install(staged)
        return _put(staged, home)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def run_installer(command: Sequence[str], folder: Path, package: str, needs: str) -> str:
    """Run ``command`` in ``folder`` and return the last line that it says of a failure, if any.

    Raises ``CollectError`` where it does not start or end; ``needs`` is what to install first.
    """
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        message = (
            f"{folder}: {command[0]} could not install {package} ({error}); "
            f"install {needs} and try again"
        )
        raise CollectError(message) from error
    said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no message"]
    return said[-1] if done.returncode else ""


def _put(staged: Path, home: Path) -> Path:
    """Give ``staged`` the name ``home``, in place of what has it."""
    before = home.with_name(f"{home.name}{mark('saving')}")
    if home.exists():
        home.rename(before)
    staged.rename(home)
    shutil.rmtree(before, ignore_errors=True)
    return home
