"""Read a fix text as instructions and carry them out; or say truly why not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from mendbook.fixes.instead_of import INSTEAD
from mendbook.fixes.instruction.abstain import Abstain, NotRead
from mendbook.fixes.instruction.alternatives import alternatives
from mendbook.fixes.instruction.astray import other_function
from mendbook.fixes.instruction.carried_out import compiled, left_open
from mendbook.fixes.instruction.clauses import Clause, Phrase, Reading
from mendbook.fixes.instruction.contracts import contracts_of
from mendbook.fixes.instruction.counted import ordinals
from mendbook.fixes.instruction.data_fix import data_fix
from mendbook.fixes.instruction.edited import edited, refuse_misfits, refuse_unwanted
from mendbook.fixes.instruction.evident.orders import evident_orders
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape, classify
from mendbook.fixes.instruction.lacking import lacking
from mendbook.fixes.instruction.language import Language, language_of
from mendbook.fixes.instruction.led_to import IS_THERE
from mendbook.fixes.instruction.ledger import Account
from mendbook.fixes.instruction.listed import left_of
from mendbook.fixes.instruction.main_file import main_file
from mendbook.fixes.instruction.named_before import meant_by_problem
from mendbook.fixes.instruction.operations.alike.stands_alone import stands_alone
from mendbook.fixes.instruction.operations.checked_error import checked_error
from mendbook.fixes.instruction.operations.counterpart.written_out import written_out
from mendbook.fixes.instruction.operations.data_files import is_data
from mendbook.fixes.instruction.operations.go_java_idioms import idiom
from mendbook.fixes.instruction.operations.shown.diff_block import shown_change
from mendbook.fixes.instruction.operations.shown.framed import held_apart
from mendbook.fixes.instruction.operations.shown.nearest import nearest
from mendbook.fixes.instruction.operations.shown.reordered import reordered
from mendbook.fixes.instruction.operations.shown.substitution import substituted
from mendbook.fixes.instruction.other_ways import order_of_calls, other_ways
from mendbook.fixes.instruction.premises import refuse_unmet
from mendbook.fixes.instruction.proposed import SOURCE, proposed
from mendbook.fixes.instruction.quotes import is_quoted
from mendbook.fixes.instruction.reading.parts import SECOND
from mendbook.fixes.instruction.reading.read import read
from mendbook.fixes.instruction.refusals import refuse_path, refuse_text
from mendbook.fixes.instruction.rewording.in_order import in_order
from mendbook.fixes.instruction.rewording.loosely import loosely
from mendbook.fixes.instruction.rewording.rewordings import rewordings
from mendbook.fixes.instruction.scene import Scene, begins_in_quote, scene_of
from mendbook.fixes.instruction.script.carried import FORMS as SCRIPT_FORMS
from mendbook.fixes.instruction.script.carried import Form, carried, plainly
from mendbook.fixes.instruction.script.orders.json_setting import json_setting, moved_dependency
from mendbook.fixes.instruction.script.orders.whole_files import deleted_file
from mendbook.fixes.instruction.syntax import call_name, of_kinds, start
from mendbook.fixes.instruction.told.forms import FORMS
from mendbook.fixes.instruction.unmeant import refuse_lost, refuse_more_told, refuse_unmeant
from mendbook.fixes.instruction.verbs import Verb
from mendbook.fixes.instruction.whole_code import as_code
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.written import better_statement
from mendbook.fixes.task import Task
from mendbook.model import Cause, Proposal, Skipped
from mendbook.text.plain import one_line

_TICKED = re.compile(r"`[^`]*`")
_EXAMPLE = re.compile(
    r"\b(?:something|anything|code)\s+(?:like|similar)\b|\balong\s+the\s+lines\s+of\b",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"{IS_THERE.pattern}[^:`]*:\s*`[^`]+`\W*$", re.IGNORECASE)


def read_fix(task: Task) -> Proposal | Skipped:
    """Return the edits that the fix text of the task's finding asks for, or why there are none."""
    is_read = True
    try:
        said: Proposal | Skipped = _proposal(task)
    except Abstain as reason:
        said, is_read = _skipped(reason), not isinstance(reason, NotRead)
        if reason.final:
            return said
    if _is_sure(said):
        return said
    weighed = isinstance(said, _Weighed)
    named = meant_by_problem(task.finding)
    if named and _is_sure(other := _tried(replace(task, finding=replace(task.finding, fix=named)))):
        return other
    counted = ordinals(task.finding.fix)
    grammar = _grammar(task)
    bare = [plainly(task.finding.fix)] if grammar in _SCRIPTS else []
    for text in (*rewordings(task.finding.fix, grammar), *filter(None, bare)):
        if ordinals(text) != counted:
            continue
        other = _tried(replace(task, finding=replace(task.finding, fix=text)))
        if _is_sure(other) and _is_met(task, other):
            return other
        weighed = weighed or isinstance(other, _Weighed)
    if not weighed and (given := _other_way(task)) is not None:
        return given
    loose = None if is_read else _by_any_verb(task)
    evident = None if weighed else _by_evidence(task)
    return loose or evident or said


