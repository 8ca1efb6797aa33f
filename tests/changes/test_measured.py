"""A coverage measurement tells which tests ran a finding's lines, and that none did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from drawn_records import facts
from mendbook.changes.notice import Witnesses, who_notices
from mendbook.model import (
    ChangeFacts,
    CoveredFile,
    Declaration,
    Evidence,
    EvidenceStatus,
    FindingFacts,
    Reach,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.repository.snapshot import Snapshot

NOTHING = ChangeFacts("F", Reach.UNKNOWN)
PRESS = "apples/press.py"
TREE = {
    PRESS: "def press(apples):\n    if not apples:\n        return 0\n    return apples * 3\n",
    "tests/test_press.py": "class TestPress:\n    def test_juice(self): ...\n",
    "tests/test_cider.py": "def test_cider(): ...\n",
    "web/tests/mash.test.ts": "it('mashes', () => {});\n",
}


def about(line: int, end: int | None = None) -> FindingFacts:
    """Return facts of a finding whose evidence stands at ``line`` of the press."""
    own = SymbolReferences("press", SymbolStatus.RESOLVED, "syntax", (Declaration(PRESS, 1, 4),))
    evidence = Evidence(EvidenceStatus.VERBATIM, PRESS, line, end or line)
    return replace(facts("F", PRESS), symbols=(own,), evidence=evidence)


def ran(*lines: int, tests: Mapping[int, tuple[str, ...]] | None = None) -> CoveredFile:
    """Return a measurement of the press in which ``lines`` ran."""
    return CoveredFile(PRESS, frozenset({1, 2, 3, 4}), frozenset(lines), tests or {}, "cover.json")


BOTH = ("tests/test_cider.py::test_cider|run", "tests/test_press.py::TestPress::test_juice[0]|run")


@pytest.mark.parametrize(
    ("found", "measured", "words"),
    [
        (
            about(4),
            ran(1, 2, 4, tests={2: BOTH, 4: BOTH[1:]}),
            "Tests that ran apples/press.py:4, as cover.json was measured: tests/test_press.py:2 "
            "(`test_juice`).",
        ),
        (
            about(2, 4),
            ran(1, 2, 4, tests={2: BOTH, 4: BOTH[1:]}),
            "Tests that ran apples/press.py:2-4, as cover.json was measured: "
            "tests/test_cider.py:1 (`test_cider`) and tests/test_press.py:2 (`test_juice`).",
        ),
        (
            about(1),
            ran(1),
            "No test ran apples/press.py:2-4 when cover.json was measured. No test was found that "
            "names `press`.",
        ),
        (
            about(3),
            ran(1, 2, 4, tests={2: BOTH}),
            "No test ran apples/press.py:3 when cover.json was measured. No test was found that "
            "names `press`.",
        ),
        (
            about(4),
            ran(1, 2, 4),
            "apples/press.py:4 ran when cover.json was measured; by which test is not told. No "
            "test was found that names `press`.",
        ),
        (
            about(4),
            ran(4, tests={4: ("tests.test_cider.test_cider",)}),
            "Tests that ran apples/press.py:4, as cover.json was measured: tests/test_cider.py:1 "
            "(`test_cider`).",
        ),
        (
            about(4),
            ran(4, tests={4: ("mash_and_wait",)}),
            "Tests that ran apples/press.py:4, as cover.json was measured: `mash_and_wait`.",
        ),
    ],
)
def test_who_ran_the_lines_is_said_by_file_and_line(
    found: FindingFacts, measured: CoveredFile, words: str
) -> None:
    """The head of a function runs when it is loaded: its body tells whether a test ran it."""
    witnesses = Witnesses(Snapshot.of(TREE), (measured,))
    assert who_notices(NOTHING, found, witnesses).words == words


def test_what_was_not_measured_is_told_by_names_alone() -> None:
    """A measurement of other files, or of lines that cannot run, says nothing."""
    other = replace(ran(1), file="apples/mash.py")
    none = CoveredFile(PRESS, frozenset(), frozenset(), {}, "cover.json")
    witnesses = Witnesses(Snapshot.of(TREE), (other, none))
    said = who_notices(NOTHING, about(4), witnesses).words
    assert said == "No test was found that names `press`."


def test_of_two_measurements_the_one_that_ran_the_lines_counts() -> None:
    """Two runs of parts of the tests: what one of them ran was run."""
    witnesses = Witnesses(Snapshot.of(TREE), (ran(1), replace(ran(4), source="web.info")))
    assert "4 ran when web.info was measured" in who_notices(NOTHING, about(4), witnesses).words
