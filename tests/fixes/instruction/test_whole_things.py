"""Members, branches, order and values that a text tells by what they belong to."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

_WINERY = """\
export interface Label {
  cask: string;
  litres: number;
}

export type Yield = {
  grapes: number;
};

export function fill(cask: Cask, bottles: number): Label {
  const left = cask.litres - bottles * 0.75;
  return {
    cask: cask.id,
    litres: left,
  };
}

export function press(grapes: number): Yield {
  return { grapes };
}

export async function sell(cask: Cask, buyer: Buyer) {
  await notify(buyer, cask);
  await book({ cask, buyer });
  console.debug('sold', cask);
  if (!buyer.ok) {
    console.error('bad buyer');
  }
  console.debug('done');
  return cask;
}

export function grade(points: number) {
  const shown = Math.max(0, points);
  if (shown > 90) {
    return 'gold';
  } else if (shown < 0) {
    return 'broken';
  } else if (shown > 80) {
    return 'silver';
  } else {
    return 'none';
  }
}

export function price(litres: number) {
  const money = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' });
  return money.format(litres * 9);
}

export const stock = (casks: Cask[]) => {
  const total = casks.reduce((sum, cask) => sum + cask.litres, 0);
  return total;
};
"""
_LEFT = "const left = cask.litres - bottles * 0.75;"
_TOTAL = "const total = casks.reduce((sum, cask) => sum + cask.litres, 0);"
_BEGIN = "bottles: number): Label {\n"
_GUARD = "  if (bottles <= 0) {\n    throw new RangeError('none');\n  }\n"
_EMPTY = "  if (casks.length === 0) {\n    return 0;\n  }\n\n"
_SOLD = "  await notify(buyer, cask);\n  await book({ cask, buyer });\n"
_BOOKED = "  await book({ cask, buyer });\n  await notify(buyer, cask);\n"
_FORMAT = "new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' })"


def _case(name: str, fix: str, evidence: str, function: str, edits: dict[str, str]) -> Case:
    return Case(name, fix, _WINERY, edits, evidence=evidence, function=function,
                path="src/winery.ts")  # fmt: skip


_NO_DEBUG = {"  console.debug('sold', cask);\n": "", "  console.debug('done');\n": ""}
_NO_NEGATIVE = {" else if (shown < 0) {\n    return 'broken';\n  }": ""}
CASES = [
    _case("words lead to a block",
          "First thing in `fill`, reject such orders:\n\n```ts\nif (bottles <= 0) {\n"
          "  throw new RangeError('none');\n}\n```", _LEFT, "fill", {_BEGIN: _BEGIN + _GUARD}),
    _case("a check begins it", "Start `fill` with a check: `if (bottles <= 0) throw new "
          "RangeError('none');`", _LEFT, "fill",
          {_BEGIN: _BEGIN + "  if (bottles <= 0) throw new RangeError('none');\n"}),
    _case("a place, then a condition", "At the top of stock: if `casks.length === 0`, return 0.",
          _TOTAL, "stock", {"Cask[]) => {\n": "Cask[]) => {\n" + _EMPTY}),
    _case("a place, a condition and when",
          "In stock, when `casks.length === 0`, return 0 right at the start.", _TOTAL, "stock",
          {"Cask[]) => {\n": "Cask[]) => {\n" + _EMPTY}),
    _case("order as a duty", "`book` has to come before `notify`: swap the two statements.",
          "await notify(buyer, cask);", "sell", {_SOLD: _BOOKED}),
    _case("order as a duty, in short", "book must run before notify.",
          "await notify(buyer, cask);", "sell", {_SOLD: _BOOKED}),
    _case("two calls change places", "Exchange the order of `notify` and `book`.",
          "await notify(buyer, cask);", "sell", {_SOLD: _BOOKED}),
    _case("a member and its value",
          "Label: add `empty: boolean`. In `fill`, return `empty: left <= 0` with the rest.",
          "export interface Label {", "fill",
          {"litres: number;\n": "litres: number;\n  empty: boolean;\n",
           "litres: left,\n": "litres: left,\n    empty: left <= 0,\n"}),
    _case("a member by its name",
          "Label: add `bottles: number`. In `fill`, return `bottles` with the rest.",
          "export interface Label {", "fill",
          {"litres: number;\n": "litres: number;\n  bottles: number;\n",
           "litres: left,\n": "litres: left,\n    bottles,\n"}),
    _case("the object that a function returns",
          "Extend `Yield` with `litres: number`; press returns `litres: grapes * 0.7` as well.",
          "return { grapes };", "press",
          {"grapes: number;\n": "grapes: number;\n  litres: number;\n",
           "{ grapes }": "{ grapes, litres: grapes * 0.7 }"}),
    _case("a link of a chain goes", "Remove the unreachable `else if (shown < 0)` branch.",
          "} else if (shown < 0) {", "grade", _NO_NEGATIVE),
    _case("a dead branch by its test", "The `shown < 0` branch is dead, delete it.",
          "} else if (shown < 0) {", "grade", _NO_NEGATIVE),
    _case("the head of a chain goes", "Remove the dead `if (shown > 90)` branch.",
          "if (shown > 90) {", "grade",
          {"if (shown > 90) {\n    return 'gold';\n  } else if (shown < 0)": "if (shown < 0)"}),
    _case("statements have to go",
          "Both console.debug statements have to go. (The console.error may stay.)",
          "console.debug('sold', cask);", "sell", _NO_DEBUG),
    _case("every call goes", "Get rid of every console.debug in sell.",
          "console.debug('sold', cask);", "sell", _NO_DEBUG),
    _case("made once, under a name",
          "Create the formatter once at module scope (name it MONEY) and use it in price.",
          f"const money = {_FORMAT};", "price",
          {"export interface Label": f"const MONEY = {_FORMAT};\n\nexport interface Label",
           f"  const money = {_FORMAT};\n": "", "money.format(": "MONEY.format("}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_belongs_together_is_read_together(case: Case) -> None:
    """A text may name a thing by its place, its order or its kind."""
    check(case)
