"""Changes that a text shows with something left out, in several languages and domains."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check, read

from mendbook.model import Skipped

LOCK = """\
export async function openLock(gate: Gate, ship: Ship) {
  const level = await gate.level(ship.draught, { unit: 'm' });
  const width = await gate.width(ship.beam);
  return level > 3 && width > 9;
}

export async function closeLock(gate: Gate, ship: Ship) {
  const level = await gate.level(ship.draught, { unit: 'm' });
  return level < 1;
}
"""
MILL = """\
def grind(sack, stones):
    flour = sack.weight.strip()
    return stones.turn(flour, speed=3)


def sieve(sack, mesh):
    flour = sack.weight.strip()
    return mesh.shake(flour)
"""
POST = """\
package post

func Sort(letters []Letter) error {
	for _, letter := range letters {
		if err := file(letter.Zone, letter); err != nil {
			return fmt.Errorf("sort: %v", err)
		}
	}
	return nil
}
"""


@pytest.mark.parametrize(
    "case",
    [
        Case(
            "what is left out at the beginning, at two places that are named",
            "Trim and fold the case: `….weight.strip()` → `….weight.strip().lower()`, in grind as "
            "well as in sieve.",
            MILL,
            {
                "def grind(sack, stones):\n    flour = sack.weight.strip()": "def grind(sack, "
                "stones):\n    flour = sack.weight.strip().lower()",
                "def sieve(sack, mesh):\n    flour = sack.weight.strip()": "def sieve(sack, mesh):"
                "\n    flour = sack.weight.strip().lower()",
            },
            path="mill/work.py",
        ),
        Case(
            "arguments left out; the same for another method",
            "`await gate.level(…)` should read `await gate.level(…).catch(() => 0)`, and likewise "
            "for width.",
            LOCK,
            {
                "export async function openLock(gate: Gate, ship: Ship) {\n"
                "  const level = await gate.level(ship.draught, { unit: 'm' })": "export async "
                "function openLock(gate: Gate, ship: Ship) {\n"
                "  const level = await gate.level(ship.draught, { unit: 'm' }).catch(() => 0)",
                "gate.width(ship.beam)": "gate.width(ship.beam).catch(() => 0)",
            },
            evidence="const width = await gate.width(ship.beam);",
            function="openLock",
        ),
        Case(
            "several places, none named",
            "`gate.level(…)` becomes `gate.level(…, null)`.",
            LOCK,
            refuses="stands at several places",
        ),
        Case(
            "the one that the evidence quotes",
            "`mesh.shake(...)` becomes `mesh.shake(..., times=2)`.",
            MILL,
            {"mesh.shake(flour)": "mesh.shake(flour, times=2)"},
            evidence="return mesh.shake(flour)",
            path="mill/work.py",
        ),
        Case(
            "in Go, with a verb",
            'Replace `fmt.Errorf("sort: %v", …)` with `fmt.Errorf("sort: %w", …)`.',
            POST,
            {'"sort: %v"': '"sort: %w"'},
            path="post/sort.go",
        ),
        Case(
            "done already",
            "`stones.turn(…, speed=…)` → `stones.turn(…, speed=…, wet=False)`",
            MILL.replace("speed=3", "speed=3, wet=False"),
            refuses="as asked",
            path="mill/work.py",
        ),
        Case(
            "not there",
            "`gate.depth(…)` → `await gate.depth(…)`",
            LOCK,
            refuses="`gate.depth(…)` does not stand in src/a.ts",
        ),
    ],
    ids=lambda case: case.name,
)
def test_what_is_left_out_stays_as_it_is(case: Case) -> None:
    """Only what differs between both sides changes; places are those that are told."""
    check(case)


def test_what_else_is_asked_for_is_not_forgotten() -> None:
    """A second step beside the substitution is carried out, or named as open."""
    answer = read(
        Case(
            "two steps",
            "`mesh.shake(…)` → `mesh.shake(…, times=2)`. Drop the `sack` of grind.",
            MILL,
            path="mill/work.py",
        )
    )
    contracts = () if isinstance(answer, Skipped) else answer.contracts
    assert isinstance(answer, Skipped) or any(one.open for one in contracts)
