"""Ask for known vulnerabilities of pinned packages: ``pip-audit --format json``."""

from __future__ import annotations

from pathlib import Path

from mendbook.collect.request import Order
from mendbook.collect.stack import PYTHON
from mendbook.collect.tool import Tool
from mendbook.collect.verdict import by_findings

_NETWORK = {"http_proxy", "https_proxy", "no_proxy", "ssl_cert_file", "requests_ca_bundle"}


def _files(order: Order) -> list[str]:
    return sorted(path.name for path in order.repo.glob("requirements*.txt"))


def _arguments(order: Order, scratch: Path) -> tuple[str, ...]:
    del scratch
    # nothing is installed or built to find out what would be: what is pinned is looked up
    asked = [word for name in _files(order) for word in ("-r", name)] or ["-r", "requirements.txt"]
    return (
        *("--format", "json", "--progress-spinner", "off", "--disable-pip", "--no-deps"),
        *asked,
    )


def _refuse(order: Order) -> str:
    return "" if _files(order) else "there is no requirements*.txt whose pins it could look up"


def _sees(name: str) -> bool:
    # which index, and how it is reached, is the user's to say
    return name.lower().startswith("pip_") or name.lower() in _NETWORK


PIP_AUDIT = Tool(
    name="pip-audit",
    program="pip-audit",
    feeds="--tool",
    on_path=True,
    install="python -m pip install pip-audit",
    arguments=_arguments,
    judge=by_findings,
    exits={0: "nothing found", 1: "findings, or pins that cannot be looked up"},
    keep="pip-audit.json",
    refuse=_refuse,
    sees=_sees,
    stack=PYTHON,
)
