"""What a parameter is by default in any words, and conditions that no edit may pass over."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

_DEPOT = """LONGEST = 90


class Depot:
    def __init__(self, name: str, size: int = 4):
        self.name = name
        self.size = size

    def plan(self, line, dwell=20, *, night: bool = False, limit: int):
        return self.rows(line, dwell)[:limit]

    def rows(self, line, stops):
        return [line] * stops
"""
_INIT = "def __init__(self, name: str, size: int = 4):"
_PLAN = "def plan(self, line, dwell=20, *, night: bool = False, limit: int):"
_MILL = """export const MOST_SACKS = 100;
const TRIES = 3;

export async function grind(grain: string, sacks = 20, coarse: boolean) {
  for (let at = 0; at < TRIES; at++) {
    try {
      return await stones.run("grind", grain);
    } catch (error) {
      log.warn("stones stuck", error);
    }
  }
}
"""
_HEAD = "export async function grind(grain: string, sacks = 20, coarse: boolean) {"


def _mill(
    name: str, fix: str, old: str = "", new: str = "", evidence: str = _HEAD, refuses: str = ""
) -> Case:
    edits = {old: new} if old else {}
    return Case(name, fix, _MILL, edits, refuses, evidence, "grind", "src/mill.ts")


def _depot(name: str, fix: str, old: str, new: str, evidence: str, function: str) -> Case:
    return Case(name, fix, _DEPOT, {old: new}, "", evidence, function, "depot/plan.py")


CASES = [
    _mill("a constant of the file", "Set the default of `sacks` to MOST_SACKS.",
          "sacks = 20", "sacks = MOST_SACKS"),
    _mill("default as a verb", "Default `coarse` to `false`.",
          "coarse: boolean", "coarse: boolean = false"),
    _mill("default as a duty", "The default of `sacks` should be `MOST_SACKS`.",
          "sacks = 20", "sacks = MOST_SACKS"),
    _mill("used as the default", "Use `40` as the default for `sacks`.",
          "sacks = 20", "sacks = 40"),
    _mill("what is given", "Give `coarse` a default of false.",
          "coarse: boolean", "coarse: boolean = false"),
    _depot("a type that stays", "`size` should default to 8.", "size: int = 4", "size: int = 8",
           _INIT, "Depot.__init__"),
    _depot("None of a type without", "Give `name` a default of None.",
           "name: str", "name: str | None = None", _INIT, "Depot.__init__"),
    _depot("no type", "Give `stops` a default of 2.", "line, stops)", "line, stops=2)",
           "def rows(self, line, stops):", "Depot.rows"),
    _depot("a keyword of two functions' names", "Default `night` to True.",
           "night: bool = False", "night: bool = True", _PLAN, "Depot.plan"),
    Case("a default before what has none", "Give `line` a default of None.", _DEPOT,
         refuses="no single edit", evidence="def rows(self, line, stops):",
         function="Depot.rows", path="depot/plan.py"),
    _mill("unless something that is not known", "Raise TRIES from 3 to 5, unless grinding repeats.",
          evidence="const TRIES = 3;", refuses="unless grinding repeats"),
    _mill("provided that", "Set TRIES to 5 provided that the stones are idle.",
          evidence="const TRIES = 3;", refuses="provided that the stones are idle"),
    _mill("only in some surroundings", "Raise TRIES from 3 to 5, but only in production.",
          evidence="const TRIES = 3;", refuses="only in production"),
    _mill("only for some", "Set TRIES to 5 only for admins.",
          evidence="const TRIES = 3;", refuses="only for admins"),
    _mill("once people have done something", "Set TRIES to 5 once all clients have migrated.",
          evidence="const TRIES = 3;", refuses="once all clients have migrated"),
    _mill("unless a flag is set, beside a test of something else",
          "Return [] when sacks is 0, unless the dry run flag is on.",
          evidence="sacks = 20", refuses="unless the dry run flag is on"),
    _mill("which time", "After the last failed attempt, rethrow the error.",
          evidence='log.warn("stones stuck", error);', refuses="After the last failed attempt"),
    _mill("which time, said behind", "Rethrow the error after the final try.",
          evidence='log.warn("stones stuck", error);', refuses="after the final try"),
    _mill("an order of steps", "Swap the order: warn first, then run.",
          evidence='return await stones.run("grind", grain);', refuses="not quoted side by side"),
    _mill("an order of arguments", "Swap the order of the arguments.",
          '"grind", grain', 'grain, "grind"', evidence='return await stones.run("grind", grain);'),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_defaults_and_conditions(case: Case) -> None:
    """Each text gives exactly its edit, or none where its condition is not known."""
    check(case)
