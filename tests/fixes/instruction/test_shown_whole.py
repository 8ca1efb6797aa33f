"""Code that a text shows whole: where it goes, and the setting that it is the new value of."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check, propose

from mendbook.model import Proposal

MILL = """\
const mill = require('./mill');

async function grind (sack, done) {
  const owner = await mill.find({ name: sack.owner });
  done(await mill.press(owner, sack.corn));
}

async function weigh (sack) {
  try {
    await mill.setLimit(sack.limit);
  } catch (error) {
  }
  return mill.read({
    maxGrams: 1000000000,
    minGrams: 1000000000,
  });
}
"""
ORCHARD = """\
WEEKS = 60 * 24 * 7  # one week
LADDERS = 5
RUNGS: int = 12


def pick(trees, ladders=5):
    return WEEKS, LADDERS, RUNGS, trees, ladders
"""
FERRY = """\
export const deck = { cars: 40, bikes: 40 };

export function board(seats: number) {
  let free = 40;
  free = 40;
  return free - seats;
}
"""
CASES = [
    Case("before without a comma",
         "Before `done(await mill.press(owner, sack.corn));` add "
         "`if (!owner) return done(null);`.",
         MILL, {"  done(await mill.press": "  if (!owner) return done(null);\n"
                                           "  done(await mill.press"},
         evidence="done(await mill.press(owner, sack.corn));", path="a.js"),
    Case("after, in other words",
         "Right after `const owner = await mill.find({ name: sack.owner });` put "
         "`if (!owner) return null;`.",
         MILL, {"sack.owner });\n": "sack.owner });\n  if (!owner) return null;\n"},
         evidence="const owner = await mill.find({ name: sack.owner });", path="a.js"),
    Case("an empty catch that logs",
         "In the empty catch, log it: `console.warn('limit', error.message);`.",
         MILL, {"  } catch (error) {\n  }": "  } catch (error) {\n"
                                            "    console.warn('limit', error.message);\n  }"},
         evidence="} catch (error) {", path="a.js"),
    Case("a setting of an object", "Change `maxGrams: 1000000000` to `maxGrams: 500000000`.",
         MILL, {"maxGrams: 1000000000": "maxGrams: 500000000"},
         evidence="maxGrams: 1000000000,", path="a.js"),
    Case("a setting of one line with others", "Lower `cars: 40` to `cars: 24`.",
         FERRY, {"cars: 40": "cars: 24"}, evidence="export const deck = { cars: 40, bikes: 40 };"),
    Case("a constant and its remark",
         "Change `WEEKS = 60 * 24 * 7  # one week` to `WEEKS = 60 * 24  # one day`.",
         ORCHARD, {"WEEKS = 60 * 24 * 7  # one week": "WEEKS = 60 * 24  # one day"},
         evidence="WEEKS = 60 * 24 * 7  # one week", path="a.py"),
    Case("a constant", "Replace `LADDERS = 5` with `LADDERS = 3`.",
         ORCHARD, {"LADDERS = 5": "LADDERS = 3"}, evidence="LADDERS = 5", path="a.py"),
    Case("an annotated constant", "Reduce `RUNGS: int = 12` to `RUNGS: int = 9`.",
         ORCHARD, {"RUNGS: int = 12": "RUNGS: int = 9"}, evidence="RUNGS: int = 12", path="a.py"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_shown_whole_is_put_where_the_words_say(case: Case) -> None:
    """With a comma or without; a setting by the one of its name, with the remark behind it."""
    check(case)


def test_a_part_of_a_longer_value_is_no_setting() -> None:
    """What stands there goes on: half of it cannot be taken for the whole."""
    check(Case("half", "Change `WEEKS = 60 * 24` to `WEEKS = 30 * 24`.", ORCHARD,
               refuses="WEEKS", evidence="WEEKS = 60 * 24 * 7  # one week",
               path="a.py"))  # fmt: skip


@pytest.mark.parametrize(
    "case",
    [
        Case("a method without its arguments",
             "Sort a copy: replace `sacks.sort` by `[...sacks].sort`.",
             "export function best(sacks) {\n"
             "  return sacks.sort((one, other) => other.kilos - one.kilos)[0];\n}\n",
             refuses="",
             evidence="return sacks.sort((one, other) => other.kilos - one.kilos)[0];"),
        Case("a module that is called", "Use `logging` instead of `print`.",
             "def pick(tree):\n    print('picked', tree)\n    return tree\n",
             refuses="logging is a module", evidence="print('picked', tree)", path="a.py"),
    ],
    ids=lambda case: case.name,
)  # fmt: skip
def test_half_of_a_call_is_never_written(case: Case) -> None:
    """What would stand there uncalled, or be called and is no function, is nothing sure."""
    answer = propose(case)
    edits = answer.edits.values() if isinstance(answer, Proposal) else ()
    changed = "".join(text or "" for text in edits)
    assert ".sort[0]" not in changed
    assert "logging(" not in changed
    assert case.refuses in getattr(answer, "reason", case.refuses)
