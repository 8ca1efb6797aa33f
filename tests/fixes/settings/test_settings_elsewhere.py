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


CREW = """\
services:
  bow:
    image: crew/bow:2
    environment:
      LOG_LEVEL: debug
      OARS: "4"
    restart: always
  stern:
    image: crew/stern:2
    environment:
      LOG_LEVEL: debug
      OARS: "4"
"""
SITES = """\
server {
    server_name bow.example;
    location /oars/ {
        proxy_pass http://oars:80;
    }
}
server {
    server_name stern.example;
    client_max_body_size 100m;
}
"""


@pytest.mark.parametrize(
    ("fix", "rows"),
    [
        ("Raise OARS of the stern to 8", ['-      OARS: "4"', '+      OARS: "8"']),
        ("In stern, set OARS to 8", ['-      OARS: "4"', '+      OARS: "8"']),
        ("Remove OARS from bow", ['-      OARS: "4"']),
        ("Drop restart from the bow service", ["-    restart: always"]),
        ("LOG_LEVEL: info in bow and stern",
         ["-      LOG_LEVEL: debug", "+      LOG_LEVEL: info",
          "-      LOG_LEVEL: debug", "+      LOG_LEVEL: info"]),
    ],
)  # fmt: skip
def test_a_key_has_an_address(fix: str, rows: list[str]) -> None:
    """The block that is named holds the key, at whatever depth; the quote is of another one."""
    assert changed("compose.yml", CREW, fix, "LOG_LEVEL: debug") == rows


def test_the_key_of_the_other_block_stays() -> None:
    """Only the block that is named changes."""
    found = answer("compose.yml", CREW, "Raise OARS of the stern to 8", "LOG_LEVEL: debug")
    assert not isinstance(found, str)
    head, _, tail = CREW.rpartition('OARS: "4"')
    assert found.edits == {"compose.yml": f'{head}OARS: "8"{tail}'}


@pytest.mark.parametrize(
    "fix",
    [
        "Raise OARS of the stern to 2",
        "Lower OARS of the stern to 8",
        "Set OARS of the mast to 8",
        "Set SAILS of the stern to 8",
        "Remove services from bow",
    ],
)
def test_an_address_without_a_key_changes_nothing(fix: str) -> None:
    """No such block or key, or a value that goes the other way."""
    assert isinstance(answer("compose.yml", CREW, fix, "LOG_LEVEL: debug"), str)


@pytest.mark.parametrize(
    "fix",
    [
        "Set client_max_body_size 10m in bow.example",
        "Add gzip on; to bow.example and stern.example",
    ],
)
def test_a_server_is_known_by_its_name(fix: str) -> None:
    """The directive of another server is not the one that is meant, nor is one of two."""
    said = answer("nginx/site.conf", SITES, fix, "client_max_body_size 100m;")
    assert isinstance(said, str)


MILL = """\
name: mill
on: push
jobs:
  grind:
    runs-on: ubuntu-24.04
    timeout-minutes: 60
    steps:
      - run: make grind
  sift:
    runs-on: ubuntu-24.04
    timeout-minutes: 90
    steps:
      - run: make sift
"""


@pytest.mark.parametrize(
    "fix", ["Raise timeout-minutes of grind to 30", "Lower timeout-minutes of sift to 95"]
)
def test_a_value_does_not_go_the_other_way(fix: str) -> None:
    """Whichever reading writes it, with its key or alone."""
    said = answer(".github/workflows/mill.yml", MILL, fix, "timeout-minutes: 60")
    assert isinstance(said, str)
