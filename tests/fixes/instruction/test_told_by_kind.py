"""What a text tells by what is amiss with it: a parameter, a member, an element, a constructor."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

_STAGE = """\
import { z } from 'zod';
import { log } from './log';

// new Curtain() is from the old house
export const play = z.object({
  acts: z.number().int(),
  author: z.string().optional(),
});

export class Prompter {
  private q: string[] = [];

  cue(line: string) {
    this.q.push(line);
  }

  drain() {
    const { q } = this;
    this.q = [];
    return q;
  }
}

export function raise(height: number, loud: boolean, ropes = 2) {
  const left = new Curtain(height, ropes);
  const right = new Curtain(height, ropes);
  return [left, right];
}

export async function open(seats: Seat[], lights: Lights, sound: Sound) {
  if (seats.length === 0) {
    log.error({ seats }, 'empty house');
  }
  await Promise.all([
    lights.dim(),
  ]);
  seats.forEach(async (seat) => {
    await seat.fold();
  });
  if (lights.on) {
    log.error({ lights }, 'still lit');
  }
  throw new Fault('no_play', 'nothing is on');
}
"""
_HALL = """\
import { raise } from './stage';

export const evening = (loud: boolean) => raise(7, loud, 3);
"""
_FAULTS = "export const Faults = { LATE: 'late' } as const;\n"


def _case(
    name: str,
    fix: str,
    evidence: str,
    function: str,
    edits: dict[str, str],
    others: dict[str, dict[str, str]] | None = None,
    refuses: str = "",
) -> Case:
    return Case(name, fix, _STAGE, edits, refuses=refuses, evidence=evidence, function=function,
                path="src/stage.ts", files={"src/hall.ts": _HALL, "src/faults.ts": _FAULTS},
                others=others or {})  # fmt: skip


CASES = [
    _case("two links, each to its field",
          "Add `.max(9)` to `acts` and `.max(80)` to the string in `author`.",
          "acts: z.number().int(),", "play",
          {"z.number().int()": "z.number().int().max(9)", "z.string()": "z.string().max(80)"}),
    _case("a parameter that nothing reads",
          "`raise` never looks at `loud`. Take the parameter out of its signature, and the second "
          "argument out of the call in hall.ts.", "export function raise(", "raise",
          {"height: number, loud: boolean, ropes": "height: number, ropes"},
          {"src/hall.ts": {"raise(7, loud, 3)": "raise(7, 3)"}}),
    _case("a member, also where it is taken off the object",
          "Call the private member `q` `cues` instead, everywhere in the class.",
          "private q: string[] = [];", "Prompter",
          {"private q:": "private cues:", "this.q.push": "this.cues.push",
           "const { q } = this": "const { cues: q } = this", "this.q = []": "this.cues = []"}),
    _case("one level, not the other",
          "An empty house is expected: this should be log.warn, not log.error.",
          "log.error({ seats }, 'empty house');", "open",
          {"log.error({ seats }": "log.warn({ seats }"}),
    _case("every construction becomes a call",
          "Every `new Curtain(…)` in this file should become `Curtain.hang(…)`, same arguments.",
          "const left = new Curtain(height, ropes);", "",
          {"left = new Curtain(": "left = Curtain.hang(",
           "right = new Curtain(": "right = Curtain.hang("}),
    _case("an element that is missing",
          "sound.fade() is missing from the Promise.all list in open(); include it.",
          "await Promise.all([", "open",
          {"    lights.dim(),\n": "    lights.dim(),\n    sound.fade(),\n"}),
    _case("nothing to await", "Await the forEach.", "seats.forEach(async (seat) => {", "open", {},
          refuses="gives nothing to await"),
    _case("code is no text", 'Replace "no_play" by Faults.NoPlay.',
          "throw new Fault('no_play', 'nothing is on');", "open", {}, refuses="does not exist"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_amiss_tells_what_to_do(case: Case) -> None:
    """The words around the code say which operation is meant, and on what."""
    check(case)
