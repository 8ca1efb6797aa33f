"""Read a fix text: by what its language alone allows to derive first, then clause by clause."""

from __future__ import annotations

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.checks.premises import refuse_unmet
from mendbook.fixes.instruction.directives import as_orders
from mendbook.fixes.instruction.pythonic.answer import python_answer
from mendbook.fixes.instruction.reader import read_fix as read_clauses
from mendbook.fixes.task import Task
from mendbook.model import Proposal, Skipped

SOURCE = "instruction"


def read_fix(task: Task) -> Proposal | Skipped:
    """Return the edits that the fix text of the task's finding asks for, or why there are none."""
    task = task.saying(as_orders(task.finding.fix))
    try:
        answer = python_answer(task) or read_clauses(task)
        if isinstance(answer, Proposal):
            refuse_unmet(task, answer.edits)
    except Abstain as reason:
        return Skipped(SOURCE, str(reason), reason.cause)
    return answer
