"""Make a mutable default ``None``, and the value inside the function."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import around
from mendbook.fixes.instruction.places.targets import identifiers
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import (
    body_of,
    function_around,
    inside,
    name_of,
    of_kinds,
    parameter_name,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import block_start, conditional, replaced
from mendbook.model import Operation

_KINDS = ("default_parameter", "typed_default_parameter")
_MUTABLE = {"list", "dictionary", "set"}


def none_default(work: Work, clause: Clause) -> StepEdits | None:
    """Default to None and make the list inside; None where no such default is spoken of."""
    scene = work.scene
    spoken = re.search(r"\bdefault\w*\b|\w=None|\w\s*:[^=`]+=\s*None", clause.text, re.IGNORECASE)
    none = re.search(r"\bNone\b", clause.text)
    if not (scene.language.python and spoken and none):
        return None
    if clause.verb not in {Verb.DEFAULT, Verb.USE, Verb.SET, Verb.REPLACE, Verb.MARK}:
        return None
    defaults = [one for one in of_kinds(scene.root, _KINDS) if is_mutable_default(one)]
    homes = around(scene)
    defaults = [one for one in defaults if not homes or any(inside(one, home) for home in homes)]
    names = [one.key or one.text for one in clause.codes] + [
        word for phrase in clause.phrases for word in identifiers(phrase, scene)
    ]
    named = [one for one in defaults if parameter_name(one) in names or name_of(one) in names]
    if not defaults:
        return None
    node = pick(scene, named or defaults, clause, "the mutable default")[0]
    function = function_around(node, scene.language)
    body = body_of(function) if function is not None else None
    value, typed = node.field("value"), node.field("type")
    if value is None or body is None:
        return None
    name = name_of(node) or parameter_name(node)
    edits: list[Edit] = [replaced(value, "None")]
    told = next(
        (one for one in clause.codes if re.match(rf"{re.escape(name)}\s*:", one.text)), None
    )
    if told is not None and told.value == "None":
        edits = [replaced(node, told.text)]
    elif typed is not None and "None" not in typed.text() and "Optional" not in typed.text():
        edits.append(replaced(typed, f"{typed.text()} | None"))
    given = _given(clause, name)
    guard = given or conditional(scene, f"{name} is None", f"{name} = {value.text()}")
    edits.append(block_start(scene, body, guard))
    return StepEdits(
        Operation.REPLACE,
        f"default {name} to None and make `{value.text()}` inside {name_of(function or node)}",
        edits_in(scene, edits),
        adds=(given or f"{name} is None",),
        follows_up=("inside", "body", "list", "dict", "create", name),
    )


def _given(clause: Clause, name: str) -> str:
    """Return the statement that the text gives for the body: ``x = x or []``; empty without one."""
    said = rf"{re.escape(name)}\s*=\s*{re.escape(name)}\s+(?:or|if)\s.+"
    statements = [one.text for one in clause.codes if re.fullmatch(said, one.text)]
    return statements[0] if len(statements) == 1 else ""


def is_mutable_default(node: SgNode) -> bool:
    """Tell whether a parameter's default is a list, a dict or a set that all calls share."""
    value = node.field("value") if node.kind() in _KINDS else None
    return value is not None and (
        value.kind() in _MUTABLE or value.text() in {"list()", "dict()", "set()"}
    )
