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
