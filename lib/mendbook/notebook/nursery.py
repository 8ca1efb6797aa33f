"""A process that has imported what notebooks need, and forks a kernel each time it is asked.

Importing costs six notebooks more than all that they compute. A fork has the imports done and
nothing else: no kernel has run in this process, so no notebook sees anything of another.
``mendbook.notebook.forked`` starts it and asks; it ends when who started it does.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import socket
import sys
from types import FrameType
from typing import Any

import mendbook

_MODULES = ("ipykernel.kernelapp", "ipywidgets", "numpy", "pandas")
MESSAGE_BYTES = 1_000_000
"""What a request may be long: it holds the environment."""


def serve(asked: socket.socket) -> None:
    """Fork a kernel for each request on ``asked``, until its other end is closed.

    A request is one packet of JSON (``argv``, ``env``, ``cwd``) and one file descriptor, which the
    kernel holds open as long as it lives; the answer is its process number.
    """
    signal.signal(signal.SIGCHLD, _reap)
    _import_all()
    while True:
        packet, (alive, *_), _, _ = socket.recv_fds(asked, MESSAGE_BYTES, 1)
        child = os.fork()
        if child == 0:
            asked.close()
            _become_kernel(json.loads(packet))
        os.close(alive)
        asked.send(str(child).encode())


def _reap(_number: int, _frame: FrameType | None) -> None:
    """Take note of every kernel that has ended, so that none stays as a zombie."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _import_all() -> None:
    for name in mendbook.__all__:
        getattr(mendbook, name)
    for module in _MODULES:
        importlib.import_module(module)


def _become_kernel(request: dict[str, Any]) -> None:
    """Run a kernel in this process and end with it."""
    from ipykernel import kernelapp

    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    sys.argv = [*request["argv"], f"--IPKernelApp.parent_handle={os.getppid()}"]
    try:
        kernelapp.launch_new_instance()
    finally:
        os._exit(0)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as end:
        try:
            serve(end)
        except (OSError, ValueError):  # nobody is left to ask
            sys.exit(0)
