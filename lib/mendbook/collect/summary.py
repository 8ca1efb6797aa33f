"""Say in a terminal what was collected, and how to use it."""

from __future__ import annotations

import shlex
from pathlib import Path

from mendbook.collect.records import Attempt, Collection, Status

_USABLE = {Status.CLEAN, Status.FINDINGS, Status.MEASURED}


def closing_words(record: Collection, folder: Path) -> str:
    """Return one line for each tool, where the files are, and the options that plan with them."""
    rows = [("tool", "status", "seconds", "what it says"), *map(_row, record.attempts)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]])
        for row in rows
    ]
    options = " ".join(
        f"{attempt.feeds} {shlex.quote(str(folder / file.path))}"
        for attempt in record.attempts
        if attempt.feeds and attempt.status in _USABLE
        for file in attempt.files
    )
    use = f"Plan with it: mendbook plan AUDIT {options}" if options else "Nothing to plan with."
    return "\n".join([*lines, "", f"Kept in {folder}", use])


def _row(attempt: Attempt) -> tuple[str, str, str, str]:
    seconds = f"{attempt.seconds:.1f}" if attempt.status is not Status.NOT_RUN else ""
    install = f"; to install it: {attempt.install}" if attempt.install else ""
    return attempt.tool, attempt.status.value, seconds, f"{attempt.meaning}{install}"
