"""Risk, rollback, documents and tests of a remediation rest on what is really there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drawn_records import facts, finding
from mendbook.changes.cases import tests_required as required_cases
from mendbook.changes.documents import documents_to_update
from mendbook.changes.effects import change_facts
from mendbook.changes.library import Library
from mendbook.changes.notice import Witnesses
from mendbook.changes.risk import risks
from mendbook.changes.rollback import Requests, rollback
from mendbook.changes.scope import Scope, scope_of
from mendbook.code.test_layout import Layout
from mendbook.model import (
    ChangeFacts,
    ChangeKind,
    Declaration,
    Dependency,
    Dimension,
    Finding,
    FindingFacts,
    Followup,
    Patch,
    Priority,
    Proposal,
    PullRequest,
    Reach,
    Reference,
    ReferenceKind,
    Rung,
    Said,
    Severity,
    SymbolReferences,
    SymbolStatus,
    ground_of,
)
from mendbook.repository.snapshot import Snapshot

GIFT = "src/domains/gift/gift.handler.ts"
SEND_DOC = """# `gift:send` event

## Request
The client sends a gift.

## Errors
`gift:send` is refused by GiftHandler.handle when the rate is exceeded.
"""
FILES = {
    GIFT: "export class GiftHandler { handle() {} }\n",
    "src/domains/gift/index.ts": "export { GiftHandler } from './gift.handler.js';\n",
    "src/domains/seat/seat.repository.ts": "export const x = 1;\n",
    "tests/unit/domains/seat/seat.repository.test.ts": "it('x');\n",
    "docs/events/send.md": SEND_DOC,
    "docs/audits/old.md": "# Audit\ngift:send again\n## Gifts\n",
    "README.md": "# Server\n```\ngift:send\n```\n## Run it\nnpm start\n",
    ".env.example": "PORT=1\n",
}
SNAPSHOT = Snapshot.of(FILES)
LAYOUT, LIBRARY, WITNESSES = Layout(SNAPSHOT), Library(SNAPSHOT), Witnesses(SNAPSHOT)


def code(kind: ChangeKind = ChangeKind.FIX, *files: str) -> Scope:
    """Return the scope of a change of ``files``."""
    return Scope(kind, files or (GIFT,), {})


def called(*references: Reference) -> FindingFacts:
    """Return facts of a method that is used at ``references``."""
    symbol = SymbolReferences(
        symbol="GiftHandler.handle",
        status=SymbolStatus.RESOLVED,
        provider="syntax",
        declarations=(Declaration(GIFT, 1, 1),),
        references=references,
    )
    return replace(facts("F-1", GIFT), symbols=(symbol,))


GONE = "cows are not lost"
NOTHING = ChangeFacts("F-1", Reach.UNKNOWN)


def change_of(proposal: Proposal | None, snapshot: Snapshot) -> ChangeFacts:
    """Return what ``proposal`` does, as a plan looks it up."""
    return change_facts(proposal, snapshot) if proposal else NOTHING


def cases(
    about: Finding,
    known: FindingFacts,
    proposal: Proposal | None,
    scope: Scope,
    layout: Layout = LAYOUT,
) -> tuple[str, ...]:
    """Return the tests that a change calls for."""
    change = change_of(proposal, SNAPSHOT)
    told = required_cases(about, known, proposal, scope, change, layout, WITNESSES)
    return tuple(map(str, told))


def documents(
    about: Finding, known: FindingFacts, proposal: Proposal | None, scope: Scope
) -> tuple[str, ...]:
    """Return the documents that a change calls for."""
    change = change_of(proposal, SNAPSHOT)
    told = documents_to_update(about, known, proposal, scope, change, SNAPSHOT, LIBRARY)
    return tuple(map(str, told))


def risk(known: FindingFacts, proposal: Proposal | None, scope: Scope) -> str:
    """Return the risk of a change."""
    change = change_of(proposal, SNAPSHOT)
    return " ".join(
        each.words for each in risks(finding("F-1"), known, proposal, scope, change, WITNESSES)
    )


# --- tests -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"src/a/b.ts": "", "src/c.ts": "", "src/c.test.ts": ""}, "src/a/b.test.ts"),
        (
            {"src/a/b.ts": "", "src/c.ts": "", "src/__tests__/c.spec.ts": ""},
            "src/a/__tests__/b.spec.ts",
        ),
        (
            {"src/a/b.ts": "", "src/d/c.ts": "", "tests/unit/d/c.test.ts": ""},
            "tests/unit/a/b.test.ts",
        ),
        ({"src/a/b.ts": "", "elsewhere/b.test.ts": ""}, "elsewhere/b.test.ts"),
        ({"src/a/b.ts": ""}, "src/a/b.test.ts"),
        ({"src/a/b.ts": "", "src/c.ts": "", "test/c.ts": ""}, "test/b.ts"),
        ({"src/a/b.ts": "", "test/ferry.ts": "", "test/support/port.ts": ""}, "test/b.ts"),
        (
            {"src/a/b.ts": "", "src/c.ts": "", "src/c.test.ts": "", "test/c.ts": ""},
            "src/a/b.test.ts",
        ),
    ],
)
def test_a_new_test_follows_the_layout_that_is_there(files: dict[str, str], expected: str) -> None:
    """Beside the source, in a subfolder, in a mirrored tree; an existing test comes first."""
    assert Layout(Snapshot.of(files)).test_file("src/a/b.ts") == expected


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        (
            finding("F", fix="Limit the queue to 100 jobs. Alert when it is full."),
            ("limits the queue to 100 jobs", "alerts when it is full"),
        ),
        (
            finding("F", symbols=("Ledger.post",), fix="1. Replace floats with Decimal"),
            ("Ledger.post: three times 0.1 is 0.3",),
        ),
        (
            finding("F", symbols=("parse",), fix="Validate the header and log what is refused"),
            ("parse: validates the header and logs what is refused",),
        ),
        (
            finding("F", problem="Two nurses may book one bed — both succeed", fix="Needs a lock"),
            ("two nurses may not book one bed",),
        ),
        (
            finding("F", problem="A bed is free twice", fix="Check it before and after"),
            ("a bed is not free twice",),
        ),
        (finding("F", fix="Rename `tmp` to `pending`"), ()),
    ],
)
def test_a_case_says_what_must_hold(about: Finding, expected: tuple[str, ...]) -> None:
    """A title a person would write, of the finding's own words, in the file that will hold it."""
    file = "tests/unit/domains/gift/gift.handler.test.ts"
    assert cases(about, facts("F", GIFT), None, code()) == tuple(
        f"{file} — {each} (new file)" for each in expected
    )


