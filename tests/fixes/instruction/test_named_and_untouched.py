"""What is named and not touched, what would never be reached, and statements without braces."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

from mendbook.code.references import find_references
from mendbook.fixes.instruction import read_fix
from mendbook.fixes.recipe import asking
from mendbook.fixes.task import Task
from mendbook.fixes.unanswered import as_half
from mendbook.fixes.untouched import untouched
from mendbook.model import FindingFacts, Proposal
from mendbook.repository.snapshot import Snapshot

FERRY = """export type Berth = 'north' | 'south';

export const BERTHS: Berth[] = ['north', 'south'];

export function isBerth(one: string): boolean {
  return BERTHS.includes(one as Berth);
}
"""
MILL = """package mill

func Grind(sacks int) int {
	if sacks < 1 {
		return 0
	}
	return sacks * 2
}
"""
OVEN = """export function bake(res, loaf) {
  if (!loaf) res.status(404).json({ error: 'no such loaf' });
  res.json({ loaf });
}
"""
WELL = """export function draw(level: number, log: (text: string) => void): number {
  for (const step of [1, 2]) log(`step ${step}`);
  return level - 1;
}
"""
LOAVES = """from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loaf:
    grams: int
    name: str = "rye"


def sell(till, loaf: Loaf) -> None:
    weigh(loaf)
    till.book(loaf.name)


def weigh(loaf: Loaf, scale: str = "small") -> int:
    return loaf.grams
"""
DOCK = """interface Ship {
  name: string;
  draught: number;
}

interface Tide {
  height: number;
}

function berth(ship: Ship, tide: Tide, tugs: number): string {
  return `${ship.name} ${tide.height} ${tugs}`;
}

export function arrive(ship: Ship, tide: Tide): string {
  return berth(ship, tide, 2);
}
"""
TILL = """export function price(text) {
  if (isNaN(text)) return null;
  return Number(text);
}
"""
GATE = """def enter(gate, badge):
    guest = gate.guest_of(badge)
    gate.open(guest)
    return {"ok": True}
