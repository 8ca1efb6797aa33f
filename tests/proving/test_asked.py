"""An edit is shown to do what was asked only where a contract holds at its own place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mendbook.fixes.recipe import asking
from mendbook.model import (
    Asked,
    AskedStatus,
    Contract,
    Evidence,
    EvidenceStatus,
    FindingFacts,
    Operation,
)
from mendbook.proving.asked import judge_asked
from mendbook.repository.snapshot import Snapshot

VISITS = "clinic/visits.ts"
BOOKING = """\
import { z } from "zod";

export const visitForm = z.object({
  patient: z.string(),
  reason: z.string(),
  minutes: z.number(),
});

export const noteForm = z.object({
  visit: z.string(),
  reason: z.string(),
});
"""
LIMIT = Contract(
    Operation.ADD,
    VISITS,
    "add `.max(200)` to the field `reason` of `visitForm`",
    start_line=5,
    end_line=5,
    adds=(".max(200)",),
)
LOANS = "library/loans.py"
LENDING = """\
import logging

log = logging.getLogger(__name__)


def remind(members, mailer):
    for member in members:
        try:
            mailer.send(member.address, 14 * 24 * 3600)
        except OSError:
            log.warning("no mail to %s", member.address)


def close(desk):
    desk.flush()
"""


def asked(path: str, old: str, new: str, *contracts: Contract, fix: str = "") -> Asked:
    """Return what is said of ``new`` as an edit of ``old`` under ``contracts``."""
    finding = asking("It is so", fix, path)
    facts = FindingFacts("EX-1", (path,))
    return judge_asked(finding, facts, Snapshot.of({path: old}), {path: new}, contracts)


def visits(old: str, new: str, *contracts: Contract) -> Asked:
    """Return what is said of the booking form with ``old`` replaced by ``new``, once."""
    return asked(VISITS, BOOKING, BOOKING.replace(old, new, 1), *contracts)


def test_a_byte_order_mark_belongs_to_no_line() -> None:
    """An import above the first statement moves the mark, and changes nothing there."""
    old = "\ufeffexport const seed = () => {\n  return Math.random();\n};\n"
    body = "export const seed = () => {\n  return randomInt(9);\n};\n"
    new = '\ufeffimport { randomInt } from "node:crypto";\n\n' + body
    contract = Contract(
        Operation.REPLACE, VISITS, "use randomInt", start_line=2, end_line=2, adds=("randomInt(9)",)
    )
    assert asked(VISITS, old, new, contract).status is AskedStatus.SHOWN


def test_what_was_read_and_done_is_shown() -> None:
    """The counts rose at the place, and nothing else changed."""
    done = visits("reason: z.string()", "reason: z.string().max(200)", LIMIT)
    assert done == Asked(AskedStatus.SHOWN, f"read as: {LIMIT.read_as}", 1)
    assert done.words == "shown"


@pytest.mark.parametrize(
    "written",
    [
        "z.string().max( 200 )",
        "z\n    .string()\n    .max(\n      200,\n    )",
        "z.string().max(200)//x",
    ],
)
def test_layout_comments_and_trailing_commas_do_not_count(written: str) -> None:
    """Code is compared token by token, however it is laid out."""
    assert visits("reason: z.string()", f"reason: {written}", LIMIT).status is AskedStatus.SHOWN


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        pytest.param(
            "  visit: z.string(),\n  reason: z.string()",
            "  visit: z.string(),\n  reason: z.string().max(200)",
            "line 11 of clinic/visits.ts",
            id="the sibling of the same name",
        ),
        pytest.param(
            "z.string(),\n  minutes", "z.string(), // .max(200)\n  minutes", "", id="comment"
        ),
        pytest.param(
            "reason: z.string()", 'reason: z.string().describe(".max(200)")', "", id="in a string"
        ),
        pytest.param("reason: z.string()", "reason: z.string().max(2000)", "", id="other number"),
        pytest.param(
            "reason: z.string()",
            "// eslint-disable-next-line\n  reason: z.string().max(200)",
            "silences a check",
            id="suppression",
        ),
        pytest.param(
            "  reason: z.string(),\n  minutes: z.number()",
            "  reason: z.string().max(200),\n  minutes: z.number().int()",
            "line 5",
            id="more than its place",
        ),
    ],
)
def test_what_is_not_done_at_the_place_is_not_shown(old: str, new: str, why: str) -> None:
    """The right edit of a sibling, a comment, another value and a silenced check show nothing."""
    verdict = visits(old, new, LIMIT)
    assert verdict.status is AskedStatus.NOT_SHOWN
    assert why in verdict.why


def test_half_of_a_fix_is_partial_and_says_which_half() -> None:
    """What is lacking is named, beside how much holds."""
    count = Contract(
        Operation.ADD,
        LOANS,
        "count the failure and raise",
        start_line=10,
        end_line=11,
        adds=("failures.inc()", "raise"),
        open=("add an alert on it",),
    )
    half = LENDING.replace(
        "member.address)\n\n", "member.address)\n            failures.inc()\n\n", 1
    )
    done = asked(LOANS, LENDING, half, count)
    assert done.status is AskedStatus.PARTIAL
    assert done.words == "1 of 3 (`raise` is missing; still open: add an alert on it)"


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("14 * 24 * 3600", AskedStatus.SHOWN),
        ("1_209_600", AskedStatus.SHOWN),
        ("7 * 24 * 3600", AskedStatus.PARTIAL),
    ],
)
def test_a_named_constant_has_the_value_that_it_replaces(value: str, status: AskedStatus) -> None:
    """The same number may be spelled otherwise; another number is another program."""
    named = Contract(
        Operation.EXTRACT,
        LOANS,
        "name the term `TERM_SECONDS`",
        start_line=9,
        end_line=9,
        adds=("TERM_SECONDS",),
        removes=("14 * 24 * 3600",),
        values={"TERM_SECONDS": "14 * 24 * 3600"},
    )
    new = LENDING.replace("14 * 24 * 3600", "TERM_SECONDS").replace(
        "\n\n\ndef remind", f"\nTERM_SECONDS = {value}\n\n\ndef remind"
    )
    done = asked(LOANS, LENDING, new, named)
    assert done.status is status
    if status is AskedStatus.PARTIAL:
        assert done.unmet == ("`TERM_SECONDS` is `7 * 24 * 3600` and not `14 * 24 * 3600`",)


def test_a_removal_that_empties_the_body_around_it_is_not_shown() -> None:
    """A function that did something and now does nothing is a person's to judge."""
    drop = Contract(
        Operation.REMOVE, LOANS, "remove `desk.flush()`", 14, 15, removes=("desk.flush()",)
    )
    done = asked(LOANS, LENDING, LENDING.replace("desk.flush()", "pass"), drop)
    assert done.status is AskedStatus.NOT_SHOWN
    assert done.why == "it leaves a body in library/loans.py empty, which no fix may do"


