"""Confine a command in a container of the host's own programs, where there is no bubblewrap.

The image is an empty one that is made here, so that nothing is fetched; the system's folders are
mounted into it read-only. That needs a runtime on the same machine: Linux, docker or podman.
"""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mendbook.bounded_process import run_bounded
from mendbook.proving.program_folders import program_folders

RUNTIMES = ("podman", "docker")
_IMAGE = "mendbook-empty:1"
_EMPTY_TAR = bytes(10_240)
_SYSTEM = (
    *("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt", "/etc/alternatives"),
    *("/etc/ssl", "/etc/pki", "/etc/ca-certificates", "/etc/ld.so.cache", "/etc/ld.so.conf"),
    *("/etc/ld.so.conf.d", "/etc/passwd", "/etc/group", "/etc/nsswitch.conf", "/etc/localtime"),
)
"""Where programs and what they load lie, and none of what a user keeps."""
_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Container:
    """How a command is confined: by ``program``, docker or podman, in an empty image."""

    program: str

    @property
    def words(self) -> str:
        """What the report says of it."""
        name = Path(self.program).name
        return f"in a container of {name}: without network, keys and the user's home"

    def wrapped(
        self,
        command: Sequence[str],
        cwd: Path,
        writable: Path,
        readable: Sequence[Path],
        environment: Mapping[str, str],
    ) -> list[str]:
        """Return the command that runs ``command`` in ``cwd``, a folder inside ``writable``.

        It sees the system's programs, those on the ``PATH`` of ``environment``, ``readable``, and
        can write only to ``writable`` and to a temporary folder of its own.
        """
        programs = program_folders(environment, _is_unseen)
        shown = dict.fromkeys([*_SYSTEM, *programs, *map(str, readable)])
        mounts = [f"{path}:{path}:ro" for path in shown if Path(path).exists()]
        variables = [f"{name}={value}" for name, value in sorted(environment.items())]
        return [
            *(self.program, "run", "--rm", "--name", f"mendbook-{uuid.uuid4().hex}"),
            *("--network", "none", "--read-only", "--cap-drop", "ALL", "--pull", "never"),
            *("--security-opt", "no-new-privileges", "--tmpfs", "/tmp", *_as_the_user()),  # noqa: S108
            *(word for mount in mounts for word in ("--volume", mount)),
            *("--volume", f"{writable}:{writable}", "--workdir", str(cwd)),
            *(word for variable in variables for word in ("--env", variable)),
            *(_IMAGE, *command),
        ]

    def ended(self, command: Sequence[str]) -> None:
        """Take away the container of a ``command`` that ``wrapped`` gave: its time may be up."""
        name = command[command.index("--name") + 1]
        run_bounded([self.program, "rm", "--force", name], Path("/"), _SECONDS)


def find_container(program: str) -> Container | None:
    """Return a container of ``program`` that works on this machine, tried once; None without."""
    inspected = run_bounded([program, "image", "inspect", _IMAGE], Path("/"), _SECONDS)
    if inspected.code != 0:
        command = [program, "import", "-", _IMAGE]
        if run_bounded(command, Path("/"), _SECONDS, stdin=_EMPTY_TAR).code != 0:
            return None
    container = Container(program)
    with tempfile.TemporaryDirectory(prefix="mendbook-container-") as name:
        folder = Path(name).resolve()
        tried = container.wrapped(["/bin/sh", "-c", "exit 0"], folder, folder, [], {})
        try:
            return container if run_bounded(tried, folder, _SECONDS).code == 0 else None
        finally:
            container.ended(tried)


def _as_the_user() -> Iterator[str]:
    if hasattr(os, "getuid"):
        yield from ("--user", f"{os.getuid()}:{os.getgid()}")


def _is_unseen(entry: str) -> bool:
    """Tell whether a folder is no part of the system's that are mounted anyway."""
    return entry.startswith("/") and not any(Path(entry).is_relative_to(at) for at in _SYSTEM)
