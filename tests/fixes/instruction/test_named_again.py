"""An export that is declared again, or taken by a text, keeps its name and stays."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

RIVET = """export interface Rivet {
  width: number;
}

export function punch(rivet: Rivet): number {
  return rivet.width * 2;
}
"""
AUGMENTED = {
    "src/forge.ts": "import './rivet';\n\ndeclare module './rivet' {\n  interface Rivet {\n"
    "    heat: number;\n  }\n}\n"
}
GLOBAL = {
    "src/globals.d.ts": "declare global {\n  interface Rivet {\n    id: string;\n  }\n}\n"
    "export {};\n"
}
SPIED = {
    "test/punch.test.ts": "import * as rivets from '../src/rivet';\n\n"
    "vi.spyOn(rivets, 'punch').mockReturnValue(4);\n"
}
STUBBED = {
    "test/till.spec.js": "const till = require('../src/till');\n\n"
    'sinon.stub(till, "total").returns(3);\n'
}
TILL = "function total(rows) {\n  return rows.length;\n}\n\nmodule.exports = { total };\n"
FERRY = "export type Deck = { seats: number };\n\nexport const seats = (d: Deck) => d.seats;\n"
MORE_DECK = {
    "lib/plugin.ts": "declare module '../src/ferry' {\n  type Deck = { cars: number };\n}\n"
}
OTHER = {
    "src/forge.ts": "declare module './anvil' {\n  interface Anvil {\n    rivet: string;\n  }\n}\n",
    "test/punch.test.ts": "vi.spyOn(rivets, 'punchAll');\n// punch and Rivet\n",
}
CASES = [
    Case("renamed and augmented", "Rename Rivet to Bolt", RIVET, path="src/rivet.ts",
         evidence="export interface Rivet {", files=AUGMENTED,
         refuses="src/forge.ts:4 declares Rivet again"),
    Case("renamed and in the global scope", "Rename Rivet to Bolt", RIVET, path="src/rivet.ts",
         evidence="export interface Rivet {", files=GLOBAL,
         refuses="src/globals.d.ts:2 declares Rivet again"),
    Case("renamed and spied on", "Rename punch to stamp", RIVET, path="src/rivet.ts",
         evidence="export function punch", files=SPIED,
         refuses="test/punch.test.ts:3 takes punch from its module by a text"),
    Case("deleted and spied on", "Delete punch", RIVET, path="src/rivet.ts",
         evidence="export function punch", files=SPIED,
         refuses="test/punch.test.ts:3"),
    Case("a stub of a module that is required", "Rename total to sum", TILL, path="src/till.js",
         evidence="function total(rows) {", files=STUBBED,
         refuses="test/till.spec.js:3 takes total"),
    Case("a type of another yard", "Rename Deck to Floor", FERRY, path="src/ferry.ts",
         evidence="export type Deck", files=MORE_DECK,
         refuses="lib/plugin.ts:2 declares Deck again"),
    Case("another name in the same places", "Rename Rivet to Bolt", RIVET,
         {"interface Rivet": "interface Bolt", "rivet: Rivet": "rivet: Bolt"},
         path="src/rivet.ts", evidence="export interface Rivet {", files=OTHER),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_named_again_keeps_its_name(case: Case) -> None:
    """Neither an augmentation nor a spy follows when the name changes or goes."""
    check(case)
