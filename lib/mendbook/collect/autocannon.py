"""Load a URL: ``autocannon --json``."""

from __future__ import annotations

import json
from pathlib import Path

from mendbook.collect.records import Status
from mendbook.collect.request import Order
from mendbook.collect.tool import Answer, Tool, Verdict


def _arguments(order: Order, scratch: Path) -> tuple[str, ...]:
    del scratch
    size = ("-c", str(order.connections), "-d", str(order.duration))
    return ("--json", "--no-progress", *size, order.url or "URL")


def _refuse(order: Order) -> str:
    return "" if order.url else "no --url was given"


def _judge(answer: Answer) -> Verdict:
    try:
        report = json.loads(answer.output.read_bytes())
        answered = sum(int(report[key]) for key in ("2xx", "non2xx"))
        errors = int(report["errors"])
    except (ValueError, TypeError, KeyError):
        said = answer.complaint or "no message"
        return Status.FAILED, f"its output is not autocannon's JSON ({said})"
    if not answered:
        return Status.FAILED, f"no request was answered ({errors} errors); is the server running?"
    return Status.MEASURED, f"{answered} answers, {errors} errors"


AUTOCANNON = Tool(
    name="autocannon",
    program="autocannon",
    feeds="--profile",
    package="autocannon",
    on_path=True,
    arguments=_arguments,
    judge=_judge,
    exits={0: "done"},
    keep="autocannon.json",
    refuse=_refuse,
    stack="",  # it loads a server in any language
)
