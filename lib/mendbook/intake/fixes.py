"""Turn the regions of offered fixes into offsets, once the files' texts are known.

A fix belongs to the text that the report is of. Where the report tells which that was (by its
source, its hash or the code it quotes), the commit's text is compared with it before anything of
the fix is used; line ends and a byte order mark may differ, since every checkout has its own.
Where it tells nothing, what its message names must stand on the lines that it speaks of, no word
may be cut in two, and one fix of a file that does not fit speaks against the file's others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Set
from dataclasses import replace

from mendbook.intake.texts import BOM, is_of, plain_text, quotes, with_line_ends_of
from mendbook.model import Audit, Finding, OfferedFix, Region

Texts = Callable[[str], str | None]
_QUOTED = re.compile(
    r"`[A-Za-z_$][\w$]*(?:\(\))?`|'[A-Za-z_$][\w$]*(?:\(\))?'|\"[A-Za-z_$][\w$]*\""
)
"""A name that a tool's message quotes."""


def place_fixes(audit: Audit, text_of: Texts) -> Audit:
    """Return ``audit`` with an offset for every offered fix whose region ``text_of`` lets us find.

    ``text_of`` gives a file's text at the commit to plan on, or None. A fix that belongs to another
    text, whose region does not lie in the text, or whose columns could be read in two ways, keeps
    its offset of -1 and says why in ``fault``.
    """
    placed = [_placed(item, text_of) for item in audit.findings]
    stale = {
        fix.path
        for before, after in zip(audit.findings, placed, strict=True)
        for untold, fix in zip(before.offered_fixes, after.offered_fixes, strict=True)
        if fix.fault and untold.region is not None
    }
    return replace(
        audit,
        findings=tuple(
            _without_stale(before, after, stale)
            for before, after in zip(audit.findings, placed, strict=True)
        ),
    )


def _placed(finding: Finding, text_of: Texts) -> Finding:
    if all(fix.region is None for fix in finding.offered_fixes):
        return finding
    fixes = tuple(_fix(fix, finding, text_of(fix.path)) for fix in finding.offered_fixes)
    return replace(finding, offered_fixes=fixes)


def _without_stale(before: Finding, after: Finding, stale: Set[str]) -> Finding:
    """Take the offsets from fixes of files in which another fix of the report does not fit."""
    pairs = zip(before.offered_fixes, after.offered_fixes, strict=True)
    fixes = tuple(
        replace(given, fault=_other_text(given.path))
        if fix.path in stale and not fix.fault and given.region is not None and not _is_told(given)
        else fix
        for given, fix in pairs
    )
    return replace(after, offered_fixes=fixes)


def _fix(fix: OfferedFix, finding: Finding, text: str | None) -> OfferedFix:
    if fix.region is None or text is None:
        return fix
    if not _of_this_text(fix, text):
        return replace(fix, fault=_other_text(fix.path))
    span = _span(fix.region, text, fix)
    if span is None:
        return replace(fix, fault=f"its region does not lie in {fix.path} at this commit")
    if not _is_told(fix) and (
        _cuts_a_word(text, *span) or not _names_its_lines(finding, fix, text)
    ):
        return replace(fix, fault=_other_text(fix.path))
    start, end = _whole_lines(fix, text, *span)
    new = with_line_ends_of(text, fix.text)
    return replace(fix, start=start, end=end, text=new, region=None)


def _other_text(path: str) -> str:
    return f"the report is of another text of {path}"


def _is_told(fix: OfferedFix) -> bool:
    """Tell whether the report says which text it is of."""
    return bool(fix.digest or fix.quote.strip())


def _cuts_a_word(text: str, start: int, end: int) -> bool:
    return any(
        0 < at < len(text) and _is_of_word(text[at - 1]) and _is_of_word(text[at])
        for at in (start, end)
    )


def _is_of_word(one: str) -> bool:
    return one.isalnum() or one == "_"


def _names_its_lines(finding: Finding, fix: OfferedFix, text: str) -> bool:
    """Tell whether one of the names that a tool's message quotes stands on the lines it is about.

    A message that quotes none says nothing of its text.
    """
    named = {one.strip("`'\"").split("(")[0] for one in _QUOTED.findall(finding.problem)}
    if not named or fix.region is None:
        return True
    lines = plain_text(text).split("\n")
    spans = [(place.line, place.end_line or place.line) for place in finding.places if place.line]
    if fix.region.line > 0:
        last = fix.region.end_line - (fix.region.end_column == 1)
        spans.append((fix.region.line, max(fix.region.line, last)))
    told = "\n".join(line for first, last in spans for line in lines[first - 1 : last])
    return not spans or any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", told) for one in named)


def _of_this_text(fix: OfferedFix, text: str) -> bool:
    if fix.digest and not is_of(fix.digest, text):
        return False
    return not fix.quote.strip() or quotes(fix.quote, fix.quote_line, text)


