"""Fix texts for scripts in plain words: levels, links, variables, loops and places."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

CHOIR = """\
import { log } from './log.js';
import { room } from './room.js';

const SEATS = 40;
const PAUSE_MS = 900;

export async function rehearse(singers: Singer[], hall: string) {
  const voices = singers.map((singer) => singer.voice).sort();
  const spare = await room.book(hall);
  log.info('booked ' + hall);
  const loud = voices.length * 2;
  return loud;
}

export function seat(singer: Singer | undefined) {
  if (singer) {
    if (singer.robe) {
      return singer.robe.size;
    }
  }
  return null;
}

export async function dismiss(id: string) {
  try {
    await room.free(id);
    await room.tell(id);
  } catch (err) {
    log.error('not freed');
  }
}
"""
KILN = """\
import { spawn } from 'child_process';
import { MAX_KILOS, TooHeavy } from './limits.js';

export class Kiln {
  open() {
    this.timer = setInterval(() => this.glow(), 500);
  }

  glow() {
    this.pots.forEach((pot) => {
      pot.heat += 1;
    });
    fire(this.pots);
  }

  close() {
    cache.delete(this.id);
    report(this.id, 'closed');
  }
}

export async function weigh(pot) {
  const { kilos } = await scale(pot);
  const mark = GLAZE.exec(pot.label);
  const shelf = SHELVES[Math.floor(Math.random() * SHELVES.length)];
  for (let i = 0; i <= pot.parts.length; i++) {
    count(pot.parts[i]);
  }
  return { mark, shelf };
}

export function run(resolve, reject) {
  const child = spawn('kiln', []);
  child.on('close', resolve);
}

export const idsOf = (pots) => pots.map((pot) => pot.id);
export const potOf = (id) => id;
"""


def _choir(name: str, fix: str, evidence: str, edits: dict[str, str], of: str = "") -> Case:
    return Case(name, fix, CHOIR, edits, function=of, evidence=evidence, path="src/choir.ts")


def _kiln(name: str, fix: str, evidence: str, edits: dict[str, str], of: str = "") -> Case:
    return Case(name, fix, KILN, edits, function=of, evidence=evidence, path="lib/kiln.js")


def _refuse(name: str, fix: str, evidence: str, of: str, code: str = KILN) -> Case:
    path = "lib/kiln.js" if code is KILN else "src/choir.ts"
    return Case(name, fix, code, refuses=" ", function=of, evidence=evidence, path=path)


QUAY = """\
export function berth(ship, quay) {
  if (ship) {
    const length = ship.metres;
    if (length && quay.depth !== null) {
      dock(ship, quay);
      return quay.id;
    }
  }
  return null;
}

export function paint(wall) {
  if (wall.dry) {
    if (wall.sanded) {
      coat(wall);
    }
    note(wall);
  }
  return wall;
}

export function sell(stall) {
  if (stall.open) {
    count(stall);
    if (!stall.sold) {
      ring(stall);
    }
  }
}

export function brew(pot) {
  if (pot.litres > 5) {
    if (pot.malt) {
      return 1;
    }
  }
  return 0;
}
"""
FLAT_BERTH = {
    """\
  if (ship) {
    const length = ship.metres;
    if (length && quay.depth !== null) {
      dock(ship, quay);
      return quay.id;
    }
  }
  return null;
""": """\
  if (!ship) {
    return null;
  }
  const length = ship.metres;
  if (!length || quay.depth === null) {
    return null;
  }
  dock(ship, quay);
  return quay.id;
"""
}
FLAT_SELL = {
    """\
  if (stall.open) {
    count(stall);
    if (!stall.sold) {
      ring(stall);
    }
  }
""": """\
  if (!stall.open) {
    return;
  }
  count(stall);
  if (stall.sold) {
    return;
  }
  ring(stall);
"""
}
TSCONFIG = '{\n  "compilerOptions": {\n    "strict": true\n  },\n  "include": ["src"]\n}\n'
NESTED = """\
  if (singer) {
    if (singer.robe) {
      return singer.robe.size;
    }
  }
