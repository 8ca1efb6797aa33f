"""The constructor of a class of TypeScript: its parameters, and one more of them."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, end, indent, insert, line_end, remove, start, step
from mendbook.code.module_text import Module
from mendbook.fixes.given_parameter import Given


def members(owner: SgNode, kind: str) -> list[SgNode]:
    """Return the members of a class that are of one kind."""
    body = owner.field("body")
    return [one for one in body.named_children() if one.kind() == kind] if body is not None else []


def constructor(owner: SgNode) -> SgNode | None:
    """Return the constructor that a class writes; None without one."""
    methods = members(owner, "method_definition")
    return next((one for one in methods if member_name(one) == "constructor"), None)


def member_name(node: SgNode) -> str:
    """Return the name of a class or of a member; empty for none."""
    label = node.field("name") or node.field("property")
    return label.text() if label is not None else ""


def parameters(owner: SgNode) -> list[SgNode]:
    """Return the parameters of a class's constructor; none where it has none."""
    made = constructor(owner)
    listed = made.field("parameters") if made is not None else None
    return [one for one in listed.named_children() if one.kind() != "comment"] if listed else []


def parameter_label(parameter: SgNode) -> str:
    """Return the name that a parameter binds."""
    label = parameter.field("pattern") or parameter.field("name")
    return label.text() if label is not None else ""


def with_parameter(
    module: Module, owner: SgNode, given: Given, gone: SgNode | None
) -> list[Edit] | str:
    """Return the edits that give the constructor one more parameter, in the layout of its own.

    ``gone`` is the field that goes for it, if any. A sentence says why there are no edits.
    """
    text, made, tab = module.text, constructor(owner), step(module.text)
    if made is None:
        if re.search(r"\bextends\b", text[start(owner) : start(owner.field("body") or owner)]):
            return "the class above it is constructed otherwise"
        return _new_constructor(module, owner, given, gone)
    cut = [remove(text, gone)] if gone is not None else []
    listed = made.field("parameters")
    old = parameters(owner)
    if listed is None:
        return "the constructor has no parameters to add to"
    margin = indent(text, start(made))
    whole = [*(one.text() for one in old), given.code]
    broken = "\n" in listed.text() or (
        len(whole) > 1 and any(re.match(r"private|public|protected|readonly", one) for one in whole)
    )
    if old and "\n" in listed.text():
        rest = re.match(r",?", text[end(old[-1]) :])
        lead = indent(text, start(old[-1]))
        comma = rest[0] if rest is not None else ""
        row = f",\n{lead}{given.code}{comma}"
        return [*cut, Edit(end(old[-1]), end(old[-1]) + len(comma), row)]
    if broken:
        rows = "".join(f"\n{margin}{tab}{one}," for one in whole)
        return [*cut, Edit(start(listed), end(listed), f"({rows}\n{margin})")]
    return [*cut, Edit(start(listed), end(listed), f"({', '.join(whole)})")]


def _new_constructor(
    module: Module, owner: SgNode, given: Given, gone: SgNode | None
) -> list[Edit] | str:
    body, text = owner.field("body"), module.text
    if body is None or not body.named_children() or "\n" not in body.text():
        return "the class is empty"
    code = f"constructor({given.code}) {{}}"
    fields = [one for one in members(owner, "public_field_definition") if one != gone]
    margin = indent(text, start(body.named_children()[0]))
    if not fields and gone is not None:
        marks = re.match(r";?", text[end(gone) :])
        return [Edit(start(gone), end(gone) + len(marks[0] if marks is not None else ""), code)]
    cut = [remove(text, gone)] if gone is not None else []
    if fields:
        at = line_end(text, end(fields[-1]))
        return [*cut, insert(at, f"\n{margin}{code}\n")]
    return [insert(line_end(text, start(body)), f"{margin}{code}\n\n")]
