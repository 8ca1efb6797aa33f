"""What a line gives and who uses it is read from the code, in each language that is parsed."""

from __future__ import annotations

import pytest

from mendbook.changes.reliance import reliance
from mendbook.changes.today import Today
from mendbook.model import (
    Declaration,
    Evidence,
    EvidenceStatus,
    FindingFacts,
    Reference,
    ReferenceKind,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.repository.snapshot import Snapshot


def told(files: dict[str, str], name: str, line: int, calls: list[tuple[str, int, str]]) -> str:
    """Return what is said of ``line`` of the first file, in ``name`` and called at ``calls``."""
    path = next(iter(files))
    last = name.rpartition(".")[2]
    references = tuple(
        Reference(
            file,
            at,
            ReferenceKind.CALL,
            inside,
            False,
            files[file].splitlines()[at - 1].index(f"{last}(") + 1,
        )
        for file, at, inside in calls
    )
    symbol = SymbolReferences(
        name,
        SymbolStatus.RESOLVED,
        "syntax",
        declarations=(Declaration(path, 1, len(files[path].splitlines())),),
        references=references,
    )
    evidence = Evidence(EvidenceStatus.VERBATIM, path, line)
    facts = FindingFacts("F", (path,), symbols=(symbol,), evidence=evidence)
    said = reliance(Today(facts, Snapshot.of(files)))
    return said.words if said is not None else ""


TIDE = {
    "tide.py": (
        "def level(gauge):\n"
        "    raw = gauge.read()\n"
        "    metres = raw / 100\n"
        "    if metres < 0:\n"
        "        return None\n"
        "    return metres\n"
    ),
    "lock.py": (
        "def may_open(gauge):\n"
        "    if level(gauge):\n"
        "        return True\n"
        "    return False\n"
        "\n"
        "def note(gauge, book):\n"
        "    book.write(level(gauge))\n"
    ),
}
USES = [("lock.py", 2, "may_open"), ("lock.py", 7, "note")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            3,
            "`metres` (tide.py:3) goes into what `level` returns (tide.py:6): `may_open`"
            " (lock.py:2) decides by it and `note` (lock.py:7) hands it to `book.write`.",
        ),
        (4, "tide.py:4 decides whether `level` comes to `return None`."),
        (
            6,
            "tide.py:6 is what `level` returns: `may_open` (lock.py:2) decides by it and `note`"
            " (lock.py:7) hands it to `book.write`.",
        ),
    ],
)
def test_a_value_is_followed_to_those_who_use_it(line: int, expected: str) -> None:
    """From the line over the name it is kept under to each caller."""
    assert told(TIDE, "level", line, USES) == expected


def test_callers_in_typescript_are_told_by_what_they_do_with_the_result() -> None:
    """One that keeps it and decides by it later decides by it."""
    files = {
        "oven.ts": "export async function heat(at: number) {\n  return probe(at);\n}\n",
        "bake.ts": (
            "async function bake() {\n"
            "  const warm = await heat(220);\n"
            "  if (!warm) throw new Cold();\n"
            "}\n"
            "async function clean() {\n"
            "  await heat(500);\n"
            "}\n"
        ),
    }
    words = told(files, "heat", 2, [("bake.ts", 2, "bake"), ("bake.ts", 6, "clean")])
    assert words == (
        "oven.ts:2 is what `heat` returns: `bake` (bake.ts:2) decides by it and `clean` (bake.ts:6)"
        " does not look at it."
    )


def test_an_error_in_go_is_what_the_function_returns() -> None:
    """The caller that looks at it is named."""
    files = {
        "mill.go": "package mill\n\nfunc Grind(sack Sack) error {\n\treturn stones.Turn(sack)\n}\n",
        "day.go": (
            "package mill\n\nfunc Day(sack Sack) {\n\tif err := Grind(sack); err != nil {\n"
            "\t\tstop()\n\t}\n}\n"
        ),
    }
    assert told(files, "Grind", 4, [("day.go", 4, "Day")]) == (
        "mill.go:4 is what `Grind` returns: `Day` (day.go:4) keeps it as `err`."
    )


