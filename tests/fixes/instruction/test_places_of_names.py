"""Where what a text adds belongs: the check of the very call, the import that is there already."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

TIDES = """\
package tides

func (t *Table) Heights(ctx context.Context, port int) ([]int, error) {
	tx, err := t.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, "SELECT height FROM tides WHERE port = ?", port)
	if err != nil {
		return nil, err
	}

	var heights []int
	for rows.Next() {
		var height int
		if err := rows.Scan(&height); err != nil {
			return nil, err
		}
		heights = append(heights, height)
	}
	return heights, rows.Err()
}
"""
GATES = """\
from fastapi import APIRouter

from ...core.settings import settings
from ...core.tickets import (
    MAX_AGE,
    check_ticket,
    open_gate,
)

router = APIRouter()


async def enter(code, db):
    return await check_ticket(code, db)
"""
TICKETS = """\
MAX_AGE = 3


class TicketKind:
    DAY = "day"


async def check_ticket(code, kind, db):
    return code


def open_gate():
    return None
"""
QUAY = """\
from ..harbour.berths import Berth


def moor(ship):
    return Berth(ship)
"""

CASES = [
    Case(
        "a deferred close stands behind the check of what it closes",
        "Add `defer rows.Close()` after the error check of the query.",
        TIDES,
        {'port = ?", port)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n':
         'port = ?", port)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\tdefer rows.Close()\n'},
        function="Table.Heights",
        evidence="var heights []int\n\tfor rows.Next() {",
        path="tides/table.go",
    ),
    Case(
        "another deferred call stands behind its own check",
        "Add `defer tx.Rollback()` after the error check.",
        TIDES,
        {"BeginTx(ctx, nil)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n":
         "BeginTx(ctx, nil)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n"
         "\tdefer tx.Rollback()\n"},
        function="Table.Heights",
        evidence="return heights, rows.Err()",
        path="tides/table.go",
    ),
    Case(
        "a name joins the relative import of its module, on a line of its own",
        "`return await check_ticket(code, TicketKind.DAY, db)` and import `TicketKind`.",
        GATES,
        {"    MAX_AGE,\n": "    MAX_AGE,\n    TicketKind,\n",
         "check_ticket(code, db)": "check_ticket(code, TicketKind.DAY, db)"},
        function="enter",
        evidence="return await check_ticket(code, db)",
        path="src/app/api/v1/gates.py",
        files={"src/app/core/tickets.py": TICKETS, "src/app/core/settings.py": "settings = 1\n"},
    ),
    Case(
        "a module that is not imported yet is named as its neighbours are",
        "Replace `Berth(ship)` with `Berth(draught(ship))`.",
        QUAY,
        {"from ..harbour.berths import Berth\n": "from ..harbour.berths import Berth\n"
         "from ..harbour.depths import draught\n",
         "return Berth(ship)": "return Berth(draught(ship))"},
        function="moor",
        evidence="return Berth(ship)",
        path="port/quays/moor.py",
        files={
            "port/harbour/berths.py": "class Berth:\n    pass\n",
            "port/harbour/depths.py": "def draught(ship):\n    return ship\n",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_added_stands_where_it_belongs(case: Case) -> None:
    """The whole new text of the file is what a person would have written."""
    check(case)