@pytest.mark.parametrize(
    ("unit", "fix", "expected"),
    [
        (
            "tide/gauge.go",
            "Limit the log to 9 rows",
            ("tide/gauge_test.go — limits the log to 9 rows", GONE),
        ),
        ("lib/crane.rb", "Check the load", (f"spec/crane_spec.rb — {GONE}",)),
        (
            "farm/herd.py",
            "Refuse a second tag. Add a test in tests/test_farm.py.",
            ("tests/test_farm.py — refuses a second tag", GONE),
        ),
        (
            "farm/herd.py",
            "Either return the tag or record that it is lost",
            (f"tests/test_herd.py — {GONE}",),
        ),
        (
            "farm/herd.py",
            "Move `self.open = True` to the end of `start`, after the gate was read",
            (f"tests/test_herd.py — {GONE}",),
        ),
    ],
)
def test_a_case_in_any_language_and_where_the_fix_wants_it(
    unit: str, fix: str, expected: tuple[str, ...]
) -> None:
    """Go and Ruby are tested too, a fix may name the file, and a change of order can be seen."""
    layout = Layout(Snapshot.of({unit: ""}))
    about = finding("F", problem="Cows are lost", fix=fix)
    file = expected[0].partition(" — ")[0]
    assert cases(about, facts("F", unit), None, code(ChangeKind.FIX, unit), layout) == tuple(
        f"{each} (new file)" if " — " in each else f"{file} — {each} (new file)"
        for each in expected
    )


