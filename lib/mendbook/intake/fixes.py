"""Turn the regions of offered fixes into offsets, once the files' texts are known.

A fix belongs to the text that the report is of. Where the report tells which that was (by its
source, its hash or the code it quotes), the commit's text is compared with it before anything of
the fix is used; line ends and a byte order mark may differ, since every checkout has its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from mendbook.intake.texts import BOM, is_of, quotes, with_line_ends_of
from mendbook.model import Audit, Finding, OfferedFix, Region

Texts = Callable[[str], str | None]


def place_fixes(audit: Audit, text_of: Texts) -> Audit:
    """Return ``audit`` with an offset for every offered fix whose region ``text_of`` lets us find.

    ``text_of`` gives a file's text at the commit to plan on, or None. A fix that belongs to another
    text, whose region does not lie in the text, or whose columns could be read in two ways, keeps
    its offset of -1 and says why in ``fault``.
    """
    return replace(audit, findings=tuple(_placed(item, text_of) for item in audit.findings))


def _placed(finding: Finding, text_of: Texts) -> Finding:
    if all(fix.region is None for fix in finding.offered_fixes):
        return finding
    fixes = tuple(_fix(fix, text_of(fix.path)) for fix in finding.offered_fixes)
    return replace(finding, offered_fixes=fixes)


def _fix(fix: OfferedFix, text: str | None) -> OfferedFix:
    if fix.region is None or text is None:
        return fix
    if not _of_this_text(fix, text):
        return replace(fix, fault=f"the report is of another text of {fix.path}")
    span = _span(fix.region, text)
    if span is None:
        return replace(fix, fault=f"its region does not lie in {fix.path} at this commit")
    start, end = _whole_lines(fix, text, *span)
    new = with_line_ends_of(text, fix.text)
    return replace(fix, start=start, end=end, text=new, region=None)


def _of_this_text(fix: OfferedFix, text: str) -> bool:
    if fix.digest and not is_of(fix.digest, text):
        return False
    return not fix.quote.strip() or quotes(fix.quote, fix.quote_line, text)


def _span(region: Region, text: str) -> tuple[int, int] | None:
    """Return the offsets that ``region`` means in ``text``; None when none, or two, are meant."""
    if region.line <= 0:
        return _counted(region, text)
    # not splitlines(): a form feed or U+2028 ends no line for the tools
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    starts = _offsets(lines, region.line, region.column, region.unit, begins=True)
    ends = _offsets(lines, region.end_line, region.end_column, region.unit)
    if len(starts) != 1 or len(ends) != 1:
        return None
    start, end = starts.pop(), ends.pop()
    return (start, end) if start <= end else None


def _counted(region: Region, text: str) -> tuple[int, int] | None:
    """Return the offsets of a region that is given by an offset and a length alone."""
    if region.offset < 0 or region.length < 0:
        return None
    units = ("utf-16", "characters") if region.offset_unit == "" else (region.offset_unit,)
    body = text.removeprefix(BOM)
    skipped = len(text) - len(body)
    found = {_both(region, text if unit == "bytes" else body, unit) for unit in units}
    span = found.pop() if len(found) == 1 else None
    if span is None:
        return None
    return span if region.offset_unit == "bytes" else (span[0] + skipped, span[1] + skipped)


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
    found = {_characters(written, column - 1, name) for name in units}
    return {before + mark + offset for offset in found if offset is not None}


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
