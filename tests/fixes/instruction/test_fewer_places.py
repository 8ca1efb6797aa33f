"""A text that speaks of both places gets both, or nothing: never the one that is quoted alone."""

from __future__ import annotations

import pytest
from instruction_cases import Case, task_of

from mendbook.fixes.instruction.checks.fewer import fewer_places

CODE = """\
send(user, text, { ack: false });
send(room, 'whispered', { ack: false });
"""
ONE = CODE.replace("'whispered', { ack: false }", "'whispered', { ack: true }")
TWO = CODE.replace("false", "true")
JOINED = "sendAll([user, room], { ack: true });\n"
PLACES = "the text speaks of several places, and only one would change"
DESCRIBED = "the text speaks of each such place, and only one would change"


@pytest.mark.parametrize(
    ("fix", "after", "said"),
    [
        ("Both sends should ask for an ack: `ack: true`", ONE, PLACES),
        ("Both sends should ask for an ack: `ack: true`", TWO, ""),
        ("Set ack: true in both `send` calls", ONE, PLACES),
        ("Every send with `{ ack: false }` should say ack: true", ONE, DESCRIBED),
        ("Every send with `{ ack: false }` should say ack: true", TWO, ""),
        ("Merge both sends into sendAll", JOINED, ""),
        ("The second send should ask for an ack", ONE, ""),
    ],
)
def test_half_of_what_is_counted_is_held_back(fix: str, after: str, said: str) -> None:
    """One changed place of two is told; two, or one made of both, are what is asked."""
    task = task_of(Case("both", fix, CODE, path="src/a.js", evidence=CODE))
    assert fewer_places(task, {"src/a.js": after}) == said
