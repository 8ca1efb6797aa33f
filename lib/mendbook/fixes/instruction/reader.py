"""Read a fix text as instructions and carry them out; or say truly why not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mendbook.code.alignment import changes, split_lines
from mendbook.code.edits import Edit, apply, merged
from mendbook.code.test_files import is_test
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.alternatives import alternatives
from mendbook.fixes.instruction.aside import refuse_aside
from mendbook.fixes.instruction.caught_name import with_caught
from mendbook.fixes.instruction.clauses import Clause, Phrase, Reading, read
from mendbook.fixes.instruction.counted import (
    chosen,
    counts_beside,
    narrowed,
    ordinals,
    refuse_other,
    refuse_several,
)
from mendbook.fixes.instruction.fragments import Fragment, Shape, balanced, classify, scan
from mendbook.fixes.instruction.lacking import answered, has_word, lacking
from mendbook.fixes.instruction.language import is_broken, language_of, parse
from mendbook.fixes.instruction.ledger import Account, Entry
from mendbook.fixes.instruction.listed import each_of, left_of
from mendbook.fixes.instruction.names import bind, missing_member
from mendbook.fixes.instruction.operations import OPERATIONS
from mendbook.fixes.instruction.operations.counterpart import written_out
from mendbook.fixes.instruction.operations.data_files import is_data, json_edit
from mendbook.fixes.instruction.operations.diff_block import shown_change
from mendbook.fixes.instruction.operations.likeness import stands_alone
from mendbook.fixes.instruction.refusals import refuse_path, refuse_text
from mendbook.fixes.instruction.scene import Scene, is_quoted, quantity, scene_of
from mendbook.fixes.instruction.siblings import doubt
from mendbook.fixes.instruction.signatures import misfit
from mendbook.fixes.instruction.syntax import of_kinds
from mendbook.fixes.instruction.verbs import Verb
from mendbook.fixes.instruction.visible import (
    counted_answer,
    idle_statement,
    self_compared,
    unowned_name,
    unseen_name,
)
from mendbook.fixes.instruction.wording import rewordings
from mendbook.fixes.instruction.work import Made, Work, named_file
from mendbook.fixes.instruction.written import better_statement
from mendbook.fixes.task import Task
from mendbook.model import (
    AskedStatus,
    Contract,
    Finding,
    Operation,
    PlaceKind,
    Proposal,
    Skipped,
)
from mendbook.proving.asked import judge_asked
from mendbook.text.brackets import parted
from mendbook.text.phrasing import capitalised
from mendbook.text.plain import one_line

SOURCE = "instruction"
_CHOICE = re.compile(r"(?:^|[\s,;])(?:or|/)\s", re.IGNORECASE)


def read_fix(task: Task) -> Proposal | Skipped:
    """Return the edits that the fix text of the task's finding asks for, or why there are none."""
    said = _tried(task)
    if _is_sure(said):
        return said
    counted = ordinals(task.finding.fix)
    for text in rewordings(task.finding.fix, _grammar(task)):
        if ordinals(text) != counted:
            continue
        other = _tried(replace(task, finding=replace(task.finding, fix=text)))
        if _is_sure(other):
            return other
    return said


