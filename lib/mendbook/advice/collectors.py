"""Read the prom-client collectors that the code registers, and which of them it sets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.advice.reading import (
    Code,
    bare,
    in_order,
    line_of,
    literal_argument,
    member,
)
from mendbook.code.module_text import Module, imported
from mendbook.code.search import find_all
from mendbook.code.trees import string_value

PACKAGE = "prom-client"
TYPES = ("Counter", "Gauge", "Histogram", "Summary")
_NAMES = (
    "identifier",
    "property_identifier",
    "private_property_identifier",
    "shorthand_property_identifier",
)


@dataclass(frozen=True, slots=True)
class Collector:
    """One collector as it is constructed."""

    name: str
    type: str
    """``Counter``, ``Gauge``, ``Histogram`` or ``Summary``."""
    labels: tuple[str, ...]
    key: str
    """The constant, property or field that holds it; empty when nothing does."""
    module: Module
    node: SgNode
    """Its ``new`` expression."""
    collects: bool = False
    """Whether it brings its own ``collect`` function."""

    @property
    def where(self) -> str:
        """``file:line`` of the construction."""
        return f"{self.module.path}:{line_of(self.node)}"

    @property
    def shown(self) -> str:
        """Type and labels in words."""
        return f"{self.type}, {described(self.labels)}"


def described(labels: tuple[str, ...]) -> str:
    """Return labels in words: ``labels kind, type`` or ``no labels``."""
    if not labels:
        return "no labels"
    return f"{'label' if len(labels) == 1 else 'labels'} {', '.join(labels)}"


def read_collectors(code: Code) -> tuple[Collector, ...]:
    """Return every collector that production code constructs, in file order."""
    return tuple(
        found
        for module in code.modules(PACKAGE)
        for node in in_order(find_all(module.root, "new_expression"))
        if (found := _collector(module, node)) is not None
    )


def _collector(module: Module, node: SgNode) -> Collector | None:
    options = literal_argument(node)
    kind = _type(module, node)
    given = member(options, "name") if options is not None else None
    name = string_value(bare(given)) if given is not None else None
    if options is None or not kind or name is None:
        return None
    listed = member(options, "labelNames")
    return Collector(
        name=name,
        type=kind,
        labels=tuple(_strings(listed)) if listed is not None else (),
        key=_key(node),
        module=module,
        node=node,
        collects=member(options, "collect") is not None or _has_method(options, "collect"),
    )


def _type(module: Module, node: SgNode) -> str:
    """Return the prom-client class that ``node`` constructs, or an empty string."""
    constructor = node.field("constructor")
    if constructor is None:
        return ""
    base, _, last = constructor.text().rpartition(".")
    found = imported(module, base or last)
    if found is None or found.specifier != PACKAGE:
        return ""
    whole = found.imported in {"*", "default"}
    name = last if base and whole else found.imported
    return name if name in TYPES else ""


def _strings(node: SgNode) -> Iterator[str]:
    for one in in_order(find_all(node, "string")):
        text = string_value(one)
        if text is not None:
            yield text


def _has_method(options: SgNode, name: str) -> bool:
    return any(
        one.kind() == "method_definition"
        and (label := one.field("name")) is not None
        and label.text() == name
        for one in options.named_children()
    )


def _key(node: SgNode) -> str:
    holder = node.parent()
    fields = {"variable_declarator": "name", "pair": "key", "assignment_expression": "left"}
    fields |= {"public_field_definition": "name", "field_definition": "property"}
    while holder is not None and holder.kind() not in fields:
        if holder.kind() in {"arguments", "statement_block", "program"}:
            return ""
        holder = holder.parent()
    label = holder.field(fields[holder.kind()]) if holder is not None else None
    return label.text().strip("'\"").rpartition(".")[2] if label is not None else ""


def unset(code: Code, collectors: tuple[Collector, ...]) -> frozenset[str]:
    """Return the keys of those collectors that production names only where it registers them.

    A collector that brings its own ``collect`` function sets itself.
    """
    return frozenset(
        one.key
        for one in collectors
        if one.key and not one.collects and _mentions(code, one.key) == 1
    )


def _mentions(code: Code, key: str) -> int:
    word = f"^{re.escape(key)}$"
    return sum(len(find_all(module.root, *_NAMES, regex=word)) for module in code.modules(key))


def default_metrics(code: Code) -> tuple[Module, SgNode] | None:
    """Return where Node's own metrics are registered, or None."""
    return next(code.calls("collectDefaultMetrics"), None)


def called_at(code: Code, *names: str) -> str:
    """Return ``file:line`` of the first call of one of ``names``, or an empty string."""
    for module, call in code.calls(*names):
        if call.kind() == "call_expression":
            return f"{module.path}:{line_of(call)}"
    return ""
