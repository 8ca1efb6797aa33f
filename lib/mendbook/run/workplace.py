"""One folder for all that a run makes on its way, so that nothing of a killed run stays."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mendbook.marks import mark, remove_left_behind

_PREFIX = "m"  # short: the names of sockets in it may not be long
_VARIABLES = ("TMPDIR", "TEMP", "TMP")


@contextmanager
def workplace() -> Iterator[None]:
    """Let every temporary file of this process and its children lie in one folder of this run.

    What is already pointed at such a folder stays so: a run inside a run works where that does.
    """
    top = Path(tempfile.gettempdir())
    folder = top / f"{_PREFIX}{mark('work')}"
    try:
        folder.mkdir(mode=0o700)
    except OSError:  # a full disk is told by who first needs it
        yield
        return
    before = {name: os.environ.get(name) for name in _VARIABLES}
    was = tempfile.tempdir
    os.environ.update(dict.fromkeys(_VARIABLES, str(folder)))
    tempfile.tempdir = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = was
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        shutil.rmtree(folder, ignore_errors=True)


def tidy(out: Path, cache: Path) -> tuple[Path, ...]:
    """Remove what killed runs have left in the folders that runs write to; return what it was."""
    folders = [out, out / ".runs", out / "latest", Path(tempfile.gettempdir()), cache]
    folders += [path for path in _below(cache) if path.is_dir()]
    return remove_left_behind(folders, time.time())


def _below(cache: Path) -> Iterator[Path]:
    """Yield the folders in which stages, notebooks, indexes, packages and verdicts are kept."""
    for pattern in ("*", "stages/*", "notebooks/*", "index/*", "gates/*", "gates/gates"):
        yield from sorted(cache.glob(pattern))
