"""One run of an audit into a folder at a time: a lock that dies with its process.

The lock is the operating system's: it is gone when the process or the machine is, so that nobody
has to judge whether an old claim is stale. What is written in the file is for people.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mendbook.errors import BusyError
from mendbook.text.plain import one_line

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}
_TRIES = 100


@dataclass(frozen=True, slots=True)
class Claim:
    """Who works on an audit, since when."""

    run: str
    audit: str
    started: str
    process: int
    host: str


@contextmanager
def claimed(path: Path, claim: Claim) -> Iterator[str]:
    """Hold the claim at ``path``; yield a warning where the file system knows no locks.

    Raises ``BusyError`` where another process holds it. A claim whose holder is dead is free.
    """
    handle, warning = _locked(path)
    try:
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, msgspec.json.encode(claim) + b"\n")
        yield warning
    finally:
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(handle)


def is_claimed(path: Path) -> bool:
    """Tell whether a living process holds the claim at ``path``."""
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _lock(handle)
    except OSError:
        return False  # no locks here: a claim says nothing
    finally:
        os.close(handle)


def _locked(path: Path) -> tuple[int, str]:
    for _ in range(_TRIES):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            got = _lock(handle)
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return handle, f"{path.parent}: no locks here, so two runs at once are possible"
            os.close(handle)
            raise
        if not got:
            words = _busy(path)
            os.close(handle)
            raise BusyError(words)
        if _is(handle, path):
            return handle, ""
        os.close(handle)  # its last holder removed it between the two calls
    raise BusyError(f"{path}: cannot be claimed; run again")


def _lock(handle: int) -> bool:
    """Lock the file, or return False where another holds it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except PermissionError:
        return False  # how Windows says it
    return True


def _is(handle: int, path: Path) -> bool:
    """Tell whether the open file is the one that stands at ``path`` now."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _busy(path: Path) -> str:
    try:
        held = msgspec.json.decode(path.read_bytes(), type=Claim)
    except (OSError, msgspec.MsgspecError):
        return f"{path.parent.parent}: another run of this audit works there; wait for its end"
    return (
        f"{one_line(held.audit, 80)}: running since {held.started}, process {held.process} on "
        f"{one_line(held.host, 60)}; wait for its end, or choose another --out"
    )
