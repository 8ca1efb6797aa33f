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
    ],
)
def test_a_new_test_is_where_the_runner_finds_it(
    files: dict[str, str], unit: str, expected: str
) -> None:
    """End-to-end tests give no place to a unit's; a runner that takes only ``.spec`` is heeded."""
    assert Layout(Snapshot.of(files)).test_file(unit) == expected