def test_a_change_touches_the_tests_and_documents_that_its_fix_names() -> None:
    """What is only to be documented changes the document and not the code it is about."""
    files = {"pump.py": "", "docs/pump.md": "# Pump\n", "tests/test_all.py": "", "setup.py": ""}
    snapshot = Snapshot.of(files)
    layout, known = Layout(snapshot), facts("F", "pump.py")
    coded = finding("F", file="pump.py", fix="Close it. Add a test in tests/test_all.py.")
    told = finding("F", file="pump.py", fix="Document in docs/pump.md that valves open in turn.")
    assert scope_of(coded, known, None, snapshot, layout).files == ("pump.py", "tests/test_all.py")
    scope = scope_of(told, known, None, snapshot, layout)
    assert (scope.kind, scope.files) == ("docs", ("docs/pump.md",))
    library = Library(snapshot)
    found = documents_to_update(told, known, None, scope, NOTHING, snapshot, library)
    assert found == (Followup("docs/pump.md", "the fix names it"),)


@pytest.mark.parametrize(
    ("fix", "expected"),
    [
        ("Read it from LIFT_KEY; update lift/auth.go", ("lift/key.go", "lift/auth.go")),
        ("Read it as in lift/auth.go", ("lift/key.go",)),
        ("Return the error to the caller", ("lift/key.go", "main.go")),
        ("Check the key and update the callers", ("lift/key.go", "main.go")),
        ("Check the key", ("lift/key.go",)),
    ],
)
def test_a_change_touches_what_its_fix_reaches(fix: str, expected: tuple[str, ...]) -> None:
    """Files that the fix wants changed, and the callers where a result or all uses change."""
    snapshot = Snapshot.of(
        {
            "lift/key.go": "package lift\n\nfunc Key() string {\n}\n",
            "lift/auth.go": "",
            "main.go": "",
        }
    )
    own = SymbolReferences(
        "Key",
        SymbolStatus.RESOLVED,
        "by name",
        (Declaration("lift/key.go", 3, 4),),
        (Reference("main.go", 9, ReferenceKind.CALL, "main"),),
    )
    known = replace(facts("F", "lift/key.go"), symbols=(own,))
    about = finding("F", file="lift/key.go", fix=fix)
    assert scope_of(about, known, None, snapshot, Layout(snapshot)).files == expected


@pytest.mark.parametrize(
    ("fix", "problem", "kind"),
    [
        ("Answer 409 when the berth is taken", "Two ships moor", ChangeKind.FIX),
        ("Rename tmp to pending", "The name says nothing", ChangeKind.REFACTOR),
        ("Take the clock as a constructor parameter", "Hard to test", ChangeKind.REFACTOR),
        ("Move it to its own module", "The error is silently lost", ChangeKind.REFACTOR),
        ("Keep it in a shared helper", "The error is silently lost", ChangeKind.FIX),
    ],
)
def test_what_a_user_can_see_is_a_fix(fix: str, problem: str, kind: ChangeKind) -> None:
    """Code that only changes its form is refactored, whatever the audit's heading says."""
    about = finding("F", file=GIFT, fix=fix, problem=problem)
    about = replace(about, dimension=Dimension.CODE_QUALITY)
    assert scope_of(about, facts("F", GIFT), None, SNAPSHOT, LAYOUT).kind is kind


@pytest.mark.parametrize(
    ("severity", "kind"),
    [(Severity.CRITICAL, ChangeKind.FIX), (Severity.LOW, ChangeKind.REFACTOR)],
)
def test_what_is_grave_is_a_fix_where_no_dimension_says_more(
    severity: Severity, kind: ChangeKind
) -> None:
    """An audit without dimensions calls nothing critical that only reads badly."""
    about = finding("F", severity, file=GIFT, fix="Bind it as a parameter", problem="Text is SQL")
    about = replace(about, dimension=Dimension.OTHER)
    assert scope_of(about, facts("F", GIFT), None, SNAPSHOT, LAYOUT).kind is kind


def test_a_document_that_lists_a_route_speaks_of_it() -> None:
    """The route is found by its method and the end of its path, with other names of parameters."""
    files = {
        "README.md": "# API\n`PUT /v2/berths/:berthId/lock` - lock it\n`GET /v2/berths` - all\n"
    }
    library = Library(Snapshot.of(files))
    routes = ("PUT /berths/{id}/lock", "DELETE /berths", "GET /berths/locked")
    assert [(each.line, each.name) for each in library.lines_requesting(routes)] == [
        (2, "PUT /berths/{id}/lock")
    ]


