"""The tools that can be run; a new one is a file and a row here."""

from __future__ import annotations

from collections.abc import Iterable

from mendbook.collect.autocannon import AUTOCANNON
from mendbook.collect.clinic import CLINIC
from mendbook.collect.cpu_prof import CPU_PROF
from mendbook.collect.depcheck import DEPCHECK
from mendbook.collect.eslint import ESLINT
from mendbook.collect.k6 import K6
from mendbook.collect.knip import KNIP
from mendbook.collect.npm_audit import NPM_AUDIT
from mendbook.collect.tool import Tool
from mendbook.collect.ts_prune import TS_PRUNE
from mendbook.collect.tsc import TSC
from mendbook.errors import CollectError
from mendbook.text.closest import did_you_mean

TOOLS: tuple[Tool, ...] = (
    TSC,
    ESLINT,
    KNIP,
    DEPCHECK,
    TS_PRUNE,
    NPM_AUDIT,
    AUTOCANNON,
    CPU_PROF,
    K6,
    CLINIC,
)


def choose(names: Iterable[str] = ()) -> tuple[Tool, ...]:
    """Return the tools called ``names`` in the table's order, all of them for none.

    Raises ``CollectError`` for a name that is not in the table.
    """
    wanted = set(names)
    unknown = sorted(wanted - {tool.name for tool in TOOLS})
    if unknown:
        names = [tool.name for tool in TOOLS]
        meant = did_you_mean(unknown[0], names)
        message = f"--only {unknown[0]!r}: choose from {', '.join(names)}{meant}"
        raise CollectError(message)
    return tuple(tool for tool in TOOLS if not wanted or tool.name in wanted)
