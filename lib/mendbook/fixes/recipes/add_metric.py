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
from mendbook.fixes.claim import claim
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation

_SIBLING = re.compile(r"new (Counter|Gauge|Histogram|Summary)\(")
_ASKED = re.compile(
    r"\b(?:add|register|create|define|introduce|expose)\s+(?:an?\s+|the\s+)?(?:new\s+|prom\w*\s+)?"
    r"`?(?:(?P<kind>counter|gauge|histogram|summary)\s+(?:called\s+|named\s+)?`?(?P<name>{0})"
    r"|(?P<first>{0})`?\s+(?P<last>counter|gauge|histogram|summary))\b".format(
        r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+"
    ),
    re.IGNORECASE,
)
_SETS = re.compile(
    r"\.(?:inc|dec|set|observe)\(|\b(?:increment|decrement|observe|set|update|record|call)\b",
    re.IGNORECASE,
)


def _rewrite(task: Task) -> RecipeChange | str:
    asked = _ASKED.search(task.finding.fix)
    if asked is None:
        return "the fix does not name a metric to add with its kind, as in `add gauge queue_length`"
    if _SETS.search(task.finding.fix):
        return "the fix asks for code that sets the metric, which the metric alone would not do"
    name, kind = asked["name"] or asked["first"], asked["kind"] or asked["last"]
    for module in modules(task.snapshot, "prom-client"):
        siblings = [] if is_test(module.path) else _siblings(module)
        if siblings:
            return _change(module, siblings, name, kind.capitalize())
    return "no object of prom-client metrics is there to add to"


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


def _prefix(pair: SgNode) -> str:
    """Return what a metric's name has before the words of its key: ``shop_`` of one."""
    key, written = pair.field("key"), _written(pair)
    words = written.split("_")
    starts = ["_".join(words[:n]) + "_" for n in range(1, len(words))]
    said = key.text() if key is not None else ""
    return next((one for one in starts if key_of(written.removeprefix(one)) == said), "")


def _change(module: Module, siblings: list[SgNode], name: str, kind: str) -> RecipeChange | str:
    if name in [_written(pair) for pair in siblings]:
        return f"{name} is registered already"
    names = [_written(pair) for pair in siblings]
    short = name.removeprefix(shared_prefix(names) or _prefix(siblings[-1]))
    spoken = " ".join(short.split("_")).capitalize()
    metric = Metric(name, kind, spoken, key_of(short))
    edits = register(module, siblings[-1], [metric])
    return RecipeChange(
        summary=f"Register the {kind.lower()} {name}",
        edits={module.path: apply(module.text, edits)},
        risk="Nothing sets it yet: it reads zero, and an alert on it stays silent.",
        contracts=(
            claim(
                module.path,
                module.text,
                edits[:1],
                Operation.ADD,
                f"register the {kind.lower()} `{name}` beside its siblings",
                [f"{metric.key}: new {kind}("],
            ),
        ),
    )


_ORDERS = """\
import { Counter } from "prom-client";

export const metrics = {
  ordersPlaced: new Counter({
    name: "shop_orders_placed_total",
    help: "Orders placed",
    registers: [registry],
  }),

  refunds: new Counter({
    name: "shop_refunds_total",
    help: "Refunds",
    registers: [registry],
  }),
};
"""
_TIDES = """\
const { Gauge } = require('prom-client')

exports.gauges = {
\tlevel: new Gauge({
\t\tname: 'tide_level_cm',
\t\thelp: 'Level',
\t}),
}
"""

RECIPE = Recipe(
    name="add-metric",
    message="What is not counted cannot be alerted on.",
    words=r"metric|gauge|counter|histogram|prometheus",
    remedy=r"metric|gauge|counter|histogram|regist|count|measur|expos",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "the metric is registered as its siblings are",
            asking("Metric missing", "Add a gauge shop_open_carts", "src/metrics.ts"),
            {"src/metrics.ts": _ORDERS},
            {
                "src/metrics.ts": _ORDERS.replace("{ Counter }", "{ Counter, Gauge }").replace(
                    "  }),\n};",
                    '  }),\n\n  openCarts: new Gauge({\n    name: "shop_open_carts",\n'
                    '    help: "Open carts",\n    registers: [registry],\n  }),\n};',
                )
            },
        ),
        Example(
            "tabs stay tabs, and the name is the one that is asked for",
            asking("Nobody sees storms", "Register the `wind_speed_kn` gauge", "metrics.js"),
            {"metrics.js": _TIDES},
            {
                "metrics.js": _TIDES.replace(
                    "\t}),\n}\n",
                    "\t}),\n\n\twindSpeedKn: new Gauge({\n\t\tname: 'wind_speed_kn',\n"
                    "\t\thelp: 'Wind speed kn',\n\t}),\n}\n",
                )
            },
        ),
        Example(
            "one sibling shows which words the key leaves out",
            asking("Nobody sees frost", "Add gauge farm_frost_hours", "farm.ts"),
            {
                "farm.ts": 'import { Gauge } from "prom-client";\n\nexport const gauges = {\n'
                '  soilHumidity: new Gauge({ name: "farm_soil_humidity", help: "Soil" }),\n};\n'
            },
            {
                "farm.ts": 'import { Gauge } from "prom-client";\n\nexport const gauges = {\n'
                '  soilHumidity: new Gauge({ name: "farm_soil_humidity", help: "Soil" }),\n\n'
                '  frostHours: new Gauge({\n    name: "farm_frost_hours",\n'
                '    help: "Frost hours",\n  }),\n};\n'
            },
        ),
        Example(
            "a metric that is registered stays",
            asking("Metric missing", "Add counter shop_refunds_total", "src/metrics.ts"),
            {"src/metrics.ts": _ORDERS},
            refuses="shop_refunds_total is registered already",
        ),
        Example(
            "no name is made up",
            asking("Metrics missing", "Add a gauge for the queue", "src/metrics.ts"),
            {"src/metrics.ts": _ORDERS},
            refuses="does not name a metric",
        ),
        Example(
            "a metric that nothing sets is not what was asked",
            asking(
                "Failed refunds are not counted",
                "Add counter shop_refunds_failed_total and call refundsFailed.inc() in the catch",
                "src/refund.ts",
            ),
            {"src/metrics.ts": _ORDERS},
            refuses="asks for code that sets the metric",
        ),
    ),
)
