"""Look for unused Python: ``vulture``."""

from __future__ import annotations

from pathlib import Path

from mendbook.collect.request import Order
from mendbook.collect.stack import PYTHON
from mendbook.collect.tool import Tool
from mendbook.collect.verdict import by_lines


def _arguments(order: Order, scratch: Path) -> tuple[str, ...]:
    del order, scratch
    return (".", "--exclude", ".venv,venv,.tox,node_modules")


VULTURE = Tool(
    name="vulture",
    program="vulture",
    feeds="--tool",
    on_path=True,
    install="python -m pip install vulture",
    arguments=_arguments,
    judge=by_lines,
    exits={0: "nothing found", 3: "unused code"},
    keep="vulture.txt",
    stack=PYTHON,
)
