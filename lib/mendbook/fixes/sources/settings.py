"""Patches of files of settings that the fix text asks for word by word."""

from __future__ import annotations

from dataclasses import dataclass

from mendbook.fixes.only_spoken_of import asked_for
from mendbook.fixes.settings.reader import SOURCE, WORDED, read_settings
from mendbook.fixes.task import Task
from mendbook.fixes.unanswered import as_half
from mendbook.model import Proposal, Skipped
from mendbook.text.plain import one_line


@dataclass(frozen=True, slots=True)
class SettingsSource:
    """Read the fix text as an instruction about the finding's own file of settings."""

    name: str = SOURCE

    def propose(self, task: Task) -> Proposal | Skipped:
        """Return the edit, or why the text cannot be carried out."""
        try:
            said = asked_for(read_settings(task), task, read_settings)
        except Exception as error:  # a fault of the reader costs one patch, not the plan
            told = f"{type(error).__name__}: {error}"
            return Skipped(self.name, f"it broke on this text or file ({one_line(told, 120)})")
        if not isinstance(said, Proposal):
            return said
        proposal = as_half(said, task, whole=said.part != WORDED)
        if not any(one.open for one in proposal.contracts):
            return proposal
        whole = read_settings(task, in_words=True)
        return as_half(whole, task, whole=False) if isinstance(whole, Proposal) else proposal
