"""Read which lines tests run: coverage.py's JSON, lcov's tracefiles, and Cobertura's XML.

Formats: https://coverage.readthedocs.io/en/latest/commands/cmd_json.html, ``man geninfo``, and
https://github.com/cobertura/web/blob/master/htdocs/xml/coverage-04.dtd.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import msgspec

from mendbook.intake.problem import Problem
from mendbook.intake.reader import Text, decode
from mendbook.model import CoveredFile, Measurement, Profiles
from mendbook.profiling.check_json import shaped
from mendbook.profiling.stacks import Homes
from mendbook.repository.snapshot import Snapshot

_NAMED = 5
"""Tests of one file that are named."""
_AGAIN = "write it again"


@dataclass(slots=True)
class _Covered:
    """One file: lines that can run, those that did, and the tests that ran each."""

    lines: set[int] = field(default_factory=set)
    run: set[int] = field(default_factory=set)
    tests: dict[int, set[str]] = field(default_factory=dict)


class _File(msgspec.Struct, frozen=True):
    executed_lines: tuple[int, ...] = ()
    missing_lines: tuple[int, ...] = ()
    contexts: dict[str, tuple[str, ...]] = {}


class _Report(msgspec.Struct, frozen=True):
    files: dict[str, _File]


def read_coverage_py(text: Text, snapshot: Snapshot) -> Profiles:
    """Return the share of lines that ran by file, and how many tests ran it where that is told."""
    return _profiles("coverage.py", text, lines_of_coverage_py(text, snapshot))


def lines_of_coverage_py(text: Text, snapshot: Snapshot) -> tuple[CoveredFile, ...]:
    """Return which lines ran, and which tests ran each where the report has contexts."""
    report = shaped(decode(text).data, _Report, text.path)
    covered: dict[str, _Covered] = {}
    homes = Homes(snapshot)
    for path, each in report.files.items():
        if home := homes.file(path):
            tests = {int(at): set(names) - {""} for at, names in each.contexts.items()
                     if at.isdigit()}  # fmt: skip
            lines = {*each.executed_lines, *each.missing_lines}
            covered[home] = _Covered(lines, set(each.executed_lines), tests)
    return _files(text, covered)


def read_lcov(text: Text, snapshot: Snapshot) -> Profiles:
    """Return the share of lines that ran by file, over all tests of a tracefile; ``InputError``."""
    return _profiles("lcov", text, lines_of_lcov(text, snapshot))


def lines_of_lcov(text: Text, snapshot: Snapshot) -> tuple[CoveredFile, ...]:
    """Return which lines ran, and in which test where the tracefile names them; ``InputError``."""
    covered: dict[str, _Covered] = {}
    homes, current, test = Homes(snapshot), _Covered(), ""
    seen = False
    for number, line in enumerate(text.text.splitlines(), 1):
        key, _, value = line.partition(":")
        if key == "TN":
            test = value.strip()
        elif key == "SF":
            seen = True
            home = homes.file(value.strip())
            current = covered.setdefault(home, _Covered()) if home else _Covered()
        elif key == "DA":
            at, _, hits = value.partition(",")
            where = Problem(text.path, f"line {number}", f"not a DA record: {value[:40]!r}", _AGAIN)
            _hit(current, at, hits.split(",")[0], where, test)
    if not seen:
        what, remedy = "no SF record in it", "write it with geninfo, c8, nyc or coverage lcov"
        raise Problem(text.path, "", what, remedy).refusal()
    return _files(text, covered)


def read_cobertura(text: Text, snapshot: Snapshot) -> Profiles:
    """Return the share of lines that ran by file; ``InputError``."""
    return _profiles("Cobertura", text, lines_of_cobertura(text, snapshot))


def lines_of_cobertura(text: Text, snapshot: Snapshot) -> tuple[CoveredFile, ...]:
    """Return which lines ran; the format names no tests. ``InputError``."""
    homes = Homes(snapshot)
    covered: dict[str, _Covered] = {}
    root = _document(text)
    roots = [source.text or "" for source in root.iter("source")]
    for each in root.iter("class"):
        name = each.get("filename", "")
        paths = (*(f"{one.rstrip('/')}/{name}" for one in roots if one), name)
        home = next((home for path in paths if (home := homes.file(path))), None)
        current = covered.setdefault(home, _Covered()) if home else _Covered()
        for line in each.iter("line"):
            at, hits = line.get("number", ""), line.get("hits", "")
            what = f"not a line of a report: number {at[:20]!r}, hits {hits[:20]!r}"
            _hit(current, at, hits, Problem(text.path, "", what, _AGAIN))
    return _files(text, covered)


def _document(text: Text) -> ElementTree.Element:
    """Return the root of a report; one that defines entities, or is none, is refused."""
    what = ""
    if "<!ENTITY" in text.text:
        what = "it defines entities"
    else:
        try:
            root = ElementTree.fromstring(text.text)  # noqa: S314 - no entities, checked above
        except ElementTree.ParseError as error:
            what = f"not XML: {error}"
        else:
            if root.tag == "coverage":
                return root
            what = f"a <{root.tag[:40]}> and no <coverage>"
    remedy = "write it with coverage xml, or with another tool's Cobertura reporter"
    raise Problem(text.path, "", what, remedy).refusal()


def _hit(covered: _Covered, line: str, hits: str, wrong: Problem, test: str = "") -> None:
    try:
        at, amount = int(line), float(hits)
    except ValueError as error:
        raise wrong.refusal() from error
    covered.lines.add(at)
    if amount > 0:
        covered.run.add(at)
        if test:
            covered.tests.setdefault(at, set()).add(test)


def _files(text: Text, covered: Mapping[str, _Covered]) -> tuple[CoveredFile, ...]:
    source = Path(text.path).name
    return tuple(
        CoveredFile(
            path,
            frozenset(each.lines),
            frozenset(each.run),
            {at: tuple(sorted(names)) for at, names in sorted(each.tests.items()) if names},
            source,
        )
        for path, each in sorted(covered.items())
    )


def _profiles(kind: str, text: Text, files: Sequence[CoveredFile]) -> Profiles:
    name = Path(text.path).name
    lines = sum(len(each.lines) for each in files)
    run = sum(len(each.run) for each in files)
    share = f"{run / lines:.0%} of their lines ran" if lines else "no lines"
    return Profiles(
        measurements=tuple(_measurements(name, files)),
        sources=(f"{name}: {kind}, {len(files)} of the repository's files; {share}",),
    )


def _measurements(name: str, files: Sequence[CoveredFile]) -> Iterator[Measurement]:
    """Yield a row a file, that with the least coverage first."""
    shares = {each.file: len(each.run) / len(each.lines) for each in files if each.lines}
    for each in sorted(files, key=lambda one: (shares.get(one.file, 0.0), one.file)):
        if each.file not in shares:
            continue
        labels = {"file": each.file}
        yield Measurement(name, "line_coverage", shares[each.file], "share", labels)
        if tests := {test for names in each.tests.values() for test in names}:
            named = {**labels, "tests": ", ".join(sorted(tests)[:_NAMED])}
            yield Measurement(name, "covering_tests", float(len(tests)), "tests", named)
