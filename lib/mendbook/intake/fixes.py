"""Turn the regions of offered fixes into offsets, once the files' texts are known."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from mendbook.model import Audit, Finding, OfferedFix

Texts = Callable[[str], str | None]


def place_fixes(audit: Audit, text_of: Texts) -> Audit:
    """Return ``audit`` with an offset for every offered fix whose region ``text_of`` lets us find.

    ``text_of`` gives a file's text at the commit to plan on, or None. A region that does not lie in
    the text, or whose columns could be read in two ways, keeps its offset of -1.
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
    # not splitlines(): a form feed or U+2028 ends no line for the tools
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    region = fix.region
    starts = _offsets(lines, region.line, region.column, region.unit)
    ends = _offsets(lines, region.end_line, region.end_column, region.unit)
    if len(starts) != 1 or len(ends) != 1:
        return fix
    start, end = _whole_lines(fix, text, starts.pop(), ends.pop())
    return replace(fix, start=start, end=end, region=None) if start <= end else fix


def _offsets(lines: list[str], line: int, column: int, unit: str) -> set[int]:
    """Return the offsets that a 1-based place can mean: none outside the text, two when unclear."""
    before = sum(map(len, lines[: max(line - 1, 0)]))
    if line == len(lines) + 1 and column == 1:
        return {before}
    if not 0 < line <= len(lines) or column < 0:
        return set()
    if column == 0:
        # SARIF 3.30.8: without an end column the region ends where its last line does
        return {before + len(lines[line - 1].rstrip("\r\n"))}
    units = ("utf-16", "characters") if unit == "" else (unit,)
    found = {_column(lines[line - 1], column - 1, name) for name in units}
    return {before + offset for offset in found if offset is not None}


def _column(line: str, count: int, unit: str) -> int | None:
    if unit == "utf-16" and not line.isascii():
        raw = line.encode("utf-16-le")
        count = len(raw[: 2 * count].decode("utf-16-le", "ignore")) if 2 * count <= len(raw) else -1
    return count if 0 <= count <= len(line) else None


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
