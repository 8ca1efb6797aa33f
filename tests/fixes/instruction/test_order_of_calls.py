"""Which of two calls comes first, whatever the words of the order."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check, propose

from mendbook.model import Skipped

PRESS = """import { ledger, courier } from './parts';

export async function print(job: { id: string; to: string }): Promise<void> {
  const sheet = await ledger.open(job.id);
  await courier.announce(job.to, job.id);
  await ledger.settle(job.id);
  sheet.close();
}
"""
CELLAR = """def fill(rack, bottle, board):
    board.show(bottle.label)
    rack.place(bottle)
    return rack.count()
"""
TAXI = """export function hail(cab: Cab, meter: Meter, id: string) {
  meter.start(id);
  cab.lock();
  return id;
}
"""
BAKERY = """package bakery

func Bake(oven Oven, bell Bell, tray int) error {
	bell.Ring(tray)
	oven.Shut(tray)
	return nil
}
"""
USED = """export async function sow(field: Field, seed: Seed) {
  const row = await field.plough(seed.kind);
  await seed.drop(row);
}
"""
PRINTED = {
    "  await courier.announce(job.to, job.id);\n  await "
    "ledger.settle(job.id);": "  await ledger.settle(job.id);\n  await courier.announce(job.to, "
    "job.id);"
}
SHOWN = {
    "    board.show(bottle.label)\n    "
    "rack.place(bottle)\n": "    rack.place(bottle)\n    board.show(bottle.label)\n"
}
EVIDENCE = "  await courier.announce(job.to, job.id);\n  await ledger.settle(job.id);"
CASES = [
    Case(
        "first and only then",
        "Call ledger.settle first and courier.announce only once that has worked",
        PRESS,
        PRINTED,
        evidence=EVIDENCE,
        function="print",
    ),
    Case(
        "only when that is through",
        "Do ledger.settle first, and courier.announce only when that is through",
        PRESS,
        PRINTED,
        evidence=EVIDENCE,
        function="print",
    ),
    Case(
        "comes too early",
        "courier.announce comes too early: ledger.settle has to be through by then",
        PRESS,
        PRINTED,
        evidence=EVIDENCE,
        function="print",
    ),
    Case(
        "must not run before",
        "courier.announce must not run before ledger.settle",
        PRESS,
        PRINTED,
        evidence=EVIDENCE,
        function="print",
    ),
    Case(
        "wait for",
        "courier.announce has to wait for ledger.settle",
        PRESS,
        PRINTED,
        evidence=EVIDENCE,
        function="print",
    ),
    Case(
        "the other way round",
        "ledger.settle, then courier.announce, and not the other way round",
        PRESS,
        PRINTED,
        evidence=EVIDENCE,
        function="print",
    ),
    Case(
        "precede",
        "rack.place should precede board.show",
        CELLAR,
        SHOWN,
        evidence="    board.show(bottle.label)\n    rack.place(bottle)\n",
        function="fill",
        path="cellar.py",
    ),
    Case(
        "last",
        "board.show belongs last, behind rack.place",
        CELLAR,
        SHOWN,
        evidence="    board.show(bottle.label)\n    rack.place(bottle)\n",
        function="fill",
        path="cellar.py",
    ),
    Case(
        "follow",
        "board.show ought to follow rack.place",
        CELLAR,
        SHOWN,
        evidence="    board.show(bottle.label)\n    rack.place(bottle)\n",
        function="fill",
        path="cellar.py",
    ),
    Case(
        "not until",
        "meter.start should not happen until cab.lock is done",
        TAXI,
        {"  meter.start(id);\n  cab.lock();": "  cab.lock();\n  meter.start(id);"},
        evidence="  meter.start(id);\n  cab.lock();",
        function="hail",
    ),
    Case(
        "lock the cab first",
        "cab.lock() goes first, meter.start() second",
        TAXI,
        {"  meter.start(id);\n  cab.lock();": "  cab.lock();\n  meter.start(id);"},
        evidence="  meter.start(id);\n  cab.lock();",
        function="hail",
    ),
    Case(
        "in Go",
        "Only ring with bell.Ring once oven.Shut has run",
        BAKERY,
        {"\tbell.Ring(tray)\n\toven.Shut(tray)": "\toven.Shut(tray)\n\tbell.Ring(tray)"},
        evidence="\tbell.Ring(tray)\n\toven.Shut(tray)",
        function="Bake",
        path="bakery.go",
    ),
    Case(
        "so already",
        "Call courier.announce first and ledger.settle only when that is through",
        PRESS,
        refuses="no single edit",
        evidence=EVIDENCE,
        function="print",
    ),
    Case(
        "one needs the other",
        "Call seed.drop first and field.plough only when that is through",
        USED,
        refuses="no single edit",
        evidence="  const row = await field.plough(seed.kind);\n  await seed.drop(row);",
        function="sow",
    ),
    Case(
        "a condition",
        "Call ledger.settle first and courier.announce only if that returns true",
        PRESS,
        refuses="no single edit",
        evidence=EVIDENCE,
        function="print",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda one: one.name)
def test_order_of_calls(case: Case) -> None:
    """Two statements change places where the text tells surely which call comes first."""
    check(case)


@pytest.mark.parametrize(
    ("fix", "case"),
    [
        ("Announce the job only after ledger.settle(job.id) has gone through", "press"),
        ("Settle first, then announce", "press"),
        ("The courier has to wait until the ledger is through", "press"),
        ("Place the bottle first, then show it on the board", "cellar"),
        ("Move the board below the rack", "cellar"),
    ],
)
def test_calls_are_known_by_their_words(fix: str, case: str) -> None:
    """Of two calls that are quoted, a word that only one of them has means that one."""
    if case == "press":
        check(Case(fix, fix, PRESS, PRINTED, evidence=EVIDENCE, function="print"))
        return
    quote = "    board.show(bottle.label)\n    rack.place(bottle)"
    check(Case(fix, fix, CELLAR, SHOWN, evidence=quote, function="fill", path="cellar/rack.py"))


@pytest.mark.parametrize(
    "fix",
    [
        "Remove the courier, the ledger is enough",
        "The courier is told before the ledger",
        "Do not settle the ledger after the courier",
        "Tell the courier and the ledger",
    ],
)
def test_words_that_give_no_order_move_nothing(fix: str) -> None:
    """What is to go, how it is now, and what is forbidden are no order of calls."""
    answer = propose(Case(fix, fix, PRESS, evidence=EVIDENCE, function="print"))
    assert isinstance(answer, Skipped)
