"""Profile the program's CPU time: ``node --cpu-prof``."""

from __future__ import annotations

from pathlib import Path

from mendbook.collect.request import Order
from mendbook.collect.tool import Tool
from mendbook.collect.verdict import by_files


def stopping(order: Order) -> tuple[str, ...]:
    """Return node's arguments that end a program by itself: a killed one writes no profile."""
    code = f"setTimeout(() => process.exit(0), {order.duration * 1000}).unref()"
    return ("--import", f"data:text/javascript,{code}")


def started(order: Order) -> tuple[str, ...]:
    """Return the program to profile and its arguments."""
    return order.command or ("PROGRAM",)


def unnamed(order: Order) -> str:
    """Return that no program was named, if so."""
    return "" if order.command else "no --command was given"


def everything(name: str) -> bool:
    """Show the user's whole environment: it is their program, started as they start it."""
    del name
    return True


def _arguments(order: Order, scratch: Path) -> tuple[str, ...]:
    return ("--cpu-prof", f"--cpu-prof-dir={scratch}", *stopping(order), *started(order))


CPU_PROF = Tool(
    name="cpu-prof",
    program="node",
    feeds="--profile",
    on_path=True,
    install="install Node.js, https://nodejs.org",
    arguments=_arguments,
    judge=by_files,
    exits={0: "done"},
    refuse=unnamed,
    sees=everything,
)
