"""Which tests are asked for: the cases that a fix lists, conditions, results, and their files."""

from __future__ import annotations

import pytest

from drawn_records import finding
from mendbook.changes import cases
from mendbook.changes.documents import documents_to_update
from mendbook.changes.effects import change_facts
from mendbook.changes.held import held
from mendbook.changes.library import Library
from mendbook.changes.notice import Witnesses
from mendbook.changes.scope import Scope, scope_of
from mendbook.code.test_layout import Layout
from mendbook.model import (
    ChangeFacts,
    ChangeKind,
    Declaration,
    EntryPoint,
    Evidence,
    EvidenceStatus,
    FindingFacts,
    Proposal,
    Reach,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.planning.pull_requests.planned_changes import domain
from mendbook.repository.snapshot import Snapshot

JAVA = {
    "src/main/java/mill/api/StoneApi.java": "class StoneApi {}\n",
    "src/main/java/mill/util/Clock.java": "class Clock {}\n",
    "src/main/java/mill/api/v2/GrainApi.java": "class GrainApi {}\n",
    "src/test/java/mill/api/StoneApiTests.java": "class StoneApiTests {}\n",
}


@pytest.mark.parametrize(
    ("files", "unit", "test", "new"),
    [
        (JAVA, "src/main/java/mill/util/Clock.java",
         "src/test/java/mill/util/ClockTests.java", True),
        (JAVA, "src/main/java/mill/api/StoneApi.java",
         "src/test/java/mill/api/StoneApiTests.java", False),
        ({"src/kiln.rs": "fn fire() {}\n"}, "src/kiln.rs", "src/kiln.rs", False),
    ],
)  # fmt: skip
def test_a_test_stands_where_its_language_reaches_the_unit(
    files: dict[str, str], unit: str, test: str, new: bool
) -> None:
    """Java mirrors the package, and Rust keeps tests in the file of the unit."""
    layout = Layout(Snapshot.of(files))
    assert layout.test_file(unit) == test
    assert layout.exists(test) is not new


@pytest.mark.parametrize(
    ("fix", "titles"),
    [
        (
            "Add tests for an expired ticket, a ticket of another ferry, and no ticket.",
            ["board: an expired ticket", "board: a ticket of another ferry", "board: no ticket"],
        ),
        (
            "Test board with a child, a bicycle and `None`.",
            ["board: a child", "board: a bicycle", "board: None"],
        ),
        (
            "Cover a full deck, an empty one, and a dog.",
            ["board: a full deck", "board: an empty one", "board: a dog"],
        ),
        ("Cover board: a child, and a dog.", ["board: a child", "board: a dog"]),
    ],
)
def test_each_case_that_a_fix_lists_is_a_title_of_the_unit(fix: str, titles: list[str]) -> None:
    """No joint of the list is left in a title, and each says what it is a case of."""
    snapshot = Snapshot.of({"ferry/deck.py": "def board(ticket):\n    return ticket\n"})
    about = finding(
        "F-1", file="ferry/deck.py", problem="No test covers it", fix=fix, symbols=("board",)
    )
    known = FindingFacts(
        "F-1", ("ferry/deck.py",), evidence=Evidence(EvidenceStatus.VERBATIM, "ferry/deck.py", 1)
    )
    layout = Layout(snapshot)
    scope = scope_of(about, known, None, snapshot, layout)
    change = ChangeFacts("F-1", Reach.UNKNOWN)
    found = cases.tests_required(about, known, None, scope, change, layout, Witnesses(snapshot))
    assert [each.what for each in found] == titles


ROUTE = FindingFacts("F-1", (), exposure=(EntryPoint("DELETE /loans/:id", "app.ts", 3),))


@pytest.mark.parametrize(
    ("fix", "said"),
    [
        (
            "Before the delete, assert that `loan.owner === user.id` and answer 403 otherwise.",
            "DELETE /loans/:id: answers 403 unless loan.owner === user.id",
        ),
        ("Catch the error of `readPin` and return null.", "returns null when readPin fails"),
        ("Remove the check, so that an empty shelf is answered with 200.",
         "an empty shelf is answered with 200"),
        ("Drop `pin` from what lend returns.", "returns no pin"),
        ("Answer 409: change NOT_FOUND to CONFLICT.", "DELETE /loans/:id: answers 409"),
        ("Reject cards for which `is_open` is false.", "rejects cards for which is_open is false"),
    ],
)  # fmt: skip
def test_a_title_has_its_condition_and_its_result(fix: str, said: str) -> None:
    """What a person would write: who answers what, in which case."""
    assert held(finding("F-1", problem="It is wrong", fix=fix), ROUTE)[0] == said


def test_a_new_bound_is_a_case_by_its_value() -> None:
    """``min(size, 50)`` is tested above 50."""
    before = "export function page(query) {\n  query.size = Number(query.size) || 20;\n}\n"
    after = before.replace("Number(query.size) || 20", "Math.min(Number(query.size) || 20, 50)")
    snapshot = Snapshot.of({"src/page.ts": before})
    proposal = Proposal("F-1", "instruction", "cap query.size", {"src/page.ts": after})
    about = finding("F-1", file="src/page.ts", problem="No bound", fix="Cap it.")
    known = FindingFacts(
        "F-1", ("src/page.ts",), evidence=Evidence(EvidenceStatus.VERBATIM, "src/page.ts", 2)
    )
    layout, change = Layout(snapshot), change_facts(proposal, snapshot)
    scope = scope_of(about, known, proposal, snapshot, layout)
    found = cases.tests_required(about, known, proposal, scope, change, layout, Witnesses(snapshot))
    assert [each.what for each in found] == ["page: query.size above 50 is taken as 50"]


def test_a_value_that_gets_a_name_is_no_case_of_its_own() -> None:
    """*SHELF_LENGTH is 50* holds of the constant alone; what the audit saw is what a test sees."""
    before = "export class Shelf {\n  put(loaf) {\n    this.loaves.push(loaf);\n  }\n}\n"
    after = before.replace("export", "const SHELF_LENGTH = 50;\n\nexport").replace(
        "push(loaf);\n",
        "push(loaf);\n    if (this.loaves.length > SHELF_LENGTH) {\n      throw full;\n    }\n",
    )
    snapshot = Snapshot.of({"src/shelf.ts": before})
    proposal = Proposal("F-1", "override", "bound the shelf", {"src/shelf.ts": after})
    about = finding(
        "F-1", file="src/shelf.ts", problem="No bound", fix="Bound it.",
        impact="Memory grows with every loaf",
    )  # fmt: skip
    known = FindingFacts(
        "F-1", ("src/shelf.ts",), evidence=Evidence(EvidenceStatus.VERBATIM, "src/shelf.ts", 3)
    )
    layout, change = Layout(snapshot), change_facts(proposal, snapshot)
    scope = scope_of(about, known, proposal, snapshot, layout)
    found = cases.tests_required(about, known, proposal, scope, change, layout, Witnesses(snapshot))
    assert [each.what for each in found] == [
        "Shelf.put: throws full when this.loaves.length > SHELF_LENGTH",
        "Memory does not grow with every loaf",
    ]


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("app/(shop)/cart.ts", "shop"),
        ("backend/loans/tasks.py", "loans"),
        ("backend/app.py", "backend"),
        ("src/orchard/rows.ts", "orchard"),
    ],
)
def test_a_part_of_the_system_is_told_from_how_folders_are_grouped(path: str, part: str) -> None:
    """Route groups lose their brackets, and halves of an application say nothing."""
    assert domain(path) == part


