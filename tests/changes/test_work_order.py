"""A finding without a patch gets an order: decide, do, hold, and what is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drawn_records import finding
from mendbook.changes.clauses import alternatives, steps
from mendbook.changes.work_order import work_order
from mendbook.model import (
    Evidence,
    EvidenceStatus,
    FindingFacts,
    Place,
    Said,
    SymbolReferences,
    SymbolStatus,
    WorkOrder,
    WorkPlace,
    WorkStep,
    ground_of,
)
from mendbook.report.index import Index
from mendbook.report.sections.work_order import work_order as written
from mendbook.repository.snapshot import Snapshot
from plan_factory import empty_plan

LEDGER = """class Ledger:
    def post(self, entry):
        self.rows.append(entry)

    def close(self):
        self.rows.clear()


def audit_trail(ledger):
    return ledger.rows
"""
SNAPSHOT = Snapshot.of({"bank/ledger.py": LEDGER, "bank/limits.py": "MAX = 1\n"})


@pytest.mark.parametrize(
    ("fix", "offered"),
    [
        ("Either cache the tariff or load it at start.", ("cache the tariff", "load it at start")),
        ("Use a lock. Alternatively, retry on conflict.", ("Use a lock", "retry on conflict")),
        (
            "Limit uploads to 5 MB or refuse them",
            ("Limit uploads to 5 MB", "refuse them"),
        ),
        (
            "Prune old parcels every hour, or document that depots grow.",
            ("Prune old parcels every hour", "document that depots grow"),
        ),
        ("The ledger is a cache or store of rows", ()),
        ("Return null or undefined", ()),
        ("Check `a or b` before the call", ()),
        ("Validate the header", ()),
    ],
)
def test_alternatives_are_a_choice_of_the_reader(fix: str, offered: tuple[str, ...]) -> None:
    """Only where two things to do are offered is there something to decide."""
    assert alternatives(fix) == offered


@pytest.mark.parametrize(
    ("fix", "clauses"),
    [
        (
            "Validate the dose; refuse above 40 mg. Log the refusal",
            ("Validate the dose", "refuse above 40 mg", "Log the refusal"),
        ),
        ("1. Add `if (a; b)`. 2. Return 400.", ("Add `if (a; b)`", "Return 400")),
        ("- close the port\n- open it again\n", ("close the port", "open it again")),
        ("Use e.g. a queue", ("Use e.g. a queue",)),
        (
            "Ask the tariff first, then the country; then charge",
            ("Ask the tariff first, then the country", "charge"),
        ),
        ("", ()),
    ],
)
def test_steps_are_the_clauses_of_the_fix(fix: str, clauses: tuple[str, ...]) -> None:
    """Numbers and bullets go, and code is never cut."""
    assert steps(fix) == clauses


def test_each_step_stands_beside_the_places_it_names() -> None:
    """Functions and files that a clause names are found; a line gets its function."""
    about = finding(
        "F-1",
        symbols=("Ledger.post",),
        fix="Refuse negative entries in `post`. Read the bound from limits.py.",
        impact="A negative entry empties an account. It happened twice.",
    )
    about = replace(about, places=(Place("bank/ledger.py", line=6),))
    lost = SymbolStatus.MISSING
    missing = SymbolReferences("Teller", lost, "syntax", reason="nothing declares it")
    known = FindingFacts(
        "F-1",
        ("bank/ledger.py",),
        missing=("bank/gone.py",),
        symbols=(missing,),
        evidence=Evidence(EvidenceStatus.ABSENT),
    )
    order = work_order(about, known, SNAPSHOT)
    assert order == WorkOrder(
        steps=(
            WorkStep(
                "Refuse negative entries in `post`",
                (
                    WorkPlace("bank/ledger.py", 6, "Ledger.close"),
                    WorkPlace("bank/ledger.py", 2, "Ledger.post"),
                ),
            ),
            WorkStep("Read the bound from limits.py", (WorkPlace("bank/limits.py"),)),
        ),
        afterwards=(
            Said(
                "`Ledger.post` refuses negative entries.",
                (ground_of("audit: fix"), ground_of("bank/ledger.py:2")),
            ),
            Said(
                "A negative entry does not empty an account.",
                (ground_of("audit: impact"), ground_of("bank/ledger.py:2")),
            ),
        ),
        unknown=(
            "bank/gone.py is not in this commit.",
            "Where `Teller` is used: nothing declares it.",
        ),
    )


@pytest.mark.parametrize("path", ["cart.js", "cart.jsx", "cart.tsx", "cart.ts", "cart.py"])
def test_places_are_found_in_every_language_that_is_read(path: str) -> None:
    """A grammar that lacks a kind of another one is no obstacle."""
    text = "def checkout(): ...\n" if path.endswith("py") else "function checkout() {}\n"
    about = finding("F-1", file=path, fix="Retry `checkout` once")
    order = work_order(about, FindingFacts("F-1", (path,)), Snapshot.of({path: text}))
    assert order.steps == (WorkStep("Retry `checkout` once", (WorkPlace(path, 1, "checkout"),)),)


@pytest.mark.parametrize(
    "steps_told", ["Pour twice; the second jug is empty.", "Two barges ask for lock 4 at once"]
)
def test_the_steps_of_the_audit_are_quoted_in_a_whole_sentence(steps_told: str) -> None:
    """Whatever the audit calls its steps, imperative or not, the sentence around them stands."""
    order = work_order(
        finding("F-1", fix="Refill it", repro=steps_told), FindingFacts("F-1", ()), Snapshot.of({})
    )
    quoted = steps_told.rstrip(".")
    words = f"Following the audit's steps no longer shows it: “{quoted}”."
    assert order.afterwards[-1] == Said(words, (ground_of("audit: repro"),))


def test_an_order_is_read_from_top_to_bottom() -> None:
    """Decision, steps, what holds, what is not known; foreign text stays text."""
    order = WorkOrder(
        choices=("add a lock", "use <one> writer"),
        steps=(WorkStep("Add a lock", (WorkPlace("a.go", 3, "Save"),)),),
        afterwards=(Said("Two writers get one row."),),
        unknown=("Who calls it.",),
    )
    assert written(order, Index.of(empty_plan())) == (
        "**Decide first**, the audit leaves it open:\n\n"
        "- **A:** Add a lock.\n- **B:** Use \\<one> writer.\n\n"
        "**Steps:**\n\n1. Add a lock. At `a.go:3 — Save`.\n\n"
        "**True afterwards:**\n\n- Two writers get one row.\n\n"
        "**Not known:**\n\n- Who calls it."
    )


def test_a_step_stands_where_the_quoted_code_has_moved_to() -> None:
    """The number of an older commit names another method."""
    one = replace(
        finding("L1"),
        fix="Keep the rows until the night run.",
        evidence="self.rows.clear()",
        places=(Place("bank/ledger.py", line=3),),
    )
    seen = Evidence(EvidenceStatus.VERBATIM, "bank/ledger.py", 6, 6, 1.0, "evidence text")
    facts = FindingFacts(one.id, ("bank/ledger.py",), evidence=seen)
    order = work_order(one, facts, SNAPSHOT)
    assert order.steps[0].places[0] == WorkPlace("bank/ledger.py", 6, "Ledger.close")
