"""What reviewers ask for again and again in few words, in TypeScript and JavaScript."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

_DAIRY = """\
import { db } from './db';
import { logger } from './logger';

export class Dairy {
  async load(cows: string[]) {
    const milk = [];
    for (const cow of cows) {
      const litres = await db.litres(cow);
      milk.push(litres);
    }
    return milk;
  }

  async price(url: string, note?: string) {
    const res = await fetch(url);
    const body = await res.json();
    logger.info('price of ' + url + ' is ' + (body.cents + 1));
    return body.rows[0].cents;
  }

  async close(tank: Tank) {
    try {
      await tank.drain();
    } catch (e) {
      console.error('drain failed', e);
    }
  }

  grade(kind: string, fat) {
    switch (kind) {
      case 'skimmed':
        this.close(fat);
      default:
        return 0;
    }
  }

  ranked(cheeses: Cheese[]) {
    return cheeses.sort((a, b) => b.age - a.age);
  }
}

export const board = ({ cheeses, title }) => cheeses.length + title;
"""
_FILES = {
    "src/db.ts": """\
export const db = {
  async litres(cow: string): Promise<number> { return 1; },
  async all(cows: string[]): Promise<number[]> { return []; },
};
""",
    "src/logger.ts": "export const logger = { info(a: string) {}, error(a: string, b: {}) {} };\n",
}
_LOOP = """    const milk = [];
    for (const cow of cows) {
      const litres = await db.litres(cow);
      milk.push(litres);
    }
"""
_FETCH = "    const res = await fetch(url);\n"
_SUM = "'price of ' + url + ' is ' + (body.cents + 1)"


def _case(name: str, fix: str, evidence: str, function: str, edits: dict[str, str]) -> Case:
    return Case(name, fix, _DAIRY, edits, evidence=evidence, function=function,
                path="src/dairy.ts", files=_FILES)  # fmt: skip


CASES = [
    _case("one call for a loop", "Replace the loop with `db.all(cows)`.",
          "for (const cow of cows) {", "load",
          {_LOOP: "    const milk = await db.all(cows);\n"}),
    _case("all at once, in code",
          "Load them in parallel: `await Promise.all(cows.map((cow) => db.litres(cow)))`.",
          "for (const cow of cows) {", "load",
          {_LOOP: "    const milk = await Promise.all(cows.map((cow) => db.litres(cow)));\n"}),
    _case("all at once, in words", "Use Promise.all instead of awaiting in the loop.",
          "const litres = await db.litres(cow);", "load",
          {_LOOP: "    const milk = await Promise.all(cows.map((cow) => db.litres(cow)));\n"}),
    _case("a template literal", "Use a template literal.", f"logger.info({_SUM});", "price",
          {_SUM: "`price of ${url} is ${body.cents + 1}`"}),
    _case("a check and what follows",
          "Check res.ok and throw new Error(`HTTP ${res.status}`) otherwise.",
          "const res = await fetch(url);", "price",
          {_FETCH: _FETCH + "    if (!res.ok) throw new Error(`HTTP ${res.status}`);\n"}),
    _case("a fallback", "Fall back to null: body.rows[0]?.cents ?? null.",
          "return body.rows[0].cents;", "price",
          {"body.rows[0].cents": "body.rows[0]?.cents ?? null"}),
    _case("what it is changed to", "Change it to `body.rows[0]?.cents ?? 0`.",
          "return body.rows[0].cents;", "price",
          {"body.rows[0].cents": "body.rows[0]?.cents ?? 0"}),
    _case("a default", "Default note to ''.", "async price(url: string, note?: string) {", "price",
          {"note?: string": "note: string = ''"}),
    _case("a default of a prop", "Default `cheeses` to an empty array.",
          "export const board = ({ cheeses, title })", "board",
          {"({ cheeses, title })": "({ cheeses = [], title })"}),
    _case("the caught name", "Rename the caught `e` to `cause`.", "} catch (e) {", "close",
          {"} catch (e) {": "} catch (cause) {", "failed', e)": "failed', cause)"}),
    _case("the logger", "Replace console.error with the logger.",
          "console.error('drain failed', e);", "close", {"console.error": "logger.error"}),
    _case("a break, not a return", "Add the missing `break` after this.close(fat).",
          "this.close(fat);", "grade",
          {"        this.close(fat);\n": "        this.close(fat);\n        break;\n"}),
    _case("a parameter and what is returned",
          "Annotate `fat: number` and the return type `number`.",
          "grade(kind: string, fat) {", "grade",
          {"kind: string, fat)": "kind: string, fat: number): number"}),
    _case("a copy is sorted", "Sort a copy instead of mutating the argument.",
          "return cheeses.sort((a, b) => b.age - a.age);", "ranked",
          {"return cheeses.sort": "return [...cheeses].sort"}),
    _case("the method that copies", "Use toSorted instead of sort.",
          "return cheeses.sort((a, b) => b.age - a.age);", "ranked",
          {"cheeses.sort(": "cheeses.toSorted("}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_usual_wishes_are_carried_out(case: Case) -> None:
    """Few words are enough for what is always done the same way."""
    check(case)


REFUSED = [
    _case("numbers may be added first", "Use a template literal.", "return cheeses.length", "board",
          {}),
    _case("another loop", "Replace the loop with `db.all(herds)`.", "for (const cow of cows) {",
          "load", {}),
]  # fmt: skip


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_what_is_not_sure_stays(case: Case) -> None:
    """The same words over other code make no edit."""
    check(Case(case.name, case.fix, case.code, refuses=" ", evidence=case.evidence,
               function=case.function, path=case.path, files=case.files))  # fmt: skip
