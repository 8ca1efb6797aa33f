"""What counts as given, what an error gives way to, what is told instead: read from the line."""

from __future__ import annotations

import pytest

from asked_in_code import asked_at
from mendbook.changes.asked_titles import asked_titles
from mendbook.changes.foreseen import foreseen
from mendbook.changes.given_words import status_of
from mendbook.changes.today import Today
from mendbook.model import (
    Finding,
    Reference,
    ReferenceKind,
)

CODE = {
    "orchard.py": (
        "def pick(tree, most=None):\n"
        "    limit = most or 40\n"
        "    if most:\n"
        "        return tree.apples[:most]\n"
        "    return parse(tree.label)\n"
        "\n"
        "def market(tree):\n"
        "    return pick(tree)\n"
    ),
    "bell.js": (
        "export function ring (bell, cb) {\n"
        "  timer = setTimeout(() => strike(bell), 500)\n"
        "  if (bell.cracked) {\n"
        "    cb('cracked')\n"
        "    return\n"
        "  }\n"
        "  return cast(bell).then(done, (flaw) => {\n"
        "    return flaw\n"
        "  })\n"
        "}\n"
    ),
    "Ferry.java": (
        "class Ferry {\n"
        "  Answer board(Car car) {\n"
        "    Reader in = new InputStreamReader(car.papers());\n"
        "    if (car.heavy()) return new Answer(Status.INTERNAL_ERROR, full);\n"
        "    pool.start(car);\n"
        "    return new Answer(Status.OK, car);\n"
        "  }\n"
        "}\n"
    ),
    "quay.go": (
        "package quay\n"
        "\n"
        "func Moor(w http.ResponseWriter, ship Ship) {\n"
        "\tif ship.Late {\n"
        "\t\thttp.Error(w, late.Error(), http.StatusInternalServerError)\n"
        "\t}\n"
        "}\n"
    ),
}


def about(path: str, name: str, line: int, fix: str) -> tuple[Finding, Today]:
    """Return a finding at ``line`` in ``name`` and today's code around it."""
    calls = tuple(
        Reference(path, at, ReferenceKind.CALL, "market", False, text.index("pick(") + 1)
        for at, text in enumerate(CODE[path].splitlines(), start=1)
        if name == "pick" and "return pick(" in text
    )
    return asked_at(CODE, path, name, line, fix, calls)


CASES = [
    (
        ("orchard.py", "pick", 3, "Compare with None instead of relying on truthiness."),
        "0, false and an empty text of `most` count as given from then on, where they were taken"
        " for"
        " missing.",
        "pick: takes 0 for most as given",
    ),
    (
        ("orchard.py", "pick", 5, "Catch LabelError and return an empty basket."),
        "On LabelError callers get an empty basket, where the error reached them until now:"
        " `market`"
        " (orchard.py:8) goes on with that.",
        "pick: returns an empty basket on LabelError",
    ),
    (
        ("orchard.py", "pick", 5, "Log the flaw and still return the apples."),
        "It still returns the apples, where an error came until now: `market` (orchard.py:8) no"
        " longer learns of that error.",
        "pick: logs the flaw and still returns the apples",
    ),
    (
        ("bell.js", "ring", 8, "throw flaw;"),
        "Who waits for it meets `flaw` as an error, where it came as a value until now.",
        "ring: ends with flaw as an error and does not return it",
    ),
    (
        ("bell.js", "ring", 2, "Call clearTimeout(timer) when the bell is hung up."),
        "`strike(bell)`, which `timer` is set for, is left out when the bell is hung up.",
        "ring: nothing runs on once it is gone",
    ),
    (
        ("bell.js", "ring", 3, "Remove the branch for cracked bells."),
        "Where `bell.cracked` holds (bell.js:3), it no longer ends there: it goes on with what"
        " stands"
        " behind.",
        "ring: does nothing special where bell.cracked",
    ),
    (
        ("bell.js", "ring", 2, "Skip the first run."),
        "At the first run it is not done any more: who counted on that waits longer.",
        "ring: does nothing at the first run",
    ),
    (
        ("bell.js", "ring", 3, "Treat silent bells like cracked ones."),
        "What is silent bells goes the way of cracked ones from then on.",
        "ring: does with silent bells what it does with cracked ones",
    ),
    (
        ("bell.js", "ring", 2, "Count each strike with a counter named 'bell_strikes'."),
        "None for its callers: one count more is kept, `bell_strikes`.",
        "ring: counts each strike with a counter named 'bell_strikes'",
    ),
    (
        ("Ferry.java", "board", 3, "Pass StandardCharsets.UTF_8 to the InputStreamReader."),
        "What is not ASCII is read and written as UTF-8, whatever the machine's own is: where that"
        " is another, it reads otherwise.",
        "board: a text that is not ASCII is taken as UTF-8",
    ),
    (
        ("Ferry.java", "board", 4, "Use Status.BAD_REQUEST here."),
        "Clients that tell answers apart meet 400 where 500 came before.",
        "board: answers 400",
    ),
    (
        ("Ferry.java", "board", 5, "Hand the car to a pool with at most 12 workers."),
        "No more than 12 workers run at once, where nothing bounded them: the next one waits or is"
        " refused.",
        "board: runs no more than 12 workers at once",
    ),
    (
        ("quay.go", "Moor", 5, "Answer with http.StatusConflict."),
        "Clients that tell answers apart meet 409 where 500 came before.",
        "Moor: answers 409",
    ),
    (
        ("quay.go", "Moor", 5, "Send a generic text in place of the error."),
        "Who reads it gets a generic text where the error came until now.",
        "Moor: sends a generic text in place of the error",
    ),
]


