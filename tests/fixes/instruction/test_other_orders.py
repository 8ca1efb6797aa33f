"""The same step in another order or another verb: its place first, its outcome as a wish."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

_LOCK = """import { gauge } from '../tide';
import { log } from '../log';

export interface Lock {
  level: number;
}

/** Reads the mark on the wall. */
export const readMark = async (text: string): Promise<Lock | null> => {
  if (text === '') return null;
  return { level: Number(text) };
};

export const fill = (lock: Lock, sluice: Sluice): Filled => {
  if (sluice.shut) {
    return { done: false, why: 'shut' };
  }
  log.warn({ lock }, 'basin filled');
  return { done: true, why: '' };
};

export async function drain(lock: Lock, sluice: Sluice) {
  const left = await gauge<Lock>('left', { seconds: 4 });
  const right = await gauge<Lock>('right', { unit: 'cm' });
  await Promise.all([sluice.close(), left.settle()]);
  return (lock as any).level;
}

export const pump = make({
  motor: {
    volts: 24,
  },
});
"""
_USER = """import { readMark } from './lock';

export async function show(text: string) {
  const mark = await readMark(text);
  return mark?.level;
}
"""
_FARE = """def fare(trip, rider, day=1):
    return trip.miles * day
"""
_TRIP = """from fare import fare

print(fare(1, "ann", day=2))
"""


def _lock(name: str, fix: str, evidence: str, function: str, edits: dict[str, str]) -> Case:
    return Case(name, fix, _LOCK, edits, evidence=evidence, function=function, path="src/lock.ts")


CASES = [
    _lock("an awaited call of a type",
          "Pass `seconds: 9` to this gauge call",
          "const right = await gauge<Lock>('right', { unit: 'cm' });", "drain",
          {"{ unit: 'cm' }": "{ unit: 'cm', seconds: 9 }"}),
    _lock("the first check, and an answer",
          "As the first check of fill, answer { done: false, why: 'dry' } if lock.level <= 0",
          "if (sluice.shut) {", "fill",
          {"  if (sluice.shut)": "  if (lock.level <= 0) return { done: false, why: 'dry' };\n"
           "  if (sluice.shut)"}),
    _lock("where it belongs", "lock.settle() belongs into the Promise.all of drain() too",
          "await Promise.all([sluice.close(), left.settle()]);", "drain",
          {"left.settle()]": "left.settle(), lock.settle()]"}),
    _lock("a place without a comma", "In the motor options set amps: 3 and fuse: 5",
          "motor: {\n    volts: 24,\n  },", "pump",
          {"volts: 24,\n": "volts: 24,\n    amps: 3,\n    fuse: 5,\n"}),
    _lock("read without its cast", "The cast is not needed. Read it without `as any`",
          "return (lock as any).level;", "drain", {"(lock as any).level": "lock.level"}),
    _lock("where a message goes", "The 'basin filled' message should go to debug, not warn",
          "log.warn({ lock }, 'basin filled');", "fill", {"log.warn": "log.debug"}),
    Case("a function that can be synchronous, with its caller",
         "readMark can be synchronous: no async, return type Lock | null. show then calls it"
         " without await", _LOCK,
         {"async (text: string): Promise<Lock | null>": "(text: string): Lock | null"},
         evidence="export const readMark = async (text: string)", function="readMark",
         path="src/lock.ts", files={"src/show.ts": _USER},
         others={"src/show.ts": {"await readMark": "readMark"}}),
    Case("a parameter that goes out of a signature",
         "rider is unused in fare. Take the parameter out of the signature and adapt the caller"
         " (trip.py)", _FARE, {"trip, rider, day": "trip, day"},
         evidence="def fare(trip, rider, day=1):", function="fare", path="fare.py",
         files={"trip.py": _TRIP}, others={"trip.py": {'1, "ann", day=2': "1, day=2"}}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_step_is_read_in_another_order(case: Case) -> None:
    """What is asked is read whether its verb, its place or its outcome is said first."""
    check(case)
