"""Read one text as instructions, in the words it has, and make the edits of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from mendbook.fixes.instead_of import INSTEAD
from mendbook.fixes.instruction.abstain import Abstain, Misread, NotRead
from mendbook.fixes.instruction.carried_out import compiled, left_open
from mendbook.fixes.instruction.checks.lacking import lacking
from mendbook.fixes.instruction.checks.listed import left_of
from mendbook.fixes.instruction.checks.premises import refuse_unmet
from mendbook.fixes.instruction.checks.refusals import refuse_path, refuse_text
from mendbook.fixes.instruction.checks.unmeant import refuse_unmeant
from mendbook.fixes.instruction.contracts import contracts_of
from mendbook.fixes.instruction.data_fix import data_fix
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape, classify
from mendbook.fixes.instruction.operations.alike.stands_alone import stands_alone
from mendbook.fixes.instruction.operations.checked_error import checked_error
from mendbook.fixes.instruction.operations.counterpart.written_out import written_out
from mendbook.fixes.instruction.operations.data_files import is_data
from mendbook.fixes.instruction.operations.env_setting import env_setting
from mendbook.fixes.instruction.operations.go_java_idioms import idiom
from mendbook.fixes.instruction.operations.shown.diff_block import shown_change
from mendbook.fixes.instruction.operations.shown.framed import held_apart
from mendbook.fixes.instruction.operations.shown.nearest import nearest
from mendbook.fixes.instruction.operations.shown.reordered import reordered
from mendbook.fixes.instruction.operations.shown.substitution import substituted
from mendbook.fixes.instruction.places.counted import ordinals
from mendbook.fixes.instruction.places.main_file import main_file
from mendbook.fixes.instruction.places.quotes import is_quoted
from mendbook.fixes.instruction.places.scene import Scene, scene_of
from mendbook.fixes.instruction.proposed import proposed
from mendbook.fixes.instruction.reading.parts import SECOND
from mendbook.fixes.instruction.reading.read import read
from mendbook.fixes.instruction.script.carried import FORMS as SCRIPT_FORMS
from mendbook.fixes.instruction.script.carried import Form, carried
from mendbook.fixes.instruction.script.orders.json_setting import json_setting, moved_dependency
from mendbook.fixes.instruction.script.orders.whole_files import deleted_file
from mendbook.fixes.instruction.sentences.alternatives import alternatives
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase, Reading
from mendbook.fixes.instruction.sentences.led_to import IS_THERE
from mendbook.fixes.instruction.sentences.ledger import Account
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.told.forms import FORMS
from mendbook.fixes.instruction.tree.language import Language, language_of
from mendbook.fixes.instruction.whole_code import as_code
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.edited import (
    edited,
    refuse_misfits,
    refuse_unkept,
    refuse_unwanted,
)
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


def read_text(task: Task) -> Proposal:
    """Return the edits that the fix text asks for, read as it stands.

    What is left open of it is said in the contracts. Raises ``Abstain`` where no edit follows, its
    ``weighed`` set where one was read and is held back.
    """
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
        refuse_unkept(scene, reading, edits)
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


def is_sure(answer: Proposal | Skipped) -> bool:
    """Tell whether all that is asked is carried out."""
    return isinstance(answer, Proposal) and not any(one.open for one in answer.contracts)


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
    if (told := env_setting(Work(task, scene))) is not None:
        return proposal_of(task, scene, [told], "")
    try:
        first = proposal_of(task, scene, *carried(Work(task, scene), forms))
    except Abstain as reason:
        if reason.final or not language.script:
            raise
        return proposal_of(task, scene, *carried(Work(task, scene), forms, orders=False))
    if first is None or not language.script or is_sure(first):
        return first
    other = proposal_of(task, scene, *carried(Work(task, scene), forms, orders=False))
    return other if other is not None and is_sure(other) else first


def proposal_of(task: Task, scene: Scene, steps: list[StepEdits], rest: str) -> Proposal | None:
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


@contextmanager
def _weighing() -> Iterator[None]:
    """Say of a reason that is raised here that an edit was read, and is held back."""
    try:
        yield
    except Abstain as reason:
        reason.weighed = not isinstance(reason, Misread)
        raise
