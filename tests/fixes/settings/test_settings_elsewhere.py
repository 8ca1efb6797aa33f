"""Rules for settings that no other case comes to: images in several lines, rows that refer."""

from __future__ import annotations

import pytest
from test_settings_reader import answer, changed

IMAGE = """\
FROM python:3.12-slim
RUN apt-get update && \\
    apt-get install --yes tide-tools
COPY . /ferry
CMD ["python", "-m", "ferry"]
"""
TABLES = """\
CREATE TABLE orchard (
  id INTEGER PRIMARY KEY
);

CREATE TABLE tree (
  id INTEGER PRIMARY KEY,
  orchard_id INTEGER NOT NULL REFERENCES orchard (id),
  kind TEXT REFERENCES kinds ON DELETE SET NULL
);
"""


def test_a_line_goes_behind_an_instruction_of_several_lines() -> None:
    """The lines that end in a backslash are one instruction."""
    fix = "Add `USER ferry` after the `RUN` instruction."
    assert changed("Dockerfile", IMAGE, fix) == ["+USER ferry"]
    said = answer("Dockerfile", IMAGE, fix)
    assert not isinstance(said, str)
    assert "tide-tools\nUSER ferry\nCOPY" in (said.edits["Dockerfile"] or "")


def test_what_a_row_refers_to_takes_it_along() -> None:
    """The clause stands behind what the column refers to."""
    fix = "Add `ON DELETE CASCADE` to `tree.orchard_id`."
    assert changed("db/schema.sql", TABLES, fix) == [
        "-  orchard_id INTEGER NOT NULL REFERENCES orchard (id),",
        "+  orchard_id INTEGER NOT NULL REFERENCES orchard (id) ON DELETE CASCADE,",
    ]


@pytest.mark.parametrize("column", ["tree.kind", "tree.id"])
def test_a_column_that_says_so_or_refers_to_nothing_stays(column: str) -> None:
    """Neither a second clause nor one without a reference is written."""
    said = answer("db/schema.sql", TABLES, f"Add `ON DELETE CASCADE` to `{column}`.")
    assert said == f"what {column} refers to is not declared in its line"
