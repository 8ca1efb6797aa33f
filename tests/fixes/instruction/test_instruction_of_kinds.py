"""What the parser finds of a kind is what a walk through the tree finds of it, in its order."""

from __future__ import annotations

import pytest

from mendbook.fixes.instruction.tree.language import language_of, parse
from mendbook.fixes.instruction.tree.syntax import end, of_kinds, start, walk

KINDS = (
    frozenset({"identifier"}),
    frozenset({"identifier", "type_identifier", "shorthand_property_identifier"}),
    frozenset({"comparison_operator", "binary_expression"}),
    frozenset({"expression_statement", "call_expression", "call"}),
    frozenset({"no_such_kind"}),
)
TEXTS = {
    "tariff.ts": "interface Rate { at: Hour }\nexport const due = (a: Rate) => a.at === b;\n",
    "chart.tsx": "const Tide = ({ high }) => <Line at={high} {...{ high }}/>;\ndraw(at(Tide));\n",
    "ferry.py": "def sail(crew, *, late=None):\n    if crew == late != 3:\n        go(go(crew))\n",
    "vat.go": "package vat\n\nfunc Due(a int) bool { return a == 3 || due(due(a)) }\n",
    "Ward.java": "class Ward { boolean full(int a) { return a == beds(beds(a)); } }\n",
    "broken.js": "const = ( a b === c;\nlet d = {,};\n",
    "empty.mjs": "",
}


@pytest.mark.parametrize("kinds", KINDS, ids=lambda kinds: "+".join(sorted(kinds)))
@pytest.mark.parametrize(("path", "text"), TEXTS.items(), ids=list(TEXTS))
def test_found_of_is_a_walk_for_kinds(path: str, text: str, kinds: frozenset[str]) -> None:
    """The same nodes in the same order, nested ones and those of broken code, too."""
    language = language_of(path)
    assert language is not None
    root = parse(language, text)
    assert [(start(one), end(one), one.kind()) for one in of_kinds(root, kinds, language)] == [
        (start(one), end(one), one.kind()) for one in walk(root) if one.kind() in kinds
    ]
