"""Find unused and missing packages: ``depcheck --json``."""

from __future__ import annotations

from pathlib import Path

from mendbook.collect.request import Order
from mendbook.collect.tool import Tool
from mendbook.collect.verdict import by_findings


def _arguments(order: Order, scratch: Path) -> tuple[str, ...]:
    del order, scratch
    return (".", "--json")


DEPCHECK = Tool(
    name="depcheck",
    program="depcheck",
    feeds="--tool",
    package="depcheck",
    arguments=_arguments,
    judge=by_findings,
    exits={0: "nothing found", 255: "findings"},  # it exits with -1
    keep="depcheck.json",
)
