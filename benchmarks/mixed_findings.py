"""Findings of many kinds about a repository's own code, the same ones each time.

Each takes real lines as its evidence and asks, in turn, for a rename, a deletion, an argument, a
changed value, a wrapped statement, an internal name or a piece of prose; severities, dimensions
and efforts change as well, and every fifth names a line instead of a function.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from mendbook.code.references.index import Index
from mendbook.code.references.outline import Declared
from mendbook.code.test_files import is_test
from mendbook.repository.snapshot import Snapshot

_SEVERITIES = ("CRITICAL", "HIGH", "MEDIUM", "LOW", "MEDIUM", "LOW", "INFO")
_DIMENSIONS = ("Performance", "Security", "Code Quality", "Architecture", "Readability")
_EFFORTS = ("S", "M", "S", "L")
_CALL = re.compile(r"\b([A-Za-z_]\w+)\(")
_NUMBER = re.compile(r"(?<![\w.])([1-9]\d*)(?![\w.])")
_NO_CALLS = {"if", "for", "while", "switch", "catch", "function", "return", "def", "class"}
_KINDS = {"function", "method", "class", "variable"}
_SHOWN = 5
"""Lines of code that one finding quotes at most."""


def mixed_findings(repo: Path, count: int) -> list[dict[str, object]]:
    """Return ``count`` findings about the repository's present commit.

    Where it declares fewer things than that, several findings are about the same one.
    """
    commit = subprocess.run(
        ["git", "-C", str(repo), "rev-parse", "HEAD"], capture_output=True, text=True, check=True
    )
    snapshot = Snapshot.read(repo, commit.stdout.strip())
    declared = list(_declarations(Index(snapshot)))
    step = max(1, len(declared) // count)
    spread = declared[::step]
    found = []
    for number in range(1, count + 1):
        again, at = divmod(number - 1, len(spread))
        path, one = spread[at]
        found.append(_finding(number, again, path, one, snapshot.text(path).splitlines()))
    return found


def _declarations(index: Index) -> Iterator[tuple[str, Declared]]:
    for path in index.files:
        if is_test(path):
            continue
        for one in index.outline(path).everything():
            if one.kind in _KINDS and one.name != "constructor":
                yield path, one


def _finding(
    number: int, again: int, path: str, one: Declared, lines: list[str]
) -> dict[str, object]:
    body = lines[one.line - 1 : one.line - 1 + 40]
    name = f"{one.owner}.{one.name}" if one.owner else one.name
    problem, fix = _asked(number + again, one.name, body)
    evidence = "\n".join(body[: 1 + number % _SHOWN])
    place: dict[str, object] = {"function": name}
    if number % 5 == 0:
        place = {"line": one.line + min(1, len(body) - 1)}
    return {
        "id": f"X-{number:04}",
        "severity": _SEVERITIES[number % len(_SEVERITIES)],
        "dimension": _DIMENSIONS[number % len(_DIMENSIONS)],
        "file": path,
        **place,
        "problem": problem,
        "evidence": evidence,
        "impact": "callers wait longer, and read more than they need",
        "fix": fix,
        "complexity": _EFFORTS[number % len(_EFFORTS)],
    }


def _asked(number: int, name: str, body: list[str]) -> tuple[str, str]:
    """Return a problem and what is asked for; prose where the code has nothing else to offer."""
    kind = number % 8
    if kind == 0:
        return f"{name} does not say what it holds", f"Rename {name} to {name}Checked"
    if kind == 1:
        return f"{name} is not used any more", f"Delete {name}"
    if kind == 2 and (callee := _first_call(body)):
        wanted_call = f"Pass `{{ timeout: 5000 }}` to {callee} in {name}"
        return f"{callee} waits without a limit", wanted_call
    if kind == 3 and (value := _first_number(body)):
        wanted = int(value) * 2
        return f"{value} is too small in {name}", f"Change {value} to {wanted} in {name}"
    if kind == 4 and (line := _first_statement(body)):
        return (
            f"An error of `{line}` ends the caller",
            f"Wrap `{line}` in try/catch and log the error",
        )
    if kind == 5:
        return f"{name} is offered to every module", f"Do not export {name}"
    return (
        f"{name} does the same work on every call",
        f"Keep what {name} made and use it again until its input changes; add a test for both",
    )


def _first_call(body: list[str]) -> str:
    found = (call for line in body[1:] for call in _CALL.findall(line) if call not in _NO_CALLS)
    return next(found, "")


def _first_number(body: list[str]) -> str:
    return next((value for line in body for value in _NUMBER.findall(line)), "")


def _first_statement(body: list[str]) -> str:
    calls = (line.strip() for line in body[1:] if line.rstrip().endswith(");"))
    return next((line for line in calls if not line.startswith(("}", ")", "//", "*"))), "")
