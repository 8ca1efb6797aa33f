"""Hold back an edit that the fix text speaks of and does not ask for."""

from __future__ import annotations

from collections.abc import Callable

from mendbook.fixes.instruction.sentences.spoken_of import asks_for_nothing, forbids_all, spoken_of
from mendbook.fixes.task import Task
from mendbook.model import Operation, Proposal, Skipped

_SAID = "the fix text speaks of it and does not ask for it"
Read = Callable[[Task], Proposal | Skipped]


def asked_for(answer: Proposal | Skipped, task: Task, read: Read) -> Proposal | Skipped:
    """Return ``answer``, unless the text names just this edit without giving the order.

    *Do not await it* and *should we await it?* have the words of *await it*: an edit that ``read``
    makes of those words alone is none that the text asks for. Whoever takes a thing away where the
    text says *do not log it* makes another edit than those words would, and keeps it.
    """
    if not isinstance(answer, Proposal):
        return answer
    fix = task.finding.fix
    removes = {one.operation for one in answer.contracts} <= {Operation.REMOVE}
    if asks_for_nothing(fix) or (forbids_all(fix) and not removes):
        return Skipped(answer.source, _SAID)
    for order in spoken_of(fix):
        other = read(task.saying(order))
        if isinstance(other, Proposal) and other.edits == answer.edits:
            return Skipped(answer.source, _SAID)
    return answer
