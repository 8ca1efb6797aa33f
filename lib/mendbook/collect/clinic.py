"""Record a program's health for Clinic.js: ``clinic doctor``."""

from __future__ import annotations

from pathlib import Path

from mendbook.collect.cpu_prof import everything, started, stopping, unnamed
from mendbook.collect.request import Order
from mendbook.collect.tool import Tool
from mendbook.collect.verdict import by_files


def _arguments(order: Order, scratch: Path) -> tuple[str, ...]:
    program = ("node", *stopping(order), *started(order))
    return ("doctor", "--collect-only", "--dest", str(scratch), "--", *program)


CLINIC = Tool(
    name="clinic",
    program="clinic",
    package="clinic",
    on_path=True,
    install="npm install --global clinic",
    arguments=_arguments,
    judge=by_files,
    exits={0: "done"},
    refuse=unnamed,
    sees=everything,
)
