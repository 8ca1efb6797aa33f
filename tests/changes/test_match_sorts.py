"""Orders about patterns, running calls, unseen errors and comparisons, as risks and tests."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drawn_records import finding
from mendbook.changes.foreseen import foreseen
from mendbook.changes.held import held
from mendbook.changes.symptoms import without_fault
from mendbook.changes.titles import headline, title
from mendbook.model import ChangeKind, FindingFacts
from mendbook.repository.snapshot import Snapshot

NOWHERE = FindingFacts("F", ())
EMPTY = Snapshot.of({})


@pytest.mark.parametrize(
    ("fix", "evidence", "risk", "test"),
    [
        (
            "Anchor each expression with ^ and $",
            "gates = append(gates, regexp.MustCompile(gate))",
            "What only holds a match is matched no more: an entry that counted on that must name"
            " the whole.",
            "",
        ),
        (
            "Use fullmatch",
            "if re.match(LICENCE, plate):",
            "What only holds a match is matched no more: an entry that counted on that must name"
            " the whole.",
            "",
        ),
        (
            "Escape the dot as in the harbour below",
            "const berth = name.replace(/^pier./, '')",
            "The dot of the pattern stands for itself alone: what another character matched there"
            " is matched no more.",
            "",
        ),
        (
            "Keep the promise of a running query and let others wait for it",
            "const sack = await load(id)",
            "Who comes while `load` runs gets its result, and its error too: one that hangs holds"
            " them all.",
            "two at the same time make load run once",
        ),
        (
            "Coalesce the lookups of one plate",
            "plate = registry.find(number)",
            "Who comes while `registry.find` runs gets its result, and its error too: one that"
            " hangs holds them all.",
            "two at the same time make registry.find run once",
        ),
        (
            "Check the error and return when it is not nil",
            "lamp.SetDeadline(dusk)",
            "When `lamp.SetDeadline` fails, it returns, where it went on until now.",
            "returns when lamp.SetDeadline fails",
        ),
        (
            "Handle the error of kiln.heat and close the lid",
            "kiln.heat(900)",
            "When `kiln.heat` fails, it closes the lid, where it went on until now.",
            "closes the lid when kiln.heat fails",
        ),
        (
            "return crates > limit;",
            "return crates >= limit;",
            "When `crates` equals `limit` callers get `false` instead of `true`.",
            "returns false when crates equals limit",
        ),
        (
            "return dose <= most",
            "return dose < most",
            "When `dose` equals `most` callers get `true` instead of `false`.",
            "returns true when dose equals most",
        ),
        (
            "Pass berth to mooring.tie too",
            "return mooring.tie(rope)",
            "`mooring.tie` is handed `berth` besides: its other callers go on without it.",
            "",
        ),
        (
            "Use 60 * 1000 and say so in the manual",
            "pump.setTimeout(60);",
            "`pump.setTimeout` is given `60 * 1000` instead of `60`.",
            "pump.setTimeout is given 60 * 1000",
        ),
        (
            "Read the chart asynchronously",
            "const chart = fs.readFileSync(path);",
            "What stands behind `fs.readFileSync` runs later, when the answer is there, and others"
            " run in between; its error comes with that answer, and not as an exception of the"
            " call.",
            "",
        ),
        (
            "Treat missing tolls as free",
            "toll = tolls.get(day).amount",
            "Missing tolls are taken as free, as it was not until now.",
            "",
        ),
        (
            "Replace all occurrences by adding the g flag",
            "return sign.replace(/mud/, 'sand')",
            "Each place that matches is replaced, and no longer the first one alone.",
            "each place that matches is replaced",
        ),
        (
            "Double the pause after each error in a row, up to 30 seconds",
            "time.sleep(0.1)",
            "It waits longer after each error: what could be done again is done that much later.",
            "waits longer after the second error in a row than after the first",
        ),
        (
            "Add the county to the cache key",
            "cache.put(plate, owner)",
            "What differs in the county is kept apart: there are more entries, and the old one"
            " stays until it is dropped.",
            "two that differ in the county do not share an entry",
        ),
        (
            "Raise queue.Full instead of returning False",
            "return False",
            "Callers that looked for False get queue.Full in its place.",
            "raises queue.Full instead of returning False",
        ),
        (
            "Catch only NoBerth, NoTide and NoCrew",
            "except Exception as e:",
            "Errors other than NoBerth, NoTide and NoCrew leave it from then on, to its callers.",
            "",
        ),
        (
            "Open the ledger with O_EXCL",
            "if _, err := os.Stat(ledger); err == nil {",
            "Of two that create it at once, one does, and the other meets the error that it is"
            " there.",
            "",
        ),
        (
            "Count the berths up from a field instead of drawing them at random",
            "berth = rand.Int()",
            "The berths follow each other: who sees one can tell the next, and none is given out"
            " twice.",
            "",
        ),
        (
            "Add an error listener that closes the valve",
            "pump.on('end', () => {",
            "When `pump` fails, it closes the valve; what the error did until now, it does no"
            " more.",
            "closes the valve when pump fails",
        ),
        (
            "Log only the plate and whether the toll was paid",
            "log.info('%s %s', driver, card)",
            "None for its callers: only what is logged changes.",
            "logs only the plate and whether the toll was paid",
        ),
    ],
)
def test_an_order_is_told_by_what_differs(fix: str, evidence: str, risk: str, test: str) -> None:
    """In whichever language: what is matched, shared, looked at or given from then on."""
    asking = replace(
        finding("F", fix=fix, symbols=()), evidence=evidence, problem="It is wrong", impact=""
    )
    assert next(each.words for each in foreseen(asking, NOWHERE, EMPTY)) == risk
    assert not test or held(asking, NOWHERE) == (test,)


def test_what_is_returned_in_one_case_is_no_exchange() -> None:
    """*Return null when* leaves what is returned else."""
    fix = "Return null and warn the keeper when the log cannot be read"
    asking = replace(finding("F", fix=fix, symbols=()), evidence="return log.read(day)")
    said = " ".join(each.words for each in foreseen(asking, NOWHERE, EMPTY))
    assert "instead of `log.read(day)`" not in said


def test_what_is_to_be_told_in_the_release_notes_is_no_test() -> None:
    """Nor what is to be written in documents."""
    fix = "Refuse plates of other counties; tell in the release notes that they must register"
    asking = replace(finding("F", fix=fix, symbols=()), problem="It is wrong", impact="")
    assert held(asking, NOWHERE) == ("refuses plates of other counties",)


@pytest.mark.parametrize(
    ("fix", "evidence", "expected"),
    [
        (
            "Check the error and return",
            "lamp.SetDeadline(dusk)",
            "check the error of SetDeadline and return",
        ),
        ("return a > b;", "return a >= b;", "return a > b instead of a >= b"),
        ("Return early", "return a >= b", "return early"),
        ("Escape the dot as in the harbour below", "x.replace(/a./, '')", "escape the dot"),
    ],
)
def test_a_title_names_what_is_meant(fix: str, evidence: str, expected: str) -> None:
    """*The error* and *the one below* say nothing where the finding does not stand beside them."""
    asking = replace(finding("F", fix=fix, symbols=("tie",)), evidence=evidence)
    assert headline(asking, None, room=56) == expected


def test_a_title_names_whose_callback_is_meant() -> None:
    """The audit says it where the fix only points."""
    asking = replace(
        finding("F", fix="Close the valve in that callback", symbols=("open",)),
        problem="The callback of pump.on answers twice",
        evidence="answer()",
    )
    assert headline(asking, None, room=56) == "close the valve in the callback of pump.on"
    asking = replace(
        asking,
        fix="Log it as a warning, unless the kiln is cold",
        problem="A tile that cannot be fired is only noted at debug level",
        evidence="log.debug('no tile')",
    )
    said = "log a tile that cannot be fired as a warning, unless the kiln is cold"
    assert headline(asking, None, room=72) == said
    asking = replace(asking, fix="Use 60 * 1000", evidence="pump.setTimeout(60)")
    assert headline(asking, None, room=56) == "pass 60 * 1000 instead of 60 to setTimeout"


def test_a_list_that_only_is_meant_is_not_cut() -> None:
    """Nor is a sum: both would say something else."""
    only = "catch only NoBerth, NoTide and NoCrewOnBoardAtAll of the harbour"
    told = title(ChangeKind.FIX, "changedharbour", [only])
    assert "NoTide" not in told or "NoCrew" in told
    total = (
        "take the sum of all crates minus the first number as the start and total - 1 as the end"
    )
    assert not title(ChangeKind.FIX, "crates", [total]).endswith("total")


def test_what_most_do_is_not_turned_round() -> None:
    """That most callers are to look at a result does not follow from a fault."""
    problem = "put returns False when the till is shut, and most clerks do not look at the result"
    assert not without_fault(problem, told=False)
    assert not without_fault("Some clerks never look at the result")
