"""What a tool observed, and how observations become an audit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

import msgspec

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
from mendbook.model.many import maker_of

_FILE = PlaceKind.FILE
_new_finding, _new_origin, _new_place = maker_of(Finding), maker_of(Origin), maker_of(Place)


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


class Observation(msgspec.Struct, frozen=True):
    """One result of a tool, in words that all tools share; of which there may be 100,000."""

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
    extra: dict[str, Any] = msgspec.field(default_factory=dict)


def audit_of(source: Source, observations: Iterable[Observation]) -> Audit:
    """Return the audit that ``observations`` make, one finding each, in their order."""
    return audit_with(source, findings_of(source.format, observations))


def findings_of(form: str, observations: Iterable[Observation]) -> tuple[Finding, ...]:
    """Return a finding for each observation; no more than one observation is held at a time."""
    used: set[str] = set()
    seen: dict[str, int] = {}
    return tuple(
        [
            _finding(form, observed, further(_identity(observed), seen), used)
            for observed in observations
        ]
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
    path, symbol, message = observed.path, observed.symbol, observed.message
    return _new_finding(
        id=_name(form, identity, used),
        severity=observed.severity,
        dimension=observed.dimension,
        file=f"{path}:{observed.line}" if path and observed.line else path,
        function=symbol,
        problem=message,
        evidence=observed.code,
        impact=observed.impact,
        fix=observed.fix,
        complexity="",
        places=_places(observed) if path else (),
        symbols=(symbol,) if symbol else (),
        origins=(_new_origin(form, observed.tool, observed.rule, message),),
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


def _places(observed: Observation) -> tuple[Place, ...]:
    path, line, end = observed.path, observed.line, observed.end_line
    if not line or line < 0:
        line = end = None
    elif not end or end <= line:
        end = None
    place = _new_place(path, _kind(path), line, end, written=observed.written)
    if not observed.also:
        return (place,)
    also = (replace(place, kind=_kind(place.path)) for place in observed.also)
    return tuple(dict.fromkeys((place, *also)))


def _kind(path: str) -> PlaceKind:
    # a tool's path is exact: only whether it leaves the repository is to be asked
    outside = path.startswith(("/", "../", "~")) or ":" in path[:12]
    if outside and any(place.kind is PlaceKind.OUTSIDE for place in read_places(path).places):
        return PlaceKind.OUTSIDE
    return _FILE
