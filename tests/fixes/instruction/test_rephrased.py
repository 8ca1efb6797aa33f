"""One wish in other words: needs, bare results, levels, loops, types, validation marks."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

QUAY = """\
import { log } from './log';

export class Quay {
  private readonly berths = 40;

  moor(ship: Ship) {
    const length = ship.length || 10;
    if (length > this.berths) {
      return null;
    }
    return log.put(ship.owner.name, length, { ttl: 60 });
  }
}
"""
PRESS = """\
class Press:
    def run(self, stop, crates):
        while True:
            self.crush(crates.take())

    def crush(self, crate, force=3):
        self.total += force
"""
WARD = """\
package ward

import "log/slog"

func Admit(p Patient) error {
	slog.Info("no bed", "patient", p.ID)
	return nil
}
"""
SHELF = """\
package library;

import jakarta.validation.constraints.Min;

public class Loan {
    @Min(1)
    private int days;
}
"""


def _quay(name: str, fix: str, evidence: str, old: str, new: str) -> Case:
    return Case(name, fix, QUAY, {old: new}, function="moor", evidence=evidence, path="src/quay.ts")


def _press(name: str, fix: str, evidence: str, old: str, new: str) -> Case:
    return Case(name, fix, PRESS, {old: new}, evidence=evidence, path="press.py")


CALL = "return log.put(ship.owner.name, length, { ttl: 60 });"
LENGTH = "const length = ship.length || 10;"
CASES = [
    _quay("a type that should be declared", "`moor` should be declared to return `string | null`.",
          "moor(ship: Ship) {", "moor(ship: Ship) {", "moor(ship: Ship): string | null {"),
    _quay("a bare result", "A length of 0 is legal: `ship.length ?? 10`.", LENGTH, "||", "??"),
    _quay("a bare comparison", "It is off by one; `length >= this.berths`.",
          "if (length > this.berths) {", "length > this", "length >= this"),
    _quay("also needs", "`log.put` also needs `stale: true` in its options.", CALL,
          "ttl: 60", "ttl: 60, stale: true"),
    _quay("needs as well", "The options need `stale: true` as well.", CALL,
          "ttl: 60", "ttl: 60, stale: true"),
    _quay("cut to", "Cut `ttl` to 30.", CALL, "ttl: 60", "ttl: 30"),
    _quay("bump to", "Bump `berths` to 50.", "private readonly berths = 40;", "40", "50"),
    _press("a loop while", "Loop while `not stop.is_set()` instead of `while True`.", "while True:",
           "while True", "while not stop.is_set()"),
    _press("a loop that should run", "The loop should run only while `not stop.is_set()`.",
           "while True:", "while True", "while not stop.is_set()"),
    _press("annotated as returning", "`crush` should be annotated as returning `None`.",
           "def crush(self, crate, force=3):", "force=3):", "force=3) -> None:"),
    Case("a level of Go", "This should be logged as an error, not as information.", WARD,
         {"slog.Info": "slog.Error"}, evidence='slog.Info("no bed", "patient", p.ID)',
         function="Admit", path="ward.go"),
    Case("a mark of the same package", "`days` should also carry `@Max(90)`.", SHELF,
         {"import jakarta.validation.constraints.Min;":
          "import jakarta.validation.constraints.Max;\n"
          "import jakarta.validation.constraints.Min;",
          "    @Min(1)": "    @Max(90)\n    @Min(1)"},
         evidence="private int days;", function="Loan", path="src/library/Loan.java"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_other_words_for_a_wish_are_read(case: Case) -> None:
    """Each gives the one edit that its imperative would give."""
    check(case)
