"""Two that change places, a comparison told by its words, a function in front of its step."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

BAKERY = """\
export function stale(loaf: Loaf) {
  return loaf.hours > 48;
}

export class Counter {
  async sell(order: Order) {
    await this.till.charge(order.cents);
    await this.shelf.take(order.loaf);
    return true;
  }

  async look(order: Order) {
    const loaf = await this.shelf.find(order.loaf);
    await this.shelf.touch(loaf);
  }
}
"""
DRAW = """\
import random
import secrets


def ticket():
    return "".join(random.choice("ab") for _ in range(4))


def colour():
    return random.choice("cd")
"""
CHECK = """\
export function check(loaf) {
  if (loaf.kind == 'rye' && loaf.cut == null) {
    return loaf.size == 3;
  }
  return loaf.kind == 4;
}

export const same = (a, b) => a == b;
"""
PAID = "    await this.till.charge(order.cents);\n"
TAKEN = "    await this.shelf.take(order.loaf);\n"
CASES = [
    Case("two calls swapped", "In sell(), swap the two calls: take the loaf first.", BAKERY,
         {PAID + TAKEN: TAKEN + PAID}, evidence=f"{PAID}{TAKEN}", path="src/bakery.ts"),
    Case("not where the second needs the first", "Swap the two calls.", BAKERY,
         refuses="needs what line", path="src/bakery.ts",
         evidence="const loaf = await this.shelf.find(order.loaf);\n"
                  "    await this.shelf.touch(loaf);"),
    Case("what a text of settings names and an edit leaves out",
         'Drop the `lax` override and switch on "tight"', '{\n  "lax": true,\n  "a": 1\n}\n',
         refuses="`tight` is named", path="cfg/rules.json", evidence='"lax": true,'),
    Case("a comparison by its words", "The comparison in stale should be inclusive (>=).", BAKERY,
         {"hours > 48": "hours >= 48"}, evidence="return loaf.hours > 48;", path="src/bakery.ts"),
    Case("a function in front of its step", "ticket: secrets.choice rather than random.choice",
         DRAW, {'random.choice("ab")': 'secrets.choice("ab")'}, path="draw.py",
         evidence='return "".join(random.choice("ab") for _ in range(4))'),
    Case("all comparisons of a function but what is to be kept",
         "Use strict equality in check; `== null` is idiomatic and to be kept", CHECK,
         {"kind == 'rye'": "kind === 'rye'", "size == 3": "size === 3", "kind == 4": "kind === 4"},
         path="check.js",
         evidence="if (loaf.kind == 'rye' && loaf.cut == null) {"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_places_change_and_marks_are_told_in_words(case: Case) -> None:
    """Each is the one edit that its words give, or the true reason for none."""
    check(case)
