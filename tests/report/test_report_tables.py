"""A plan as frames: one row for each record, also where there is none."""

from __future__ import annotations

import pytest

from mendbook.report import tables
from plan_factory import PRS, ROWS, empty_plan, sample_plan

ROWS_EXPECTED = {
    "findings": len(ROWS),
    "priorities": len(ROWS),
    "remediations": len(ROWS),
    "pull_requests": len(PRS),
    "advice": 1,
}


@pytest.mark.parametrize("name", ROWS_EXPECTED)
def test_every_record_is_a_row(name: str) -> None:
    """A frame has a row for each record, and its columns also when it has none."""
    whole, empty = getattr(tables, name)(sample_plan()), getattr(tables, name)(empty_plan())
    assert len(whole) == ROWS_EXPECTED[name]
    assert len(empty) == 0
    assert set(empty.columns) <= set(whole.columns)
