"""Ask the registry for known vulnerabilities: ``npm audit --json``."""

from __future__ import annotations

from pathlib import Path

from mendbook.collect.request import Order
from mendbook.collect.tool import Tool
from mendbook.collect.verdict import by_findings

_NETWORK = {"http_proxy", "https_proxy", "no_proxy", "node_extra_ca_certs"}


def _arguments(order: Order, scratch: Path) -> tuple[str, ...]:
    del order, scratch
    return ("audit", "--json")


def _sees(name: str) -> bool:
    # which registry, and how it is reached, is the user's to say
    return name.lower().startswith("npm_config_") or name.lower() in _NETWORK


NPM_AUDIT = Tool(
    name="npm-audit",
    program="npm",
    feeds="--tool",
    on_path=True,
    install="install Node.js, https://nodejs.org",
    arguments=_arguments,
    judge=by_findings,
    # 1 also when the registry refuses; its answer is then an error object
    exits={0: "nothing found", 1: "findings, or no answer from the registry"},
    keep="npm-audit.json",
    sees=_sees,
)
