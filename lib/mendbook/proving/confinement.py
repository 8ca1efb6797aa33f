"""Run code that an agent wrote so that it reaches no network, no key and no home of the user's."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mendbook.bounded_process import run_bounded

_PROGRAM = "bwrap"
_PROBE_SECONDS = 20.0
_HIDDEN = ("/home", "/root", "/run", "/tmp", "/var/tmp", "/mnt", "/media")  # noqa: S108
_HELD_IN_HOME = {"bin", ".bin", "shims"}


@dataclass(frozen=True, slots=True)
class Confinement:
    """How a command is confined: by bubblewrap, with a read-only system and one writable folder."""

    program: str

    @property
    def words(self) -> str:
        """What the report says of it."""
        return "in bubblewrap: without network, keys and the user's home"

    def wrapped(
        self,
        command: Sequence[str],
        cwd: Path,
        writable: Path,
        readable: Sequence[Path],
        environment: Mapping[str, str],
    ) -> list[str]:
        """Return the command that runs ``command`` in ``cwd``, a folder inside ``writable``.

        All but ``writable`` is read-only; homes and shared temporary folders are empty but for
        ``readable`` and the folders of programs on the ``PATH`` of ``environment``.
        """
        hidden = list(dict.fromkeys([*_HIDDEN, str(Path.home())]))
        shown = [*_programs(environment, hidden), *map(str, readable)]
        return [
            *(self.program, "--unshare-all", "--die-with-parent", "--new-session"),
            *("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"),
            *(word for path in hidden if Path(path).is_dir() for word in ("--tmpfs", path)),
            *(word for path in shown for word in ("--ro-bind-try", path, path)),
            *("--bind", str(writable), str(writable), "--chdir", str(cwd), "--"),
            *command,
        ]


def find_confinement(program: str = _PROGRAM) -> Confinement | None:
    """Return the confinement that works on this machine, tried once; None where there is none."""
    found = shutil.which(program)
    if found is None:
        return None
    tried = [found, "--unshare-all", "--die-with-parent", "--ro-bind", "/", "/", "true"]
    ended = run_bounded(tried, Path("/"), _PROBE_SECONDS)
    return Confinement(found) if ended.code == 0 else None


def _programs(environment: Mapping[str, str], hidden: Sequence[str]) -> Iterator[str]:
    """Yield the folders of programs that lie in hidden places: node by nvm, Python by pyenv."""
    for entry in environment.get("PATH", "").split(os.pathsep):
        if not _is_below(entry, hidden):
            continue
        folder = Path(entry)
        prefix = folder.parent
        own = folder.name in _HELD_IN_HOME and not _is_home(prefix)
        yield str(prefix if own else folder)
    for prefix_path in dict.fromkeys((sys.prefix, sys.base_prefix)):
        if _is_below(prefix_path, hidden):
            yield prefix_path


def _is_home(folder: Path) -> bool:
    """Tell whether ``folder`` is a home or holds what a user keeps beside programs."""
    return folder == Path.home() or folder.name in {".local", "home", "root", "tmp"}


def _is_below(entry: str, hidden: Sequence[str]) -> bool:
    return bool(entry) and any(Path(entry).is_relative_to(path) for path in hidden)
