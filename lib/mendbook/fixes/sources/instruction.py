"""Patches from fix texts that are instructions: read clause by clause, and carried out."""

from __future__ import annotations

from dataclasses import dataclass

from mendbook.fixes.instruction import read_fix
from mendbook.fixes.only_spoken_of import asked_for
from mendbook.fixes.task import Task
from mendbook.fixes.unanswered import as_half
from mendbook.model import Proposal, Skipped
from mendbook.text.plain import one_line


def leaves_nothing(task: Task, answer: Proposal) -> bool:
    """Tell whether an answer does all that the task's text names, in code or in words."""
    whole = as_half(answer, task, whole=False)
    return not any(one.open for one in whole.contracts)


@dataclass(frozen=True, slots=True)
class InstructionSource:
    """Read the finding's own fix text; what is not exactly one edit is left to others."""

    name: str = "instruction"

    def again(self, _proposal: Proposal, task: Task) -> Proposal | Skipped:
        """Return what the text asks for in the task's tree, which patches have changed."""
        return self.propose(task)

    def propose(self, task: Task) -> Proposal | Skipped:
        """Return what the fix text asks for as edits, or why it is not carried out."""
        try:
            answer = asked_for(read_fix(task, leaves_nothing), task, read_fix)
            return as_half(answer, task, whole=False) if isinstance(answer, Proposal) else answer
        except Exception as error:  # a fault of the reader costs one patch, not the plan
            said = f"{type(error).__name__}: {error}"
            return Skipped(self.name, f"it broke on this text or code ({one_line(said, 120)})")
