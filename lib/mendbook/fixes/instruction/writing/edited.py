"""The new texts of all steps, with what they import, or why they cannot stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from mendbook.code.edits import Edit, apply, merged
from mendbook.code.line_runs import line_runs_of
from mendbook.code.test_files import is_test
from mendbook.fixes.instruction.abstain import Abstain, Misread, Unplaced
from mendbook.fixes.instruction.called.library_calls import (
    awaited,
    library_misfit,
    set_though_frozen,
)
from mendbook.fixes.instruction.called.signatures import misfit
from mendbook.fixes.instruction.checks.astray import astray
from mendbook.fixes.instruction.checks.lost import lost
from mendbook.fixes.instruction.checks.refusals import refuse_path
from mendbook.fixes.instruction.checks.senseless import senseless
from mendbook.fixes.instruction.checks.visible import (
    counted_answer,
    idle_statement,
    self_compared,
    unowned_name,
    unseen_name,
)
from mendbook.fixes.instruction.names.bind import bind
from mendbook.fixes.instruction.names.members import missing_member
from mendbook.fixes.instruction.places.main_file import main_file
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.script.kinds_kept import refuse_other_kind
from mendbook.fixes.instruction.script.loose_null import refuse_lost_undefined
from mendbook.fixes.instruction.sentences.clauses import Reading
from mendbook.fixes.instruction.sentences.led_to import ANOTHER
from mendbook.fixes.instruction.tree.language import is_broken, language_of, parse
from mendbook.fixes.instruction.tree.syntax import of_kinds
from mendbook.fixes.instruction.work import StepEdits
from mendbook.fixes.instruction.writing.caught_name import with_caught
from mendbook.fixes.instruction.writing.fitted import fitted
from mendbook.fixes.instruction.writing.go_returns import miscounted
from mendbook.fixes.task import Task
from mendbook.repository.snapshot import Snapshot
from mendbook.text.plain import one_line


def edited(task: Task, steps: Iterable[StepEdits]) -> dict[str, str]:
    """Return the new texts: all edits at once, and what their code needs imported."""
    edits: dict[str, list[Edit]] = {}
    modules: dict[str, str] = {}
    for one in steps:
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


def refuse_unwanted(task: Task, reading: Reading, edits: Mapping[str, str]) -> None:
    """Raise ``Abstain`` where a changed line still has what the text says to avoid."""
    for _, run in line_runs_of(edits, task.snapshot):
        written = "".join(run.written)
        for one in reading.unwanted:
            name = one.bare.strip(".")
            if re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", written) and any(
                name in line for line in run.gone
            ):
                raise Abstain(f"`{name}` would still stand there, which the text says to avoid")


def refuse_misfits(task: Task, edits: Mapping[str, str]) -> None:
    """Raise ``Abstain`` where a new call does not fit the function that it means, edits made."""
    later = replace(task, snapshot=task.snapshot.edited(edits))
    for path, after in edits.items():
        refuse_other_kind(task, path, task.snapshot.get(path) or "", after)
        refuse_lost_undefined(task, path, task.snapshot.get(path) or "", after)
        _refuse_misfit(later, path, task.snapshot.get(path) or "", after)


def refuse_unkept(scene: Scene, reading: Reading, edits: Mapping[str, str]) -> None:
    """Raise ``Abstain`` where code that is said to stay would be nowhere in its file any more."""
    after = edits.get(scene.path, scene.text)
    for entry in reading.ledger:
        if not _STAYS.search(entry.text):
            continue
        for code in (one.text.removesuffix("()") for one in entry.codes):
            said = re.compile(rf"(?<![\w$]){re.escape(code)}(?![\w$])")
            if said.search(scene.text) and not said.search(after):
                raise Abstain(f"`{code}` would stand nowhere any more, and is to stay")


_STAYS = re.compile(r"\b(?:stays?|remains?)\b", re.IGNORECASE)
_DECLARES = re.compile(
    r"\W*(?:add|put|insert|place|write|declare)\s+`?(?:const|let|var)\s+(?P<name>[\w$]+)\b"
    r"(?!.*\b(?P=name)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""An order that is one declaration, and says nothing of who reads it."""


