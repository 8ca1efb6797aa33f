"""Answers as a unified diff: cut out of the prose around it, applied by git, else by its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.drafting.search_replace import Block, replaced
from mendbook.drafting.shown_text import ShownTree
from mendbook.errors import PatchError
from mendbook.proving.vet_diff import foreign_edits

_START = re.compile(r"^(?:diff --git |--- (?:\S.*)\n\+\+\+ )", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})")
_HEAD = re.compile(
    r"^(?:diff --git |index |--- |\+\+\+ |new file|deleted file|old mode|new mode|rename |copy "
    r"|similarity |GIT binary|Binary files )"
)
_NAMES = re.compile(r"^(?:---|\+\+\+) (?:[ab]/)?([^\t\n]+)", re.MULTILINE)


def diff_in(answer: str) -> str:
    """Return the diff that ``answer`` holds, fences and prose cut off; empty where none is."""
    start = _START.search(answer)
    if start is None:
        return ""
    kept = list(_lines(answer[start.start() :]))
    while kept and not kept[-1].strip():
        kept.pop()
    return "\n".join(kept) + "\n" if kept else ""


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a diff; an empty one in a hunk is context that lost its blank."""
    hunk = False
    for line in text.split("\n"):
        head = bool(_HEAD.match(line)) and (not hunk or not line.startswith(("--- ", "+++ ")))
        if line.startswith("@@"):
            hunk = True
        elif line.startswith(("diff --git ", "--- a/", "--- /dev/null")):
            hunk = False
        elif _FENCE.match(line):
            hunk = False
            continue
        elif hunk and not line:
            line = " "
        elif not head and not (hunk and line[:1] in " +-\\"):
            hunk = False
            continue
        yield line


def changed_by(diff: str, tree: ShownTree, about: frozenset[str]) -> dict[str, str | None]:
    """Return the texts, as shown, that ``diff`` makes; raise ``PatchError`` where it is unfit."""
    paths = {path for path in _NAMES.findall(diff) if path != "/dev/null"}
    try:
        return foreign_edits(diff, tree.with_shown(paths), about)
    except PatchError as refusal:
        blocks = tuple(_blocks(diff))
        if not blocks or "which" in str(refusal) or not _is_unfit(str(refusal)):
            raise
        try:
            return replaced(tree, blocks)
        except PatchError:
            raise refusal from None


def _is_unfit(reason: str) -> bool:
    return "does not apply" in reason or "cannot read it as a diff" in reason


def _blocks(diff: str) -> Iterator[Block]:
    """Yield each hunk as lines to find and lines to put there: its numbers may be wrong."""
    path = ""
    for part in re.split(r"^(?=--- |@@)", diff, flags=re.MULTILINE):
        names = _NAMES.findall(part) if part.startswith("--- ") else []
        if names:
            path = next((name for name in reversed(names) if name != "/dev/null"), "")
        elif part.startswith("@@") and path:
            body = [line for line in part.split("\n")[1:] if line]
            old = [line[1:] for line in body if line[0] in " -"]
            new = [line[1:] for line in body if line[0] in " +"]
            yield Block(path, _joined(old), _joined(new))


def _joined(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
