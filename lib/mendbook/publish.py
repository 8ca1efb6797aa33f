"""One commit point: a run's folder is staged whole, then given its name by one rename."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from mendbook.disk import why_unwritable
from mendbook.errors import ReportError
from mendbook.marks import mark
from mendbook.text.escape import slug

NAME_BYTES = 120
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}-\d{4}")
_TAKEN = {errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR, errno.EISDIR, errno.EACCES}
_MOST_TRIES = 1000


def publish(out: Path, stamp: str, name: str, fill: Callable[[Path], None]) -> Path:
    """Publish what ``fill`` writes into the folder it is given; return the folder's final path.

    The folder is ``out/<stamp>-<name>``, with ``-2`` and so on when that is taken: nothing is
    overwritten. All is on the disk before the one rename; a run that dies anywhere leaves nothing
    under a final name, or all of it. Raises ``ReportError`` when it cannot be written.
    """
    if not _STAMP.fullmatch(stamp):
        message = f"stamp {stamp!r}: expected a UTC minute as YYYY-MM-DD-HHmm"
        raise ReportError(message)
    stem = slug(name, NAME_BYTES - 40)
    staged = out / f".{stem}{mark('partial')}"
    try:
        staged.mkdir(parents=True)
        fill(staged)
        _refuse_surprises(staged)
        _sync(staged)
        final = _rename(staged, out, f"{stamp}-{stem}")
    except OSError as error:
        message = f"{out}: cannot publish ({error.strerror or error}); nothing was written there"
        raise ReportError(message) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    with contextlib.suppress(OSError):  # published already; a power cut may undo it whole
        _sync_folder(out)
    return final


def refuse_unwritable(out: Path) -> None:
    """Raise ``ReportError`` where a run could not be published in ``out``; write nothing."""
    there = next(path for path in (out, *out.parents) if os.path.lexists(path))
    if not there.is_dir():
        message = f"{out}: cannot be written ({there} is no folder); choose another --out"
    elif why := why_unwritable(there):
        message = f"{out}: cannot be written ({why}); choose another --out"
    else:
        return
    raise ReportError(message)


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write ``files`` (POSIX path inside ``folder`` to content) as new files; text as UTF-8."""
    for name, content in files.items():
        path = folder / _inside(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            while data:
                data = data[os.write(handle, data) :]
        except OSError as error:  # the system does not say of which file
            raise OSError(error.errno, error.strerror, str(path)) from error
        finally:
            os.close(handle)


def write_whole(path: Path, data: bytes) -> None:
    """Write ``data`` to the file at ``path`` in one step: all of it stands there, or the old."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(mark("partial"))
    try:
        write_files(path.parent, {partial.name: data})
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.name or "\0" in name or "\\" in name:
        message = f"artefact {name!r}: its path does not stay inside the run's folder"
        raise ReportError(message)
    if any(len(part.encode("utf-8", "replace")) > NAME_BYTES for part in path.parts):
        message = f"artefact {name[:60]!r}…: a part of its name is longer than {NAME_BYTES} bytes"
        raise ReportError(message)
    return path


def _refuse_surprises(folder: Path) -> None:
    entries = list(folder.rglob("*"))
    if not any(entry.is_file() for entry in entries):
        message = f"{folder.name}: there is nothing to publish"
        raise ReportError(message)
    for entry in entries:
        if entry.is_symlink() or not (entry.is_file() or entry.is_dir()):
            message = f"{entry.name}: only files and folders are published"
            raise ReportError(message)


def _sync(folder: Path) -> None:
    for entry in [*folder.rglob("*"), folder]:
        if entry.is_dir():
            _sync_folder(entry)
            continue
        handle = os.open(entry, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _rename(staged: Path, out: Path, name: str) -> Path:
    for attempt in range(1, _MOST_TRIES):
        final = out / (name if attempt == 1 else f"{name}-{attempt}")
        if os.path.lexists(final):
            continue
        try:
            staged.rename(final)
        except OSError as error:
            if error.errno not in _TAKEN or not os.path.lexists(final):
                raise
            continue
        return final
    message = f"{out / name}: this name and {_MOST_TRIES} after it are taken; choose another --out"
    raise ReportError(message)