def test_cases_that_the_fix_lists_go_to_the_unit_that_speaks_of_them() -> None:
    """Each promised case stands once, at the test of the code it is about."""
    snapshot = Snapshot.of({"src/cache.ts": "cached token", "src/origin.ts": "origin blocked"})
    about = finding(
        "F-1",
        file="src/",
        problem="Zero unit tests",
        fix="Add tests covering: cached token, origin blocking",
    )
    known = facts("F-1", "src/cache.ts", "src/origin.ts")
    layout = Layout(snapshot)
    scope = scope_of(about, known, None, snapshot, layout)
    assert cases(about, known, None, scope, layout) == (
        "src/cache.test.ts — cached token (new file)",
        "src/origin.test.ts — origin blocking (new file)",
    )


def test_a_missing_test_file_that_the_audit_names_is_the_one_to_write() -> None:
    """The plan writes the file that was asked for, with the cases that were asked for."""
    test = "src/domains/gift/gift.handler.test.ts"
    about = finding(
        "F-1", file=test, problem="It has no test at all", fix=f"Add {test}: a gift is sent, a ban"
    )
    known = replace(called(), files=(), missing=(test,))
    scope = scope_of(about, known, None, SNAPSHOT, LAYOUT)
    assert (scope.kind, scope.files, scope.units) == ("test", (test,), (GIFT,))
    assert cases(about, known, None, scope) == (
        f"{test} — GiftHandler.handle: a gift is sent (new file)",
        f"{test} — GiftHandler.handle: a ban (new file)",
    )


def test_what_the_patch_asks_for_comes_first() -> None:
    """A recipe knows better than words which test it calls for."""
    proposal = Proposal(
        "F-1", "recipe:x", "do", {GIFT: ""}, tests=(Followup("a.test.ts", "it holds"),)
    )
    found = cases(finding("F-1"), facts("F-1", GIFT), proposal, code())
    assert found == ("a.test.ts — it holds",)


@pytest.mark.parametrize(
    "scope",
    [
        code(ChangeKind.DOCS),
        code(ChangeKind.CHORE, ".env.example"),
        code(ChangeKind.REFACTOR, "src/domains/gift/index.ts"),
    ],
)
def test_what_does_not_run_needs_no_test(scope: Scope) -> None:
    """Documents, configuration and barrels call for no test case."""
    assert cases(finding("F-1"), facts("F-1", *scope.files), None, scope) == ()


@pytest.mark.parametrize(
    ("files", "unit", "expected"),
    [
        ({"shop/cart.py": ""}, "shop/cart.py", "tests/test_cart.py"),
        (
            {"shop/cart.py": "", "shop/tax.py": "", "tests/test_tax.py": ""},
            "shop/cart.py",
            "tests/test_cart.py",
        ),
        (
            {"app/a/x.py": "", "app/b/y.py": "", "tests/unit/b/test_y.py": ""},
            "app/a/x.py",
            "tests/unit/a/test_x.py",
        ),
        ({"app/x.py": "", "tests/deep/test_x.py": ""}, "app/x.py", "tests/deep/test_x.py"),
        ({"meter/read.go": ""}, "meter/read.go", "meter/read_test.go"),
        ({"meter/read.go": "", "meter/all_test.go": ""}, "meter/read.go", "meter/read_test.go"),
        (
            {"src/main/java/bank/Ledger.java": ""},
            "src/main/java/bank/Ledger.java",
            "src/test/java/bank/LedgerTest.java",
        ),
        ({"lib/ward.rb": ""}, "lib/ward.rb", "spec/ward_spec.rb"),
        (
            {
                "package.json": "",
                "quays/tide.js": "",
                "test/quays/tide.test.js": "",
                "locks.js": "",
                "gates/lift.js": "",
            },
            "gates/lift.js",
            "test/gates/lift.test.js",
        ),
        (
            {
                "package.json": "",
                "quays/tide.js": "",
                "test/quays/tide.test.js": "",
                "locks.js": "",
            },
            "locks.js",
            "test/locks.test.js",
        ),
        (
            {
                "package.json": "",
                "parts/mill/package.json": "",
                "parts/oven/package.json": "",
                "parts/mill/src/stone/turn.js": "",
                "parts/mill/tests/turn.test.js": "",
                "parts/oven/src/heat.js": "",
                "parts/oven/src/doors/open.js": "",
            },
            "parts/oven/src/doors/open.js",
            "parts/oven/tests/open.test.js",
        ),
        (
            {
                "pyproject.toml": "",
                "orchard/press/juice.py": "",
                "tests/test_juice.py": "",
                "orchard/mash/stir.py": "",
            },
            "orchard/mash/stir.py",
            "tests/test_stir.py",
        ),
        (
            {"web/a.ts": "", "api/b.py": "", "web/c.spec.ts": "", "web/c.ts": ""},
            "api/b.py",
            "tests/test_b.py",
        ),
    ],
)
def test_a_new_test_is_where_the_runners_of_its_language_look(
    files: dict[str, str], unit: str, expected: str
) -> None:
    """Each language has names of its own, also in a repository of several."""
    assert Layout(Snapshot.of(files)).test_file(unit) == expected


