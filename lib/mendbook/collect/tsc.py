"""Check types: ``tsc --noEmit``."""

from __future__ import annotations

import re
from pathlib import Path

from mendbook.collect.records import Status
from mendbook.collect.request import Order
from mendbook.collect.tool import Answer, Tool, Verdict
from mendbook.collect.verdict import counted

_ERROR = re.compile(r"^[^\n]+\(\d+,\d+\): error TS\d+: ", re.MULTILINE)
_SETTING = re.compile(r"^error TS\d+: [^\n]{1,200}", re.MULTILINE)


def _arguments(order: Order, scratch: Path) -> tuple[str, ...]:
    del order
    # an incremental project writes its build information even with --noEmit: it goes elsewhere
    info = str(scratch / "tsconfig.tsbuildinfo")
    return ("--noEmit", "--pretty", "false", "--incremental", "--tsBuildInfoFile", info)


def _refuse(order: Order) -> str:
    has = (order.repo / "tsconfig.json").is_file()
    return "" if has else "there is no tsconfig.json in the repository's folder"


def _judge(answer: Answer) -> Verdict:
    text = answer.output.read_text("utf-8", "replace")
    setting = _SETTING.search(text)
    if setting:
        return Status.FAILED, f"exit code {answer.code}, the project is not checked: {setting[0]}"
    return counted(answer, len(_ERROR.findall(text)))


TSC = Tool(
    name="tsc",
    program="tsc",
    package="typescript",
    arguments=_arguments,
    judge=_judge,
    # 1 and 2 tell whether files were written besides, which --noEmit forbids
    exits={0: "no errors", 1: "errors", 2: "errors"},
    keep="tsc.txt",
    refuse=_refuse,
)
