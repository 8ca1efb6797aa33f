"""Modifiers for several members at once, and one value for a type and for a list of its values."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.operations.marks.modifiers import marked
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.wording import (
    CODE,
    JOINT,
    NAME,
    OUGHT,
    listed,
    named,
    pointed,
)
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.tree.syntax import (
    declarations,
    end,
    name_of,
    of_kinds,
    string_of,
    value_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import add_item, quoted_as_here
from mendbook.model import Operation

_MODIFIER = rf"(?P<m{{0}}>readonly|private|protected|static|optional|{CODE})"
_LIST = (
    rf"(?P<l{{0}}>(?:both )?{NAME}(?:{JOINT}{NAME})+|"
    r"(?:both|all|all three|two) (?:fields|properties|members))"
)
_HOME = rf"(?: (?:of|in|on) (?P<h{{0}}>{NAME})(?: (?:class|interface|type))?)?"
_NOUN = r"(?: (?:fields|properties|members|both|all))?"
_MARK = re.compile(
    rf"(?:mark|make|declare|set|keep) {_LIST.format(1)}{_NOUN}{_HOME.format(1)} (?:as"
    rf" )?{_MODIFIER.format(1)}"
    rf"|{_LIST.format(2)}{_NOUN}{_HOME.format(2)} {OUGHT} be (?:marked |declared |made )?(?:as"
    rf" )?{_MODIFIER.format(2)}"
    rf"|(?:add |put |use )?{_MODIFIER.format(3)}(?: modifier| keyword)? (?:to|on|for)"
    rf" {_LIST.format(3)}{_NOUN}{_HOME.format(3)}",
    re.IGNORECASE,
)
_FIELDS = ("public_field_definition", "field_definition", "property_signature")
_MODIFIERS = {"readonly", "private", "protected", "static", "optional"}


def modifiers(work: Work, ask: Ask) -> StepEdits | None:
    """*Mark a and b readonly*: each of the members that are named, or all that are quoted."""
    scene = work.scene
    told = _MARK.fullmatch(ask.text)
    if told is None:
        return None
    at = next(one for one in "123" if told[f"m{one}"])
    word = ask.code(told[f"m{at}"]).lower()
    if word not in _MODIFIERS:
        return None
    homes = (
        declarations(scene.root, named(ask, told[f"h{at}"]), scene.language)
        if told[f"h{at}"]
        else []
    )
    nodes: list[SgNode] = []
    if re.search(r"(?:fields|properties|members)$", told[f"l{at}"]):
        nodes = [one for one in of_kinds(scene.root, _FIELDS) if begins_in_quote(scene, one)]
        if told[f"l{at}"].lower().startswith(("both", "two")) and len(nodes) != 2:
            return None
    else:
        for name in listed(ask, told[f"l{at}"]):
            node = _member(scene, name, homes)
            if node is None:
                raise Abstain(f"{name} is no single member there", final=True)
            nodes.append(node)
    if len(nodes) < 2:
        return None
    edits = [marked(scene, one, word) for one in nodes]
    said = f"mark {', '.join(name_of(one) for one in nodes)} {word}"
    return step_edits(scene, Operation.ANNOTATE, said, edits, ["?" if word == "optional" else word])


def _member(scene: Scene, name: str, homes: list[SgNode]) -> SgNode | None:
    members = [
        one
        for one in (*of_kinds(scene.root, _FIELDS), *_parameters(scene))
        if _named(one) == name
        and (not homes or any(at.range().start.index <= one.range().start.index
                              < at.range().end.index for at in homes))
    ]  # fmt: skip
    near = pointed(scene, members)
    return near[0] if len(near) == 1 else None


def _parameters(scene: Scene) -> list[SgNode]:
    """Return the parameters of constructors that are fields, too."""
    return [
        one
        for one in of_kinds(scene.root, ("required_parameter",))
        if any(each.kind() == "accessibility_modifier" for each in one.children())
    ]


def _named(node: SgNode) -> str:
    pattern = node.field("pattern") if node.kind() == "required_parameter" else None
    return pattern.text() if pattern is not None else name_of(node)


_KIND = r"(?: (?:union|type|array|list|enum|set|const|constant|tuple))?"
_ONE = rf"(?:to |in |into )?(?:union |type |array |list |const |constant |set )?{NAME}{_KIND}"
_BOTH = rf"(?P<l{{0}}>(?:both )?{_ONE}{JOINT}{_ONE}(?:{JOINT}{_ONE})*)"
_VALUE_OF = re.compile(
    rf"(?:add|include|append|put|insert|allow|list|register) (?P<v1>{CODE}) (?:to|in|into|as"
    rf" member of) {_BOTH.format(1)}"
    rf"|(?:extend|complete|complement) {_BOTH.format(2)} (?:with|by) (?P<v2>{CODE})"
    rf"|{_BOTH.format(3)} (?:needs?|lacks?|{OUGHT} (?:have|get|contain|include|list))"
    rf" (?P<v3>{CODE})"
    rf"|(?P<v4>{CODE}) (?:belongs|goes|{OUGHT} go|is missing|{OUGHT} be added) (?:in|into|to"
    rf"|from) {_BOTH.format(4)}",
    re.IGNORECASE,
)
_ITS_KIND = re.compile(
    r"^(?:both |to |in |into )+|^(?:union|type|array|list|const|constant|set) (?=\S)|"
    r" (?:union|type|array|list|enum|set|const|constant|tuple)$",
    re.IGNORECASE,
)


def value_of_several(work: Work, ask: Ask) -> StepEdits | None:
    """*Add 'x' to the union T and to NAMES*: to each of them, or to none."""
    scene = work.scene
    told = _VALUE_OF.fullmatch(ask.text)
    if told is None:
        return None
    at = next(one for one in "1234" if told[f"v{one}"])
    value = quoted_as_here(scene, ask.code(told[f"v{at}"]))
    if not re.fullmatch(r"'[^']*'|\"[^\"]*\"", value):
        return None
    names = []
    for part in re.split(JOINT, told[f"l{at}"]):
        bare = part
        while (shorter := _ITS_KIND.sub("", bare)) != bare:
            bare = shorter
        names.append(named(ask, bare))
    edits = [_with_value(scene, one, value) for one in names if one]
    if not all(names) or len(set(names)) != len(names):
        return None
    left = [name for name, edit in zip(names, edits, strict=True) if edit is None]
    if left:
        raise Abstain(f"{left[0]} is no union and no list of {scene.path}", final=True)
    said = f"add {value} to {', '.join(names)}"
    return step_edits(
        scene, Operation.ADD, said, [one for one in edits if one is not None], [value]
    )


def _with_value(scene: Scene, name: str, value: str) -> Edit | None:
    """Return the edit that adds a value to the union type or the list ``name``; None for others."""
    definitions = [
        one
        for one in of_kinds(scene.root, ("type_alias_declaration", "variable_declarator"))
        if name_of(one) == name
    ]
    held = value_of(definitions[0]) if len(definitions) == 1 else None
    if held is None:
        return None
    lists = [held] if held.kind() == "array" else []
    if held.kind() in {"as_expression", "satisfies_expression", "new_expression"} and re.match(
        r"\[|new Set(?:<[^>]*>)?\(\s*\[|Object\.freeze\(", held.text()
    ):
        lists = of_kinds(held, ("array",))[:1]
    if held.kind() == "call_expression" and re.match(
        r"(?:Object\.freeze|z\.enum)\(\s*\[", held.text()
    ):
        lists = of_kinds(held, ("array",))[:1]
    texts = {string_of(one) for one in of_kinds(held, ("string",))}
    if value[1:-1] in texts:
        raise Abstain(f"{name} has {value} already")
    if lists:
        return add_item(scene, lists[0], value)
    if held.kind() == "union_type":
        members = held.text()
        rows = re.search(r"\n([ \t]*)\|[^\n]*$", members)
        return insert(end(held), f"\n{rows[1]}| {value}" if rows else f" | {value}")
    return insert(end(held), f" | {value}") if held.kind() == "literal_type" else None


MEMBERS = (modifiers, value_of_several)