"""
CASES = [
    _choir("a level", "Too chatty for info, make it debug.", "log.info('booked ' + hall);",
           {"log.info": "log.debug"}, "rehearse"),
    _choir("a link", "Sort with localeCompare: .sort((a, b) => a.localeCompare(b))",
           "const voices = singers.map((singer) => singer.voice).sort();",
           {".sort()": ".sort((a, b) => a.localeCompare(b))"}, "rehearse"),
    _choir("a variable", "Return it directly and drop the variable.",
           "const loud = voices.length * 2;",
           {"const loud = voices.length * 2;\n  return loud;": "return voices.length * 2;"},
           "rehearse"),
    _choir("a call that stays", "Remove the unused variable but keep the call.",
           "const spare = await room.book(hall);", {"const spare = await": "await"}, "rehearse"),
    _choir("one condition", "Merge the nested ifs into one: if (singer && singer.robe)",
           "if (singer) {\n    if (singer.robe) {",
           {NESTED: "  if (singer && singer.robe) {\n    return singer.robe.size;\n  }\n"}, "seat"),
    _choir("before the try", "Move `await room.free(id)` out of the try block, in front of it.",
           "await room.free(id);",
           {"  try {\n    await room.free(id);\n": "  await room.free(id);\n  try {\n"}, "dismiss"),
    _choir("two constants", "SEATS should be 60 and PAUSE_MS 1200.",
           "const SEATS = 40;\nconst PAUSE_MS = 900;",
           {"SEATS = 40": "SEATS = 60", "PAUSE_MS = 900": "PAUSE_MS = 1200"}),
    _choir("what is logged", "Include the error: log.error({ err, id }, 'not freed')",
           "log.error('not freed');",
           {"log.error('not freed')": "log.error({ err, id }, 'not freed')"}, "dismiss"),
    _choir("a local name", "Rename the local variable to `volume`.",
           "const loud = voices.length * 2;",
           {"const loud": "const volume", "return loud": "return volume"}, "rehearse"),
    _kiln("a loop", "Use for...of rather than forEach.", "this.pots.forEach((pot) => {",
          {"this.pots.forEach((pot) => {": "for (const pot of this.pots) {",
           "pot.heat += 1;\n    });": "pot.heat += 1;\n    }"}, "glow"),
    _kiln("left alone", "Mark the fire call as intentionally not awaited with `void`.",
          "fire(this.pots);", {"    fire(": "    void fire("}, "glow"),
    _kiln("already set", "Return early from open if this.timer is already set.",
          "this.timer = setInterval(() => this.glow(), 500);",
          {"  open() {\n": "  open() {\n    if (this.timer) {\n      return;\n    }\n"}, "open"),
    _kiln("once it is known", "Once kilos is known, throw new TooHeavy(kilos) if "
          "kilos > MAX_KILOS",
          "const { kilos } = await scale(pot);",
          {"await scale(pot);\n": "await scale(pot);\n  if (kilos > MAX_KILOS) {\n"
           "    throw new TooHeavy(kilos);\n  }\n"}, "weigh"),
    _kiln("an argument", "Match against pot.label.trim(), the pattern is anchored.",
          "const mark = GLAZE.exec(pot.label);", {"exec(pot.label)": "exec(pot.label.trim())"},
          "weigh"),
    _kiln("a draw", "Pick the shelf with `randomInt(SHELVES.length)` from 'node:crypto' instead",
          "const shelf = SHELVES[Math.floor(Math.random() * SHELVES.length)];",
          {"import { spawn }": "import { randomInt } from 'node:crypto';\nimport { spawn }",
           "Math.floor(Math.random() * SHELVES.length)": "randomInt(SHELVES.length)"}, "weigh"),
    _kiln("a bound", "The loop must stop at i < pot.parts.length",
          "for (let i = 0; i <= pot.parts.length; i++) {", {"i <= pot": "i < pot"}, "weigh"),
    _kiln("beside a listener", "Reject when it cannot start: child.on('error', reject), before "
          "the close listener", "const child = spawn('kiln', []);",
          {"  child.on('close'": "  child.on('error', reject);\n  child.on('close'"}, "run"),
    _choir("three things in one sentence", "Make it debug and remove the unused variable but keep "
           "the call, and then return `voices.length * 2` directly.",
           "const spare = await room.book(hall);\n  log.info('booked ' + hall);\n"
           "  const loud = voices.length * 2;",
           {"const spare = await": "await", "log.info": "log.debug",
            "const loud = voices.length * 2;\n  return loud;": "return voices.length * 2;"},
           "rehearse"),
    Case("early exits", "Flatten with early returns.", QUAY, FLAT_BERTH, path="lib/quay.js",
         evidence="if (length && quay.depth !== null) {", function="berth"),
    Case("early exits, listed", "Flatten with early returns: return null when ship is missing, and "
         "return null when length is 0 or quay.depth is null.", QUAY, FLAT_BERTH,
         path="lib/quay.js", evidence="if (ship) {", function="berth"),
    Case("guard clauses", "Use guard clauses instead of nesting.", QUAY, FLAT_SELL,
         path="lib/quay.js", evidence="if (stall.open) {", function="sell"),
    Case("what goes on behind", "Flatten with early returns.", QUAY, refuses=" ",
         path="lib/quay.js", evidence="if (wall.dry) {", function="paint"),
    Case("an order that is not surely turned", "Flatten with early returns.", QUAY, refuses=" ",
         path="lib/quay.js", evidence="if (pot.litres > 5) {", function="brew"),
    Case("an option of a compiler", "Enable `noUnusedLocals` in compilerOptions.", TSCONFIG,
         {'"strict": true\n': '"strict": true,\n    "noUnusedLocals": true\n'},
         path="tsconfig.json", evidence='"strict": true'),
    Case("an option or a tool", "Enable `noUnusedLocals` in compilerOptions or let the linter do "
         "it.", TSCONFIG, refuses=" ", path="tsconfig.json", evidence='"strict": true'),
    _refuse("what it is to stand behind", "Invalidate the entry with cache.delete(this.id) after "
            "the report", "report(this.id, 'closed');", "close"),
    _refuse("a name in data, too", "Rename id to potId throughout the code base and the stored "
            "orders", "export const idsOf = (pots) => pots.map((pot) => pot.id);", ""),
    _refuse("another function's parameter", "Rename `id` to `potId`.",
            "export const idsOf = (pots) => pots.map((pot) => pot.id);", ""),
    _refuse("a variable that is read", "Remove the variable but keep the call.",
            "const { kilos } = await scale(pot);", "weigh"),
    _refuse("the second of a try", "Move `await room.tell(id)` out of the try block, in front of "
            "it.", "await room.tell(id);", "dismiss", CHOIR),
    _refuse("a value and more", "SEATS should be 60 and documented.", "const SEATS = 40;", "",
            CHOIR),
    _refuse("a value or another way", "SEATS should be 60 or come from the environment.",
            "const SEATS = 40;", "", CHOIR),
    _refuse("bounds around nothing of it", "Cap it: `Math.min(Number(query.n), 50)`.",
            "const loud = voices.length * 2;", "rehearse", CHOIR),
    _refuse("an end that is there", "End seat with an explicit `return undefined;`",
            "return null;", "seat", CHOIR),
    _refuse("a name that is no variable", "Write `seat += voices.length`.",
            "const loud = voices.length * 2;", "rehearse", CHOIR),
    _refuse("no such listener", "Add `child.on('error', reject)` before the exit listener.",
            "const child = spawn('kiln', []);", "run"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_script_is_changed_as_plain_words_say(case: Case) -> None:
    """Each text makes its one edit, and what is not sure makes none."""
    check(case)
