"""Refuse an edit that stands beside the place or the moment that its clause speaks of."""

from __future__ import annotations

import re

from mendbook.fixes.instead_of import INSTEAD
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import same_code, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import end, of_kinds, start
from mendbook.fixes.instruction.work import StepEdits
from mendbook.model import Operation

_MOMENTS = ("before", "after", "when", "whenever", "unless", "if", "while")
_OLD = (*INSTEAD, "from")
_WITHIN = ("in", "inside", "within")


def refuse_aside(scene: Scene, clause: Clause, step: StepEdits) -> None:
    """Raise ``Abstain`` where ``step`` changes another moment, owner or share than is told."""
    _refuse_unknown_one(scene, clause)
    if step.operation is Operation.SET and _is_owned(clause):
        _refuse_moment(clause)
        _refuse_owner(scene, step)
    if step.operation is Operation.REPLACE:
        _refuse_rest(scene, clause, step)
        _refuse_structure(scene, clause, step)
        _refuse_kind(scene, clause, step)
        _refuse_unsaid_raise(scene, clause, step)
        _refuse_unset(scene, clause, step)
    if step.operation is Operation.REMOVE:
        _refuse_read(scene, step)
        _refuse_one_of(scene, clause, step)
    if clause.verb is Verb.ADD:
        _refuse_taken(scene, clause, step)


def _refuse_unknown_one(scene: Scene, clause: Clause) -> None:
    """Raise where one of several is meant by a word that the code does not have."""
    for phrase in clause.all_behind(*_WITHIN, "for", "to", "of", "on"):
        *lead, last = phrase.spelled or ("",)
        told = [one for one in lead if one.lower() not in _TOLD]
        if last.lower() == "one" and told and not phrase.codes and not any(map(scene.knows, told)):
            raise Abstain(f"which one is `{' '.join(phrase.spelled)}` is not said in code")


_TOLD = {"the", "this", "that", "first", "last", "second", "third", "quoted", "same", "only", "a",
         "new", "each", "every"}  # fmt: skip


def _is_owned(clause: Clause) -> bool:
    return any(re.fullmatch(r"[A-Za-z_$][\w$]*\.[\w$.]+", one.text) for one in clause.object.codes)


def _refuse_moment(clause: Clause) -> None:
    """Raise where a value is to be set at some moment: what is declared holds at every one."""
    moment = clause.behind(*_MOMENTS)
    if moment is not None and (moment.words or moment.codes):
        said = " ".join((moment.preposition, *moment.spelled))
        raise Unplaced(f"a value is set `{said}` only by a statement, and where is not clear")


def _refuse_owner(scene: Scene, step: StepEdits) -> None:
    """Raise where a member of something is set elsewhere than the finding points."""
    if not scene.scopes:
        return
    homes = [(start(one), end(one)) for one in scene.scopes]
    for path, edit in step.edits:
        if path == scene.path and not any(a <= edit.start < b for a, b in homes):
            raise Abstain("it is set elsewhere than where the finding points")


def _refuse_rest(scene: Scene, clause: Clause, step: StepEdits) -> None:
    """Raise where what is to be replaced in a named function stands there more often."""
    old = clause.behind(*_OLD)
    code = old.code if old is not None else None
    if code is None or code.shape not in {Shape.NAME, Shape.CODE} or len(step.edits) != 1:
        return
    within = clause.all_behind(*_WITHIN)
    if not any(phrase.codes for phrase in within):
        return
    for scope in scopes_in(scene, clause, [code], words=False):
        rest = same_code(scene, code.text, scope)
        if len(rest) > 1:
            raise Abstain(f"`{code.text}` stands {len(rest)} times there, and one would change")


def _refuse_structure(scene: Scene, clause: Clause, step: StepEdits) -> None:
    """Raise where a whole branch or body is to be replaced, and a piece of one line would be."""
    old = clause.behind(*_OLD) or (clause.object if clause.verb is Verb.REPLACE else None)
    named = _STRUCTURE.search(" ".join(old.words)) if old is not None and not old.codes else None
    if named is None or len(step.edits) != 1:
        return
    path, edit = step.edits[0]
    taken = scene.text[edit.start : edit.end]
    if path == scene.path and "\n" not in taken and not taken.lstrip().startswith(("if", "else")):
        raise Abstain(f"the {named[0]} as a whole is not found; `{taken}` is a piece of it")


_STRUCTURE = re.compile(
    r"(?<!request )(?<!response )\b(?:branch(?:es)?|body|block|lines|statements|listener|switch)\b"
)


