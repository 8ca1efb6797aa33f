"""A guard that a function is to start with, and calls whose value nobody can keep."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

MEAN = """def mean(depths):
    total = 0.0
    for depth in depths:
        total += depth
    return total / len(depths)
"""
RACKS = """def racks(bottles):
    held = {}
    for bottle in bottles:
        if bottle.year not in held:
            held[bottle.year] = []
        held[bottle.year].append(bottle)
    return held
"""


@pytest.mark.parametrize(
    "fix",
    [
        "An empty list divides by zero. mean should start with: if not depths: return 0.0",
        "mean has to begin with `if not depths: return 0.0`",
    ],
)
def test_a_guard_comes_first(fix: str) -> None:
    """It stands above all else of the function, wherever the fault is quoted."""
    check(
        Case(
            "guard",
            fix,
            MEAN,
            {"    total = 0.0\n": "    if not depths:\n        return 0.0\n    total = 0.0\n"},
            evidence="return total / len(depths)",
            function="mean",
            path="cave/mean.py",
        )
    )


def test_what_append_gives_is_not_kept() -> None:
    """A call that only changes a list gives None: no edit assigns that."""
    check(
        Case(
            "append",
            "setdefault saves the test: held.setdefault(bottle.year, []).append(bottle)",
            RACKS,
            refuses="is not said",
            evidence="if bottle.year not in held:\n            held[bottle.year] = []",
            function="racks",
            path="cellar/racks.py",
        )
    )


ROUTE = """router.get('/x/:id', async (req, res, next) => {
  try {
    const { rows } = await db.query('select 1', [req.params.id]);
    const row = rows[0];
    res.json({ id: row.id });
  } catch (err) {
    next(err);
  }
});
"""
SHELF = """def label(code):
    with open_shelf() as shelf:
        jar = shelf.find(code)
        name = jar.name
    return name
"""


@pytest.mark.parametrize(
    "fix",
    [
        "Right after the row is read: if (!row) return res.sendStatus(404)",
        "if (!row) return res.sendStatus(404) below it",
        "Guard: if (!row) return res.sendStatus(404);",
        "Answer 404 when there is no row: if (!row) return res.sendStatus(404)",
    ],
)
def test_a_guard_stands_behind_what_sets_its_name(fix: str) -> None:
    """Also within a try block, outside of which the name is not known."""
    line = "    const row = rows[0];\n"
    guard = f"{line}    if (!row) return res.sendStatus(404);\n"
    quote = "const row = rows[0];"
    check(Case("route", fix, ROUTE, {line: guard}, evidence=quote, path="src/x.js"))


@pytest.mark.parametrize(
    "fix",
    ["if jar is None: return None", "Skip it if there is no jar: if jar is None: return None"],
)
def test_a_guard_returns_what_it_is_told_to(fix: str) -> None:
    """The value of a bare statement in the text is a part of it."""
    line = "        jar = shelf.find(code)\n"
    guard = f"{line}        if jar is None:\n            return None\n"
    quote = "jar = shelf.find(code)"
    check(Case("shelf", fix, SHELF, {line: guard}, evidence=quote, function="label", path="a.py"))


def test_the_word_before_a_secret_is_not_lost() -> None:
    """*Bearer* belongs to the header, whatever the token is read from."""
    code = "export const open = () => call({ headers: { auth: 'Bearer gate-7f21c9' } });\n"
    fix = "Read the token from process.env.DOOR_TOKEN"
    check(
        Case(
            "door", fix, code, refuses="Bearer", evidence="auth: 'Bearer gate-7f21c9'", path="d.js"
        )
    )
