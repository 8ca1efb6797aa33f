"""Find the place in the code that a finding's evidence means, and say how sure that is.

Auditors quote code loosely: other quotes and line breaks, ``...`` for what they leave out, a word
of comment after a dash. So texts are compared as sequences of tokens without quotes and without
commas or semicolons before an end; a quote is verbatim when all of its tokens stand there in
order. A paraphrase is recognised by its identifiers standing together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mendbook.model import Evidence, EvidenceStatus, Finding, SymbolReferences, SymbolStatus
from mendbook.repository.snapshot import Snapshot

_TOKEN = re.compile(r"\.\.\.|…|[A-Za-z_$][\w$]*|\d[\w.]*|=>|[=!<>]==?|&&|\|\||\?\.|[^\s\w]")
_IGNORED = frozenset("'\"`,;")
_ELISIONS = frozenset({"...", "…"})
# what comes after these words is what the code lacks, or what the auditor says about it
_ASIDE = re.compile(
    r"\s+[—–]\s+|\s+-{2}\s+|\s(?:vs\.?|AND|\+)\s+|\b(?:without|instead of|but|rather than)\b"
)
_CODE = re.compile(r"[\w$]\(|[\w$]\)?\??\.[\w$]|[\w$\])]\s*=[^\s]?\s*\S|=>|[{}\[\];]")
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*(?:[:.][A-Za-z_$][\w$]*)*")
_PROSE_SYMBOLS = re.compile(r"[a-z\d][A-Z]|_|[a-z]:[a-z]|\$")

MIN_TOKENS = 4
"""A shorter quote stands in any file and proves nothing."""
MAX_GAP = 400
"""Tokens that an elision may stand for: about one long function."""
NEAR = 12
"""Lines around a named line in which a paraphrase is looked for."""
PARAPHRASE = 0.6
"""Least share of the evidence's identifiers that must stand together."""


@dataclass(frozen=True, slots=True)
class Window:
    """Lines of a file, both ends included, in which a finding's code is expected."""

    file: str
    line: int
    end_line: int
    how: str


def find_evidence(
    finding: Finding,
    files: Sequence[str],
    symbols: Sequence[SymbolReferences],
    snapshot: Snapshot,
) -> Evidence:
    """Return where the evidence of ``finding`` stands in ``files``, and how it was recognised.

    Verbatim is looked for in whole files, nearest to a named line or declaration first;
    a paraphrase only inside those places. When neither fits, the place is still the named line or
    the declaration, but the evidence is absent from it.
    """
    if not files:
        return Evidence(EvidenceStatus.NO_FILE, how="none of the named files exists")
    windows = _windows(finding, files, symbols, snapshot)
    quoted = [run for run in map(_runs, _segments(finding.evidence)) if _proves(run)]
    if quoted and (found := _verbatim(quoted, files, windows, snapshot)):
        return found
    names = _names(finding.evidence)
    searched = windows or [_whole(path, snapshot) for path in files]
    ranked = [_share(names, window, snapshot) for window in searched]
    best = max(ranked, key=lambda one: one.share)
    if best.share >= PARAPHRASE:
        return best
    if not windows:
        return Evidence(EvidenceStatus.ABSENT, files[0], share=best.share, how="file only")
    first = windows[0]
    return Evidence(
        EvidenceStatus.ABSENT, first.file, first.line, first.end_line, best.share, first.how
    )


def _windows(
    finding: Finding,
    files: Sequence[str],
    symbols: Sequence[SymbolReferences],
    snapshot: Snapshot,
) -> list[Window]:
    """Return the places that the finding points at: its line suffixes, then its declarations."""
    named = [
        Window(place.path, place.line, place.end_line or place.line, "line suffix")
        for place in finding.places
        if place.line is not None
        and place.path in files
        and place.line <= _length(place.path, snapshot)
    ]
    known = {SymbolStatus.RESOLVED, SymbolStatus.AMBIGUOUS}
    declared = [
        Window(found.file, found.line, found.end_line, "declaration")
        for symbol in symbols
        if symbol.status in known
        for found in symbol.declarations
        if found.file in files
    ]
    return named + declared


def _whole(path: str, snapshot: Snapshot) -> Window:
    return Window(path, 1, _length(path, snapshot), "file")


def _length(path: str, snapshot: Snapshot) -> int:
    return snapshot.text(path).count("\n") + 1


# --- verbatim ----------------------------------------------------------------------------------


