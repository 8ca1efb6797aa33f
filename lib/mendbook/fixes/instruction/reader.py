"""Read a fix text as instructions and carry them out; or say truly why not."""

from __future__ import annotations

from collections.abc import Callable

from mendbook.fixes.instruction.abstain import Abstain, NotRead, Unplaced
from mendbook.fixes.instruction.checks.astray import elsewhere
from mendbook.fixes.instruction.checks.premises import refuse_unmet
from mendbook.fixes.instruction.checks.too_early import refuse_unsound
from mendbook.fixes.instruction.checks.unmeant import refuse_lost, refuse_more_told
from mendbook.fixes.instruction.evident.made import Made
from mendbook.fixes.instruction.evident.orders import evident_orders
from mendbook.fixes.instruction.evident.synthesis import synthesised
from mendbook.fixes.instruction.one_text import is_sure, proposal_of, read_text
from mendbook.fixes.instruction.other_ways import order_of_calls, other_ways
from mendbook.fixes.instruction.places.counted import ordinals
from mendbook.fixes.instruction.places.main_file import main_file
from mendbook.fixes.instruction.places.scene import Scene, calls_in_quote, scene_of
from mendbook.fixes.instruction.proposed import SOURCE
from mendbook.fixes.instruction.pythonic.answer import python_answer
from mendbook.fixes.instruction.rewording.in_order import in_order
from mendbook.fixes.instruction.rewording.loosely import loosely
from mendbook.fixes.instruction.rewording.rewordings import rewordings
from mendbook.fixes.instruction.script.carried import plainly
from mendbook.fixes.instruction.sentences.directives import obliged_as_orders, reasons_apart
from mendbook.fixes.instruction.sentences.named_before import meant_by_problem
from mendbook.fixes.instruction.tree.language import language_of
from mendbook.fixes.instruction.tree.syntax import call_name
from mendbook.fixes.task import Task
from mendbook.model import Proposal, Skipped

Whole = Callable[[Task, Proposal], bool]
"""Tells whether an answer leaves nothing open that the task's text names in words."""


def read_fix(task: Task, is_whole: Whole) -> Proposal | Skipped:
    """Return the edits that the fix text of the task's finding asks for, or why there are none.

    Of several wordings of the text, one whose edits are ``is_whole`` goes before another.
    """
    is_read, is_placed = True, True
    first = reasons_apart(task.finding.fix)
    try:
        said: Proposal | Skipped = read_text(task.saying(first))
    except Abstain as reason:
        said, is_read = _skipped(reason), not isinstance(reason, NotRead)
        is_placed = not isinstance(reason, Unplaced)
        if reason.final:
            return said
    half = is_sure(said)
    if isinstance(said, Proposal) and half and is_whole(task, said):
        return said
    wordings = _Wordings(task, {first: said})
    weighed = isinstance(said, _Weighed)
    named = meant_by_problem(task.finding)
    if named and is_sure(other := wordings.tried(named)):
        return other
    counted = ordinals(task.finding.fix)
    grammar = _grammar(task)
    bare = [plainly(task.finding.fix)] if grammar in _SCRIPTS else []
    obliged = obliged_as_orders(task.finding.fix)
    for text in (*rewordings(task.finding.fix, grammar), *filter(None, bare), obliged):
        if ordinals(text) != counted:
            continue
        other = wordings.tried(text)
        sure = isinstance(other, Proposal) and is_sure(other) and _is_met(task, other)
        if isinstance(other, Proposal) and sure and (not half or is_whole(task, other)):
            return other
        if text and not half and (formed := _as_a_form(task, text)) is not None:
            return formed
        weighed = weighed or isinstance(other, _Weighed)
    if half:
        return said
    scene = _scene(task)
    if not weighed and scene is not None and (given := _other_way(wordings, scene)) is not None:
        return given
    loose = None if is_read else _by_any_verb(wordings, scene)
    unread = not (is_read and is_placed)
    evident = None if weighed or scene is None else _by_evidence(wordings, scene, unread)
    return loose or evident or said


