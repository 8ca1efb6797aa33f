"""Put one piece of code in the place of another: an expression, a call, a literal, a type."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.names.host import is_global
from mendbook.fixes.instruction.operations.alike.loops import loops_over
from mendbook.fixes.instruction.operations.elided import filled
from mendbook.fixes.instruction.operations.replace.calls import call_of_owner
from mendbook.fixes.instruction.operations.replace.except_clause import caught_kinds, except_edit
from mendbook.fixes.instruction.operations.replace.like import like_edits
from mendbook.fixes.instruction.operations.replace.named import edits_of_named
from mendbook.fixes.instruction.operations.replace.operand import refuse_around
from mendbook.fixes.instruction.operations.replace.sides import MAGIC, WITH, sides_of
from mendbook.fixes.instruction.operations.replace.values import bound_by, flat, is_complete
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.places.targets import fragment_tokens, identifiers, same_code
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import of_kinds, squeezed
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in, named_file
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced
from mendbook.fixes.instruction.writing.go_returns import among_returned
from mendbook.fixes.instruction.writing.helper import inlined_in
from mendbook.fixes.instruction.writing.module_level import declare_edits
from mendbook.model import Operation


def replace_code(work: Work, clause: Clause) -> StepEdits | None:
    """Replace the code that the text names by the code that it gives; None where it gives none."""
    new, old = sides_of(clause)
    scene = work.scene
    behind = clause.behind(*WITH)
    told_from = clause.behind("from") is not None
    plain_to = behind is not None and not behind.codes and not told_from
    if new is None and clause.verb is Verb.REPLACE and behind is not None and plain_to:
        plain = [one for one in behind.spelled if one not in {"the", "a"}]
        before = identifiers(clause.object, scene)
        if len(plain) == 1 and len(before) == 1 and not clause.object.codes:
            new = Fragment(plain[0], Shape.NAME)
            old = Phrase("", (), (Fragment(before[0], Shape.NAME),))
        elif len(plain) == 1 and _is_literal(clause.object) and scene.knows(plain[0]):
            new, old = Fragment(plain[0], Shape.NAME), clause.object
    if new is None and clause.verb is Verb.USE and not clause.object.codes:
        helper = re.search(
            r"\b([A-Za-z_]\w+) (?:helper|function|utility|constant)\b",
            " ".join(clause.object.spelled),
        )
        words = [helper[1]] if helper else identifiers(clause.object, scene)
        standard = [one for one in clause.object.spelled if one in _STANDARD]
        words = words or (standard if scene.language.script and old is not None else [])
        new = Fragment(words[0], Shape.NAME) if len(words) == 1 else None
    if new is None and clause.verb is Verb.CATCH and scene.language.python:
        kinds = caught_kinds(clause)
        new = Fragment(f"except {kinds}", Shape.STATEMENT) if kinds else None
    if new is None or (clause.verb is Verb.RETURN and old is None and not _returns(scene)):
        return None
    if new.shape in {Shape.OPERATOR, Shape.PAIR, Shape.LINES, Shape.PATH, Shape.DECORATOR}:
        return None
    if new.shape is Shape.STATEMENT and not re.match(r"(?:except|return|throw|raise)\b", new.text):
        return None
    if new.text.startswith("except"):
        return except_edit(scene, clause, new)
    if (concrete := filled(scene, new, old.code if old is not None else None)) is not None:
        new, old = concrete[0], Phrase("", (), (concrete[1],))
    modules = _modules(work, clause, new)
    declared = _declared(scene, clause)
    if new.shape is not Shape.NAME and clause.object.has(*_KEPT_ONCE):
        raise Abstain(f"where `{new.text}` is to be made is not said")
    said = old is not None and (old.codes or identifiers(old, scene) or old.has(*MAGIC, "loop"))
    if old is not None and not old.codes and set(old.words) <= _POINTING and is_complete(new):
        old = None
    empty = _HELPER.fullmatch(new.text) is not None
    if (
        empty
        and not said
        and (kin := call_of_owner(scene, clause, new, bound_by(scene, clause, clause.codes)))
        is not None
    ):
        edits, gone = kin
    elif empty and not said and not _is_of_others(scene, new.bare):
        node, call = inlined_in(work, new.bare, named_file(work, clause))
        edits, gone = [replaced(node, call)], f"`{flat(node)}`"
    elif old is not None and (said or clause.verb is Verb.REPLACE):
        edits, gone = edits_of_named(work, clause, new, old)
    else:
        edits, gone = like_edits(work, clause, new)
        refuse_around(scene, new.text, edits)
    edits = [among_returned(scene, one, new.text) for one in edits]
    edits = [_without_second_mark(scene, one) for one in edits]
    _refuse_doubled(scene, clause, edits)
    _refuse_half(scene, clause, new, edits)
    if old is None or old.code is None:
        _refuse_lost(scene, new, edits)
    for edit in edits:
        if over := loops_over(scene, edit, new.text):
            raise Abstain(f"a loop goes over `{over}` there; the whole of it is to go")
    adds: tuple[str, ...] = (new.bare,) if empty else (new.text,)
    if any(one.text == new.text for one in edits):
        adds = (new.text,)
    removes: tuple[str, ...] = ()
    if said and old is not None and old.code is not None:
        adds, removes = claims(scene, old.code.text, new, adds)
    return StepEdits(
        Operation.REPLACE,
        f"replace {gone} by `{new.text}`",
        edits_in(scene, [*edits, *declared]),
        adds=adds,
        removes=removes,
        modules=modules,
    )


def _is_literal(phrase: Phrase) -> bool:
    return len(phrase.codes) == 1 and phrase.codes[0].shape in {Shape.TEXT, Shape.NUMBER}


_KEPT_ONCE = ("module-level", "shared", "reused", "long-lived", "pooled", "persistent", "singleton")
"""What is made once and used again elsewhere, so that no expression is replaced by it."""
_STANDARD = frozenset(
    ["includes", "some", "every", "find", "findLast", "filter", "flatMap", "slice", "substring",
     "startsWith", "endsWith", "replaceAll", "trimStart", "trimEnd", "toSorted", "structuredClone",
     "queueMicrotask", "setTimeout", "setInterval", "matchAll"]
)  # fmt: skip
"""Functions and methods of the language whose names are words as well."""
_SHOWN = 40
"""Characters of code that a refusal quotes."""
_POINTING = {"it", "this", "that", "the", "quoted", "code", "expression", "value", "whole"}
"""Words that only point at what the evidence has."""
_HELPER = re.compile(r"(?:await\s+)?[\w$.?#]+\s*\(\)")
"""A call that is named by its brackets alone: what it is handed, the place tells."""


def _refuse_half(scene: Scene, clause: Clause, new: Fragment, edits: Sequence[Edit]) -> None:
    """Refuse a number for a whole statement, and a call without what is to come along with it."""
    for edit in edits:
        gone = scene.text[edit.start : edit.end].strip()
        if new.shape is Shape.NUMBER and gone.endswith(")") and not _ends_within(scene, edit):
            raise Abstain(f"`{new.text}` is no statement in the place of `{flat_text(gone)}`")
    along = [one for each in clause.all_behind("with") for one in each.codes]
    told = clause.verb is Verb.USE and any(
        each.has("deferred") for each in clause.all_behind("with")
    )
    left = [one.text for one in along if told and not any(one.bare in each.text for each in edits)]
    if left:
        raise Abstain(f"`{left[0]}` is to come along with `{new.text}`")


def _ends_within(scene: Scene, edit: Edit) -> bool:
    """Tell whether other code stands on the line of ``edit``, so that it is no whole statement."""
    before = scene.text[: edit.start].rpartition("\n")[2].strip()
    behind = scene.text[edit.end :].partition("\n")[0].strip(" ;\t\r")
    return bool(before or behind)


def flat_text(text: str) -> str:
    """Return ``text`` on one line, cut short."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 1]}…"