def _refuse_kind(scene: Scene, clause: Clause, step: StepEdits) -> None:
    """Raise where what is called now would be called no more, and no text names it as the old."""
    told = clause.object.codes
    if clause.behind(*_OLD, "with", "by", "to") or len(told) != 1 or len(step.edits) != 1:
        return
    path, edit = step.edits[0]
    taken = scene.text[edit.start : edit.end]
    called = re.search(r"[\w\])]\s*\(.*\)$", taken, re.DOTALL)
    same_owner = taken.startswith(f"{told[0].text.partition('[')[0]}.")
    if same_owner:  # `box["key"]` is what `box.get("key")` gives
        return
    if path == scene.path and called and "(" not in told[0].text and "[" in told[0].text:
        raise Abstain(f"`{told[0].text}` is of another kind than `{taken}`")


def _refuse_unsaid_raise(scene: Scene, clause: Clause, step: StepEdits) -> None:
    """Raise where an error is to be raised, and an edit would only write its name."""
    if clause.verb is not Verb.THROW:
        return
    raised = of_kinds(scene.root, ("raise_statement", "throw_statement"))
    for path, edit in step.edits:
        within = any(start(one) <= edit.start <= end(one) for one in raised)
        if path == scene.path and not within and not re.match(r"(?:raise|throw)\b", edit.text):
            raise Abstain("an error is to be raised, and the edit would only name it")


def _refuse_unset(scene: Scene, clause: Clause, step: StepEdits) -> None:
    """Raise where a value in the place of a statement ends what that sets, returns or raises.

    Unless the text itself gives that statement as what goes, or another edit of the step takes
    it over.
    """
    moved = any(edit.text.strip() for _, edit in step.edits)
    told = " ".join(one.text for one in clause.codes)
    for one in of_kinds(scene.root, _SETTING):
        for path, edit in step.edits:
            first = start(one)
            if (
                path != scene.path
                or not edit.start <= first < edit.end
                or (_SETS.search(edit.text) or (edit.end < end(one) - 1 and edit.text in _DECLARE))
            ):
                continue
            if moved and not edit.text.strip():
                continue
            if end(one) <= edit.end + 8 and not _SETS.search(told):
                line = scene.text[first : end(one)].split("\n")[0]
                raise Abstain(f"`{line}` would set nothing any more")


_DECLARE = {"const", "let"}
"""Another word at the head of a declaration, which sets what it set."""
_SETTING = (
    *("assignment", "augmented_assignment", "assignment_expression"),
    *("augmented_assignment_expression", "lexical_declaration", "variable_declaration"),
    *("assignment_statement", "short_var_declaration", "local_variable_declaration"),
    *("return_statement", "throw_statement", "raise_statement"),
)
_SETS = re.compile(r"(?<![=!<>])=(?![=>])|:=|^\s*(?:return|throw|raise)\b")


def _refuse_read(scene: Scene, step: StepEdits) -> None:
    """Raise where a member is no longer taken away though code beside it reads or writes it."""
    for path, edit in step.edits:
        taken = re.fullmatch(
            r"\s*(?:del|delete)\s+([^\n;]+?);?\s*", scene.text[edit.start : edit.end]
        )
        if path != scene.path or taken is None:
            continue
        homes = [one for one in of_kinds(scene.root, scene.language.functions)
                 if start(one) <= edit.start < end(one)]  # fmt: skip
        for home in homes[-1:] or [scene.root]:
            if len(same_code(scene, taken[1], home)) > 1:
                raise Abstain(f"`{taken[1]}` stands elsewhere beside it, and would be another")


_PLURAL = re.compile(r"(?:calls|statements|lines|logs|comments|listeners)\b", re.IGNORECASE)


def _refuse_one_of(scene: Scene, clause: Clause, step: StepEdits) -> None:
    """Raise where several statements are to go, by a name, and one of their like stays behind."""
    if not scene.language.script or len(step.edits) != 1 or len(clause.codes) != 1:
        return
    name = re.match(r"[\w$]+(?:\.[\w$]+)*", clause.codes[0].text)
    path, edit = step.edits[0]
    if name is None or path != scene.path or _PLURAL.search(" ".join(clause.object.words)) is None:
        return
    if "," in clause.text or " in " in clause.text:
        return
    rest = scene.text[: edit.start] + edit.text + scene.text[edit.end :]
    if f"{name[0]}(" in rest:
        raise Abstain(f"the text speaks of several, and `{name[0]}` is called elsewhere, too")


def _refuse_taken(scene: Scene, clause: Clause, step: StepEdits) -> None:
    """Raise where something is to be added at an end of the file, and an edit takes code away."""
    if step.operation is not Operation.REPLACE or not clause.has("top", "beginning", "bottom"):
        return
    if any(scene.text[edit.start : edit.end].strip() for path, edit in step.edits
           if path == scene.path):  # fmt: skip
        raise Abstain("what is added there would take the place of code")
