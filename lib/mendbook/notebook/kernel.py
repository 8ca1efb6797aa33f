"""Kernels that only this user can reach: sockets in a private folder, no port opened."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from mendbook.notebook.forked import ForkingProvisioner, Nursery

_KERNEL = ("-m", "ipykernel_launcher", "-f", "{connection_file}")
_WORTH = 2
"""Kernels for which it pays to import once for all."""
_open: set[LocalKernelManager] = set()
_nurseries: list[Nursery] = []


class LocalKernelManager(AsyncKernelManager):
    """Talk to each kernel through sockets in a folder of its own, not over TCP."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - traitlets' own signature
        """Make the private folder; its path is short because a socket's name may be."""
        self._folder = tempfile.mkdtemp(prefix="mendbook-")
        _open.add(self)
        super().__init__(transport="ipc", ip=str(Path(self._folder) / "kernel"), **settings)

    @property
    def kernel_spec(self) -> KernelSpec:
        """The Python that runs Mendbook, whatever kernels are installed beside it."""
        return KernelSpec(argv=[sys.executable, *_KERNEL], language="python")

    async def _async_pre_start_kernel(self, **settings: Any) -> tuple[list[str], dict[str, Any]]:  # noqa: ANN401
        """Fork the kernel where a nursery is open."""
        if self.provisioner is None and _nurseries:
            spec = self.kernel_spec
            self.provisioner = ForkingProvisioner(kernel_spec=spec, parent=self)
            self.provisioner.nursery = _nurseries[-1]
        return await super()._async_pre_start_kernel(**settings)

    pre_start_kernel = _async_pre_start_kernel

    async def _async_interrupt_kernel(self) -> None:
        """Interrupt no kernel that is shut down: it would tell of it among the run's own lines."""
        if not self.shutting_down:
            await super()._async_interrupt_kernel()

    async def cleanup_resources(self, restart: bool = False) -> None:  # type: ignore[override]
        """Remove the sockets when the kernel is gone for good."""
        await self._async_cleanup_resources(restart=restart)
        if not restart:
            _open.discard(self)
            shutil.rmtree(self._folder, ignore_errors=True)


@contextlib.contextmanager
def imported_once(kernels: int) -> Iterator[None]:
    """Let ``kernels`` that are started meanwhile share one import of what they need.

    Only on Linux: elsewhere a process that has loaded the system's libraries may not fork.
    """
    if kernels < _WORTH or sys.platform != "linux":
        yield
        return
    nursery = Nursery()
    _nurseries.append(nursery)
    try:
        yield
    finally:
        _nurseries.remove(nursery)
        nursery.close()


def end_kernels() -> None:
    """Kill every kernel that still runs, so that an interrupted run waits for none.

    One that stands still hears no milder signal.
    """
    for manager in tuple(_open):
        pid = getattr(manager.provisioner, "pid", None)
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
