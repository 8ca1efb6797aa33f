"""Read which lines tests run: coverage.py's JSON (``coverage json``) and lcov's tracefiles.

Formats: https://coverage.readthedocs.io/en/latest/commands/cmd_json.html and ``man geninfo``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from mendbook.intake.problem import Problem
from mendbook.intake.reader import Text, decode
from mendbook.model import Measurement, Profiles
from mendbook.profiling.check_json import shaped
from mendbook.profiling.stacks import Homes
from mendbook.repository.snapshot import Snapshot

_NAMED = 5
"""Tests of one file that are named."""


@dataclass(slots=True)
class _Covered:
    """One file: lines that can run, those that did, and the tests that ran them."""

    lines: set[int] = field(default_factory=set)
    run: set[int] = field(default_factory=set)
    tests: set[str] = field(default_factory=set)


class _File(msgspec.Struct, frozen=True):
    executed_lines: tuple[int, ...] = ()
    missing_lines: tuple[int, ...] = ()
    contexts: dict[str, tuple[str, ...]] = {}


class _Report(msgspec.Struct, frozen=True):
    files: dict[str, _File]


def read_coverage_py(text: Text, snapshot: Snapshot) -> Profiles:
    """Return the share of lines that ran by file, and how many tests ran it where that is told."""
    report = shaped(decode(text).data, _Report, text.path)
    found: dict[str, _Covered] = {}
    homes = Homes(snapshot)
    for path, each in report.files.items():
        if home := homes.file(path):
            tests = {name for names in each.contexts.values() for name in names if name}
            lines = {*each.executed_lines, *each.missing_lines}
            found[home] = _Covered(lines, set(each.executed_lines), tests)
    return _profiles(Path(text.path).name, "coverage.py", found)


def read_lcov(text: Text, snapshot: Snapshot) -> Profiles:
    """Return the share of lines that ran by file, over all tests of a tracefile; ``InputError``."""
    found: dict[str, _Covered] = {}
    homes, current, test = Homes(snapshot), _Covered(), ""
    seen = False
    for number, line in enumerate(text.text.splitlines(), 1):
        key, _, value = line.partition(":")
        if key == "TN":
            test = value.strip()
        elif key == "SF":
            seen = True
            home = homes.file(value.strip())
            current = found.setdefault(home, _Covered()) if home else _Covered()
        elif key == "DA":
            _hit(current, value, test, text.path, number)
    if not seen:
        what, remedy = "no SF record in it", "write it with geninfo, c8, nyc or coverage lcov"
        raise Problem(text.path, "", what, remedy).refusal()
    return _profiles(Path(text.path).name, "lcov", found)


def _hit(covered: _Covered, value: str, test: str, path: str, number: int) -> None:
    line, _, hits = value.partition(",")
    try:
        at, amount = int(line), float(hits.split(",")[0])
    except ValueError as error:
        what = f"not a DA record: {value[:40]!r}"
        raise Problem(path, f"line {number}", what, "write it again").refusal() from error
    covered.lines.add(at)
    if amount > 0:
        covered.run.add(at)
        covered.tests |= {test} if test else set()


def _profiles(name: str, kind: str, found: Mapping[str, _Covered]) -> Profiles:
    lines = sum(len(each.lines) for each in found.values())
    run = sum(len(each.run) for each in found.values())
    share = f"{run / lines:.0%} of their lines ran" if lines else "no lines"
    return Profiles(
        measurements=tuple(_measurements(name, found)),
        sources=(f"{name}: {kind}, {len(found)} of the repository's files; {share}",),
    )


def _measurements(name: str, found: Mapping[str, _Covered]) -> Iterator[Measurement]:
    """Yield a row a file, that with the least coverage first."""
    shares = {path: len(each.run) / len(each.lines) for path, each in found.items() if each.lines}
    for path in sorted(shares, key=lambda each: (shares[each], each)):
        labels = {"file": path}
        yield Measurement(name, "line_coverage", shares[path], "share", labels)
        if tests := found[path].tests:
            named = {**labels, "tests": ", ".join(sorted(tests)[:_NAMED])}
            yield Measurement(name, "covering_tests", float(len(tests)), "tests", named)
