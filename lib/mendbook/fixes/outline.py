"""Sketch a change where no source has a patch: the place, what to add, and why it was not done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from mendbook.code.line_runs import split_lines
from mendbook.fixes.missing_tests import MissingTests, missing_tests
from mendbook.intake.redact import redact
from mendbook.model import Cause, EvidenceStatus, Finding, FindingFacts, PlaceKind, Skipped
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
_STANDS_ON = {
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


def outline(
    finding: Finding,
    facts: FindingFacts,
    snapshot: Snapshot,
    tried: Sequence[Skipped] = (),
) -> str:
    """Return a diff-shaped sketch at the place that ``finding`` means.

    The code there stands as it is, its secrets redacted: nobody asked to delete it. What would be
    added stands in ``+`` comment lines, and then the first reason of what was ``tried``, whole and
    without who gave it. The hunk header is in words on purpose: no tool can apply it.
    """
    missing = missing_tests(finding, facts, snapshot)
    if missing is not None:
        return _tests(finding, missing, tried)
    spot = _spot(finding, facts, snapshot)
    if spot is None:
        return _unplaced(finding, facts, tried)
    text = snapshot.text(spot.path)
    region = redact("".join(split_lines(text)[spot.start - 1 : spot.end]))[0]
    lines = [visible(line.rstrip("\r\n").removeprefix("\ufeff")) for line in split_lines(region)]
    shown = lines[:_MOST_LINES]
    rest = len(lines) - len(shown)
    return "\n".join(
        [
            f"--- a/{spot.path}",
            f"+++ b/{spot.path}",
            f"@@ outline, not a patch: line {spot.start} ({one_line(spot.how, 60)}) @@",
            *(f" {line}" for line in shown),
            *([f" {_comment(spot.path, f'{rest} more lines')}"] if rest else []),
            *_direction(finding, spot.path, _indent(lines), tried),
            "",
        ]
    )


def _tests(finding: Finding, missing: MissingTests, tried: Sequence[Skipped]) -> str:
    """Return the sketch of the tests that are asked for: their file, and the cases by name."""
    there = "not in this commit" if missing.new else "cases to add"
    head = [
        "--- /dev/null" if missing.new else f"--- a/{missing.path}",
        f"+++ b/{missing.path}",
        f"@@ outline, not a patch: {there} @@",
    ]
    cases = [f"+{_comment(missing.path, f'case: {visible(case)}')}" for case in missing.cases]
    return "\n".join([*head, *_direction(finding, missing.path, "", tried), *cases, ""])


def _spot(finding: Finding, facts: FindingFacts, snapshot: Snapshot) -> _Spot | None:
    """Return the place in the finding's own files; another file only where its code is quoted."""
    evidence = facts.evidence
    if evidence.line and evidence.file in snapshot:
        how = _STANDS_ON.get(evidence.status, evidence.how or "where the audit points")
        return _Spot(evidence.file, evidence.line, evidence.end_line or evidence.line, how)
    for place in finding.places:
        if place.line and place.path in snapshot:
            end = place.end_line or place.line
            return _Spot(place.path, place.line, end, "line that the audit names")
    named = [path for path in facts.files if path in snapshot]
    told = {PlaceKind.FILE, PlaceKind.OUTSIDE}
    anywhere = not any(place.kind in told for place in finding.places)
    for symbol in facts.symbols:
        for declared in symbol.declarations:
            if declared.file in snapshot and (anywhere or declared.file in named):
                how = f"declaration of {symbol.symbol}"
                return _Spot(declared.file, declared.line, declared.end_line, how)
    return _Spot(named[0], 1, 0, "the whole file") if named else None


def _unplaced(finding: Finding, facts: FindingFacts, tried: Sequence[Skipped]) -> str:
    """Return the sketch of a file that is still to be written, or of no place that can be read."""
    wanted = [place.path for place in finding.places if place.kind is PlaceKind.FILE]
    absent = [path for path in wanted if path in facts.missing] or wanted
    unread = [note for note in facts.notes if not absent or absent[0] in note]
    if not absent or unread:
        about = one_line(finding.file, 80) or "no file named"
        where = one_line(unread[0], 120) if unread else f"no single place in the code ({about})"
        head = [f"@@ outline, not a patch: {where} @@"]
        return "\n".join([*head, *_direction(finding, "", "", tried), ""])
    path = visible(absent[0])
    head = ["--- /dev/null", f"+++ b/{path}", "@@ outline, not a patch: not in this commit @@"]
    return "\n".join([*head, *_direction(finding, path, "", tried), ""])


def _of(tried: Sequence[Skipped], cause: Cause) -> list[Skipped]:
    return [one for one in tried if one.cause is cause]


def _direction(finding: Finding, path: str, indent: str, tried: Sequence[Skipped]) -> list[str]:
    said = finding.fix.strip() or f"(the audit names no fix) {finding.problem}"
    width = max(40, _WIDTH - len(indent))
    causes = (Cause.REJECTED, Cause.KEPT, Cause.OBSTACLE, Cause.UNREAD)
    told = [each for cause in causes for each in _of(tried, cause)]
    why = told[0].in_brief if told else ""
    lines = [*wrapped(said, width)]
    if why:
        lines += wrapped(f"Not done: {' '.join(why.split())}", width)
    return [
        f"+{indent}{_comment(path, line)}" if line else f"+{indent}{_comment(path, '').rstrip()}"
        for line in lines
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