def _text(task: Task, path: str, edits: Sequence[Edit], modules: Mapping[str, str]) -> str:
    refuse_path(task, path)
    given = tuple(edits), tuple(modules.items())
    return _checked(task.snapshot, task.finding.fix, path, *given)


@lru_cache(maxsize=64)
def _checked(
    snapshot: Snapshot,
    fix: str,
    path: str,
    edits: tuple[Edit, ...],
    named: tuple[tuple[str, str], ...],
) -> str:
    """Return the new text of a file; raise ``Abstain`` where it cannot be meant.

    What stays open of a fix text asks for the same texts as what is proposed in the end.
    """
    before, modules = snapshot.text(path), dict(named)
    try:
        after = apply(before, [fitted(before, one) for one in edits])
    except ValueError as error:
        raise Abstain("two steps change the same code") from error
    language = language_of(path)
    if language is None:
        return after
    if spread := _uncalled_object(fix, before, edits):
        raise Abstain(f"`{spread}` would stand in the place of the call that it is for")
    if lone := _lone_argument(fix, before, edits):
        raise Abstain(f"`{lone}` would stand in the place of the call that it is handed to")
    if beside := _over_its_like(fix, before, after):
        raise Unplaced(f"where `{beside}` goes is not said")
    if uncalled := _uncalled(before, edits):
        raise Abstain(f"`{uncalled}` would stand there without what it is called with")
    if gone := lost(fix, before, after, edits):
        raise Abstain(gone)
    after = with_caught(language, before, after)
    after = bind(snapshot, path, before, after, modules)
    if language.python:
        after = _called_right(before, after)
    if is_broken(language, after) and not is_broken(language, before):
        raise Abstain(f"the edit of {path} would not parse")
    if unseen := unseen_name(before, after, language):
        raise Abstain(f"{unseen} is not in scope where it would stand")
    if unowned := unowned_name(before, after, language):
        raise Abstain(f"{unowned[0]} is not bound there; the code has {unowned[1]}")
    if compared := self_compared(before, after, language):
        raise Abstain(f"`{compared}` would compare an answer with what the call was given")
    if counted := counted_answer(before, after):
        raise Abstain(f"`{counted}` would compare a yes or no once more")
    if not language.script and (wrong := astray(fix, before, after, edits, language)):
        raise Abstain(wrong)
    if given := miscounted(language, before, after):
        raise Abstain(f"`{given}` does not give what its function declares")
    if idle := idle_statement(language, before, after):
        raise Abstain(f"`{idle}` would stand there as a statement that does nothing")
    declares = _DECLARES.match(fix) is not None
    if said := senseless(before, after, language, declares=declares):
        raise Misread(said)
    if member := missing_member(snapshot, path, before, after):
        raise Abstain(f"{member} does not exist at this commit")
    return after


def _refuse_misfit(task: Task, path: str, before: str, after: str) -> None:
    """Raise ``Abstain`` where a call that is new does not fit the function it means."""
    language = language_of(path)
    if language is None or is_test(path):
        return
    old = {one.text() for one in of_kinds(parse(language, before), language.calls, language)}
    scene = Scene(task, path, after, language, parse(language, after), (), 0, None, ())
    for one in of_kinds(scene.root, language.calls, language):
        if one.text() not in old and (said := misfit(task, scene, one)):
            raise Abstain(said)


_FUNCTION = re.compile(r"(?:async\s+)?(?:\w+|\([^()]*\))\s*=>|lambda\b|(?:async\s+)?function\b")


def _uncalled(before: str, edits: Sequence[Edit]) -> str:
    """Return the method that stood there with its arguments and comes without; empty for none.

    A function that only calls it may become it.
    """
    for edit in edits:
        old = before[edit.start : edit.end].strip()
        called = re.search(r"\.(\w+)\(.*\)$", old, re.DOTALL)
        if called is None or _FUNCTION.match(old):
            continue
        if edit.text.rstrip().endswith(f".{called[1]}"):
            return edit.text.strip()
    return ""


_INSTEAD = re.compile(
    r"\b(?:replac|return|instead|rather than|in place of|respond|answer|reply|becomes?\b|inline|"
    r"spread)",
    re.IGNORECASE,
)


