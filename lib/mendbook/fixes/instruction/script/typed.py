"""Types as they are to be: of what is quoted, of a parameter, one that is new."""

from __future__ import annotations

import re

from mendbook.code.edits import insert
from mendbook.fixes.instruction.places.scene import begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ITEM, step_edits
from mendbook.fixes.instruction.tree.language import is_broken
from mendbook.fixes.instruction.tree.syntax import (
    declarations,
    end,
    of_kinds,
    outermost,
    parameter_name,
    parameters,
    start,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced, semicolon
from mendbook.model import Operation

_TYPE_IT = re.compile(
    r"(?:type|annotate)\s+(?:it|this|the\s+(?:variable|constant|object|array|state|field|"
    r"property))\s+(?:as|with|by)\s+(?:an?\s+)?"
    r"(?P<type>⟦\d+⟧)(?:\s+(?:instead\s+of|rather\s+than)\s+(?:⟦\d+⟧|any))?",
    re.IGNORECASE,
)


def typed(work: Work, ask: Ask) -> StepEdits | None:
    """*Type it as `Record<string, Row>`*: the one variable or field that is quoted."""
    scene = work.scene
    told = _TYPE_IT.fullmatch(ask.text)
    if told is None or scene.language.name == "javascript":
        return None
    kind = ask.code(told["type"])
    kinds = ("variable_declarator", "public_field_definition")
    definitions = [one for one in of_kinds(scene.root, kinds) if touches_quote(scene, one)]
    if len(definitions) != 1 or is_broken(scene.language, f"let x: {kind};"):
        return None
    old, name = definitions[0].field("type"), definitions[0].field("name")
    if name is None or name.kind() not in {"identifier", "property_identifier"}:
        return None
    edit = replaced(old, f": {kind}") if old is not None else insert(end(name), f": {kind}")
    return step_edits(scene, Operation.ANNOTATE, f"type {name.text()} as `{kind}`", [edit], [kind])


_NEW_TYPE = re.compile(
    r"(?:define|introduce|declare|create|add)\s+(?:an?\s+|the\s+)?(?:new\s+)?(?P<kind>interface|"
    r"type)\s*:?\s*(?P<code>⟦\d+⟧)",
    re.IGNORECASE,
)


def new_type(work: Work, ask: Ask) -> StepEdits | None:
    """*Define an interface `Row { id: string }`*: above what is quoted, at the file's top level."""
    scene = work.scene
    told = _NEW_TYPE.fullmatch(ask.text)
    if told is None or scene.language.name == "javascript":
        return None
    code = ask.code(told["code"]).rstrip(";")
    kind = told["kind"].lower()
    whole = code if re.match(r"(?:export\s+)?(?:interface|type)\s", code) else f"{kind} {code}"
    named = re.match(r"(?:export\s+)?(?:interface|type)\s+([A-Z]\w*)", whole)
    if named is None or is_broken(scene.language, whole) or not scene.quotes:
        return None
    if declarations(scene.root, named[1], scene.language):
        return None
    if whole.startswith(("type", "export type")):
        whole += semicolon(scene)
    first = min(first for first, _ in scene.quotes)
    top = next((one for one in scene.root.named_children() if start(one) <= first < end(one)), None)
    if top is None or top.kind() == "import_statement":
        return None
    said = f"declare {kind} {named[1]}"
    return step_edits(
        scene, Operation.ADD, said, [insert(start(top), f"{_spread(whole)}\n\n")], [whole]
    )


def _spread(code: str) -> str:
    """Return an interface of one line with a line for each member."""
    flat = re.fullmatch(
        r"(?P<head>(?:export\s+)?interface\s+[^{]+)\{\s*(?P<body>[^{}\n]+?)\s*;?\s*\}", code
    )
    if flat is None:
        return code
    rows = [one.strip() for one in re.split(r"[;,]\s*(?=[\w$]+\??\s*:)", flat["body"])]
    return f"{flat['head']}{{\n" + "".join(f"  {one};\n" for one in rows) + "}"


_PARAMETER = re.compile(
    rf"(?:add|put)\s+(?:an?\s+|the\s+)?(?:explicit\s+|missing\s+)?(?P<t1>⟦\d+⟧|string|number|"
    rf"boolean)\s+(?:type\s+)?(?:annotation\s+)?(?:to|on|for)\s+(?:the\s+)?(?P<p1>{ITEM})(?:\s+(?"
    rf":parameter|argument))?"
    rf"|(?:annotate|type|declare)\s+(?:the\s+)?(?P<p2>{ITEM})(?:\s+(?P<w2>parameter|argument|"
    rf"event))?\s+(?:with|as|by)\s+(?:an?\s+)?(?:type\s+)?(?P<t2>⟦\d+⟧)(?:\s+(?:instead\s+of|"
    rf"rather\s+than)\s+(?:an?\s+)?(?:⟦\d+⟧|any|implicit\s+any))?",
    re.IGNORECASE,
)


def typed_parameter(work: Work, ask: Ask) -> StepEdits | None:
    """*Add a `number` type annotation to `rate`*, *type the event as `KeyboardEvent`*."""
    scene = work.scene
    told = _PARAMETER.fullmatch(ask.text)
    if told is None or scene.language.name == "javascript":
        return None
    kind, name = ask.code(told["t1"] or told["t2"]), ask.code(told["p1"] or told["p2"])
    if is_broken(scene.language, f"let x: {kind};") or ":" in kind.split("{")[0].split("(")[0]:
        return None
    functions = [
        one for one in of_kinds(scene.root, scene.language.functions)
        if touches_quote(scene, one) or any(start(one) == start(each) for each in scene.scopes)
    ]  # fmt: skip
    begun = [one for one in functions if begins_in_quote(scene, one)] or functions
    held = [each for one in begun for each in parameters(one)]
    named = [one for one in held if parameter_name(one) == name]
    if not named and name.lower() in {"event", "parameter", "argument"} and len(held) == 1:
        named = held
    if len(named) != 1 or begun[0].field("parameter") is not None:
        return None
    old, pattern = named[0].field("type"), named[0].field("pattern")
    if pattern is None or pattern.kind() != "identifier":
        return None
    edit = replaced(old, f": {kind}") if old is not None else insert(end(pattern), f": {kind}")
    said = f"type {pattern.text()} as `{kind}`"
    return step_edits(scene, Operation.ANNOTATE, said, [edit], [kind])


_DEFAULTS = re.compile(
    rf"(?:make|let|have)\s+(?:the\s+)?(?P<x>{ITEM})(?:\s+parameter)?\s+default\s+to\s+(?P<v>⟦\d+⟧"
    rf"|-?\d+|'[^']*'|true|false|null)",
    re.IGNORECASE,
)


def defaulted(work: Work, ask: Ask) -> StepEdits | None:
    """*Make `sep` default to `','`*: a parameter of the function whose head is quoted."""
    scene = work.scene
    told = _DEFAULTS.fullmatch(ask.text)
    if told is None:
        return None
    name, value = ask.code(told["x"]), ask.code(told["v"])
    functions = [one for one in of_kinds(scene.root, scene.language.functions)
                 if begins_in_quote(scene, one)]  # fmt: skip
    held = [
        each for one in functions[:1] for each in parameters(one) if parameter_name(each) == name
    ]
    if len(held) != 1 or "=" in held[0].text() or held[0].kind() == "optional_parameter":
        return None
    said = f"let {name} be `{value}` by default"
    edits = [insert(end(held[0]), f" = {value}")]
    return step_edits(scene, Operation.SET, said, edits, [f"= {value}"])


_TYPE_FOR = re.compile(
    r"(?:replace|change|swap)\s+(?:the\s+)?(?P<old1>⟦\d+⟧)(?:\s+(?:return\s+type|type|annotation)"
    r")?\s+(?:with|by|to|for)\s+(?:an?\s+)?(?P<new1>⟦\d+⟧)"
    r"|(?:use|write|prefer)\s+(?:an?\s+)?(?P<new2>⟦\d+⟧)(?:\s+(?:instead|(?:instead\s+of|"
    r"rather\s+than)\s+(?:the\s+)?(?P<old2>⟦\d+⟧)(?:\s+type)?))?",
    re.IGNORECASE,
)


def type_instead(work: Work, ask: Ask) -> StepEdits | None:
    """*Replace the `any[]` return type with `Row[]`*: the one type of that text that is quoted."""
    scene = work.scene
    told = _TYPE_FOR.fullmatch(ask.text)
    if told is None or scene.language.name == "javascript":
        return None
    new, old = ask.code(told["new1"] or told["new2"]), ask.code(told["old1"] or told["old2"] or "")
    about = re.fullmatch(
        r"(?:avoid|don't\s+use|never\s+use)\s+(?:the\s+)?(⟦\d+⟧)(?:\s+type)?", ask.about, re.I
    )
    old = old or (ask.code(about[1]) if about is not None else "")
    if not re.fullmatch(
        r"(?:any|unknown|object|Function|Object|string|number|boolean|\{\})(?:\[\])*", old
    ):
        return None
    if is_broken(scene.language, f"let x: {new};"):
        return None
    kinds = ("predefined_type", "type_identifier", "array_type", "object_type")
    types = outermost([
        one for one in of_kinds(scene.root, kinds)
        if begins_in_quote(scene, one) and one.text() == old
    ])  # fmt: skip
    if len(types) != 1:
        return None
    parent = types[0].parent()
    closed = parent is not None and parent.kind() in {
        "array_type",
        "union_type",
        "intersection_type",
    }
    text = f"({new})" if closed and re.search(r"=>|\||&", new) else new
    said = f"write the type `{new}` in the place of `{old}`"
    return step_edits(scene, Operation.ANNOTATE, said, [replaced(types[0], text)], [new])


TYPES = (typed_parameter, typed, type_instead, defaulted, new_type)
