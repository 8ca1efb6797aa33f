"""The measurement formats that can be read; a new one is a file and a row here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mendbook.intake.reader import Text
from mendbook.model import CoveredFile, Profiles
from mendbook.profiling.autocannon import read_autocannon
from mendbook.profiling.coverage import (
    lines_of_cobertura,
    lines_of_coverage_py,
    lines_of_lcov,
    read_cobertura,
    read_coverage_py,
    read_lcov,
)
from mendbook.profiling.cpuprofile import read_cpuprofile
from mendbook.profiling.heapprofile import read_heapprofile
from mendbook.profiling.jtl import read_jtl
from mendbook.profiling.k6 import read_k6
from mendbook.profiling.load_tests import (
    read_jmeter_report,
    read_jmeter_statistics,
    read_locust,
)
from mendbook.profiling.pprof import read_pprof
from mendbook.profiling.prometheus import read_prometheus
from mendbook.profiling.pstats import read_pstats
from mendbook.profiling.speedscope import read_speedscope
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
    begins: tuple[str, ...] = ()
    """What the first line of a file begins with that is not JSON."""
    lines: Callable[[Text, Snapshot], tuple[CoveredFile, ...]] | None = None
    """Returns which lines ran, for a format that tells."""


@dataclass(frozen=True, slots=True)
class BinaryFormat:
    """One measurement format that is no text: how a file of it is recognised, and how read."""

    name: str
    suffixes: tuple[str, ...]
    """Ends of file names that decide, lower case."""
    begins: tuple[bytes, ...]
    """First bytes that decide."""
    read: Callable[[str, bytes, Snapshot], Profiles]
    """Is given the path, the bytes and the tree."""


FORMATS: tuple[Format, ...] = (
    Format("V8 CPU profile", (".cpuprofile",), ("nodes", "startTime"), read_cpuprofile),
    Format("V8 heap profile", (".heapprofile",), ("head",), read_heapprofile),
    Format("autocannon", (), ("latency", "requests", "throughput"), read_autocannon),
    Format("k6", (), ("metrics",), read_k6),
    Format("k6", (), ("version", "results"), read_k6),
    Format("speedscope", (".speedscope.json",), ("shared", "profiles"), read_speedscope),
    Format(
        "coverage.py", (), ("meta", "files", "totals"), read_coverage_py, lines=lines_of_coverage_py
    ),
    Format("lcov", (".info",), (), read_lcov, ("TN:", "SF:"), lines_of_lcov),
    Format("Cobertura", (".xml",), (), read_cobertura, ("<?xml", "<coverage"), lines_of_cobertura),
    Format("Locust", (), (), read_locust, ("Type,Name,Request Count,",)),
    Format("JMeter", (), ("Total",), read_jmeter_statistics),
    Format("JMeter", (), (), read_jmeter_report, ("Label,# Samples,",)),
    Format("JMeter", (".jtl",), (), read_jtl, ("timeStamp,elapsed,",)),
    Format("Prometheus", (".prom", ".txt", ".metrics"), (), read_prometheus),
)
BINARY_FORMATS: tuple[BinaryFormat, ...] = (
    BinaryFormat("cProfile", (".pstats",), (b"\xfb", b"{\xa9", b"{)"), read_pstats),
    BinaryFormat("pprof", (".pprof", ".pb.gz"), (b"\x1f\x8b",), read_pprof),
)
