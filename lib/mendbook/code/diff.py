"""Write edits as a unified diff in exactly the form that ``git diff`` has. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

from mendbook.code.line_runs import LineRun, line_runs, line_runs_of, split_lines
from mendbook.model import Proposal
from mendbook.repository.snapshot import Snapshot

CONTEXT_LINES = 3
_NO_NEWLINE = "\\ No newline at end of file\n"
_NOTHING = "0" * 12
_SAME_FILE = 50
"""Percent of a file that must stay for a removal and a new file to be a rename, as in git."""
_SECTION = re.compile(r"[A-Za-z_$]")
_ESCAPES = {"\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r"}


def diff_of(edits: Mapping[str, str | None], snapshot: Snapshot) -> str:
    """Return the diff that turns ``snapshot`` into what ``edits`` say, files in path order.

    Empty when nothing changes. ``git apply`` of it gives exactly the new texts, line endings and a
    missing last newline included.
    """
    moved = _moved(edits, snapshot)
    gone = set(moved.values())
    return "".join(
        _rename_diff(moved[path], path, snapshot.text(moved[path]), edits[path] or "")
        if path in moved
        else file_diff(path, snapshot.get(path), edits[path])
        for path in sorted(edits)
        if path not in gone
    )


def _moved(edits: Mapping[str, str | None], snapshot: Snapshot) -> dict[str, str]:
    """Return each new file that is an old one under another name: it keeps its mode that way."""
    gone = [path for path, text in sorted(edits.items()) if text is None and path in snapshot]
    old_names: dict[str, str] = {}
    for path, text in sorted(edits.items()):
        if not text or path in snapshot:
            continue
        alike = [(_similar(snapshot.text(old), text), old) for old in gone]
        best = max(alike, default=(0, ""))
        if best[0] >= _SAME_FILE:
            old_names[path] = best[1]
            gone.remove(best[1])
    return old_names


def _similar(old: str, new: str) -> int:
    """Return how much of the longer text stands in both, in percent."""
    lost = sum(len("".join(run.gone)) for run in line_runs(old, new))
    longer = max(len(old), len(new))
    return 100 * (len(old) - lost) // longer if longer else 0


def _rename_diff(old_path: str, path: str, old: str, new: str) -> str:
    before, after = quoted(f"a/{old_path}"), quoted(f"b/{path}")
    head = (
        f"diff --git {before} {after}\nsimilarity index {_similar(old, new)}%\n"
        f"rename from {quoted(old_path)}\nrename to {quoted(path)}\n"
    )
    if old == new:
        return head
    rest = file_diff(path, old, new).split("\n", 2)[2]
    tabs = ["\t" if " " in one else "" for one in (old_path, path)]
    _, _, hunks = rest.split("\n", 2)
    return (
        f"{head}index {_blob(old)}..{_blob(new)} 100644\n"
        f"--- {before}{tabs[0]}\n+++ {after}{tabs[1]}\n{hunks}"
    )


def file_diff(path: str, old: str | None, new: str | None) -> str:
    """Return the diff of one file; ``None`` stands for a file that does not exist."""
    if old == new:
        return ""
    before, after = quoted(f"a/{path}"), quoted(f"b/{path}")
    lines = [f"diff --git {before} {after}\n"]
    if old is None:
        lines.append("new file mode 100644\n")
    if new is None:
        lines.append("deleted file mode 100644\n")
    mode = " 100644" if old is not None and new is not None else ""
    lines.append(f"index {_blob(old)}..{_blob(new)}{mode}\n")
    if old or new:
        # git ends a name that holds a blank with a tab, so that no date is read out of it
        tab = "\t" if " " in path else ""
        lines.append(f"--- {'/dev/null' if old is None else before + tab}\n")
        lines.append(f"+++ {'/dev/null' if new is None else after + tab}\n")
    for hunk in _hunks(line_runs(old, new)):
        lines.extend(_hunk_lines(hunk, split_lines(old or "")))
    return "".join(lines)


def line_counts(edits: Mapping[str, str | None], snapshot: Snapshot) -> tuple[int, int]:
    """Return how many lines the edits add and remove."""
    added = removed = 0
    for _, run in line_runs_of(edits, snapshot):
        added += len(run.written)
        removed += len(run.gone)
    return added, removed


def touched_lines(
    proposal: Proposal, snapshot: Snapshot
) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Return, for each file that changes, the 1-based inclusive ranges of old lines it touches.

    An insertion touches the line before and the line after it; a new file touches line 1 of itself,
    so that two findings which create the same file are seen to meet.
    """
    touched: dict[str, tuple[tuple[int, int], ...]] = {}
    for path, new in sorted(proposal.edits.items()):
        old = snapshot.get(path)
        if old == new:
            continue
        count = len(split_lines(old or ""))
        ranges = tuple(_touched(run, count) for run in line_runs(old, new))
        touched[path] = ranges or ((1, 1),)
    return touched


