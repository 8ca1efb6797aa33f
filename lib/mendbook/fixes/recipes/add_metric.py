"""Add a missing metric beside its siblings."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import apply
from mendbook.code.module_text import Module, modules, string_value
from mendbook.code.registrations import (
    Metric,
    key_of,
    register,
    shared_prefix,
)
from mendbook.code.search import find_all
from mendbook.code.test_files import is_test
from mendbook.fixes.recipe import Change, Example, Recipe, asking
from mendbook.fixes.task import Task

_SIBLING = re.compile(r"new (Counter|Gauge|Histogram|Summary)\(")
_NAME = re.compile(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b")


def _rewrite(task: Task) -> Change | str:
    fix = f"{task.finding.fix} {task.finding.problem}"
    kind = re.search(r"\b(counter|gauge|histogram)\b", fix, re.IGNORECASE)
    name = next(iter(_NAME.findall(task.finding.fix)), None)
    if name is None:
        return "the fix names no metric as Prometheus spells it"
    for module in modules(task.snapshot, "prom-client"):
        if is_test(module.path):
            continue
        siblings = _siblings(module)
        if siblings:
            return _change(module, siblings, name, _kind(kind, name))
    return "no object of prom-client metrics is there to add to"


def _kind(said: re.Match[str] | None, name: str) -> str:
    if said is not None:
        return said[1].capitalize()
    if name.endswith(("_seconds", "_ms", "_bytes")):
        return "Histogram"
    return "Counter" if name.endswith("_total") else "Gauge"


def _siblings(module: Module) -> list[SgNode]:
    """Return the pairs of an object literal that hold metrics."""
    return [
        pair
        for pair in find_all(module.root, "pair")
        if (value := pair.field("value")) is not None and _SIBLING.match(value.text())
    ]


def _written(pair: SgNode) -> str:
    """Return the ``name`` that a metric is registered under."""
    for one in find_all(pair, "pair"):
        key, value = one.field("key"), one.field("value")
        if key is not None and value is not None and key.text() == "name":
            return string_value(value)
    return ""


def _change(module: Module, siblings: list[SgNode], name: str, kind: str) -> Change | str:
    names = [_written(pair) for pair in siblings]
    prefix = shared_prefix(names)
    full = name if name.startswith(prefix) else prefix + name
    if full in names:
        return f"{full} is registered already"
    short = name.removeprefix(prefix)
    spoken = " ".join(short.split("_")).capitalize()
    metric = Metric(full, kind, spoken, key_of(short))
    return Change(
        summary=f"Register the {kind.lower()} {full}",
        edits={module.path: apply(module.text, register(module, siblings[-1], [metric]))},
        risk="Until code sets it, it reads zero: an alert on it stays silent.",
    )


_METRICS = """\
import { Counter } from "prom-client";

export const metrics = {
  roomsOpened: new Counter({
    name: "app_rooms_opened_total",
    help: "Rooms opened",
    registers: [registry],
  }),

  gifts: new Counter({
    name: "app_gifts_total",
    help: "Gifts",
    registers: [registry],
  }),
};
"""

RECIPE = Recipe(
    name="add-metric",
    message="What is not counted cannot be alerted on.",
    words=r"metric|gauge|counter|histogram|prometheus",
    rewrite=_rewrite,
    examples=(
        Example(
            "the metric is registered as its siblings are",
            asking("Metric missing", "Add gauge gift_buffer_size", "src/metrics.ts"),
            {"src/metrics.ts": _METRICS},
            {
                "src/metrics.ts": _METRICS.replace("{ Counter }", "{ Counter, Gauge }").replace(
                    "  }),\n};",
                    '  }),\n\n  giftBufferSize: new Gauge({\n    name: "app_gift_buffer_size",\n'
                    '    help: "Gift buffer size",\n    registers: [registry],\n  }),\n};',
                )
            },
        ),
        Example(
            "a metric that is registered stays",
            asking("Metric missing", "Add counter gifts_total to metrics", "src/metrics.ts"),
            {"src/metrics.ts": _METRICS},
            refuses="app_gifts_total is registered already",
        ),
        Example(
            "no name is made up",
            asking("Metrics missing", "Add a gauge for the queue", "src/metrics.ts"),
            {"src/metrics.ts": _METRICS},
            refuses="names no metric",
        ),
    ),
)
