"""A title says what a PR does, in whole phrases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drawn_records import finding
from mendbook.changes.titles import headline, title
from mendbook.model import ChangeKind, Contract, Operation, Proposal


@pytest.mark.parametrize(
    ("fix", "symbols", "expected"),
    [
        ("Add Map<a, B> for O(1) lookup", (), "add Map<a, B> for O(1) lookup"),
        (
            "Use context.limiter or accept one",
            (),
            "decide whether to use context.limiter or accept one",
        ),
        (
            "Remove this method or document it",
            ("register",),
            "decide whether to remove register or document it",
        ),
        ("Split into /health (simple) and /detail", (), "split into /health and /detail"),
        (
            "Either use it in scoring or drop it.",
            (),
            "decide whether to use it in scoring or drop it",
        ),
        ("JSON.parse must be guarded; log it", (), "JSON.parse must be guarded"),
        ("Wrap `x` — see docs", (), "wrap x"),
        ("Hide\u202e this\nnow", (), "Hide⟨U+202E⟩ this now"),
        ("Pass tx on: return this.load(id, tx)", (), "pass tx on: return this.load(id, tx)"),
        ("Raise RefusedError instead", ("seal",), "raise RefusedError in seal"),
        (
            "Use a single query with a join or a subselect",
            (),
            "use a single query with a join or a subselect",
        ),
        ("", (), "no check of the input"),
        (
            "Use optional access: typeof rope?.knots === 'number' ? rope.knots : Rope.SHORTEST",
            (),
            "use optional access",
        ),
        (
            "Leave it as it is or rename it in one sweep",
            (),
            "decide whether to leave it as it is or rename it in one sweep",
        ),
        ("gate.open(berth, timeout=5)", (), "no check of the input"),
        ('`return Map.of("herd", herd);`', (), "no check of the input"),
        ("const most = berths.length - 1", (), "no check of the input"),
        ("@herd = Herd.find_by_name!(params[:name])", (), "no check of the input"),
        ("Add le=200 to the Query", (), "add le=200 to the Query"),
        (
            "Call the clerk with open: false and the text of the refusal",
            (),
            "call the clerk with open: false and the text of the refusal",
        ),
        ("Replace split(' ') with split()", ("weigh",), "replace split(' ') with split()"),
        (
            "Change `draw(len(BERTHS) - 1, 'spring tide')` to `draw(len(BERTHS))`.",
            ("Quay.pick",),
            "call draw(len(BERTHS)) in pick",
        ),
        (
            "Write to a spare ledger in the same folder and rename it over the old one once done",
            (),
            "write to a spare ledger in the same folder",
        ),
        ("Change to `raise TideError(f'no {berth}') from why`.", (), "no check of the input"),
        (
            "Decide whether to keep the ledgers in a box, or run the sweep at most once an hour",
            (),
            "decide whether to keep the ledgers in a box or run the sweep at most once an hour",
        ),
    ],
)
def test_headline_is_the_first_clause_of_the_fix(
    fix: str, symbols: tuple[str, ...], expected: str
) -> None:
    """What is left open is a decision; asides, code marks and hidden characters do not hide."""
    assert headline(finding("F-1", fix=fix, symbols=symbols), None) == expected


@pytest.mark.parametrize(
    ("fix", "evidence", "expected"),
    [
        (
            "Read it from the environment",
            "quay.key=[redacted]",
            "read quay.key from the environment",
        ),
        (
            "Construct it with the tide",
            "const crane = new Crane();",
            "construct Crane with the tide",
        ),
        (
            "Run it from a nightly job",
            "Kiln.sweep()  # old ash",
            "run Kiln.sweep from a nightly job",
        ),
        ("Cap it: `herd = herd.slice(0, 9)`", "herd.push(cow)", "cap herd"),
        ("Make it private", "if (full) {", "make it private"),
        ("Also check the depth", "", "check the depth"),
    ],
)
def test_a_headline_names_what_it_stands_for(fix: str, evidence: str, expected: str) -> None:
    """*It* is what the quoted line sets, makes or calls; where that is not known it stays."""
    asking = replace(finding("F-1", fix=fix), evidence=evidence)
    assert headline(asking, None) == expected


def test_a_title_is_not_cut_before_what_it_waits_for() -> None:
    """Without what must come first, *only after* would say the opposite."""
    said = "remove the old chart only after UpdateChart returned without an error of any kind"
    assert title(ChangeKind.FIX, "charts", [said]) == (
        "fix(charts): remove the old chart only after UpdateChart"
    )


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (["guard the parse"], "fix(gift): guard the parse"),
        (
            ["delete the unused method RoomMediaClusterManager.registerConsumer now"],
            "fix(gift): delete the unused method registerConsumer now",
        ),
        (
            ["limit transports for each of the connected clients", "verify the owner of a seat"],
            "fix(gift): limit transports for each and verify the owner of a seat",
        ),
        (["a b c"] * 3, "fix(gift): a b c"),
        (
            [f"change the {word} everywhere at once" for word in ("first", "second", "third")],
            "fix(gift): change the first everywhere at once and 2 other changes",
        ),
        (
            [
                "sort and number the platform tickets of an evening",
                "refuse a returned ticket that has been torn",
            ],
            "fix(gift): sort and number platform tickets and refuse returned ticket",
        ),
        (
            ["throw new VoucherError(codes.EXPIRED, 'the voucher has expired') in redeemVoucher"],
            "fix(gift): throw new VoucherError(…) in redeemVoucher",
        ),
        (
            ["decide whether to keep one shared table for all tenants or split it by tenant"],
            "fix(gift): decide whether to keep one shared table or split it by tenant",
        ),
        (
            ["load the berth first and answer 403 unless the captain of the ship is the caller"],
            "fix(gift): load the berth first and answer 403",
        ),
        (
            ["catch TideError around both of the gauges and go on with the last of the readings"],
            "fix(gift): catch TideError around both of the gauges",
        ),
        (["x" * 90], "fix(gift): " + "x" * 60 + "…"),
        (
            ["read context.seats.seatOf(roomId, userId) and refuse", "second"],
            "fix(gift): read context.seats.seatOf(roomId, userId) and second",
        ),
        (
            ["rank(" + "roomId, " * 20 + ")"],
            "fix(gift): rank(…)",
        ),
    ],
)
def test_title_says_as_much_as_fits(heads: list[str], expected: str) -> None:
    """Phrases are dropped whole, and what is left out is counted."""
    assert title(ChangeKind.FIX, "gift", heads) == expected


@pytest.mark.parametrize(
    ("summary", "fix", "expected"),
    [
        ("Replace 8 by 12", "Raise the rounds from 8 to 12", "raise the rounds from 8 to 12"),
        (
            "Add max=90 to Query",
            "Add max=90 to the Query of days",
            "add max=90 to the Query of days",
        ),
        (
            "Set code = 1 in the catch block of line 18",
            "End with 1",
            "set code = 1 in the catch block",
        ),
        ("Rename isFree to isVacant at 9 places", "Rename it", "rename isFree to isVacant"),
        ("Swap the clocks", "Use clock.now(tz)", "swap the clocks"),
    ],
)
def test_of_a_patch_the_fuller_of_summary_and_fix_is_told(
    summary: str, fix: str, expected: str
) -> None:
    """A summary made of numbers says nothing; a line number is of one commit only."""
    assert headline(finding("F", fix=fix), Proposal("F", "instruction", summary, {})) == expected


def test_files_that_a_title_has_no_room_for_are_counted_as_files() -> None:
    """The list ends in a noun, and names nothing twice."""
    files = [f"depot/{name}.py" for name in ("timetables", "turntables", "wagons", "signals")]
    assert headline(finding("F"), None, files) == "cover timetables, turntables and 2 other files"
    assert headline(finding("F"), None, ["a.py", "b.py"]) == "cover a and b"


def test_an_expression_is_not_cut_short() -> None:
    """Half a condition would say something else."""
    fix = "Write `tide.level || (gate instanceof Sluice ? gate.low : gate.high + spring)`."
    about = finding("F", fix=fix, symbols=("levelOf",))
    assert headline(about, None) == "rewrite the expression in levelOf"


@pytest.mark.parametrize(
    ("fix", "expected"),
    [
        (
            'Answer 404 with message "No such loom here" when no loom has the number',
            "answer 404 when no loom has the number",
        ),
        (
            "Skip the spool when its thread is torn off, as the winder of the other hall does",
            "skip the spool when its thread is torn off",
        ),
        (
            "When the vat is empty, refuse the order",
            "refuse the order when the vat is empty",
        ),
        (
            "On 503 wait for a minute and dial the mill again",
            "wait for a minute and dial the mill again on 503",
        ),
        (
            "Walk up from the new parent and answer 409 when the vat itself is met on the way",
            "answer 409 when the vat itself is met on the way",
        ),
        (
            "Count the bobbins after the shift and stop the loom when it has none left to wind up",
            "count the bobbins after the shift and stop the loom when it has none left to wind up",
        ),
    ],
)
def test_an_order_that_is_too_long_keeps_its_condition(fix: str, expected: str) -> None:
    """What it is done with or like goes first; an order of two with one condition is not cut."""
    asked = replace(finding("F"), fix=fix, symbols=())
    assert headline(asked, None) == expected


def test_what_is_put_somewhere_is_not_cut_from_its_place() -> None:
    """To run two things is no news; to run them in one transaction is."""
    head = "run the weaving and the dyeing of the cloth in one big transaction of the store"
    assert title(ChangeKind.FIX, "weaving", [head]).startswith("fix(weaving): run")
    assert not title(ChangeKind.FIX, "weaving", [head]).endswith("of the cloth")


def test_a_module_keeps_its_whole_name() -> None:
    """Only a class before a member may go, and none in the middle of a dotted name."""
    head = "parse the weaving plan of the north hall with safeyarn.Spool.read_all"
    assert "safeyarn.read_all" not in title(ChangeKind.FIX, "weaving", [head])


@pytest.mark.parametrize(
    ("fix", "evidence", "problem", "expected"),
    [
        (
            "Look the timer up first and clear it before the kiln is opened",
            "kilns.delete(id)",
            "The timer of a kiln that is opened stays",
            "clear the timer before the kiln is opened",
        ),
        (
            "Look the sealed name up and fall back to the berth of '*' when there is none",
            "quay.get(name)",
            "A berth of another name is not found",
            "fall back to the berth of '*' when there is none",
        ),
        (
            "Keep the bell in a variable, set tower.bell to nil, and call the variable afterwards",
            "tower.bell()",
            "The bell is rung before it is cleared",
            "set tower.bell to nil",
        ),
        (
            "Decide on a default lifetime of a permit, and refuse permits that are older than that",
            "if permit.until:",
            "A permit without a date never ends",
            "decide on a default lifetime of a permit",
        ),
        (
            "return nil, ErrFull",
            "return berth, nil",
            "A full quay is told as a free one",
            "return nil, ErrFull instead of berth, nil",
        ),
        (
            "Plan the next round in a finally handler, whatever the outcome of this one may be",
            ".then(plan)",
            "One error ends all rounds",
            "plan the next round in a finally handler",
        ),
    ],
)
def test_an_order_is_told_by_what_it_is_for(
    fix: str, evidence: str, problem: str, expected: str
) -> None:
    """Looking something up, and what is said beside an order, tell nothing in a title."""
    asking = replace(finding("F", fix=fix, problem=problem), evidence=evidence)
    assert headline(asking, None, room=56) == expected


def test_a_title_ends_before_what_something_is_passed_to() -> None:
    """A participle alone says nothing."""
    head = "do the weighing and the payment in one function passed to ledger.enqueue by the clerk"
    told = title(ChangeKind.FIX, "ledger", [head])
    assert told == "fix(ledger): do the weighing and the payment in one function"


def test_half_a_problem_is_no_title() -> None:
    """What stands before *and* must tell of a fault to stand alone."""
    problem = "The tide is read in one round and written in another one"
    long = "Keep " + "the readings of the gauge " * 4
    said = headline(finding("F", problem=problem, fix=long), None, room=56)
    assert said != "the tide is read in one round"


def test_a_draft_is_titled_by_what_is_asked() -> None:
    """Nobody has judged yet whether it does what its summary says."""
    asking = finding("F", fix="Close the sluice on every error")
    drafted = Proposal("F", "drafter", "Sluice is closed by a context manager", {})
    assert headline(asking, drafted) == "close the sluice on every error"
    half = Contract(Operation.CALL, "a.py", "close", open=("the second gate",))
    partly = Proposal("F", "instruction", "Close one gate", {}, contracts=(half,))
    assert headline(asking, partly) == "close the sluice on every error"


@pytest.mark.parametrize(
    ("fix", "expected"),
    [
        (
            "Clone the labels with maps.Clone(crate.tags).",
            "clone the labels with maps.Clone(crate.tags)",
        ),
        ("Call release() before fail(err).", "call release() before fail(err)"),
        (
            "Narrow both handlers to (KilnError, ClayError).",
            "narrow both handlers to (KilnError, ClayError)",
        ),
    ],
)
def test_a_short_order_is_told_with_the_code_in_it(fix: str, expected: str) -> None:
    """A call of a name or two reads as a word; a second order has a condition of its own."""
    asked = replace(finding("F", fix=fix), title="The belt is stuck")
    assert headline(asked, None, room=60) == expected


def test_what_is_done_only_then_is_not_told_without_its_case() -> None:
    """*Only close the gate* would say another thing than *only close it when …*."""
    fix = "Only close every gate when the keeper of the lock was already asked for the second time."
    said = headline(replace(finding("F", fix=fix), title="The gate closes too soon"), None, room=40)
    assert title(ChangeKind.FIX, "", [said]) == "fix: the gate closes too soon"
