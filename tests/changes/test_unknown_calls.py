"""Calls of a method's name on values of unknown type are said to be possible, not to be none."""

from __future__ import annotations

from mendbook.changes.named_calls import first_call
from mendbook.changes.notice import Witnesses
from mendbook.changes.unknown_calls import calls_of_unknown
from mendbook.model import Citation, Declaration, FindingFacts, SymbolReferences, SymbolStatus
from mendbook.repository.snapshot import Snapshot

FILES = {
    "mill/sack.py": "class Sack:\n    def weigh(self):\n        return self.weigh()\n",
    "mill/round.py": (
        "def go(sacks):\n    # sack.weigh()\n    return [one.weigh() for one in sacks]\n"
    ),
    "tests/test_round.py": "def test_it(sack):\n    sack.weigh()\n",
    "docs/round.md": "Call sack.weigh() first.\n",
}


def said(symbol: str) -> str:
    """Return what is said of calls of ``symbol`` in the files above."""
    known = SymbolReferences(
        symbol, SymbolStatus.RESOLVED, "syntax", (Declaration("mill/sack.py", 2, 3),)
    )
    facts = FindingFacts("F", ("mill/sack.py",), symbols=(known,))
    return calls_of_unknown(facts, Witnesses(Snapshot.of(FILES)))


def test_a_call_on_another_value_may_be_it() -> None:
    """Its own object, comments, tests and documents do not count."""
    assert said("Sack.weigh") == (
        "1 call of `weigh` on values of unknown type may be it: mill/round.py:3"
    )


def test_a_function_of_no_class_has_none() -> None:
    """What is called on a value is no function of a module."""
    assert said("weigh") == ""


def test_a_test_that_loads_the_code_otherwise_may_call_it_on_anything() -> None:
    """``Harbour.turn(…)`` of a test in a browser may be ``turn`` of a file it never imports."""
    tests = {"web/test/tide.js": "it('turns', () => {\n  Harbour.turn(1);\n});\n"}
    assert first_call(tests, ("turn",), tests.__getitem__) == (
        "turn",
        Citation("web/test/tide.js", 2),
    )
    assert first_call(tests, ("rise",), tests.__getitem__) is None
    assert first_call(tests, (), tests.__getitem__) is None