def _is_of_others(scene: Scene, name: str) -> bool:
    """Tell whether a call is one of a global object, which no helper of the project stands for."""
    root, _, method = name.partition(".")
    return bool(method) and not scene.knows(root) and is_global(root, scene.language)


def _without_second_mark(scene: Scene, edit: Edit) -> Edit:
    """Leave out the semicolon of new code where one stands behind its place."""
    ended = edit.text.endswith(";") and scene.text[edit.end : edit.end + 1] == ";"
    return Edit(edit.start, edit.end, edit.text[:-1]) if ended else edit


def _refuse_doubled(scene: Scene, clause: Clause, edits: Sequence[Edit]) -> None:
    """Raise ``Abstain`` where a method that is called on the place is in the new code, or named."""
    for edit in edits:
        behind = re.match(r"\.(\w+)\(", scene.text[edit.end :])
        if behind is not None and behind[1] in clause.object.words:
            raise Abstain(f"`.{behind[1]}()` is called on its place; more of it is to go")
        last = re.search(r"\.(\w+)\([^()]*\)$", edit.text)
        if last is not None and re.match(rf"\.{last[1]}\(", scene.text[edit.end :]):
            raise Abstain(f"`.{last[1]}()` is called on its place already; more of it is to go")


def _refuse_lost(scene: Scene, new: Fragment, edits: Sequence[Edit]) -> None:
    """Raise ``Abstain`` where a call that checks something would come in the place of other code.

    *Check name: requireNonNull(name)* asks for a step more, not for ``name.trim()`` to go.
    """
    if not _CHECKS.match(new.bare.rpartition(".")[2]) or not new.text.endswith(")"):
        return
    for edit in edits:
        old = scene.text[edit.start : edit.end]
        if "(" in old and squeezed(old) not in squeezed(new.text):
            raise Unplaced(f"where `{new.text}` goes is not said")