def quoted(path: str) -> str:
    """Return ``path`` as git writes it in a header: in C quotes where it must be."""
    if not any(
        character in '"\\' or ord(character) < 32 or character == "\x7f" for character in path
    ):
        return path
    return '"' + "".join(_escaped(character) for character in path) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return "\\" + _ESCAPES[character]
    if character in '"\\':
        return "\\" + character
    return f"\\{ord(character):03o}" if ord(character) < 32 or character == "\x7f" else character


def _touched(run: LineRun, count: int) -> tuple[int, int]:
    if run.gone:
        return run.old_start + 1, run.old_end
    return max(1, run.old_start), max(1, min(run.old_start + 1, count))


def _blob(text: str | None) -> str:
    """Return the abbreviated object name that git gives to ``text``."""
    if text is None:
        return _NOTHING
    data = text.encode()
    digest = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False)
    return digest.hexdigest()[: len(_NOTHING)]


def _hunks(runs: Sequence[LineRun]) -> list[list[LineRun]]:
    """Group runs whose contexts meet."""
    hunks: list[list[LineRun]] = []
    for run in runs:
        if hunks and run.old_start - hunks[-1][-1].old_end <= 2 * CONTEXT_LINES:
            hunks[-1].append(run)
        else:
            hunks.append([run])
    return hunks


def _hunk_lines(hunk: Sequence[LineRun], old: Sequence[str]) -> list[str]:
    first, last = hunk[0], hunk[-1]
    lead = min(CONTEXT_LINES, first.old_start)
    trail = min(CONTEXT_LINES, len(old) - last.old_end)
    old_start, old_end = first.old_start - lead, last.old_end + trail
    new_start, new_end = first.new_start - lead, last.new_end + trail
    header = f"@@ -{_range(old_start, old_end)} +{_range(new_start, new_end)} @@"
    lines = [f"{header}{_section(old, old_start)}\n"]
    at = old_start
    for run in hunk:
        lines += [_line(" ", line) for line in old[at : run.old_start]]
        lines += [_line("-", line) for line in run.gone]
        lines += [_line("+", line) for line in run.written]
        at = run.old_end
    return lines + [_line(" ", line) for line in old[at:old_end]]


def _range(start: int, end: int) -> str:
    """Return a hunk's range as git writes it: an empty one names the line before it."""
    count = end - start
    first = start + 1 if count else start
    return f"{first}" if count == 1 else f"{first},{count}"


def _section(old: Sequence[str], before: int) -> str:
    """Return the nearest line above the hunk that starts a declaration, as git shows it."""
    for line in reversed(old[:before]):
        if _SECTION.match(line):
            return " " + line[:80].rstrip()
    return ""


def _line(mark: str, line: str) -> str:
    return mark + line if line.endswith("\n") else f"{mark}{line}\n{_NO_NEWLINE}"
