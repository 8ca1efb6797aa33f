"""Declare a type: of what a function returns, of a parameter, a variable or a field."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import (
    Scene,
    around,
    begins_in_quote,
    function_of,
)
from mendbook.fixes.instruction.places.targets import identifiers, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import (
    declarations,
    end,
    field,
    name_of,
    of_kinds,
    parameter_name,
    parameters,
    squeezed,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_ARROW = re.compile(r"->\s*`?([\w.]+(?:\[[\w.\[\], |]*\])?(?:\s*\|\s*[\w.]+)*)`?")
_VERBS = {Verb.DECLARE, Verb.ADD, Verb.SET, Verb.REPLACE, Verb.USE, Verb.MARK, Verb.RETURN}


def declare_type(work: Work, clause: Clause) -> StepEdits | None:
    """Write a type that the text gives; None where it speaks of none."""
    spoken = clause.has("type", "annotation", "typed", "hint", "annotate") or (
        clause.verb is Verb.DECLARE
    )
    arrow = next((one for one in clause.codes if re.match(r"->", one.text)), None)
    arrow_word = _ARROW.search(clause.text)
    if not (spoken or arrow or arrow_word) or clause.verb not in _VERBS:
        return None
    scene = work.scene
    if not (scene.language.python or scene.language.name in {"typescript", "tsx"}):
        return None
    if clause.has("return", "returns") or arrow is not None or arrow_word is not None:
        return _return_type(scene, clause)
    return _of_name(scene, clause)


def _type(clause: Clause, known: set[str]) -> str:
    """Return the type that the clause gives: the last code that names no declaration."""
    arrow = _ARROW.search(clause.text)
    if arrow is not None:
        return arrow[1].strip()
    for preposition in (":", "as", "(", "to", "with", "of", ""):
        for phrase in reversed(clause.all_behind(preposition)):
            for one in reversed(phrase.codes):
                if one.text not in known and one.shape in {Shape.NAME, Shape.CODE}:
                    return re.sub(r"^(?:->|:)\s*", "", one.text)
            for word in phrase.spelled:
                if word in _PLAIN or (re.fullmatch(r"[A-Z]\w+", word) and preposition):
                    return word
    raise Unplaced("the type is not said")


_PLAIN = {
    "string", "number", "boolean", "unknown", "void", "bigint", "str", "int", "float", "bool",
    "bytes", "None", "never",
}  # fmt: skip


def _return_type(scene: Scene, clause: Clause) -> StepEdits:
    named = [function_of(one, scene.language) for one in scopes_in(scene, clause)]
    functions = [one for one in named if one is not None]
    function = pick(scene, functions or around(scene), clause, "the function")[0]
    title = name_of(function) or name_of(function.parent() or function)
    told = _type(clause, {title, *(one.text for p in clause.all_behind("for") for one in p.codes)})
    mark = "-> " if scene.language.python else ": "
    old = function.field("return_type")
    if old is not None:
        if squeezed(old.text()).lstrip(":") == squeezed(told):
            raise Abstain(f"{title} already returns {told}")
        text = told if scene.language.python else f": {told}"
        edit = replaced(old, text)
    else:
        listed = function.field("parameters")
        if listed is None:
            raise Abstain(f"{title} has no list of parameters to type behind")
        edit = insert(end(listed), f" {mark}{told}" if scene.language.python else f": {told}")
    return StepEdits(
        Operation.ANNOTATE,
        f"declare that {title} returns `{told}`",
        edits_in(scene, [edit]),
        adds=(told,),
    )


def _of_name(scene: Scene, clause: Clause) -> StepEdits | None:
    phrases = [
        one for one in clause.phrases if one.preposition in {"", "of", "on", "for", "to", "from"}
    ]
    names = [
        name
        for one in phrases
        for name in [*(code.text for code in one.codes if code.shape is Shape.NAME),
                     *identifiers(one, scene)]
    ]  # fmt: skip
    declared: list[SgNode] = []
    for name in names:
        declared = [
            one
            for one in declarations(scene.root, name, scene.language)
            if one.kind() in scene.language.assignments | scene.language.fields
        ]
        for function in of_kinds(scene.root, scene.language.functions):
            declared += [one for one in parameters(function) if parameter_name(one) == name]
        if declared:
            break
    if not declared and clause.object.has("parameter", "argument", "param"):
        declared, names = _quoted_parameter(scene)
    if not declared:
        return None
    node = pick(scene, declared, clause, names[0], scopes_in(scene, clause))[0]
    told = _type(clause, set(names[:1]))
    edit = _typed(scene, node, told)
    return StepEdits(
        Operation.ANNOTATE,
        f"type {names[0]} as `{told}`",
        edits_in(scene, [edit]),
        adds=(told,),
    )


def _quoted_parameter(scene: Scene) -> tuple[list[SgNode], list[str]]:
    """Return the one parameter without a type of the function whose head the evidence quotes."""
    nodes = [
        one
        for function in of_kinds(scene.root, scene.language.functions)
        for one in parameters(function)
        if begins_in_quote(scene, one)
        and one.field("type") is None
        and parameter_name(one) not in {"self", "cls"}
    ]
    return (nodes, [parameter_name(nodes[0])]) if len(nodes) == 1 else ([], [])


def _typed(scene: Scene, node: SgNode, told: str) -> Edit:
    old = node.field("type")
    if old is not None:
        if squeezed(old.text()).lstrip(":") == squeezed(told):
            raise Abstain(f"it is already typed {told}")
        return replaced(old, told if scene.language.python else f": {told}")
    label = field(node, "name", "pattern", "left", "property") or node
    return insert(end(label), f": {told}")
