"""What only its own file uses is kept to it: without ``export``, or with an underscore."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

QUAY = """\
import { haul } from './haul';

export function berthOf(ship: string): number {
  return haul(ship) % 3;
}

export function tie(ship: string) {
  return berthOf(ship) + 1;
}

export class Winch {
  pull() {
    return tie('a');
  }
}
"""
MAIN = "import { tie, Winch } from './quay';\n\ntie(String(new Winch().pull()));\n"
FERRY = '''\
"""When ferries leave."""

GAP = 20


def slots(day):
    return 24 * 60 // GAP - len(day)


def board(day):
    return slots(day) + 1


class Ramp:
    def lower(self, metres):
        return metres * 2

    def open(self):
        return self.lower(3) + board("mon")
'''
PIER = "from ferry import Ramp, board\n\nboard(Ramp().open())\n"
OFFERED = FERRY.replace("GAP = 20\n", '__all__ = ["slots", "board", "Ramp"]\n\nGAP = 20\n', 1)
SURFACE = "it is exported, and only its own module uses it"


def _script(fix: str, edits: dict[str, str], refuses: str = "", problem: str = SURFACE) -> Case:
    return Case(
        fix, fix, QUAY, edits, refuses, path="src/quay.ts",
        files={"src/main.ts": MAIN, "src/haul.ts": "export const haul = (s: string) => 1;\n"},
        problem=problem,
    )  # fmt: skip


def _python(fix: str, code: str, edits: dict[str, str], refuses: str = "") -> Case:
    return Case(
        fix, fix, code, edits, refuses, path="ferry.py", files={"pier.py": PIER}, problem=SURFACE
    )


ALONE = {"export function berthOf": "function berthOf"}


@pytest.mark.parametrize(
    "fix",
    [
        "Make `berthOf` a private helper.",
        "`berthOf` should be a private helper.",
        "Turn `berthOf` into a module-local function.",
        "The function `berthOf` should be private to its file.",
        "Strip `export` off `berthOf`.",
        "Take the `export` keyword off `berthOf`.",
        "Take export off of the function `berthOf`.",
        "Lose the `export` on `berthOf`.",
        "Strip the export from `berthOf`.",
        "Hide `berthOf`.",
        "Hide `berthOf` from other modules.",
        "Stop exposing `berthOf`.",
    ],
)
def test_an_export_ends_in_any_words(fix: str) -> None:
    """However the wish is put, the keyword goes and the declaration stays."""
    check(_script(fix, ALONE))


@pytest.mark.parametrize(
    ("fix", "problem", "refuses"),
    [
        ("Make `tie` a private helper.", SURFACE, "tie is used at src/main.ts:1"),
        ("Take `export` off `tie`.", SURFACE, "tie is used at src/main.ts:1"),
        ("Hide `tie` from other files.", SURFACE, "tie is used at src/main.ts:1"),
        ("Make `berthOf` private to the team.", SURFACE, "what “to” adds to it is not read"),
        ("Make `berthOf` a private helper of `Winch`.", SURFACE, "what “of” adds"),
        ("Hide `berthOf`.", "Guests see the banner", "from other code or from people is not said"),
        ("Hide `berthOf` when the tide is low.", SURFACE, "no single edit"),
        ("Take `haul` off `berthOf`.", SURFACE, "no single edit"),
        ("Strip the export from `Crane`.", SURFACE, "does not stand in src/quay.ts"),
    ],
)
def test_what_only_sounds_like_it_keeps_its_export(fix: str, problem: str, refuses: str) -> None:
    """Another file's use, another audience and another thing taken off are no unexport."""
    check(_script(fix, {}, refuses, problem))


SLOTS = {"def slots": "def _slots", "return slots(day)": "return _slots(day)"}


@pytest.mark.parametrize(
    ("fix", "edits"),
    [
        ("Make `slots` private.", SLOTS),
        ("Make `slots` a private helper.", SLOTS),
        ("`slots` should be private to its module.", SLOTS),
        ("Mark `slots` as private with a leading underscore.", SLOTS),
        ("Hide `slots`.", SLOTS),
        ("Make `GAP` module-private.", {"GAP = 20": "_GAP = 20", "60 // GAP": "60 // _GAP"}),
        (
            "Make `Ramp.lower` private.",
            {"def lower": "def _lower", "self.lower(3)": "self._lower(3)"},
        ),
    ],
)
def test_python_says_private_by_an_underscore(fix: str, edits: dict[str, str]) -> None:
    """There is no word for it in the language; the name says it at every use."""
    check(_python(fix, FERRY, edits))


@pytest.mark.parametrize(
    ("fix", "code", "refuses"),
    [
        ("Make `board` private.", FERRY, "board is used at pier.py:1"),
        ("Make `Ramp.open` private.", FERRY, "open is used at pier.py:3"),
        ("Make `slots` private.", OFFERED, "slots is offered in __all__"),
        ("Make `slots` private until the summer.", FERRY, "adds to it is not read"),
    ],
)
def test_what_others_may_use_stays_public(fix: str, code: str, refuses: str) -> None:
    """A use elsewhere, and a list of what the module offers, both speak against it."""
    check(_python(fix, code, {}, refuses))


LISTED = {'["slots", "board"': '["board"'}


@pytest.mark.parametrize(
    "case",
    [
        _python("Take `slots` out of `__all__`.", OFFERED, LISTED),
        _python("Remove `slots` from `__all__`.", OFFERED, LISTED),
        _python("`__all__` should not list `slots`.", OFFERED, LISTED),
        _python("`slots` should no longer be in `__all__`.", OFFERED, LISTED),
    ],
    ids=lambda case: case.name,
)
def test_a_name_leaves_the_list_of_what_is_offered(case: Case) -> None:
    """The function stays: only the list changes."""
    check(case)


@pytest.mark.parametrize(
    ("fix", "code", "files", "refuses"),
    [
        ("Remove `GAP` from `__all__`.", OFFERED, {}, "GAP does not stand in __all__ of ferry.py"),
        ("Remove `Ramp` from `__all__`.", FERRY, {}, "Ramp does not stand in __all__ of ferry.py"),
        (
            "Remove `slots` from `__all__`.",
            OFFERED,
            {"dock.py": "from ferry import *\n\nslots('mon')\n"},
            "dock.py imports all that a module offers",
        ),
    ],
)
def test_nothing_else_leaves_the_list(
    fix: str, code: str, files: dict[str, str], refuses: str
) -> None:
    """What the list does not hold is not deleted instead, and who imports all is asked."""
    check(Case(fix, fix, code, refuses=refuses, path="ferry.py", files=files))
