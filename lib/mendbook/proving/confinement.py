"""Run code that an agent wrote so that it reaches no network, no key and no home of the user's."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from mendbook.bounded_process import run_bounded
from mendbook.proving.container import RUNTIMES, find_container
from mendbook.proving.program_folders import program_folders

_PROGRAM = "bwrap"
_PROBE_SECONDS = 20.0
_HIDDEN = ("/home", "/root", "/run", "/tmp", "/var/tmp", "/mnt", "/media")  # noqa: S108


class Confinement(Protocol):
    """How a command is confined: a read-only system, and one folder that it can write to."""

    @property
    def words(self) -> str:
        """What the report says of it."""
        ...

    def wrapped(
        self,
        command: Sequence[str],
        cwd: Path,
        writable: Path,
        readable: Sequence[Path],
        environment: Mapping[str, str],
    ) -> list[str]:
        """Return the command that runs ``command`` in ``cwd``, a folder inside ``writable``."""
        ...

    def ended(self, command: Sequence[str]) -> None:
        """Take away what a wrapped ``command`` may have left when its time was up."""
        ...


@dataclass(frozen=True, slots=True)
class Bubblewrap:
    """How a command is confined: by bubblewrap, which needs no rights and no image."""

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
        programs = program_folders(environment, lambda entry: _is_below(entry, hidden))
        shown = [*programs, *map(str, readable)]
        return [
            *(self.program, "--unshare-all", "--die-with-parent", "--new-session"),
            *("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"),
            *(word for path in hidden if Path(path).is_dir() for word in ("--tmpfs", path)),
            *(word for path in shown for word in ("--ro-bind-try", path, path)),
            *("--bind", str(writable), str(writable), "--chdir", str(cwd), "--"),
            *command,
        ]

    def ended(self, command: Sequence[str]) -> None:
        """Take nothing away: what runs in it dies with it."""


def find_confinement() -> Confinement | None:
    """Return the confinement that works on this machine, tried now; None where there is none.

    Bubblewrap comes first, since it needs no service; then podman and docker.
    """
    if (bubblewrap := shutil.which(_PROGRAM)) is not None:
        tried = [bubblewrap, "--unshare-all", "--die-with-parent", "--ro-bind", "/", "/", "true"]
        if run_bounded(tried, Path("/"), _PROBE_SECONDS).code == 0:
            return Bubblewrap(bubblewrap)
    for name in RUNTIMES:
        runtime = shutil.which(name)
        if runtime is not None and (container := find_container(runtime)) is not None:
            return container
    return None


def _is_below(entry: str, hidden: Sequence[str]) -> bool:
    return any(Path(entry).is_relative_to(path) for path in hidden)