class _Wordings:
    """What a task's text makes in other words, each of which is read once."""

    def __init__(self, task: Task, known: dict[str, Proposal | Skipped]) -> None:
        """Take the task, and what is ``known`` of texts."""
        self.task = task
        self._known = known

    def tried(self, text: str) -> Proposal | Skipped:
        """Return what ``text`` makes, or why no edit follows."""
        if text not in self._known:
            try:
                self._known[text] = read_text(self.task.saying(text))
            except Abstain as reason:
                self._known[text] = _skipped(reason)
        return self._known[text]

    def surely(self, text: str) -> Proposal | None:
        """Return what ``text`` makes, where it is sure and holds to the task's own text."""
        other = self.tried(text)
        met = isinstance(other, Proposal) and is_sure(other) and _is_met(self.task, other)
        return other if met and isinstance(other, Proposal) else None


def _by_evidence(wordings: _Wordings, scene: Scene, unread: bool) -> Proposal | None:
    """Return the one edit that the text can only mean by the code it names and the code quoted.

    Only an ``unread`` text is made an edit of by its schemas; other reasons hold against them, too.
    """
    orders = evident_orders(scene)
    if len(orders) > 1:
        return None
    answers = [wordings.surely(one) for one in orders]
    made = synthesised(scene) if unread else []
    answers += [_of_synthesis(wordings, scene, one) for one in made]
    sure = [one for one in answers if one is not None]
    return sure[0] if sure and all(one.edits == sure[0].edits for one in sure) else None


def _of_synthesis(wordings: _Wordings, scene: Scene, made: Made) -> Proposal | None:
    """Return an edit that a schema made, where it holds to all that one read from words does."""
    task = wordings.task
    if made.step is None:
        return wordings.surely(made.order) or _as_a_form(task, made.order)
    try:
        answer = proposal_of(task, scene, [made.step], "")
    except Abstain:
        return None
    if answer is None or not is_sure(answer) or not _is_met(task, answer):
        return None
    return None if elsewhere(task, scene.path, answer.edits.get(scene.path)) else answer


def _other_way(wordings: _Wordings, scene: Scene) -> Proposal | None:
    """Return what a text makes by its code and its place; None without a sure edit."""
    order = order_of_calls(scene)
    for text in filter(None, (*other_ways(scene), order)):
        other = wordings.tried(text)
        if isinstance(other, Proposal) and is_sure(other):
            return other if text == order or _is_met(wordings.task, other) else None
    return None


def _by_any_verb(wordings: _Wordings, scene: Scene | None) -> Proposal | None:
    """Return what every order makes that an unknown verb may tell; None where they differ."""
    fix = wordings.task.finding.fix
    calls = [call_name(one) for one in calls_in_quote(scene)] if scene is not None else []
    answers = (wordings.surely(text) for text in (*loosely(fix), *in_order(fix, calls)))
    proposals = [one for one in answers if one is not None]
    alike = all(one.edits == proposals[0].edits for one in proposals)
    return proposals[0] if proposals and alike else None


def _scene(task: Task) -> Scene | None:
    """Return the finding's own file as the finding sees it; None where there is none to read."""
    try:
        return scene_of(task, main_file(task))
    except Abstain:
        return None


def _as_a_form(task: Task, order: str) -> Proposal | None:
    """Return what a form of Python makes of a plain order; None where none is sure of it."""
    try:
        other = python_answer(task.saying(order))
    except Abstain:
        return None
    met = other is not None and is_sure(other) and _is_met(task, other)
    return other if met else None


_SCRIPTS = {"typescript", "tsx", "javascript"}


def _is_met(task: Task, answer: Proposal | Skipped) -> bool:
    """Tell whether what another wording makes holds to the conditions of the text itself."""
    edits = answer.edits if isinstance(answer, Proposal) else {}
    try:
        refuse_unmet(task, edits)
        refuse_more_told(task.finding.fix)
        refuse_lost(task, edits)
        refuse_unsound(task, edits)
    except Abstain:
        return False
    return not any(_is_elsewhere(task, path, after) for path, after in edits.items())


def _is_elsewhere(task: Task, path: str, after: str | None) -> bool:
    """Tell whether an edit of no script stands in another function than the text itself names."""
    language = language_of(path)
    return language is not None and not language.script and bool(elsewhere(task, path, after))


class _Weighed(Skipped):
    """Why an edit that was read from the text is held back: the text was understood."""


def _skipped(reason: Abstain) -> Skipped:
    kind = _Weighed if reason.weighed else Skipped
    return kind(SOURCE, str(reason), reason.cause)


def _grammar(task: Task) -> str:
    """Return the name of the grammar of the finding's file; nothing where there is none."""
    try:
        language = language_of(main_file(task))
    except Abstain:
        return ""
    return language.name if language is not None else ""