def _tried(task: Task) -> Proposal | Skipped:
    try:
        return _proposal(task)
    except Abstain as reason:
        return Skipped(SOURCE, str(reason))


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
    if not counted and (bettered := _bettered(task, text)) is not None:
        return bettered
    reading = _one_way(text, read(text))
    reading = _as_code(task, reading)
    if not reading.clauses and not reading.codes:
        raise Abstain("no single edit of the code follows from the words of the fix")
    path = main_file(task)
    refuse_path(task, path)
    if not is_quoted(task, path):
        raise Abstain(f"the code quoted is not in {path} at this commit")
    if is_data(path):
        if counted:
            raise Abstain(f"which place of {path} `the {counted[0]}` is, is not certain")
        return _data(task, path, reading)
    scene = scene_of(task, path)
    if scene is None:
        raise Abstain(f"{path} is in a language that is not read here")
    if scene.parts and not scene.quotes:
        raise Abstain(f"the code quoted is not in {task.finding.function} at this commit")
    reading = replace(reading, clauses=tuple(_of_function(scene, one) for one in reading.clauses))
    work = Work(task, scene)
    whole = shown_change(work, reading)
    if whole is None and not counted:
        if len(reading.clauses) == 1 and not reading.unread:
            whole = stands_alone(work, reading.clauses[0])
        whole = whole or written_out(work, reading)
    if whole is None:
        made, left = _compiled(task, scene, reading)
    else:
        made, left = [whole], _left_open(task, scene, reading, [whole])
    edits = edited(task, made)
    _refuse_unwanted(task, reading, edits)
    _refuse_misfits(task, edits)
    contracts = list(contracts_of(task, made, edits))
    after = edits.get(scene.path, scene.text)
    halves = [one for each in reading.clauses for one in left_of(scene, each, after)]
    left = left or tuple(halves) or lacking(scene, reading.clauses, edits)
    if left and contracts:
        contracts[-1] = replace(contracts[-1], open=left)
    return _proposed(task, made, edits, tuple(contracts))


def _of_function(scene: Scene, clause: Clause) -> Clause:
    """Return ``f: a.b rather than c.d`` as ``use a.b rather than c.d in f``, for a function f."""
    code, old = clause.object.code, clause.behind("rather than", "instead of", "in place of")
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
    made = better_statement(scene, text) if scene is not None else None
    if made is None:
        return None
    refuse_path(task, path)
    edits = edited(task, [made])
    return _proposed(task, [made], edits, tuple(contracts_of(task, [made], edits)))


def _one_way(text: str, reading: Reading) -> Reading:
    """Return the reading where the text offers no choice; raise where it does."""
    for one in reading.clauses:
        if re.search(r"\beither\b", one.text, re.IGNORECASE):
            raise Abstain(_choice(text, one))
        parts = re.split(r",?\s+or\s+", one.text)
        if len(parts) > 1 and one.verb is not Verb.CONSIDER:
            rest = [read(part) for part in parts[1:]]
            if any(alt.codes or alt.clauses for alt in rest):
                raise Abstain(_choice(text, one))
    return reading


def _choice(text: str, clause: Clause) -> str:
    """Return what a text offers, each way with its number."""
    ways = alternatives(text)
    if not ways:
        return f"the text offers a choice: {one_line(clause.text, 120)}"
    said = "; ".join(f"{at}: {one_line(each, 100)}" for at, each in enumerate(ways, 1))
    return f"the text offers a choice, which `mendbook choose` takes by its number: {said}"


def _as_code(task: Task, reading: Reading) -> Reading:
    """Return ``some words: f(…)`` as the call alone, where the evidence calls ``f`` in another way.

    What is written out says all that the words beside it say.
    """
    if _is_whole(task.finding, reading):
        whole = next(one for one in reading.codes if _CALLED.fullmatch(one.text))
        text = task.finding.fix.strip()
        return _only(reading, text, whole)
    text = task.finding.fix.strip().rstrip(".;")
    last = reading.codes[-1] if reading.codes else None
    if last is None or last.shape is not Shape.CODE or not text.endswith((last.text, "`")):
        return reading
    called = re.fullmatch(r"([\w.$]+)\((.+)\)", last.text, re.DOTALL)
    lead = text[: text.rfind(last.text)].rstrip("`").rstrip()
    if called is None or not lead.endswith(":") or "..." in last.text:
        return reading
    if not re.search(rf"(?<![\w.]){re.escape(called[1])}\(", task.finding.evidence):
        return reading
    sentence = re.split(r"(?<=[.;!?])\s+", lead)[-1].replace("`", "")
    asks = {Account.STEP, Account.OPEN}
    if any(
        one.account in asks and last not in one.codes and one.text not in sentence
        for one in reading.ledger
    ):
        return reading
    return _only(reading, text, last)


def _only(reading: Reading, text: str, code: Fragment) -> Reading:
    """Return a reading of the whole text as ``code`` alone."""
    clause = Clause(text, Verb.CODE, "", (Phrase("", (), (code,)),))
    beside = (
        replace(one, account=Account.REASON if one.account is Account.OPEN else one.account)
        for one in reading.ledger
        if one.account is not Account.STEP and code not in one.codes
    )
    return replace(reading, clauses=(clause,), ledger=(Entry(Account.STEP, text, (code,)), *beside))


