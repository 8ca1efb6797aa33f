"""The one stretch of a file that a finding quotes, and what is named beside it."""

from __future__ import annotations

import re

from mendbook.fixes.settings.edit import SettingsFile


def focus_of(file: SettingsFile) -> tuple[int, int] | None:
    """Return where the lines quoted begin and end; None where they stand twice, or nowhere."""
    spans = file.quoted()
    return spans[0] if len(spans) == 1 else None


def lines_in(file: SettingsFile, span: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the lines of a stretch, without line ends, comments and blank ones."""
    lines = []
    at = file.line_start(span[0])
    while at < span[1]:
        stop = file.line_end(at)
        row = file.text[at:stop].rstrip("\r\n")
        if row.strip() and not re.match(r"\s*(?:#|//|;|--\s)", row):
            lines.append((at, at + len(row)))
        if stop <= at:
            break
        at = stop
    return lines
