"""The assignment, exit, parameter or change of the evidence that written code mends."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.operations.counterpart.quoted_code import (
    is_akin,
    is_in_quotes,
    write_over,
)
from mendbook.fixes.instruction.places.scene import Scene, around, begins_in_quote
from mendbook.fixes.instruction.tree.syntax import (
    end,
    field,
    function_around,
    of_kinds,
    parameter_name,
    parameters,
    squeezed,
    start,
    text_of,
)


def assignment_for(scene: Scene, text: str) -> tuple[SgNode, Edit] | None:
    """``const x = …``: another value for the variable that the evidence sets."""
    head = re.match(
        r"(?:(?:export|const|let|var|final)\s+)*(?P<name>[\w$.\[\]'\"#]+)\s*"
        r"(?::(?P<type>[^=:]+))?\s=\s*(?P<value>\S.*)$",
        text,
        re.DOTALL,
    )
    if head is None:
        return None
    name = squeezed(head["name"])
    assignments = [
        one
        for one in is_in_quotes(scene, scene.language.assignments | {"augmented_assignment"})
        if (label := field(one, "name", "left")) is not None and squeezed(label.text()) == name
    ]
    assignments = assignments or _declared_around(scene, name) or _declared_in(scene, name)
    if len(assignments) != 1:
        return None
    value = field(assignments[0], "value", "right")
    if value is None:
        return None
    typed = squeezed(text_of(assignments[0].field("type"))).lstrip(":")
    if head["type"] and typed != squeezed(head["type"]):
        label = field(assignments[0], "name", "left")
        typed = f"{text_of(label)}: {head['type'].strip()} = {head['value']}"
        return write_over(scene, assignments[0], typed)
    return write_over(scene, value, head["value"])


def _declared_around(scene: Scene, name: str) -> list[SgNode]:
    """Return the declarators whose keyword the quote begins with: ``const x = …``."""
    return [
        one
        for one in of_kinds(scene.root, ("variable_declarator",))
        if text_of(one.field("name")) == name
        and (outer := one.parent()) is not None
        and begins_in_quote(scene, outer)
    ]


def _declared_in(scene: Scene, name: str) -> list[SgNode]:
    """Return what sets ``name`` in the function whose head alone the evidence quotes."""
    homes = [
        one
        for one in around(scene)
        if (body := field(one, "body")) is not None
        and all(last <= start(body) for _, last in scene.quotes)
    ]
    return [
        one
        for home in homes
        for one in of_kinds(home, scene.language.assignments)
        if squeezed(text_of(field(one, "name", "left"))) == name
    ]


def exit_for(scene: Scene, text: str) -> tuple[SgNode, Edit] | None:
    """``return …``, ``throw …``: the exit that the evidence quotes, with another value."""
    head = re.match(r"(return|throw|raise)\b\s*(.*)$", text, re.DOTALL)
    if head is None or head[2].strip() in {"await", "new", "async", "yield", "…"}:
        return None
    kind = f"{head[1]}_statement"
    exits = is_in_quotes(scene, (kind,))
    if not exits and head[1] == "return":
        return _returned(scene, text, head[2])
    if len(exits) != 1:
        return None
    old = exits[0].text().rstrip(";")
    whole = any(squeezed(scene.text[a:b]) == squeezed(old) for a, b in scene.quotes)
    if not whole and not is_akin(scene.language, head[2], old.partition(" ")[2]):
        return None
    new = text + (";" if exits[0].text().endswith(";") else "")
    return write_over(scene, exits[0], new)


def _returned(scene: Scene, text: str, value: str) -> tuple[SgNode, Edit] | None:
    """Return the call that the evidence makes without returning what the text returns."""
    statements = [
        one
        for one in is_in_quotes(scene, ("expression_statement",))
        if squeezed(one.text()) == squeezed(value)
    ]
    if len(statements) != 1 or function_around(statements[0], scene.language) is None:
        return None
    return write_over(
        scene, statements[0], text + (";" if statements[0].text().endswith(";") else "")
    )


def parameter_for(scene: Scene, text: str) -> tuple[SgNode, Edit] | None:
    """``name: type = value``: the parameter of that name, declared in another way."""
    head = re.match(r"(\w+)\??\s*(?::|=)\s*\S", text)
    if head is None or re.match(r"(?:const|let|var)\b", text):
        return None
    nodes = [
        one
        for function in around(scene)
        for one in parameters(function)
        if parameter_name(one) == head[1]
    ]
    if len(nodes) != 1 or not any(
        first <= start(nodes[0]) < last or start(nodes[0]) <= first < end(nodes[0])
        for first, last in scene.quotes
    ):
        return None
    return write_over(scene, nodes[0], _with_type(scene, nodes[0], text))


def _with_type(scene: Scene, parameter: SgNode, text: str) -> str:
    """Return ``name = value`` with the type that the parameter has; nothing beside it changes."""
    plain = re.fullmatch(r"(?P<name>\w+)\s*=\s*(?P<value>[^=].*)", text, re.DOTALL)
    declared = text_of(field(parameter, "type")).removeprefix(":").strip()
    if plain is None:
        return text
    if not declared:
        return f"{plain['name']}={plain['value']}" if scene.language.python else text
    if plain["value"] == "None" and not re.search(r"\b(?:None|Optional|Any|object)\b", declared):
        declared = f"{declared} | None"
    return f"{plain['name']}: {declared} = {plain['value']}"


def mutation_for(scene: Scene, text: str) -> tuple[SgNode, Edit] | None:
    """``xs.append(…)``: a change of what the evidence sets anew."""
    head = re.fullmatch(
        r"([\w$.]+)\.(?:append|push|add|extend|update|insert|set)\(.*\)", text, re.DOTALL
    )
    if head is None:
        return None
    assignments = [
        one
        for one in is_in_quotes(scene, ("assignment", "assignment_expression"))
        if squeezed(text_of(one.field("left"))) == squeezed(head[1])
    ]
    return write_over(scene, assignments[0], text) if len(assignments) == 1 else None
