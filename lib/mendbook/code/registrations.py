"""Register prom-client metrics beside those that stand there, spelled as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, end, indent, insert, start, step
from mendbook.code.functions import statement_of
from mendbook.code.imports import add_import, semicolon
from mendbook.code.module_text import Module
from mendbook.code.search import find_all


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric to register; ``key`` is what the code calls it."""

    name: str
    type: str
    """``Counter``, ``Gauge`` or ``Histogram``."""
    help: str
    key: str
    labels: tuple[str, ...] = ()
    buckets: str = ""
    """Source text of a histogram's buckets; empty for prom-client's own."""


def key_of(name: str) -> str:
    """Return ``open_orders_total`` as code spells it, ``openOrdersTotal``."""
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def shared_prefix(names: Sequence[str]) -> str:
    """Return the leading words that all of two or more names share: ``app_``."""
    if len(names) < 2:
        return ""
    shared = 0
    while all(name[: shared + 1] == names[0][: shared + 1] != names[0] for name in names):
        shared += 1
    return names[0][: names[0].rfind("_", 0, shared) + 1]


def register(module: Module, sibling: SgNode, metrics: Sequence[Metric]) -> list[Edit]:
    """Return the edits that register ``metrics`` below ``sibling``.

    ``sibling`` is the pair of an object literal whose value is a metric, or the ``new`` expression
    of a metric that a top-level constant holds.
    """
    is_pair = sibling.kind() == "pair"
    last = sibling if is_pair else statement_of(sibling)
    margin = indent(module.text, start(last))
    comma = last.next()
    follows = comma is not None and comma.kind() == ","
    at = end(comma) if comma is not None and follows else end(last)
    entries = [_entry(module, sibling, margin, metric) for metric in metrics]
    lead = "," if is_pair and not follows else ""
    text = lead + "".join(f"\n\n{margin}{entry}" for entry in entries)
    return [insert(at, text), *_imported(module, metrics)]


def _imported(module: Module, metrics: Sequence[Metric]) -> list[Edit]:
    """Return one edit that imports every type: edits at one place would come in their own order."""
    edits = [
        edit
        for kind in dict.fromkeys(metric.type for metric in metrics)
        for edit in add_import(module, kind, "prom-client")
    ]
    if not edits:
        return []
    return [insert(edits[0].start, "".join(edit.text for edit in edits))]


def _entry(module: Module, sibling: SgNode, margin: str, metric: Metric) -> str:
    written = sibling.text()
    quote = '"' if '"' in written else "'"
    registers = re.search(r"registers:\s*\[[^\]]*\]", written)
    inner = indent(module.text, start(find_all(sibling, "pair")[0]))
    inner = inner if len(inner) > len(margin) else margin + step(module.text)
    listed = ", ".join(f"{quote}{label}{quote}" for label in metric.labels)
    constant = " as const" if re.search(r"\]\s*as const", module.text) else ""
    lines = [
        f"new {metric.type}({{",
        f"{inner}name: {quote}{metric.name}{quote},",
        f"{inner}help: {quote}{metric.help}{quote},",
        *([f"{inner}labelNames: [{listed}]{constant},"] if listed else []),
        *([f"{inner}buckets: {metric.buckets},"] if metric.buckets else []),
        *([f"{inner}{registers[0]},"] if registers else []),
        f"{margin}}})",
    ]
    before, after = _frame(module, sibling, metric)
    return before + "\n".join(lines) + after


def _frame(module: Module, sibling: SgNode, metric: Metric) -> tuple[str, str]:
    if sibling.kind() == "pair":
        return f"{metric.key}: ", ","
    exported = statement_of(sibling).text().startswith("export")
    return f"{'export ' if exported else ''}const {metric.key} = ", semicolon(module)
