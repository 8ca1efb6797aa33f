"""What callers, clients and readers of rows get instead: named by route, condition and line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drawn_records import finding
from mendbook.changes.foreseen import foreseen
from mendbook.model import (
    Declaration,
    EntryPoint,
    Evidence,
    EvidenceStatus,
    FindingFacts,
    Reference,
    ReferenceKind,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.repository.snapshot import Snapshot

TREE = Snapshot.of(
    {
        "loans.ts": "export function findLoan(id) {\n  return verify(id);\n}\n",
        "desk.ts": (
            'import { findLoan } from "./loans";\n'
            "export function desk(id) {\n  const loan = findLoan(id);\n  return loan?.pin;\n}\n"
        ),
        "loans.test.ts": 'import { findLoan } from "./loans";\nfindLoan(1);\n',
    }
)
FACTS = FindingFacts(
    "F",
    ("loans.ts",),
    symbols=(
        SymbolReferences(
            "findLoan",
            SymbolStatus.RESOLVED,
            "syntax",
            declarations=(Declaration("loans.ts", 1, 3),),
            references=(
                Reference("desk.ts", 3, ReferenceKind.CALL, "desk", False, 16),
                Reference("loans.test.ts", 2, ReferenceKind.CALL, "module", True, 1),
            ),
        ),
    ),
    evidence=Evidence(EvidenceStatus.VERBATIM, "loans.ts", 2),
)
ROUTED = replace(FACTS, exposure=(EntryPoint("GET /loans/:id", "app.ts", 4),))
SENTENCES = [
    (
        ROUTED,
        "Check that `loan.owner === user.id` and answer 403 otherwise.",
        "",
        "GET /loans/:id is answered with 403 unless `loan.owner === user.id`, where it was served"
        " until now.",
    ),
    (
        ROUTED,
        "Answer 409.",
        "status(HttpStatus.NOT_FOUND)",
        "Clients that tell answers apart meet 409 where 404 came before (GET /loans/:id).",
    ),
    (
        FACTS,
        "Drop the test, so that an empty shelf is answered with 200.",
        "http.StatusNotFound",
        "Clients that tell answers apart meet 200 where 404 came before.",
    ),
    (
        FACTS,
        "Catch the error of `verify` in `findLoan` and return null.",
        "",
        "An error of verify no longer leaves `findLoan`: who calls it gets null instead. `desk`"
        " (desk.ts:3) must bear that.",
    ),
    (
        ROUTED,
        "Return `{ error: 'closed' }` unless the branch is open.",
        "",
        "Who calls GET /loans/:id gets `{ error: 'closed' }` unless the branch is open, where it"
        " went otherwise until now.",
    ),
    (
        FACTS,
        "Drop `pin` from what findLoan returns.",
        "",
        "Who reads `pin` of what findLoan returns finds nothing there. desk.ts:4 reads `.pin`.",
    ),
    (FACTS, "Remove findLoan.", "", "`desk` (desk.ts:3) needs it: without it that breaks."),
    (
        FACTS,
        "Fetch the branch, and skip the reminder when there is none.",
        "",
        "The reminder is left out when there is none, where it was done until now.",
    ),
    (
        ROUTED,
        "Add `order by due_on` to the query.",
        "",
        "The rows of GET /loans/:id come in the order of `due_on`: who relied on today's"
        " finds it otherwise.",
    ),
    (
        FACTS,
        "Add `and copy.branch = loan.branch` to the where of the subquery.",
        "",
        "Rows for which `copy.branch = loan.branch` does not hold no longer count.",
    ),
    (
        FACTS,
        "Use `size.unwrap_or(20).clamp(1, 50)`.",
        "",
        "Who asks for more than 50 gets 50 from then on.",
    ),
    (
        FACTS,
        "Let the start fail when no key is configured.",
        "",
        "It no longer starts when no key is configured: every environment must have it before this"
        " goes live.",
    ),
    (
        FACTS,
        "Drop DB_ALLOW_EMPTY, and take DB_PASSWORD from the environment.",
        "",
        "An environment where DB_PASSWORD is not set behaves otherwise: set it before this goes"
        " live.",
    ),
    (FACTS, "Add `pool` to Config with a default of 50.", "", "Who sets nothing gets 50."),
    (
        ROUTED,
        "Throw a 400 with `No copy` when the shelf is empty.",
        "",
        "GET /loans/:id is answered with 400 when the shelf is empty, where it was served until"
        " now.",
    ),
    (
        FACTS,
        "Close the old catalogue only after the new one was read.",
        "",
        "The old catalogue stays open until the new one was read: for that long both are held.",
    ),
    (
        FACTS,
        "Close the previous session when there is one.",
        "",
        "Who still holds the previous session finds it closed.",
    ),
    (
        FACTS,
        "Clear the pin when the card changes, and tell the desk.",
        "",
        "Who still holds the pin finds it gone when the card changes.",
    ),
    (
        FACTS,
        "Use `Number(process.env.LOANS) || 8`.",
        "",
        "Where `process.env.LOANS` is missing or no value, 8 is used.",
    ),
    (
        FACTS,
        "Show the same notice when no card is found.",
        'flash["Unknown card number"]',
        "The same notice is what comes when no card is found, and no longer “Unknown card number”.",
    ),
    (
        ROUTED,
        "Sort by `due_on` descending.",
        "Loan.find({})",
        "The rows of GET /loans/:id come in the order of `due_on descending`: who relied on"
        " today's finds it otherwise.",
    ),
    (
        FACTS,
        "Delete the entry under the lock.",
        "",
        "loans.ts:2 is what `findLoan` returns: `desk` (desk.ts:3) returns it in turn.",
    ),
    (
        FACTS,
        "Rescue `Card::Lost` only.",
        "rescue",
        "Errors other than Card::Lost leave it from then on, to its callers.",
    ),
    (
        FACTS,
        "Resolve the branch with `branches.byCode`.",
        "",
        "`branches.byCode` is called there for the first time: its errors and its time come on"
        " top.",
    ),
]


RELIED = " loans.ts:2 is what `findLoan` returns: `desk` (desk.ts:3) returns it in turn."


@pytest.mark.parametrize(
    ("facts", "fix", "evidence", "said"), SENTENCES, ids=[each[1] for each in SENTENCES]
)
def test_who_gets_what_instead_is_named(
    facts: FindingFacts, fix: str, evidence: str, said: str
) -> None:
    """A sentence has the route, the condition, the value or the line; none would fit any fix.

    Where it names nobody, who relies on the line follows.
    """
    about = replace(finding("F", fix=fix), evidence=evidence)
    told = " ".join(each.words for each in foreseen(about, facts, TREE))
    assert told.removesuffix(RELIED) == said.removesuffix(RELIED)


def test_a_cookie_that_is_secure_only_in_production_travels_plainly_elsewhere() -> None:
    """The condition that the fix sets stands in the sentence."""
    about = finding(
        "F",
        problem="The cookie is always secure.",
        fix="Set `secure: env.NODE_ENV === 'production'`.",
    )
    said, *_ = foreseen(about, FACTS, TREE)
    assert said.words == (
        "Where `env.NODE_ENV === 'production'` does not hold the cookie also travels over plain"
        " HTTP."
    )
