"""Schemas that check what comes in, and what stands before the handler of a route."""

from __future__ import annotations

import re

from mendbook.code.edits import insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.wording import CODE, OUGHT
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.tree.language import is_broken
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    call_name,
    end,
    name_of,
    of_kinds,
    squeezed,
    start,
    value_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import add_item, quoted_as_here, replaced
from mendbook.model import Operation

_KEYED = re.compile(
    rf"(?:add|include|put)(?: field| key| property)? (?P<c1>[A-Za-z_$][\w$]*: ?[zZJj]\w*\..+?)(?:"
    rf" (?:to|in|into|below|after|behind) (?:schema|[\w$]+))?"
    rf"|(?:schema|[\w$]+) (?:needs|{OUGHT} (?:have|get|contain)) (?P<c2>[A-Za-z_$][\w$]*:"
    rf" ?[zZJj]\w*\..+)",
)


def schema_field(work: Work, ask: Ask) -> StepEdits | None:
    """*Add phone: z.string().optional() to the schema*: last in the one that is quoted or named."""
    scene = work.scene
    text = ask.unticked
    orders = ("add ", "incl", "put ")
    told = _KEYED.fullmatch(text[:1].lower() + text[1:] if text[:4].lower() in orders else text)
    if told is None:
        return None
    code = (told["c1"] or told["c2"]).strip()
    if is_broken(scene.language, f"const a = {{ {code} }};"):
        return None
    objects = [
        arguments(one)[0]
        for one in of_kinds(scene.root, ("call_expression",))
        if call_name(one) in {"object", "strictObject"}
        and arguments(one)
        and arguments(one)[0].kind() == "object"
        and touches_quote(scene, one)
    ]
    inner = [
        one
        for one in objects
        if not any(start(one) < start(other) and end(other) < end(one) for other in objects)
    ]
    key = code.partition(":")[0].strip()
    if len(inner) != 1:
        return None
    if any(name_of(one) == key for one in inner[0].named_children()):
        raise Abstain(f"{key} is there already")
    code = quoted_as_here(scene, code)
    return step_edits(
        scene, Operation.ADD, f"add `{code}`", [add_item(scene, inner[0], code)], [code]
    )


_SCHEMA_VALUE = re.compile(
    r"(?:[\w ]+?: |use |make (?:[\w$]+ )?(?:[\w ]+: )?)(?P<new>[zJ]\w*\.\w+\(.*\))(?: (?:instead"
    r"|instead of .*))?"
)
_NOT_OPTIONAL = re.compile(
    r"make (?P<a>[\w$]+) (?:required|mandatory)|(?P<b>[\w$]+) (?:must|should) (?:not be optional"
    r"|be required|be mandatory)"
)


def schema_value(work: Work, ask: Ask) -> StepEdits | None:
    """*Make note nullable instead of optional: z.string().nullable()*: the one quoted chain."""
    scene = work.scene
    text = ask.unticked
    text = text[:1].lower() + text[1:] if re.match(r"[A-Z][a-z]+ ", text) else text
    told, required = _SCHEMA_VALUE.fullmatch(text), _NOT_OPTIONAL.fullmatch(text)
    pairs = [
        (one, value)
        for one in of_kinds(scene.root, ("pair",))
        if begins_in_quote(scene, one)
        and (value := value_of(one)) is not None
        and re.match(r"[zJ]\w*\.", value.text())
    ]
    if required is not None:
        name = required["a"] or required["b"]
        pairs = [(one, value) for one, value in pairs if name_of(one) == name]
        if len(pairs) != 1 or pairs[0][1].text().count(".optional()") != 1:
            return None
        new = pairs[0][1].text().replace(".optional()", "")
        return step_edits(
            scene,
            Operation.REMOVE,
            f"make {name} required",
            [replaced(pairs[0][1], new)],
            [],
            [".optional()"],
        )
    if told is None or len(pairs) != 1 or is_broken(scene.language, f"const a = {told['new']};"):
        return None
    old, new = pairs[0][1].text(), quoted_as_here(scene, told["new"])
    if old.split("(")[0] != new.split("(")[0] or squeezed(old) == squeezed(new):
        return None
    return step_edits(scene, Operation.REPLACE, f"use `{new}`", [replaced(pairs[0][1], new)], [new])


_BETWEEN = re.compile(
    rf"(?:add|insert|put|register|mount|use) (?P<new>{CODE}|[\w$]+(?:\(\))?) (?:before|in front"
    rf" of|ahead of) (?P<next>{CODE}|[\w$]+)(?: handler)?"
    rf"|(?:protect|guard|secure) route (?:with|by) (?P<new2>{CODE}|[\w$]+(?:\(\))?)"
    rf"|route (?:needs|{OUGHT} (?:use|have|get)) (?P<new3>{CODE}|[\w$]+(?:\(\))?)"
    rf"|add (?P<new4>{CODE}|[\w$]+(?:\(\))?) to route",
    re.IGNORECASE,
)


_ROUTES = {"get", "post", "put", "patch", "delete", "use", "all"}


def middleware(work: Work, ask: Ask) -> StepEdits | None:
    """*Protect the route with requireUser*: before the handler of the one route quoted."""
    scene = work.scene
    told = _BETWEEN.fullmatch(ask.text)
    if told is None:
        return None
    new = ask.code(next(told[one] for one in ("new", "new2", "new3", "new4") if told[one]))
    root = re.match(r"[A-Za-z_$][\w$]*", new)
    calls = [
        one
        for one in of_kinds(scene.root, ("call_expression",))
        if begins_in_quote(scene, one)
        and call_name(one) in _ROUTES
        and len(arguments(one)) > 1
        and arguments(one)[0].kind() in {"string", "template_string"}
    ]
    if len(calls) != 1 or root is None or new in calls[0].text():
        return None
    given = arguments(calls[0])
    nexts = ask.code(told["next"] or "")
    if nexts and nexts.removesuffix("()") not in {"handler", "it"} | {
        one.text().split("(")[0] for one in given
    }:
        return None
    at = next(
        (
            one
            for one in given[1:]
            if nexts and one.text().split("(")[0] == nexts.removesuffix("()")
        ),
        given[-1],
    )
    return step_edits(
        scene, Operation.ADD, f"hand it to {new} first", [insert(start(at), f"{new}, ")], [new]
    )


CHECKED = (schema_field, schema_value, middleware)
