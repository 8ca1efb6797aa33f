"""What the clauses of a fix text make, and what stays open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from mendbook.fixes.instead_of import INSTEAD
from mendbook.fixes.instruction.abstain import Abstain, NotRead
from mendbook.fixes.instruction.checks.aside import refuse_aside
from mendbook.fixes.instruction.checks.lacking import answered, has_word
from mendbook.fixes.instruction.checks.listed import each_of, left_of
from mendbook.fixes.instruction.checks.siblings import doubt
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.operations import OPERATIONS
from mendbook.fixes.instruction.operations.alike.stands_alone import stands_alone
from mendbook.fixes.instruction.operations.remove.companions import with_companions
from mendbook.fixes.instruction.places.counted import (
    chosen,
    counts_beside,
    narrowed,
    refuse_other,
    refuse_several,
)
from mendbook.fixes.instruction.places.pick import quantity
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.reading.parts import SECOND
from mendbook.fixes.instruction.sentences.clauses import Clause, Reading
from mendbook.fixes.instruction.sentences.ledger import Account
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.work import StepEdits, Work, named_file
from mendbook.fixes.instruction.writing.edited import edited
from mendbook.fixes.task import Task
from mendbook.model import Operation
from mendbook.text.plain import one_line


def compiled(task: Task, scene: Scene, reading: Reading) -> tuple[list[StepEdits], tuple[str, ...]]:
    """Return what the clauses make that can be read, and what stays open; raise for nothing."""
    if not reading.clauses:
        raise NotRead("no single edit of the code follows from the words of the fix")
    steps, waiting = carried_out(task, scene, reading)
    if not steps:
        raise waiting[0][1] if waiting else Abstain("nothing in it can be carried out here")
    left = [
        f"{one_line(clause.text, 80)} ({reason})"
        for clause, reason in waiting
        if not _is_met(task, scene, steps, clause) and not _leads(clause)
    ]
    left += [one.doubt for one in steps if one.doubt]
    return steps, (*left, *left_open(task, scene, reading, steps))


def left_open(
    task: Task, scene: Scene, reading: Reading, steps: Sequence[StepEdits]
) -> tuple[str, ...]:
    """Return what the text says beside its clauses and ``steps`` does not do."""
    edits = edited(task, steps)
    return tuple(
        one_line(one.text, 100)
        for one in reading.ledger
        if one.account is Account.OPEN
        and not (one.text.rstrip().endswith(":") and not scan(one.text)[1])  # leads to the code
        and not _is_followed(steps, one.text)
        and not answered(scene, one, edits)
    ) + tuple(
        one_line(one.text, 100)
        for one in reading.ledger
        if one.account in {Account.REASON, Account.STAYS} and counts_beside(one.text, one.codes)
    )


def _leads(clause: Clause) -> bool:
    """Tell whether a clause in words alone only leads to the code behind its colon."""
    return clause.text.rstrip().endswith(":") and not clause.codes


def _is_followed(steps: Sequence[StepEdits], text: str) -> bool:
    """Tell whether a sentence only says which files follow, and all of them are edited."""
    paths = {path for one in steps if one.follows_up for path, _ in one.edits}
    words = {word for one in steps for word in one.follows_up}
    codes = scan(text)[1]
    return (
        bool(codes)
        and all(one.shape is Shape.PATH and one.text in paths for one in codes)
        and bool(words & set(re.findall(r"[a-z]+", text.lower())))
    )


def carried_out(
    task: Task, scene: Scene, reading: Reading
) -> tuple[list[StepEdits], list[tuple[Clause, Abstain]]]:
    """Return what the clauses make that can be read, and the others with the reason for each."""
    steps: list[StepEdits] = []
    skip = 0
    waiting: list[tuple[Clause, Abstain]] = []
    for at, clause in enumerate(reading.clauses):
        if skip:
            skip -= 1
            continue
        if any(_follows_up(one, clause) for one in steps):
            continue
        work = Work(task, scene, reading.clauses[at + 1 :])
        try:
            one = with_companions(work, clause, _step(work, clause))
            _refuse_misplaced(scene, clause, one)
        except Abstain as abstained:
            if abstained.final:
                raise
            waiting.append((clause, abstained))
            continue
        several = each_of(clause)
        if several and left_of(scene, clause, edited(task, [one]).get(scene.path, scene.text)):
            steps += _steps_of(work, several, waiting)
            continue
        skip = one.takes
        steps.append(one)
    return steps, waiting


def _refuse_misplaced(scene: Scene, clause: Clause, step: StepEdits) -> None:
    """Raise ``Abstain`` where code that comes after something would go over it.

    *Invalidate it with f(id) after the update* adds a call; only one that says what goes, that
    holds what it goes over, or that calls something of it, is another form of it.
    """
    place = clause.behind("after", "behind", "once", "below")
    if place is None or clause.verb is not Verb.USE or step.operation is not Operation.REPLACE:
        return
    if clause.behind(*INSTEAD, "for"):
        return
    own = [edit for path, edit in step.edits if path == scene.path and edit.end > edit.start]
    gone = [(scene.text[edit.start : edit.end], edit.text) for edit in own]
    if not all(old.strip(" ;") in new or _called(old) & _called(new) for old, new in gone):
        raise Abstain(f"whether that stands {place.preposition} the code or for it is not said")


def _called(code: str) -> set[str]:
    """Return the names of what ``code`` calls, and of what that is called on."""
    return {name for each in re.findall(r"[\w$.]+(?=\()", code) for name in each.split(".")}


def _steps_of(
    work: Work, several: Sequence[Clause], waiting: list[tuple[Clause, Abstain]]
) -> Iterable[StepEdits]:
    """Yield the step of each of several things that one clause names; what is not waits."""
    for clause in several:
        try:
            yield _step(work, clause)
        except Abstain as abstained:
            waiting.append((clause, abstained))


def _step(work: Work, clause: Clause) -> StepEdits:
    if clause.verb is Verb.CONSIDER:
        raise Abstain("the text asks for a decision of design, not for an edit")
    if clause.verb is Verb.RETURN and (other := clause.behind("instead of")) and not other.codes:
        raise Abstain(
            f"what goes when that is returned is not said in code ({' '.join(other.words)})"
        )
    quantity(clause)
    path = named_file(work, clause)
    if path is not None and path != work.scene.path and _is_elsewhere(clause):
        work = Work(work.task, work.at(path), work.rest)
    told, place = clause, chosen(work.scene, clause)
    if place is not None:
        spot, told = narrowed(work.scene, clause, place)
        work = replace(work, scene=spot)
    operations = OPERATIONS.get(clause.verb, ())
    if SECOND.search(clause.text) is None:
        operations = (stands_alone, *operations)
    for operation in operations:
        change = operation(work, told)
        if change is not None:
            refuse_several(work.scene, clause, change)
            if place is not None:
                refuse_other(work.scene, clause, place, change)
            _refuse_half(clause, change)
            refuse_aside(work.scene, clause, change)
            return replace(change, doubt=change.doubt or doubt(work.scene, clause, change))
    raise NotRead(f"no single edit of the code follows from “{one_line(clause.text, 160)}”")


def _refuse_half(clause: Clause, step: StepEdits) -> None:
    """Raise ``Abstain`` where fewer places change than the text counts."""
    wanted = quantity(clause) or 0
    if step.operation is Operation.MOVE:
        return  # two that change places are one edit
    if len(step.edits) < wanted and len(clause.object.codes) != wanted:
        raise Abstain(
            f"the text speaks of {wanted} places, and only {len(step.edits)} could change"
        )


def _is_elsewhere(clause: Clause) -> bool:
    """Tell whether the clause as a whole is about the other file that it names."""
    place = clause.behind("in", "to", "into")
    return (
        place is not None
        and place.code is not None
        and place.code.shape == "path"
        and not clause.all_behind("from", "(")
        and len([one for one in clause.phrases if one.preposition in {"to", "in", "into"}]) == 1
    )


def _follows_up(step: StepEdits, clause: Clause) -> bool:
    """Tell whether a clause only says what an earlier step has done as well."""
    paths = {path for path, _ in step.edits}
    told = [one.text for one in clause.codes]
    if (
        clause.verb is Verb.UPDATE
        and told
        and all(any(path == one or path.endswith(f"/{one}") for path in paths) for one in told)
    ):
        return True
    if not step.follows_up or not set(step.follows_up) & set(clause.words):
        return False
    return clause.verb in {Verb.UPDATE, Verb.REMOVE, Verb.USE, Verb.CALL, Verb.RETURN, Verb.ADD,
                           Verb.REPLACE, Verb.THROW, Verb.LOG, Verb.SET}  # fmt: skip


def _is_met(task: Task, scene: Scene, steps: Sequence[StepEdits], clause: Clause) -> bool:
    """Tell whether the code that a clause gives stands in what the other steps make."""
    edits = edited(task, steps)
    codes = [one.text for one in clause.codes] or [
        word for word in clause.object.spelled if word in edits.get(scene.path, "")
    ]
    after = edits.get(scene.path, "")
    if clause.verb is Verb.REMOVE:
        return bool(codes) and not any(has_word(after, code) for code in codes)
    return (bool(codes) and all(after.count(code) > scene.text.count(code) for code in codes)) or (
        clause.word in {"import", "importing"} and all(code in after for code in codes)
    )
