"""An audit and its findings, as written and as understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How bad the auditor calls it, worst first."""

    CRITICAL = "CRITICAL"
    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"
    INFO = "INFO"


class Status(StrEnum):
    """What the audit says became of a finding; all but the first are closed."""

    OPEN = "open"
    FIXED = "fixed"
    ACCEPTED = "accepted"
    FALSE_POSITIVE = "false positive"
    DUPLICATE = "duplicate"

    @property
    def closed(self) -> bool:
        """Whether nothing is left to be done."""
        return self is not Status.OPEN


class Dimension(StrEnum):
    """What the audit scores, by its canonical name; weights are in ``DIMENSION_WEIGHTS``."""

    PERFORMANCE = "Performance & Efficiency"
    ARCHITECTURE = "Architecture & Scalability"
    REALTIME = "Realtime Correctness"
    CODE_QUALITY = "Code Quality"
    SECURITY = "Security & Reliability"
    READABILITY = "Readability"
    OTHER = "Other"


DIMENSION_WEIGHTS: dict[Dimension, int] = {
    Dimension.PERFORMANCE: 30,
    Dimension.ARCHITECTURE: 20,
    Dimension.REALTIME: 15,
    Dimension.CODE_QUALITY: 15,
    Dimension.SECURITY: 10,
    Dimension.READABILITY: 10,
}


class PlaceKind(StrEnum):
    """What a finding's ``file`` names, judged by its spelling alone."""

    FILE = "file"
    DIRECTORY = "directory"
    PATTERN = "pattern"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was normalised, or could not be understood, beside what was written."""

    field: str
    """JSON path in the input, ``findings[3].file``."""
    original: str
    understood: str
    """Empty when it could not be understood."""
    why: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place a finding names: a file, a directory or a glob, with lines where they were given."""

    path: str
    kind: PlaceKind = PlaceKind.FILE
    line: int | None = None
    end_line: int | None = None
    said_missing: bool = False
    """The audit itself says that this does not exist: ``tests/x/* (missing)``."""
    written: str = ""
    """The path as it was written, where ``path`` is a guess that it is relative to another's
    folder."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a finding came from: the audit itself, or a tool's report."""

    format: str
    """``audit``, or the name of a tool's format: ``sarif``, ``eslint``, ``npm-audit``."""
    tool: str
    rule: str = ""
    detail: str = ""
    """The tool's own words, where they differ from the finding's."""
    line: int | None = None
    """Where it stands in the audit's document, when that is text of many lines."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region as a tool names it: 1-based lines and columns, end exclusive.

    A column 0 at its beginning stands for the byte order mark, at its end for the line's end.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    unit: str = ""
    """What columns count: ``utf-16``, ``characters``, or empty when the tool does not say."""
    offset: int = -1
    """Where it begins, counted from 0, when the tool gives an offset and no line."""
    length: int = 0
    offset_unit: str = ""
    """What ``offset`` and ``length`` count: ``bytes``, or a unit of columns."""


@dataclass(frozen=True, slots=True)
class OfferedFix:
    """A fix that a tool offers: replace a region of ``path`` with ``text``.

    Offsets are 0-based character offsets into the decoded file, end exclusive; -1 while only the
    ``region`` is known, because the file's text is needed to count.
    """

    path: str
    start: int
    end: int
    text: str
    tool: str
    description: str = ""
    region: Region | None = None
    digest: str = ""
    """Of the text that the report is of (``intake.texts``); empty when the report does not tell."""
    quote: str = ""
    """Code that the report quotes from the file; empty when it quotes none."""
    quote_line: int = 0
    """The 1-based line at which ``quote`` begins."""
    fault: str = ""
    """Why it cannot be used, in a sentence."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, as written and as understood."""

    id: str
    severity: Severity
    dimension: Dimension
    file: str
    """As written."""
    function: str
    """As written."""
    problem: str
    evidence: str
    impact: str
    fix: str
    complexity: str
    repro: str = ""
    docs_path: str = ""
    """A repository path or a URL; empty when none was given."""
    places: tuple[Place, ...] = ()
    symbols: tuple[str, ...] = ()
    """Names to look up in code: ``getConsumer``, ``OrderManager.setStatus``."""
    events: tuple[str, ...] = ()
    """Socket events and routes named: ``order:place``."""
    origins: tuple[Origin, ...] = ()
    offered_fixes: tuple[OfferedFix, ...] = ()
    fingerprint: str = ""
    """Stable when lines move: over file, symbol, rule and normalised code."""
    notes: tuple[Note, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    """Keys the schema does not know, kept as they came."""
    title: str = ""
    """A short headline, where the audit gives one beside the problem."""
    status: Status = Status.OPEN
    category: str = ""
    """The audit's own word for the kind of finding; ``dimension`` is what it counts as."""

    @property
    def kind(self) -> str:
        """What readers see of its dimension: the audit's own word, else the dimension's name."""
        return self.category or str(self.dimension)

    @property
    def names(self) -> frozenset[str]:
        """The identifiers that its symbols are called by, whole and by their last part."""
        last = (symbol.rpartition(".")[2] for symbol in self.symbols)
        return frozenset((*self.symbols, *last))


@dataclass(frozen=True, slots=True)
class OverEngineering:
    """One entry of the audit's ``overEngineering``."""

    file: str
    anti_pattern: str
    runtime_cost: str
    dev_hours_per_year: float | None
    score_deduction: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """One score of the audit beside the most it can be (``DIMENSION_WEIGHTS``)."""

    name: str
    value: float
    maximum: float


@dataclass(frozen=True, slots=True)
class MappedKey:
    """How one key of the audit was understood."""

    key: str
    """As the document has it: ``location.line_start``, a table's heading, ``(heading)``."""
    field: str
    """The field of a finding that it fills."""
    example: str
    why: str = ""
    """What told it, where that is not the key's own name."""
    count: int = 0
    """In how many findings it stands."""


@dataclass(frozen=True, slots=True)
class Left:
    """One thing in the audit that no finding was made of, and why."""

    place: str
    example: str
    why: str


@dataclass(frozen=True, slots=True)
class Audit:
    """An audit, whole: every finding that came in, in the order it came."""

    name: str
    """The input's stem, ``audit-2026-02-11-2334-media-domain``."""
    path: str
    sha256: str
    timestamp: str
    commit: str
    """As written; empty when the audit names none."""
    branch: str
    node_version: str
    findings: tuple[Finding, ...]
    scores: tuple[Score, ...] = ()
    over_engineering: tuple[OverEngineering, ...] = ()
    notes: tuple[Note, ...] = ()
    """About the audit as a whole; a finding's own notes are with the finding."""
    redactions: int = 0
    """How many secrets the reader replaced."""
    extra: dict[str, Any] = field(default_factory=dict)
    shape: str = ""
    """How the document is laid out, in words: ``JSON, an array at results[]``."""
    mapped: tuple[MappedKey, ...] = ()
    left: tuple[Left, ...] = ()
