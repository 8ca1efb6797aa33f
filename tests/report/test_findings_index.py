"""The index of findings names for each the file that it is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mendbook.report.sections.findings_index import findings_index
from plan_factory import sample_plan


@pytest.mark.parametrize(
    ("named", "touched", "shown"),
    [
        # a patch touches files in the order of their names: a test, a caller, then the place
        (("stock/shelf.py",), ("docs/a.md", "stock/shelf.py", "tests/a.py"), "stock/shelf.py"),
        # of several that the finding names, the first that the patch touches
        (("mill.go", "silo.go"), ("cmd.go", "silo.go"), "silo.go"),
        # a patch elsewhere: the finding is still about its own file
        (("web/Cart.vue",), ("web/cart.ts",), "web/Cart.vue"),
        # the finding names none that is there
        ((), ("ops/Dockerfile",), "ops/Dockerfile"),
        ((), (), "—"),
    ],
)
def test_the_file_of_a_row_is_the_one_that_the_finding_names(
    named: tuple[str, ...], touched: tuple[str, ...], shown: str
) -> None:
    """Who looks for a finding looks for its file, not for the first that its patch touches."""
    plan = sample_plan()
    item = replace(plan.remediations[0], files_touched=touched)
    facts = tuple(
        replace(each, files=named) if each.finding_id == item.finding_id else each
        for each in plan.facts
    )
    changed = replace(plan, remediations=(item, *plan.remediations[1:]), facts=facts)
    row = findings_index(changed)[-1].splitlines()[2]
    assert row.split(" | ")[9].strip("`") == shown
