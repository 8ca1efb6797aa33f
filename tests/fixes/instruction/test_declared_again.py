"""A whole declaration shown as it is and as it is to be: `const a = 3` becomes `const a = 5`."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

KILN = """\
export function fire(pots) {
  const tries = 3;
  heat(pots);
  return again(pots, tries);
}
"""
MILL = "stones = 3\n\n\ndef grind(corn):\n    return corn * stones\n"
DAIRY = "package dairy\n\nfunc Churn() int {\n\tturns := 3\n\treturn turns\n}\n"
FERRY = (
    "class Ferry {\n    int boats() {\n        int boats = 3;\n        return boats;\n    }\n}\n"
)
ORCHARD = "let kind = 'pear'\nlet rows = 3\n\nexport const tree = () => kind + rows\n"
CASES = [
    Case("with its end", "Change `const tries = 3;` to `const tries = 5;`.", KILN,
         {"const tries = 3;": "const tries = 5;"}, path="kiln.ts"),
    Case("without its end, which stays", "Change `const tries = 3` to `const tries = 5`.", KILN,
         {"const tries = 3;": "const tries = 5;"}, path="kiln.js"),
    Case("by another word", "Replace `const tries = 3` with `const tries = 5`.", KILN,
         {"const tries = 3;": "const tries = 5;"}, path="kiln.js"),
    Case("in a file without ends", "Change `let rows = 3` to `let rows = 5`.", ORCHARD,
         {"let rows = 3\n": "let rows = 5\n"}, path="orchard.js"),
    Case("a text", "Change `let kind = 'pear'` into `let kind = 'plum'`.", ORCHARD,
         {"'pear'": "'plum'"}, path="orchard.js"),
    Case("in Python", "Change `stones = 3` to `stones = 5`.", MILL,
         {"stones = 3": "stones = 5"}, path="mill.py"),
    Case("in Go", "Change `turns := 3` to `turns := 5`.", DAIRY,
         {"turns := 3": "turns := 5"}, path="dairy.go"),
    Case("in Java", "Change `int boats = 3` to `int boats = 5`.", FERRY,
         {"int boats = 3;": "int boats = 5;"}, path="Ferry.java"),
    Case("a call without its end", "Replace `heat(pots)` with `heat(pots, 2)`.", KILN,
         {"heat(pots);": "heat(pots, 2);"}, path="kiln.js"),
    Case("what is so already", "Set `tries = 3`.", KILN, refuses="tries is already 3",
         path="kiln.js"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_declaration_becomes_what_is_shown(case: Case) -> None:
    """The first is what stands there and the second what comes; how a statement ends stays."""
    check(case)
