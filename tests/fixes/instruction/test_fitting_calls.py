"""New code fits what it calls, what it returns and where it stands; else nothing is written."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

from mendbook.fixes.instruction.called.library_calls import awaited, library_misfit, takes_keyword

_LOCK = """import requests


def tide(port):
    return requests.get(f"https://tides.example/{port}", headers=HEADERS).json()


def pairs(names, depths):
    return list(zip(names, depths))


def sort_key(rows):
    return sorted(list(rows))
"""
_PUMP = """import time


async def dry(pump, pause):
    while pump.wet:
        time.sleep(pause)


def dry_now(pump, pause):
    time.sleep(pause)
"""
_ORCHARD = """def first_ripe(basket):
    return next(fruit for fruit in basket if fruit.ripe)


def kind_of(fruit):
    return type(fruit) == str


def pick(fruit, basket=[]):
    basket.append(fruit)
    return basket


def shelf(name, shelves):
    return shelves[name]
"""
_LEDGER = """package ledger

import "os"

func Load(path string) ([]byte, error) {
\tdata, err := os.ReadFile(path)
\tif err != nil {
\t\treturn nil, err
\t}
\treturn data, nil
}
"""
_BARN = """package barn;

import java.io.BufferedReader;
import java.io.FileReader;

public class Barn {
    void read(String path) {
        BufferedReader in = new BufferedReader(new FileReader(path));
    }

    int rest(int days) {
        return 30 - days;
    }
}
"""
_FORM = """from pydantic import BaseModel


class Booking(BaseModel):
    guests: int
    wish: str = ""
"""
_SLUGS = """import re


def _slug(text):
    return re.sub("[^a-z]+", "-", text.lower())


def room_page(name):
    return "/rooms/" + _slug(name)


def guest_page(name):
    return "/guests/" + _slug(name)