def test_a_fix_that_drops_a_test_is_not_shown() -> None:
    """A test goes only where a person says so."""
    path = "tests/parcel.test.js"
    old = 'it("weighs", () => {\n  weigh(1);\n});\n\nit("labels", () => {\n  label();\n});\n'
    new = old.split("\n\n")[0] + "\n"
    edit = Contract(Operation.REMOVE, path, "remove `label()`", removes=("label()",))
    done = asked(path, old, new, edit)
    assert done.why == "it takes 1 test out of tests/parcel.test.js, which no fix may do"


def test_moving_a_statement_keeps_every_token() -> None:
    """A move changes the order and nothing else."""
    path, old = "depot/route.go", "package depot\n\nfunc F() {\n\tlock()\n\tload()\n\tsend()\n}\n"
    move = Contract(Operation.MOVE, path, "move `load()` before `lock()`", 3, 7, adds=("load()",))
    swapped = old.replace("\tlock()\n\tload()", "\tload()\n\tlock()")
    assert asked(path, old, swapped, move).status is AskedStatus.SHOWN
    assert asked(path, old, old.replace("\tload()\n", ""), move).status is AskedStatus.NOT_SHOWN


def test_imports_and_new_tests_come_along_and_other_files_do_not() -> None:
    """An import anywhere and a test that grows belong to a fix; another module does not."""
    before = Snapshot.of({VISITS: BOOKING, "clinic/staff.ts": "export const a = 1;\n"})
    call = replace(LIMIT, adds=("clamp(z.string())",), removes=())
    text = BOOKING.replace("reason: z.string()", "reason: clamp(z.string())", 1).replace(
        '"zod";', '"zod";\nimport { clamp } from "./clamp";', 1
    )
    finding, facts = asking("It is so", "", VISITS), FindingFacts("EX-1", (VISITS,))
    edits: dict[str, str | None] = {VISITS: text, "clinic/visits.test.ts": "it('x', f);\n"}
    done = judge_asked(finding, facts, before, edits, (call,))
    assert done.status is AskedStatus.SHOWN
    more = judge_asked(finding, facts, before, {**edits, "clinic/staff.ts": ""}, (call,))
    assert more.why == "it changes line 1 of clinic/staff.ts, which is not what was asked about"


@pytest.mark.parametrize(
    ("fix", "status", "why"),
    [
        (
            "Log `member.id`, not the address",
            AskedStatus.CONSISTENT,
            "what the fix names stands in the changed lines, "
            "and what the finding quotes has changed",
        ),
        (
            "Count it in `mail_failures`",
            AskedStatus.NOT_SHOWN,
            "the fix names `mail_failures`, not in the changed lines",
        ),
        (
            "Be more careful",
            AskedStatus.NOT_SHOWN,
            "the fix names no code that the edit could be held to",
        ),
    ],
)
def test_without_a_contract_an_edit_is_at_most_consistent(
    fix: str, status: AskedStatus, why: str
) -> None:
    """What the text names must stand in the changed lines, and the evidence must have changed."""
    edits: dict[str, str | None] = {LOANS: LENDING.replace('s", member.address', 's", member.id')}
    at = Evidence(EvidenceStatus.VERBATIM, LOANS, 11, 11)
    facts = FindingFacts("EX-1", (LOANS,), evidence=at)
    before = Snapshot.of({LOANS: LENDING})
    done = judge_asked(asking("Leaks", fix, LOANS), facts, before, edits)
    assert done == Asked(status, why)
    elsewhere = replace(facts, evidence=replace(at, line=15, end_line=15))
    other = judge_asked(asking("Leaks", fix, LOANS), elsewhere, before, edits)
    assert other.status is AskedStatus.NOT_SHOWN
