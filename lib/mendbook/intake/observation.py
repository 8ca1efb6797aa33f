"""What a tool observed, and how observations become an audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from mendbook.intake.fingerprint import fingerprint, further
from mendbook.intake.places import read_places
from mendbook.model import (
    Audit,
    Dimension,
    Finding,
    Note,
    OfferedFix,
    Origin,
    Place,
    PlaceKind,
    Severity,
    Status,
)


@dataclass(frozen=True, slots=True)
class Source:
    """The report that observations come from."""

    path: str
    sha256: str
    format: str
    """The name in the table of formats; ids begin with it."""
    redactions: int = 0
    timestamp: str = ""
    commit: str = ""
    branch: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """One result of a tool, in words that all tools share."""

    tool: str
    rule: str
    """As the tool calls it."""
    path: str
    """Relative to the repository's root, or as the tool wrote it when that is not known."""
    message: str
    severity: Severity
    dimension: Dimension = Dimension.CODE_QUALITY
    line: int | None = None
    end_line: int | None = None
    code: str = ""
    """The code at the place, when the report holds it."""
    kind: str = ""
    """The defect under a name that tools share, ``unused-export``; else the rule is its name."""
    symbol: str = ""
    """A name declared in the code."""
    package: str = ""
    impact: str = ""
    fix: str = ""
    also: tuple[Place, ...] = ()
    """Further places that show the same defect, with or without lines; their kind is asked here."""
    fixes: tuple[OfferedFix, ...] = ()
    written: str = ""
    """The absolute path that the tool wrote, where ``path`` is what was cut from it."""
    identity: str = ""
    """A fingerprint that Mendbook itself gave it in an earlier report."""
    mark: str = ""
    """The tool's own fingerprint of the place, which tells alike messages apart without code."""
    status: Status = Status.OPEN
    """What the tool's users say became of it."""
    extra: dict[str, Any] = field(default_factory=dict)


def audit_of(source: Source, observations: Iterable[Observation]) -> Audit:
    """Return the audit that ``observations`` make, one finding each, in their order."""
    return audit_with(source, findings_of(source.format, observations))


def findings_of(form: str, observations: Iterable[Observation]) -> tuple[Finding, ...]:
    """Return a finding for each observation; no more than one observation is held at a time."""
    used: set[str] = set()
    seen: Counter[str] = Counter()
    return tuple(
        _finding(form, observed, further(_identity(observed), seen), used)
        for observed in observations
    )


def audit_with(source: Source, findings: tuple[Finding, ...]) -> Audit:
    """Return the audit of ``source`` that holds ``findings``."""
    return Audit(
        name=PurePath(source.path).stem,
        path=source.path,
        sha256=source.sha256,
        timestamp=source.timestamp,
        commit=source.commit,
        branch=source.branch,
        node_version="",
        findings=findings,
        notes=source.notes,
        redactions=source.redactions,
    )


def _finding(form: str, observed: Observation, identity: str, used: set[str]) -> Finding:
    also = (replace(place, kind=_kind(place.path)) for place in observed.also)
    places = tuple(dict.fromkeys((_place(observed), *also)))
    origin = Origin(form, observed.tool, observed.rule, observed.message)
    return Finding(
        id=_name(form, identity, used),
        severity=observed.severity,
        dimension=observed.dimension,
        file=_written(observed),
        function=observed.symbol,
        problem=observed.message,
        evidence=observed.code,
        impact=observed.impact,
        fix=observed.fix,
        complexity="",
        places=places if observed.path else (),
        symbols=(observed.symbol,) if observed.symbol else (),
        origins=(origin,),
        offered_fixes=observed.fixes,
        fingerprint=identity,
        status=observed.status,
        extra=observed.extra,
    )


def _identity(observed: Observation) -> str:
    if observed.identity:
        return observed.identity
    name = observed.symbol or observed.package
    # where the defect has a shared name, tools word it differently: the names alone identify it
    code = "" if observed.kind else observed.code or observed.mark or observed.message
    return fingerprint(observed.path, name, observed.kind or observed.rule, code)


def _name(form: str, identity: str, used: set[str]) -> str:
    size = 8
    while (name := f"{form.upper()}-{identity[:size]}") in used:
        size += 4
    used.add(name)
    return name


def _place(observed: Observation) -> Place:
    line = observed.line if observed.line and observed.line > 0 else None
    end = observed.end_line if line and observed.end_line and observed.end_line > line else None
    return Place(observed.path, _kind(observed.path), line, end, written=observed.written)


def _kind(path: str) -> PlaceKind:
    # a tool's path is exact: only whether it leaves the repository is to be asked
    outside = path.startswith(("/", "../", "~")) or ":" in path[:12]
    if outside and any(place.kind is PlaceKind.OUTSIDE for place in read_places(path).places):
        return PlaceKind.OUTSIDE
    return PlaceKind.FILE


def _written(observed: Observation) -> str:
    if not observed.path or not observed.line:
        return observed.path
    return f"{observed.path}:{observed.line}"
