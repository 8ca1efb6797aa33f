"""Texts of several things in one file: each of them changes, or nothing surely does."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

POOL = """\
import { hostname } from 'node:os';
import { log } from '../lib/log';
import type { Ship } from './model';

export class Pool {
  private free: Ship[] = [];
  private size: number;

  constructor(private dial: () => Promise<Ship>, size = 4) {
    this.size = size;
  }

  async take(): Promise<Ship> {
    log.debug('take', this.size);
    return this.free.pop() ?? this.dial();
  }

  drop(): void {
    this.free = [];
  }
}

function byBerth(ships: any): Map<string, Ship[]> {
  return new Map(ships);
}

export function limits(zone: Zone) {
  return {
    low: zone.low || 4,
    high: zone.high || 38,
    contact: zone.contact || hostname(),
  };
}
"""
_FIELDS = "private size: number;\n\n  constructor(private dial: () => Promise<Ship>, size = 4) {"
_READONLY = {
    "private size: number;": "private readonly size: number;",
    "private dial:": "private readonly dial:",
}
_ZONE = "low: zone.low || 4,\n    high: zone.high || 38,"
_NULLISH = {"zone.low || 4": "zone.low ?? 4", "zone.high || 38": "zone.high ?? 38"}
_ANY = "function byBerth(ships: any): Map<string, Ship[]> {"
_TYPED = {"ships: any": "ships: readonly Ship[]"}
SEVERAL = [
    *(
        Case(fix, fix, POOL, _READONLY, evidence=_FIELDS, function="Pool")
        for fix in (
            "Mark size and dial as readonly",
            "size and dial can be readonly",
            "`size` and `dial` should be readonly",
        )
    ),
    *(
        Case(fix, fix, POOL, _NULLISH, evidence=_ZONE, function="limits")
        for fix in (
            "Use ?? for low and high; contact stays with ||",
            "For low and high use ?? in place of ||. An empty contact should keep falling back as "
            "it does now",
        )
    ),
    *(
        Case(fix, fix, POOL, _TYPED, evidence=_ANY, function="byBerth")
        for fix in (
            "Type the parameter as readonly Ship[] rather than any",
            "ships should be readonly Ship[], not any",
        )
    ),
]

BERTH = """\
import { z } from 'zod';

export const berth = z.object({
  name: z.string(),
  depth: z.number(),
  crew: z.number().int(),
});
"""
_BERTH = {
    "name: z.string(),": "name: z.string().trim().max(60),",
    "depth: z.number(),": "depth: z.number().min(4).max(45),",
}
FIELDS = [
    Case(fix, fix, BERTH, _BERTH, evidence="name: z.string(),\n  depth: z.number(),")
    for fix in (
        "name: z.string().trim().max(60) and depth: z.number().min(4).max(45)",
        "Tighten them: name: z.string().trim().max(60), depth: z.number().min(4).max(45)",
    )
]

LAMP = """\
export function lamp(state: string): string {
  switch (state) {
    case 'open':
      return 'green';
    case 'shut':
      return 'red';
    default:
      return 'grey';
  }
}
"""
_AMBER = {"    default:\n": "    case 'priming':\n      return 'amber';\n    default:\n"}
CASES = [
    *(
        Case(fix, fix, LAMP, _AMBER, evidence="default:\n      return 'grey';", function="lamp")
        for fix in (
            "Add a case 'priming' that returns 'amber' to the switch",
            "Add case 'priming': return 'amber'",
            "'priming' needs a case of its own that returns 'amber'",
            "The switch lacks a case for 'priming'; return 'amber' there",
            "Return 'amber' for 'priming'",
        )
    ),
    Case("again", "Add a 'shut' case that returns 'amber'", LAMP, refuses="a case for 'shut'",
         evidence="default:", function="lamp"),
]  # fmt: skip

QUAY = '''\
"""Berths."""
import uuid
from typing import Any, Optional

from fastapi import APIRouter, Depends

from quay.roles import pilot_only

router = APIRouter(prefix="/berths")
state: dict[str, Any] = {}


@router.post("/shift", dependencies=[Depends(pilot_only)])
def shift(a: float) -> dict[str, Any]:
    state["a"] = a
    return state


@router.post("/dock")
def dock() -> dict[str, Any]:
    state.clear()
    return state
'''
_UNUSED = {"import uuid\nfrom typing import Any, Optional": "from typing import Any"}
_ROUTE = {'"/dock")': '"/dock", dependencies=[Depends(pilot_only)])'}
PYTHON = [
    *(
        Case(fix, fix, QUAY, _UNUSED, evidence="import uuid\nfrom typing import Any, Optional",
             path="quay/berths.py")
        for fix in (
            "Neither uuid nor Optional is used here: delete both imports",
            "uuid and Optional are never used, drop them",
            "Drop the imports of uuid and Optional",
            "uuid and Optional are imported and never used",
        )
    ),
    *(
        Case(fix, fix, QUAY, _ROUTE, evidence='@router.post("/dock")\ndef dock()', function="dock",
             path="quay/berths.py")
        for fix in (
            "Protect the /dock route by dependencies=[Depends(pilot_only)], as /shift is",
            "/dock needs dependencies=[Depends(pilot_only)] like /shift",
        )
    ),
]  # fmt: skip

ENTER = """\
export async function enter(user: User, id: string): Promise<void> {
  const quay = quays.get(id);
  await ledger.reserve(id);
  await permit.check(user, id);
  log.info({ quay }, 'entered');
}

