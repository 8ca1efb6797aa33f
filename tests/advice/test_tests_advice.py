from __future__ import annotations

import json

import pytest

from mendbook.advice import tests
from mendbook.advice.tests.units import read_units
from mendbook.model import AdviceRow, Citation
from mendbook.policy.platform import Platform, WantedTest
from mendbook.repository.snapshot import Snapshot
from surveyed import about, survey

ROOMS = Platform(
    "rooms",
    ("room-kit",),
    tests=(
        WantedTest("src/domains/room/room.handler.test.ts", "Room lifecycle"),
        WantedTest("src/domains/desk/desk.handler.test.ts", "Desks"),
        WantedTest("src/domains/vault/vault.repository.test.ts", "Vault operations"),
        WantedTest("tests/load/stress.test.ts", "10k visitors"),
    ),
    preserved=("src/socket/schemas.test.ts", "src/utils/rateLimiter.test.ts"),
)
FILES = {
    "src/domains/room/room.handler.ts": "export const open = () => 1;\n",
    "src/domains/room/room.types.ts": "export interface Room { id: string }\n",
    "src/domains/room/index.ts": 'export * from "./room.handler.js";\n',
    "src/domains/vault/vault.repository.ts": "export const take = () => 1;\n",
    "src/socket/schemas.ts": "export const schema = 1;\n",
    "src/socket/schemas.test.ts": (
        'import { schema } from "./schemas.js";\nimport { open } from "../domains/room/'
        'room.handler.js";\nit("holds", () => {});\ntest("too", () => {});\n'
    ),
    "tests/unit/domains/vault/vault.repository.test.ts": 'it("takes", () => {});\n',
    "src/utils/index.ts": "export const id = () => 1;\n",
    "src/shop/index.ts": "export const buy = () => 1;\n",
    "tests/unit/shop/index.test.ts": 'it("sells", () => {});\n',
}


def test_required_and_preserved_tests_are_told_first() -> None:
    """A required test counts wherever the target keeps it; a file that is gone is said."""
    rows = tests.advise(survey(FILES, platform=ROOMS)).rows
    assert rows[:6] == (
        AdviceRow(
            "src/domains/room/room.handler.test.ts",
            None,
            "not found; src/domains/room/room.handler.ts has no test",
            "covers Room lifecycle",
            "required by the plan",
        ),
        AdviceRow(
            "src/domains/desk/desk.handler.test.ts",
            None,
            "not found",
            "covers Desks",
            "required by the plan; src/domains/desk/desk.handler.ts is not in the repository, "
            "so name the file that does this now",
        ),
        AdviceRow(
            "src/domains/vault/vault.repository.test.ts",
            Citation("tests/unit/domains/vault/vault.repository.test.ts", 1),
            "tests/unit/domains/vault/vault.repository.test.ts, 1 case",
            "keep, complete it",
            "covers Vault operations; it stands in "
            "tests/unit/domains/vault/vault.repository.test.ts",
        ),
        AdviceRow(
            "tests/load/stress.test.ts",
            None,
            "not found",
            "covers 10k visitors",
            "required by the plan",
        ),
        AdviceRow(
            "src/socket/schemas.test.ts",
            Citation("src/socket/schemas.test.ts", 1),
            "src/socket/schemas.test.ts, 2 cases",
            "preserve",
            "an existing test holds behaviour while code changes",
        ),
        AdviceRow(
            "src/utils/rateLimiter.test.ts",
            None,
            "not found",
            "preserve",
            "an existing test holds behaviour while code changes",
        ),
    )


def test_folders_with_findings_and_no_test_come_first() -> None:
    """Files without a test are grouped by folder, those that the audit names on top."""
    finding = about("RT-1", "src/utils/index.ts")
    rows = tests.advise(survey(FILES, finding, platform=ROOMS)).rows[6:]
    assert rows == (
        AdviceRow(
            "src/utils",
            Citation("src/utils/index.ts", 1),
            "1 of 1 file without: index.ts",
            "a test file for each, those with findings first",
            "1 finding of the audit in files without a test of their own",
            findings=("RT-1",),
        ),
        AdviceRow(
            "src/domains/room",
            Citation("src/domains/room/room.handler.ts", 1),
            "1 of 1 file without: room.handler.ts (imported by src/socket/schemas.test.ts)",
            "a test file for each, those with findings first",
            "only tests of other files import what is here",
        ),
    )


