"""A plan as frames: one row for each record, also where there is none."""

from __future__ import annotations

import pytest

from hostile import EVERYTHING
from mendbook.report import tables
from plan_factory import PRS, ROWS, SPRINTS, empty_plan, sample_plan

ROWS_EXPECTED = {
    "findings": len(ROWS),
    "priorities": len(ROWS),
    "remediations": len(ROWS),
    "pull_requests": len(PRS),
    "sprints": len(SPRINTS),
    "advice": 1,
}


@pytest.mark.parametrize("name", ROWS_EXPECTED)
def test_every_record_is_a_row(name: str) -> None:
    """A frame has a row for each record, and its columns also when it has none."""
    whole, empty = tables.FRAMES[name](sample_plan()), tables.FRAMES[name](empty_plan())
    assert len(whole) == ROWS_EXPECTED[name]
    assert len(empty) == 0
    assert set(empty.columns) <= set(whole.columns)


def test_a_frame_as_markdown() -> None:
    """Numbers stand right, text is escaped, and what is missing is a dash."""
    written = tables.as_markdown(tables.sprints(sample_plan())).splitlines()
    assert written[:3] == [
        "| sprint | focus | prs | hours | capacity | load |",
        "| --: | --- | --- | --: | --: | --: |",
        "| 1 | Critical fixes | 1, 2 | 8 | 10 | 0.8 |",
    ]


def test_no_cell_of_a_csv_is_a_formula() -> None:
    """A spreadsheet that opens a plan runs nothing."""
    written = tables.as_csv(tables.pull_requests(sample_plan("=1+1")))
    assert ",'=1+1fix(seat): check who takes a seat=1+1," in written
    assert "\x00" not in tables.as_csv(tables.findings(sample_plan(EVERYTHING)))
