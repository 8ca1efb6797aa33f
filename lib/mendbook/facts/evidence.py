"""Find the place in the code that a finding's evidence means, and say how sure that is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from mendbook.code.report_files import is_report
from mendbook.facts.quote import Quote, quotes, spans
from mendbook.model import Evidence, EvidenceStatus, Finding, SymbolReferences, SymbolStatus
from mendbook.repository.snapshot import Snapshot

_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*(?:[:.][A-Za-z_$][\w$]*)*")
_NOT_A_WORD = re.compile(r"[a-z\d][A-Z]|_|[a-z]:[a-z]|\$")
_IN_WORD = re.compile(r"[\w$]")

LONG_LINE = 12
"""Characters of a line, whitespace left out, from which it is no other line by chance."""
LONG_QUOTE = 8
"""Tokens of a quote that is looked for in other files than the named ones too."""
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
    around: int = 0
    """Lines before and after it that may be meant as well."""


def find_evidence(
    finding: Finding,
    files: Sequence[str],
    symbols: Sequence[SymbolReferences],
    snapshot: Snapshot,
) -> Evidence:
    """Return where the evidence of ``finding`` stands in ``files``, and how it was recognised.

    Verbatim is looked for in whole files, nearest to a named line or declaration first; a
    paraphrase inside those places, then in the whole file. When neither fits, the place is still
    the named line or the declaration, but the evidence is absent from it.
    """
    if not files:
        return Evidence(EvidenceStatus.NO_FILE, how="none of the named files exists")
    windows = _windows(finding, files, symbols, snapshot)
    quoted = quotes(finding.evidence)
    return (
        _verbatim(quoted, files, windows, snapshot)
        or _line(finding.evidence, files, snapshot)
        or _short(finding.evidence, files, windows, snapshot)
        or _elsewhere(quoted, files, snapshot)
        or _paraphrase(_names(finding.evidence), files, windows, snapshot)
    )


def _windows(
    finding: Finding,
    files: Sequence[str],
    symbols: Sequence[SymbolReferences],
    snapshot: Snapshot,
) -> list[Window]:
    """Return the places that the finding points at: its line suffixes, then its declarations."""
    named = [
        Window(place.path, place.line, place.end_line or place.line, "line suffix", NEAR)
        for place in finding.places
        if place.line is not None
        and place.path in files
        and place.line <= _length(place.path, snapshot)
    ]
    known = {SymbolStatus.RESOLVED, SymbolStatus.AMBIGUOUS}
    declared = [
        Window(declaration.file, declaration.line, declaration.end_line, "declaration")
        for symbol in symbols
        if symbol.status in known
        for declaration in symbol.declarations
        if declaration.file in files
    ]
    return named + declared


def _length(path: str, snapshot: Snapshot) -> int:
    return snapshot.text(path).count("\n") + 1


# --- verbatim ----------------------------------------------------------------------------------


def _verbatim(
    quoted: Sequence[Quote], files: Sequence[str], windows: Sequence[Window], snapshot: Snapshot
) -> Evidence | None:
    """Return the place nearest to ``windows`` in the first file where every quote stands."""
    for path in files if quoted else ():
        centres = [window.line for window in windows if window.file == path] or [1]
        by_quote = [tuple(spans(quote, snapshot.text(path))) for quote in quoted]
        if all(by_quote):
            line, end = min(by_quote[0], key=lambda span: min(abs(span[0] - at) for at in centres))
            return Evidence(EvidenceStatus.VERBATIM, path, line, end, 1.0, "evidence text")
    return None


def _line(evidence: str, files: Sequence[str], snapshot: Snapshot) -> Evidence | None:
    """Return the line that holds ``evidence`` as it was written but for whitespace.

    What has too few tokens to prove anything still does where one file has one such line.
    """
    quoted = _bare(evidence.strip().strip("`"))
    telling = _NOT_A_WORD.search(quoted) is not None
    for path in files if len(quoted) >= LONG_LINE else ():
        held = [
            number
            for number, whole in enumerate(_bare_lines(snapshot.text(path)), start=1)
            if quoted == whole or (telling and quoted in whole)
        ]
        if len(held) == 1:
            return Evidence(EvidenceStatus.VERBATIM, path, held[0], held[0], 1.0, "evidence text")
    return None


@lru_cache(maxsize=512)
def _bare_lines(text: str) -> tuple[str, ...]:
    return tuple(map(_bare, text.splitlines()))


def _bare(line: str) -> str:
    """Return ``line`` without whitespace and without what parts it from the next."""
    return "".join(line.split()).rstrip(",;")


def _short(
    evidence: str, files: Sequence[str], windows: Sequence[Window], snapshot: Snapshot
) -> Evidence | None:
    """Return where a quote too short to prove anything still stands, whole and word for word.

    ``return true`` stands in many functions: the one that is meant is nearest to ``windows``.
    """
    words = re.findall(r"\S+", evidence.strip().strip("`"))
    if len(words) < 2 or not any(re.search(r"\w", word) for word in words):
        return None
    wanted = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)")
    for path in files:
        text = snapshot.text(path)
        here = [window for window in windows if window.file == path]
        places = [
            (text.count("\n", 0, match.start()) + 1, text.count("\n", 0, match.end()) + 1)
            for match in wanted.finditer(text)
        ]
        if places:
            line, end = min(places, key=lambda span: _away(span[0], here))
            return Evidence(EvidenceStatus.VERBATIM, path, line, end, 1.0, "evidence text")
    return None


def _away(line: int, windows: Sequence[Window]) -> int:
    """Return how many lines ``line`` is outside the nearest of ``windows``; 0 inside one."""
    return min((max(one.line - line, line - one.end_line, 0) for one in windows), default=line)


def _elsewhere(
    quoted: Sequence[Quote], files: Sequence[str], snapshot: Snapshot
) -> Evidence | None:
    """Return where a long quote stands, if that is in exactly one file that is not named.

    A report or an audit that lies in the repository quotes the code, too, and is no place of it.
    """
    tokens = [token for quote in quoted for run in quote for token in run]
    if len(tokens) < LONG_QUOTE:
        return None
    words = {token for token in tokens if token.isidentifier()}
    holding = [
        path
        for path in snapshot.files
        if path not in files
        and all(word in snapshot.text(path) for word in words)
        and not is_report(path, snapshot.text(path))
    ]
    places = [place for path in holding if (place := _verbatim(quoted, [path], [], snapshot))]
    if len(places) != 1:
        return None
    return replace(places[0], how="evidence text, in another file than the finding names")


# --- paraphrase --------------------------------------------------------------------------------


def _paraphrase(
    names: tuple[str, ...], files: Sequence[str], windows: Sequence[Window], snapshot: Snapshot
) -> Evidence:
    wholes = [Window(path, 1, _length(path, snapshot), "the whole file") for path in files]
    near = [_shared(names, window, snapshot) for window in windows]
    far = [_shared(names, window, snapshot) for window in wholes]
    for candidates in (near, far):
        best = max(candidates, key=lambda one: one.share, default=None)
        if best is not None and best.share >= PARAPHRASE:
            # said of the file around the function: the function is still the place that is meant
            return _at(best, windows[0]) if candidates is far and windows else best
    nothing = Evidence(EvidenceStatus.ABSENT, files[0], share=0.0, how="the first file named")
    absent = _at(replace(nothing, how=windows[0].how), windows[0]) if windows else nothing
    if not names:
        return replace(absent, status=EvidenceStatus.UNQUOTED)
    return replace(absent, share=max(one.share for one in (*near, *far)))


def _at(evidence: Evidence, place: Window) -> Evidence:
    return replace(evidence, file=place.file, line=place.line, end_line=place.end_line)


def _names(evidence: str) -> tuple[str, ...]:
    """Return the identifiers and events that ``evidence`` mentions; of a path its last part."""
    names: dict[str, None] = {}
    for match in _IDENTIFIER.finditer(evidence):
        called = evidence[match.end() : match.end() + 1] == "("
        if "." in match.group() or called or _NOT_A_WORD.search(match.group()):
            names[match.group().rpartition(".")[2]] = None
    return tuple(names)


def _shared(names: tuple[str, ...], window: Window, snapshot: Snapshot) -> Evidence:
    """Return the share of ``names`` in ``window`` and the line that holds most of them.

    A line that the finding names is widened by ``NEAR`` lines both ways.
    """
    start = max(1, window.line - window.around)
    whole, begins = _part(snapshot.text(window.file), start - 1, window.end_line + window.around)
    hits: Counter[int] = Counter()
    names_present = 0
    for name in names:
        lines = {bisect_right(begins, at) - 1 for at in _standing(name, whole)}
        hits.update(lines)
        names_present += bool(lines)
    share = names_present / len(names) if names else 0.0
    line = start + min(hits, key=lambda index: (-hits[index], index), default=0)
    return Evidence(EvidenceStatus.PARAPHRASE, window.file, line, line, share, window.how)


@lru_cache(maxsize=512)
def _part(text: str, first: int, end: int) -> tuple[str, tuple[int, ...]]:
    """Return some lines of ``text``, parted by line feeds alone, and where each of them begins."""
    lines = text.splitlines()[first:end]
    begins = accumulate((len(line) + 1 for line in lines), initial=0)
    return "\n".join(lines), tuple(begins)[: len(lines)]


def _standing(name: str, text: str) -> Iterator[int]:
    """Yield where ``name`` stands in ``text`` as a whole word."""
    position = text.find(name)
    while position >= 0:
        end = position + len(name)
        around = text[max(position - 1, 0) : position] + text[end : end + 1]
        if not _IN_WORD.search(around):
            yield position
        position = text.find(name, position + 1)
