"""Where a new test goes: by names that the runner finds, not among end-to-end tests."""

from __future__ import annotations

import json

import pytest

from mendbook.code.test_layout import Layout
from mendbook.repository.snapshot import Snapshot

SPEC_ONLY = json.dumps({"jest": {"rootDir": "src", "testRegex": ".*\\.spec\\.ts$"}})


@pytest.mark.parametrize(
    ("files", "unit", "expected"),
    [
        (
            {
                "package.json": SPEC_ONLY,
                "test/herd.e2e-spec.ts": "",
                "src/herd/milk.service.ts": "",
            },
            "src/herd/milk.service.ts",
            "src/herd/milk.service.spec.ts",
        ),
        (
            {
                "client/package.json": "{}",
                "client/cypress/integration/gate.spec.js": "",
                "client/src/gate.js": "",
                "client/src/tide.js": "",
            },
            "client/src/tide.js",
            "client/src/tide.test.js",
        ),
        (
            {
                "package.json": '{"jest": {"testRegex": "(test|spec).js$"}}',
                "src/kiln.js": "",
            },
            "src/kiln.js",
            "src/kiln.test.js",
        ),
        (
            {"e2e/gate.e2e.ts": "", "src/loans.ts": "", "src/desk.ts": "", "src/desk.spec.ts": ""},
            "src/loans.ts",
            "src/loans.spec.ts",
        ),
        (
            {
                "tests/berths.test.ts": "",
                "tests/ships.test.ts": "",
                "tests/knots.ts": "",
                "src/knots.ts": "",
                "src/tide-handler.ts": "",
            },
            "src/tide-handler.ts",
            "tests/tide-handler.test.ts",
        ),
        (
            {"tests/berths.test.ts": "", "tests/knots.ts": "", "src/knots.ts": ""},
            "src/knots.ts",
            "tests/knots.test.ts",
        ),
        (
            {
                "pyproject.toml": "",
                "tests/test_mill.py": "",
                "app/core/setup.py": "def create(): ...\n",
                "app/core/sieve.py": "",
                "app/core/mill.py": "",
            },
            "app/core/sieve.py",
            "tests/test_sieve.py",
        ),
        (
            {
                "src/client/slices/gate.ts": "",
                "src/server/handlers/gate.ts": "",
                "src/server/tide.ts": "",
                "tests/unit/client/slices/gate.test.ts": "",
                "tests/unit/server/tide.test.ts": "",
            },
            "src/server/handlers/gate.ts",
            "tests/unit/server/handlers/gate.test.ts",
        ),
        (
            {
                "package.json": "{}",
                "packages/barn/package.json": "{}",
                "packages/barn/src/herd.ts": "",
                "packages/mill/package.json": "{}",
                "packages/mill/src/sieve.ts": "",
                "tests/barn/herd.test.ts": "",
            },
            "packages/mill/src/sieve.ts",
            "tests/mill/sieve.test.ts",
        ),
        ({"tests/test_mill.py": "", "mill.py": "", "sack.py": ""}, "sack.py", "tests/test_sack.py"),
        # a file that keeps to its package has a test without the line before its name
        (
            {"tests/test_mill.py": "", "mill.py": "", "_sack.py": ""},
            "_sack.py",
            "tests/test_sack.py",
        ),
    ],
)
def test_a_new_test_is_where_the_runner_finds_it(
    files: dict[str, str], unit: str, expected: str
) -> None:
    """End-to-end tests give no place to a unit's; a runner that takes only ``.spec`` is heeded."""
    assert Layout(Snapshot.of(files)).test_file(unit) == expected


@pytest.mark.parametrize(
    ("files", "unit", "expected"),
    [
        (
            {"test/looms.ts": "", "store/looms.ts": "", "store/yarn/spool.ts": ""},
            "store/yarn/spool.ts",
            "test/spool.ts",
        ),
        (
            {
                "test/yarn/spool.ts": "",
                "store/yarn/spool.ts": "",
                "store/dye/vat.ts": "",
            },
            "store/dye/vat.ts",
            "test/dye/vat.ts",
        ),
        (
            {"test/tide-test.js": "", "lib/tide.js": "", "lib/gate.js": "", "test/harness.js": ""},
            "lib/gate.js",
            "test/gate-test.js",
        ),
        # each folder of units has its own mirror
        (
            {
                "test/gates/lock.ts": "",
                "store/gates/lock.ts": "",
                "test/shop/sales/till.ts": "",
                "shop/sales/till.ts": "",
                "shop/sales/cart.ts": "",
                "test/shop/stock/crate.ts": "",
                "shop/stock/crate.ts": "",
                "store/dye/vat.ts": "",
            },
            "store/dye/vat.ts",
            "test/dye/vat.ts",
        ),
        (
            {"main.go": "", "checks/tests/main_test.go": "", "go.mod": "module loom\n"},
            "main.go",
            "main_test.go",
        ),
        (
            {
                "test/looms.ts": "",
                "store/looms.ts": "",
                "cypress/e2e/vat.cy.ts": "",
                "dye/vat.ts": "",
            },
            "dye/vat.ts",
            "test/vat.ts",
        ),
    ],
)
def test_a_new_test_stands_where_a_runner_looks(
    files: dict[str, str], unit: str, expected: str
) -> None:
    """Folders are mirrored where a test shows it, and Go has tests in the package's own folder."""
    assert Layout(Snapshot.of(files)).test_file(unit) == expected


@pytest.mark.parametrize(
    ("test", "unit", "held"),
    [
        ("cypress/e2e/looms.cy.ts", "store/looms.ts", False),
        ("test/looms.test.ts", "store/looms.ts", True),
        ("loom/weave_test.go", "loom/weave.go", True),
        ("desk/weave_test.go", "loom/weave.go", False),
        ("tests/integration/test_looms.py", "looms/weave.py", True),
    ],
)
def test_a_test_of_the_whole_application_holds_none_of_a_unit(
    test: str, unit: str, held: bool
) -> None:
    """Nor does one of another package hold a test of a Go package."""
    assert Layout(Snapshot.of({test: "", unit: ""})).may_hold(test, unit) is held


def test_a_test_that_imports_a_unit_and_is_called_after_it_is_its_own() -> None:
    """Some projects say *Test* within a name; it is found by that name alone, too."""
    files = {"test/tide.ts": "", "test/gateTest.ts": "", "store/tide.ts": "", "store/gate.ts": ""}
    layout = Layout(Snapshot.of(files))
    assert layout.test_file("store/gate.ts", ["test/gateTest.ts"]) == "test/gateTest.ts"
    assert layout.test_file("store/gate.ts", ["test/tide.ts"]) == "test/gateTest.ts"


def test_names_that_end_in_tests_are_tests_of_their_unit() -> None:
    """``GateTests.js`` and, in Java, ``TestGate.java``."""
    files = {
        "app/js/Gate.js": "",
        "app/js/Tide.js": "",
        "test/unit/js/GateTests.js": "",
        "test/acceptance/js/HarbourTests.js": "",
    }
    layout = Layout(Snapshot.of(files))
    assert layout.test_file("app/js/Gate.js") == "test/unit/js/GateTests.js"
    assert layout.test_file("app/js/Tide.js") == "test/unit/js/TideTests.js"
    java = {"src/main/java/mill/Stone.java": "", "src/test/java/mill/TestStone.java": ""}
    assert Layout(Snapshot.of(java)).test_file("src/main/java/mill/Stone.java") == (
        "src/test/java/mill/TestStone.java"
    )
