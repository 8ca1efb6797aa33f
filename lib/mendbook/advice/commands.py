"""Advise which static analysis and load tests to run, by the scripts the target really has."""

from __future__ import annotations

import json
from typing import Any

from mendbook.advice.advisor import Survey
from mendbook.model import Advice, AdviceRow

_GATES = ("typecheck", "lint", "test", "build")
_ANALYSIS = (
    ("npx ts-prune", "exports that nothing imports"),
    ("npx knip", "unused files, exports and dependencies"),
    ("npx depcheck", "unused and missing dependencies"),
    ("npm audit --audit-level=high", "known vulnerabilities, high and above"),
)
_LOAD = (
    "# HTTP endpoints",
    "autocannon -c 1000 -d 60 http://localhost:3030/health",
    "autocannon -c 1000 -d 60 http://localhost:3030/metrics",
    "# WebSocket load",
    "k6 run --vus 1000 --duration 5m scripts/ws-load-test.js",
    "# Profiles",
    "clinic doctor -- node dist/index.js",
    "clinic flame -- node dist/index.js",
    "clinic bubbleprof -- node dist/index.js",
    "node --cpu-prof dist/index.js",
    "node --expose-gc --inspect dist/index.js",
)


def advise(survey: Survey) -> Advice:
    """Return the gates that ``package.json`` defines and the commands to run beside them."""
    text = survey.snapshot.get("package.json") or "{}"
    scripts = _scripts(text)
    rows = tuple(_gate(name, scripts, text) for name in _GATES)
    missing = [row.what for row in rows if row.now == "not found"]
    return Advice(
        advisor="commands",
        title="Static Analysis and Load Test Commands",
        summary=(
            f"The target defines no {', '.join(missing)} script; its PRs cannot be gated on it."
            if missing
            else "Every PR can be gated on the target's own typecheck, lint, test and build."
        ),
        rows=rows,
        notes=("Ports and script paths in the load tests are common defaults: adapt them.",),
        commands=(
            "# Static analysis",
            *(f"npm run {name}" for name in _GATES if name in scripts),
            *(f"{command}  # {why}" for command, why in _ANALYSIS),
            *_LOAD,
        ),
    )


def _scripts(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text).get("scripts", {})
    except (ValueError, AttributeError):
        return {}
    return found if isinstance(found, dict) else {}


def _gate(name: str, scripts: dict[str, Any], text: str) -> AdviceRow:
    lines = text.splitlines()
    line = next((n for n, held in enumerate(lines, 1) if f'"{name}":' in held), None)
    return AdviceRow(
        what=f"npm run {name}",
        where=f"package.json:{line}" if name in scripts and line else "",
        now=str(scripts.get(name, "not found")),
        target="passes on every PR",
        why="an atomic PR leaves every gate green",
    )
