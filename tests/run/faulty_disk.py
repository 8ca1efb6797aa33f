"""Make the same run again and again, each time with a disk that refuses another write.

    python faulty_disk.py AUDIT REPOSITORY FOLDER FIRST STEP

Run number N is refused its Nth write: a file opened to be written, a write, a flush to the disk, a
folder made, a name given or taken away. Python's own audit events tell of all but writes and
flushes, which are counted where they are called. Each run is a fork of one process, which has
imported what a run needs; a line of JSON says how it ended. The first run that ends without having
been refused anything is the last.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import json
import os
import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

FAULTS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT)
_STAMP = re.compile(r"\d{4}-\d\d-\d\d-\d{4}")
_NAMED = {"os.mkdir", "os.rename", "os.link", "os.symlink", "os.truncate"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Disk:
    """A disk that refuses one write, below one folder."""

    def __init__(self, nth: int, folder: Path) -> None:
        """Refuse the ``nth`` write below ``folder``."""
        self.nth = nth
        self.writes = 0
        self.refused = ""
        self._folder = str(folder)

    def count(self, what: str, path: str = "") -> None:
        """Count one write; raise where it is the one to be refused."""
        self.writes += 1
        if self.writes == self.nth:
            self.refused = what
            number = FAULTS[self.nth % len(FAULTS)]
            raise OSError(number, os.strerror(number), path or None)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take one of Python's audit events for a write, if it is one of this folder."""
        if event == "open":
            path, mode, flags = arguments
            writes = any(letter in mode for letter in "wax+") if mode else flags & _WRITING
            if not writes:
                return
        elif event in _NAMED:
            path = arguments[0]
        else:
            return
        if isinstance(path, (str, os.PathLike)) and str(path).startswith(self._folder):
            self.count(event, str(path))

    def counted(self, called: Callable[..., Any]) -> Callable[..., Any]:
        """Return ``called``, each call of which is a write."""

        def call(handle: int, *given: Any) -> Any:  # noqa: ANN401 - as ``called``
            if stat.S_ISREG(os.fstat(handle).st_mode):
                self.count(called.__name__)
            return called(handle, *given)

        return call


def run(nth: int, folder: Path, command: list[str]) -> None:
    """Make one run in this process, which ends with it."""
    from mendbook.cli import main

    os.environ["MENDBOOK_CACHE"] = str(folder / "cache")
    os.environ["TMPDIR"] = str(folder / "tmp")
    said = os.open(folder / "said", os.O_WRONLY | os.O_CREAT)
    os.dup2(said, 1)
    os.dup2(said, 2)
    disk = Disk(nth, folder)
    sys.argv = command
    sys.addaudithook(disk.hear)
    os.write, os.fsync = disk.counted(os.write), disk.counted(os.fsync)
    code = 0
    try:
        main()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 70
    disk.nth = 0
    modules = sorted(sys.modules)
    sys.stdout.flush()
    sys.stderr.flush()
    (folder / "ended").write_text(
        json.dumps({"code": code, "refused": disk.refused, "modules": modules})
    )
    os._exit(0)


def forked(nth: int, folder: Path, command: list[str]) -> dict[str, Any]:
    """Return how one run ended: its code, the write that it was refused, what it imported."""
    (folder / "tmp").mkdir(parents=True)
    child = os.fork()
    if child == 0:
        run(nth, folder, [*command, "--out", str(folder / "out")])
    os.waitpid(child, 0)
    ended: dict[str, Any] = json.loads((folder / "ended").read_text())
    return ended


def main(audit: str, repository: str, top: Path, first: int, step: int) -> None:
    """Print how each run ended."""
    command = ["mendbook", "plan", audit, "--repo", repository, "--notebooks", "none"]
    for module in forked(0, top / "whole", command)["modules"]:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)

    for nth in range(first, 10_000, step):
        folder = top / str(nth)
        out = folder / "out"
        ended = forked(nth, folder, command)
        told = {name: ended[name] for name in ("code", "refused")}
        runs = [path for path in out.glob("2*") if path.is_dir()]
        left = [str(path.relative_to(folder)) for path in folder.rglob("*") if _half(path)]
        files = [sorted(_STAMP.sub("", str(p.relative_to(r))) for p in r.rglob("*")) for r in runs]
        said = (folder / "said").read_text()
        print(json.dumps({"nth": nth, **told, "said": said, "files": files, "left": left}))
        if not told["refused"]:
            return


def _half(path: Path) -> bool:
    return any(kind in path.name for kind in (".partial-", ".saving-", ".work-"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
