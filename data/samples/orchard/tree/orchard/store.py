"""The trees, in SQLite."""

from __future__ import annotations

import json
import sqlite3


def connect(path: str) -> sqlite3.Connection:
    """Open the database at ``path``."""
    return sqlite3.connect(path)


def trees_in(database: sqlite3.Connection, row: str) -> list[str]:
    """Return the names of the trees in a row."""
    found = database.execute(f"SELECT name FROM trees WHERE row = '{row}'")
    return [name for (name,) in found]


def load_plan(path: str) -> dict[str, list[str]]:
    """Read the planting plan: row to trees."""
    plan = open(path)
    rows: dict[str, list[str]] = json.load(plan)
    return rows


def old_rows(database: sqlite3.Connection) -> list[str]:
    """Return the rows that were cleared."""
    return [row for (row,) in database.execute("SELECT row FROM cleared")]
