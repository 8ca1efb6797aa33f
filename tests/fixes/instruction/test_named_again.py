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
SCRIPT = "interface Rivet {\n  width: number;\n}\n\ndeclare const rivet: Rivet;\n"
USED = {
    "src/forge.ts": "import './rivet';\n\ndeclare module './rivet' {\n  interface Anvil {\n"
    "    rivet: Rivet;\n  }\n}\n"
}
THROUGH = {
    "package.json": '{"name": "smithy", "private": true, "exports": "./src/index.ts"}\n',
    "src/index.ts": "export * from './rivet';\n",
    "tools/forge.ts": "declare module '../src' {\n  interface Rivet {\n    heat: number;\n  }\n}\n"
    "export {};\n",
}
FOREIGN = {
    "package.json": '{"private": true, "dependencies": {"anvil-kit": "1"}}\n',
    "src/kit.ts": "import 'anvil-kit';\n\ndeclare module 'anvil-kit/rivet' {\n"
    "  interface Rivet {\n    heat: number;\n  }\n}\n",
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
         refuses="Rivet may be augmented at src/forge.ts:4"),
    Case("renamed and used where another type of its module is added to", "Rename Rivet to Bolt",
         RIVET, path="src/rivet.ts", evidence="export interface Rivet {", files=USED,
         refuses="Rivet may be augmented at src/forge.ts:5"),
    Case("renamed and augmented through a barrel of a workspace", "Rename Rivet to Bolt", RIVET,
         path="src/rivet.ts", evidence="export interface Rivet {", files=THROUGH,
         refuses="Rivet may be augmented at tools/forge.ts:2"),
    Case("a global, and one more in the global scope", "Rename Rivet to Bolt", SCRIPT,
         path="src/rivet.ts", evidence="interface Rivet {", files=GLOBAL,
         refuses="Rivet may be augmented at src/globals.d.ts:2"),
    Case("an export, and a global of its name", "Rename Rivet to Bolt", RIVET,
         {"interface Rivet": "interface Bolt", "rivet: Rivet": "rivet: Bolt"},
         path="src/rivet.ts", evidence="export interface Rivet {", files=GLOBAL),
    Case("one that a package of others adds to has the name", "Rename Rivet to Bolt", RIVET,
         {"interface Rivet": "interface Bolt", "rivet: Rivet": "rivet: Bolt"},
         path="src/rivet.ts", evidence="export interface Rivet {", files=FOREIGN),
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
         refuses="Deck may be augmented at lib/plugin.ts:2"),
    Case("another name in the same places", "Rename Rivet to Bolt", RIVET,
         {"interface Rivet": "interface Bolt", "rivet: Rivet": "rivet: Bolt"},
         path="src/rivet.ts", evidence="export interface Rivet {", files=OTHER),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_named_again_keeps_its_name(case: Case) -> None:
    """Neither an augmentation nor a spy follows when the name changes or goes."""
    check(case)