def _lone_argument(fix: str, before: str, edits: Sequence[Edit]) -> str:
    """Return what comes of one argument in the place of its whole call; empty for none."""
    for edit in edits:
        old, new = before[edit.start : edit.end].strip(), edit.text.strip()
        called = re.fullmatch(r"(?:await\s+)?(?P<name>[\w$.]+)\((?P<given>.*)\)", old, re.DOTALL)
        if called and _is_form_of_its_argument(called["name"], called["given"], new, fix):
            return one_line(new, 60)
    if _INSTEAD.search(fix):
        return ""
    for edit in edits:
        old, new = before[edit.start : edit.end].strip(), edit.text.strip()
        called = re.fullmatch(r"(?:await\s+)?[\w$.]+\((?P<given>.*)\)", old, re.DOTALL)
        given = re.split(r",\s*", called["given"]) if called is not None else []
        if len(given) > 1 and any(new.startswith(f"{one}.") for one in given if one):
            return one_line(new, 60)
    return ""


_CAST_GIVEN = re.compile(
    r"(?P<core>[\w$.]+\([^()]*\))\s+as\s+[\w$<>\[\]]+|(?P<plain>[\w$.]+\([^()]*\))!"
)


def _is_form_of_its_argument(name: str, given: str, new: str, fix: str) -> bool:
    """Tell whether a call would be lost to another form of the one cast that it is given."""
    cast = _CAST_GIVEN.fullmatch(given.strip())
    core = (cast["core"] or cast["plain"]) if cast is not None else ""
    return bool(core) and new.startswith(core) and name.rpartition(".")[2] not in fix


_CALL = re.compile(r"`(?P<code>(?:await\s+)?(?P<name>[\w$.]+)\([^`]*\));?`")


def _over_its_like(fix: str, before: str, after: str) -> str:
    """Return the call that is asked for as one more and does not come; empty for none."""
    told = _CALL.search(fix) if ANOTHER.match(fix.strip()) else None
    if told is None:
        return ""
    name = f"{told['name']}("
    return told["code"] if after.count(name) <= before.count(name) else ""


def _uncalled_object(fix: str, before: str, edits: Sequence[Edit]) -> str:
    """Return the object, function or number that comes over a call, as no word asks; else empty."""
    if _INSTEAD.search(fix):
        return ""
    for edit in edits:
        old = before[edit.start : edit.end].strip()
        called = re.fullmatch(r"(?:await\s+)?[\w$.]+\(.*\)", old, re.DOTALL)
        new = edit.text.strip()
        alone = re.fullmatch(r"\{.*\}|-?\d[\d_.]*", new, re.DOTALL) or _FUNCTION.match(new)
        if called is not None and alone and new not in old:
            return one_line(new, 60)
    return ""


def _called_right(before: str, after: str) -> str:
    """Return ``after`` with new coroutines awaited; raise where a call of Python's fits nothing."""
    if module := _called_module(before, after):
        raise Abstain(f"{module} is a module and cannot be called; what of it is not said")
    try:
        after = awaited(before, after)
    except ValueError as error:
        raise Abstain(f"{error} is to be awaited, and the function there is not async") from error
    if said := library_misfit(before, after):
        raise Abstain(said)
    if set_there := set_though_frozen(before, after):
        raise Abstain(f"`{set_there}` is set in a class that would be frozen")
    if len(_LEFT_OUT.findall(after)) > len(_LEFT_OUT.findall(before)):
        raise Unplaced("what `...` stands for is not said")
    return after


_LEFT_OUT = re.compile(
    r"(?<!Field)(?<!Query)(?<!Path)(?<!Body)(?<!Form)(?<!File)(?<!Header)(?<!Cookie)"
    r"\(+\s*\.\.\.\s*[,)]"
)
"""An ellipsis as what a call is given, other than where one says that a field is required."""


def _called_module(before: str, after: str) -> str:
    """Return the module that new code of Python calls as a function; empty for none."""
    for module in re.findall(r"^import (\w+)$", after, re.MULTILINE):
        call = re.compile(rf"(?<![\w.]){module}\(")
        if len(call.findall(after)) > len(call.findall(before)):
            return str(module)
    return ""