# --- documents ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        (
            finding("F", events=("gift:send",)),
            (
                "README.md:3 — Server (names `gift:send`)",
                "docs/events/send.md:1 — `gift:send` event (names `gift:send`)",
            ),
        ),
        (
            finding("F", docs_path="docs/missing.md"),
            ("docs/missing.md — not in the repository at this commit; to be written",),
        ),
        (
            finding("F", docs_path="https://example.org/x"),
            ("https://example.org/x — outside the repository",),
        ),
        (
            finding("F", docs_path="README.md"),
            ("README.md — the audit names it",),
        ),
        (
            finding("F", file="src/domains/gift/x.ts", docs_path="docs/audits/old.md"),
            ("docs/audits/old.md — Gifts",),
        ),
        (
            finding("F", fix="Add API_TIMEOUT_MS to the config schema"),
            (".env.example — API_TIMEOUT_MS",),
        ),
        (finding("F", fix="Raise DEAD_LETTER_LIMIT"), ()),
    ],
)
def test_documents_to_update(about: Finding, expected: tuple[str, ...]) -> None:
    """Sections are really there; what the audit names and is not there is said."""
    assert documents(about, facts("F", GIFT), None, code()) == expected


def test_a_config_key_that_the_patch_brings_belongs_in_the_example() -> None:
    """Operators learn of a new key even when the audit did not ask for one."""
    proposal = Proposal("F", "recipe:x", "do", {"src/config/index.ts": "MAX_SENDS: z.number()"})
    found = documents(finding("F"), facts("F", GIFT), proposal, code())
    assert found == (".env.example — MAX_SENDS",)


def test_a_change_of_tests_touches_no_document() -> None:
    """Documents describe what runs."""
    about = finding("F", events=("gift:send",))
    assert documents(about, facts("F", GIFT), None, code(ChangeKind.TEST)) == ()


# --- risk --------------------------------------------------------------------------------------


def test_risk_names_who_goes_through_the_code() -> None:
    """Entry points, callers and tests are named; test callers do not count."""
    known = called(
        Reference("src/socket.ts", 8, ReferenceKind.CALL, "connect"),
        Reference("src/socket.test.ts", 9, ReferenceKind.CALL, "it", test=True),
    )
    known = replace(
        known, exposure=facts("F-1", events=("gift:send",)).exposure, tests=("src/socket.test.ts",)
    )
    assert risk(known, None, code()) == (
        f"Not written yet; it would change `GiftHandler.handle` ({GIFT}:1). "
        "What does not pass the check of the input is turned away, where it went through. "
        'Reached by socket event "gift:send". 1 place calls it, in `connect`. '
        "Tests that go through it: src/socket.test.ts:9 (`handle`)."
    )


