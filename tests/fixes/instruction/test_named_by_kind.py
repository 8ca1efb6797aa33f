"""What is renamed may be named by its kind alone: *the function should be named …*."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

LOOM = """\
export function warp(yarn: string): number {
  return yarn.length;
}

export function weave(yarn: string): number {
  return warp(yarn) * 2;
}

export class Shed {
  depth = 3;
}
"""
DOUGH = '''\
"""How bread is made."""


def knead(flour):
    return flour * 2


def bake(flour):
    return knead(flour) + 1
'''
NAMED = {"function warp": "function threadsOf", "return warp(": "return threadsOf("}


def _loom(fix: str, function: str, edits: dict[str, str], refuses: str = "") -> Case:
    said = f"`{function}` says little about what it is"
    return Case(fix, fix, LOOM, edits, refuses, function=function, problem=said)


@pytest.mark.parametrize(
    "fix",
    [
        "The function should be named `threadsOf`.",
        "This function ought to be called `threadsOf`.",
        "It should be named `threadsOf`.",
        "Should be called `threadsOf`.",
        "Name it `threadsOf`.",
        "Name the function `threadsOf`.",
        "The function's name should be `threadsOf`.",
        "The name should be `threadsOf`.",
        "A better name would be `threadsOf`.",
        "Use the name `threadsOf` for it.",
    ],
)
def test_the_symbol_of_the_finding_gets_the_name(fix: str) -> None:
    """A finding about one function means that one."""
    check(_loom(fix, "warp", NAMED))


def test_a_class_is_named_by_its_kind() -> None:
    """The kind that is told is the kind of the symbol."""
    edits = {"export class Shed": "export class Opening"}
    check(_loom("The class should be named `Opening`.", "Shed", edits))


def test_python_is_read_the_same_way() -> None:
    """The words are the same in every language."""
    edits = {"def knead": "def work_dough", "return knead(": "return work_dough("}
    fix = "The function should be named `work_dough`."
    problem = "`knead` is vague"
    check(Case(fix, fix, DOUGH, edits, path="bread.py", function="knead", problem=problem))


@pytest.mark.parametrize(
    ("fix", "function", "refuses"),
    [
        ("The function should be named in the log.", "warp", "no single edit"),
        ("The function should be named `weave`.", "warp", "the name weave is taken"),
        ("The function should be named `Opening`.", "Shed", "does not stand in the file"),
        ("The class should be named `Threads`.", "warp", "does not stand in the file"),
        ("The function should be called `weave(yarn)`.", "warp", "taken"),
        ("The method should be named `threadsOf`.", "warp", "does not stand in the file"),
    ],
)
def test_what_is_no_new_name_for_it_is_refused(fix: str, function: str, refuses: str) -> None:
    """A name in a log, one that is taken, and a thing of another kind are not meant."""
    check(_loom(fix, function, {}, refuses))


def test_which_of_two_functions_is_not_guessed() -> None:
    """Without one symbol, a kind names nothing."""
    fix = "The function should be named `threadsOf`."
    check(Case(fix, fix, LOOM, refuses="does not stand in the file", problem="It is vague"))


@pytest.mark.parametrize(
    ("fix", "code", "path", "edits"),
    [
        (
            "Prefix `knead` with an underscore.",
            DOUGH,
            "bread.py",
            {"def knead": "def _knead", "return knead(": "return _knead("},
        ),
        (
            "`warp` needs a leading underscore.",
            LOOM,
            "src/loom.ts",
            {"function warp": "function _warp", "return warp(": "return _warp("},
        ),
    ],
)
def test_an_underscore_told_in_words_is_a_rename(
    fix: str, code: str, path: str, edits: dict[str, str]
) -> None:
    """The name is the same with the mark before it."""
    check(Case(fix, fix, code, edits, path=path))


@pytest.mark.parametrize(
    ("fix", "refuses"),
    [
        ("Prefix `knead` with the name of the bakery.", "no single edit"),
        ("Prefix `knead(flour)` with an underscore.", "where `knead(flour)` goes is not said"),
        ("Put an underscore between `knead` and `bake`.", "no single edit"),
    ],
)
def test_another_prefix_is_not_made_up(fix: str, refuses: str) -> None:
    """What stands before the name must be told, and be before a name."""
    check(Case(fix, fix, DOUGH, refuses=refuses, path="bread.py"))