def _by_evidence(task: Task) -> Proposal | None:
    """Return the one edit that the text can only mean by the code it names and the code quoted."""
    try:
        scene = scene_of(task, main_file(task))
    except Abstain:
        return None
    orders = evident_orders(scene) if scene is not None else []
    if len(orders) != 1:
        return None
    answer = _tried(replace(task, finding=replace(task.finding, fix=orders[0])))
    met = isinstance(answer, Proposal) and _is_sure(answer) and _is_met(task, answer)
    return answer if met and isinstance(answer, Proposal) else None


def _other_way(task: Task) -> Proposal | None:
    """Return what a text makes by its code and its place; None without a sure edit."""
    try:
        scene = scene_of(task, main_file(task))
    except Abstain:
        return None
    if scene is None:
        return None
    order = order_of_calls(scene)
    for text in filter(None, (*other_ways(scene), order)):
        other = _tried(replace(task, finding=replace(task.finding, fix=text)))
        if isinstance(other, Proposal) and _is_sure(other):
            return other if text == order or _is_met(task, other) else None
    return None


def _by_any_verb(task: Task) -> Proposal | None:
    """Return what every order makes that an unknown verb may tell; None where they differ."""
    proposals: list[Proposal] = []
    fix = task.finding.fix
    for text in (*loosely(fix), *in_order(fix, _quoted_calls(task))):
        answer = _tried(replace(task, finding=replace(task.finding, fix=text)))
        if isinstance(answer, Proposal) and _is_sure(answer) and _is_met(task, answer):
            proposals.append(answer)
    alike = all(one.edits == proposals[0].edits for one in proposals)
    return proposals[0] if proposals and alike else None


def _quoted_calls(task: Task) -> list[str]:
    """Return the names of the calls that the evidence quotes, in the order of the code."""
    scene = scene_of(task, main_file(task))
    if scene is None or not scene.quotes:
        return []
    calls = [
        one for one in of_kinds(scene.root, scene.language.calls) if begins_in_quote(scene, one)
    ]
    return [call_name(one) for one in sorted(calls, key=start)]


_SCRIPTS = {"typescript", "tsx", "javascript"}


def _is_met(task: Task, answer: Proposal | Skipped) -> bool:
    """Tell whether what another wording makes holds to the conditions of the text itself."""
    edits = answer.edits if isinstance(answer, Proposal) else {}
    try:
        refuse_unmet(task, edits)
        refuse_more_told(task.finding.fix)
        refuse_lost(task, edits)
    except Abstain:
        return False
    return not any(_is_elsewhere(task, path, after) for path, after in edits.items())


def _is_elsewhere(task: Task, path: str, after: str | None) -> bool:
    """Tell whether an edit stands in another function than the text itself names."""
    language = language_of(path)
    if language is None or language.script or after is None:
        return False
    before = task.snapshot.get(path) or ""
    return bool(other_function(task.finding.fix, before, after, language))


def _tried(task: Task) -> Proposal | Skipped:
    try:
        return _proposal(task)
    except Abstain as reason:
        return _skipped(reason)


class _Weighed(Skipped):
    """Why an edit that was read from the text is held back: the text was understood."""


def _skipped(reason: Abstain) -> Skipped:
    kind = _Weighed if reason.weighed else Skipped
    return kind(SOURCE, str(reason), reason.cause)


@contextmanager
def _weighing() -> Iterator[None]:
    """Say of a reason that is raised here that an edit was read, and is held back."""
    try:
        yield
    except Abstain as reason:
        reason.weighed = True
        raise


