"""Name what is made on the way so that the next run can tell it from what is still in use.

A mark is in the name itself: the machine, the process and a few random digits. What a dead process
of this machine has left behind may be removed by whoever comes next; of another machine nothing is
known, so its things are left alone for a day.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

_MARK = re.compile(r"\.(?:partial|saving|work)-([0-9a-f]{6})-(\d+)-[0-9a-f]{6}\w*$")
_SLACK = 2.0
"""Seconds by which a file may seem older than the process that made it."""
_STRANGER_SECONDS = 86_400.0
"""How long something of another machine is left alone."""


def mark(kind: str) -> str:
    """Return a new mark: ``partial`` for what gets another name, ``saving``, or ``work``."""
    return f".{kind}-{_machine()}-{os.getpid()}-{secrets.token_hex(3)}"


def left_behind(path: Path, now: float) -> bool:
    """Tell whether ``path`` carries a mark of ours and its maker is gone.

    ``now`` is in seconds since 1970; it counts for what another machine has made.
    """
    match = _MARK.search(path.name)
    if match is None:
        return False
    try:
        modified = path.lstat().st_mtime
    except OSError:
        return False
    if match[1] != _machine():
        return now - modified > _STRANGER_SECONDS
    import psutil  # needed when something was left, and slow to import

    try:
        began: float = psutil.Process(int(match[2])).create_time()
    except (psutil.Error, OverflowError):
        return True
    return began > modified + _SLACK  # the number belongs to another process by now


def remove_left_behind(folders: Iterable[Path], now: float) -> tuple[Path, ...]:
    """Remove what dead runs have left directly in ``folders``; return what was removed."""
    removed = []
    for folder in folders:
        try:
            entries = sorted(folder.iterdir())
        except OSError:
            continue
        for path in entries:
            if left_behind(path, now):
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)
                removed.append(path)
    return tuple(removed)


def _machine() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:6]