"""
_COPY = 'def _slug(text):\n    return re.sub("[^a-z]+", "-", text.lower())\n\n\n'
_SHARED = {
    "inn/__init__.py": "",
    "inn/text.py": f"import re\n\n\n{_COPY.replace('_slug', 'slug').rstrip()}\n",
}


def _slugs(name: str, fix: str) -> Case:
    return Case(
        name, fix, _SLUGS,
        {"import re\n": "from inn.text import slug\n", _COPY: "",
         '"/rooms/" + _slug': '"/rooms/" + slug', '"/guests/" + _slug': '"/guests/" + slug'},
        evidence="def _slug(text):", function="room_page", path="inn/pages.py", files=_SHARED,
    )  # fmt: skip


CASES = [
    Case("of a chain of calls, the one that takes it", "Set timeout=(3, 10) on the request.", _LOCK,
         {"headers=HEADERS)": "headers=HEADERS, timeout=(3, 10))"},
         evidence='return requests.get(f"https://tides.example/{port}", headers=HEADERS).json()',
         function="tide", path="lock/tides.py"),
    Case("of a call in a call, the one that takes it", "Add `strict=True`.", _LOCK,
         {"zip(names, depths)": "zip(names, depths, strict=True)"},
         evidence="return list(zip(names, depths))", function="pairs", path="lock/tides.py"),
    Case("a keyword that no call there takes", "Add `strict=True`.", _LOCK,
         evidence="return sorted(list(rows))", function="sort_key", path="lock/tides.py",
         refuses="is not said"),
    Case("what is made once is not made at each call",
         "Use a module-level `requests.Session()` instead of requests.get.", _LOCK,
         evidence='return requests.get(f"https://tides.example/{port}", headers=HEADERS).json()',
         function="tide", path="lock/tides.py", refuses="is to be made is not said"),
    Case("a coroutine of the library is awaited", "Replace time.sleep with asyncio.sleep.", _PUMP,
         {"import time": "import asyncio\nimport time",
          "        time.sleep(pause)": "        await asyncio.sleep(pause)"},
         evidence="        time.sleep(pause)", function="dry", path="pit/pump.py"),
    Case("where none can be awaited", "Replace time.sleep with asyncio.sleep.", _PUMP,
         evidence="time.sleep(pause)", function="dry_now", path="pit/pump.py",
         refuses="not async"),
    Case("what is left out is not written", "Give `next` a default: `next((... ), None)`.",
         _ORCHARD, evidence="return next(fruit for fruit in basket if fruit.ripe)",
         function="first_ripe", path="orchard/find.py", refuses=" "),
    Case("what a function is given follows from what it replaces",
         "Replace the type() comparison with isinstance()", _ORCHARD,
         {"type(fruit) == str": "isinstance(fruit, str)"},
         evidence="return type(fruit) == str", function="kind_of", path="orchard/find.py"),
    Case("a default of None, typed, with its guard",
         "Avoid the mutable default; use `basket: list | None = None`.", _ORCHARD,
         {"basket=[]):": "basket: list | None = None):\n    if basket is None:\n"
          "        basket = []"},
         evidence="def pick(fruit, basket=[]):", function="pick", path="orchard/find.py"),
    Case("a test of membership in words",
         "Reject unknown shelves: raise KeyError(name) if name not in shelves.", _ORCHARD,
         {"    return shelves[name]":
          "    if name not in shelves:\n        raise KeyError(name)\n    return shelves[name]"},
         evidence="return shelves[name]", function="shelf", path="orchard/find.py"),
    Case("an error with words, beside the other values of a return",
         'Wrap the error: fmt.Errorf("load %s: %w", path, err)', _LEDGER,
         {'import "os"': 'import (\n\t"fmt"\n\t"os"\n)',
          "return nil, err": 'return nil, fmt.Errorf("load %s: %w", path, err)'},
         evidence="return nil, err", function="Load", path="ledger/load.go"),
    Case("fewer values than a function gives",
         'Replace `return nil, err` with `return errors.New("no ledger")`.', _LEDGER,
         evidence="return nil, err", function="Load", path="ledger/load.go",
         refuses="does not give what its function declares"),
    Case("an object made within another",
         "Name the charset: new FileReader(path, StandardCharsets.UTF_8).", _BARN,
         {"import java.io.FileReader;\n":
          "import java.io.FileReader;\nimport java.nio.charset.StandardCharsets;\n",
          "new FileReader(path)": "new FileReader(path, StandardCharsets.UTF_8)"},
         evidence="BufferedReader in = new BufferedReader(new FileReader(path));",
         function="Barn.read", path="barn/Barn.java"),
    Case("a name of another method",
         "Check it: if (days <= 0) throw new IllegalArgumentException(\"days\");", _BARN,
         evidence="BufferedReader in = new BufferedReader(new FileReader(path));",
         function="Barn.read", path="barn/Barn.java", refuses="days is not in scope"),
    Case("a type and a value at once", "Make it optional: `wish: str | None = None`", _FORM,
         {'wish: str = ""': "wish: str | None = None"}, evidence='wish: str = ""',
         function="Booking", path="inn/forms.py"),
    Case("a call that would be no field", "Use `conint(gt=0)` for guests.", _FORM,
         evidence="guests: int", function="Booking", path="inn/forms.py",
         refuses="does nothing"),
    _slugs("a local copy by the shared one", "Replace the local `_slug` by `slug` from inn.text."),
    _slugs("the shared one instead of the local",
           "Use `slug` from `inn.text` instead of the local `_slug` helper."),
    _slugs("the copy goes, an import comes", "Delete `_slug` and import `slug` from inn.text."),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_new_calls_fit(case: Case) -> None:
    """Each text gives exactly its edit, or none where that would not run."""
    check(case)


def test_calls_of_the_library_are_held_against_its_signatures() -> None:
    """A call that Python would refuse is told, one that it takes is not."""
    assert library_misfit("", "import secrets\nsecrets.choice(seats, k=3)\n")
    assert library_misfit("", "from json import dumps\ndumps()\n")
    assert not library_misfit("", "import json\njson.dumps(seats, indent=1)\n")
    assert not library_misfit("", "def len(a, b):\n    ...\n\nlen(1, 2)\n")
    assert not library_misfit("len(1, 2)\n", "len(1, 2)\n")
    assert not library_misfit("", "import json\njson.dumps(*given)\n")


def test_what_takes_a_keyword_is_known_of_the_library_only() -> None:
    """Of any other function it is not known."""
    assert takes_keyword("", "open", "encoding") is True
    assert takes_keyword("", "list", "strict") is False
    assert takes_keyword("import subprocess as sp\n", "sp.run", "timeout") is True
    assert takes_keyword("", "moor", "timeout") is None


def test_only_new_coroutines_are_awaited() -> None:
    """One that stood there, and one that is handed on, stay as they are."""
    before = "import asyncio\n\n\nasync def f():\n    asyncio.sleep(1)\n"
    assert awaited(before, before) == before
    after = before + "    await asyncio.wait_for(asyncio.sleep(2), 3)\n    é = asyncio.sleep(4)\n"
    assert awaited(before, after) == after.replace("= asyncio", "= await asyncio")
