"""Statements that are to run in one transaction, a field that a function fills, a dead method."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

CLOSE = """\
import { db } from './db.js';

export async function close(account: string): Promise<void> {
  const open = await db.openBills(account);
  if (open > 0) throw new Error('open bills');
  await db.deleteTags(account);
  await db.markClosed(account);
}

export async function swap(a: string, b: string): Promise<void> {
  const row = await db('claims').where({ id: a }).first();
  await db('claims').where({ id: a }).del();
  await db('claims').insert({ id: b, seat: row.seat });
}

export async function count(a: string): Promise<number> {
  const tags = await db.countTags(a);
  await db.touch(a);
  return tags;
}
"""
BOTH = "await db.deleteTags(account);\n  await db.markClosed(account);"
TAGS = {
    f"  {BOTH}\n": "  await db.transaction(async (tx) => {\n    await tx.deleteTags(account);\n"
    "    await tx.markClosed(account);\n  });\n"
}
SWAPPED = {
    "  await db('claims').where({ id: a }).del();\n"
    "  await db('claims').insert({ id: b, seat: row.seat });\n": (
        "  await db.transaction(async (trx) => {\n"
        "    await trx('claims').where({ id: a }).del();\n"
        "    await trx('claims').insert({ id: b, seat: row.seat });\n  });\n"
    )
}
WRAPS = [
    "Wrap both calls in db.transaction(async (tx) => { … }) and run them on tx",
    "Run deleteTags and markClosed in one db.transaction(async (tx) => …), on tx",
    "Both writes belong in a transaction: db.transaction(async (tx) => { … }), using tx inside",
    "Make the two statements one transaction (db.transaction, tx)",
]
VIEW = """\
export interface SlotView {
  id: string;
}

export interface BarnView {
  id: string;
}

export function toSlotView(slot: Slot): SlotView {
  return { id: slot.id };
}
"""
FILLED = {
    "SlotView {\n  id: string;\n": "SlotView {\n  id: string;\n  endsAt: string;\n",
    "{ id: slot.id }": "{ id: slot.id, endsAt: slot.ends.toISOString() }",
}
FIELDS = [
    "Extend SlotView by endsAt: string and fill it in toSlotView with slot.ends.toISOString()",
    "Add endsAt: string to SlotView and set it to slot.ends.toISOString() in toSlotView",
    "Extend SlotView by endsAt: string and have toSlotView() fill it with slot.ends.toISOString()",
    "Add endsAt: string to the SlotView interface and endsAt: slot.ends.toISOString() to what "
    "toSlotView returns",
]
POOL = """\
import { hostname } from 'node:os';

export class Pool {
  private check(): void {
    verify(this);
  }

  private oldPath(ref: Ref): string {
    return `${hostname()}/${ref.id}`;
  }
}
"""
GONE = {
    "import { hostname } from 'node:os';\n\n": "",
    "\n  private oldPath(ref: Ref): string {\n    return `${hostname()}/${ref.id}`;\n  }\n": "",
}
DEAD = [
    "Get rid of oldPath",
    "oldPath has no caller left and can go",
    "Drop the private method oldPath, which has no caller, and the import that only it needs",
]
LOGGED = """\
export async function sync(port: string, began: number): Promise<void> {
  await fetchTides(port);
  log.info({ port }, 'sync done');
}
"""
CASES = [
    *(Case(fix, fix, CLOSE, TAGS, evidence=BOTH, function="close") for fix in WRAPS),
    Case("named by their last calls", "Put the del and the insert of swap into one "
         "db.transaction(async (trx) => { … }) and run them on trx", CLOSE, SWAPPED,
         evidence="await db('claims').where({ id: a }).del();", function="swap"),
    Case("three are not two", "Wrap both calls in db.transaction(async (tx) => { … })", CLOSE,
         evidence="await db.deleteTags(account);", function="close", refuses="two statements"),
    Case("what is read below", "Run countTags and touch in one db.transaction(async (tx) => …)",
         CLOSE, evidence="await db.touch(a);", function="count", refuses="no longer be known"),
    *(Case(fix, fix, VIEW, FILLED, evidence="return { id: slot.id };", function="toSlotView")
      for fix in FIELDS),
    *(Case(fix, fix, POOL, GONE, evidence="private oldPath(ref: Ref): string {",
           function="Pool.oldPath") for fix in DEAD),
    Case("what is taken away from a call", "Include ms: Date.now() - began in the 'sync done' log "
         "fields", LOGGED, {"{ port }": "{ port, ms: Date.now() - began }"},
         evidence="log.info({ port }, 'sync done');", function="sync"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_wish_is_carried_out(case: Case) -> None:
    """Exactly these lines change, or nothing does."""
    check(case)
