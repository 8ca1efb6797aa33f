"""Give a parameter of a script its default: ``f(a?: string)`` becomes ``f(a = '')``."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Unplaced
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import around
from mendbook.fixes.instruction.places.targets import identifiers
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import end, inside, of_kinds, parameter_name, parameters
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced
from mendbook.model import Operation

_EMPTY = {"array": "[]", "list": "[]", "object": "{}", "string": "''"}


def default_value(work: Work, clause: Clause) -> StepEdits | None:
    """Write the default of the parameter that the clause names; None where it names none."""
    scene = work.scene
    target = clause.behind("to", "as", "with")
    if not scene.language.script or target is None:
        return None
    names = [one.text for one in clause.object.codes if one.shape is Shape.NAME]
    names = names or identifiers(clause.object, scene) or list(clause.object.spelled[-1:])
    value = _value(clause)
    if len(names) != 1 or not value:
        return None
    nodes = [
        one
        for function in of_kinds(scene.root, scene.language.functions)
        for each in parameters(function)
        for one in _bound(each, names[0])
    ]
    homes = around(scene)
    near = [one for one in nodes if any(inside(one, home) for home in homes)]
    if not nodes:
        return None
    node = pick(scene, near or nodes, clause, f"the parameter {names[0]}")[0]
    written = quoted_as_here(scene, value)
    return StepEdits(
        Operation.SET,
        f"default {names[0]} to `{written}`",
        edits_in(scene, _edits(node, written)),
        adds=(f"= {written}",),
    )


def _value(clause: Clause) -> str:
    target = clause.behind("to", "as", "with")
    if target is None:
        return ""
    if len(target.codes) == 1:
        return target.codes[0].text
    words = [one for one in target.spelled if one not in {"a", "an", "the"}]
    if len(words) == 2 and words[0] == "empty":
        return _EMPTY.get(words[1], "")
    plain = len(words) == 1 and re.fullmatch(r"-?\d+|true|false|null", words[0])
    return words[0] if plain else ""


def _bound(parameter: SgNode, name: str) -> list[SgNode]:
    """Return what binds ``name`` in a parameter: itself, or a member of its pattern."""
    if parameter_name(parameter) == name:
        return [parameter]
    kinds = ("shorthand_property_identifier_pattern", "object_assignment_pattern")
    return [
        one
        for one in of_kinds(parameter, kinds)
        if re.split(r"\s*=", one.text())[0] == name
    ][:1]  # fmt: skip


def _edits(node: SgNode, value: str) -> list[Edit]:
    text = node.text()
    if node.field("value") is not None or re.search(r"=(?![=>])", re.sub(r"=>", "", text)):
        raise Unplaced("it has a default already")
    if node.kind() == "optional_parameter":
        return [replaced(node, f"{text.replace('?', '', 1)} = {value}")]
    return [insert(end(node), f" = {value}")]
