"""Lint Go: ``staticcheck -f sarif``."""

from __future__ import annotations

from pathlib import Path

from mendbook.collect.request import Order
from mendbook.collect.stack import GO
from mendbook.collect.tool import Tool, of_go
from mendbook.collect.verdict import by_findings


def _arguments(order: Order, scratch: Path) -> tuple[str, ...]:
    del order, scratch
    return ("-f", "sarif", "./...")


STATICCHECK = Tool(
    name="staticcheck",
    program="staticcheck",
    feeds="--tool",
    on_path=True,
    install="go install honnef.co/go/tools/cmd/staticcheck@latest",
    arguments=_arguments,
    judge=by_findings,
    exits={0: "nothing found", 1: "findings, or packages that do not compile"},
    keep="staticcheck.sarif",
    stack=GO,
    sees=of_go,
)
