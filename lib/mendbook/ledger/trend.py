"""Follow each finding over the runs of its line of audits: new, moved, closed, come back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from mendbook.effort import Calibrated
from mendbook.ledger.trace import Trace, TracedFinding, counted, line_of, matched
from mendbook.model import Score, Skipped


@dataclass(frozen=True, slots=True)
class Point:
    """One run of a line, as the curve over time has it."""

    run: str
    folder: str
    started: str
    """UTC, ISO 8601."""
    commit: str
    open: int
    new: int
    gone: int
    moved: int
    reworded: int
    """Those that the audit says in other words than the run before."""
    returned: int
    """Of the new ones, those that an earlier run had already closed."""
    hours: float
    """Likely hours of all that is open."""
    by_priority: dict[str, int]
    by_proof: dict[str, int]
    scores: tuple[Score, ...] = ()
    """The audit's own."""


@dataclass(frozen=True, slots=True)
class ClosingCommit:
    """A commit that may have closed a finding, and what speaks for it."""

    hash: str
    subject: str
    author: str
    date: str
    why: str


@dataclass(frozen=True, slots=True)
class Followed:
    """One finding over all runs that had it; its fields are those of the last."""

    finding: TracedFinding
    first: str
    """When the first run that had it started."""
    last: str
    runs: int
    last_commit: str = ""
    closed: str = ""
    """When the first run without it started; empty while it is open."""
    closed_commit: str = ""
    """The commit that the first run without it was planned on."""
    commits: tuple[ClosingCommit, ...] = ()
    not_known: str = ""
    """Why no commit is named for what was closed."""
    spent: float | None = None
    """Hours that it took, where somebody said so."""

    @property
    def is_open(self) -> bool:
        """Whether the newest run has it."""
        return not self.closed

    @property
    def identity(self) -> str:
        """The fingerprint that it has now."""
        return self.finding.identity.here

    @property
    def id(self) -> str:
        """The name that the last audit which had it gave it."""
        return self.finding.id

    @property
    def headline(self) -> str:
        """What a heading calls it."""
        return self.finding.headline

    @property
    def severity(self) -> str:
        """How bad the auditor calls it."""
        return self.finding.severity.value

    @property
    def priority(self) -> str:
        """When it is due."""
        return self.finding.priority

    @property
    def owner(self) -> str:
        """Whose it is."""
        return self.finding.owner

    @property
    def file(self) -> str:
        """The first place that it names."""
        return self.finding.file

    @property
    def planned(self) -> float:
        """Likely hours, as last planned."""
        return self.finding.hours


@dataclass(frozen=True, slots=True)
class Line:
    """All runs of one line of audits: one repository, one name without its date."""

    audit: str
    repository: str
    points: tuple[Point, ...]
    findings: tuple[Followed, ...]
    """In the order of first sight."""


@dataclass(frozen=True, slots=True)
class SpentTotals:
    """Planned against spent hours, over the findings that have both."""

    planned: float = 0.0
    spent: float = 0.0
    findings: int = 0
    unknown: tuple[str, ...] = ()
    """Names in the file of spent hours that no run knows."""

    @property
    def factor(self) -> float | None:
        """Hours spent for each hour planned; None where there are none of both."""
        return self.spent / self.planned if self.planned else None


@dataclass(frozen=True, slots=True)
class Trend:
    """What became of the findings over all runs in a folder."""

    lines: tuple[Line, ...] = ()
    spent: SpentTotals = field(default_factory=SpentTotals)
    calibration: tuple[Calibrated, ...] = ()
    """What the spent hours say about hours to come, and whether that is enough to go by."""
    gaps: tuple[Skipped, ...] = ()


def follow(traces: Iterable[Trace]) -> tuple[Line, ...]:
    """Return the lines of ``traces`` by name, each with its runs and findings over time."""
    by_line = sorted(traces, key=lambda each: (_line(each), each.started, each.run))
    return tuple(_followed(*name, tuple(runs)) for name, runs in groupby(by_line, _line))


def _line(trace: Trace) -> tuple[str, str]:
    return line_of(trace.audit, trace.repository)


def _followed(audit: str, repository: str, traces: Sequence[Trace]) -> Line:
    known: list[Followed] = []
    points: list[Point] = []
    before: Trace | None = None
    for trace in traces:
        known, point = _taken(known, trace, before)
        points.append(point)
        before = trace
    return Line(audit, repository, tuple(points), tuple(known))


def _taken(
    known: Sequence[Followed], trace: Trace, before: Trace | None
) -> tuple[list[Followed], Point]:
    """Return what is known with the next run taken in, and that run's point of the curve."""
    still = matched([each.finding for each in known if each.is_open], trace.findings)
    back = matched([each.finding for each in known if not each.is_open], still.new)
    returned = (*back.same, *back.moved, *back.reworded)
    now = {id(old): new for old, new in (*still.same, *still.moved, *still.reworded, *returned)}
    grown = [_at(each, now.get(id(each.finding)), trace) for each in known]
    grown += [Followed(new, trace.started, trace.started, 1, trace.commit) for new in back.new]
    counts = counted(trace, None)
    return grown, Point(
        run=trace.run,
        folder=trace.folder,
        started=trace.started,
        commit=trace.commit,
        open=counts.findings,
        new=len(still.new) if before else 0,
        gone=len(still.gone) if before else 0,
        moved=len(still.moved) + sum(map(_other_line, still.same)),
        reworded=len(still.reworded),
        returned=len(returned),
        hours=round(sum(each.hours for each in trace.findings), 2),
        by_priority=counts.by_priority,
        by_proof=counts.by_proof,
        scores=trace.scores,
    )


def _other_line(pair: tuple[TracedFinding, TracedFinding]) -> bool:
    old, new = pair
    return old.line is not None and new.line is not None and old.line != new.line


def _at(known: Followed, now: TracedFinding | None, trace: Trace) -> Followed:
    if now is not None:
        return Followed(now, known.first, trace.started, known.runs + 1, trace.commit)
    if known.is_open:
        return replace(known, closed=trace.started, closed_commit=trace.commit)
    return known


def with_spent(
    lines: Sequence[Line], hours: Mapping[str, float]
) -> tuple[tuple[Line, ...], SpentTotals]:
    """Return ``lines`` with the ``hours`` spent on each finding, by its id or its identity."""
    done = tuple(
        replace(
            line, findings=tuple(replace(each, spent=_spent(each, hours)) for each in line.findings)
        )
        for line in lines
    )
    findings = [each for line in done for each in line.findings]
    both = [each for each in findings if each.spent is not None]
    names = {name for each in findings for name in (each.id, each.identity)}
    return done, SpentTotals(
        planned=round(sum(each.planned for each in both), 2),
        spent=round(sum(each.spent or 0.0 for each in both), 2),
        findings=len(both),
        unknown=tuple(name for name in hours if name not in names),
    )


def _spent(followed: Followed, hours: Mapping[str, float]) -> float | None:
    return hours.get(followed.identity, hours.get(followed.id))
