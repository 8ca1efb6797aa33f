"""Find unused files, exports and packages: ``knip --reporter json``."""

from __future__ import annotations

from pathlib import Path

from mendbook.collect.request import Order
from mendbook.collect.tool import Tool
from mendbook.collect.verdict import by_findings


def _arguments(order: Order, scratch: Path) -> tuple[str, ...]:
    del order, scratch
    return ("--reporter", "json", "--no-progress")


KNIP = Tool(
    name="knip",
    program="knip",
    feeds="--tool",
    package="knip",
    arguments=_arguments,
    judge=by_findings,
    exits={0: "nothing found", 1: "findings"},  # 2 is a crash
    keep="knip.json",
)
