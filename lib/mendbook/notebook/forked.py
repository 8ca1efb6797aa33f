"""Kernels forked from a process that has imported all they need (``mendbook.notebook.nursery``)."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

_SERVER = "mendbook.notebook.nursery"
_LOST = 1
"""What is told of a kernel that has ended: how it ended, only its own parent knows."""


class Forked:
    """A kernel that another process has forked, to be asked and ended as a ``Popen`` is."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, alive: int) -> None:
        """Take the kernel's number, and a descriptor that is at its end when the kernel is."""
        self.pid = pid
        self.returncode: int | None = None
        self._alive = alive

    def poll(self) -> int | None:
        """Return None while the kernel runs."""
        if self.returncode is None and select.select([self._alive], [], [], 0)[0]:
            os.close(self._alive)
            self.returncode = _LOST
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until the kernel has ended; ``subprocess.TimeoutExpired`` after so many seconds."""
        if self.returncode is None and not select.select([self._alive], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired(_SERVER, timeout or 0)
        return self.poll() or _LOST

    def send_signal(self, number: int) -> None:
        """Send a signal to a kernel that runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)


class Nursery:
    """The process that forks kernels."""

    def __init__(self) -> None:
        """Start the process; it imports what it needs meanwhile."""
        self._end, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._lock = threading.Lock()
        with other:
            self._process = subprocess.Popen(
                [sys.executable, "-m", _SERVER, str(other.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[other.fileno()],
                start_new_session=True,
            )

    def fork(self, argv: list[str], env: Mapping[str, str], cwd: str) -> Forked:
        """Return a new kernel with these arguments, environment and folder.

        ``OSError`` where the process has ended.
        """
        alive, held = os.pipe()
        packet = json.dumps({"argv": argv, "env": dict(env), "cwd": cwd}).encode()
        try:
            with self._lock:
                socket.send_fds(self._end, [packet], [held])
                answer = self._end.recv(64)
        finally:
            os.close(held)
        if not answer:
            os.close(alive)
            raise BrokenPipeError(_SERVER)
        return Forked(int(answer), alive)

    def close(self) -> None:
        """End the process."""
        self._end.close()
        self._process.kill()
        self._process.wait()


class ForkingProvisioner(LocalProvisioner):
    """Start a kernel by a fork of a nursery; all else is done as for a process of one's own."""

    nursery: Nursery

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:  # noqa: ANN401
        """Start the kernel that ``cmd`` would start."""
        argv = cmd[cmd.index("-m") + 1 :]
        env, cwd = kwargs.get("env") or os.environ, kwargs.get("cwd") or Path.cwd()
        kernel = self.nursery.fork(argv, env, str(cwd))
        self.process = kernel  # type: ignore[assignment] # it has what is asked of a Popen
        self.pid = self.pgid = kernel.pid
        return self.connection_info