def _is_sure(answer: Proposal | Skipped) -> bool:
    """Tell whether all that is asked is carried out."""
    return isinstance(answer, Proposal) and not any(one.open for one in answer.contracts)


def _grammar(task: Task) -> str:
    """Return the name of the grammar of the finding's file; nothing where there is none."""
    try:
        language = language_of(main_file(task))
    except Abstain:
        return ""
    return language.name if language is not None else ""


def _proposal(task: Task) -> Proposal:
    text = task.finding.fix.strip()
    if not text:
        raise Abstain("the finding names no fix")
    refuse_text(text)
    counted = ordinals(text)
    if (scripted := _scripted(task)) is not None:
        return scripted
    if not counted and (bettered := _bettered(task, text)) is not None:
        return bettered
    reading = _one_way(text, read(text))
    reading = as_code(task, reading)
    if not reading.clauses and not reading.codes:
        raise NotRead("no single edit of the code follows from the words of the fix")
    path = main_file(task)
    refuse_path(task, path)
    if not is_quoted(task, path):
        raise Abstain(f"the code quoted is not in {path} at this commit")
    if is_data(path):
        if not counted and (proposal := json_setting(task, path)) is not None:
            return proposal
        if not counted and (moves := moved_dependency(text)):
            return data_fix(task, path, read(moves))
        if counted:
            raise Abstain(f"which place of {path} `the {counted[0]}` is, is not certain")
        return data_fix(task, path, reading)
    scene = scene_of(task, path)
    if scene is None:
        raise Abstain(f"{path} is in a language that is not read here", cause=Cause.UNREAD)
    if scene.parts and not scene.quotes:
        raise Abstain(f"the code quoted is not in {task.finding.function} at this commit")
    reading = replace(reading, clauses=tuple(_of_function(scene, one) for one in reading.clauses))
    work = Work(task, scene)
    whole = shown_change(work, reading)
    if whole is None and not counted:
        whole = substituted(work)
    whole = whole or reordered(work) or held_apart(work, [one.text for one in reading.codes])
    if whole is None and not counted and not SECOND.search(text):
        if len(reading.clauses) == 1 and not reading.unread:
            whole = stands_alone(work, reading.clauses[0])
        whole = whole or written_out(work, reading) or nearest(work)
    if whole is None:
        steps, left = compiled(task, scene, reading)
    else:
        steps, left = [whole], left_open(task, scene, reading, [whole])
    with _weighing():
        edits = edited(task, steps)
        refuse_unwanted(task, reading, edits)
        refuse_unmet(task, edits)
        refuse_misfits(task, edits)
        refuse_unmeant(task, text, edits)
    contracts = list(contracts_of(task, steps))
    after = edits.get(scene.path, scene.text)
    halves = [one for each in reading.clauses for one in left_of(scene, each, after)]
    left = left or tuple(halves) or lacking(scene, reading.clauses, edits)
    if left and contracts:
        contracts[-1] = replace(contracts[-1], open=left)
    return proposed(task, steps, edits, tuple(contracts))


def _of_function(scene: Scene, clause: Clause) -> Clause:
    """Return ``f: a.b rather than c.d`` as ``use a.b rather than c.d in f``, for a function f."""
    code, old = clause.object.code, clause.behind(*INSTEAD)
    if clause.verb is not Verb.CODE or code is None or code.shape is not Shape.PAIR or old is None:
        return clause
    names = scene.named(scene.language.functions, code.key)
    if not names or not old.codes or old.codes[0].shape is Shape.PAIR:
        return clause
    new = Phrase("", (), (replace(classify(code.value), quoted=code.quoted),))
    place = Phrase("in", (), (Fragment(code.key, Shape.NAME),))
    rest = [one for one in clause.phrases if one is not clause.object]
    return replace(clause, verb=Verb.USE, word="use", phrases=(new, *rest, place))


def _bettered(task: Task, text: str) -> Proposal | None:
    """Return the statement of Go or Java that the text writes out whole; None where it does not."""
    try:
        path = main_file(task)
    except Abstain:
        return None
    if not path.endswith((".go", ".java")) or not is_quoted(task, path):
        return None
    scene = scene_of(task, path)
    if scene is None:
        return None
    work = Work(task, scene)
    step = checked_error(work) or better_statement(scene, text) or idiom(work)
    if step is None:
        return None
    refuse_path(task, path)
    edits = edited(task, [step])
    return proposed(task, [step], edits, tuple(contracts_of(task, [step])))


