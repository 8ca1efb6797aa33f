"""Which tests ran the lines of a finding, where a coverage measurement tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mendbook.model import CoveredFile, FindingFacts
from mendbook.repository.snapshot import Snapshot

_PHASE = re.compile(r"\|(?:run|setup|teardown)$")
"""What pytest-cov puts behind the name of a test."""


@dataclass(frozen=True, slots=True)
class MeasuredTest:
    """A test that ran the lines, and where it stands; ``line`` is 1 where only its file is known.

    ``file`` is empty where the tool's name for it leads to none.
    """

    name: str
    file: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Ran:
    """What a measurement says of the lines of a finding."""

    file: str
    first: int
    last: int
    """The lines that can run, 1-based, both ends included."""
    ran: bool
    tests: tuple[MeasuredTest, ...]
    source: str
    """The measurement's file name."""


def lines_run(
    facts: FindingFacts, covered: Sequence[CoveredFile], snapshot: Snapshot
) -> Ran | None:
    """Return what became of the lines that the finding means; None where nothing was measured.

    These are the lines of its evidence that can run, else those of its first declaration that was
    measured. Of several measurements of a file the first is told that ran them.
    """
    for file, first, last in _meant(facts):
        asked = range(first, last + 1)
        told = [(each, sorted(each.lines & {*asked})) for each in covered if each.file == file]
        measured = [(each, lines) for each, lines in told if lines]
        if measured:
            each, lines = max(measured, key=lambda pair: bool(pair[0].run & {*pair[1]}))
            names = {name for line in lines for name in each.tests.get(line, ())}
            ran = bool(names) if each.tests else bool(each.run & {*lines})
            return Ran(file, lines[0], lines[-1], ran, _tests(sorted(names), snapshot), each.source)
    return None


def _meant(facts: FindingFacts) -> Iterable[tuple[str, int, int]]:
    """Yield file, first and last line; a declaration without its head, which loading runs."""
    evidence = facts.evidence
    declared = [at for symbol in facts.symbols for at in symbol.declarations]
    if evidence.file and evidence.line:
        span = (evidence.line, evidence.end_line or evidence.line)
        heads = any(at.file == evidence.file and span == (at.line, at.line) for at in declared)
        if not heads:
            yield evidence.file, *span
    for at in declared:
        yield at.file, min(at.line + 1, at.end_line), at.end_line


def _tests(names: Iterable[str], snapshot: Snapshot) -> tuple[MeasuredTest, ...]:
    return tuple(dict.fromkeys(_test(_PHASE.sub("", name), snapshot) for name in names))


def _test(name: str, snapshot: Snapshot) -> MeasuredTest:
    """Return the test that ``tests/test_a.py::TestB::test_c[1]`` or ``tests.test_a.test_c`` is."""
    path, parted, rest = name.partition("::")
    own = re.sub(r"\[.*$", "", rest.rpartition("::")[2] if parted else name.rpartition(".")[2])
    if not parted:
        parts = name.split(".")
        ends = ("/".join(parts[:end]) + ".py" for end in range(len(parts) - 1, 0, -1))
        path = next((end for end in ends if _file(end, snapshot)), "")
    file = _file(path, snapshot)
    if not file:
        return MeasuredTest(name)
    text = snapshot.text(file)
    at = re.search(rf"\b(?:def|function)\s+{re.escape(own)}\b", text) if own else None
    return MeasuredTest(own or name, file, text.count("\n", 0, at.start()) + 1 if at else 1)


def _file(path: str, snapshot: Snapshot) -> str:
    """Return the one file of ``snapshot`` that ``path`` is, or the end of; empty for none."""
    if not path or path in snapshot:
        return path
    files = [each for each in snapshot.files if each.endswith(f"/{path}")]
    return files[0] if len(files) == 1 else ""
