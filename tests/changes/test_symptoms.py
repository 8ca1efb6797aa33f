"""The sentence on a fault, turned round, says what holds once it is mended."""

from __future__ import annotations

import pytest

from mendbook.changes.symptoms import without_fault


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (
            "On an outage the pilot sees 401 instead of 503.",
            "on an outage the pilot sees 503, not 401",
        ),
        (
            "Vessels with no flag get 500 in place of 422 and retry",
            "vessels with no flag get 422, not 500",
        ),
        ("Two ferries take one berth.", "two ferries do not take one berth"),
        # who did something before is told by a verb of its own
        (
            "A pump that ran into one error never tells the keeper",
            "a pump that ran into one error tells the keeper",
        ),
        (
            "A nurse who signed twice never sees the second dose",
            "a nurse who signed twice sees the second dose",
        ),
        # what code does to begin with is no fault, and what would be neither
        (
            "Till.close waits for the receipt, and a clerk at the other till never gets paid",
            "a clerk at the other till gets paid",
        ),
        ("A change of the rule would give out names and no test would fail", ""),
        (
            "If the mill is cold, grind swallows the error, but an error of the sieve ends the"
            " shift for good",
            "an error of the sieve does not end the shift for good",
        ),
        # nobody is to do to all what is the fault
        (
            "Any reader of the board can stop all the trains that are on their way",
            "no reader of the board can stop all the trains that are on their way",
        ),
        (
            "Two nurses at one time both pass the check",
            "two nurses at one time do not both pass the check",
        ),
        ("The dose is never rounded", "the dose is rounded"),
        ("Readings are not awaited: the pump runs dry", "readings are awaited"),
        ("The lock never expires", "the lock expires"),
        ("None today, because the press ignores the second seal", ""),
        (
            "Pilots never receive the tide and cannot tell ebb from flood",
            "pilots receive the tide",
        ),
        (
            "New tariffs do not apply until the toll booth is restarted",
            "new tariffs apply before the toll booth is restarted",
        ),
        (
            "Anyone who sends nine forms blocks the desk",
            "nobody who sends nine forms blocks the desk",
        ),
        ("Anyone can open the vault without a key", "nobody can open the vault without a key"),
        (
            "The seal's timing leaks how much of the code fits",
            "the seal's timing does not leak how much of the code fits",
        ),
        (
            "The last berth is never chosen since draw() leaves its end out",
            "the last berth is chosen",
        ),
        (
            "A refusal that is no error is only noted, and the caller is never told",
            "the caller is told",
        ),
        ("Any clerk can void any sale", "not every clerk can void any sale"),
        ("All catalogue cards are shown to guests", "no catalogue cards are shown to guests"),
        ("A grower may pick the plots of others", "a grower may not pick the plots of others"),
        ("Books with a slash cannot be lent", "books with a slash can be lent"),
        ("Weights with a comma are read wrong.", "weights with a comma are read correctly"),
        (
            "Editing a second bed shows and saves the first",
            "editing a second bed does not show or save the first",
        ),
        (
            "A crane that calls stop before start answers 409",
            "a crane that calls stop before start does not answer 409",
        ),
        (
            "Whoever knows or guesses the id reads name, ward and diet of a patient",
            "whoever knows or guesses the id does not read name, ward and diet of a patient",
        ),
        ("Blank page for whoever has an old ticket", "no blank page for whoever has an old ticket"),
        (
            "The mill keeps old grain and the bakers are never told",
            "the mill does not keep old grain",
        ),
        (
            "The desk answers 400 for a wrong ship but does not stop, so two answers go out",
            "the desk stops",
        ),
        (
            "A hook that hangs keeps the gate open for ever",
            "a hook that hangs does not keep the gate open for ever",
        ),
        ("the till pages without an order, rows can appear twice", "rows cannot appear twice"),
        (
            "A crane that posts loads gets 500 and its load is lost",
            "a crane that posts loads does not get 500",
        ),
        (
            "When one mill stops, the mills after it get no grain",
            "when one mill stops, the mills after it get the grain",
        ),
        (
            "A reader gets 500 instead of 400 for such a card",
            "a reader gets 400, not 500, for such a card",
        ),
        (
            "After the key is changed, guards who come back see an error until they leave",
            "after the key is changed, guards who come back do not see an error until they leave",
        ),
        ("LockError, or both boats go through one sluice", ""),
        ("The seal can never be broken", ""),
        (
            "Faults in that block stay invisible",
            "faults in that block do not stay invisible",
        ),
        ("Refused letters are invisible", "refused letters are visible"),
        (
            "GET /plots?owner=ann lists plots that ann never rented",
            "GET /plots?owner=ann does not list plots that ann never rented",
        ),
        ("No test covers the tide", ""),
        ("Hard to read", ""),
        ("Queries per row", ""),
        ("Only the harbour master is told", ""),
        (
            "The two wings do not hear each other, and the gate stays.",
            "the two wings hear each other",
        ),
        ("90 turns and 90 passes over the mill for each sack.", ""),
        (
            "The sluice blocks the mill while it runs, and N sacks cost N turns for each order.",
            "the sluice does not block the mill while it runs",
        ),
        ("Millers turn the wheel and nothing happens.", ""),
        ("MILL-001 could run for days unnoticed.", ""),
        ("It can be neither found nor tuned.", ""),
        ("Bakers copy the list as it is.", ""),
        ("What if the tide turns?", ""),
        ("", ""),
    ],
)
def test_a_fault_turned_round_says_what_holds(fault: str, expected: str) -> None:
    """What was due stands in it where it is said; an uncertain verb is not turned."""
    assert without_fault(fault) == expected


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        ("The row comes from the address and is put into the statement", ""),
        ("The list is sorted on every request", ""),
        ("The gate uses a list", ""),
        (
            "Booking the same bed twice at once answers 500: the check joins both codes with and",
            "booking the same bed twice at once does not answer 500",
        ),
        (
            "A ticket that cannot be read makes every gate answer 500, because nobody catches it",
            "a ticket that cannot be read does not make every gate answer 500",
        ),
        ("The keeper never hears of it", "the keeper hears of it"),
        ("The lamp leaks oil", "the lamp does not leak oil"),
        (
            "The pump starts; a second start is silently ignored",
            "a second start is not silently ignored",
        ),
        ("Anybody can open the gate", "not everybody can open the gate"),
        (
            "`unload` takes a signal but calls `crane.wait`, so a cancelled ship goes on waiting",
            "a cancelled ship does not go on waiting",
        ),
        (
            "Every error is swallowed, a broken scale looks like an empty one",
            "not every error is swallowed",
        ),
        (
            "Letters may arrive before the box is mounted; the porter loses them",
            "the porter does not lose them",
        ),
        ("A tide may come before its table", ""),
        ("When the mill stops and nobody waits at the door, the sacks are lost", ""),
        ("the ticket is never taken away either", "the ticket is taken away"),
        ("A guest may open or sink every boat", "a guest may not open or sink every boat"),
        (
            "GET /berths answers 500 with a RangeError",
            "GET /berths does not answer 500 with a RangeError",
        ),
        ("When the tide turns, the gate is stale", "when the tide turns, the gate is not stale"),
    ],
)
def test_what_code_does_to_begin_with_is_no_fault(problem: str, expected: str) -> None:
    """A problem may tell first how things are; only what a word calls wrong is turned round."""
    assert without_fault(problem, told=False) == expected


