"""What changes of one detail of a line is told by that detail: letters, an element, an operand."""

from __future__ import annotations

import pytest

from asked_in_code import asked_at
from mendbook.changes.asked_titles import asked_titles
from mendbook.changes.foreseen import foreseen
from mendbook.changes.today import Today
from mendbook.model import (
    Finding,
    Reference,
    ReferenceKind,
)

CODE = {
    "harbour.py": (
        "class Harbour:\n"
        "    def berth(self, ship):\n"
        "        try:\n"
        "            return int(ship.length)\n"
        "        except Exception:\n"
        "            raise BadShip('length')\n"
        "\n"
        "    def dock(self, ship):\n"
        "        if self.berth(ship) > 9:\n"
        "            return None\n"
        "        return self.crane(ship)\n"
        "\n"
        "    def trusted(self, pilot):\n"
        "        return pilot == self.pilot_name\n"
        "\n"
        "    def hello(self):\n"
        "        return self.pilot_name\n"
    ),
    "bakery.js": (
        "export function menu (loaves, answer) {\n"
        "  answer.end('done')\n"
        "  for (const loaf of loaves) {\n"
        "    shelf.add(loaf)\n"
        "  }\n"
        "}\n"
        "export function next (pick, few) {\n"
        "  while ((loaf = pick()) && few.length < 3) {\n"
        "    few.push(loaf)\n"
        "  }\n"
        "}\n"
        "export function label (name) {\n"
        "  return `<b>${name}</b>`\n"
        "}\n"
    ),
    "mill.go": (
        "package mill\n"
        "\n"
        "func Grind(sack Sack) error {\n"
        "\tif sack.Dry && inspect(sack) {\n"
        '\t\treturn fmt.Errorf("sackis too wet: %s", sack.Name)\n'
        "\t}\n"
        "\treturn nil\n"
        "}\n"
    ),
}


def about(path: str, name: str, line: int, fix: str) -> tuple[Finding, Today]:
    """Return a finding at ``line`` in ``name`` and today's code around it."""
    uses = tuple(
        Reference(path, at, ReferenceKind.CALL, "Harbour.dock", False, text.index("berth(") + 1)
        for at, text in enumerate(CODE[path].splitlines(), start=1)
        if name.endswith("berth") and "self.berth(" in text
    )
    return asked_at(CODE, path, name, line, fix, uses)


CASES = [
    (
        ("mill.go", "Grind", 5, "Insert a space after sack."),
        "Only the text changes: who compares it or searches for it meets another one.",
        "Grind: the text has a space after sack",
    ),
    (
        ("mill.go", "Grind", 5, "Fix the typo in the error."),
        "Only the text changes: who compares it or searches for it meets another one.",
        "Grind: the text is free of the typo in the error",
    ),
    (
        ("mill.go", "Grind", 4, "Swap the two conditions."),
        "Where `inspect(sack)` does not hold, `sack.Dry` is no longer asked: what it does besides"
        " is left out.",
        "Grind: swaps the two conditions",
    ),
    (
        ("bakery.js", "next", 8, "Reverse the order of the checks."),
        "Where `few.length < 3` does not hold, `loaf = pick()` no longer runs: what it does besides"
        " is left out.",
        "next: does not run loaf = pick() where few.length < 3 does not hold",
    ),
    (
        ("bakery.js", "menu", 2, "Move answer.end behind the loop."),
        "`answer.end` runs only once the loop of line 3 has ended: who waits for it waits as long,"
        " and an error in the loop leaves it out.",
        "menu: comes to answer.end only after the loop",
    ),
    (
        ("bakery.js", "label", 13, "Escape name before it goes into the page."),
        "A tag in name is shown as text and not read: what came escaped already is escaped twice.",
        "label: shows a tag in name as text",
    ),
    (
        ("harbour.py", "Harbour.berth", 5, "Narrow the handler to (ValueError, TypeError)."),
        "Errors other than ValueError and TypeError leave it from then on: `Harbour.dock`"
        " (harbour.py:9) does not catch every one.",
        "Harbour.berth: an error other than ValueError and TypeError reaches the caller",
    ),
    (
        ("harbour.py", "Harbour.trusted", 14, "Accept a list of pilots in self.pilot_name."),
        "`self.pilot_name` may hold a list of pilots, where that matched nothing or failed until"
        " now: line 17 reads it too.",
        "Harbour.trusted: accepts a list of pilots in self.pilot_name",
    ),
    (
        ("harbour.py", "Harbour.hello", 17, "Use the last entry of the header."),
        "Of several the last entry counts from then on; where there is only one, nothing changes.",
        "Harbour.hello: takes the last entry where there are several",
    ),
]


@pytest.mark.parametrize(("told", "risk", "_"), CASES)
def test_a_detail_is_told_with_the_code_it_is_of(
    told: tuple[str, str, int, str], risk: str, _: str
) -> None:
    """In Python, JavaScript and Go, from the quoted line and the function around it."""
    asked, today = about(*told)
    facts = today._facts
    assert foreseen(asked, facts, today.snapshot)[0].words == risk


@pytest.mark.parametrize(("told", "_", "test"), CASES)
def test_a_test_sees_the_detail(told: tuple[str, str, int, str], _: str, test: str) -> None:
    """Its title has the names of the code."""
    asked, today = about(*told)
    assert next(asked_titles(asked, today._facts, today))[0] == test


@pytest.mark.parametrize(
    ("told", "no"),
    [
        (("harbour.py", "Harbour.dock", 11, "Insert a comma behind ship."), "Only the text"),
        (("bakery.js", "next", 9, "Move few.push behind the loop."), "runs only once the loop"),
        (("mill.go", "Grind", 7, "Swap the two conditions."), "no longer"),
        (("harbour.py", "Harbour.dock", 9, "Escape ship before it is docked."), "is shown as text"),
    ],
)
def test_a_detail_that_the_place_has_not_is_not_told(
    told: tuple[str, str, int, str], no: str
) -> None:
    """A line without a text, without a loop behind it, without two operands, without markup."""
    asked, today = about(*told)
    assert not any(no in each.words for each in foreseen(asked, today._facts, today.snapshot))


def test_how_input_is_refused_says_more_than_that_it_is() -> None:
    """*Validate it and answer 400 when it is …* is told by the answer, *it* by its name."""
    asked, today = about(
        "harbour.py",
        "Harbour.dock",
        9,
        "Validate length before the crane runs and abort(400) when it is below 1.",
    )
    words = [each.words for each in foreseen(asked, today._facts, today.snapshot)]
    assert words[0] == "What was served until now is answered with 400 when length is below 1."


def test_a_lead_before_an_order_is_no_order() -> None:
    """*Guard the call: only call it when …* asks for what stands behind the colon."""
    asked, today = about(
        "bakery.js", "menu", 2, "Guard the call: only call answer when it is given."
    )
    words = [each.words for each in foreseen(asked, today._facts, today.snapshot)]
    assert words[0] == "It calls answer only when it is given, and no longer in the other cases."


def test_a_call_that_fails_is_one_that_the_code_has() -> None:
    """*When inspect fails* is told where the function calls it, *when winter fails* is not."""
    asked, today = about("mill.go", "Grind", 4, "Mark the sack as lost when inspect fails.")
    words = [each.words for each in foreseen(asked, today._facts, today.snapshot)]
    assert words[0] == (
        "When `inspect` fails, it marks the sack as lost, where it went on until now."
    )
    other, today = about("mill.go", "Grind", 4, "Mark the sack as lost when winter fails.")
    words = [each.words for each in foreseen(other, today._facts, today.snapshot)]
    assert "where it went on until now" not in words[0]
