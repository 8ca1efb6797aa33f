"""How many listeners a mediasoup host carries: a small model, every number of it named.

The model is the one of mediasoup's own guidance (https://mediasoup.org/documentation/v3/scalability):
a worker is one process on one core and handles about 500 consumers; a peer has one consumer for
each producer it hears. One core of each host is left to Node.js.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mendbook.model import HostCapacity, Profiles

SOURCE = "https://mediasoup.org/documentation/v3/scalability"
CONSUMERS_PER_WORKER = 500
"""What mediasoup's guidance says a worker typically handles, or more."""
CORES = (4, 8, 16, 32)
"""Host sizes that the report works out."""
LISTENERS = (10_000, 100_000, 1_000_000)
"""Audiences that the report works out."""
HOST = 8
"""Cores of the host that targets are worked out for."""
FULL = 80.0
"""Percent of a core at which a worker counts as full, as in the alert on worker CPU."""
TRANSPORTS_PER_PEER = 2
"""mediasoup-client sends over one transport and receives over another."""


@dataclass(frozen=True, slots=True)
class WorkerCapacity:
    """What one worker carries when each listener hears ``heard`` producers."""

    heard: int
    members: int
    """Members of a full room who speak and hear each other."""
    consumers: int = CONSUMERS_PER_WORKER
    """Consumers that one worker handles."""

    @property
    def listeners_per_worker(self) -> int:
        """Return ``consumers / heard`` rounded down, never none."""
        return max(self.consumers // max(self.heard, 1), 1)

    @property
    def consumers_per_room(self) -> int:
        """Return the consumers of a full room whose members hear each other."""
        return self.members * min(self.heard, max(self.members - 1, 1))

    @property
    def rooms_per_worker(self) -> int:
        """Return how many full rooms without further listeners one worker carries."""
        return self.consumers // max(self.consumers_per_room, 1)

    def workers(self, cores: int) -> int:
        """Return the workers of a host: one for each core but one, never none."""
        return max(cores - 1, 1)

    def listeners(self, cores: int) -> int:
        """Return the listeners that a host of ``cores`` carries."""
        return self.workers(cores) * self.listeners_per_worker

    def hosts(self, listeners: int, cores: int) -> int:
        """Return the hosts of ``cores`` that ``listeners`` need."""
        return math.ceil(listeners / self.listeners(cores))


def measured_consumers(profiles: Profiles, cpu: str, load: str) -> int | None:
    """Return the consumers a worker carries at ``FULL`` CPU by a scrape; None when it cannot say.

    ``consumers ÷ CPU percent of all workers × FULL``: CPU grows with consumers, so the share is
    kept. ``cpu`` and ``load`` name the metrics: percent of a core, one series for each worker, and
    a gauge of consumers.
    """
    used = sum(one.value for one in profiles.measurements if one.name == cpu)
    consumers = sum(one.value for one in profiles.measurements if one.name == load)
    return math.floor(consumers / used * FULL) if used > 0 and consumers > 0 else None


def worked_out(capacity: WorkerCapacity) -> tuple[HostCapacity, ...]:
    """Return the model worked out for ``CORES`` and ``LISTENERS``."""
    return tuple(
        HostCapacity(
            cores,
            capacity.workers(cores),
            capacity.workers(cores) * capacity.rooms_per_worker,
            capacity.listeners(cores),
            tuple((count, capacity.hosts(count, cores)) for count in LISTENERS),
        )
        for cores in CORES
    )


def table(sizes: Sequence[HostCapacity]) -> str:
    """Return host sizes as CSV, a column ``hosts_for_<listeners>`` for each audience."""
    header = ["cores", "workers", "full_rooms", "listeners"]
    lines = [",".join(header + [f"hosts_for_{count}" for count in LISTENERS])]
    for size in sizes:
        cells = [size.cores, size.workers, size.full_rooms, size.listeners]
        lines.append(",".join(map(str, [*cells, *(hosts for _, hosts in size.hosts)])))
    return "\n".join(lines) + "\n"
