"""Look for insecure Python: ``bandit -f json``."""

from __future__ import annotations

from pathlib import Path

from mendbook.collect.request import Order
from mendbook.collect.stack import PYTHON
from mendbook.collect.tool import Tool
from mendbook.collect.verdict import by_findings


def _arguments(order: Order, scratch: Path) -> tuple[str, ...]:
    del order, scratch
    return ("-q", "-f", "json", "-r", ".", "-x", "./.venv,./venv,./.tox,./node_modules")


BANDIT = Tool(
    name="bandit",
    program="bandit",
    feeds="--tool",
    on_path=True,
    install="python -m pip install bandit",
    arguments=_arguments,
    judge=by_findings,
    exits={0: "nothing found", 1: "findings"},
    keep="bandit.json",
    stack=PYTHON,
)
