"""Find unused exports: ``ts-prune``."""

from __future__ import annotations

from pathlib import Path

from mendbook.collect.records import Status
from mendbook.collect.request import Order
from mendbook.collect.tool import Answer, Tool, Verdict
from mendbook.collect.verdict import by_findings


def _arguments(order: Order, scratch: Path) -> tuple[str, ...]:
    del order, scratch
    return ()


def _refuse(order: Order) -> str:
    has = (order.repo / "tsconfig.json").is_file()
    return "" if has else "there is no tsconfig.json in the repository's folder"


def _judge(answer: Answer) -> Verdict:
    # it prints one export a line and nothing when all are used
    if answer.code == 0 and not answer.output.read_bytes().strip():
        return Status.CLEAN, "nothing found"
    return by_findings(answer)


TS_PRUNE = Tool(
    name="ts-prune",
    program="ts-prune",
    feeds="--tool",
    package="ts-prune",
    arguments=_arguments,
    judge=_judge,
    exits={0: "done, with findings or without", 1: "findings, where its settings ask for it"},
    keep="ts-prune.txt",
    refuse=_refuse,
)
