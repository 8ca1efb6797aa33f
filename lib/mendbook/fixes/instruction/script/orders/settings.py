"""A setting in code that is switched or given another value."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.operations.values.change_value import refuse_direction
from mendbook.fixes.instruction.places.scene import touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.setting_order import OFF, ON, setting_order, verb_of
from mendbook.fixes.instruction.script.orders.wording import pointed
from mendbook.fixes.instruction.tree.syntax import inside, name_of, of_kinds, value_of
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced
from mendbook.model import Operation


def setting(work: Work, ask: Ask) -> StepEdits | None:
    """*Turn build.sourcemap off*: the plain value of the one key that is named and pointed at."""
    scene = work.scene
    told = setting_order(ask)
    if told is None or told.is_rule:
        return None
    *above, last = told.key.split(".")
    if told.section:
        above = [*above, *told.section.split(".")]
    values = [
        value
        for one in of_kinds(scene.root, ("pair", "public_field_definition", "variable_declarator"))
        if name_of(one) == last and (value := value_of(one)) is not None
        and value.kind() in {"true", "false", "string", "number"} and _is_under(one, above)
    ]  # fmt: skip
    near = pointed(scene, values)
    if len(near) != 1 or not (touches_quote(scene, near[0]) or len(values) == 1 or any(
        inside(near[0], at) for at in scene.scopes)):  # fmt: skip
        return None
    new = _as_code(told.value, near[0])
    if not new:
        return None
    new = quoted_as_here(scene, new)
    if new == near[0].text():
        raise Abstain(f"{told.key} is {new} already")
    if told.old and told.old.strip("'\"") != near[0].text().strip("'\""):
        raise Abstain(f"{told.key} is {near[0].text()}, and not {told.old}")
    refuse_direction(verb_of(ask.written), told.key, near[0].text(), new)
    said = f"set {told.key} to {new}"
    return StepEdits(Operation.SET, said, edits_in(scene, [replaced(near[0], new)]), adds=(new,))


def _is_under(node: SgNode, above: list[str]) -> bool:
    """Tell whether the keys or the variables around a node bear the names of its path."""
    around = {
        name_of(one)
        for one in node.ancestors()
        if one.kind()
        in {"pair", "variable_declarator", "class_declaration", "interface_declaration"}
    }
    return all(one in around for one in above)


def _as_code(value: str, old: SgNode) -> str:
    """Return a value as code of the kind that stands there; empty for another kind."""
    kind, low = old.kind(), value.lower()
    if kind in {"true", "false"}:
        return ON.get(low) or OFF.get(low) or (low if low in {"true", "false"} else "")
    if kind == "number":
        return value if re.fullmatch(r"-?\d[\d_.]*", value) else ""
    if value[:1] in "'\"":
        return value
    return ""


SETTINGS = (setting,)