def test_another_status_is_a_case_by_both() -> None:
    """``res.status(401)`` to 403 is what clients and tests see."""
    before = "export function guard(req, res) {\n  res.status(401);\n}\n"
    snapshot = Snapshot.of({"src/guard.ts": before})
    after = before.replace("401", "403")
    proposal = Proposal("F-1", "instruction", "answer 403", {"src/guard.ts": after})
    about = finding("F-1", file="src/guard.ts", problem="Wrong status", fix="Answer 403 there.")
    known = FindingFacts(
        "F-1", ("src/guard.ts",), evidence=Evidence(EvidenceStatus.VERBATIM, "src/guard.ts", 2)
    )
    layout, change = Layout(snapshot), change_facts(proposal, snapshot)
    scope = scope_of(about, known, proposal, snapshot, layout)
    found = cases.tests_required(about, known, proposal, scope, change, layout, Witnesses(snapshot))
    assert [each.what for each in found] == ["guard: answers 403 instead of 401"]


def test_specs_that_are_asked_for_are_all_that_changes() -> None:
    """A fix that only brings specs changes no code, and a factory of Ruby is no spec."""
    files = {
        "app/models/loan.rb": "class Loan\n  def renew\n  end\nend\n",
        "spec/factories/loan.rb": "FactoryBot.define { factory :loan }\n",
        "spec/models/card_spec.rb": "describe Card\n",
        "app/models/card.rb": "class Card\nend\n",
    }
    snapshot = Snapshot.of(files)
    about = finding(
        "F-1",
        file="app/models/loan.rb",
        problem="No spec covers `renew`.",
        fix="Add model specs for a lost copy and a late one.",
    )
    known = FindingFacts("F-1", ("app/models/loan.rb",))
    scope = scope_of(about, known, None, snapshot, Layout(snapshot))
    assert (scope.kind, scope.files) == ("test", ("spec/models/loan_spec.rb",))


