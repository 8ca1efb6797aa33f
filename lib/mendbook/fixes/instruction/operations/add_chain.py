"""Hang a call on an expression: ``.max(500)`` on a field, ``.catch(…)`` on a call."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.pick import narrow, pick
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.places.targets import (
    called,
    hint_words,
    identifiers,
    same_code,
    scopes_in,
)
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.tree.syntax import (
    call_name,
    callee,
    end,
    field,
    inside,
    name_of,
    of_kinds,
    start,
    value_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import quoted_as_here
from mendbook.model import Operation

_TARGETS = ("of", "to", "on", "onto", "in", "for", "behind", "after", "at")
_SCHEMA_ENDS = {"optional", "nullable", "nullish", "default"}


def add_chain(work: Work, clause: Clause) -> StepEdits | None:
    """Append a chained call to what the clause names; None where it names no chained call."""
    chain = next((one for one in clause.codes if one.shape is Shape.CHAIN), None)
    if chain is None or not chain.text.endswith(")"):
        return None
    scene = work.scene
    phrases = [one for one in clause.phrases if one.preposition in _TARGETS]
    if not phrases and chain not in clause.object.codes:  # bound the field a with .max(5)
        phrases = [clause.object]
    if (link := _link(scene, clause)) is not None:
        return _before(scene, link, chain)
    nodes = _expressions(scene, clause, phrases)
    method = chain.text.split("(")[0].lstrip("?.")
    for one in nodes:
        if _OBJECT.match(one.text()) and method in _OF_VALUES:
            raise Abstain(f"a schema of an object has no `{method}`")
        if method in _links(one):
            raise Abstain(f"`{method}` is already called on {_shown(one)}")
        if method in _called_within(one):
            raise Abstain(f"`{method}` is already called on {_shown(one)}")
    code = quoted_as_here(scene, chain.text)
    edits = [insert(_behind(one, method), code) for one in nodes]
    shown = ", ".join(_shown(one) for one in nodes)
    return StepEdits(
        Operation.ADD,
        f"append `{chain.text}` to {shown}",
        edits_in(scene, edits),
        adds=(chain.text,),
    )


_OBJECT = re.compile(r"z\s*\.\s*(?:strictO|looseO|o)bject\(")
_OF_VALUES = frozenset(
    {"email", "url", "uuid", "regex", "trim", "min", "max", "length", "int", "positive"}
    | {"nonnegative", "negative", "nonempty", "datetime", "startsWith", "endsWith", "finite"}
)
"""What a schema of a text, a number or a list is told, and one of an object is not."""


def _link(scene: Scene, clause: Clause) -> SgNode | None:
    """Return the call of a chain that the new one comes before: ``before `.all()` ``."""
    where = clause.behind("before", "ahead of", "in front of", "prior to")
    code = where.code if where is not None else None
    if code is None:
        return None
    name = re.sub(r"\(.*$", "", code.text, flags=re.DOTALL).strip(".?").rpartition(".")[2]
    calls = [
        one
        for one in of_kinds(scene.root, scene.language.calls)
        if call_name(one) == name and field(callee(one) or one, "object") is not None
    ]
    bound = scopes_in(scene, clause)
    return pick(scene, calls, clause, f"`.{name}()`", bound)[0] if calls else None


def _before(scene: Scene, link: SgNode, chain: Fragment) -> StepEdits:
    """Return the edit that hangs ``chain`` on what ``link`` is called on."""
    held = field(callee(link) or link, "object")
    label = field(callee(link) or link, "property", "attribute")
    if held is None or label is None:
        raise Abstain(f"`{link.text()}` is not called on anything")
    method = chain.text.split("(")[0].lstrip("?.")
    if method in _links(held) or method in _called_within(held):
        raise Abstain(f"`{method}` is already called on {_shown(held)}")
    between = scene.text[end(held) : start(label)]
    layout = between[: len(between) - len(between.lstrip())]
    return StepEdits(
        Operation.ADD,
        f"call `{chain.text}` before `.{label.text()}()`",
        edits_in(scene, [insert(end(held), layout + quoted_as_here(scene, chain.text))]),
        adds=(chain.text,),
    )


def _links(node: SgNode) -> set[str]:
    """Return the methods that are called on what ``node`` makes, link by link."""
    methods: set[str] = set()
    for one in node.ancestors():
        label = field(one, "property", "attribute")
        if one.kind() not in {"member_expression", "attribute", "call_expression", "call"}:
            break
        if label is not None:
            methods.add(label.text())
    return methods


def _called_within(node: SgNode) -> set[str]:
    """Return the methods of the chain that ``node`` is; what its arguments call does not count."""
    methods: set[str] = set()
    at: SgNode | None = node
    while at is not None:
        label = field(at, "property", "attribute")
        if label is not None:
            methods.add(label.text())
        at = callee(at) or field(at, "object")
    return methods


def _shown(node: SgNode) -> str:
    text = " ".join(node.text().split())
    return f"`{text[:57] + '…' if len(text) > 58 else text}`"


def _behind(node: SgNode, method: str) -> int:
    """Return where the call is hung: behind the value, but before what must stay last of it.

    A bound that a schema checks does not exist on what ``optional()`` makes of the schema.
    """
    last = node
    while method not in _SCHEMA_ENDS and call_name(last) in _SCHEMA_ENDS:
        target = callee(last)
        inner = target.field("object") if target is not None else None
        if inner is None or inner.kind() != last.kind():
            break
        last = inner
    return end(last)


def _expressions(scene: Scene, clause: Clause, phrases: Sequence[Phrase]) -> list[SgNode]:
    """Return the expressions to hang the call on."""
    names = [
        name
        for phrase in phrases
        for name in [
            *(code.text for code in phrase.codes if code.shape is Shape.NAME),
            *(phrase.spelled if phrase.preposition == "of" else identifiers(phrase, scene)),
        ]
    ]
    fields = [
        value
        for one in of_kinds(
            scene.root, scene.language.pairs | scene.language.assignments | scene.language.fields
        )
        if name_of(one) in names and (value := value_of(one)) is not None
        and value.kind() in scene.language.calls
    ]  # fmt: skip
    bound = scopes_in(scene, clause)
    held = _held_by_named(scene, clause)
    if held:
        return held
    if fields:
        inner = [one for one in fields if any(inside(one, at) for at in bound)] or fields
        if len(set(names)) > 1 and len(inner) == len(names):
            return inner
        return pick(scene, inner, clause, f"the field {names[0]}")
    for phrase in phrases:
        exact = [one for code in phrase.codes for one in same_code(scene, code.text)]
        calls = [one for one in exact if one.kind() in scene.language.calls]
        calls = calls or _spoken_of(scene, phrase)
        if calls:
            inner = [one for one in bound if one.kind() not in scene.language.calls]
            inner = [one for one in inner if any(inside(each, one) for each in calls)]
            return pick(scene, calls, clause, "the call", inner, words=hint_words(clause))
    return pick(scene, _quoted_calls(scene), clause, "the call to append to")


def _held_by_named(scene: Scene, clause: Clause) -> list[SgNode]:
    """Return the field of each object that a text names: *the mail field of both a and b*.

    Nothing where the text names no such objects, or one of them has no such field.
    """
    kinds = scene.language.pairs | scene.language.assignments | scene.language.fields
    declared = [one for one in of_kinds(scene.root, kinds, scene.language) if value_of(one)]
    said = clause.text
    for one in clause.codes:
        said = said.replace(one.text, " ") if one.shape is Shape.CHAIN else said
    told = set(re.findall(r"[A-Za-z_$][\w$]*", said))
    homes = [one for one in declared if name_of(one) in told and one.kind() == _DECLARATOR]
    held: list[SgNode] = []
    for home in homes:
        inner = [
            one
            for one in declared
            if one.kind() in scene.language.pairs
            and name_of(one) in told - {name_of(each) for each in homes}
            and inside(one, home)
        ]
        values = [value for one in inner if (value := value_of(one)) is not None]
        if len(values) != 1 or values[0].kind() not in scene.language.calls:
            return []
        held += values
    return held


_DECLARATOR = "variable_declarator"


def _spoken_of(scene: Scene, phrase: Phrase) -> list[SgNode]:
    """Return the calls that words mean; where the evidence quotes calls, only those of them."""
    calls = called(scene, phrase)
    quoted = [one for one in calls if touches_quote(scene, one)]
    return quoted or ([] if _quoted_calls(scene) and not phrase.codes else calls)


def _quoted_calls(scene: Scene) -> list[SgNode]:
    """Return the outermost calls that the evidence quotes."""
    calls = narrow(scene, of_kinds(scene.root, scene.language.calls))
    return [
        one for one in calls if not any(inside(one, o) and end(o) > end(one) for o in calls)
        and call_name(one)
    ]  # fmt: skip
