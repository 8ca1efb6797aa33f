"""prom-client (Node.js): the collectors that code registers, and a patch that registers more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.advice.metrics.collector import Collector
from mendbook.advice.production_code import (
    Code,
    bare,
    bound,
    in_order,
    line_of,
    literal_argument,
    member,
)
from mendbook.code.edits import apply
from mendbook.code.functions import statement_of
from mendbook.code.module_text import Module, imports
from mendbook.code.registrations import Metric, key_of, register
from mendbook.code.search import find_all
from mendbook.code.trees import enclosing_name, string_value
from mendbook.model import Proposal
from mendbook.policy.platform import WantedMetric

PACKAGE = "prom-client"
TYPES = ("Counter", "Gauge", "Histogram", "Summary")
_NAMES = (
    "identifier",
    "property_identifier",
    "private_property_identifier",
    "shorthand_property_identifier",
)


@dataclass(frozen=True, slots=True)
class Registration:
    """A collector and the ``new`` expression that registers it."""

    collector: Collector
    module: Module
    node: SgNode


def registrations(code: Code) -> tuple[Registration, ...]:
    """Return every collector that production code constructs, in file order."""
    return tuple(
        registration
        for module in code.modules(PACKAGE)
        for node in in_order(find_all(module.root, "new_expression"))
        if (registration := _registration(code, module, node)) is not None
    )


def read(code: Code) -> tuple[Collector, ...]:
    """Return every collector that production code constructs, in file order."""
    return tuple(one.collector for one in registrations(code))


def without_defaults(code: Code) -> str:
    """Return what a reader must know where the runtime's own metrics are not registered."""
    if next(code.calls("collectDefaultMetrics"), None) is not None:
        return ""
    return "collectDefaultMetrics is not called: memory and event-loop lag are missing"


def _registration(code: Code, module: Module, node: SgNode) -> Registration | None:
    options = literal_argument(node)
    kind = _type(module, node)
    given = member(options, "name") if options is not None else None
    name = string_value(bare(given)) if given is not None else None
    if options is None or not kind or name is None:
        return None
    listed = member(options, "labelNames")
    key = _key(node)
    collects = member(options, "collect") is not None or _has_method(options, "collect")
    collector = Collector(
        name=name,
        type=kind,
        labels=tuple(_strings(listed)) if listed is not None else (),
        key=key,
        path=module.path,
        line=line_of(node),
        around=enclosing_name(node),
        silent=bool(key) and not collects and _mentions(code, key) == 1,
    )
    return Registration(collector, module, node)


def _type(module: Module, node: SgNode) -> str:
    """Return the prom-client class that ``node`` constructs, or an empty string."""
    constructor = node.field("constructor")
    if constructor is None:
        return ""
    base, _, last = constructor.text().rpartition(".")
    export = bound(module, PACKAGE).get(base or last)
    if export is None:
        return ""
    name = last if base and export in {"*", "default"} else export
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


def _mentions(code: Code, key: str) -> int:
    word = f"^{re.escape(key)}$"
    return sum(len(find_all(module.root, *_NAMES, regex=word)) for module in code.modules(key))


# --- patch -------------------------------------------------------------------------------------


def propose(
    code: Code, missing: Sequence[WantedMetric], prefix: str
) -> tuple[Proposal | None, str]:
    """Return the patch that registers ``missing`` where the others stand, or why there is none."""
    registered = registrations(code)
    home = _sibling(registered)
    if home is None:
        return None, "no prom-client collector stands in an object or a top-level constant"
    neighbour, sibling = home
    taken = {one.collector.key for one in registered}
    metrics = [_metric(wanted, prefix, taken) for wanted in missing]
    text = apply(neighbour.module.text, register(neighbour.module, sibling, metrics))
    names = ", ".join(metric.name for metric in metrics)
    proposal = Proposal(
        finding_id="",
        source="advisor",
        part="metrics",
        summary=f"Register {len(metrics)} missing collector{'s' if len(metrics) > 1 else ''}",
        edits={neighbour.module.path: text},
        why=f"Dashboards and alerts read {names}.",
        risk="Until code sets them they read zero or nothing: an alert on them stays silent.",
    )
    return proposal, ""


def _sibling(registered: Sequence[Registration]) -> tuple[Registration, SgNode] | None:
    """Return the last collector of the fullest module, and the node that ``register`` follows.

    A module that requires the package gives no place: an import would not run beside it.
    """
    by_module: dict[str, list[tuple[Registration, SgNode]]] = {}
    for one in registered:
        parent = one.node.parent()
        imports_it = any(each.specifier == PACKAGE for each in imports(one.module))
        if parent is None or not one.collector.key or not imports_it:
            continue
        if parent.kind() == "pair":
            by_module.setdefault(one.module.path, []).append((one, parent))
        elif (statement := statement_of(one.node).parent()) and statement.kind() == "program":
            by_module.setdefault(one.module.path, []).append((one, one.node))
    return max(by_module.values(), key=len)[-1] if by_module else None


def _metric(wanted: WantedMetric, prefix: str, taken: set[str]) -> Metric:
    key = key_of(wanted.name)
    key = f"{key}{wanted.type}" if key in taken else key
    buckets = f"[{', '.join(f'{one:g}' for one in wanted.buckets)}]" if wanted.buckets else ""
    return Metric(prefix + wanted.name, wanted.type, wanted.help, key, wanted.labels, buckets)
