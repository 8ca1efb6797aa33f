"""What a fix text leaves to the code: who only writes a name, what a cast hides."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check, propose

from mendbook.model import Proposal, Skipped

KILN = """export class Kiln {
  private heat = 0;
  private firedAt = 0;
  private doors: string[] = [];

  fire(target: number): void {
    this.heat = target;
    this.firedAt = Date.now();
  }

  cool(): number {
    this.firedAt = 0;
    this.heat -= 10;
    return this.heat;
  }
}
"""
MEADOW = """export function mow(plots: string[]): number {
  let lastPlot = '';
  let cut = 0;
  for (const plot of plots) {
    lastPlot = plot;
    cut += plot.length;
  }
  return cut;
}
"""
COUNTED = """export class Gate {
  private opened = 0;
  private keys = 0;

  open(next: () => number): void {
    this.opened = next();
    this.keys += 1;
  }
}
"""
STATES = """export type BoatState = 'moored' | 'sailing' | 'sunk';

export const CLOSED: readonly BoatState[] = ['moored', 'sunk'];

export const LABELS = ['moored', 'sailing'] as const;
"""
REDUCE = """import { logger } from './logger';

export class Mill {
  constructor(private readonly stones: { grind(sack: string): Promise<number> }) {}

  async run(sack: string): Promise<void> {
    await this.stones.grind(sack);
    logger.info({ sack }, 'ground');
  }
}
"""
GRIND = """  async run(sack: string): Promise<void> {
    try {
      await this.stones.grind(sack);
    } catch (err) {
      logger.error({ err, sack }, 'no flour');
      throw err;
    }
"""
RUN = """  async run(sack: string): Promise<void> {
    await this.stones.grind(sack);
"""
DEPTH = """import { DiveError, Codes } from './errors';
import { depthOf } from './chart';

export const MAX_DEPTH = 40;

export function plan(site: string, minutes: number): number {
  const depth = depthOf(site);
  const stops = Math.ceil(depth / 10);
  return stops * minutes;
}
"""
GUARDED = """  const depth = depthOf(site);
  if (depth > MAX_DEPTH) throw new DiveError(Codes.TOO_DEEP, 'too deep');
"""
BLOCK = """  const depth = depthOf(site);
  if (depth > MAX_DEPTH) {
    throw new DiveError(Codes.TOO_DEEP, 'too deep');
  }
"""
TRANSIT = """export function nextTide(port: string, from: Date) {
  if (!port) return null;
  return new Date(from.getTime() + 1000);
}

export const label = (name: string) => name.trim();
"""
CAST = """export interface Meta {
  gain: number;
  unit: string;
}

export interface Frame {
  meta: Meta;
  raw: unknown;
}

export function read(frame: Frame): number {
  const gain = (frame.meta as unknown as { gain: number }).gain;
  const unit = (frame.meta as any).unit;
  return gain + unit.length;
}
"""
OLD = "export function oldPrice(n: number): number {\n  return n * 2;\n}\n"
NEW = "export function price(n: number): number {\n  return n * 3;\n}\n"


def written(name: str, fix: str) -> Case:
    """Return a case of the kiln's field that is only written."""
    edits = {
        "  private firedAt = 0;\n": "",
        "    this.firedAt = Date.now();\n": "",
        "    this.firedAt = 0;\n": "",
    }
    return Case(name, fix, KILN, edits, evidence="  private firedAt = 0;", function="Kiln")


CASES = [
    written("along with its assignments", "Get rid of firedAt along with its two assignments"),
    written("and whatever sets it", "Remove firedAt and whatever sets it"),
    written(
        "writes and all", "firedAt is never read: delete the field and both places that write it"
    ),
    written("nobody reads it", "Nobody reads firedAt, so drop it and the lines that assign it"),
    written("superfluous", "The field firedAt is superfluous, its assignments too; take them out"),
    Case(
        "a local that is only written",
        "lastPlot is written and never read; remove it with its assignment",
        MEADOW,
        {"  let lastPlot = '';\n": "", "    lastPlot = plot;\n": ""},
        evidence="  let lastPlot = '';",
        function="mow",
    ),
    Case(
        "a call would go with it",
        "Remove opened and its assignment",
        COUNTED,
        refuses="no single edit",
        evidence="  private opened = 0;",
        function="Gate",
    ),
    Case(
        "it is read",
        "Remove heat and its assignments",
        KILN,
        refuses="no single edit",
        evidence="  private heat = 0;",
        function="Kiln",
    ),
    Case(
        "one of the two has it",
        "Add 'sunk' to LABELS as well as to CLOSED",
        STATES,
        refuses="CLOSED is left out",
        evidence="export const LABELS = ['moored', 'sailing'] as const;",
    ),
    Case(
        "as well as",
        "Add 'towed' to BoatState as well as to CLOSED",
        STATES,
        {
            "'sailing' | 'sunk';": "'sailing' | 'sunk' | 'towed';",
            "['moored', 'sunk'];": "['moored', 'sunk', 'towed'];",
        },
        evidence="export type BoatState = 'moored' | 'sailing' | 'sunk';",
    ),
    Case(
        "both",
        "Both BoatState and CLOSED need a 'towed'",
        STATES,
        {
            "'sailing' | 'sunk';": "'sailing' | 'sunk' | 'towed';",
            "['moored', 'sunk'];": "['moored', 'sunk', 'towed'];",
        },
        evidence="export type BoatState = 'moored' | 'sailing' | 'sunk';",
    ),
    Case(
        "not only but also",
        "'towed' has to be added not only to BoatState but also to CLOSED",
        STATES,
        {
            "'sailing' | 'sunk';": "'sailing' | 'sunk' | 'towed';",
            "['moored', 'sunk'];": "['moored', 'sunk', 'towed'];",
        },
        evidence="export type BoatState = 'moored' | 'sailing' | 'sunk';",
    ),
    Case(
        "belongs in",
        "'towed' is missing: it belongs in BoatState and in CLOSED",
        STATES,
        {
            "'sailing' | 'sunk';": "'sailing' | 'sunk' | 'towed';",
            "['moored', 'sunk'];": "['moored', 'sunk', 'towed'];",
        },
        evidence="export type BoatState = 'moored' | 'sailing' | 'sunk';",
    ),
    Case(
        "extend two",
        "Extend BoatState with 'towed', and CLOSED with it too",
        STATES,
        {
            "'sailing' | 'sunk';": "'sailing' | 'sunk' | 'towed';",
            "['moored', 'sunk'];": "['moored', 'sunk', 'towed'];",
        },
        evidence="export type BoatState = 'moored' | 'sailing' | 'sunk';",
    ),
    Case(
        "another error is thrown",
        "When stones.grind fails, logger.error({ err, sack }, 'no flour') and throw new "
        "MillError(sack) instead",
        REDUCE,
        refuses="stands for is not said",
        evidence="await this.stones.grind(sack);",
        function="Mill.run",
    ),
    Case(
        "logged unless",
        "When stones.grind fails, logger.error({ err, sack }, 'no flour') and rethrow unless it "
        "is a retry",
        REDUCE,
        refuses="stands for is not said",
        evidence="await this.stones.grind(sack);",
        function="Mill.run",
    ),
    Case(
        "try and log and rethrow",
        "Put try/catch around stones.grind: on failure logger.error({ err, sack }, 'no flour'), "
        "then throw err again",
        REDUCE,
        {RUN: GRIND},
        evidence="await this.stones.grind(sack);",
        function="Mill.run",
    ),
    Case(
        "catch, log, rethrow",
        "Catch what stones.grind throws, logger.error({ err, sack }, 'no flour'), and rethrow it",
        REDUCE,
        {RUN: GRIND},
        evidence="await this.stones.grind(sack);",
        function="Mill.run",
    ),
    Case(
        "wrap and pass on",
        "Wrap stones.grind in a try/catch which does logger.error({ err, sack }, 'no flour') and "
        "rethrows",
        REDUCE,
        {RUN: GRIND},
        evidence="await this.stones.grind(sack);",
        function="Mill.run",
    ),
    Case(
        "log before it goes on",
        "A failing stones.grind should be logged with logger.error({ err, sack }, 'no flour') and "
        "then rethrown",
        REDUCE,
        {RUN: GRIND},
        evidence="await this.stones.grind(sack);",
        function="Mill.run",
    ),
    Case(
        "when it fails",
        "If stones.grind fails, logger.error({ err, sack }, 'no flour') before the error is "
        "thrown on",
        REDUCE,
        {RUN: GRIND},
        evidence="await this.stones.grind(sack);",
        function="Mill.run",
    ),
    Case(
        "not beyond",
        "Unless the depth is more than MAX_DEPTH, throw new DiveError(Codes.TOO_DEEP, 'too deep')",
        DEPTH,
        refuses="no single edit",
        evidence="const depth = depthOf(site);",
        function="plan",
    ),
    Case(
        "a bound that is not there",
        "Once the depth is known, throw new DiveError(Codes.TOO_DEEP, 'too deep') if it is more "
        "than DEPTH_LIMIT",
        DEPTH,
        refuses="no single edit",
        evidence="const depth = depthOf(site);",
        function="plan",
    ),
    Case(
        "two values",
        "throw new DiveError(Codes.TOO_DEEP, 'too deep') if either is more than MAX_DEPTH",
        DEPTH,
        refuses="offers a choice",
        evidence="const depth = depthOf(site);\n  const stops = Math.ceil(depth / 10);",
        function="plan",
    ),
    Case(
        "once it is known",
        "Once the depth is known, throw new DiveError(Codes.TOO_DEEP, 'too deep') if it is more "
        "than MAX_DEPTH",
        DEPTH,
        {"  const depth = depthOf(site);\n": GUARDED},
        evidence="const depth = depthOf(site);",
        function="plan",
    ),
    Case(
        "a value that exceeds",
        "throw new DiveError(Codes.TOO_DEEP, 'too deep') when depth exceeds MAX_DEPTH",
        DEPTH,
        {"  const depth = depthOf(site);\n": BLOCK},
        evidence="const depth = depthOf(site);",
        function="plan",
    ),
    Case(
        "refuse a value",
        "A depth above MAX_DEPTH has to be refused: throw new DiveError(Codes.TOO_DEEP, 'too "
        "deep')",
        DEPTH,
        {"  const depth = depthOf(site);\n": GUARDED},
        evidence="const depth = depthOf(site);",
        function="plan",
    ),
    Case(
        "directly after",
        "Right after depth is computed, throw new DiveError(Codes.TOO_DEEP, 'too deep') for "
        "anything greater than MAX_DEPTH",
        DEPTH,
        {"  const depth = depthOf(site);\n": GUARDED},
        evidence="const depth = depthOf(site);",
        function="plan",
    ),
    Case(
        "a word of the sentence is no type",
        "Treat a depth that is no finite number as 0 and clamp the result of nextTide to 0",
        TRANSIT,
        refuses="no single edit",
        evidence="export function nextTide(port: string, from: Date) {",
        function="nextTide",
    ),
    Case(
        "two types to choose from",
        "nextTide should say what it returns, Date | null or Date | undefined",
        TRANSIT,
        refuses="no single edit",
        evidence="export function nextTide(port: string, from: Date) {",
        function="nextTide",
    ),
    Case(
        "the type is there",
        "read should say what it returns, number | null",
        CAST,
        refuses="no single edit",
        evidence="export function read(frame: Frame): number {",
        function="read",
    ),
    Case(
        "say what it returns",
        "nextTide should say what it returns, Date | null",
        TRANSIT,
        {"from: Date) {": "from: Date): Date | null {"},
        evidence="export function nextTide(port: string, from: Date) {",
        function="nextTide",
    ),
    Case(
        "give the return type",
        "Spell out the return type of nextTide, Date | null",
        TRANSIT,
        {"from: Date) {": "from: Date): Date | null {"},
        evidence="export function nextTide(port: string, from: Date) {",
        function="nextTide",
    ),
    Case(
        "no inference",
        "Do not leave the result of nextTide to inference; it is Date | null",
        TRANSIT,
        {"from: Date) {": "from: Date): Date | null {"},
        evidence="export function nextTide(port: string, from: Date) {",
        function="nextTide",
    ),
    Case(
        "lacks its type",
        "nextTide lacks its return type, Date | null",
        TRANSIT,
        {"from: Date) {": "from: Date): Date | null {"},
        evidence="export function nextTide(port: string, from: Date) {",
        function="nextTide",
    ),
    Case(
        "an arrow",
        "label returns a string and should declare that",
        TRANSIT,
        {"(name: string) =>": "(name: string): string =>"},
        evidence="export const label = (name: string) => name.trim();",
        function="label",
    ),
    Case(
        "another path",
        "frame.raw.gain needs no cast",
        CAST,
        refuses="no single edit",
        evidence="const gain = (frame.meta as unknown as { gain: number }).gain;",
        function="read",
    ),
    Case(
        "a cast that stays",
        "frame.meta.unit should keep its cast, with a comment that says why",
        CAST,
        refuses="no single edit",
        evidence="const unit = (frame.meta as any).unit;",
        function="read",
    ),
    Case(
        "without the casts",
        "frame.meta is a Meta, which has gain: read frame.meta.gain without the casts",
        CAST,
        {"(frame.meta as unknown as { gain: number }).gain": "frame.meta.gain"},
        evidence="const gain = (frame.meta as unknown as { gain: number }).gain;",
        function="read",
    ),
    Case(
        "needs no cast",
        "frame.meta.unit needs no cast",
        CAST,
        {"(frame.meta as any).unit": "frame.meta.unit"},
        evidence="const unit = (frame.meta as any).unit;",
        function="read",
    ),
    Case(
        "the cast can go",
        "The as any is superfluous, frame.meta.unit type-checks without it",
        CAST,
        {"(frame.meta as any).unit": "frame.meta.unit"},
        evidence="const unit = (frame.meta as any).unit;",
        function="read",
    ),
    Case(
        "plain access",
        "Plain frame.meta.gain is enough, the field is declared on Meta",
        CAST,
        {"(frame.meta as unknown as { gain: number }).gain": "frame.meta.gain"},
        evidence="const gain = (frame.meta as unknown as { gain: number }).gain;",
        function="read",
    ),
    Case(
        "access directly",
        "Access frame.meta.gain directly, no cast through unknown",
        CAST,
        {"(frame.meta as unknown as { gain: number }).gain": "frame.meta.gain"},
        evidence="const gain = (frame.meta as unknown as { gain: number }).gain;",
        function="read",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda one: one.name)
def test_facts_of_scripts(case: Case) -> None:
    """What the words leave out, the code tells."""
    check(case)


GONE = [
    "Delete old-price.ts, everything goes through price.ts by now",
    "old-price.ts can be deleted: nobody imports it, price.ts has taken over",
    "Remove the file old-price.ts; price.ts is its successor",
    "Drop src/old-price.ts altogether since price.ts does all of it",
    "Get rid of old-price.ts",
]
KEPT = [
    "Delete old-price.ts once price.ts handles discounts",
    "Delete old-price.ts and move oldPrice to price.ts",
    "Remove old-price.ts, price.ts should export oldPrice",
]


def _gone(fix: str) -> Proposal | Skipped:
    quoted = "export function oldPrice(n: number): number {"
    return propose(
        Case(fix, fix, OLD, path="src/old-price.ts", evidence=quoted, files={"src/price.ts": NEW})
    )


@pytest.mark.parametrize("fix", GONE)
def test_file_goes(fix: str) -> None:
    """A file goes that nothing imports, whatever is said of the one that takes its place."""
    answer = _gone(fix)
    assert isinstance(answer, Proposal)
    assert answer.edits == {"src/old-price.ts": None}


@pytest.mark.parametrize("fix", KEPT)
def test_file_stays(fix: str) -> None:
    """A file stays where more is asked beside, or first."""
    assert isinstance(_gone(fix), Skipped)
