"""Promises of the search in Python, and of the match by name in languages without a search."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mendbook.code.references import find_references
from mendbook.code.references.by_name import LANGUAGES, ByName
from mendbook.code.references.python.read import read_python
from mendbook.code.word_index import words_of
from mendbook.model import (
    Dimension,
    Finding,
    Place,
    PlaceKind,
    Reference,
    Severity,
    Skipped,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.repository.snapshot import Snapshot

DEPOT = {
    "depot/__init__.py": "",
    "depot/goods/__init__.py": (
        'from .stock import Stock, count as total\n\n__all__ = ["Stock", "total"]\n'
    ),
    "depot/goods/stock.py": (
        "class Shelf:\n    def dust(self):\n        return 1\n\n\n"
        "class Stock(Shelf):\n    limit: int = 3\n\n"
        "    def __init__(self, db):\n        self.db = db\n\n"
        "    def take(self, n):\n        return self.left(n)\n\n"
        "    def left(self, n):\n        return n\n\n\n"
        "def count(n):\n    return count(n - 1)\n\n\nFULL = 9\n"
    ),
    "depot/deps.py": (
        "from depot.goods import Stock\n\n\ndef get_stock() -> Stock:\n    return Stock(None)\n"
    ),
    "depot/api.py": (
        "import depot.goods.stock\n"
        "from fastapi import APIRouter, Depends\n"
        "from typing import Annotated\n\n"
        "from depot.goods import Stock, stock as s, total\n"
        "from .deps import get_stock\n\n"
        'router = APIRouter(prefix="/boxes")\n\n\n'
        '@router.post("/{n}")\n'
        "async def take_box(n: int, stock: Annotated[Stock, Depends(get_stock)]):\n"
        "    total(n)\n    return stock.take(n) + s.count(1) + depot.goods.stock.FULL\n\n\n"
        "def shadow(total):\n    return total(1)\n"
    ),
    "depot/shop.py": (
        "from django.urls import path\n\nfrom depot import views\n\n"
        'urlpatterns = [path("shop/", views.window), path("door/", views.Door.as_view())]\n'
    ),
    "depot/views.py": (
        "def window(request):\n    return glass(1)\n\n\ndef glass(n):\n    return n\n\n\n"
        "class Door:\n    def get(self, request):\n        return glass(2)\n"
    ),
    "depot/jobs.py": (
        "from celery import shared_task\nfrom depot.goods.stock import *\n\n\n"
        "@shared_task\ndef nightly():\n    held = Stock(1)\n    held.dust()\n    return count(2)\n"
    ),
    "tests/test_stock.py": (
        "from depot.goods.stock import Stock\n\n\ndef test_it():\n"
        "    stock = Stock(1)\n    assert stock.take(2)\n"
    ),
}
CASES = (
    ("Stock", "depot/goods/stock.py", (
        "depot/api.py:5 import", "depot/api.py:12 type take_box", "depot/deps.py:1 import",
        "depot/deps.py:4 type get_stock", "depot/deps.py:5 construct get_stock",
        "depot/goods/__init__.py:1 import", "depot/goods/__init__.py:3 reexport",
        "depot/jobs.py:7 construct nightly", "tests/test_stock.py:1 import",
        "tests/test_stock.py:5 construct test_it")),
    ("Stock.take", "depot/goods/stock.py",
     ("depot/api.py:14 call take_box", "tests/test_stock.py:6 call test_it")),
    ("Stock.left", "depot/goods/stock.py", ("depot/goods/stock.py:13 call Stock.take",)),
    ("Shelf.dust", "depot/goods/stock.py", ("depot/jobs.py:8 call nightly",)),
    ("count", "depot/goods/stock.py", (
        "depot/api.py:5 import", "depot/api.py:13 call take_box", "depot/api.py:14 call take_box",
        "depot/goods/__init__.py:1 import", "depot/goods/__init__.py:3 reexport",
        "depot/goods/stock.py:20 call count", "depot/jobs.py:9 call nightly")),
    ("FULL", "depot/goods/stock.py", ("depot/api.py:14 read take_box",)),
    ("get_stock", "depot/deps.py", ("depot/api.py:6 import", "depot/api.py:12 passed take_box")),
    ("window", "depot/views.py", ("depot/shop.py:5 passed",)),
)  # fmt: skip


def written(one: Reference) -> str:
    """Return a reference as the table writes it; the top level is left out."""
    where = f" {one.enclosing}" if one.enclosing != "module" else ""
    return f"{one.file}:{one.line} {one.kind}{where}"


def about(file: str, line: int | None = None, *symbols: str) -> Finding:
    """Return a finding about ``line`` of ``file``."""
    return Finding(
        id="F-1",
        severity=Severity.LOW,
        dimension=Dimension.CODE_QUALITY,
        file=file,
        function="",
        problem="",
        evidence="",
        impact="",
        fix="",
        complexity="",
        places=(Place(file, PlaceKind.FILE, line),),
        symbols=symbols,
    )


def asked(files: dict[str, str], finding: Finding) -> SymbolReferences:
    """Return what is found for the only symbol of ``finding``."""
    found = find_references([finding], Snapshot.of(files), provider="syntax")
    (row,) = found.by_finding[finding.id]
    return row


@pytest.mark.parametrize(("symbol", "file", "uses"), CASES, ids=[one[0] for one in CASES])
def test_every_use_in_python_is_found_and_labelled(
    symbol: str, file: str, uses: tuple[str, ...]
) -> None:
    """Imports of every form, packages that hand names on, types and attributes are followed."""
    row = asked(DEPOT, about(file, None, symbol))
    assert tuple(written(one) for one in row.references) == uses
    assert row.provider == "syntax"
    assert row.status is SymbolStatus.RESOLVED


@pytest.mark.parametrize(
    ("symbol", "file", "entries"),
    [
        ("Stock.left", "depot/goods/stock.py", ["POST /boxes/{n}"]),
        ("count", "depot/goods/stock.py", ["POST /boxes/{n}", "task nightly"]),
        ("glass", "depot/views.py", ["/shop/", "/door/"]),
    ],
)
def test_routes_and_tasks_reach_python_code(symbol: str, file: str, entries: list[str]) -> None:
    """Decorators of routes and tasks, and tables of addresses, are entry points."""
    finding = about(file, None, symbol)
    found = find_references([finding], Snapshot.of(DEPOT), provider="syntax")
    assert sorted(one.name for one in found.entry_points("F-1")) == sorted(entries)


def test_a_line_without_a_function_means_the_function_around_it() -> None:
    """A finding that names a file and a line is about the method that the line stands in."""
    assert asked(DEPOT, about("depot/goods/stock.py", 13)).symbol == "Stock.take"
    files = {"a.ts": "export class Crane {\n  lift() {\n    return 1;\n  }\n}\n"}
    assert asked(files, about("a.ts", 3)).symbol == "Crane.lift"
    assert asked({"a.go": "package a\n\nfunc Lift() int {\n\treturn 1\n}\n"}, about("a.go", 4)).symbol == "Lift"  # fmt: skip  # noqa: E501


def test_python_importers_are_files_that_import_it() -> None:
    """Relative, absolute and package imports of a file count."""
    found = find_references((), Snapshot.of(DEPOT), provider="syntax")
    assert found.importers("depot/goods/stock.py") == (
        "depot/api.py",
        "depot/goods/__init__.py",
        "depot/jobs.py",
        "tests/test_stock.py",
    )


WARD = """\
class Ward:
    def __init__(self, beds):
        self.beds = beds

    def admit(self, patient):
        return self.beds.take(patient)