def test_files_that_no_test_imports_are_counted() -> None:
    """A folder says how many of its files nothing checks, and claims no more than that."""
    files = {
        "farm/herd.py": "def tag():\n    return 1\n",
        "farm/gate.py": "def shut():\n    return 2\n",
        "tests/test_all.py": "from farm.herd import tag\n\ndef test_tag():\n    assert tag()\n",
    }
    rows = tests.advise(survey(files)).rows
    assert [row.why for row in rows if row.what == "farm"] == ["no test imports 1 of 2 files here"]


def test_every_source_file_is_listed_with_its_tests() -> None:
    """Types and barrels need no test; an index is tested by its own folder's test only."""
    found = tests.advise(survey(FILES, platform=ROOMS))
    assert json.loads(found.files["tests-by-file.json"]) == [
        {
            "file": "src/domains/room/room.handler.ts",
            "test": None,
            "imported by": ["src/socket/schemas.test.ts"],
        },
        {
            "file": "src/domains/vault/vault.repository.ts",
            "test": "tests/unit/domains/vault/vault.repository.test.ts",
            "imported by": [],
        },
        {"file": "src/shop/index.ts", "test": "tests/unit/shop/index.test.ts", "imported by": []},
        {
            "file": "src/socket/schemas.ts",
            "test": "src/socket/schemas.test.ts",
            "imported by": ["src/socket/schemas.test.ts"],
        },
        {"file": "src/utils/index.ts", "test": None, "imported by": []},
    ]
    assert found.summary == (
        "3 of 5 source files have a test of their own; 3 of the 4 tests that the plan requires are "
        "missing"
    )


def test_many_folders_are_counted_beyond_the_first() -> None:
    """The table stays short; the rest is one row, and the file lists all."""
    files = {f"src/d{number:02}/a.ts": "export const a = 1;\n" for number in range(15)}
    last = tests.advise(survey(files)).rows[-1]
    assert (last.what, last.now) == ("other folders", "3 files without in 3 further folders")


def test_a_repository_without_sources_says_so() -> None:
    """No source file is not the same as no test missing."""
    found = tests.advise(survey({"README.md": "# x\n"}))
    assert found.summary == "There is no source file that runs, so no test could be matched."
    assert found.files == {}


PYTHON = {
    "app/__init__.py": "",
    "app/orders.py": "def place(order):\n    return order\n",
    "app/stock/views.py": "class View:\n    def get(self):\n        return 1\n",
    "app/settings.py": "DEBUG = False\n",
    "app/migrations/0001_first.py": "def forwards():\n    pass\n",
    "tests/test_orders.py": "from app.orders import place\n\n\ndef test_place():\n    pass\n",
    "tests/test_shop.py": "from app.stock import views\n",
    "manage.py": "def main():\n    pass\n",
}
GO = {
    "go.mod": "module example.org/x\n",
    "queue/push.go": "package queue\n\nfunc Push() {}\n",
    "queue/push_test.go": "package queue\n\nfunc TestPush(t *testing.T) {}\n",
    "queue/pop.go": "package queue\n\nfunc Pop() {}\n",
    "other/push.go": "package other\n\nfunc Push() {}\n",
}


@pytest.mark.parametrize(
    ("files", "units"),
    [
        (
            PYTHON,
            [
                ("app/orders.py", "tests/test_orders.py", ("tests/test_orders.py",)),
                ("app/stock/views.py", "", ("tests/test_shop.py",)),
            ],
        ),
        (
            GO,
            [
                ("other/push.go", "", ()),
                ("queue/pop.go", "", ("queue/push_test.go",)),
                ("queue/push.go", "queue/push_test.go", ("queue/push_test.go",)),
            ],
        ),
        (
            {
                "src/main/java/x/Cart.java": "class Cart {}\n",
                "src/test/java/x/CartTest.java": "class CartTest { @Test void a() {} }\n",
            },
            [("src/main/java/x/Cart.java", "src/test/java/x/CartTest.java", ())],
        ),
    ],
)
def test_each_language_names_its_tests_in_its_own_way(
    files: dict[str, str], units: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    """Python, Go and Java files find their tests by the habits of their runners."""
    found = read_units(Snapshot.of(files))
    assert [(unit.path, unit.own, unit.imported_by) for unit in found] == units


def test_a_target_without_known_sources_hears_nothing_of_tests() -> None:
    """Where no file's test could be told, the section is left out."""
    assert not tests.applies(survey({"main.tf": "resource {}\n", "README.md": "# x\n"}))
    assert tests.applies(survey(GO))
