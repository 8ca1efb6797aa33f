"""Advise which checks gate a PR, and which analyses and load tests to run beside them.

The checks are the target's own. What it does not set up itself is said to be new to it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from mendbook.advice.advisor import Survey
from mendbook.advice.dependencies.commands import manager_of
from mendbook.advice.entry import entry_file
from mendbook.advice.production_code import brief
from mendbook.model import Advice, AdviceRow, CheckKind, TargetCheck
from mendbook.repository.checks import target_checks
from mendbook.repository.snapshot import Snapshot

TITLE = "Static Analysis and Load Test Commands"
_LOADS = ("load", "load-test", "test:load", "loadtest", "bench", "benchmark", "stress")


def applies(survey: Survey) -> bool:
    """Tell whether the target has checks of its own, or a language whose analyses are known."""
    return bool(target_checks(survey.snapshot) or any(_analyses(survey.snapshot)))


def advise(survey: Survey) -> Advice:
    """Return the checks that the target has, and the commands to run beside them."""
    checks = target_checks(survey.snapshot)
    load = tuple(_load(survey))
    return Advice(
        advisor="commands",
        title=TITLE if load else "Static Analysis Commands",
        summary=_summary(checks),
        rows=tuple(_row(survey.snapshot, check) for check in checks),
        notes=(
            "Where the target does not set an analysis up itself, it is new to it: the first run "
            "is a baseline, not a gate",
        ),
        commands=(
            *(check.shown for check in checks),
            *_analyses(survey.snapshot),
            *load,
        ),
    )


def _summary(checks: tuple[TargetCheck, ...]) -> str:
    if not checks:
        return "No script and no configuration of the target says how it is checked"
    kinds = [kind.value for kind in CheckKind if any(check.kind is kind for check in checks)]
    missing = [kind.value for kind in CheckKind if kind.value not in kinds]
    said = f"Every PR can be gated on the target's own {', '.join(kinds)}"
    return f"{said}; it defines no {', no '.join(missing)}" if missing else said


def _row(snapshot: Snapshot, check: TargetCheck) -> AdviceRow:
    at = check.source
    lines = (snapshot.get(at.path) or "").splitlines()
    line = lines[at.first - 1] if at.first and at.first <= len(lines) else ""
    return AdviceRow(
        what=check.shown,
        where=at,
        now=brief(line.strip().rstrip(",")) or str(at),
        target="passes on every PR",
        why="an atomic PR leaves every check as it was",
    )


# --- analyses ----------------------------------------------------------------------------------


def _analyses(snapshot: Snapshot) -> Iterator[str]:
    for has, read in ANALYSES:
        if has(snapshot):
            yield from read(snapshot)


def _node(snapshot: Snapshot) -> Iterator[str]:
    audit = manager_of(snapshot).audit
    yield "# Static analysis of Node.js code"
    if "tsconfig.json" in snapshot:
        yield "npx ts-prune  # exports that nothing imports"
    yield "npx knip  # unused files, exports and dependencies"
    yield f"{audit[0]}  # unused and missing dependencies"
    yield f"{audit[1]}  # known vulnerabilities, high and above"


def _python(snapshot: Snapshot) -> Iterator[str]:
    yield "# Static analysis of Python code"
    yield "pip-audit  # known vulnerabilities of what is installed"
    yield "bandit -r . -x ./tests  # insecure patterns"
    yield "vulture .  # code that nothing uses"


def _go(snapshot: Snapshot) -> Iterator[str]:
    yield "# Static analysis of Go code"
    yield "govulncheck ./...  # known vulnerabilities that are reached"
    yield "staticcheck ./...  # bugs and code that nothing uses"


def _rust(snapshot: Snapshot) -> Iterator[str]:
    yield "# Static analysis of Rust code"
    yield "cargo audit  # known vulnerabilities"
    yield "cargo clippy  # lints of the compiler's own"


def _php(snapshot: Snapshot) -> Iterator[str]:
    yield "# Static analysis of PHP code"
    yield "composer audit  # known vulnerabilities"


def _dotnet(snapshot: Snapshot) -> Iterator[str]:
    yield "# Static analysis of .NET code"
    yield "dotnet list package --vulnerable --include-transitive  # known vulnerabilities"


def _ruby(snapshot: Snapshot) -> Iterator[str]:
    yield "# Static analysis of Ruby code"
    yield "bundle audit check --update  # known vulnerabilities"


def _holds(*endings: str) -> Callable[[Snapshot], bool]:
    return lambda snapshot: any(path.endswith(endings) for path in snapshot.files)


ANALYSES: tuple[tuple[Callable[[Snapshot], bool], Callable[[Snapshot], Iterator[str]]], ...] = (
    (lambda snapshot: "package.json" in snapshot, _node),
    (_holds(".py"), _python),
    (_holds("go.mod"), _go),
    (_holds("Cargo.toml"), _rust),
    (lambda snapshot: "composer.json" in snapshot, _php),
    (_holds(".csproj"), _dotnet),
    (lambda snapshot: "Gemfile" in snapshot, _ruby),
)
"""Which targets an analysis is for, and its lines."""


# --- load --------------------------------------------------------------------------------------


def _load(survey: Survey) -> Iterator[str]:
    """Yield the target's own load script, and what its platform puts load on."""
    manager = manager_of(survey.snapshot).name
    own = [name for name in _LOADS if name in _scripts(survey.snapshot)]
    if own:
        yield "# Load test of the target's own"
        yield from (f"{manager} run {name}" for name in own)
    asked = survey.platform.load
    if asked.address and asked.routes:
        yield "# HTTP endpoints"
        yield from (
            f"autocannon -c {asked.connections} -d {asked.seconds} {asked.address}{route}"
            for route in asked.routes
        )
    if asked.script:
        there = asked.script in survey.snapshot
        yield f"# Connections{'' if there else f': {asked.script} is new, write it first'}"
        yield f"k6 run --vus {asked.connections} --duration 5m {asked.script}"
    entry = entry_file(survey.snapshot) or asked.entry
    if asked.entry and entry:
        yield "# Profiles"
        yield from (f"clinic {tool} -- node {entry}" for tool in ("doctor", "flame", "bubbleprof"))
        yield f"node --cpu-prof {entry}"
        yield f"node --expose-gc --inspect {entry}"


def _scripts(snapshot: Snapshot) -> dict[str, object]:
    try:
        data = json.loads((snapshot.get("package.json") or "{}").removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return {}
    scripts = data.get("scripts") if isinstance(data, dict) else None
    return scripts if isinstance(scripts, dict) else {}
