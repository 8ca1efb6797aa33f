"""Read the hunks of a unified diff as runs of replaced lines, by the old file's numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HUNK = re.compile(r"@@ -(\d{1,9})(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@")


@dataclass(slots=True)
class ReplacedLines:
    """``count`` lines from 1-based ``line`` on that are replaced by ``added``."""

    line: int
    count: int = 0
    removed: str = ""
    added: str = ""


def replaced_lines(diff: str) -> Iterator[ReplacedLines]:
    """Yield each run of changed lines in ``diff``, the diff of one file, in its order."""
    run: ReplacedLines | None = None
    line = old_left = new_left = 0
    for written in re.findall(r"[^\n]*\n|[^\n]+", diff):
        text = written if written.endswith("\n") else f"{written}\n"
        if old_left <= 0 and new_left <= 0:
            if run:
                yield run
            run = None
            if match := _HUNK.match(text):
                old_left, new_left = int(match[2] or 1), int(match[3] or 1)
                # an empty range names the line before it
                line = int(match[1]) + (old_left == 0)
        elif text[0] in "-+":
            run = run or ReplacedLines(line)
            if text[0] == "-":
                run.count, run.removed = run.count + 1, run.removed + text[1:]
                line, old_left = line + 1, old_left - 1
            else:
                run.added, new_left = run.added + text[1:], new_left - 1
        elif text[0] != "\\":
            if run:
                yield run
            run = None
            line, old_left, new_left = line + 1, old_left - 1, new_left - 1
    if run:
        yield run
