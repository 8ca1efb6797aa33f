"""Run a load test script: ``k6 run``."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from mendbook.collect.records import Status
from mendbook.collect.request import Order
from mendbook.collect.tool import Answer, Tool, Verdict
from mendbook.collect.verdict import by_files

_THRESHOLD_CROSSED = 99


def _elsewhere() -> str:
    """Return every address range that is not this machine's own."""
    four = IPv4Network("0.0.0.0/0").address_exclude(IPv4Network("127.0.0.0/8"))
    six = IPv6Network("::/0").address_exclude(IPv6Network("::1/128"))
    return ",".join(map(str, (*sorted(four), *sorted(six))))


def _arguments(order: Order, scratch: Path) -> tuple[str, ...]:
    return (
        "run",
        "--quiet",
        "--no-usage-report",
        # a script names its own hosts: k6 itself has to keep it on this machine
        *(() if order.allowed_hosts else ("--blacklist-ip", _elsewhere())),
        *("--vus", str(order.connections), "--duration", f"{order.duration}s"),
        *("--summary-export", str(scratch / "summary.json")),
        str(order.script or "SCRIPT"),
    )


def _refuse(order: Order) -> str:
    return "" if order.script else "no --script was given"


def _judge(answer: Answer) -> Verdict:
    status, meaning = by_files(answer)
    if status is Status.MEASURED and answer.code == _THRESHOLD_CROSSED:
        return Status.FINDINGS, "a threshold of the script was crossed"
    return status, meaning


K6 = Tool(
    name="k6",
    program="k6",
    feeds="--profile",
    on_path=True,
    install="install k6, https://grafana.com/docs/k6/latest/set-up/install-k6/",
    arguments=_arguments,
    judge=_judge,
    exits={0: "done", _THRESHOLD_CROSSED: "done, a threshold was crossed"},
    refuse=_refuse,
    stack="",  # it loads a server in any language
)
