"""In a card what is mended stands before what tests it; the patch file keeps git's order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mendbook.report.index import Index
from mendbook.report.reading_order import in_reading_order
from mendbook.report.sections.issues import issue
from plan_factory import sample_plan


def changed(path: str, old: str = "a", new: str = "b") -> str:
    """Return one file's part of a diff."""
    head = f"diff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n"
    return f"{head}@@ -1 +1 @@\n-{old}\n+{new}\n"


def created(path: str) -> str:
    """Return a new file's part of a diff."""
    head = f"diff --git a/{path} b/{path}\nnew file mode 100644\nindex 000000000000..0d3a27b60808\n"
    return f"{head}--- /dev/null\n+++ b/{path}\n@@ -0,0 +1 @@\n+diff --git a/x b/y\n"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (["cart.handler.test.ts", "cart.handler.ts"], ["cart.handler.ts", "cart.handler.test.ts"]),
        (
            ["CHANGELOG.md", "depot/routes.py", "depot/tests/test_routes.py", "depot/tolls.py"],
            ["depot/routes.py", "depot/tolls.py", "CHANGELOG.md", "depot/tests/test_routes.py"],
        ),
        (
            ["Cargo.lock", "Cargo.toml", "src/tide.rs", "tests/tide.rs"],
            ["Cargo.toml", "src/tide.rs", "tests/tide.rs", "Cargo.lock"],
        ),
        (["go.sum", "ledger.go", "ledger_test.go"], ["ledger.go", "ledger_test.go", "go.sum"]),
        (
            ["app/LoanIT.java", "docs/loans.rst", "k8s/loans.yaml"],
            ["k8s/loans.yaml", "docs/loans.rst", "app/LoanIT.java"],
        ),
        (["spec/herd_spec.rb", "lib/herd.rb"], ["lib/herd.rb", "spec/herd_spec.rb"]),
    ],
    ids=["typescript", "python", "rust", "go", "java", "ruby"],
)
def test_code_comes_first_then_documents_tests_and_locks(given: list[str], read: list[str]) -> None:
    """Each file's part moves whole, and alike ones keep git's order."""
    assert in_reading_order("".join(map(changed, given))) == "".join(map(changed, read))


def test_a_line_of_a_file_that_looks_like_a_head_is_no_head() -> None:
    """A test that holds a diff is one part, and a name with letters git quotes is read."""
    quoted = 'diff --git "a/tests/\\303\\251t\\303\\251.py" "b/tests/\\303\\251t\\303\\251.py"\n'
    diff = quoted + created("tests/made_of_diffs.py") + changed("vats/fill.py")
    assert in_reading_order(diff) == (
        changed("vats/fill.py") + quoted + created("tests/made_of_diffs.py")
    )


@pytest.mark.parametrize(
    "diff",
    ["", "no diff at all", changed("tests/one.py"), "--- a/tests/b.py\n+++ b/tests/b.py\n"],
    ids=["empty", "prose", "one file", "without git's heads"],
)
def test_what_has_no_two_files_stays(diff: str) -> None:
    """Nothing is moved where there is nothing to move."""
    assert in_reading_order(diff) == diff


def test_a_card_shows_the_repair_before_its_new_test() -> None:
    """The card can still hand out the whole patch, whose files stand in another order there."""
    plan = sample_plan()
    item = plan.remediations[4]
    diff = created("bread/oven.test.ts") + changed("bread/oven.ts", "heat(300)", "heat(230)")
    patch = replace(item.patch, diff=diff, name="005-oven.patch")
    touched = ("bread/oven.test.ts", "bread/oven.ts")
    card = issue(replace(item, patch=patch, files_touched=touched), Index.of(plan))
    assert "- `bread/oven.ts`\n- `bread/oven.test.ts`\n" in card
    assert card.index("+heat(230)") < card.index("b/bread/oven.test.ts")
    assert "```diff 005-oven.patch\n" in card
