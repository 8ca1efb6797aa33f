"""Tell a fault of a disk from a fault of what was to be written there."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from mendbook.errors import ReportError

FAULTS = frozenset(
    {
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EIO,
        errno.ENOTDIR,
        errno.EROFS,
        errno.EACCES,
        errno.EPERM,
        errno.EFBIG,
    }
)
"""The errors by which a system says that it cannot write somewhere."""
_TOLD = tuple(
    os.strerror(number)
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EFBIG)
)
_ROOM = 1_000_000
"""Bytes that must fit into a temporary folder for git to work."""


def why_unwritable(folder: Path) -> str:
    """Return why nothing can be made in ``folder``, as a few words; empty where it can."""
    if os.access(folder, os.W_OK | os.X_OK):
        return ""
    read_only = hasattr(os, "statvfs") and os.statvfs(folder).f_flag & os.ST_RDONLY
    return f"{folder} is on a read-only file system" if read_only else f"no permission on {folder}"


def refuse_full_folder(folder: Path) -> None:
    """Raise ``ReportError`` where nothing can be written to ``folder``, one of temporary files."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(_ROOM))
    except OSError as error:
        raise _refusal(folder, error.strerror or str(error)) from error


def refuse_faulty_disk(folder: Path, code: int, said: bytes) -> None:
    """Raise ``ReportError`` where a program that failed in ``folder`` failed by the disk.

    ``code`` is its exit code, negative where a signal ended it, and ``said`` what it printed: the
    program may have cleared its own files away, so that there is room again.
    """
    if code == 0:
        return
    words = said.decode("utf-8", "replace")
    told = next((each for each in _TOLD if each in words), "")
    if code < 0:
        told = told or f"a program there was ended by signal {-code}"
    if told:
        raise _refusal(folder, told)
    refuse_full_folder(folder)


def _refusal(folder: Path, why: str) -> ReportError:
    return ReportError(f"{folder}: cannot be written ({why}); free space there or set TMPDIR")
