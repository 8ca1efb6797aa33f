"""The tools that can be run; a new one is a file and a row here."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mendbook.collect.autocannon import AUTOCANNON
from mendbook.collect.bandit import BANDIT
from mendbook.collect.cargo_audit import CARGO_AUDIT
from mendbook.collect.clinic import CLINIC
from mendbook.collect.cpu_prof import CPU_PROF
from mendbook.collect.depcheck import DEPCHECK
from mendbook.collect.eslint import ESLINT
from mendbook.collect.govulncheck import GOVULNCHECK
from mendbook.collect.k6 import K6
from mendbook.collect.knip import KNIP
from mendbook.collect.npm_audit import NPM_AUDIT
from mendbook.collect.pip_audit import PIP_AUDIT
from mendbook.collect.pytest_cov import PYTEST_COV
from mendbook.collect.ruff import RUFF
from mendbook.collect.stack import stacks
from mendbook.collect.staticcheck import STATICCHECK
from mendbook.collect.tool import Tool
from mendbook.collect.ts_prune import TS_PRUNE
from mendbook.collect.tsc import TSC
from mendbook.collect.vulture import VULTURE
from mendbook.errors import CollectError
from mendbook.text.closest import did_you_mean

TOOLS: tuple[Tool, ...] = (
    TSC,
    ESLINT,
    KNIP,
    DEPCHECK,
    TS_PRUNE,
    NPM_AUDIT,
    RUFF,
    BANDIT,
    PIP_AUDIT,
    VULTURE,
    PYTEST_COV,
    STATICCHECK,
    GOVULNCHECK,
    CARGO_AUDIT,
    AUTOCANNON,
    CPU_PROF,
    K6,
    CLINIC,
)


def choose(names: Iterable[str] = (), repo: Path | None = None) -> tuple[Tool, ...]:
    """Return the tools called ``names`` in the table's order.

    For none, those of the stacks that ``repo`` has, or all without one. Raises ``CollectError``
    for a name that is not in the table.
    """
    wanted = set(names)
    unknown = sorted(wanted - {tool.name for tool in TOOLS})
    if unknown:
        names = [tool.name for tool in TOOLS]
        meant = did_you_mean(unknown[0], names)
        message = f"--only {unknown[0]!r}: choose from {', '.join(names)}{meant}"
        raise CollectError(message)
    if wanted:
        return tuple(tool for tool in TOOLS if tool.name in wanted)
    there = stacks(repo) if repo is not None else None
    return tuple(each for each in TOOLS if there is None or not each.stack or each.stack in there)
