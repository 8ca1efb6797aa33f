"""Lint Python: ``ruff check --output-format json``."""

from __future__ import annotations

from pathlib import Path

from mendbook.collect.request import Order
from mendbook.collect.stack import PYTHON
from mendbook.collect.tool import Tool
from mendbook.collect.verdict import by_findings


def _arguments(order: Order, scratch: Path) -> tuple[str, ...]:
    del order, scratch
    return ("check", "--output-format", "json", "--no-cache", ".")


RUFF = Tool(
    name="ruff",
    program="ruff",
    feeds="--tool",
    on_path=True,
    install="python -m pip install ruff",
    arguments=_arguments,
    judge=by_findings,
    exits={0: "nothing found", 1: "findings"},
    keep="ruff.json",
    stack=PYTHON,
)
