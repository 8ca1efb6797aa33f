"""Fix texts for TypeScript and JavaScript in other words: guards, order, exports, swaps."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

FERRY = """\
import { log } from './log';

export const DECKS = 4;
export const RAMPS = 2;

export function board(car: Car | null, queue: Car[], plate: string) {
  const oldest = queue[0];
  const waiting = [];
  if (oldest.weight > 3500) {
    log.info('too heavy', plate);
    return false;
  }
  if (plate === 'VIP') {
    waiting.push(car);
  }
  park(car, RAMPS);
  return dock(car, { deck: 1, lights: true });
}

export async function sail(ferry: Ferry, tide: number) {
  if (ferry.crew.length === 0) {
    throw new Error('no crew');
  }
  const speed = tide || 8;
  tow(ferry.id, ferry.id);
  await cast(ferry, speed);
  return speed == 8;
}

export async function anchor(ferry: Ferry, tide: number) {
  const depth = await sound(ferry);
  await drop(ferry, depth);
  return depth;
}

export const deckOf = (car: number) => car % DECKS;
"""
MILL = """\
const { sacks } = require('./sacks');
const timeout = 3000;

async function grind(grain, stones) {
  let flour = [];
  for (const stone of stones) {
    flour.push(stone.turn(grain));
  }
  console.log('ground', flour.length);
  return sacks(flour, { retries: 3 });
}

async function sift(flour) {
  try {
    await shake(flour);
  } catch (e) {
    console.log('sifting failed');
  }
}

module.exports = { grind, sift };
"""


def _ferry(name: str, fix: str, evidence: str, edits: dict[str, str], function: str) -> Case:
    return Case(name, fix, FERRY, edits, function=function, evidence=evidence, path="src/ferry.ts")


def _mill(name: str, fix: str, evidence: str, edits: dict[str, str], function: str) -> Case:
    return Case(name, fix, MILL, edits, function=function, evidence=evidence, path="lib/mill.js")


def _refuse(name: str, fix: str, evidence: str, function: str, reason: str = "") -> Case:
    return Case(name, fix, FERRY, refuses=reason or " ", function=function, evidence=evidence,
                path="src/ferry.ts")  # fmt: skip


OLDEST = "const oldest = queue[0];"
DEPTH = "const depth = await sound(ferry);"
GUARDED = "  if (queue.length === 0) {\n    return false;\n  }\n"
BEGIN = "plate: string) {\n"
CASES = [
    _ferry("a guard on an empty list", "Return false when `queue` is empty, before it is read.",
           OLDEST, {BEGIN: BEGIN + GUARDED}, "board"),
    _ferry("a guard on null", "board must throw new Error('no car') if car is null.", OLDEST,
           {BEGIN: BEGIN + "  if (car === null) {\n    throw new Error('no car');\n  }\n\n"},
           "board"),
    _ferry("a guard on a missing value", "Throw new Error('no plate') when plate is missing.",
           OLDEST, {BEGIN: BEGIN + "  if (!plate) {\n    throw new Error('no plate');\n  }\n"},
           "board"),
    _ferry("un-export", "Un-export `DECKS`.", "export const DECKS = 4;",
           {"export const DECKS": "const DECKS"}, ""),
    _ferry("un-export in words", "Unexport DECKS; no other module reads it.",
           "export const DECKS = 4;", {"export const DECKS": "const DECKS"}, ""),
    _ferry("private to the module", "Make DECKS module-private.", "export const DECKS = 4;",
           {"export const DECKS": "const DECKS"}, ""),
    _ferry("kept in the file", "Keep the constant `DECKS` local to this file.",
           "export const DECKS = 4;", {"export const DECKS": "const DECKS"}, ""),
    _ferry("needs no export", "`DECKS` does not need to be exported.", "export const DECKS = 4;",
           {"export const DECKS": "const DECKS"}, ""),
    _ferry("a level", "This is a warning: log.warn rather than log.info.",
           "log.info('too heavy', plate);", {"log.info": "log.warn"}, "board"),
    _ferry("instead of within a sentence", "A tide of 0 counts, so use `??` instead of `||` here.",
           "const speed = tide || 8;", {"||": "??"}, "sail"),
    _ferry("an option goes", "The `lights` option is gone; drop it.",
           "return dock(car, { deck: 1, lights: true });", {"{ deck: 1, lights: true }":
           "{ deck: 1 }"}, "board"),
    _ferry("a type", "Type the list: `const waiting: (Car | null)[] = []`.",
           "const waiting = [];", {"const waiting =": "const waiting: (Car | null)[] ="}, "board"),
    _ferry("a rename", "Call it `heaviest`, not `oldest`.", OLDEST,
           {OLDEST: "const heaviest = queue[0];", "oldest.weight": "heaviest.weight"}, "board"),
    _ferry("a rename as a substitution", "s/oldest/front/", OLDEST,
           {OLDEST: "const front = queue[0];", "oldest.weight": "front.weight"}, "board"),
    _ferry("a threshold", "The limit is inclusive: `oldest.weight >= 3500`.",
           "if (oldest.weight > 3500) {", {"weight > 3500": "weight >= 3500"}, "board"),
    _ferry("a call dropped", "Remove the call of `park`.", "park(car, RAMPS);",
           {"  park(car, RAMPS);\n": ""}, "board"),
    _mill("a value raised", "Raise `retries` to 5.", "return sacks(flour, { retries: 3 });",
          {"retries: 3": "retries: 5"}, "grind"),
    _mill("console.error", "A failure belongs on stderr: use console.error.",
          "console.log('sifting failed');", {"console.log('sifting": "console.error('sifting"},
          "sift"),
    _mill("rethrow", "Rethrow after logging.", "console.log('sifting failed');",
          {"log('sifting failed');\n": "log('sifting failed');\n    throw e;\n"}, "sift"),
    _mill("a guard in a script", "Throw a `new TypeError('grain')` if `grain` is undefined.",
          "let flour = [];",
          {"grind(grain, stones) {\n": "grind(grain, stones) {\n  if (grain === undefined) {\n"
           "    throw new TypeError('grain');\n  }\n"}, "grind"),
    _mill("an await", "Await `stone.turn(grain)`.", "flour.push(stone.turn(grain));",
          {"push(stone.turn": "push(await stone.turn"}, "grind"),
    _mill("a call that goes", "Remove the call of `console.log`.",
          "console.log('ground', flour.length);",
          {"  console.log('ground', flour.length);\n": ""}, "grind"),
    _refuse("one of two equal places", "Replace `ferry.id` with `ferry.name`.",
            "tow(ferry.id, ferry.id);", "sail"),
    _refuse("an export in use", "Rename the export.", "export const RAMPS = 2;", ""),
    _refuse("a check that is not there", "Guard `anchor` like `moor` does.", DEPTH, "anchor"),
    _refuse("a condition in a vague word", "Return early when the queue looks wrong.", OLDEST,
            "board"),
    _refuse("a choice", "Throw an error or return null when `car` is null.", OLDEST, "board"),
    _refuse("a helper nobody declares", "Use `firstOf(queue)` for the lookup.", OLDEST, "board"),
    _refuse("no catch to hang on", "Append `.catch(report)` to the call of drop.",
            "await drop(ferry, depth);", "anchor", "report is not declared"),
    _refuse("a value twice in one call", "Use `ferry.name` instead of `ferry.id`.",
            "tow(ferry.id, ferry.id);", "sail", "stands at several places"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_script_is_changed_as_its_text_says(case: Case) -> None:
    """Each text makes its one edit, and what is not sure makes none."""
    check(case)