def _segments(evidence: str) -> list[str]:
    """Return the parts of ``evidence`` that look like code, without what is said about them."""
    # a single back-quoted word in prose is a name; a template literal has code around it
    pieces = [piece for piece in _ASIDE.split(evidence) if piece and _CODE.search(piece)]
    stripped = (re.sub(r"^\W*(?:lines?\s*)?\d+(?:-\d+)?:\s", "", piece) for piece in pieces)
    return [re.sub(r"\s*(?://.*|\([\w./-]+:\d+\))\s*\Z", "", piece) for piece in stripped]


def _runs(text: str) -> list[list[str]]:
    """Return the token runs of ``text`` between its elisions."""
    runs: list[list[str]] = [[]]
    for token, _ in _tokens(text):
        if token in _ELISIONS:
            runs.append([])
        else:
            runs[-1].append(token)
    return [run for run in runs if run]


def _proves(runs: list[list[str]]) -> bool:
    tokens = [token for run in runs for token in run]
    words = [token for token in tokens if token[0].isalpha() or token[0] in "_$"]
    return len(tokens) >= MIN_TOKENS and len(words) >= 2


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """Yield each token with its 1-based line; quotes, commas and semicolons do not count."""
    line, position = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
        if match.group() not in _IGNORED:
            yield match.group(), line


@lru_cache(maxsize=256)
def _file_tokens(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return tokens and lines of a file; its own spreads are dropped as elisions are."""
    kept = [(token, line) for token, line in _tokens(text) if token not in _ELISIONS]
    return tuple(token for token, _ in kept), tuple(line for _, line in kept)


def _verbatim(
    quoted: list[list[list[str]]], files: Sequence[str], windows: list[Window], snapshot: Snapshot
) -> Evidence | None:
    """Return the place nearest to ``windows`` where every quote stands, if there is one."""
    for path in files:
        tokens, lines = _file_tokens(snapshot.text(path))
        centres = [window.line for window in windows if window.file == path] or [1]
        places = []
        for runs in quoted:
            spans = [(lines[start], lines[end - 1]) for start, end in _matches(runs, tokens)]
            if not spans:
                break
            places.append(min(spans, key=lambda span: _distance(span, centres)))
        else:
            start = places[0]
            return Evidence(EvidenceStatus.VERBATIM, path, start[0], start[1], 1.0, "evidence text")
    return None


def _distance(span: tuple[int, int], centres: list[int]) -> int:
    return min(abs(span[0] - centre) for centre in centres)


def _matches(runs: list[list[str]], tokens: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield ``(start, end)`` where all runs stand in order, each within ``MAX_GAP`` of the last."""
    first, *others = runs
    for start in _occurrences(first, tokens, 0, len(tokens)):
        end = start + len(first)
        for run in others:
            found = next(_occurrences(run, tokens, end, end + MAX_GAP), None)
            if found is None:
                break
            end = found + len(run)
        else:
            yield start, end


def _occurrences(run: list[str], tokens: tuple[str, ...], start: int, stop: int) -> Iterator[int]:
    wanted = tuple(run)
    for position in range(start, min(stop, len(tokens) - len(wanted) + 1)):
        if tokens[position] == wanted[0] and tokens[position : position + len(wanted)] == wanted:
            yield position


# --- paraphrase --------------------------------------------------------------------------------


def _names(evidence: str) -> tuple[str, ...]:
    """Return the identifiers, events and member paths that ``evidence`` mentions, last parts."""
    names: dict[str, None] = {}
    for match in _IDENTIFIER.finditer(evidence):
        after = evidence[match.end() : match.end() + 1]
        dotted = "." in match.group()
        if dotted or after == "(" or _PROSE_SYMBOLS.search(match.group()):
            names[match.group().rpartition(".")[2]] = None
    return tuple(names)


def _share(names: tuple[str, ...], window: Window, snapshot: Snapshot) -> Evidence:
    """Return the share of ``names`` in ``window`` (a line suffix widened by ``NEAR`` lines)."""
    lines = snapshot.text(window.file).splitlines()
    wide = NEAR if window.how == "line suffix" else 0
    start = max(1, window.line - wide)
    part = lines[start - 1 : window.end_line + wide]
    hits = [[name for name in names if _stands(name, line)] for line in part]
    found = {name for line in hits for name in line}
    share = len(found) / len(names) if names else 0.0
    line, end_line = window.line, window.end_line
    if found:
        densest = max(range(len(hits)), key=lambda index: len(hits[index]))
        line = end_line = start + densest
    return Evidence(EvidenceStatus.PARAPHRASE, window.file, line, end_line, share, window.how)


def _stands(name: str, line: str) -> bool:
    position = line.find(name)
    while position >= 0:
        around = line[position - 1 : position] + line[position + len(name) :][:1]
        if not re.search(r"[\w$]", around):
            return True
        position = line.find(name, position + 1)
    return False