_CHECKS = re.compile(r"_*(?:check|validate|verify|ensure|assert|require)", re.IGNORECASE)


def claims(
    scene: Scene, old: str, new: Fragment, adds: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what must come and go; code that is a part of what it replaces only makes that go."""
    before, after = (fragment_tokens(one, scene.language) for one in (old, new.text))
    size = len(after)
    holds = any(before[at : at + size] == after for at in range(len(before) - size + 1))
    return ((), (old,)) if holds and size else (adds, ())


def _returns(scene: Scene) -> bool:
    """Tell whether the evidence quotes one return."""
    returns = [
        one for one in of_kinds(scene.root, ("return_statement",))
        if begins_in_quote(scene, one)
    ]  # fmt: skip
    return len(returns) == 1


def _modules(work: Work, clause: Clause, new: Fragment) -> dict[str, str]:
    """Return where the text says the new code's name comes from."""
    root = re.match(r"(?:await\s+|new\s+)?([A-Za-z_$][\w$]*)", new.text)
    if root is None or is_global(root[1], work.scene.language):
        return {}
    for phrase in clause.all_behind("from", "(", "in"):
        for code in phrase.codes:
            path = work.file(code.text) if code.shape is Shape.PATH else None
            if path is not None and path != work.scene.path:
                return {root[1]: path}
            named = code.shape is Shape.NAME and not same_code(work.scene, code.text)
            if phrase.preposition == "from" and named:
                return {root[1]: code.text}
            if phrase.preposition == "from" and code.shape is Shape.TEXT:
                return {root[1]: code.text.strip("'\"")}
    return {}


def _declared(scene: Scene, clause: Clause) -> list[Edit]:
    """Return the module-level declaration that the text gives in brackets, where it is missing."""
    for phrase in clause.all_behind("("):
        for code in phrase.codes:
            if code.shape is Shape.ASSIGNMENT and code.key and not scene.knows(code.key):
                return declare_edits(scene, quoted_as_here(scene, code.text))
    return []
