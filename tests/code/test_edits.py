"""What goes with a declaration that is removed, and what stays where it stands."""

from __future__ import annotations

import pytest

from mendbook.code.edits import apply, remove
from mendbook.code.module_text import parse_text

FIRST = "function drain() {\n  return 1;\n}\n\nexport const level = 2;\n"
LEFT = "export const level = 2;\n"


@pytest.mark.parametrize(
    ("above", "stays"),
    [
        ("// Empties the basin\n", ""),
        ("/** Empties the basin */\n", ""),
        ("// @ts-nocheck\n", "// @ts-nocheck\n"),
        ("/* eslint-disable no-var */\n", "/* eslint-disable no-var */\n"),
        ("// Copyright 2031 The Basin\n", "// Copyright 2031 The Basin\n"),
        ("/* SPDX-License-Identifier: MIT */\n", "/* SPDX-License-Identifier: MIT */\n"),
        ("/** @jsx h */\n// Empties it\n", "/** @jsx h */\n"),
        ("// eslint-disable-next-line no-var\n", ""),
    ],
)
def test_a_comment_about_the_file_stays(above: str, stays: str) -> None:
    """Comments go with their declaration; pragmas and licenses are the file's."""
    module = parse_text("src/a.ts", above + FIRST)
    node = next(one for one in module.root.children() if one.kind() == "function_declaration")
    assert apply(module.text, [remove(module.text, node)]).replace("\n\n", "\n") == stays + LEFT


def test_decorators_go_with_their_method() -> None:
    """No decorator is left to stand on the next member."""
    text = "class Basin {\n  // Old\n  @Pipe('a')\n  @Valve()\n  drain() {}\n\n  fill() {}\n}\n"
    module = parse_text("src/a.ts", text)
    node = module.root.find(kind="method_definition")
    assert node is not None
    assert apply(text, [remove(text, node)]) == "class Basin {\n  fill() {}\n}\n"