def _forms(language: Language | None) -> Sequence[Form]:
    """Return the forms of words for a language; none for one that has none."""
    if language is None:
        return ()
    return SCRIPT_FORMS if language.script else FORMS.get(language.name, ())


def _scripted(task: Task) -> Proposal | None:
    """Return what the forms of words of the language make of the text; None where none fits it."""
    try:
        path = main_file(task)
    except Abstain:
        return None
    language = language_of(path)
    forms = _forms(language)
    if language is None or not forms or not is_quoted(task, path):
        return None
    scene = scene_of(task, path)
    if scene is None or (scene.parts and not scene.quotes):
        return None
    if language.script and (deleted := deleted_file(Work(task, scene))) is not None:
        return deleted
    try:
        first = _carried(task, scene, *carried(Work(task, scene), forms))
    except Abstain as reason:
        if reason.final or not language.script:
            raise
        return _carried(task, scene, *carried(Work(task, scene), forms, orders=False))
    if first is None or not language.script or _is_sure(first):
        return first
    other = _carried(task, scene, *carried(Work(task, scene), forms, orders=False))
    return other if other is not None and _is_sure(other) else first


def _carried(task: Task, scene: Scene, steps: list[StepEdits], rest: str) -> Proposal | None:
    """Return ``steps``, made by forms of words, with what the reader makes of ``rest``, or None."""
    if not steps:
        return None
    refuse_path(task, scene.path)
    left: tuple[str, ...] = ()
    reading = _one_way(rest, read(rest)) if rest else Reading(())
    if reading.clauses:
        more, left = compiled(task, scene, reading)
        steps += more
    elif rest:
        left = left_open(task, scene, reading, steps)
    left = (*left, *_asked_beside(task.finding.fix, rest, left))
    with _weighing():
        edits = edited(task, steps)
        refuse_unmet(task, edits)
        refuse_misfits(task, edits)
        refuse_unmeant(task, task.finding.fix, edits)
    contracts = list(contracts_of(task, steps))
    left = left or lacking(scene, reading.clauses, edits)
    if left:
        contracts[-1] = replace(contracts[-1], open=left)
    return proposed(task, steps, edits, tuple(contracts))


def _asked_beside(text: str, rest: str, left: Sequence[str]) -> tuple[str, ...]:
    """Return what is open of ``rest`` only because it stands beside what is asked for."""
    said = [one.strip() for one in rest.split(". ") if one.strip()]
    return tuple(
        one_line(one.text, 100)
        for one in read(text).ledger
        if one.account is Account.OPEN and not one.codes
        and any(each in one.text or one.text in each for each in said)
        and not one.text.rstrip().endswith(":") and one_line(one.text, 100) not in left
    )  # fmt: skip


def _one_way(text: str, reading: Reading) -> Reading:
    """Return the reading where the text offers no choice; raise where it does."""
    if _EXAMPLE.search(_TICKED.sub("", text)):
        raise Abstain("the text shows an example of the code, and not the code itself")
    if _LABEL.match(text):
        raise Abstain("the text shows the code as it is, and not what it should be")
    for one in reading.clauses:
        if re.search(r"\beither\b", one.text, re.IGNORECASE):
            raise Abstain(_choice(text, one))
        parts = re.split(r",?\s+or\s+", _without_code(one))
        if len(parts) > 1 and one.verb is not Verb.CONSIDER:
            rest = [read(part) for part in parts[1:]]
            if any(alt.codes or alt.clauses for alt in rest):
                raise Abstain(_choice(text, one))
    return reading


def _without_code(clause: Clause) -> str:
    """Return the words of a clause; an ``or`` in its quoted code parts nothing."""
    text = clause.text
    for code in clause.codes:
        text = text.replace(code.text, "⟦⟧") if code.quoted and " or " in code.text else text
    return text


def _choice(text: str, clause: Clause) -> str:
    """Return what a text offers, each way with its number."""
    ways = alternatives(text)
    if not ways:
        return f"the text offers a choice: {one_line(clause.text, 120)}"
    said = "; ".join(f"{at}: {one_line(each, 100)}" for at, each in enumerate(ways, 1))
    return f"the text offers a choice, which `mendbook choose` takes by its number: {said}"