def _span(region: Region, text: str, fix: OfferedFix) -> tuple[int, int] | None:
    """Return the offsets that ``region`` means in ``text``; None when none, or two, are meant."""
    if region.line <= 0:
        return _counted(region, text, fix)
    # not splitlines(): a form feed or U+2028 ends no line for the tools
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    starts = _offsets(lines, region.line, region.column, region.unit, begins=True)
    ends = _offsets(lines, region.end_line, region.end_column, region.unit)
    if len(starts) != 1 or len(ends) != 1:
        return None
    start, end = starts.pop(), ends.pop()
    return (start, end) if start <= end else None


def _counted(region: Region, text: str, fix: OfferedFix) -> tuple[int, int] | None:
    """Return the offsets of a region that is given by an offset and a length alone.

    Every checkout may have its own line ends and mark, and an offset counts them: of all that it
    can mean, what lies in the code that the report quotes and cuts no word is meant; in one way.
    """
    if region.offset < 0 or region.length < 0:
        return None
    units = ("utf-16", "characters") if region.offset_unit == "" else (region.offset_unit,)
    as_is = _spans(region, text, units)
    if not fix.quote.strip():
        return as_is.pop() if len(as_is) == 1 else None
    body, mark = text.removeprefix(BOM), len(text) - len(text.removeprefix(BOM))
    plain = body.replace("\r\n", "\n")
    told = set(as_is)
    for seen in (plain, plain.replace("\n", "\r\n")):
        for each in (seen, BOM + seen):
            told |= {_carried(each, body, mark, span) for span in _spans(region, each, units)}
    meant = {span for span in told if _in_quote(fix, text, *span)}
    return meant.pop() if len(meant) == 1 else None


def _spans(region: Region, text: str, units: Iterable[str]) -> set[tuple[int, int]]:
    """Return the offsets into ``text`` that a counted region means; bytes count the mark."""
    body = text.removeprefix(BOM)
    skipped = 0 if region.offset_unit == "bytes" else len(text) - len(body)
    spans = (_both(region, body if skipped else text, unit) for unit in units)
    return {(span[0] + skipped, span[1] + skipped) for span in spans if span is not None}


def _carried(seen: str, body: str, mark: int, span: tuple[int, int]) -> tuple[int, int]:
    """Return where ``span`` of another checkout's text is in ``body`` behind a mark."""
    first, last = (
        _carried_place(seen[:at].removeprefix(BOM).replace("\r\n", "\n"), body) for at in span
    )
    return first + mark, last + mark


def _carried_place(before: str, body: str) -> int:
    """Return the offset in ``body`` behind the lines and columns of ``before``, plain ends."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", body)
    full = before.count("\n")
    return sum(map(len, lines[:full])) + len(before.rpartition("\n")[2])


def _in_quote(fix: OfferedFix, text: str, start: int, end: int) -> bool:
    """Tell whether a region lies within the lines that the report quotes, and cuts no word."""
    first = text.count("\n", 0, start) + 1
    last = text.count("\n", 0, max(start, end - 1)) + 1
    lines = fix.quote.rstrip("\r\n").count("\n")
    lies = fix.quote_line <= first and last <= fix.quote_line + lines
    return lies and not _cuts_a_word(text, start, end)


def _both(region: Region, text: str, unit: str) -> tuple[int, int] | None:
    start = _characters(text, region.offset, unit)
    end = _characters(text, region.offset + region.length, unit)
    return None if start is None or end is None else (start, end)


def _offsets(
    lines: list[str], line: int, column: int, unit: str, *, begins: bool = False
) -> set[int]:
    """Return the offsets that a 1-based place can mean: none outside the text, two when unclear."""
    before = sum(map(len, lines[: max(line - 1, 0)]))
    if line == len(lines) + 1 and column == 1:
        return {before}
    if not 0 < line <= len(lines) or column < 0:
        return set()
    # no tool counts the byte order mark as a column
    mark = len(BOM) if line == 1 and lines[0].startswith(BOM) else 0
    written = lines[line - 1][mark:]
    if column == 0:
        # SARIF 3.30.8: without an end column the region ends where its last line does
        return {before if begins else before + mark + len(written.rstrip("\r\n"))}
    units = ("utf-16", "characters") if unit == "" else (unit,)
    offsets = {_characters(written, column - 1, name) for name in units}
    return {before + mark + offset for offset in offsets if offset is not None}


def _characters(text: str, count: int, unit: str) -> int | None:
    """Return the character at which ``count`` units of ``text`` end; None beyond its end."""
    if unit == "characters" or text.isascii():
        return count if 0 <= count <= len(text) else None
    encoding, size = ("utf-16-le", 2) if unit == "utf-16" else ("utf-8", 1)
    raw = text.encode(encoding, "surrogatepass")
    if not 0 <= size * count <= len(raw):
        return None
    return len(raw[: size * count].decode(encoding, "ignore"))


def _whole_lines(fix: OfferedFix, text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a region to its lines where the new text repeats what stands around it.

    Semgrep gives the expression's region and the fixed lines as a whole (seen in 1.182).
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    before, after = text[first:start], text[end:last].rstrip("\r")
    repeated = fix.text.startswith(before) and fix.text.rstrip("\r\n").endswith(after)
    if fix.tool.startswith("Semgrep") and before.strip() and after.strip() and repeated:
        return first, end + len(after)
    return start, end
