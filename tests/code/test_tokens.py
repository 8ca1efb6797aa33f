"""Tokens of a part of a file are those that the whole file has there."""

from __future__ import annotations

import pytest

from mendbook.code.tokens import tokens, tokens_between

TEXTS = {
    "oven/bake.ts": """\
// warm up; slowly
export const degrees = [
  180,
  `at ${place}; ${"now"}`,
  "a; b", /* not
  yet */ 200,
];
const note = `first
second; third`;
export function bake(loaf: Loaf, minutes = 40,) { return oven.hold(loaf, minutes, ); }
""",
    "oven/bake.py": """\
def bake(loaf, minutes=40):
    \"\"\"Bake; slowly,
    and well.\"\"\"
    return hold(  # not 180,
        loaf,
        minutes,
    )
""",
    "oven/bake.sql": "select loaf, -- warm; up\n  minutes,\n  'a; b' from oven;\n",
    "oven/bake.go": "package oven\n\nfunc Bake(l Loaf) error {\n\treturn hold(l, 40,)\n}\n",
}


@pytest.mark.parametrize("path", TEXTS)
def test_tokens_between_two_lines_are_those_of_the_whole(path: str) -> None:
    """A string or a comment of several lines, and a comma before the last line, do not matter."""
    text = TEXTS[path]
    last = text.count("\n") + 1
    for first in range(1, last + 1):
        for end in range(first, last + 1):
            whole = [one for one in tokens(path, text) if first <= one.line <= end]
            assert tokens_between(path, text, first, end) == whole, (first, end)


def test_what_says_nothing_has_no_token() -> None:
    """Comments, layout, semicolons and trailing commas are no tokens; a string is one."""
    assert [(one.text, one.line) for one in tokens("a.ts", TEXTS["oven/bake.ts"])][:9] == [
        ("export", 2),
        ("const", 2),
        ("degrees", 2),
        ("=", 2),
        ("[", 2),
        ("180", 3),
        (",", 3),
        ("`", 4),
        ("at", 4),
    ]
