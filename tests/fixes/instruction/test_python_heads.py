"""Heads of Python's functions and classes, defaults, and keys that may be missing."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

_YARD = """from dataclasses import dataclass

from fastapi import APIRouter, Depends, Query

from yard.auth import Guard, on_duty

router = APIRouter()
RATES = {"oak": 3}


@dataclass
class Plank:
    wood: str
    length: int


@dataclass
class Stack:
    height: int

    def add(self) -> None:
        self.height += 1


@router.get("/planks")
def planks(yard: int):
    return find(yard)


def rate(wood):
    return RATES[wood]


def first_dry(planks):
    return next(one for one in planks if one.dry)


def shade(plank):
    return getattr(plank, "shade")


def seen(guard: Guard = Depends(on_duty), limit: int = Query(5)):
    return limit
"""


def _yard(name: str, fix: str, evidence: str, function: str, **told: object) -> Case:
    edits = told.get("edits", {})
    assert isinstance(edits, dict)
    return Case(name, fix, _YARD, edits, str(told.get("refuses", "")), evidence, function,
                "yard/api.py")  # fmt: skip


_PLANK = "@dataclass\nclass Plank:"
CASES = [
    _yard("a parameter more", "Add `limit: int = Query(50, le=200)` to the parameters.",
          "def planks(yard: int):", "planks",
          edits={"planks(yard: int)": "planks(yard: int, limit: int = Query(50, le=200))"}),
    _yard("a parameter that is there", "Add a `limit: int = Query(50)` parameter.",
          "def seen(guard", "seen", refuses="already has limit"),
    _yard("a parameter that callers do not give", "Add a `log: Log` parameter.",
          "def rate(wood):", "rate", refuses="is not said"),
    _yard("a bare decorator", "Use `@dataclass(frozen=True)`.", _PLANK, "Plank",
          edits={_PLANK: "@dataclass(frozen=True)\nclass Plank:"}),
    _yard("in words", "Make the dataclass frozen and slotted.", _PLANK, "Plank",
          edits={_PLANK: "@dataclass(frozen=True, slots=True)\nclass Plank:"}),
    _yard("in words, and more", "Make the class abstract and frozen.", _PLANK, "Plank",
          refuses="no single edit"),
    _yard("an option of the decorator", "Add slots=True to the dataclass decorator.", _PLANK,
          "Plank", edits={_PLANK: "@dataclass(slots=True)\nclass Plank:"}),
    _yard("a class that sets its fields", "Use `@dataclass(frozen=True)`.",
          "@dataclass\nclass Stack:", "Stack", refuses="that would be frozen"),
    _yard("a key that may be missing", "Use `.get(wood, 0)` instead of indexing.",
          "return RATES[wood]", "rate", edits={"RATES[wood]": "RATES.get(wood, 0)"}),
    _yard("a default of next", "Pass None as the default to next().",
          "return next(one for one in planks if one.dry)", "first_dry",
          edits={"next(one for one in planks if one.dry)":
                 "next((one for one in planks if one.dry), None)"}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_head_is_written(case: Case) -> None:
    """Each text gives exactly its edit, or none."""
    check(case)
