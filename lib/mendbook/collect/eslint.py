"""Lint: ``eslint --format json``."""

from __future__ import annotations

from pathlib import Path

from mendbook.collect.request import Order
from mendbook.collect.tool import Tool
from mendbook.collect.verdict import by_findings


def _arguments(order: Order, scratch: Path) -> tuple[str, ...]:
    del order, scratch
    return ("--format", "json", "--no-cache", ".")


ESLINT = Tool(
    name="eslint",
    program="eslint",
    feeds="--tool",
    package="eslint",
    arguments=_arguments,
    judge=by_findings,
    # warnings alone end with 0; 2 is a crash or a configuration that cannot be used
    exits={0: "no errors", 1: "errors"},
    keep="eslint.json",
)
