"""Gates: what failed is read out of real tools' words, and only what is new counts."""

from __future__ import annotations

import pytest

from mendbook.errors import UsageError
from mendbook.model import CheckStatus, Rung
from mendbook.proving.failures import failures, passed_tests, plain_output
from mendbook.proving.gates import GATES, Gate, GateRun, judge, parse_gates

TSC = """
> server@1.0.0 typecheck
src/a.ts(3,7): error TS2322: Type 'string' is not assignable to type 'number'.
src/b.ts:12:1 - error TS2304: Cannot find name 'x'.
"""
ESLINT = """
/scratch/tree/src/a.ts
   3:7   error    'x' is assigned a value but never used  no-unused-vars
  10:1   warning  Unexpected console statement            no-console

✖ 2 problems (1 error, 1 warning)
"""
VITEST = """
 RUN  v3.2.4 /scratch/tree

 \x1b[32m✓\x1b[39m tests/ok.test.ts (66 tests) 5ms
 ❯ tests/a.test.ts (2 tests | 1 failed) 12ms
   × pool > restarts a worker 9ms

 FAIL  tests/a.test.ts > pool > restarts a worker
AssertionError: expected 1 to be 2

 Test Files  1 failed | 1 passed (2)
      Tests  1 failed | 67 passed (68)
"""


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (
            TSC,
            (
                "src/a.ts: TS2322: Type 'string' is not assignable to type 'number'.",
                "src/b.ts: TS2304: Cannot find name 'x'.",
            ),
        ),
        (
            ESLINT,
            ("src/a.ts: 'x' is assigned a value but never used no-unused-vars",),
        ),
        (VITEST, ("tests/a.test.ts > pool > restarts a worker",)),
        ("not ok 3 - closes the socket\n", ("closes the socket",)),
        ("✖ closes the socket (12.5ms)\n", ("closes the socket",)),
        ('✘ [ERROR] Could not resolve "x"\n', ('Could not resolve "x"',)),
        (
            "FAILED tests/test_a.py::test_level[2] - assert 1 == 2\nERROR tests/test_b.py\n"
            "1 failed, 2 passed in 0.12s\n",
            ("tests/test_a.py::test_level[2]", "tests/test_b.py"),
        ),
        (
            'app/a.py:3: error: Name "x" is not defined  [name-defined]\n'
            "Found 1 error in 1 file (checked 2 source files)\n",
            ('app/a.py: Name "x" is not defined  [name-defined]',),
        ),
        (
            "F401 [*] `os` imported but unused\n --> app/a.py:1:8\n  |\n1 | import os\n",
            ("app/a.py: F401 `os` imported but unused",),
        ),
        (
            "app/a.py:1:8: F401 'os' imported but unused\n",
            ("app/a.py: F401 'os' imported but unused",),
        ),
        ("--- FAIL: TestLevel/low (0.00s)\nFAIL\n", ("TestLevel/low",)),
        ("./tide.go:3:2: undefined: x\n", ("./tide.go: undefined: x",)),
        ("test tests::level ... FAILED\n", ("tests::level",)),
        ("error[E0308]: mismatched types\n", ("error[E0308]: mismatched types",)),
        (
            "[ERROR] /x/src/A.java:[3,4] cannot find symbol\n[ERROR] ATest.level:12 expected 1\n",
            ("/x/src/A.java cannot find symbol", "ATest.level expected 1"),
        ),
        ("TideTest > level() FAILED\n", ("TideTest > level()",)),
        ("Segmentation fault\n", ()),
    ],
    ids=[
        *("tsc", "eslint", "vitest", "tap", "node:test", "esbuild", "pytest", "mypy", "ruff"),
        *("flake8", "go test", "go vet", "cargo", "rustc", "maven", "gradle", "unknown"),
    ],
)
def test_failures_are_named_without_lines_and_times(output: str, expected: tuple[str, ...]) -> None:
    """Each tool's failures come out as names that stay the same when lines and times change."""
    assert failures(plain_output(output, "/scratch/tree")) == expected


def test_the_number_of_passed_tests_is_read() -> None:
    """Vitest's and Jest's closing lines give the number of passed tests, others nothing."""
    assert passed_tests(VITEST) == 67
    assert passed_tests("Tests:       85 passed, 85 total") == 85
    assert passed_tests("==== 3 failed, 12 passed, 1 skipped in 0.42s ====") == 12
    assert passed_tests("test result: ok. 4 passed; 0 failed\ntest result: ok. 2 passed;") == 6
    assert passed_tests("all good") is None


def run(code: int | None, *failed: str, reason: str = "") -> GateRun:
    """Return a run of the test gate."""
    return GateRun(Rung.TESTS, code, failed, log="the log", reason=reason)


@pytest.mark.parametrize(
    ("tried", "untouched", "before", "status", "detail"),
    [
        (run(0), run(1, "old"), None, CheckStatus.PASS, ""),
        (run(1, "new"), run(0), None, CheckStatus.FAIL, "new"),
        (run(1), run(0), None, CheckStatus.FAIL, "the log"),
        (
            run(1, "old"),
            run(1, "old"),
            None,
            CheckStatus.PASS,
            "nothing new fails; 1 failed before",
        ),
        (run(1, "old", "old"), run(1, "old"), None, CheckStatus.FAIL, "old"),
        (run(1, "b"), run(0), run(1, "b"), CheckStatus.PASS, "nothing new fails; 1 failed before"),
        (
            run(1),
            run(1, "old"),
            None,
            CheckStatus.NOT_RUN,
            "it fails without the change too, and its output does not name what fails",
        ),
        (run(None, reason="it hung"), run(0), None, CheckStatus.NOT_RUN, "it hung"),
        (
            run(1, "x"),
            run(None, reason="it hung"),
            None,
            CheckStatus.NOT_RUN,
            "it fails, and what failed before is not known\nthe log",
        ),
    ],
)
def test_a_gate_passes_when_nothing_new_fails(
    tried: GateRun,
    untouched: GateRun,
    before: GateRun | None,
    status: CheckStatus,
    detail: str,
) -> None:
    """Old failures do not count, new ones do, and what cannot be told is not a pass."""
    check = judge(tried, untouched, before)
    assert (check.name, check.status, check.detail) == ("tests", status, detail)


def test_gates_are_chosen_and_renamed_by_name() -> None:
    """``--gates`` takes the four names, each with another script if wanted; order stays."""
    assert parse_gates("") == GATES
    assert parse_gates("test=test:unit, typecheck") == (
        Gate(Rung.TYPECHECKS, "typecheck"),
        Gate(Rung.TESTS, "test:unit"),
    )
    with pytest.raises(UsageError, match="choose from typecheck, lint, test, build"):
        parse_gates("tests")
