"""A call or a literal with other arguments: of the same mapping, the same method, the same type."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.operations.alike.swap import Swap, swap_of
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.tree.syntax import (
    callee_text,
    of_kinds,
    outermost,
    same,
    squeezed,
    start,
    text_of,
)
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced


def get_swap(scene: Scene, code: str) -> Swap | None:
    """``.get(key, default)``: the mapping that the evidence reads by that key."""
    head = re.fullmatch(
        r"(?P<owner>[\w.]+)?\.get\((?P<key>[^,()]+),\s*(?P<rest>.+)\)", code, re.DOTALL
    )
    if head is None or not scene.language.python:
        return None
    subscripts = [
        one
        for one in of_kinds(scene.root, ("subscript",))
        if touches_quote(scene, one)
        and squeezed(text_of(one.field("subscript"))) == squeezed(head["key"])
        and (not head["owner"] or squeezed(text_of(one.field("value"))) == head["owner"])
        and not _is_written(one)
    ]
    if len(subscripts) != 1:
        return None
    owner = text_of(subscripts[0].field("value"))
    given = f"({head['key']}, {head['rest']})"
    return swap_of(scene, subscripts, f"{owner}.get{given}")


def _is_written(node: SgNode) -> bool:
    holder = node.parent()
    sets = holder is not None and "assignment" in holder.kind()
    left = holder.field("left") if holder is not None and sets else None
    return (left is not None and same(left, node)) or (
        holder is not None and holder.kind() == "delete_statement"
    )


def same_method_swap(scene: Scene, code: str) -> Swap | None:
    """``read(charset)``: the one call of that method in the evidence, with other arguments."""
    head = re.fullmatch(r"\.?(?P<name>[A-Za-z_]\w*)(?P<given>\(.*\))", code, re.DOTALL)
    if head is None:
        return None
    calls = [one for one in _methods(scene, head["name"]) if touches_quote(scene, one)]
    listed = calls[0].field("arguments") if len(calls) == 1 else None
    if listed is None or not _keeps(listed, head["given"]):
        return None
    if squeezed(listed.text()) == squeezed(head["given"]):
        return None
    new = quoted_as_here(scene, head["given"])
    whole = scene.text[start(calls[0]) : start(listed)] + new
    return calls[0].text(), whole, [replaced(listed, new)]


def _methods(scene: Scene, name: str) -> list[SgNode]:
    """Return the calls of a method ``name``, whatever it is called on."""
    calls = of_kinds(scene.root, scene.language.calls)
    return [one for one in calls if callee_text(one).rpartition(".")[1:] == (".", name)]


def chain_swap(scene: Scene, code: str) -> Swap | None:
    """``reply.code(204).send()``: the one call of the evidence on that owner that ends alike."""
    head = re.fullmatch(r"(?P<owner>[\w.]+)\.\w+\(.*\)\.(?P<last>\w+)\(.*\)", code, re.DOTALL)
    if head is None:
        return None
    calls = [
        one
        for one in _methods(scene, head["last"])
        if begins_in_quote(scene, one) and callee_text(one).startswith(f"{head['owner']}.")
    ]
    return swap_of(scene, outermost(calls), code)


def _keeps(listed: SgNode, given: str) -> bool:
    """Tell whether new arguments have all the old ones."""
    return all(squeezed(one.text()) in squeezed(given) for one in listed.named_children())


def literal_swap(scene: Scene, code: str) -> Swap | None:
    """``&T{…}``: the one value of that type that the evidence makes, with other fields."""
    head = re.match(r"&?(?P<type>[\w.]+)\{", code)
    if head is None or scene.language.name != "go" or not code.endswith("}"):
        return None
    literals = [
        one
        for one in of_kinds(scene.root, ("composite_literal",))
        if touches_quote(scene, one) and text_of(one.field("type")) == head["type"]
    ]
    if len(literals) != 1:
        return None
    if not all(squeezed(one.text()) in squeezed(code) for body in literals[0].children()
               if body.kind() == "literal_value" for one in body.named_children()):  # fmt: skip
        return None
    return swap_of(scene, literals, code.lstrip("&"))