def test_a_document_that_names_a_namesake_is_none_of_the_finding() -> None:
    """``send_card`` of loans is not the ``send_card`` that the page on seeds speaks of."""
    files = {
        "loans/tasks.py": "def send_card(loan):\n    return loan\n",
        "seeds/tasks.py": "def send_card(seed):\n    return seed\n",
        "docs/seeds.md": "# Seeds\n\nSowing calls `send_card`.\n",
    }
    known = FindingFacts(
        "F-1",
        ("loans/tasks.py",),
        symbols=(
            SymbolReferences(
                "send_card",
                SymbolStatus.RESOLVED,
                "syntax",
                declarations=(Declaration("loans/tasks.py", 1, 2),),
            ),
        ),
        evidence=Evidence(EvidenceStatus.VERBATIM, "loans/tasks.py", 2),
    )
    about = finding("F-1", file="loans/tasks.py", problem="It is slow", fix="Send it once.")
    for left_out, expected in (("", []), ("seeds/tasks.py", ["docs/seeds.md"])):
        snapshot = Snapshot.of({path: text for path, text in files.items() if path != left_out})
        scope = scope_of(about, known, None, snapshot, Layout(snapshot))
        change = ChangeFacts("F-1", Reach.UNKNOWN)
        found = documents_to_update(about, known, None, scope, change, snapshot, Library(snapshot))
        assert [each.path for each in found] == expected


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (
            "def stamp(parcel):\n    return f'{parcel.kind}-{secrets.token_hex(8)}'\n",
            "the next stamp cannot be guessed",
        ),
        (
            "def stamp(parcel):\n    if not parcel.kind:\n        raise ValueError('kind')\n"
            "    return next_number()\n",
            "stamp: raises ValueError('kind') when not parcel.kind",
        ),
    ],
)
def test_new_code_as_a_title_has_what_the_audit_saw_beside_it(after: str, expected: str) -> None:
    """A case that is told for sure needs nothing beside it."""
    before = "def stamp(parcel):\n    return next_number()\n"
    snapshot = Snapshot.of({"post.py": before})
    proposal = Proposal("F", "recipe:x", "do", {"post.py": after})
    asked = finding("F", fix="Stamp it so.", impact="The next stamp can be guessed.")
    known = FindingFacts(
        "F", ("post.py",), evidence=Evidence(EvidenceStatus.VERBATIM, "post.py", 2)
    )
    titles = cases.tests_required(
        asked,
        known,
        proposal,
        Scope(ChangeKind.FIX, ("post.py",), {}),
        change_facts(proposal, snapshot),
        Layout(snapshot),
        Witnesses(snapshot),
    )
    assert [each.what for each in titles][-1] == expected
    assert ("guess" in expected) == any("guess" in each.what for each in titles)
