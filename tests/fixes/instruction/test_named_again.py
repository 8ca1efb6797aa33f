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
    Case("another name in the same places", "Rename Rivet to Bolt", RIVET,
         {"interface Rivet": "interface Bolt", "rivet: Rivet": "rivet: Bolt"},
         path="src/rivet.ts", evidence="export interface Rivet {", files=OTHER),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_named_again_keeps_its_name(case: Case) -> None:
    """Neither an augmentation nor a spy follows when the name changes or goes."""
    check(case)
