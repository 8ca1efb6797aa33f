"""Patches from the fixes that tools offer with their findings: SARIF ``fixes``, ESLint ``fix``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mendbook.errors import PatchError
from mendbook.fixes.task import Task
from mendbook.model import TOOL, Cause, OfferedFix, Proposal, Skipped
from mendbook.proving.vet_diff import refuse_forbidden, subjects
from mendbook.repository.snapshot import Snapshot
from mendbook.text.plain import one_line


@dataclass(frozen=True, slots=True)
class ToolSource:
    """Apply what the first tool that offers a fix for the finding would replace."""

    name: str = TOOL

    def propose(self, task: Task) -> Proposal | Skipped:
        """Return the offered replacements as edits, or why they cannot be made here."""
        offered = task.finding.offered_fixes
        if not offered:
            return Skipped(self.name, "no tool offers a fix", Cause.NOTHING_THERE)
        tool = offered[0].tool
        fixes = [fix for fix in offered if fix.tool == tool]
        try:
            if fault := next((fix.fault for fix in fixes if fix.fault), ""):
                raise PatchError(fault)
            edits = _edits(fixes, task.snapshot)
            refuse_forbidden(edits, task.snapshot, subjects(task.finding, task.facts))
        except PatchError as error:
            return Skipped(self.name, f"{one_line(tool, 40)}: {error}")
        said = next((fix.description for fix in fixes if fix.description), "")
        return Proposal(
            finding_id=task.finding.id,
            source=self.name,
            summary=one_line(said or f"Apply the fix that {tool} offers", 72),
            edits=edits,
            why=f"{one_line(tool, 40)} offers this replacement with its own finding.",
        )


def _edits(fixes: Sequence[OfferedFix], snapshot: Snapshot) -> dict[str, str | None]:
    """Return the texts after all ``fixes``; raise ``PatchError`` where one does not fit."""
    edits: dict[str, str | None] = {}
    for path in dict.fromkeys(fix.path for fix in fixes):
        text = snapshot.get(path)
        if text is None:
            raise PatchError(f"its fix is for {one_line(path, 120)}, which is not a text file here")
        wanted = sorted({(fix.start, fix.end, fix.text) for fix in fixes if fix.path == path})
        edits[path] = _replaced(path, text, wanted)
    return edits


def _replaced(path: str, text: str, wanted: Sequence[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, new in wanted:
        if not at <= start <= end <= len(text):
            where = f"{one_line(path, 120)} at {start}–{end}"
            raise PatchError(f"its fixes overlap or lie outside the file ({where})")
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])