@pytest.mark.parametrize(
    ("known", "scope", "expected"),
    [
        (
            facts("F", "README.md"),
            code(ChangeKind.DOCS, "README.md"),
            "None: only documents change.",
        ),
        (
            called(),
            code(),
            f"Not written yet; it would change `GiftHandler.handle` ({GIFT}:1). "
            "What does not pass the check of the input is turned away, where it went through. "
            "No call of `GiftHandler.handle` was found outside of tests. "
            "No test was found that names `handle`.",
        ),
        (
            facts("F", GIFT, fan_in=2, tests=("a.test.ts",)),
            code(ChangeKind.REFACTOR),
            f"Not known: where in {GIFT} it changes is not settled. "
            "What does not pass the check of the input is turned away, where it went through."
            " 2 files import it. a.test.ts imports the file.",
        ),
        (
            facts("F"),
            Scope(ChangeKind.FIX, (), {}),
            "Not known: no file of the repository is known to change. "
            "What does not pass the check of the input is turned away, where it went through.",
        ),
    ],
)
def test_risk_says_what_is_known_and_what_is_not(
    known: FindingFacts, scope: Scope, expected: str
) -> None:
    """Nothing is claimed about code that was not found."""
    assert risk(known, None, scope) == expected


def test_a_place_found_by_name_is_not_said_to_use_the_symbol() -> None:
    """Where types are not known, another type's method of the same name may be what is called."""
    known = called(Reference("tide/log.go", 4, ReferenceKind.CALL, "Log.Keep"))
    symbol = replace(known.symbols[0], symbol="Gauge.Read", provider="by name")
    said = risk(replace(known, symbols=(symbol,)), None, code())
    assert ("1 place calls something named `Read`, by name and not by type, in `Log.Keep`.") in said


