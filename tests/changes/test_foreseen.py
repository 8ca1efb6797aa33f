"""What a fix that is not written yet can break, and what holds once it is done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drawn_records import finding
from mendbook.changes.foreseen import foreseen
from mendbook.changes.held import held, regression
from mendbook.model import FindingFacts
from mendbook.repository.snapshot import Snapshot

NOWHERE = FindingFacts("F", ())
EMPTY = Snapshot.of({})


@pytest.mark.parametrize(
    ("fix", "evidence", "expected"),
    [
        (
            "Answer 409 when the berth is taken",
            "",
            "What was served until now is answered with 409 when the berth is taken.",
        ),
        (
            "Raise DoseError instead",
            "raise ValueError(dose)",
            "Who tells errors apart meets DoseError where ValueError came before.",
        ),
        (
            "Throw new RangeError('net') for negative weights",
            "weigh(net)",
            "Calls that went through until now end with RangeError.",
        ),
        (
            "Replace the assert with an explicit exception",
            "assert amount > 0",
            "The check also holds where assertions are switched off: what slipped through there"
            " fails.",
        ),
        (
            "Catch `KilnError | IOException` instead of `Exception`",
            "} catch (Exception e) {",
            "Errors other than KilnError | IOException leave it from then on, to its callers.",
        ),
        (
            "Catch only TideError here",
            "except Exception:",
            "Errors other than TideError leave it from then on, to its callers.",
        ),
        (
            "Catch the error and show a notice",
            "",
            "On an error there, it shows a notice; what the error did until now, it does no more.",
        ),
        (
            "Answer 404 in `show` and `index`",
            'return Response("No berth", { status: 403 })',
            "Clients that tell answers apart meet 404 where 403 came before.",
        ),
        (
            "Send `Cache-Control: private, no-store` with the ticket",
            "",
            "What browsers and proxies kept until now is asked for again: more requests come.",
        ),
        (
            "Set Cache-Control to public, max-age=600 for the timetable",
            "",
            "Browsers and proxies keep what they got: a change is seen that much later.",
        ),
        (
            "Bypass the cache for signed-in visitors",
            "",
            "What was answered from the cache is asked for anew each time.",
        ),
        (
            "Check `herd.shepherd is not None` first",
            "",
            "Where herd.shepherd is not set, what stands behind the check does not run any more.",
        ),
        (
            "Take the lock with SETNX before the seat is sold",
            "",
            "Of several that come at once, one waits or fails, where all went through until now.",
        ),
        (
            "Cap the herd at 40 in `list` and `count`",
            "",
            "Who relies on more than 40 gets less, or is refused.",
        ),
        (
            "Cap the page size at 200",
            "",
            "Who relies on more than 200 gets less, or is refused.",
        ),
        (
            "Keep only the last 50 readings",
            "",
            "What is older than the last 50 readings is gone for whoever reads it.",
        ),
        (
            "Change the default of retention_days to 30",
            "",
            "Whoever does not set retention_days gets 30 from then on.",
        ),
        (
            "Read the key from the environment variable LEDGER_KEY",
            "",
            "An environment where LEDGER_KEY is not set behaves otherwise: set it before this"
            " goes live.",
        ),
        (
            "Take the row lock with SELECT … FOR UPDATE before the seat is sold",
            "",
            "Of several that come at once, one waits for the other, where all went through until"
            " now.",
        ),
        (
            "Add an index on (tenant_id, created_at)",
            "",
            "The schema changes: that takes a lock on the table, and rows that do not fit stop it.",
        ),
        (
            "Use select_related on the invoice lines",
            "",
            "The rows come from another query: order, duplicates by joins and missing rows can"
            " differ.",
        ),
        (
            "Use fs.promises in place of the blocking calls",
            "",
            "Callers must await the result; what ran in one go can be interrupted in between.",
        ),
        (
            "Delete expired vouchers from the table on start",
            "",
            "What is deleted does not come back with a revert.",
        ),
        (
            "Remove the redundant null check",
            "",
            "What the redundant null check did until now is not done any more.",
        ),
        (
            "Add an @deprecated tag that names the version it goes away in",
            "",
            "None at run time: what is asked for does not run.",
        ),
        (
            "Extract the tariff maths into tariff.py",
            "",
            "None is meant: the same code runs from another place.",
        ),
        (
            "Move unpaid items to the dunning queue",
            "",
            "",
        ),
        (
            "Either keep the cache or drop it",
            "",
            "Not known until it is decided whether to keep the cache or drop it.",
        ),
        (
            "Sort trips by departure",
            "",
            "Not known: what can break once it sorts trips by departure; the code around it "
            "does not tell.",
        ),
        (
            "Refuse to start when TIDE_KEY is missing",
            "",
            "An environment where TIDE_KEY is not set does not start any more.",
        ),
        (
            "Drop the message otherwise",
            "",
            "What was passed on until now can be dropped without a word to who sent it.",
        ),
        (
            "Delete the loan tokens of the reader as well",
            "",
            "The tokens that are deleted do not come back with a revert; who holds one notices.",
        ),
        (
            "Catch the timeout error of pump.read() and throw PumpError",
            "",
            "Errors of pump.read() come out as PumpError from then on.",
        ),
        (
            "Give the berth lock an expiry of 90 s",
            "",
            "What takes longer than 90 s finds it expired while it still runs.",
        ),
        (
            "Use a sha256 of the card",
            "",
            "The same input gives another value than before: one that was kept does not match it.",
        ),
        ("Log refused parcels", "", "None for its callers: only what is logged changes."),
        ("Needs thought", "", ""),
    ],
)
def test_each_sort_of_change_breaks_things_of_its_own(
    fix: str, evidence: str, expected: str
) -> None:
    """What the fix names stands in the sentence; where it says nothing, nothing is foreseen."""
    about = replace(finding("F", problem="No bound", fix=fix), evidence=evidence)
    assert " ".join(each.words for each in foreseen(about, NOWHERE, EMPTY)) == expected


@pytest.mark.parametrize(
    ("fix", "expected"),
    [
        ("Raise the pool size from 5 to 20", ("the pool size is 20",)),
        ("Add a timeout of 5 s to the tide request", ("the tide request has a timeout of 5 s",)),
        ("Add a retry to prevent lost parcels", ("has a retry to prevent lost parcels",)),
        (
            "Close the port and clear the timer when the ferry leaves",
            ("closes the port and clears the timer when the ferry leaves",),
        ),
        (
            "Compare with None: `rate if rate is not None else 1`",
            ("compares with None: rate if rate is not None else 1",),
        ),
        (
            "Refuse negative doses; update its callers; add a test in tests/test_dose.py",
            ("refuses negative doses",),
        ),
        (
            "Check the owner first. Do the same in cancelTrip and moveTrip",
            (
                "checks the owner first",
                "cancelTrip: checks the owner first",
                "moveTrip: checks the owner first",
            ),
        ),
        ("The gateway must verify the signature", ("The gateway verifies the signature",)),
        ("Consider adding a bound", ("has a bound",)),
        (
            "Delete the upload once the claim is settled",
            ("deletes the upload once the claim is settled",),
        ),
        (
            "Use one query with a join, as there is one query per stop",
            ("runs as many queries for many rows as for one",),
        ),
        (
            "Either refuse the tag or log the attempt",
            ("refuses the tag or logs the attempt, as is decided",),
        ),
        (
            "Handle SIGTERM: stop the pumps, close the gate and exit after 9 s",
            ("handles SIGTERM: stops the pumps, closes the gate and exits after 9 s",),
        ),
        ("Run GetBerth and Update in one go", ("runs GetBerth and Update in one go",)),
        ("Delete the unused method", ()),
        ("Use a for loop with an if", ()),
        ("Rename tmp to pending", ()),
    ],
)
def test_what_holds_afterwards_is_said_of_the_code(fix: str, expected: tuple[str, ...]) -> None:
    """Each thing that a test can see is one sentence in the third person."""
    assert held(finding("F", problem="No bound", fix=fix), NOWHERE) == expected


def test_what_holds_stands_under_the_name_of_the_code() -> None:
    """The name is not said twice where it cannot be missed; a plain word always is."""
    about = finding("F", fix="Cap bookBerth at 3", symbols=("bookBerth",))
    plain = finding("F", fix="Cap the login at 3", symbols=("login",))
    assert held(about, NOWHERE) == ("caps bookBerth at 3",)
    assert held(plain, NOWHERE) == ("login: caps the login at 3",)


def test_a_change_of_form_calls_for_no_regression_test() -> None:
    """What no test can see has no title; a fix that says nothing else is told by its problem."""
    form = finding("F", problem="map() for its effects", fix="Use a for…of loop")
    fault = finding("F", problem="Two ferries may take one berth", fix="Needs a lock")
    assert regression(form, NOWHERE) == ""
    assert regression(fault, NOWHERE) == "two ferries may not take one berth"


@pytest.mark.parametrize(
    ("fix", "told", "expected"),
    [
        (
            "Escape the metacharacters of the search text before it is used as a regex",
            "A search for ( answers 500 as a regex",
            "Such characters are taken as they are from then on: who used them as a pattern finds"
            " less, or nothing.",
        ),
        (
            "Return an error for any crop that is neither rye nor oats",
            "A typo sows the wrong field",
            "It ends with an error for any crop that is neither rye nor oats, where it went on"
            " until now: callers have to deal with it.",
        ),
        (
            "Set the crane's ticket to null with dropTicket before the cookies are cleared",
            "A stolen ticket lifts loads",
            "Not known: what can break once the crane's ticket is null with dropTicket "
            "before the cookies are cleared; the code around it does not tell. Until then, "
            "as the audit saw it: “A stolen ticket lifts loads”.",
        ),
        (
            "Answer 503",
            "The mill stands still",
            "Clients can meet 503 from then on.",
        ),
        (
            "Log the error of dial.ring and answer 502",
            "Nobody hears of a dead line",
            "What was served until now is answered with 502 when dial.ring fails.",
        ),
        (
            "Add the keeper to the filter, so that a foreign hive is answered with 404",
            "A keeper opens the hives of others",
            "What was served until now is answered with 404 for a foreign hive.",
        ),
        (
            "Answer 'No such load' when the load is missing",
            "A missing load stops the crane",
            "Answers 'No such load' when the load is missing, where it went on until now.",
        ),
        (
            "Sort the trams by line",
            "Two boards list the trams in different order",
            "From then on two boards do not list the trams in different order; who counts on how it"
            " is today is not known.",
        ),
        (
            "When the hive is empty, keep the frame",
            "The frame of an empty hive is thrown away, and its wax with it",
            "It does something else only when the hive is empty: then it keeps the frame.",
        ),
    ],
)
def test_today_is_told_as_the_audit_saw_it(fix: str, told: str, expected: str) -> None:
    """What no sort speaks for is told by what is asked and what is so today, not turned round."""
    asking = replace(finding("F"), fix=fix, impact=told, evidence="", symbols=())
    said = " ".join(each.words for each in foreseen(asking, NOWHERE, EMPTY))
    assert said == expected


@pytest.mark.parametrize(
    ("fix", "evidence", "expected"),
    [
        (
            "Limit the body to 4 MB with http.MaxBytesReader and refuse other sacks with 415",
            "fill(sack)",
            ("a body above the limit is refused", "refuses other sacks with 415"),
        ),
        (
            "Use berths.LoadAndDelete(ticket) instead of berths.Load(ticket)",
            "if _, ok := berths.Load(ticket); !ok {",
            ("a second use is refused",),
        ),
        (
            "Use tides.findOneOrFail(port) instead of tides.findOne(port)",
            "const tide = tides.findOne(port)",
            ("ends with an error where there is none",),
        ),
        (
            "Send the pass in the Authorization header",
            'answer = requests.get(f"{mill}?pass={key}")',
            ("the request carries it in the Authorization header",),
        ),
    ],
)
def test_each_order_of_a_clause_is_seen(fix: str, evidence: str, expected: tuple[str, ...]) -> None:
    """What is known of the first does not hide the second."""
    asking = replace(finding("F"), fix=fix, evidence=evidence, problem="", impact="", symbols=())
    told = held(asking, NOWHERE)
    assert all(any(part in each for each in told) for part in expected), told


@pytest.mark.parametrize(
    ("fix", "evidence", "expected"),
    [
        (
            "Require a shared secret in the X-Gate-Key header",
            "app.post('/sacks', weigh)",
            "Who sends no valid X-Gate-Key header is refused, where all were served until now.",
        ),
        (
            "Key the cache by field and crop",
            "cache.get(field)",
            "Not known: what can break once it keys the cache by field and crop; the code "
            "around it does not tell.",
        ),
        (
            "Pass timeout=harvest to set",
            "crops.set(field, crop)",
            "`crops.set` gets `timeout=harvest` besides.",
        ),
        (
            "Remove with a filtered query and count down only when it reports one row",
            "count_down(crop)",
            "It counts down only when it reports one row: else that is not done any more.",
        ),
        (
            "Only drop sacks that are older than one day",
            "sack.drop()",
            "It drops only sacks that are older than one day: the rest is left as it is from then"
            " on.",
        ),
        (
            "Hold the cache as undefined until it is filled",
            "if (fields.length === 0) {",
            "Not known: what can break once it holds the cache as undefined until it is "
            "filled; the code around it does not tell.",
        ),
        (
            "Use max(depth, keel) instead of min(depth, keel)",
            "draught = min(depth, keel)",
            "The greater of the two is taken, where it was the smaller.",
        ),
        (
            "Strip everything but digits and dots before the weight is parsed",
            "parse(weight)",
            "Not known: what can break once it strips everything but digits and dots before "
            "the weight is parsed; the code around it does not tell.",
        ),
        (
            "Open the ledger file once and write through it",
            "open(ledger)",
            "Not known: what can break once it opens the ledger file once and writes "
            "through it; the code around it does not tell.",
        ),
    ],
)
def test_a_word_of_an_order_is_not_its_sort(fix: str, evidence: str, expected: str) -> None:
    """A cache that is held is none that is made, and a file opened once is shared by nobody."""
    asking = replace(finding("F"), fix=fix, evidence=evidence, problem="", impact="", symbols=())
    assert foreseen(asking, NOWHERE, EMPTY)[0].words == expected


@pytest.mark.parametrize(
    ("fix", "expected"),
    [
        (
            "Read the pass from gate.body and answer 400 when it is missing",
            "answers 400 when the pass is missing",
        ),
        (
            "Compare the weights first and answer 409 when they differ",
            "answers 409 when the weights differ",
        ),
    ],
)
def test_a_pronoun_of_a_condition_is_put_by_its_noun(fix: str, expected: str) -> None:
    """What is read or compared first is meant, and not where it comes from."""
    asking = replace(finding("F"), fix=fix, problem="", impact="", symbols=())
    assert held(asking, NOWHERE) == (expected,)
