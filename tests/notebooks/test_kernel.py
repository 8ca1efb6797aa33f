"""The kernels that notebooks run in, which only Mendbook starts and ends."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from mendbook.notebook.kernel import LocalKernelManager

_LISTENS = """
def hear(comm, opened):
    comm.on_msg(lambda message: (print("heard", flush=True), __import__("time").sleep(60)))
get_ipython().kernel.comm_manager.register_target("slow", hear)
"""


async def _end_while_it_hears() -> None:
    manager = LocalKernelManager()
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=60)
        await client.execute_interactive(_LISTENS, timeout=60)
        comm = {"comm_id": "1", "data": {}}
        client.shell_channel.send(client.session.msg("comm_open", {**comm, "target_name": "slow"}))
        client.shell_channel.send(client.session.msg("comm_msg", comm))
        while (await client.get_iopub_msg(timeout=60))["msg_type"] != "stream":
            pass
    finally:
        await manager.shutdown_kernel()
        client.stop_channels()


def test_a_kernel_that_is_ended_at_work_says_nothing_on_the_terminal(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A message that the kernel is still busy with is no reason to tell of its end."""
    with ThreadPoolExecutor(1) as apart:  # a browser of another test keeps a loop in this thread
        apart.submit(asyncio.run, _end_while_it_hears()).result()
    assert capfd.readouterr() == ("", "")
