"""What was measured, and how hot each finding's code is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mendbook.model.skipped import Skipped


@dataclass(frozen=True, slots=True)
class FunctionHeat:
    """CPU time of one function in a profile; ``self_share`` and ``total_share`` are 0..1."""

    file: str
    function: str
    line: int | None
    self_ms: float
    total_ms: float
    self_share: float
    total_share: float
    source: str
    """The profile's file name."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One number of a load test or a metrics scrape."""

    source: str
    name: str
    value: float
    unit: str
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CoveredFile:
    """Which lines of one file of the repository tests ran."""

    file: str
    lines: frozenset[int]
    """Lines that can run."""
    run: frozenset[int]
    tests: Mapping[int, tuple[str, ...]]
    """Line to the names of the tests that ran it, as the tool spells them; empty where untold."""
    source: str
    """The measurement's file name."""


@dataclass(frozen=True, slots=True)
class Profiles:
    """All that was measured; empty tuples where nothing was."""

    functions: tuple[FunctionHeat, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    sources: tuple[str, ...] = ()
    """One sentence for each file read: what it is, how long, how many samples."""
    not_run: tuple[Skipped, ...] = ()
    files: tuple[FunctionHeat, ...] = ()
    """CPU time by whole file, its functions' shared time counted once; ``function`` is empty."""


@dataclass(frozen=True, slots=True)
class Heat:
    """How hot a finding's code is; ``share`` is None where nothing was profiled."""

    finding_id: str
    share: float | None
    """Share of profiled CPU time spent in and below the finding's functions, 0..1."""
    hottest: str = ""
    """``src/a.ts — function`` that accounts for most of it."""
    source: str = ""
    why: str = ""
