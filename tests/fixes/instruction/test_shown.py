"""Changes that a text shows with something left out, in several languages and domains."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check, propose, read

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


STALL = """\
import { price } from './price';

export const Stall = ({ jam, note }: Props) => {
  return (
    <section>
      <h2 className="jam">{jam.name}</h2>
      <p className="note small">{note}</p>
      <b>{price(jam.fruit, jam.sugar)}</b>
    </section>
  );
};

export const weigh = (jars: Jar[]) => {
  const heavy = [];
  return jars.map((jar) => jar.weight);
};
"""
ELSEWHERE = {
    "src/price.ts": "export const price = (fruit: string, sugar: number) => sugar;\n",
    "src/jar.ts": "export type Jar = { weight: number };\n",
    "src/Shelf.tsx": "import * as React from 'react';\n\nexport const Id = () => React.useId();\n",
}


def stall(name: str, fix: str, edits: dict[str, str], evidence: str, refuses: str = "") -> Case:
    """Return a case of the stall."""
    return Case(name, fix, STALL, edits, refuses, evidence, path="src/Stall.tsx", files=ELSEWHERE)


@pytest.mark.parametrize(
    "case",
    [
        stall(
            "a frame around a tag",
            "(1) Show the note only when there is one (`{note && <p …>{note}</p>}`).",
            {
                '<p className="note small">{note}</p>': '{note && <p className="note small">'
                "{note}</p>}"
            },
            '<p className="note small">{note}</p>',
        ),
        stall(
            "a frame that holds nothing of what is quoted",
            "(1) Show the note only when there is one (`{note && <i …>{note}</i>}`).",
            {},
            '<p className="note small">{note}</p>',
            refuses="",
        ),
        stall(
            "held apart above, with its import",
            "Compute it once and hand that to the tag:\n\n```tsx\nconst total = React.useMemo(\n"
            "  () => price(jam.fruit, jam.sugar),\n  [jam],\n);\n```\n\nReact is imported as "
            "`import * as React from 'react'` in the other files.",
            {
                "import { price } from './price';\n": "import { price } from './price';\n"
                "import * as React from 'react';\n",
                "  return (\n    <section>": "  const total = React.useMemo(\n"
                "    () => price(jam.fruit, jam.sugar),\n    [jam],\n  );\n"
                "  return (\n    <section>",
                "<b>{price(jam.fruit, jam.sugar)}</b>": "<b>{total}</b>",
            },
            "<b>{price(jam.fruit, jam.sugar)}</b>",
        ),
        stall(
            "held apart, and nothing says where React comes from",
            "Compute it once:\n\n```tsx\nconst total = React.useMemo(\n"
            "  () => price(jam.fruit, jam.sugar),\n  [jam],\n);\n```",
            {},
            "<b>{price(jam.fruit, jam.sugar)}</b>",
            refuses="React is not imported there",
        ),
        stall(
            "a type and the import it needs",
            "Annotate the list: `const heavy: Jar[] = []`. You'll need `import type { Jar } from "
            "'./jar'` for that.",
            {
                "import { price } from './price';\n": "import { price } from './price';\n"
                "import type { Jar } from './jar';\n",
                "const heavy = [];": "const heavy: Jar[] = [];",
            },
            "const heavy = [];",
        ),
    ],
    ids=lambda case: case.name,
)
def test_what_is_shown_around_the_code_comes_around_it(case: Case) -> None:
    """The quoted code stays what it is, in what the text shows around it."""
    if case.refuses or case.edits:
        check(case)
    else:
        assert isinstance(propose(case), Skipped)
