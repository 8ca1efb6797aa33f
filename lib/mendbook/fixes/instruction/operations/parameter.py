"""Remove a parameter, and what its callers give for it."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.code.imports import cut_from_list
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.checks.refusals import refuse_path
from mendbook.fixes.instruction.facts.uses import Use, spelled, uses_outside
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import Scene, around, function_of
from mendbook.fixes.instruction.places.targets import identifiers, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.language import language_of
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    body_of,
    end,
    field,
    name_of,
    owner_of,
    parameter_name,
    parameters,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Cause, Operation


def remove_parameter(work: Work, clause: Clause) -> StepEdits | None:
    """Remove the parameter that the clause names; None where it names none."""
    if not any(one.has("parameter", "param", "argument", "signature") for one in clause.phrases):
        return None
    scene = work.scene
    function, parameter = _named_parameter(scene, clause)
    name = parameter_name(parameter)
    body = body_of(function)
    if body is not None and spelled(body, name, scene.language):
        raise Abstain(f"{name} is read in {name_of(function)}; it cannot go", cause=Cause.KEPT)
    listed = parameters(function)
    index = next(at for at, one in enumerate(listed) if start(one) == start(parameter))
    bound = scene.language.python and parameter_name(listed[0]) in {"self", "cls"}
    title = name_of(function) or name_of(function.parent() or function)
    edits: list[tuple[str, Edit]] = [(scene.path, cut_from_list(scene.text, parameter))]
    if title not in {"constructor", "__init__"}:
        for use in uses_outside(work.task, scene, function, title):
            edits += _call_edits(work, use, name, index - bound, title)
    elif owner_of(function, scene.language) is not None:
        raise Abstain("the parameter of a constructor goes with every construction; not done here")
    return StepEdits(
        Operation.REMOVE,
        f"remove the parameter {name} of {title} and what its callers give for it",
        tuple(edits),
        removes=(parameter.text(),),
        follows_up=("argument", "arguments", "caller", "callers", "sites", "call", "uses"),
    )


def _named_parameter(scene: Scene, clause: Clause) -> tuple[SgNode, SgNode]:
    """Return the one function and the parameter of it that the clause names."""
    names = [code.text for code in clause.object.codes if code.shape is Shape.NAME]
    names += identifiers(clause.object, scene)
    for phrase in clause.all_behind("("):
        names += [*(code.text for code in phrase.codes), *phrase.spelled]
    if not names and clause.object.words[-1:] in {("parameter",), ("param",), ("argument",)}:
        before = scene.task.finding.fix.partition(clause.object.words[-1])[0]
        names = re.findall(r"[A-Za-z_$][\w$]*", before)
    named = scopes_in(scene, clause, clause.object.codes)
    functions = [
        function for one in named if (function := function_of(one, scene.language)) is not None
    ]
    pairs = [
        (function, one)
        for function in functions or around(scene)
        for one in parameters(function)
        if parameter_name(one) in names
    ]
    if len(pairs) != 1:
        raise Unplaced("which parameter of which function is meant is not clear")
    return pairs[0]


def _call_edits(work: Work, use: Use, name: str, index: int, title: str) -> list[tuple[str, Edit]]:
    """Return what takes the argument from one use; raise where the use is no plain call."""
    if use.node is None:
        raise Abstain(f"{title} is used at {use.shown}, which cannot be read")
    language = language_of(use.path)
    if any(one.kind() in _LISTED for one in use.node.ancestors()) or language is None:
        return []
    call = next((one for one in use.node.ancestors() if one.kind() in language.calls), None)
    target = field(call, "function", "constructor", "name") if call is not None else None
    if call is None or target is None or end(target) != end(use.node):
        raise Abstain(f"{title} is handed on at {use.shown}; its parameters must stay")
    return _dropped(work, use, call, name, index)


def _dropped(work: Work, use: Use, call: SgNode, name: str, index: int) -> list[tuple[str, Edit]]:
    refuse_path(work.task, use.path)
    given = arguments(call)
    if any("spread" in one.kind() or "splat" in one.kind() for one in given):
        raise Abstain(f"the arguments at {use.shown} are spread; which one goes is unknown")
    text = work.task.snapshot.text(use.path)
    keyword = [
        one for one in given
        if one.kind() == "keyword_argument" and text_of(one.field("name")) == name
    ]  # fmt: skip
    if keyword:
        return [(use.path, cut_from_list(text, keyword[0]))]
    positional = [one for one in given if one.kind() != "keyword_argument"]
    if index >= len(positional):
        return []
    if re.search(r"\(|\+\+|--|\bawait\b", positional[index].text()):
        raise Abstain(f"the argument at {use.shown} does something; it cannot just go")
    return [(use.path, cut_from_list(text, positional[index]))]


_LISTED = {"import_statement", "import_from_statement", "export_clause"}
