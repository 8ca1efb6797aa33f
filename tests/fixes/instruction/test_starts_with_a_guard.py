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
