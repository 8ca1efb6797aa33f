"""Tests that would notice a change are found by use, by name and by the route they request."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drawn_records import facts
from mendbook.changes.notice import Witnesses, who_notices
from mendbook.model import (
    ChangeFacts,
    Declaration,
    EntryPoint,
    FindingFacts,
    Reach,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.repository.snapshot import Snapshot

NOTHING = ChangeFacts("F", Reach.UNKNOWN)
FILES = {
    "api/berths.py": "def book(): ...\n",
    "tests/test_berths.py": "def test_a(client):\n    client.post('/v1/berths/7/book?x=1')\n",
    "tests/test_other.py": "def test_b(client):\n    client.get('/v1/berths/7/book')\n",
    "tests/conftest.py": "import api\nbook_berth_once()\n",
    "docs/specs/moorings.md": "moor_once, moor_twice and book_berth_late\n",
    "tests/utils/test_moorings.py": "def test_d():\n    assert moor_twice(1)\n",
    "tests/test_names.py": "def test_c():\n    assert book_berth_late() and book\n",
}


def known(symbol: str, *routes: str, tests: tuple[str, ...] = ()) -> FindingFacts:
    """Return facts of a function and the routes that reach it."""
    own = SymbolReferences(
        symbol, SymbolStatus.RESOLVED, "syntax", (Declaration("api/berths.py", 1, 1),)
    )
    entries = tuple(EntryPoint(route, "api/berths.py", 1) for route in routes)
    plain = facts("F", "api/berths.py", tests=tests)
    return FindingFacts("F", plain.files, symbols=(own,), exposure=entries, tests=tests)


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        (
            known("take", "POST /berths/{id}/book"),
            "Tests that go through it: tests/test_berths.py:2 (POST /berths/{id}/book).",
        ),
        (
            known("take", "DELETE /berths/{id}/book"),
            "No test was found that names `take` or requests DELETE /berths/{id}/book.",
        ),
        (known("take", "GET /{id}", "every HTTP request"), "No test was found that names `take`."),
        (
            known("book_berth_late"),
            "Tests that go through it: tests/test_names.py:2 (`book_berth_late`).",
        ),
        (
            known("moor_twice"),
            "Tests that go through it: tests/utils/test_moorings.py:2 (`moor_twice`).",
        ),
        (
            known("book_berth_once"),
            "Only what tests share goes through it: tests/conftest.py:2 (`book_berth_once`).",
        ),
        (known("book"), "No test was found that names `book`."),
        (
            known("book", tests=("tests/test_names.py",)),
            "Tests that go through it: tests/test_names.py:2 (`book`).",
        ),
    ],
)
def test_a_test_is_named_by_the_line_that_goes_through_the_code(
    about: FindingFacts, expected: str
) -> None:
    """A plain word counts only where the code is imported, a route only with its method."""
    assert who_notices(NOTHING, about, Witnesses(Snapshot.of(FILES))).words == expected


def test_places_left_out_are_the_last_of_the_list() -> None:
    """Of five tests three are named: a list has one *and*, before what is counted."""
    tree = {"depot/fare.py": "def fare_of(): ...\n"}
    tree |= {f"tests/test_{each}.py": "assert fare_of_zone()\n" for each in "abcde"}
    found = who_notices(NOTHING, known("fare_of_zone"), Witnesses(Snapshot.of(tree)))
    assert found.words == (
        "Tests that go through it: tests/test_a.py:1 (`fare_of_zone`), tests/test_b.py:1 "
        "(`fare_of_zone`), tests/test_c.py:1 (`fare_of_zone`) and 2 more."
    )


ORCHARD = {
    "orchard/views.py": (
        "@router.get('', name='trees:list')\ndef list_trees(): ...\n\n\n"
        "@router.get(\n    '/press',\n    name='press',\n)\ndef press(): ...\n\n\n"
        "@router.get('/till')\ndef till(): ...\n"
    ),
    "tests/test_ladders.py": "def test_a(ladders):\n    assert ladders.findAll()\n",
    "tests/test_trees.py": "def test_b(treeService):\n    assert treeService.findAll()\n",
    "tests/test_named.py": (
        "def test_c(app, client):\n    client.get(app.url_path_for('trees:list'))\n"
        "    client.get(\n        reverse('press')\n    )\n    client.post(json={'till': 1})\n"
    ),
}


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        (
            known("TreeService.findAll"),
            "Tests that go through it: tests/test_trees.py:2 (`findAll`).",
        ),
        (known("CrateService.findAll"), "No test was found that names `findAll`."),
        (
            known("list_trees", "GET /trees"),
            "Tests that go through it: tests/test_named.py:2 (GET /trees).",
        ),
        (
            known("press", "GET /trees/press"),
            "Tests that go through it: tests/test_named.py:4 (GET /trees/press).",
        ),
        (
            known("till", "POST /till"),
            "No test was found that names `till` or requests POST /till.",
        ),
    ],
)
def test_a_namesake_and_a_key_are_no_use_and_a_named_route_is_one(
    about: FindingFacts, expected: str
) -> None:
    """A member counts where its class is named; an address may be asked for by a route's name."""
    line = {"GET /trees": 1, "GET /trees/press": 5, "POST /till": 12}
    entries = tuple(
        replace(each, file="orchard/views.py", line=line[each.name]) for each in about.exposure
    )
    witnesses = Witnesses(Snapshot.of(ORCHARD))
    assert who_notices(NOTHING, replace(about, exposure=entries), witnesses).words == expected
