"""Marks of what the quoted code declares: decorators, ``private readonly``, ``const``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, insert, line_start
from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.operations.marks.modifiers import outside_class
from mendbook.fixes.instruction.places.scene import begins_in_quote, touches_quote
from mendbook.fixes.instruction.tree.syntax import (
    end,
    field,
    function_around,
    name_of,
    of_kinds,
    start,
)
from mendbook.model import Operation

_MEMBERS = ("public_field_definition", "method_definition")
_NOUNS = {
    "public_field_definition": re.compile(r"\b(?:field|property|column)\b", re.IGNORECASE),
    "method_definition": re.compile(r"\b(?:handler|route|method|endpoint)\b", re.IGNORECASE),
}
_SEVERAL = re.compile(
    r"\b(?:fields|properties|columns|handlers|routes|methods|endpoints|members)\b", re.IGNORECASE
)
_MARKS = ("private", "protected", "readonly")
_MARK = re.compile(rf"(?<![\w$-])(?:{'|'.join(_MARKS)})\b")
_CONST = re.compile(r"(?<![\w$])const(?:ant)?\b")
_DECORATOR = re.compile(r"@[A-Za-z_$][\w$.]*(?:\(.*\))?", re.DOTALL)


def decorated(told: Told) -> Iterator[Made]:
    """Yield the decorator on the one quoted member that is named, below those that it has."""
    new = [at for at in told.new() if told.codes[at].shape is Shape.DECORATOR]
    if len(new) != 1 or told.new() != new or told.given_up():
        return
    mark = told.codes[new[0]].text
    chosen = _meant(told)
    if len(chosen) != 1 or not _DECORATOR.fullmatch(mark):
        return
    member = chosen[0]
    marks = _decorators(member)
    head = re.match(r"@[\w$.]+", mark)
    if head is None or any(re.match(rf"{re.escape(head[0])}\b", one.text()) for one in marks):
        return
    above = [
        one
        for one in marks
        if re.search(
            rf"\b(?:below|beneath|after|under|behind)\b[^.;]*{re.escape(one.text().split('(')[0])}",
            told.spelled,
        )
    ]
    own = _below(told, member) if not above else above[-1]
    at = end(own) if own is not None else -1
    lead = indent(told.scene.text, start(marks[0] if marks else member))
    edit = (
        insert(at, f"\n{lead}{mark}")
        if at >= 0
        else insert(line_start(told.scene.text, start(member)), f"{lead}{mark}\n")
    )
    uses = [
        *new,
        *(at for at in told.numbers() if any(one.text() == told.codes[at].text for one in marks)),
    ]
    yield made(
        told,
        uses,
        Operation.ANNOTATE,
        f"decorate {name_of(member)} with `{mark}`",
        [edit],
        adds=(mark,),
    )


def _meant(told: Told) -> list[SgNode]:
    """Return the members that the text names, wherever they stand; else those that are quoted.

    *The handlers* are no fields, and more than the one that is quoted.
    """
    members = of_kinds(told.scene.root, _MEMBERS)
    if named := [one for one in members if told.spoken(name_of(one))]:
        return named
    if _SEVERAL.search(told.words) is not None:
        return []
    kinds = {kind for kind, form in _NOUNS.items() if form.search(told.words)}
    return [
        one
        for one in members
        if (not kinds or one.kind() in kinds)
        and (
            touches_quote(told.scene, one)
            or any(touches_quote(told.scene, each) for each in _decorators(one))
        )
    ]


def _decorators(member: SgNode) -> list[SgNode]:
    """Return the decorators of a member: its own children, or what stands right above it."""
    found = [one for one in member.children() if one.kind() == "decorator"]
    above = member.prev()
    while above is not None and above.kind() == "decorator":
        found.insert(0, above)
        above = above.prev()
    return found


def _below(told: Told, member: SgNode) -> SgNode | None:
    """Return the last decorator of a member where each stands on a line of its own."""
    marks = _decorators(member)
    if not marks:
        return None
    text = told.scene.text
    apart = all(text[end(one) : end(one) + 1] == "\n" for one in marks)
    return marks[-1] if apart else None


def made_private(told: Told) -> Iterator[Made]:
    """Yield ``private``, ``readonly`` before the one quoted field: *zone is private readonly*."""
    wanted = [one for one in _MARKS if re.search(rf"(?<![\w$-]){one}\b", told.spelled)]
    if not wanted or told.scene.language.name == "javascript" or not told.notes(_MARK):
        return
    fields = [
        one
        for one in of_kinds(told.scene.root, ("public_field_definition",))
        if begins_in_quote(told.scene, one) and not _is_marked(one, wanted)
    ]
    named = [one for one in fields if told.spoken(_name(one))]
    if len(named) != 1 or named[0].kind() != "public_field_definition":
        return
    node, name = named[0], _name(named[0])
    allowed = {*wanted, name}
    for at in told.new():
        words = set(re.findall(r"[A-Za-z_$][\w$]*", told.codes[at].text))
        if not words <= allowed | set(re.findall(r"[A-Za-z_$][\w$]*", node.text())):
            return
    if "private" in wanted and outside_class(told.scene, node):
        return
    if "readonly" in wanted and _is_written(told, name):
        return
    text = node.text()
    had = [one for one in _MARKS if re.match(rf"(?:\w+\s+)*{one}\b", text)]
    if set(had) & {"private", "protected"} & set(wanted):
        return
    lead = " ".join(one for one in _MARKS if one in wanted)
    edit = insert(start(node), f"{lead} ")
    yield made(
        told, told.numbers(), Operation.ANNOTATE, f"make {name} {lead}", [edit], adds=(lead,)
    )


def _name(node: SgNode) -> str:
    pattern = node.field("pattern")
    return pattern.text() if pattern is not None else name_of(node)


def _is_marked(node: SgNode, wanted: list[str]) -> bool:
    head = node.text().split(_name(node))[0]
    return all(re.search(rf"\b{one}\b", head) for one in wanted)


def _is_written(told: Told, name: str) -> bool:
    """Tell whether a field is assigned outside the constructor."""
    for one in of_kinds(
        told.scene.root,
        ("assignment_expression", "augmented_assignment_expression", "update_expression"),
    ):
        target = field(one, "left", "argument")
        if target is None or target.text() != f"this.{name}":
            continue
        home = function_around(one, told.scene.language)
        if home is None or name_of(home) != "constructor":
            return True
    return False


def const_for_let(told: Told) -> Iterator[Made]:
    """Yield ``const`` for the ``let`` or ``var`` of one quoted name that is assigned once."""
    whole = told.spelled
    if _CONST.search(whole) is None or told.has("type") or not told.notes(_CONST):
        return
    found = []
    for one in told.nodes(("lexical_declaration", "variable_declaration")):
        head = re.match(r"(let|var)\b", one.text())
        inner = [each for each in one.named_children() if each.kind() == "variable_declarator"]
        if (
            head is not None
            and len(inner) == 1
            and (
                told.spoken(name_of(inner[0]))
                or re.search(rf"\b{re.escape(name_of(inner[0]))}\b", whole)
            )
        ):
            found.append((one, head[1], inner[0]))
    if len(found) != 1:
        return
    node, word, declared = found[0]
    name = name_of(declared)
    allowed = set(re.findall(r"[A-Za-z_$][\w$]*", node.text())) | {"const", word}
    if any(
        not set(re.findall(r"[A-Za-z_$][\w$]*", told.codes[at].text)) <= allowed
        for at in told.new()
    ):
        return
    home = function_around(node, told.scene.language) or told.scene.root
    if declared.field("value") is None or _is_assigned(home, name):
        return
    edit = Edit(start(node), start(node) + len(word), "const")
    yield made(
        told,
        told.numbers(),
        Operation.REPLACE,
        f"declare {name} by const",
        [edit],
        adds=("const",),
        removes=(f"{word} {name}",),
    )


def _is_assigned(home: SgNode, name: str) -> bool:
    kinds = ("assignment_expression", "augmented_assignment_expression", "update_expression")
    for one in of_kinds(home, kinds):
        target = field(one, "left", "argument")
        if target is not None and name in re.findall(
            r"(?<![.\w$])[A-Za-z_$][\w$]*(?![\w$]*[.\[(])", target.text()
        ):
            return True
    return False