_WISHED = re.compile(
    r"there\s(?!.*\b(?:also|too|as well|both|each|all|every|not|other)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""What is to be there: the code that the text gives for it says the same."""
_CALLED = re.compile(r"([A-Za-z_$][\w.$]*)\((.+)\)", re.DOTALL)
_NOT_WHOLE = (
    *("before", "after", "around", "in front of", "above", "below", "behind", "ahead of"),
    *("instead of", "rather than", "in place of", "when", "if", "unless", "without"),
)


def _is_whole(finding: Finding, reading: Reading) -> bool:
    """Tell whether the text gives one call as it should stand, and the evidence the one there is.

    Nothing else may be told: every clause is about that call, and every other code that is named
    is a name that stands in the finding itself.
    """
    calls = [one for one in reading.codes if _CALLED.fullmatch(one.text)]
    called = _CALLED.fullmatch(calls[0].text) if len(calls) == 1 and calls[0].quoted else None
    if (
        called is None
        or not all(map(_WISHED.match, reading.unread))
        or re.search(r"\.\.\.|…", calls[0].text)
    ):
        return False
    said = f"{finding.function} {finding.evidence}"
    for one in reading.codes:
        last = one.bare.rpartition(".")[2]
        if one is not calls[0] and not re.search(rf"(?<!\w){re.escape(last)}(?!\w)", said):
            return False
        if one is not calls[0] and one.shape is not Shape.NAME:
            return False
    for clause in reading.clauses:
        if calls[0] not in clause.codes or clause.verb not in _GIVES:
            return False
        if clause.behind(*_NOT_WHOLE) or clause.has("not", "also", "both", "each", "all", "every"):
            return False
    stood = re.findall(rf"(?<![\w.]){re.escape(called[1])}\(", finding.evidence)
    old = set(_given(finding.evidence, called[1])) if len(stood) == 1 else set()
    return bool(old & set(_given(calls[0].text, called[1])))


_GIVES = {Verb.LOG, Verb.USE, Verb.CODE, Verb.CALL, Verb.BECOME, Verb.SET, Verb.DECLARE}


def _given(text: str, callee: str) -> list[str]:
    """Return the arguments of the first call of ``callee`` in ``text``, without white space."""
    at = re.search(rf"(?<![\w.]){re.escape(callee)}\(", text)
    stop = balanced(text, at.end() - 1) if at is not None else 0
    if at is None or stop <= at.end():
        return []
    parts = parted(text[at.end() : stop - 1], ",")
    return [one for part in parts if (one := "".join(part.split()))]


def main_file(task: Task) -> str:
    """Return the file that the finding is about: the one that has what it quotes."""
    named = [
        place.path
        for place in task.finding.places
        if place.kind is PlaceKind.FILE and place.path in task.snapshot
    ]
    named += [one for one in task.facts.files if one not in named and one in task.snapshot]
    if not named:
        unread = task.snapshot.unread
        said = next((f"{p.path} is {unread[p.path]}" for p in task.finding.places
                     if p.path in unread), "the finding names no file of this commit")  # fmt: skip
        raise Abstain(said)
    quoted = [one for one in named if is_quoted(task, one) and task.finding.evidence.strip()]
    return (quoted or named)[0]


def _compiled(task: Task, scene: Scene, reading: Reading) -> tuple[list[Made], tuple[str, ...]]:
    """Return what the clauses make that can be read, and what stays open; raise for nothing."""
    if not reading.clauses:
        raise Abstain("no single edit of the code follows from the words of the fix")
    made, waiting = carried_out(task, scene, reading)
    if not made:
        raise Abstain(waiting[0][1] if waiting else "nothing in it can be carried out here")
    left = [
        f"{one_line(clause.text, 80)} ({reason})"
        for clause, reason in waiting
        if not _is_met(task, scene, made, clause)
    ]
    left += [one.doubt for one in made if one.doubt]
    return made, (*left, *_left_open(task, scene, reading, made))


def _left_open(task: Task, scene: Scene, reading: Reading, made: Sequence[Made]) -> tuple[str, ...]:
    """Return what the text says beside its clauses and ``made`` does not do."""
    edits = edited(task, made)
    return tuple(
        one_line(one.text, 100)
        for one in reading.ledger
        if one.account is Account.OPEN
        and not _is_followed(made, one.text)
        and not answered(scene, one, edits)
    ) + tuple(
        one_line(one.text, 100)
        for one in reading.ledger
        if one.account in {Account.REASON, Account.STAYS} and counts_beside(one.text, one.codes)
    )


def _is_followed(made: Sequence[Made], text: str) -> bool:
    """Tell whether a sentence only says which files follow, and all of them are edited."""
    paths = {path for one in made if one.follows_up for path, _ in one.edits}
    words = {word for one in made for word in one.follows_up}
    codes = scan(text)[1]
    return (
        bool(codes)
        and all(one.shape is Shape.PATH and one.text in paths for one in codes)
        and bool(words & set(re.findall(r"[a-z]+", text.lower())))
    )


def carried_out(
    task: Task, scene: Scene, reading: Reading
) -> tuple[list[Made], list[tuple[Clause, str]]]:
    """Return what the clauses make that can be read, and the others with the reason for each."""
    made: list[Made] = []
    skip = 0
    waiting: list[tuple[Clause, str]] = []
    for at, clause in enumerate(reading.clauses):
        if skip:
            skip -= 1
            continue
        if any(_follows_up(one, clause) for one in made):
            continue
        work = Work(task, scene, reading.clauses[at + 1 :])
        try:
            one = _step(work, clause)
        except Abstain as abstained:
            waiting.append((clause, str(abstained)))
            continue
        several = each_of(clause)
        if several and left_of(scene, clause, edited(task, [one]).get(scene.path, scene.text)):
            made += _each(work, several, waiting)
            continue
        skip = one.takes
        made.append(one)
    return made, waiting


def _each(
    work: Work, several: Sequence[Clause], waiting: list[tuple[Clause, str]]
) -> Iterable[Made]:
    """Yield the step of each of several things that one clause names; what is not waits."""
    for clause in several:
        try:
            yield _step(work, clause)
        except Abstain as abstained:
            waiting.append((clause, str(abstained)))


def _step(work: Work, clause: Clause) -> Made:
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
    for operation in (stands_alone, *OPERATIONS.get(clause.verb, ())):
        found = operation(work, told)
        if found is not None:
            refuse_several(work.scene, clause, found)
            if place is not None:
                refuse_other(work.scene, clause, place, found)
            _refuse_half(clause, found)
            refuse_aside(work.scene, clause, found)
            return replace(found, doubt=found.doubt or doubt(work.scene, clause, found))
    raise Abstain(f"no single edit of the code follows from “{one_line(clause.text, 160)}”")


def _refuse_half(clause: Clause, made: Made) -> None:
    """Raise ``Abstain`` where fewer places change than the text counts."""
    wanted = quantity(clause) or 0
    if made.operation is Operation.MOVE:
        return  # two that change places are one edit
    if len(made.edits) < wanted and len(clause.object.codes) != wanted:
        raise Abstain(
            f"the text speaks of {wanted} places, and only {len(made.edits)} could change"
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


def _follows_up(made: Made, clause: Clause) -> bool:
    """Tell whether a clause only says what an earlier step has done as well."""
    paths = {path for path, _ in made.edits}
    told = [one.text for one in clause.codes]
    if (
        clause.verb is Verb.UPDATE
        and told
        and all(any(path == one or path.endswith(f"/{one}") for path in paths) for one in told)
    ):
        return True
    if not made.follows_up or not set(made.follows_up) & set(clause.words):
        return False
    return clause.verb in {Verb.UPDATE, Verb.REMOVE, Verb.USE, Verb.CALL, Verb.RETURN, Verb.ADD,
                           Verb.REPLACE, Verb.THROW, Verb.LOG, Verb.SET}  # fmt: skip


def _is_met(task: Task, scene: Scene, made: Sequence[Made], clause: Clause) -> bool:
    """Tell whether the code that a clause gives stands in what the other steps make."""
    edits = edited(task, made)
    codes = [one.text for one in clause.codes] or [
        word for word in clause.object.spelled if word in edits.get(scene.path, "")
    ]
    after = edits.get(scene.path, "")
    if clause.verb is Verb.REMOVE:
        return bool(codes) and not any(has_word(after, code) for code in codes)
    return (bool(codes) and all(after.count(code) > scene.text.count(code) for code in codes)) or (
        clause.word in {"import", "importing"} and all(code in after for code in codes)
    )


def edited(task: Task, made: Iterable[Made]) -> dict[str, str]:
    """Return the new texts: all edits at once, and what their code needs imported."""
    edits: dict[str, list[Edit]] = {}
    modules: dict[str, str] = {}
    for one in made:
        modules |= one.modules
        for path, edit in one.edits:
            edits.setdefault(path, []).append(edit)
    files = dict(edits)
    if modules and not files:
        files = {main_file(task): []}
    return {path: _text(task, path, _joint(several), modules) for path, several in files.items()}


def _joint(edits: Sequence[Edit]) -> list[Edit]:
    """Return edits of which those that only take away, and share a blank line, are one."""
    return [*merged(one for one in edits if not one.text), *(one for one in edits if one.text)]


def _refuse_unwanted(task: Task, reading: Reading, edits: Mapping[str, str]) -> None:
    """Raise ``Abstain`` where a changed line still has what the text says to avoid."""
    for path, after in edits.items():
        before = task.snapshot.get(path) or ""
        old, new = split_lines(before), split_lines(after)
        for hunk in changes(old, new):
            written = "".join(new[hunk.new_start : hunk.new_end])
            for one in reading.unwanted:
                name = one.bare.strip(".")
                if re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", written) and any(
                    name in line for line in old[hunk.old_start : hunk.old_end]
                ):
                    raise Abstain(f"`{name}` would still stand there, which the text says to avoid")


def _refuse_misfits(task: Task, edits: Mapping[str, str]) -> None:
    """Raise ``Abstain`` where a new call does not fit the function that it means, edits made."""
    later = replace(task, snapshot=task.snapshot.edited(edits))
    for path, after in edits.items():
        _refuse_misfit(later, path, task.snapshot.get(path) or "", after)


def _text(task: Task, path: str, edits: Sequence[Edit], modules: Mapping[str, str]) -> str:
    before = task.snapshot.text(path)
    refuse_path(task, path)
    try:
        after = apply(before, edits)
    except ValueError as error:
        raise Abstain("two steps change the same code") from error
    language = language_of(path)
    if language is None:
        return after
    after = with_caught(language, before, after)
    after = bind(task.snapshot, path, before, after, modules)
    if is_broken(language, after) and not is_broken(language, before):
        raise Abstain(f"the edit of {path} would not parse")
    if unseen := unseen_name(before, after, language):
        raise Abstain(f"{unseen} is not in scope where it would stand")
    if unowned := unowned_name(before, after, language):
        raise Abstain(f"{unowned[0]} is not bound there; the code has {unowned[1]}")
    if compared := self_compared(before, after, language):
        raise Abstain(f"`{compared}` would compare an answer with what the call was given")
    if counted := counted_answer(before, after):
        raise Abstain(f"`{counted}` would compare a yes or no with a number")
    if idle := idle_statement(language, before, after):
        raise Abstain(f"`{idle}` would stand there as a statement that does nothing")
    if member := missing_member(task.snapshot, path, before, after):
        raise Abstain(f"{member} does not exist at this commit")
    return after


def _refuse_misfit(task: Task, path: str, before: str, after: str) -> None:
    """Raise ``Abstain`` where a call that is new does not fit the function it means."""
    language = language_of(path)
    if language is None or is_test(path):
        return
    old = {one.text() for one in of_kinds(parse(language, before), language.calls)}
    scene = Scene(task, path, after, language, parse(language, after), (), 0, None, ())
    for one in of_kinds(scene.root, language.calls):
        if one.text() not in old and (said := misfit(task, scene, one)):
            raise Abstain(said)


def contracts_of(task: Task, made: Sequence[Made], edits: Mapping[str, str]) -> Iterable[Contract]:
    """Yield what each step claims, file by file, in the tree that all of them start from."""
    regions = _regions(task, made)
    for step, one in enumerate(made):
        paths = list(dict.fromkeys(path for path, _ in one.edits))
        for at, path in enumerate(paths):
            first, last = regions[step, path]
            yield Contract(
                operation=one.operation,
                file=path,
                read_as=one.read_as,
                start_line=first,
                end_line=last,
                adds=one.adds if at == 0 else (),
                removes=one.removes if at == 0 else (),
                values=one.values if at == 0 else {},
            )


def _regions(task: Task, made: Sequence[Made]) -> dict[tuple[int, str], tuple[int, int]]:
    """Return the lines that each step may change in each file; those that touch are one region."""
    found: dict[tuple[int, str], tuple[int, int]] = {}
    for step, one in enumerate(made):
        for path in dict.fromkeys(path for path, _ in one.edits):
            text = task.snapshot.text(path)
            spans = [edit for where, edit in one.edits if where == path]
            first = min(text.count("\n", 0, edit.start) for edit in spans) + 1
            last = max(text.count("\n", 0, _last(text, edit)) for edit in spans) + 1
            found[step, path] = (first, last)
    return {key: _joined(found, key) for key in found}


def _joined(
    found: Mapping[tuple[int, str], tuple[int, int]], key: tuple[int, str]
) -> tuple[int, int]:
    first, last = found[key]
    for _ in found:
        for other, (low, high) in found.items():
            if other[1] == key[1] and low <= last + 1 and first <= high + 1:
                first, last = min(first, low), max(last, high)
    return first, last


def _last(text: str, edit: Edit) -> int:
    """Return the offset of the last character that an edit takes away, or where it inserts."""
    return max(edit.start, edit.end - 1) if edit.end > edit.start else min(edit.start, len(text))


def _proposed(
    task: Task,
    made: Sequence[Made],
    edits: Mapping[str, str],
    contracts: tuple[Contract, ...],
) -> Proposal:
    changed: dict[str, str | None] = {
        path: text for path, text in edits.items() if text != task.snapshot.get(path)
    }
    if not changed:
        raise Abstain("the code is already as asked")
    asked = judge_asked(task.finding, task.facts, task.snapshot, changed, contracts)
    left = sum(len(one.open) for one in contracts)
    half = asked.status is AskedStatus.PARTIAL and left == len(asked.unmet)
    if contracts and asked.status is not AskedStatus.SHOWN and not half:
        raise Abstain(
            f"the edit does not show what is asked: {asked.why}; {'; '.join(asked.unmet)}"
        )
    said = "; ".join(dict.fromkeys(one.read_as for one in made))
    return Proposal(
        finding_id=task.finding.id,
        source=SOURCE,
        summary=one_line(_sentence(made[0].read_as), 72),
        edits=changed,
        why=f"The fix is read as: {said}.",
        contracts=contracts,
    )


def _sentence(read_as: str) -> str:
    plain = read_as.replace("`", "")
    return capitalised(plain)


def _data(task: Task, path: str, reading: Reading) -> Proposal:
    if len(reading.clauses) != 1 or reading.unread:
        raise Abstain(f"more than one step is asked of {path}")
    text, said = json_edit(task, path, reading.clauses[0])
    before = task.snapshot.text(path)
    for one in reading.codes:
        name = (one.key or one.text).strip("'\"")
        if one.shape is not Shape.PATH and name not in before and name not in text:
            raise Abstain(f"`{name}` is named, and the edit leaves it out")
    first = next(
        (at for at, (a, b) in enumerate(zip(before, text, strict=False)) if a != b), len(before)
    )
    contract = Contract(
        operation=Operation.SET,
        file=path,
        read_as=said,
        start_line=0 if reading.clauses[0].verb is Verb.MOVE else before.count("\n", 0, first) + 1,
        end_line=before.count("\n", 0, first) + 2,
        adds=tuple(one.text for one in reading.clauses[0].object.codes if ":" in one.text),
    )
    return Proposal(
        finding_id=task.finding.id,
        source=SOURCE,
        summary=one_line(_sentence(said), 72),
        edits={path: text},
        why=f"The fix is read as: {said}.",
        contracts=(contract,),
    )