"""
PIER = """export function pier(app, tide) {
  app.get('/pier', async (_request, reply) => {
    const report = await tide.report();
    return reply.code(200).send(report);
  });
}
"""
CASES = [
    Case(
        "an answer for one case is not the answer for all",
        "Answer 503 when the report is stale",
        PIER,
        refuses="no single edit",
        evidence="return reply.code(200).send(report);",
        function="pier",
        path="src/pier.js",
    ),
    Case(
        "the words of an answer are no value",
        'Answer 403 with "Unknown badge" when guest is None',
        GATE,
        refuses="words of an answer",
        evidence="guest = gate.guest_of(badge)",
        function="enter",
        path="gate.py",
    ),
    Case(
        "beside what it is to be called for",
        "Use Number.isNaN(text)",
        TILL,
        refuses="would still be called",
        evidence="if (isNaN(text)) return null;",
        function="price",
        path="src/till.js",
    ),
    Case(
        "a member of it is not what is taken",
        "Call berth(ship.name, tide, 2) instead",
        DOCK,
        refuses="is a string",
        evidence="return berth(ship, tide, 2);",
        function="arrive",
    ),
    Case(
        "a number is not what is taken",
        "Call berth(ship, ship.draught, 2) instead",
        DOCK,
        refuses="is a number",
        evidence="return berth(ship, tide, 2);",
        function="arrive",
    ),
    Case(
        "a number where one is taken",
        "Call berth(ship, tide, ship.draught) instead",
        DOCK,
        {"return berth(ship, tide, 2);": "return berth(ship, tide, ship.draught);"},
        evidence="return berth(ship, tide, 2);",
        function="arrive",
    ),
    Case(
        "a decorator that says more already",
        "Use @dataclass(frozen=True) for Loaf",
        LOAVES,
        refuses="so already",
        evidence="class Loaf:\n    grams: int",
        function="Loaf",
        path="loaves.py",
    ),
    Case(
        "a keyword of the decorator is no attribute",
        "Loaf needs order=True",
        LOAVES,
        {"slots=True)": "slots=True, order=True)"},
        evidence="class Loaf:\n    grams: int",
        function="Loaf",
        path="loaves.py",
    ),
    Case(
        "a keyword that nothing takes",
        "weigh needs retries=3",
        LOAVES,
        refuses="takes no retries",
        evidence="weigh(loaf)",
        function="sell",
        path="loaves.py",
    ),
    Case(
        "left by what leads there",
        "return after sending the 404",
        OVEN,
        {"if (!loaf) res.status": "if (!loaf) return res.status"},
        evidence="if (!loaf) res.status(404).json({ error: 'no such loaf' });",
        function="bake",
    ),
    Case(
        "beside what an if without braces does",
        "Add `count(loaf)` after sending the 404",
        "import { count } from './shelf';\n\n" + OVEN,
        {
            "  if (!loaf) res.status(404).json({ error: 'no such loaf' });\n": (
                "  if (!loaf) {\n"
                "    res.status(404).json({ error: 'no such loaf' });\n"
                "    count(loaf);\n"
                "  }\n"
            )
        },
        evidence="if (!loaf) res.status(404).json({ error: 'no such loaf' });",
        function="bake",
        files={"src/shelf.ts": "export function count(loaf: string): void {}\n"},
    ),
    Case(
        "what follows would be lost",
        "Add `return` after `log('drawn')`",
        "export function draw(log) {\n  log('drawn');\n  fill();\n}\n",
        refuses="never be reached",
        evidence="log('drawn');",
        function="draw",
    ),
    Case(
        "a secret is not written down",
        "Take the token from the server's settings and write it in as the fallback",
        WELL,
        refuses="asks to write a secret",
        evidence="return level - 1;",
    ),
    Case(
        "a value that is left open",
        "Use `process.env.LEVEL ?? '<value>'`",
        WELL,
        refuses="what stands for '<value>' is not said",
        evidence="return level - 1;",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_nobody_means_is_not_written(case: Case) -> None:
    """An exit leaves what it is told to leave, and nothing is lost or made up by it."""
    check(case)


@pytest.mark.parametrize(
    ("fix", "left"),
    [
        ("Add 'east' to the Berth union and to BERTHS", []),
        ("Add 'east' to the Berth union and use it in isBerth", ["`isBerth` is not touched"]),
        ("Add 'east' to the Berth union", []),
        ("Add 'east' to the Berth union, as isBerth expects", []),
    ],
)
def test_a_name_that_is_not_come_near_is_left_out(fix: str, left: list[str]) -> None:
    """What is told beside the changed code is open, and what only says where or why is not."""
    tree = Snapshot.of({"src/berths.ts": FERRY, "src/docks.ts": "export const docks = 2;\n"})
    finding = asking("one is missing", fix, "src/berths.ts", "", "'north' | 'south';")
    lookup = find_references([finding], tree, provider="syntax")
    task = Task(finding, FindingFacts(finding.id, ("src/berths.ts",)), tree, lookup)
    answer = read_fix(task)
    assert isinstance(answer, Proposal)
    whole = as_half(answer, task, whole=False)
    assert [one for each in whole.contracts for one in each.open if "touched" in one] == left


TIDES = """import { get } from './net';

export async function tides(port) {
  const a = await get(`/tides/${port}`, { timeout: 1000 });
  const b = await get(`/winds/${port}`, { timeout: 1000 });
  return { a, b };
}

export async function boats(port) {
  return get(`/boats/${port}`, { timeout: 1000 });
}
"""


@pytest.mark.parametrize(
    ("fix", "left"),
    [
        ("Set the timeout of winds, tides and boats to 5000",
         ("`boats` is not touched",)),
        ("Pass retries: 3 to get for winds and boats",
         ("`boats` is not touched",)),
        ("Set the timeout of the winds to 5000, for clarity and speed", ()),
        ("Set the timeout of the winds to 5000, as for tides and boats", ()),
    ],
)  # fmt: skip
def test_what_is_listed_is_all_meant(fix: str, left: tuple[str, ...]) -> None:
    """Each word of an enumeration that the code has must be near a change."""
    old = "`/winds/${port}`, { timeout: 1000 }"
    after = TIDES.replace(old, "`/winds/${port}`, { timeout: 5000 }")
    task = Task(
        asking("slow", fix, "src/t.js", "tides", "const b = await get("),
        FindingFacts("EX-1", ("src/t.js",)),
        tree := Snapshot.of({"src/t.js": TIDES}),
        find_references([], tree, provider="syntax"),
    )
    assert untouched(fix, task, {"src/t.js": after}) == left
