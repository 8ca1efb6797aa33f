"""Let workers of dask.distributed plan the members, whatever becomes of a worker or a scheduler."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mendbook.errors import UsageError
from mendbook.fleet.order import Member
from mendbook.fleet.records import Crew
from mendbook.fleet.task import Result, run_member
from mendbook.fleet.work import Done, Job, Work

if TYPE_CHECKING:
    from distributed import Client

RETRIES = 2
"""How often a task is tried again after its worker died."""
MEMORY = 2 * 1024**3
"""Bytes that a worker of our own may hold."""
_SILENCE = "60 s"
"""How long a worker may be silent before its tasks are given to others."""
_PAUSE = 1.0


def workers(scheduler: str = "", count: int = 0) -> Work:
    """Return what lets workers plan a fleet's members.

    ``scheduler`` is the address of one that exists, ``tcp://…``; without one, ``count`` processes
    are started here (0: as many as there are processors).
    """

    def work(members: Mapping[str, Member], job: Job, done: Done) -> Crew:
        return plan_members(members, job, scheduler, count, done)

    return work


def plan_members(
    members: Mapping[str, Member], job: Job, scheduler: str, workers: int, done: Done
) -> Crew:
    """Plan all ``members`` and tell ``done`` of each result, in the order in which they come.

    ``scheduler`` is the address of one that exists, ``tcp://…``; without one, ``workers``
    processes are started here (0: as many as there are processors). Raises ``UsageError`` where
    dask.distributed is not installed, or the scheduler does not answer.
    """
    waiting = dict(members)
    peak = count = 0
    with _crew(scheduler, workers, len(members)) as connect:
        gone_since = 0.0
        while waiting:
            try:
                client = connect()
                count = max(count, len(client.scheduler_info(n_workers=-1)["workers"]))
                for result in _results(client, waiting, job):
                    waiting.pop(result.member, None)
                    peak = max(peak, result.peak_memory)
                    gone_since = 0.0
                    done(result)
            except (OSError, _Lost):  # the scheduler is gone; what was done is known by its token
                gone_since = gone_since or time.monotonic()
                if time.monotonic() - gone_since > job.patience:
                    message = f"--scheduler {scheduler}: it does not answer; start it and run again"
                    raise UsageError(message) from None
                time.sleep(_PAUSE)
    return Crew(scheduler or "local", count, 0 if scheduler else MEMORY, peak)


class _Lost(Exception):
    """The connection to the scheduler broke while tasks were under way."""


def _results(client: Client, waiting: Mapping[str, Member], job: Job) -> Iterator[Result]:
    from distributed import as_completed

    futures = {
        client.submit(
            run_member,
            *(member, job.out, job.stamp, job.token, job.fail_on, job.patience),
            key=f"mendbook-{job.token}-{name}",
            retries=RETRIES,
            pure=False,
        ): name
        for name, member in waiting.items()
    }
    for future in as_completed(futures):
        if future.status == "finished":
            yield future.result()
        elif future.status == "error":
            yield _broken(futures[future], future.exception())
        else:  # lost or cancelled, because its scheduler is gone
            raise _Lost


def _broken(member: str, error: Any) -> Result:  # noqa: ANN401 - whatever dask raises
    if type(error).__name__ == "KilledWorker":
        said = f"its worker died {RETRIES + 1} times; give it more memory or plan it alone"
    else:
        said = f"unforeseen: {type(error).__name__}: {' '.join(str(error).split())[:300]}"
    return Result(member, exit_code=1, error=said)


@contextmanager
def _crew(scheduler: str, workers: int, members: int) -> Iterator[Callable[[], Client]]:
    """Yield a function that returns a client which is connected."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        message = "a fleet needs dask.distributed: pip install 'mendbook[fleet]'"
        raise UsageError(message) from error
    settings = {
        "distributed.scheduler.worker-ttl": _SILENCE,
        "distributed.scheduler.allowed-failures": RETRIES,
        "distributed.logging.distributed": "error",
    }
    with dask.config.set(settings):
        if scheduler:
            with _clients(lambda: Client(scheduler, timeout=10)) as connect:
                yield connect
            return
        size = min(workers or os.cpu_count() or 1, members)
        with (
            LocalCluster(
                n_workers=size,
                threads_per_worker=1,
                processes=True,
                memory_limit=MEMORY,
                dashboard_address=None,
                silence_logs=50,
            ) as cluster,
            _clients(lambda: Client(cluster)) as connect,
        ):
            yield connect


@contextmanager
def _clients(make: Callable[[], Client]) -> Iterator[Callable[[], Client]]:
    """Yield a function that returns the client, a new one where the last has lost its scheduler."""
    held: list[Client] = []

    def connect() -> Client:
        if held and held[-1].status != "running":
            held.pop().close(timeout=1)
        if not held:
            held.append(make())
        return held[-1]

    try:
        yield connect
    finally:
        for client in held:
            client.close()
