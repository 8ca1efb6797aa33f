"""A clean-up in ``finally`` in the words people use, and what *i.e.* says again."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

LOCK = """\
import { basin } from './basin';

export async function raise(barge: string): Promise<number> {
  const gate = await basin.shut(barge);
  const level = await gate.fill(barge);
  await gate.free();
  return level.metres;
}
"""
RAISED = """\
  try {
    const level = await gate.fill(barge);
    return level.metres;
  } finally {
    await gate.free();
  }
"""
PLAIN = """\
  const level = await gate.fill(barge);
  await gate.free();
  return level.metres;
"""
WORDS = [
    "Wrap the filling in try/finally and call `gate.free()` in the finally block.",
    "Put `await gate.free()` in a `finally` block.",
    "Wrap the filling in try/finally so that `gate.free()` always runs.",
    "Wrap the filling in try/finally; `gate.free()` belongs in the finally.",
]


@pytest.mark.parametrize("fix", WORDS)
def test_a_clean_up_goes_into_finally_as_one_step(fix: str) -> None:
    """However it is told, the call moves once, and its result is returned within the try."""
    check(Case("lock", fix, LOCK, {PLAIN: RAISED}, function="raise", path="src/lock.ts",
               evidence="await gate.free();"))  # fmt: skip


def test_what_is_cleaned_up_is_not_used_behind_its_clean_up() -> None:
    """A result that needs what is freed keeps the order as it is."""
    code = LOCK.replace("level.metres", "level.of(gate)")
    check(Case("gate", WORDS[0], code, refuses="speaks of what is cleaned up",
               function="raise", path="src/lock.ts", evidence="await gate.free();"))  # fmt: skip


COPY = """\
import { rm, writeFile } from 'node:fs/promises';

export async function thumbnail(name: string, bytes: Uint8Array, shrink: Shrink): Promise<Image> {
  const path = `/var/spool/${name}`;
  await writeFile(path, bytes);
  const image = await shrink(path);
  await rm(path);
  return image;
}

export async function weigh(crane: Crane, hall: Hall): Promise<number> {
  const hook = crane.hook;
  await hall.announce(hook);
  const tons = await hook.lift();
  hook.release();
  return tons;
}
"""
SHRUNK = """\
  await writeFile(path, bytes);
  try {
    return await shrink(path);
  } finally {
    await rm(path);
  }
"""
LIFTED = """\
  try {
    await hall.announce(hook);
    return await hook.lift();
  } finally {
    hook.release();
  }
"""


def test_what_only_brings_it_about_stays_before_the_try() -> None:
    """Where the file could not be written there is none to remove, and its error is kept."""
    old = COPY[COPY.index("  await writeFile") : COPY.index("  return image;\n") + 16]
    check(Case("copy", "rm(path) belongs into a finally, so that it runs when shrink throws", COPY,
               {old: SHRUNK}, function="thumbnail", path="src/thumbnail.ts",
               evidence="await rm(path);"))  # fmt: skip


def test_what_only_uses_it_goes_into_the_try() -> None:
    """A call that is handed the thing may fail while it is held."""
    old = COPY[COPY.index("  await hall") : COPY.index("  return tons;\n") + 15]
    check(Case("hook", "Wrap the lift in try/finally so that `hook.release()` always runs.", COPY,
               {old: LIFTED}, function="weigh", path="src/thumbnail.ts",
               evidence="hook.release();"))  # fmt: skip


DAIRY = """\
export function churn(milk) {
  return milk.litres * 86400;
}
"""


@pytest.mark.parametrize(
    "fix",
    [
        "Extract `86400` to a constant, i.e. `const DAY_S = 86400`.",
        "Name the number, i.e. `const DAY_S = 86400;` at the top of the file, and use it.",
    ],
)
def test_what_is_said_again_is_written_once(fix: str) -> None:
    """*I.e.* ends no sentence: the code behind it is the one in front of it."""
    after = "const DAY_S = 86400;\n\nexport function churn(milk) {\n  return milk.litres * DAY_S;\n"
    check(Case("day", fix, DAIRY, {DAIRY.removesuffix("}\n"): after}, function="churn",
               path="src/churn.js", evidence="return milk.litres * 86400;"))  # fmt: skip
