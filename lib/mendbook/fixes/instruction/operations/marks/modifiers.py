"""Put a modifier on a declaration: ``readonly``, ``final``, ``static``, ``private``."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.facts.uses import Use, shown, uses_outside
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.operations.java_marks import java_mark
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene, around, begins_in_quote
from mendbook.fixes.instruction.places.targets import identifiers
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import (
    declarations,
    end,
    field,
    inside,
    name_of,
    of_kinds,
    owner_of,
    start,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation


def add_modifier(work: Work, clause: Clause) -> StepEdits | None:
    """Mark a member ``readonly``, ``private``, ``static``, optional …; None where none is named."""
    said = [clause.object, *clause.all_behind("as")]
    words = [word for one in said for word in (*one.words, *(code.text for code in one.codes))]
    wanted = next((one for one in words if one in _MODIFIERS), None)
    if (swapped := _declared_anew(work.scene, clause)) is not None:
        return swapped
    if wanted is None or clause.verb not in {Verb.MARK, Verb.ADD, Verb.DECLARE}:
        return None
    scene = work.scene
    several = [part for one in words for part in one.split() if part in _MODIFIERS]
    if scene.language.name == "java" and len(set(several)) > 1:
        raise Abstain(f"{' and '.join(dict.fromkeys(several))} are asked for, of what is not said")
    phrases = [
        one for one in clause.phrases if one.preposition in {"", "to", "on", "of", "for", "as"}
    ]
    names = [
        name
        for name in [
            *(code.bare for one in phrases for code in one.codes if code.shape is Shape.NAME),
            *(word for one in phrases for word in identifiers(one, scene)),
        ]
        if name not in _MODIFIERS
    ]
    spelled = [word for one in phrases for word in one.spelled if word not in _MODIFIERS]
    kinds = scene.language.fields | scene.language.assignments
    fields = [
        one
        for name in spelled
        for one in declarations(scene.root, name, scene.language)
        if one.kind() in kinds
    ]
    nodes = (
        [one for name in names[:1] for one in declarations(scene.root, name, scene.language)]
        or fields
        or list(scene.scopes)
    )
    nodes = [one for one in nodes if one.kind() not in scene.language.classes]
    if not names and clause.has("field", "property", "attribute"):
        nodes = [
            one
            for one in of_kinds(scene.root, scene.language.fields)
            if begins_in_quote(scene, one)
        ]
    node = pick(scene, nodes, clause, f"the declaration of {names[0] if names else 'it'}")[0]
    edit = marked(scene, node, wanted)
    bare = wanted in _REQUIRED
    return StepEdits(
        Operation.ANNOTATE,
        f"mark {name_of(node)} `{wanted}`",
        edits_in(scene, [edit]),
        adds=() if bare else ("?",) if wanted == "optional" else (wanted,),
        removes=("?",) if bare else (),
    )


def _declared_anew(scene: Scene, clause: Clause) -> StepEdits | None:
    """Return the edit that declares by ``const`` or ``let`` what is declared by another word."""
    code, behind = clause.object.code, clause.behind("with", "by", "to")
    instead = clause.behind("instead of", "rather than")
    old, new = (code, behind.code if behind else None) if instead is None else (instead.code, code)
    if instead is not None and not clause.codes:
        old, new = (
            Fragment(one.words[-1], Shape.NAME) if one.words else None
            for one in (instead, clause.object)
        )
    if old is None or new is None or old.text not in {"var", "let"}:
        return None
    if new.text not in {"const", "let"} or not scene.language.script:
        return None
    told = [one.text for p in clause.all_behind("for", "of", "on", "in") for one in p.codes]
    declarators = [
        one
        for one in of_kinds(scene.root, ("variable_declarator",))
        if (holder := one.parent()) is not None and holder.children()[0].text() == old.text
        and (name_of(one) in told if told else begins_in_quote(scene, holder))
    ]  # fmt: skip
    within = [
        one for home in around(scene) for one in declarators if inside(one, home)
    ] or declarators
    if not within or (told and len(within) != len(told)):
        raise Unplaced(f"which `{old.text}` is meant is not clear")
    marks: dict[int, Edit] = {}
    for one in within:
        if new.text == "const" and _is_written(scene, name_of(one), one):
            raise Abstain(f"{name_of(one)} is written again; it cannot be const")
        holder = one.parent()
        if holder is not None:
            word = holder.children()[0]
            marks[start(word)] = Edit(start(word), end(word), new.text)
    return StepEdits(
        Operation.REPLACE,
        f"declare {', '.join(name_of(one) for one in within)} by `{new.text}`",
        edits_in(scene, marks.values()),
        adds=(new.text,),
        removes=(old.text,),
    )


_REQUIRED = {"required", "mandatory", "non-optional"}
_MODIFIERS = {"readonly", "private", "protected", "public", "static", "optional", "final", "const"}
_MODIFIERS |= _REQUIRED


def marked(scene: Scene, node: SgNode, wanted: str) -> Edit:
    """Return the edit that marks a declaration; raises ``Abstain`` where it may not be."""
    marks = [one.text() for one in node.children() if not one.named_children()]
    if wanted in marks:
        raise Abstain(f"{name_of(node)} is already {wanted}")
    if scene.language.name == "java":
        return java_mark(scene, node, wanted)
    label = field(node, "name", "property", "pattern")
    if label is None:
        raise Abstain("it has no name to mark")
    name = label.text()
    mark = scene.text[end(label) : end(label) + 1] == "?"
    if wanted == "optional" and mark:
        raise Abstain(f"{name} is optional already")
    if wanted == "optional":
        return insert(end(label), "?")
    if wanted in _REQUIRED and not mark:
        raise Abstain(f"{name} is not optional")
    if wanted in _REQUIRED:
        return Edit(end(label), end(label) + 1, "")
    if wanted == "const":
        holder = node.parent()
        word = holder.children()[0] if holder is not None else None
        if word is None or word.text() not in {"let", "var"}:
            raise Abstain(f"{name} is not declared by let or var")
        if _is_written(scene, name, node):
            raise Abstain(f"{name} is written again; it cannot be const")
        return Edit(start(word), end(word), "const")
    if not scene.language.script:
        raise Abstain(f"{wanted} is not written in this language")
    if wanted == "readonly" and _is_written(scene, name, node):
        raise Abstain(f"{name} is written again; it cannot be readonly")
    if wanted in {"private", "protected", "public"}:
        old = next((one for one in node.children() if one.kind() == "accessibility_modifier"), None)
        if wanted == "private":
            outside = list(outside_class(scene, node))
            if outside:
                raise Abstain(f"{name} is used at {shown(outside)}; it cannot be private")
        if old is not None:
            return Edit(start(old), end(old), wanted)
        return insert(start(node), f"{wanted} ")
    return insert(start(label), f"{wanted} ")


def outside_class(scene: Scene, node: SgNode) -> list[Use]:
    """Return the uses of a member that stand outside its class."""
    owner = owner_of(node, scene.language)
    uses = uses_outside(scene.task, scene, node, name_of(node))
    return [
        one
        for one in uses
        if one.path != scene.path
        or one.node is None
        or owner is None
        or not inside(one.node, owner)
    ]


def _is_written(scene: Scene, name: str, node: SgNode) -> bool:
    written = re.compile(
        rf"(?<![\w$])(?<!const )(?<!let )(?<!var ){re.escape(name)}"
        r"\s*(?:[-+*/%&|^]|\*\*|\?\?|\|\||&&)?=(?![=>])"
        rf"|(?<![\w$]){re.escape(name)}(?:\+\+|--)|(?:\+\+|--)(?:this\.)?{re.escape(name)}\b"
    )
    rest = scene.text[: start(node)] + " " * (end(node) - start(node)) + scene.text[end(node) :]
    methods = of_kinds(scene.root, ("method_definition",))
    for one in methods:
        if name_of(one) == "constructor":
            rest = rest[: start(one)] + " " * (end(one) - start(one)) + rest[end(one) :]
    return written.search(rest) is not None