def test_calls_to_something_are_no_deed() -> None:
    """A noun is not turned round: nobody *does not call to the scale*."""
    assert without_fault("Wasted async calls to the scale") == ""
    assert (
        without_fault("A client that sends faster than hooks run fills the memory")
        == "a client that sends faster than hooks run does not fill the memory"
    )


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (
            "A bad ticket becomes a stuck gate and the rider waits until the shift ends",
            "a bad ticket does not become a stuck gate",
        ),
        (
            "The feeder gets an empty trough and believes that the herd has fed",
            "the feeder does not get an empty trough",
        ),
        ("Scans of old hives query the wrong shelf and find nothing", None),
        ("A tray with an empty seeds list stores nothing, yet the drill reports it", ""),
        ("Parallel orders all read stock = 4 and sell more than four", None),
        ("A silo inside itself is shown nowhere", ""),
        (
            "When a mill answers late, the rest of the night's makes are skipped",
            "when a mill answers late, the rest of the night's makes are not skipped",
        ),
        (
            "Started at 10:47, the mill runs at 47 minutes past each hour",
            "Started at 10:47, the mill does not run at 47 minutes past each hour",
        ),
        (
            "A badge with zones: [] raises KeyError at the gate",
            "a badge with zones: [] does not raise KeyError at the gate",
        ),
        (
            "The sum of an empty list is zero, so farms without cows get a refund",
            "farms without cows do not get a refund",
        ),
        (
            "tank.read throws on null, so a first filling answers 500 instead of 401",
            "a first filling answers 401, not 500",
        ),
        (
            "All seals of one mill share their first bytes, so an old seal still opens the mill",
            "an old seal does not open the mill",
        ),
        (
            "After a stop, loads that were weighed before are checked with an empty scale and"
            " refused until noon",
            "after a stop, loads that were weighed before are not checked with an empty scale",
        ),
        ("A move by a foreign keeper succeeds and can set the queen", ""),
        ("Both tides of a day raise the bridge", "both tides of a day do not raise the bridge"),
        (
            "The labels of empty seed trays stay on the shelf",
            "the labels of empty seed trays do not stay on the shelf",
        ),
        ("Anybody moves the sacks of others", "not everybody moves the sacks of others"),
        (
            "The sack is emptied before the lock is held, so it can no longer be weighed",
            "the sack is not emptied before the lock is held",
        ),
        (
            "A mill that is stopped can no longer be started",
            "a mill that is stopped can be started",
        ),
        (
            "weigh_all answers 200 each time, so sacks vanish unseen",
            "sacks do not vanish unseen",
        ),
        ("Twenty orders that read one stock are all filled", None),
        ("Two parallel stop requests both find the tram and halt it twice", None),
        (
            "Ten torn sacks raise one alarm and nine are never seen",
            "Ten torn sacks do not raise one alarm",
        ),
        (
            "The mill accepts a ticket once, so the second cart gets a refusal",
            "the second cart does not get a refusal",
        ),
        ("The scale reads twice, which the clerk lets pass", "the scale does not read twice"),
    ],
)
def test_half_a_sentence_is_not_turned_round(fault: str, expected: str | None) -> None:
    """Of two deeds one is told; a noun that looks like a verb, and a premise, are none.

    Where ``expected`` is None no second half may be left as it was.
    """
    said = without_fault(fault)
    assert said == expected if expected is not None else " and " not in said


def test_what_follows_from_a_premise_begins_behind_so_that() -> None:
    """*That* belongs to the joint, and not to the sentence."""
    told = "Cranes are told apart by their place, so that the board keeps the wrong one"
    assert without_fault(told, told=False) == "the board does not keep the wrong one"


@pytest.mark.parametrize(
    "fault",
    [
        "Weight checks over many crates fail",
        "Stopping is not counted anywhere",
        "Options are silently not honoured",
    ],
)
def test_what_would_say_another_thing_is_not_turned_round(fault: str) -> None:
    """A noun before the verb that ends the clause; *anywhere*; what is denied behind an adverb."""
    assert without_fault(fault) == ""
