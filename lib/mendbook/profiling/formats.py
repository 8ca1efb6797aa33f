"""The measurement formats that can be read; a new one is a file and a row here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mendbook.intake.reader import Text
from mendbook.model import Profiles
from mendbook.profiling.autocannon import read_autocannon
from mendbook.profiling.cpuprofile import read_cpuprofile
from mendbook.profiling.heapprofile import read_heapprofile
from mendbook.profiling.k6 import read_k6
from mendbook.profiling.prometheus import read_prometheus
from mendbook.repository.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Format:
    """One measurement format: how a file of it is recognised, and how it is read."""

    name: str
    suffixes: tuple[str, ...]
    """Ends of file names that decide, lower case."""
    keys: tuple[str, ...]
    """Keys that a JSON file of it has at the top; none for a format that is not JSON."""
    read: Callable[[Text, Snapshot], Profiles]


FORMATS: tuple[Format, ...] = (
    Format("V8 CPU profile", (".cpuprofile",), ("nodes", "startTime"), read_cpuprofile),
    Format("V8 heap profile", (".heapprofile",), ("head",), read_heapprofile),
    Format("autocannon", (), ("latency", "requests", "throughput"), read_autocannon),
    Format("k6", (), ("metrics",), read_k6),
    Format("k6", (), ("version", "results"), read_k6),
    Format("Prometheus", (".prom", ".txt", ".metrics"), (), read_prometheus),
)
