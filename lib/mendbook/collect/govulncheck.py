"""Ask Go's database for known vulnerabilities that are reached: ``govulncheck``."""

from __future__ import annotations

from pathlib import Path

from mendbook.collect.request import Order
from mendbook.collect.stack import GO
from mendbook.collect.tool import Tool, of_go
from mendbook.collect.verdict import by_findings


def _arguments(order: Order, scratch: Path) -> tuple[str, ...]:
    del order, scratch
    return ("-format", "sarif", "./...")


GOVULNCHECK = Tool(
    name="govulncheck",
    program="govulncheck",
    feeds="--tool",
    on_path=True,
    install="go install golang.org/x/vuln/cmd/govulncheck@latest",
    arguments=_arguments,
    judge=by_findings,
    exits={0: "done"},
    keep="govulncheck.sarif",
    stack=GO,
    sees=of_go,
)