def test_what_is_thrown_is_told_with_those_who_catch_it() -> None:
    """In Java, one of two callers catches."""
    files = {
        "Kiln.java": ("class Kiln {\n  void fire(int at) {\n    throw new TooHot(at);\n  }\n}\n"),
        "Shift.java": (
            "class Shift {\n  void early(Kiln kiln) {\n    kiln.fire(900);\n  }\n"
            "  void late(Kiln kiln) {\n    try {\n      kiln.fire(950);\n    }"
            " catch (Exception e) {\n      rest();\n    }\n  }\n}\n"
        ),
    }
    calls = [("Shift.java", 3, "Shift.early"), ("Shift.java", 7, "Shift.late")]
    assert told(files, "Kiln.fire", 3, calls) == (
        "Kiln.java:3 is how `Kiln.fire` ends with an error: `Shift.early` (Shift.java:3) does not"
        " catch it and `Shift.late` (Shift.java:7) catches it."
    )


def test_a_clause_that_catches_says_whose_errors_end_there() -> None:
    """One that throws again ends nothing."""
    quiet = {"loom.ts": "function weave() {\n  try {\n    shuttle();\n  } catch {}\n}\n"}
    assert told(quiet, "weave", 4, []) == "Errors of loom.ts:2-4 end in line 4 today."
    loud = {
        "loom.ts": "function weave() {\n  try {\n    shuttle();\n  } catch (e) { throw e; }\n}\n"
    }
    assert told(loud, "weave", 4, []) == ""


def test_what_goes_on_as_a_part_of_another_value_is_not_said_to_be_handed_on() -> None:
    """A member of it is handed on, and not the thing itself."""
    files = {"dock.ts": "function moor() {\n  const berth = find();\n  rope(berth.ring);\n}\n"}
    assert told(files, "moor", 2, []) == ""


def test_a_function_that_was_handed_in_gets_what_is_given_to_it() -> None:
    """``return answer(…)`` is for who handed ``answer`` in, and not for who calls."""
    files = {
        "cargo.js": (
            "function weigh (crate, callback) {\n"
            "  if (!crate) return callback(new Error('none'))\n"
            "  return callback(null, crate.mass)\n"
            "}\n"
        ),
        "deck.js": "function load (crate) {\n  weigh(crate, (error, mass) => stow(mass))\n}\n",
    }
    assert told(files, "weigh", 3, [("deck.js", 2, "load")]) == (
        "`callback`, which `weigh` was handed, is given that: `load` (deck.js:2) hands it in."
    )


def test_what_a_function_within_another_returns_the_other_does_not() -> None:
    """In Go a literal, in Python a closure: the value is handed on, and not returned."""
    files = {
        "press.go": "package press\n\nfunc Make(ink Ink) *Press {\n\treturn mount(ink)\n}\n",
        "day.go": (
            "package press\n\nfunc Day(ink Ink) {\n\tit := Make(ink)\n"
            "\thook(func() int { return it.Run() })\n\tstart(it)\n}\n"
        ),
    }
    assert told(files, "Make", 4, [("day.go", 4, "Day")]) == (
        "press.go:4 is what `Make` returns: `Day` (day.go:4) hands it to `start`."
    )
    closure = {
        "loom.py": (
            "def thread(spool):\n"
            "    colour = dye(spool)\n"
            "    def show():\n"
            "        return colour\n"
            "    wind(colour)\n"
        )
    }
    assert told(closure, "thread", 2, []) == (
        "`colour` (loom.py:2) is handed to `wind` (loom.py:5)."
    )


def test_a_condition_is_told_by_what_it_comes_to() -> None:
    """By the call within a block that begins with a ``try``; by nothing where there is none."""
    files = {
        "ferry.py": (
            "def board(car):\n"
            "    if car.paid:\n"
            "        try:\n"
            "            spot = deck.find(car)\n"
            "        except Full:\n"
            "            spot = None\n"
            "        car.spot = spot\n"
            "    if car.heavy:\n"
            "        car.lane = 1\n"
            "        car.slow = True\n"
        )
    }
    assert told(files, "board", 2, []) == (
        "ferry.py:2 decides whether `board` comes to `deck.find`."
    )
    assert told(files, "board", 8, []) == ""