export function row(reading: Reading, zone: string, wide: boolean): string {
  return wide ? `${reading.a},${reading.b}` : `${reading.a}`;
}

export function conv(c: number): number {
  return c * 2;
}
"""
_LINE = "import { row, conv } from './a';\n\nexport const line = row(r, 'x', true) + conv(2);\n"
_FILES = {"src/b.ts": _LINE}
_TOP = {
    "  const quay": "  await permit.check(user, id);\n  const quay",
    "reserve(id);\n  await permit.check(user, id);": "reserve(id);",
}
OTHERS = [
    *(
        Case(fix, fix, ENTER, _TOP, evidence="await permit.check(user, id);", function="enter")
        for fix in (
            "permit.check has to be the first statement of enter, ahead of ledger.reserve",
            "Move the permit.check call to the top of enter",
            "permit.check should come first in enter",
        )
    ),
    *(
        Case(fix, fix, ENTER, {"zone: string, ": ""}, evidence="export function row(",
             function="row", files=_FILES, others={"src/b.ts": {"'x', ": ""}})
        for fix in (
            "row has no use for `zone`. Take it out of the signature and out of every call",
            "Drop zone from row and its callers",
        )
    ),
    *(
        Case(fix, fix, ENTER, {"function conv(": "function toKnots("},
             evidence="export function conv(c: number): number {", function="conv", files=_FILES,
             others={"src/b.ts": {"row, conv }": "row, toKnots }", "conv(2)": "toKnots(2)"}})
        for fix in (
            "Call it toKnots: rename conv in src/a.ts and in the modules importing it",
            "conv should be called toKnots, in src/b.ts too",
            "Make it readable as toKnots (was: conv)",
        )
    ),
]  # fmt: skip

PARTS = """\
def by_port(cur, port):
    cur.execute("SELECT name FROM boats WHERE port = '%s'" % port)
    return cur.fetchall()
"""
DRIVER = Case(
    "driver",
    'Hand the value to the driver: cur.execute("SELECT name FROM boats WHERE port = %s", (port,))',
    PARTS,
    {"\"SELECT name FROM boats WHERE port = '%s'\" % port":
     '"SELECT name FROM boats WHERE port = %s", (port,)'},
    evidence="cur.execute(\"SELECT name FROM boats WHERE port = '%s'\" % port)",
    function="by_port",
    path="quay/boats.py",
)  # fmt: skip


@pytest.mark.parametrize(
    "case", [*SEVERAL, *FIELDS, *CASES, *PYTHON, *OTHERS, DRIVER], ids=lambda case: case.name
)
def test_each_of_several_changes(case: Case) -> None:
    """What is told of several is done to each, in the words of the people who review code."""
    check(case)