class NightWard(Ward):
    pass


class Clinic:
    ward = Ward(12)

    def __init__(self):
        self.night = NightWard(4)

    def open(self, patient):
        return self.night.admit(patient)
"""
DESK = """\
import queue

from clinic.ward import Clinic, Ward
import clinic.ward


def morning(patient):
    return Clinic.ward.admit(patient)


def evening(patient, ward: Ward):
    clinic.ward.Clinic.ward.admit(patient)
    queue.Queue().admit(patient)
    return ward.admit(patient)


def anywhere(place, patient):
    return place.admit(patient)


def rounds(patients):
    def seen(patient):
        return patient.seen

    return [seen(one) for one in patients]
"""
CLINIC = {"clinic/__init__.py": "", "clinic/ward.py": WARD, "clinic/desk.py": DESK}


@pytest.mark.parametrize(
    ("symbol", "file", "uses"),
    [
        (
            "Ward.admit",
            "clinic/ward.py",
            ["clinic/desk.py:8 call morning", "clinic/desk.py:12 call evening",
             "clinic/desk.py:14 call evening", "clinic/desk.py:18 call anywhere",
             "clinic/ward.py:20 call Clinic.open"],
        ),
        ("seen", "clinic/desk.py", ["clinic/desk.py:25 call rounds"]),
        (
            "Ward",
            "clinic/ward.py",
            ["clinic/desk.py:3 import module", "clinic/desk.py:11 type evening",
             "clinic/ward.py:9 type module", "clinic/ward.py:14 construct Clinic"],
        ),
    ],
)  # fmt: skip
def test_members_are_followed_through_attributes_and_modules(
    symbol: str, file: str, uses: list[str]
) -> None:
    """A class's attribute, an instance's, an annotation and the only owner; no foreign object."""
    found = asked(CLINIC, about(file, None, symbol)).references
    assert [f"{one.file}:{one.line} {one.kind} {one.enclosing}" for one in found] == uses


BY_NAME = {
    "go": ("a.go", "package a\n\nfunc (t *Till) Open() {}\n\nfunc Run(t Till) { t.Open() }\n",
           "Till.Open", "5 call Run"),
    "java": ("A.java", "class Till { void open() {} }\nclass B { void go(Till t) { t.open(); } }\n",
             "Till.open", "2 call B.go"),
    "kotlin": ("a.kt", "class Till { fun open() = 1 }\nfun go(t: Till) = t.open()\n",
               "Till.open", "2 call go"),
    "rust": ("a.rs", "impl Till { fn open(&self) {} }\nfn go(t: Till) { t.open(); }\n",
             "Till.open", "2 call go"),
    "csharp": ("A.cs", "class Till { void Open() {} }\nclass B { void Go(Till t) { t.Open(); } }\n",
               "Till.Open", "2 call B.Go"),
    "php": ("a.php", "<?php\nclass Till { function open() {} }\n$t->open();\n",
            "Till.open", "3 call module"),
    "ruby": ("a.rb", "class Till\n  def open\n  end\nend\ntill.open(1)\n",
             "Till.open", "5 call module"),
}  # fmt: skip


@pytest.mark.parametrize("language", BY_NAME)
def test_other_languages_match_by_name_and_say_so(language: str) -> None:
    """A definition is found with its lines, its uses by name, and the answer is labelled."""
    file, text, symbol, use = BY_NAME[language]
    row = asked({file: text}, about(file, None, symbol))
    assert row.provider == "by name"
    assert row.declarations
    assert [f"{one.line} {one.kind} {one.enclosing}" for one in row.references] == [use]


def test_nothing_is_said_of_a_language_that_no_search_reads() -> None:
    """Where no search reads the language the reason says so; it is not "none"."""
    row = asked({"lib/a.ex": "defmodule A do\nend\n"}, about("lib/a.ex", None, "A.run"))
    assert row.reason == "not searched: no reference search reads Elixir"
    assert row.status is SymbolStatus.MISSING


def test_python_that_does_not_parse_is_no_trap() -> None:
    """A file of another Python, or a broken one, declares nothing and says why."""
    assert read_python("print 'old'\n").problem == "it does not parse (SyntaxError)"


@settings(deadline=None)  # two shared cores may be slow
@given(st.text(st.sampled_from("abc =.:()[]{}@*\n \tdefclassimportfrom\"'"), max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    """No text stops the readers of Python and of names."""
    read_python(text)
    snapshot = Snapshot.of({f"a{ending}": text for ending in LANGUAGES})
    search = ByName(snapshot, words_of(snapshot))
    for path in snapshot.files:
        for subject in search.defined("abc", [path]):
            search.references(subject)
        search.at(path, 1)


@pytest.mark.parametrize(
    ("clause", "uses", "told"),
    [
        ("except Leak, Burst:", ("wells/pump.py:1 import", "wells/pump.py:7 read lift"), False),
        ("except (Leak, Burst):", ("wells/pump.py:1 import", "wells/pump.py:7 read lift"), False),
        ("except Leak, Burst: print 'dry'", ("wells/pump.py:1 read", "wells/pump.py:7 read"), True),
    ],
)
def test_code_of_another_version_of_python_is_not_passed_over(
    clause: str, uses: tuple[str, ...], *, told: bool
) -> None:
    """What is newer is read; what cannot be parsed is told by its text, and that is said."""
    files = {
        "wells/faults.py": "class Leak(Exception): ...\n\n\nclass Burst(Exception): ...\n",
        "wells/pump.py": (
            "from wells.faults import Leak, Burst\n\n\n"
            f"def lift(pump):\n    try:\n        return pump.run()\n    {clause}\n        pass\n"
        ),
    }
    finding = about("wells/faults.py", None, "Leak")
    found = find_references([finding], Snapshot.of(files), provider="syntax")
    (row,) = found.by_finding["F-1"]
    assert tuple(written(one) for one in row.references) == uses
    why = "wells/pump.py cannot be parsed by this Python: names by text"
    skipped = (Skipped("uses by syntax in some Python files", why),)
    assert found.not_run == (skipped if told else ())


def test_a_name_of_an_annotated_class_is_that_class() -> None:
    """``Desk = Annotated[Clerk, Depends(…)]``: a call on a ``Desk`` is one on a clerk."""
    files = {
        "loans/clerk.py": "class Clerk:\n    def lend(self, book): ...\n",
        "loans/desks.py": (
            "from typing import Annotated\n\nfrom fastapi import Depends\n\n"
            "from loans.clerk import Clerk\n\n\ndef a_clerk() -> Clerk:\n    return Clerk()\n\n\n"
            "Desk = Annotated[Clerk, Depends(a_clerk)]\n"
        ),
        "loans/__init__.py": "from loans.desks import Desk\n",
        "loans/api.py": (
            "from loans import Desk\n\n\nasync def borrow(book: int, desk: Desk):\n"
            "    return desk.lend(book)\n"
        ),
    }
    row = asked(files, about("loans/clerk.py", 2, "Clerk.lend"))
    assert [written(one) for one in row.references] == ["loans/api.py:5 call borrow"]


def test_what_a_base_calls_on_itself_reaches_what_is_put_in_its_place() -> None:
    """The base of another module calls the method of the class that is derived from it."""
    mill = {
        "mill/__init__.py": "",
        "mill/base.py": (
            "class Stone:\n    def turn(self, sack):\n        return self._grind(sack)\n\n"
            "    def _grind(self, sack):\n        raise NotImplementedError\n"
        ),
        "mill/rye.py": (
            "from mill import base\n\n\nclass Rye(base.Stone):\n"
            "    def _grind(self, sack):\n        return sack\n"
        ),
    }
    row = asked(mill, about("mill/rye.py", None, "Rye._grind"))
    assert [written(one) for one in row.references] == ["mill/base.py:3 call Stone.turn"]


def test_a_method_that_paths_have_too_is_called_only_on_what_is_named_like_its_class() -> None:
    """``crate.exists()`` may ask a path; ``depot.shelf.exists(…)`` asks a shelf."""
    files = {
        "depot/shelves.py": "class ShelfProxy:\n    def exists(self, label): ...\n",
        "depot/api.py": (
            "house: House = open_house()\n\n\ndef find(label):\n"
            "    return house.shelf.exists(label)\n"
        ),
        "tests/test_crates.py": "def check(crate):\n    assert crate.exists()\n",
    }
    row = asked(files, about("depot/shelves.py", 2, "ShelfProxy.exists"))
    assert [written(one) for one in row.references] == ["depot/api.py:5 call find"]
