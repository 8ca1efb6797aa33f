"""Patches of files of settings that the fix text asks for word by word."""

from __future__ import annotations

from dataclasses import dataclass

from mendbook.fixes.settings.reader import SOURCE, WORDED, read_settings
from mendbook.fixes.task import Task
from mendbook.fixes.unanswered import as_half
from mendbook.model import Proposal, Skipped


@dataclass(frozen=True, slots=True)
class SettingsSource:
    """Read the fix text as an instruction about the finding's own file of settings."""

    name: str = SOURCE

    def propose(self, task: Task) -> Proposal | Skipped:
        """Return the edit, or why the text cannot be carried out."""
        said = read_settings(task)
        if not isinstance(said, Proposal):
            return said
        return as_half(said, task, whole=said.part != WORDED)
