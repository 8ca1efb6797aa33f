"""A name that is to go is what is called so, and never a statement that happens to say it."""

from __future__ import annotations

import pytest
from instruction_cases import Case, propose

from mendbook.model import Proposal, Skipped

BELL = """\
export const toll = Symbol('toll');

export async function* hours(clock: Clock) {
  while (clock.runs) {
    yield toll;
    await clock.hour();
  }
}
"""
SPOUT = """\
drain = make_drain()


async def empty(tank):
    await drain
    tank.level = 0
"""
TRACE = "export function weigh(crate) {\n  debugger;\n  return crate.size;\n}\n"


@pytest.mark.parametrize(
    ("fix", "code", "path", "name"),
    [
        ("Drop `toll` from the code base.", BELL, "src/bell.ts", "toll"),
        ("Delete `toll`.", BELL, "src/bell.ts", "toll"),
        ("Remove `drain`.", SPOUT, "tank.py", "drain"),
    ],
)
def test_a_use_does_not_go_for_what_it_uses(fix: str, code: str, path: str, name: str) -> None:
    """The declaration is meant: it is used, so nothing goes."""
    answer = propose(Case(fix, fix, code, function=name, path=path, problem=f"`{name}` is unused"))
    assert isinstance(answer, Skipped)


@pytest.mark.parametrize(
    ("fix", "code", "path", "gone"),
    [
        ("Remove `debugger`.", TRACE, "src/crate.js", "  debugger;\n"),
        ("Remove the line `yield toll`.", BELL, "src/bell.ts", "    yield toll;\n"),
    ],
)
def test_a_statement_goes_that_is_named_as_one(fix: str, code: str, path: str, gone: str) -> None:
    """A word that is the whole statement, or a line that is spelled out, is meant itself."""
    answer = propose(Case(fix, fix, code, path=path, evidence=gone.strip()))
    assert isinstance(answer, Proposal), answer
    assert answer.edits == {path: code.replace(gone, "")}