@pytest.mark.parametrize(("told", "risk", "_"), CASES)
def test_what_counts_is_told_from_the_line(
    told: tuple[str, str, int, str], risk: str, _: str
) -> None:
    """In Python, JavaScript, Java and Go."""
    asked, today = about(*told)
    assert foreseen(asked, today._facts, today.snapshot)[0].words == risk


@pytest.mark.parametrize(("told", "_", "test"), CASES)
def test_a_test_sees_what_counts(told: tuple[str, str, int, str], _: str, test: str) -> None:
    """Its title names what is given, and in which case."""
    asked, today = about(*told)
    assert next(asked_titles(asked, today._facts, today))[0] == test


@pytest.mark.parametrize(
    ("told", "no"),
    [
        (
            ("orchard.py", "pick", 4, "Compare with None instead of relying on truthiness."),
            "count as",
        ),
        (("orchard.py", "pick", 4, "throw tree;"), "came as a value"),
        (("quay.go", "Moor", 4, "Answer with http.StatusConflict."), "tell answers apart"),
        (("bell.js", "ring", 4, "Remove the branch for cracked bells."), "no longer ends there"),
    ],
)
def test_what_the_line_has_not_is_not_told(told: tuple[str, str, int, str], no: str) -> None:
    """No value that is asked for, no value returned, no status, no condition."""
    asked, today = about(*told)
    assert not any(no in each.words for each in foreseen(asked, today._facts, today.snapshot))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("http.StatusBadRequest", 400),
        ("HttpStatus.NOT_FOUND", 404),
        ("status.HTTP_422_UNPROCESSABLE_ENTITY", 422),
        ("HttpServletResponse.SC_CONFLICT", 409),
        ("Status.INTERNAL_ERROR", 500),
        ("Berth.FULL", None),
    ],
)
def test_a_status_is_known_by_its_name(name: str, expected: int | None) -> None:
    """As libraries of Go, Java, Python and C# spell it."""
    assert status_of(name) == expected


def test_a_decision_about_which_is_one() -> None:
    """*Decide with the harbour which …* leaves that open."""
    asked, today = about(
        "quay.go", "Moor", 5, "Decide with the harbour which ships may moor late, then say so."
    )
    words = [each.words for each in foreseen(asked, today._facts, today.snapshot)]
    assert words[0] == "Not known in full until it is decided which ships may moor late."
