"""Sketch a change where no source has a patch: the old code, and the direction of the fix."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from mendbook.code.alignment import split_lines
from mendbook.intake.redact import redact
from mendbook.model import EvidenceStatus, Finding, FindingFacts, PlaceKind
from mendbook.repository.snapshot import Snapshot
from mendbook.text.escape import visible
from mendbook.text.plain import one_line, wrapped

_MOST_LINES = 14
_WIDTH = 92
_COMMENTS = {
    ".css": ("/* ", " */"),
    ".html": ("<!-- ", " -->"),
    ".md": ("<!-- ", " -->"),
    ".sql": ("-- ", ""),
}
_SLASHES = {".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx", ".json", ".go", ".java"}
_FOUND = {
    EvidenceStatus.VERBATIM: "the evidence, word for word",
    EvidenceStatus.PARAPHRASE: "the evidence, paraphrased",
}


@dataclass(frozen=True, slots=True)
class _Spot:
    """The lines that a sketch is about: 1-based, inclusive; ``how`` says how they were found."""

    path: str
    start: int
    end: int
    how: str


def outline(finding: Finding, facts: FindingFacts, snapshot: Snapshot) -> str:
    """Return a diff-shaped sketch at the place that ``finding`` means.

    Old code stands as ``-`` lines, its secrets redacted; the fix's direction as ``+`` comment
    lines. The hunk header is in words on purpose: no tool can apply it.
    """
    spot = _spot(finding, facts, snapshot)
    if spot is None:
        return _unplaced(finding, facts)
    text = snapshot.text(spot.path)
    region = redact("".join(split_lines(text)[spot.start - 1 : spot.end]))[0]
    lines = [visible(line.rstrip("\r\n")) for line in split_lines(region)]
    shown = lines[:_MOST_LINES]
    rest = len(lines) - len(shown)
    return "\n".join(
        [
            f"--- a/{spot.path}",
            f"+++ b/{spot.path}",
            f"@@ outline, not a patch: line {spot.start} ({one_line(spot.how, 60)}) @@",
            *(f"-{line}" for line in shown),
            *([f" {_comment(spot.path, f'{rest} more lines')}"] if rest else []),
            *_direction(finding, spot.path, _indent(lines)),
            "",
        ]
    )


def _spot(finding: Finding, facts: FindingFacts, snapshot: Snapshot) -> _Spot | None:
    evidence = facts.evidence
    if evidence.line and evidence.file in snapshot:
        how = _FOUND.get(evidence.status, evidence.how or "where the audit points")
        return _Spot(evidence.file, evidence.line, evidence.end_line or evidence.line, how)
    for place in finding.places:
        if place.line and place.path in snapshot:
            end = place.end_line or place.line
            return _Spot(place.path, place.line, end, "line that the audit names")
    for symbol in facts.symbols:
        for declared in symbol.declarations:
            if declared.file in snapshot:
                how = f"declaration of {symbol.symbol}"
                return _Spot(declared.file, declared.line, declared.end_line, how)
    named = [path for path in facts.files if path in snapshot]
    return _Spot(named[0], 1, 0, "the whole file") if named else None


def _unplaced(finding: Finding, facts: FindingFacts) -> str:
    """Return the sketch of a file that is still to be written, or of no known place."""
    wanted = [place.path for place in finding.places if place.kind is PlaceKind.FILE]
    missing = [path for path in wanted if path in facts.missing] or wanted
    if not missing:
        about = one_line(finding.file, 80) or "no file named"
        head = [f"@@ outline, not a patch: no single place in the code ({about}) @@"]
        return "\n".join([*head, *_direction(finding, "", ""), ""])
    path = visible(missing[0])
    head = ["--- /dev/null", f"+++ b/{path}", "@@ outline, not a patch: not in this commit @@"]
    return "\n".join([*head, *_direction(finding, path, ""), ""])


def _direction(finding: Finding, path: str, indent: str) -> list[str]:
    said = finding.fix.strip() or f"(the audit names no fix) {finding.problem}"
    width = max(40, _WIDTH - len(indent))
    return [
        f"+{indent}{_comment(path, line)}" if line else f"+{indent}{_comment(path, '').rstrip()}"
        for line in wrapped(said, width)
    ]


def _comment(path: str, text: str) -> str:
    suffix = PurePosixPath(path).suffix
    opening, closing = _COMMENTS.get(
        suffix, ("// " if suffix in _SLASHES or not path else "# ", "")
    )
    return f"{opening}{text}{closing}"


def _indent(lines: list[str]) -> str:
    first = next((line for line in lines if line.strip()), "")
    return first[: len(first) - len(first.lstrip())]
