"""A prop that goes: out of the component, out of its type, and out of every use."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, line_end, line_start
from mendbook.code.edits import remove as cut_lines
from mendbook.code.imports import cut_from_list
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.checks.refusals import refuse_path
from mendbook.fixes.instruction.places.scene import Scene, function_of
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.wording import CODE, NAME, named
from mendbook.fixes.instruction.tree.language import language_of, parse
from mendbook.fixes.instruction.tree.syntax import (
    body_of,
    declarations,
    end,
    name_of,
    of_kinds,
    parameters,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation

_GOES = re.compile(
    rf"(?:remove|drop|delete|get rid of) (?:unused |dead )?(?:prop |property )?(?P<p1>{NAME})(?:"
    rf" prop(?:erty)?)?"
    rf"(?:(?: (?:of|from|in)(?: props of)?) (?P<c1>{NAME}))?"
    rf"(?:,? (?:and|also)? ?(?:stop passing it|stop passing {CODE}|(?:from )?(?:all )?(?:callers"
    rf"|uses|usages|places that pass it)|"
    rf"(?:here and )?where (?:it is|it's) passed|do not pass it(?: any more)?|no longer pass it))",
    re.IGNORECASE,
)


def removed_prop(work: Work, ask: Ask) -> StepEdits | None:
    """*Remove the dense prop of Card and stop passing it*: everywhere, or not at all."""
    scene = work.scene
    told = _GOES.fullmatch(ask.text)
    if told is None:
        return None
    prop = named(ask, told["p1"])
    name = named(ask, told["c1"]) if told["c1"] else next(iter(scene.task.finding.symbols), "")
    return without_prop(work, name, prop) if name and prop else None


def bound_in(scene: Scene, name: str) -> list[str] | None:
    """Return the props that a component of the file takes by name; None for no component."""
    function = _component(scene, name)
    given = parameters(function) if function is not None else []
    pattern = next(iter(of_kinds(given[0], ("object_pattern",))), None) if given else None
    if pattern is None:
        return None
    return [re.split(r"[\s:=]", one.text())[0] for one in pattern.named_children()]


def _component(scene: Scene, name: str) -> SgNode | None:
    if not re.fullmatch(r"[A-Z][\w$]*", name):
        return None
    functions = [
        function
        for one in declarations(scene.root, name, scene.language)
        if (function := function_of(one, scene.language)) is not None
    ]
    return functions[0] if len(functions) == 1 else None


def without_prop(work: Work, name: str, prop: str) -> StepEdits | None:
    """Return the edits that take a prop out of a component, its type and all uses of it.

    Raises ``Abstain`` where the prop is read, or where a use hands on what it does not name.
    """
    scene = work.scene
    function = _component(scene, name)
    own = _of_component(scene, function, prop) if function is not None else []
    if not own:
        return None
    edits = list(edits_in(scene, own))
    for path in scene.task.snapshot.files:
        language = language_of(path)
        text = scene.task.snapshot.get(path) or ""
        if language is None or not language.script or f"<{name}" not in text:
            continue
        uses = _uses(parse(language, text), name)
        if any(
            of_kinds(one, ("jsx_expression",))
            and re.search(rf"<{name}[^<>]*\{{\s*\.\.\.", one.text())
            for one in uses
        ):
            raise Abstain(f"{path} hands {name} what it does not name", final=True)
        for use in uses:
            for each in use.named_children():
                if each.kind() == "jsx_attribute" and name_of(each) == prop:
                    refuse_path(work.task, path)
                    edits.append((path, _without(text, each)))
    said = f"remove the prop {prop} of {name}"
    return StepEdits(Operation.REMOVE, said, tuple(edits), removes=(prop,))


def _of_component(scene: Scene, function: SgNode, prop: str) -> list[Edit]:
    """Return the edits that take a prop out of a component and out of its type."""
    given, body = parameters(function), body_of(function)
    pattern = next(iter(of_kinds(given[0], ("object_pattern",))), None) if given else None
    if pattern is None or body is None:
        return []
    bound = [
        one
        for one in pattern.named_children()
        if re.match(rf"{re.escape(prop)}\b", one.text()) and one.kind() != "rest_pattern"
    ]
    if len(bound) != 1 or bound[0].kind() == "pair_pattern":
        return []
    if any(one.kind() == "rest_pattern" for one in pattern.named_children()):
        raise Abstain(f"what is left of the props is handed on, with {prop}", final=True)
    read = [
        one
        for one in of_kinds(body, ("identifier", "shorthand_property_identifier"))
        if one.text() == prop
    ]
    if read:
        line = read[0].range().start.line + 1
        raise Abstain(f"{prop} is read at {scene.path}:{line}", final=True)
    edits = [cut_from_list(scene.text, bound[0])]
    edits += [_typed_out(scene, one) for one in _type_members(scene, given[0], prop)]
    return edits


def _type_members(scene: Scene, parameter: SgNode, prop: str) -> list[SgNode]:
    inline = [one for one in of_kinds(parameter, ("property_signature",)) if name_of(one) == prop]
    if inline:
        return inline
    spelled = text_of(parameter.field("type"))
    named_types = [
        one
        for one in of_kinds(scene.root, ("interface_declaration", "type_alias_declaration"))
        if re.search(rf"\b{re.escape(name_of(one))}\b", spelled)
    ]
    return [
        each
        for one in named_types
        for each in of_kinds(one, ("property_signature",))
        if name_of(each) == prop
    ]


def _typed_out(scene: Scene, member: SgNode) -> Edit:
    line = scene.text[line_start(scene.text, start(member)) : line_end(scene.text, end(member))]
    if line.strip().rstrip(";,") == member.text():
        return cut_lines(scene.text, member)
    first, last = start(member), end(member)
    mark = re.compile(r"\s*[;,]\s*").match(scene.text, last)
    if mark is not None and not scene.text[mark.end() :].startswith("}"):
        return Edit(first, mark.end(), "")
    before = re.search(r"[;,]\s*$", scene.text[:first])
    return Edit(before.start() if before is not None else first, last, "")


def _uses(root: SgNode, name: str) -> list[SgNode]:
    return [
        one
        for one in of_kinds(root, ("jsx_opening_element", "jsx_self_closing_element"))
        if text_of(one.field("name")) == name
    ]


def _without(text: str, attribute: SgNode) -> Edit:
    """Return the edit that takes an attribute away, with its line where it has one of its own."""
    first, last = start(attribute), end(attribute)
    line = text[line_start(text, first) : line_end(text, last)]
    if line.strip() == attribute.text():
        return Edit(line_start(text, first), line_end(text, last), "")
    lead = len(text[:first]) - len(text[:first].rstrip())
    return Edit(first - lead, last, "")


PROPS = (removed_prop,)
