"""Answer a fix text of Python that one of the forms here reads whole."""

from __future__ import annotations

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.checks.premises import refuse_unmet
from mendbook.fixes.instruction.checks.refusals import refuse_path, refuse_text
from mendbook.fixes.instruction.contracts import contracts_of
from mendbook.fixes.instruction.places.main_file import main_file
from mendbook.fixes.instruction.places.quotes import is_quoted
from mendbook.fixes.instruction.places.scene import scene_of
from mendbook.fixes.instruction.proposed import proposed
from mendbook.fixes.instruction.pythonic.forms import FORMS
from mendbook.fixes.instruction.pythonic.request import Request, request_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.edited import edited, refuse_misfits
from mendbook.fixes.task import Task
from mendbook.model import Proposal


def python_answer(task: Task) -> Proposal | None:
    """Return what a form makes of the whole text; None where none fits it, or its edit not stands.

    Raises ``Abstain`` where the text is understood, and may not be carried out by any reading.
    """
    request = _request(task)
    if request is None:
        return None
    for form in FORMS:
        try:
            change = form(request)
            answer = _proposal(task, change) if change is not None else None
        except Abstain as reason:
            if reason.final:
                raise
            continue
        if answer is not None:
            return answer
    return None


def _request(task: Task) -> Request | None:
    try:
        path = main_file(task)
        if not path.endswith(".py") or not is_quoted(task, path):
            return None
        refuse_text(task.finding.fix)
        refuse_path(task, path)
        scene = scene_of(task, path)
    except Abstain:
        return None
    if scene is None or (scene.parts and not scene.quotes):
        return None
    return request_of(Work(task, scene))


def _proposal(task: Task, step: StepEdits) -> Proposal:
    edits = edited(task, [step])
    refuse_unmet(task, edits)
    refuse_misfits(task, edits)
    return proposed(task, [step], edits, tuple(contracts_of(task, [step])))