@pytest.mark.parametrize(
    ("files", "missing"), [((), ("src/gone.ts",)), (("src/ferry.ts",), ()), (("a.go",), ("b.go",))]
)
def test_code_of_a_name_elsewhere_is_not_said_to_change(
    files: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    """A namesake in a file that the finding does not name is not what it speaks of."""
    known = replace(called(), files=files, missing=missing)
    assert "it would change" not in risk(known, None, code())


def test_a_draft_is_said_to_be_one() -> None:
    """Beside a draft the risk does not claim that nothing was written."""
    said = risks(finding("F-1"), called(), None, code(), NOTHING, WITNESSES, drafted=True)
    assert said[0].words.startswith("Only drafted; it would change `GiftHandler.handle`")


def test_code_that_is_not_compared_is_called_code() -> None:
    """Of a patch in a language that is not read, nothing is claimed but that."""
    change = ChangeFacts("F-1", Reach.UNKNOWN, (), ("tide/gauge.go", "tide/gauge.bin"))
    proposal = Proposal("F-1", "tool", "do", {"tide/gauge.go": ""})
    said = risks(finding("F-1"), facts("F-1"), proposal, code(), change, WITNESSES)
    assert said == (
        Said(
            "Not known: what the patch does in tide/gauge.go;"
            " code in its language is not compared.",
            (ground_of("tide/gauge.go"),),
        ),
        Said(
            "Not known for tide/gauge.bin: what reads it is not looked up.",
            (ground_of("tide/gauge.bin"),),
        ),
    )


def test_the_patch_source_speaks_first() -> None:
    """What a recipe knows about its own change stands before what the references say."""
    proposal = Proposal("F", "recipe:x", "do", {GIFT: ""}, risk="malformed input is dropped")
    assert risk(called(), proposal, code()).startswith("malformed input is dropped. `GiftHandler`")


# --- rollback ----------------------------------------------------------------------------------


def request(number: int, *on: int) -> PullRequest:
    """Return PR ``number`` that depends on ``on``."""
    return PullRequest(
        number=number,
        title="fix: x",
        finding_ids=(f"F-{number}",),
        files=(GIFT,),
        depends_on=tuple(Dependency(other, "same file") for other in on),
        hours=1,
        low=1,
        high=1,
        priority=Priority.P1,
        cost_of_delay=1,
        owner="core",
    )


def patch(diff: str, *files: str, rung: Rung = Rung.BUILDS) -> Patch:
    """Return a patch of ``files``."""
    return Patch("F-1", "recipe:x", "do", diff, files, rung, name="001-F-1-do.patch")


PATHS = {"package.json", "src/tide.ts", GIFT, *request(1).files}


def told(found: tuple[Said, ...]) -> str:
    """Return the words of a rollback in a row, as a plan has them."""
    return " ".join(each.words for each in found)


def test_rollback_is_exact_and_starts_with_what_was_built_on_it() -> None:
    """A person can paste the commands; PRs that build on this one go first, last first."""
    requests = [request(1), request(2, 1), request(3), request(4, 2)]
    shared = tuple(map(ground_of, requests[0].files))
    assert rollback(patch("", "package.json"), requests[0], Requests(requests), PATHS) == (
        Said("First revert PR #4 and PR #2 (built on this one).", shared),
        Said("Merged: `git revert --no-edit <commit of PR #1>`.", shared),
        Said(
            "This finding alone: `git apply -R PATCHES/001-F-1-do.patch`.",
            (ground_of("package.json"),),
        ),
        Said("Then `npm ci`.", (ground_of("package.json"),)),
    )
    assert rollback(patch("", GIFT, rung=Rung.OUTLINE), requests[2], Requests(requests), PATHS) == (
        Said(
            "Merged: `git revert --no-edit <commit of PR #3>`.",
            tuple(map(ground_of, requests[2].files)),
        ),
    )


def test_what_no_revert_undoes_is_read_from_the_changed_lines() -> None:
    """Redis data, events that clients have seen, and keys that operators have set stay."""
    diff = (
        "--- a/src/tide.ts\n+++ b/src/tide.ts\n@@ -4,3 +4,5 @@\n const key = of(berth);\n"
        "-await redis.set(key, value);\n+await redis.setex(key, 60, value);\n"
        ' log(key);\n+socket.emit("tide:high", body);\n+const TIDE_LIMIT = 3;\n'
        "--- /dev/null\n+++ b/.env.example\n@@ -0,0 +1 @@\n+MAX_BERTHS=1\n"
    )
    found = replace(patch(diff, "src/tide.ts", ".env.example"), irreversible=("The old format.",))
    assert rollback(found, request(1), Requests(()), PATHS)[2:] == (
        Said("The old format.", (ground_of("src/tide.ts"), ground_of(".env.example (patched)"))),
        Said(
            "No revert undoes values already written to Redis, what clients already received as "
            "tide:high and environments where operators have set MAX_BERTHS.",
            (
                ground_of("src/tide.ts:5"),
                ground_of("src/tide.ts:7"),
                ground_of(".env.example (patched)"),
            ),
        ),
    )
    sketch = rollback(
        patch(diff, "src/tide.ts", rung=Rung.OUTLINE), request(1), Requests(()), PATHS
    )
    assert "No revert undoes" not in told(sketch)


def test_a_rollback_ends_in_sentences_that_can_be_read_aloud() -> None:
    """What a patch says is a sentence of its own; what its lines show is one list of nouns."""
    diff = "--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-a.set(1)\n+a.set(2);b.emit('tide:high', 1)\n"
    found = replace(patch(diff, "a.ts"), irreversible=("The old key stays in the log: rotate it.",))
    assert told(rollback(found, request(1), Requests([request(1)]), PATHS)).partition(".patch`. ")[
        2
    ] == (
        "The old key stays in the log: rotate it. No revert undoes values already written to Redis "
        "and what clients already received as tide:high."
    )


# --- kind --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "kind"),
    [
        (finding("F", file=GIFT, dimension=Dimension.PERFORMANCE, problem="Slow"), "perf"),
        (finding("F", file=GIFT, dimension=Dimension.PERFORMANCE, problem="Leaks timers"), "fix"),
        (finding("F", file=GIFT, dimension=Dimension.READABILITY), "refactor"),
        (finding("F", file=GIFT, fix="Document the limit"), "docs"),
        (finding("F", file=".env.example", dimension=Dimension.SECURITY), "chore"),
        (finding("F", file="README.md"), "docs"),
        (finding("F", file=GIFT, problem="No unit tests"), "test"),
        (finding("F", file=GIFT, problem="Hard to test without mocks"), "fix"),
    ],
)
def test_kind_of_change(about: Finding, kind: str) -> None:
    """The conventional-commit type follows from what changes and what the finding says."""
    assert scope_of(about, facts("F", about.file), None, SNAPSHOT, LAYOUT).kind == kind
