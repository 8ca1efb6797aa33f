"""Put a decorator or a doc comment's tag on a declaration."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, insert, line_end, line_start
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.facts.together import is_signature, together
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.places.targets import first_named
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import (
    declarations,
    end,
    line,
    name_of,
    of_kinds,
    squeezed,
    start,
    whole,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation

_UNDER = ("below", "beneath")
_ON = ("to", "on", "above", "for", "of", "with", "in")


def add_decorator(work: Work, clause: Clause) -> StepEdits | None:
    """Decorate the declaration that the clause names; None where no decorator is named."""
    under = clause.behind(*_UNDER)
    beneath = [one for one in under.codes if one.shape is Shape.DECORATOR] if under else []
    decorators = [
        one for one in clause.codes if one.shape is Shape.DECORATOR and one not in beneath
    ]
    given = clause.object.codes
    pairs = any(one.shape in {Shape.PAIR, Shape.CODE} for one in given)
    if len(decorators) != 1 or (pairs and decorators[0] not in given):
        return None
    scene, mark = work.scene, decorators[0]
    declared = _declaration(scene, clause)
    outer = whole(declared)
    name = re.match(r"@[\w.]+", mark.text)
    marks = " ".join(one.text() for one in declared.children() if one.kind() == "modifiers")
    if name and re.search(rf"{re.escape(name[0])}\b", f"{_head(scene, outer, declared)} {marks}"):
        raise Abstain(f"{name_of(declared)} already has {name[0]}")
    if scene.language.python:
        at = start(declared)
        lead = indent(scene.text, at)
        edit = insert(line_start(scene.text, at), f"{lead}{mark.text}\n")
    else:
        lead = indent(scene.text, start(outer))
        first = _after(scene, outer, beneath) if beneath else start(outer)
        edit = insert(line_start(scene.text, first), f"{lead}{mark.text}\n")
    return StepEdits(
        Operation.ANNOTATE,
        f"decorate {name_of(declared)} with `{mark.text}`",
        edits_in(scene, [edit]),
        adds=(mark.text,),
    )


def _after(scene: Scene, outer: SgNode, beneath: Sequence[Fragment]) -> int:
    """Return the start of the line below the annotation that the text names, on its own line."""
    marks = [
        one
        for each in outer.children()
        if each.kind() == "modifiers"
        for one in each.children()
        if any(squeezed(one.text()) == squeezed(named.text) for named in beneath)
    ]
    at = line_end(scene.text, end(marks[0])) if len(marks) == 1 else -1
    if at < 0 or at >= end(outer) or scene.text[end(marks[0]) : at].strip():
        raise Unplaced(f"{beneath[0].text} does not stand above it on a line of its own")
    return at


def _head(scene: Scene, outer: SgNode, declared: SgNode) -> str:
    marks = []
    above = outer.prev()
    while above is not None and above.kind() == "decorator":
        marks.append(above.text())
        above = above.prev()
    inner = [one.text() for one in declared.children() if one.kind() == "decorator"]
    return "\n".join([*marks, *inner, scene.text[start(outer) : start(declared)]])


def add_tag(work: Work, clause: Clause) -> StepEdits | None:
    """Write a doc comment's tag on a declaration: ``@deprecated …``; None where none is named."""
    tags = [one for one in clause.codes if one.shape is Shape.TAG]
    text = tags[0].text if tags else ""
    if not tags and (clause.word == "deprecate" or clause.has("deprecated", "@deprecated")):
        text = "@deprecated"
        instead = clause.behind("in favour of", "in favor of")
        if instead is not None and instead.code is not None:
            text += f" Use {instead.code.text} instead."
        elif (using := re.search(r"[:,]\s*([Uu]se\s+.+)$", clause.text)) is not None:
            text += f" {using[1]}"
    if not text or (not tags and clause.verb not in {Verb.MARK, Verb.ADD, Verb.DOCUMENT}):
        return None
    scene = work.scene
    if not scene.language.script:
        raise Abstain("a tag in a doc comment is written for TypeScript and JavaScript only")
    declared = _declaration(scene, clause)
    return StepEdits(
        Operation.ANNOTATE,
        f"mark {name_of(declared)} as `{text}`",
        edits_in(scene, [_tagged(scene, one, text) for one in _seen(scene, declared)]),
    )


