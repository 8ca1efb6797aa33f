"""Run a foreign command: bounded in time and output, its whole process group killed in the end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from mendbook.signals import end_if_asked

MAX_OUTPUT_BYTES = 4_000_000
_CHUNK = 65_536
_GRACE_SECONDS = 2.0
_SLICE_SECONDS = 0.5
"""How often it is asked whether the run was interrupted meanwhile."""
_MARK = "MENDBOOK_COMMAND"
_PROCESSES = Path("/proc")
_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a command. ``code`` is None where it could not be started or ran too long."""

    code: int | None
    stdout: bytes
    stderr: bytes
    seconds: float
    reason: str = ""
    """Why there is no code, as half a sentence."""
    late: bool = False
    """Its time was up."""
    cut: bool = False
    """More was printed than may be kept; the rest was read and dropped."""


class _Reader(threading.Thread):
    """Drain a pipe to its end, keeping its first bytes."""

    def __init__(self, pipe: IO[bytes], most: int) -> None:
        super().__init__(daemon=True)
        self.pipe = pipe
        self.most = most
        self.kept = bytearray()
        self.cut = False
        self.start()

    def run(self) -> None:
        """Read until the pipe ends."""
        while chunk := os.read(self.pipe.fileno(), _CHUNK):
            room = self.most - len(self.kept)
            self.kept += chunk[:room]
            self.cut = self.cut or len(chunk) > room

    def finish(self) -> None:
        """Close the pipe; one that a runaway process still holds is left to its thread."""
        self.join(_GRACE_SECONDS)
        if not self.is_alive():
            self.pipe.close()


def run_bounded(
    arguments: Sequence[str],
    cwd: Path,
    seconds: float,
    *,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    most: int = MAX_OUTPUT_BYTES,
    within: Path | None = None,
) -> Ended:
    """Run ``arguments`` in ``cwd`` for at most ``seconds``, without a shell or a terminal.

    The command gets its own session; when it ends, or its time is up, every process that is left in
    its group is killed, and so is one that left the group: it is known by a mark in its
    environment, or by standing in the throw-away folder ``within``. Of each output stream the first
    ``most`` bytes are kept. Raises ``KeyboardInterrupt`` where the run was asked to end meanwhile.
    """
    end_if_asked()
    start = time.monotonic()
    mark = f"{_MARK}={uuid.uuid4().hex}"
    marked = {**(os.environ if env is None else env), _MARK: mark.partition("=")[2]}
    with tempfile.TemporaryFile() as given:
        # a file, not a pipe: a command that never reads its input cannot block us
        given.write(stdin)
        given.seek(0)
        try:
            process = subprocess.Popen(
                list(arguments),
                cwd=cwd,
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=marked,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            return Ended(None, b"", b"", 0.0, f"{arguments[0]} cannot be started ({why})")
        readers = [_Reader(pipe, most) for pipe in (process.stdout, process.stderr) if pipe]
        try:
            reason = _waited(process, seconds)
        finally:
            _end_strays(mark, within)
    for reader in readers:
        reader.finish()
    return Ended(
        None if reason else process.returncode,
        bytes(readers[0].kept),
        bytes(readers[1].kept),
        time.monotonic() - start,
        reason,
        late=bool(reason),
        cut=any(reader.cut for reader in readers),
    )


def _waited(process: subprocess.Popen[bytes], seconds: float) -> str:
    """Wait for the end, kill what is left of the group, and return why it was stopped, if so.

    Only the main thread hears of an interrupt, and it may be waiting for this one.
    """
    end = time.monotonic() + seconds
    try:
        while (left := end - time.monotonic()) > 0:
            end_if_asked()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(min(left, _SLICE_SECONDS))
                return ""
        return f"it ran longer than {seconds:g} s and was stopped"
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _end_strays(mark: str, within: Path | None) -> None:
    """Kill what the command left behind outside of its group, on systems that list processes.

    A process may start another while they are listed, so they are listed until none is left.
    """
    for _ in range(_ROUNDS):
        strays = _strays(mark.encode(), within)
        if not strays:
            return
        for each in strays:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(each, signal.SIGKILL)
        time.sleep(0.01)


def _strays(mark: bytes, within: Path | None) -> list[int]:
    strays = []
    for entry in _PROCESSES.glob("[0-9]*"):
        if int(entry.name) == os.getpid():
            continue
        try:
            if entry.stat().st_uid != os.getuid():
                continue
            marked = mark in (entry / "environ").read_bytes().split(b"\0")
            stands = within is not None and (entry / "cwd").readlink().is_relative_to(within)
            ended = b") Z " in (entry / "stat").read_bytes()
        except (OSError, ValueError):
            continue
        if (marked or stands) and not ended:
            strays.append(int(entry.name))
    return strays
