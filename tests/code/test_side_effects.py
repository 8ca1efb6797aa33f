"""Promises of what declaring something runs: values do, types and what waits for a call do not."""

from __future__ import annotations

import pytest

from mendbook.code.side_effects import effect_of
from mendbook.code.trees import parse

RUNS = {
    "export const tides = readTides();": "readTides()",
    "const tides = readTides() as Tides;": "readTides()",
    "const tides = readTides() as const;": "readTides()",
    "const tides = readTides() satisfies Tides;": "readTides()",
    "export const chart = import('./chart');": "import('./chart')",
    "const pump = open<Valve>();": "open<Valve>()",
    "class Lock {\n  static gates = raise();\n}": "raise()",
}
DECLARES = (
    "export type Chart = import('./chart').Chart;",
    "type Charts = typeof import('./chart');",
    "interface Pilot {\n  chart: import('./chart').Chart;\n}",
    "const depth: import('./chart').Depth = 4;",
    "const depth = raw as import('./chart').Depth;",
    "const depth = raw satisfies import('./chart').Depth;",
    "const berths = new Map<string, import('./berth').Berth>();",
    "class Lock {\n  static gate: import('./gate').Gate = 1;\n}",
    "class Lock {\n  gates = raise();\n}",
    "const later = () => readTides();",
)


@pytest.mark.parametrize(("code", "effect"), RUNS.items())
def test_a_value_that_is_made_runs_its_making(code: str, effect: str) -> None:
    """A cast changes nothing of it, and neither does a type among the arguments."""
    assert effect_of(parse("port.ts", code).children()[0]) == effect


@pytest.mark.parametrize("code", DECLARES)
def test_a_type_that_is_imported_in_place_runs_nothing(code: str) -> None:
    """``import('…')`` is a call only where a value stands."""
    assert effect_of(parse("port.ts", code).children()[0]) == ""
