"""Ask RustSec for known vulnerabilities of locked crates: ``cargo audit --json``."""

from __future__ import annotations

from pathlib import Path

from mendbook.collect.request import Order
from mendbook.collect.stack import RUST
from mendbook.collect.tool import Tool
from mendbook.collect.verdict import by_findings


def _arguments(order: Order, scratch: Path) -> tuple[str, ...]:
    del order, scratch
    return ("audit", "--json")


CARGO_AUDIT = Tool(
    name="cargo-audit",
    program="cargo-audit",
    feeds="--tool",
    on_path=True,
    install="cargo install cargo-audit",
    arguments=_arguments,
    judge=by_findings,
    exits={0: "nothing found", 1: "findings"},
    keep="cargo-audit.json",
    stack=RUST,
)
