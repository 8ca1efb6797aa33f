"""Wishes as they are spoken, in the code of mills, ferries, ovens, wells and looms."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

FERRY = """import { dock } from './quay';

export const BOARDING_MS = 5 * 60_000;

export async function board(cars: string[], deck: Deck): Promise<void> {
  for (const car of cars) await deck.load(car);
  await deck.close();
  await dock(cars, { lights: true });
}
"""
QUAY = """export interface Options {
  lights: boolean;
  horn?: boolean;
}

export async function dock(cars: string[], options: Options): Promise<void> {
  console.log(cars, options);
}
"""
OVEN = """import os
import logging

logger = logging.getLogger(__name__)


def bake(loaves, client, shape):
    logger.error("no flour left")
    client.get("https://mill.example/flour", params={"n": len(loaves)})
    return sorted(loaves)


def batch(loaves, client):
    return bake(loaves, client, "round")
"""
LOOM = """from flask import Blueprint
from auth import login_required

looms = Blueprint("looms", __name__)
DEBUG = True


@looms.route("/looms/<name>", methods=["DELETE"])
def scrap(name):
    w = name.strip()
    return w
"""
WELL = """package well

func Depth(rope int) int {
	if rope < 0 {
		return 0
	}
	return rope * 3
}
"""


def _ferry(name: str, fix: str, old: str, new: str, evidence: str = "") -> Case:
    return Case(
        name,
        fix,
        FERRY,
        {old: new},
        evidence=evidence or old,
        function="board",
        path="src/ferry.ts",
        files={"src/quay.ts": QUAY},
    )


CASES = [
    _ferry("needs", "dock needs horn: true", "{ lights: true }", "{ lights: true, horn: true }"),
    _ferry("off", "Turn lights off", "lights: true", "lights: false"),
    _ferry(
        "in brackets",
        "Raise BOARDING_MS to ten minutes (10 * 60_000)",
        "BOARDING_MS = 5 * 60_000",
        "BOARDING_MS = 10 * 60_000",
    ),
    _ferry(
        "a value for what is declared",
        "BOARDING_MS = 10 * 60_000",
        "BOARDING_MS = 5 * 60_000",
        "BOARDING_MS = 10 * 60_000",
    ),
    _ferry(
        "starts with",
        "board should start with: if (!cars.length) return;",
        "  for (const car of cars)",
        "  if (!cars.length) return;\n  for (const car of cars)",
    ),
    Case(
        "first one, then the other",
        "First deck.close, then deck.load",
        "export function leave(deck) {\n  deck.load();\n  deck.close();\n}\n",
        {"  deck.load();\n  deck.close();\n": "  deck.close();\n  deck.load();\n"},
        evidence="deck.load();\n  deck.close();",
        function="leave",
        path="src/leave.js",
    ),
    Case(
        "an arrow between names",
        "w → loom",
        LOOM,
        {"    w = name.strip()\n    return w\n": "    loom = name.strip()\n    return loom\n"},
        evidence="w = name.strip()",
        function="scrap",
        path="looms.py",
    ),
    Case(
        "missing on",
        "@login_required is missing on scrap",
        LOOM,
        {"def scrap(name):": "@login_required\ndef scrap(name):"},
        evidence="def scrap(name):",
        function="scrap",
        path="looms.py",
    ),
    Case(
        "must be False",
        "DEBUG must be False",
        LOOM,
        {"DEBUG = True": "DEBUG = False"},
        evidence="DEBUG = True",
        path="looms.py",
    ),
    Case(
        "an import that is not used",
        "os is not used, remove the import",
        OVEN,
        {"import os\n": ""},
        evidence="import os",
        path="oven.py",
    ),
    Case(
        "a level that is enough",
        "warning is enough here",
        OVEN,
        {"logger.error": "logger.warning"},
        evidence='logger.error("no flour left")',
        function="bake",
        path="oven.py",
    ),
    Case(
        "a parameter that nothing reads",
        "bake does not use `shape`: drop it, at the calls too",
        OVEN,
        {
            "def bake(loaves, client, shape):": "def bake(loaves, client):",
            'bake(loaves, client, "round")': "bake(loaves, client)",
        },
        evidence="def bake(loaves, client, shape):",
        function="bake",
        path="oven.py",
    ),
    Case(
        "empty",
        "If loaves is empty return [] first",
        OVEN,
        {
            '    logger.error("no flour left")': (
                '    if not loaves:\n        return []\n    logger.error("no flour left")'
            )
        },
        evidence='logger.error("no flour left")',
        function="bake",
        path="oven.py",
    ),
    Case(
        "a branch that never runs",
        "The branch `if rope < 0` can never run: delete it",
        WELL,
        {"\tif rope < 0 {\n\t\treturn 0\n\t}\n": ""},
        evidence="if rope < 0 {\n\t\treturn 0\n\t}",
        function="Depth",
        path="well.go",
    ),
    Case(
        "renamed behind a colon",
        "Local variable w: rename to loom",
        LOOM,
        {"    w = name.strip()\n    return w\n": "    loom = name.strip()\n    return loom\n"},
        evidence="w = name.strip()",
        function="scrap",
        path="looms.py",
    ),
    Case(
        "in brackets behind words",
        "Disable debug mode (DEBUG=False)",
        LOOM,
        {"DEBUG = True": "DEBUG = False"},
        evidence="DEBUG = True",
        path="looms.py",
    ),
    Case(
        "set on a call, in brackets",
        "Set a timeout on client.get (timeout=5)",
        OVEN,
        {'params={"n": len(loaves)})': 'params={"n": len(loaves)}, timeout=5)'},
        evidence='client.get("https://mill.example/flour", params={"n": len(loaves)})',
        function="bake",
        path="oven.py",
    ),
    Case(
        "so that it comes before",
        "Move deck.close() so that it comes before deck.load",
        "export function leave(deck) {\n  deck.load();\n  deck.close();\n}\n",
        {"  deck.load();\n  deck.close();\n": "  deck.close();\n  deck.load();\n"},
        evidence="deck.load();\n  deck.close();",
        function="leave",
        path="src/leave.js",
    ),
    Case(
        "an empty list in words",
        "Return an empty list early when loaves is empty",
        OVEN,
        {
            '    logger.error("no flour left")': (
                '    if not loaves:\n        return []\n    logger.error("no flour left")'
            )
        },
        evidence='logger.error("no flour left")',
        function="bake",
        path="oven.py",
    ),
    Case(
        "what is left out is of one kind",
        "Change cars.forEach(async …) to for (const car of cars) { await … }",
        "export async function all(cars, deck) {\n"
        "  cars.forEach(async (car) => {\n    await deck.load(car);\n  });\n}\n",
        refuses="is not said",
        evidence="cars.forEach(async (car) => {",
        function="all",
        path="src/all.js",
    ),
    Case(
        "a default that is let",
        "Let grams default to 50 in weigh()",
        "export function weigh(sack: Sack, grams: number): number {\n"
        "  return sack.tare + grams;\n}\n",
        {"grams: number": "grams: number = 50"},
        evidence="export function weigh(sack: Sack, grams: number): number {",
        function="weigh",
        path="src/weigh.ts",
    ),
    Case(
        "taken from the environment",
        "Take DEBUG from the environment variable LOOM_DEBUG (os.environ[...])",
        LOOM,
        {
            "from flask import Blueprint\n": "import os\n\nfrom flask import Blueprint\n",
            "DEBUG = True": 'DEBUG = os.environ["LOOM_DEBUG"]',
        },
        evidence="DEBUG = True",
        path="looms.py",
    ),
    Case(
        "a keyword that is turned on",
        "Turn on strict in the Scale",
        "from scales import Scale\n\n\ndef weigh(sack):\n    return Scale(sack).grams()\n",
        {"Scale(sack)": "Scale(sack, strict=True)"},
        evidence="return Scale(sack).grams()",
        function="weigh",
        path="weigh.py",
    ),
    Case(
        "the size of a cache",
        "Bound the cache of weigh to 64 entries",
        "from functools import lru_cache\n\n\n@lru_cache()\ndef weigh(sack):\n    return sack\n",
        {"@lru_cache()": "@lru_cache(maxsize=64)"},
        evidence="@lru_cache()",
        function="weigh",
        path="weigh.py",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_spoken_is_read(case: Case) -> None:
    """The words of speech tell the same as an imperative."""
    check(case)
