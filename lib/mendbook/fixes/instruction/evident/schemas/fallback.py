"""A value for where a quoted expression has none: ``??``, ``or``, or the default of a lookup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.told import Told, holds
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import begins_in_quote
from mendbook.fixes.instruction.places.targets import same_code
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    call_name,
    end,
    name_of,
    same,
    start,
    value_of,
)
from mendbook.fixes.instruction.writing.editing import add_item, quoted_as_here, replaced
from mendbook.model import Operation

_TOLD = re.compile(
    r"\bfallback\b|\bdefault\b|\b(?:undefined|missing|unset|absent)\b", re.IGNORECASE
)
_VALUES = {Shape.NUMBER, Shape.TEXT}
_NAME = re.compile(r"\b(?P<value>Infinity|null|None|true|false|True|False)\b")


def fallback(told: Told) -> Iterator[Made]:
    """Yield the expression with its fallback: *read.level should fall back to 0*."""
    if _TOLD.search(told.words) is None:
        return
    values = [at for at in told.new() if told.codes[at].shape in _VALUES]
    rest = [at for at in told.new() if at not in values]
    marks = {"??", "or"} if told.scene.language.script else {"or"}
    if len(values) != 1 or any(told.codes[at].text not in marks for at in rest):
        return
    value = quoted_as_here(told.scene, told.codes[values[0]].text)
    for read, names in _reads(told):
        text = _with(told, read, value)
        if text:
            yield made(told, [*values, *rest, *names], Operation.SET,
                       f"let `{read.text()}` fall back to `{value}`",
                       [replaced(read, text)], adds=(value,))  # fmt: skip


def _reads(told: Told) -> Iterator[tuple[SgNode, list[int]]]:
    """Yield what is read under a name that the text gives: the code, a key, or a variable."""
    found: list[tuple[SgNode, list[int]]] = []
    for at in told.numbers():
        code = told.codes[at].text
        found += [(one, [at]) for one in same_code(told.scene, code)
                  if begins_in_quote(told.scene, one) and _is_value(one)]  # fmt: skip
    for kind in ("subscript", *told.scene.language.calls):
        for one in told.nodes((kind,)):
            keys = [each.text() for each in _keys(one)]
            ats = [at for at in told.numbers() if any(
                holds(key, told.codes[at].text) for key in keys)]  # fmt: skip
            named = (
                kind != "subscript"
                and call_name(one) in {"get", "getenv", "getattr"}
                and told.spoken(call_name(one))
            )
            if ats or named:
                found.append((one, ats))
    for one in told.nodes(told.scene.language.assignments):
        value = value_of(one)
        if value is not None and told.spoken(name_of(one)) and _is_value(value):
            found.append((value, []))
    seen: list[SgNode] = []
    for node, ats in found:
        if not any(same(node, other) for other in seen):
            seen.append(node)
            yield node, ats


def _keys(node: SgNode) -> list[SgNode]:
    if node.kind() == "subscript":
        return node.named_children()[1:]
    return arguments(node)[:1]


def _is_value(node: SgNode) -> bool:
    holder = node.parent()
    left = holder.field("left") if holder is not None else None
    is_target = left is not None and (start(left), end(left)) == (start(node), end(node))
    plain = re.fullmatch(r"[\w$.?]+(?:\[[^\[\]]*\])?", node.text())
    return (
        plain is not None
        and not is_target
        and "." in node.text() + ("." if "[" in node.text() else "")
    )


def _with(told: Told, node: SgNode, value: str) -> str:
    """Return a read with its fallback, as the language writes it; nothing where it has none."""
    if told.scene.language.script:
        mark = next((one for one in ("??", "||") if told.spoken(one)), "??")
        holder = node.parent()
        wraps = holder is not None and holder.kind() in {"binary_expression", "unary_expression"}
        return f"({node.text()} {mark} {value})" if wraps else f"{node.text()} {mark} {value}"
    if not told.scene.language.python:
        return ""
    if node.kind() == "subscript":
        owner, key = node.named_children()[0], node.named_children()[1:]
        return f"{owner.text()}.get({key[0].text()}, {value})" if len(key) == 1 else ""
    if node.kind() in told.scene.language.calls:
        held = node.field("arguments")
        if held is None or len(arguments(node)) != 1 or call_name(node) not in {"get", "getenv"}:
            return ""
        edit = add_item(told.scene, held, value)
        return (
            told.scene.text[start(node) : edit.start]
            + edit.text
            + told.scene.text[edit.end : end(node)]
        )
    return f"{node.text()} or {value}" if re.search(r"\bor\b", told.words + " ".join(
        told.codes[at].text for at in told.numbers())) else ""  # fmt: skip
