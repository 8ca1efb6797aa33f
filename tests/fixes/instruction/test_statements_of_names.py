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


FORGE = "export function temper(blade) {\n  return blade;\n}\n\nexport const anvil = 1;\n"


@pytest.mark.parametrize(
    ("path", "other", "goes"),
    [
        ("src/call.ts", "export const way = getMethod(order);\n", True),
        ("src/call.ts", "export const way = processor.getField(order);\n", True),
        ("src/call.ts", "export const way = tools[`tem${order}`];\n", False),
        ("src/call.ts", 'export const way = tools["tem" + order];\n', False),
        ("Call.java", "class Call {\n  Object way = kind.getMethod(order);\n}\n", True),
    ],
)
def test_a_name_that_is_built_is_read_as_its_language_builds_one(
    path: str, other: str, goes: bool
) -> None:
    """What reflects in Java is any function of a script: it reaches no name there."""
    case = Case(path, "Delete `temper`.", FORGE, function="temper", path="src/forge.js",
                files={path: other}, problem="`temper` is unused")  # fmt: skip
    assert isinstance(propose(case), Proposal) is goes
