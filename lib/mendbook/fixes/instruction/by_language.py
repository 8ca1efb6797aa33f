"""Read a fix text: by what its language alone allows to derive first, then clause by clause."""

from __future__ import annotations

import re
from collections.abc import Callable

from mendbook.fixes.endless_effects import endless_effect
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.checks.astray import elsewhere
from mendbook.fixes.instruction.checks.fewer import fewer_places
from mendbook.fixes.instruction.checks.half_made import half_made
from mendbook.fixes.instruction.checks.named_places import left_of_places
from mendbook.fixes.instruction.checks.premises import refuse_unmet
from mendbook.fixes.instruction.pythonic.answer import python_answer
from mendbook.fixes.instruction.reader import Whole
from mendbook.fixes.instruction.reader import read_fix as read_clauses
from mendbook.fixes.instruction.sentences.directives import as_orders
from mendbook.fixes.instruction.sentences.labelled import labelled_as_orders
from mendbook.fixes.instruction.sentences.lists import plain_lists
from mendbook.fixes.task import Task
from mendbook.model import Proposal, Skipped

SOURCE = "instruction"


def read_fix(task: Task, is_whole: Whole = lambda _task, _answer: True) -> Proposal | Skipped:
    """Return the edits that the fix text of the task's finding asks for, or why there are none.

    An answer that is not ``is_whole`` is kept only where no other wording of the text gives one.
    """
    told = plain_lists(as_orders(task.finding.fix))
    task = task.saying(labelled_as_orders(told, _known_in(task)))
    try:
        answer = python_answer(task) or read_clauses(task, is_whole)
        if isinstance(answer, Proposal):
            refuse_unmet(task, answer.edits)
            _refuse_elsewhere(task, answer)
            _refuse_endless(task, answer)
            half = half_made(task.finding.fix, task.snapshot, answer.edits)
            half = half or fewer_places(task, answer.edits) or left_of_places(task, answer.edits)
            if half:
                return Skipped(SOURCE, half)
    except Abstain as reason:
        return Skipped(SOURCE, str(reason), reason.cause)
    return answer


def _known_in(task: Task) -> Callable[[str], bool]:
    """Return what tells whether the finding's files give one thing a name: a key, a variable."""
    text = "\n".join(task.snapshot.get(place.path) or "" for place in task.finding.places)

    def knows(name: str) -> bool:
        given = rf"(?m)^\s*(?:[a-z]+\s+)*[\"']?{re.escape(name)}[\"']?\s*(?::|=(?!=))"
        return len(re.findall(given, text)) == 1

    return knows


def _refuse_elsewhere(task: Task, answer: Proposal) -> None:
    """Raise ``Abstain`` where every edit stands outside the function that the text names."""
    told = [elsewhere(task, path, after) for path, after in answer.edits.items()]
    if told and all(told):
        raise Abstain(told[0])


def _refuse_endless(task: Task, answer: Proposal) -> None:
    """Raise ``Abstain`` where an effect would set what it waits for."""
    for path, after in answer.edits.items():
        if endless := endless_effect(path, task.snapshot.get(path), after):
            raise Abstain(endless)
