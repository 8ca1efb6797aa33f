"""What is asked by a verb that no table has, and what a comparison is to be."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

TRAM = """from fastapi import APIRouter

router = APIRouter()


@router.post("/depots")
async def open_depot(name: str) -> dict:
    return {"name": name}
"""
APIARY = """export function ripe(moisture: number, limit: number): boolean {
  return moisture < limit && limit > 0;
}
"""
SLUICE = """package sluice

func Full(level, mark int) bool {
	return level > mark
}
"""
KILN = """LIMITS = {"bisque": 1060}


def hot(kind, degrees):
    return degrees > LIMITS[kind] and degrees < 1400
"""
MILL = """import { grind } from './stones';

export async function batch(sacks: string[]) {
  return grind(sacks, { retries: 2 });
}
"""
CASES = [
    Case(
        "pair behind a colon",
        "Answer with 201: status_code=201 in the route decorator",
        TRAM,
        {'@router.post("/depots")': '@router.post("/depots", status_code=201)'},
        evidence='@router.post("/depots")',
        function="open_depot",
        path="depots.py",
    ),
    Case(
        "compared with what the text gives",
        "Compare with >= LIMITS[kind]",
        KILN,
        {"degrees > LIMITS[kind]": "degrees >= LIMITS[kind]"},
        evidence="return degrees > LIMITS[kind] and degrees < 1400",
        path="kiln.py",
    ),
    Case(
        "one comparison of two",
        "Use <= limit here",
        APIARY,
        {"moisture < limit": "moisture <= limit"},
        evidence="return moisture < limit && limit > 0;",
    ),
    Case(
        "old and new",
        "Change `> mark` to `>= mark`",
        SLUICE,
        {"level > mark": "level >= mark"},
        evidence="return level > mark",
        path="sluice.go",
    ),
    Case(
        "already so",
        "Compare with < 1400",
        KILN,
        refuses="already uses",
        evidence="return degrees > LIMITS[kind] and degrees < 1400",
        path="kiln.py",
    ),
    Case(
        "another value of an option that is quoted",
        "Pass retries: 5 to grind",
        MILL,
        {"retries: 2": "retries: 5"},
        evidence="return grind(sacks, { retries: 2 });",
    ),
    Case(
        "a choice is none",
        "Harden it: status_code=201 or status_code=202 in the decorator",
        TRAM,
        refuses="choice",
        evidence='@router.post("/depots")',
        path="depots.py",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_told_by_its_code(case: Case) -> None:
    """The code and its place say what is asked; a choice, or what is so already, is no order."""
    check(case)