def _seen(scene: Scene, declared: SgNode) -> list[SgNode]:
    """Return what callers see of a declaration: its overloads' signatures, or all of its name."""
    several = together(scene, declared)
    return [one for one in several if is_signature(one)] or several


def _tagged(scene: Scene, outer: SgNode, text: str) -> Edit:
    lead = indent(scene.text, start(outer))
    above = outer.prev()
    while above is not None and above.kind() == "decorator":
        above = above.prev()
    if above is not None and above.kind() == "comment" and above.text().startswith("/**"):
        if text.split()[0] in above.text():
            raise Abstain(f"it already has a {text.split()[0]} tag")
        inner = above.text()[3:-2].strip()
        if "\n" in above.text():
            tail = re.compile(r"\n?[ \t]*\*/$").search(above.text())
            at = start(above) + (tail.start() if tail else len(above.text()) - 2)
            return Edit(at, end(above), f"\n{lead} * {text}\n{lead} */")
        body = f"/**\n{lead} * {inner}\n{lead} *\n{lead} * {text}\n{lead} */"
        return Edit(start(above), end(above), body)
    first = outer
    before = outer.prev()
    while before is not None and before.kind() == "decorator":
        first, before = before, before.prev()
    return insert(line_start(scene.text, start(first)), f"{lead}/** {text} */\n")


def _declaration(scene: Scene, clause: Clause) -> SgNode:
    """Return the one declaration that the clause, else the finding, names."""
    phrases = [one for one in clause.phrases if one.preposition in _ON]
    if clause.verb in {Verb.MARK, Verb.DOCUMENT} or clause.word in {"decorate", "annotate"}:
        phrases = [clause.object, *phrases]
    names = [
        code.bare for one in phrases for code in one.codes
        if code.shape in {Shape.NAME, Shape.CODE}
    ] or first_named(scene, phrases)  # fmt: skip
    if not names and re.search(r"\bthe (?:field|property|column)\b", clause.text):
        names = _quoted_fields(scene)
    kinds = (
        scene.language.functions
        | scene.language.classes
        | scene.language.types
        | scene.language.assignments
        | scene.language.fields
    )
    for name in names:
        declared = [
            one for one in declarations(scene.root, name, scene.language) if one.kind() in kinds
        ]
        if len(declared) > 1:
            near = [one for one in declared if any(start(one) == start(s) for s in scene.scopes)]
            declared = near or declared
        if len(declared) == 1:
            return declared[0]
        if declared:
            listed = ", ".join(f"{scene.path}:{line(one)}" for one in declared)
            raise Abstain(f"{name} is declared at several places ({listed})")
    if not names and len(scene.scopes) == 1:
        if inner := _member_spoken_of(scene, scene.scopes[0], clause):
            raise Unplaced(f"the text speaks of {inner}, and not of {name_of(scene.scopes[0])}")
        return scene.scopes[0]
    raise Abstain("what is to be marked is not declared here")


_INNER = re.compile(
    r"\b(?:handlers?|routes?|methods?|fields?|propert(?:y|ies)|columns?|members?|endpoints?"
    r"|parameters?|arguments?)\b",
    re.IGNORECASE,
)
"""What a class has inside, and is not itself."""


def _member_spoken_of(scene: Scene, owner: SgNode, clause: Clause) -> str:
    """Return what the text names inside a class: a member, or its kind; nothing where it does not.

    The finding's symbol is a class often where one of its members is meant.
    """
    if owner.kind() not in scene.language.classes:
        return ""
    bare = re.sub(r"`[^`]*`|@[\w.]+(?:\([^()]*\))?", " ", scene.task.finding.fix)
    for code in clause.codes:
        bare = bare.replace(code.text, " ")
    kinds = scene.language.fields | scene.language.functions
    names = {name_of(one) for one in of_kinds(owner, kinds, scene.language)} - {""}
    spoken = next((one for one in re.findall(r"[A-Za-z_$][\w$]*", bare) if one in names), "")
    if spoken:
        return spoken
    kind = _INNER.search(bare)
    return kind[0] if kind is not None else ""


def _quoted_fields(scene: Scene) -> list[str]:
    """Return the names of the fields that the evidence quotes."""
    kinds = scene.language.fields | scene.language.assignments
    fields = (one for one in of_kinds(scene.root, kinds) if begins_in_quote(scene, one))
    return list(dict.fromkeys(name for one in fields if (name := name_of(one))))
