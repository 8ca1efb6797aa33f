"""What an order exchanges in the quoted line, or moves across a block's edge, is told from both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drawn_records import finding
from mendbook.changes.asked_titles import asked_titles
from mendbook.changes.foreseen import foreseen
from mendbook.changes.today import Today
from mendbook.model import Declaration, Evidence, EvidenceStatus, Finding, FindingFacts
from mendbook.model import SymbolReferences as Symbol
from mendbook.model import SymbolStatus as Status
from mendbook.repository.snapshot import Snapshot

CODE = {
    "quarry.py": (
        "class Quarry:\n"
        "    def seam(self, name):\n"
        "        with self.rock_lock:\n"
        "            stone = dig(name)\n"
        "            self.stones[name] = stone\n"
        "            self.weighed.add(name)\n"
        "            return stone\n"
        "\n"
        "    def find(self, label):\n"
        "        return [cart for cart in self.carts if cart.label == label]\n"
        "\n"
        "    def tally(self, carts):\n"
        "        count = 0\n"
        "        for cart in carts:\n"
        "            if cart.full:\n"
        "                self.note({'cart': cart.name})\n"
        "            count += 1\n"
        "        return count\n"
        "\n"
        "    def haul(self, cart):\n"
        "        if not self.rope.pull(cart):\n"
        "            return self.haul(cart)\n"
        "        return cart.spare_label\n"
    ),
    "loom.go": (
        "package loom\n"
        "\n"
        "func (l *Loom) Stop(done chan bool) {\n"
        "\tfor thread := range l.threads {\n"
        "\t\tthread.Cut()\n"
        "\t}\n"
        "\tl.running.Store(false)\n"
        "}\n"
        "\n"
        "func (l *Loom) Weave(job Job) {\n"
        "\tl.needle.SetSpeed(job.Speed())\n"
        "\tgo l.row(job)\n"
        "}\n"
        "func (l *Loom) Rest() {\n"
        "\ttime.Sleep(l.pause)\n"
        "}\n"
    ),
    "apiary.ts": (
        "export function isFull(hive: Hive) {\n"
        "  return Math.abs(hive.weight - hive.limit) <= hive.slack;\n"
        "}\n"
        "\n"
        "export function kindOf(hive: Hive) {\n"
        "  return hive.label.includes('queen');\n"
        "}\n"
        "\n"
        "export function open(hive: Hive, log: Log) {\n"
        "  smoke(hive);\n"
        "  if (hive.asleep) return null;\n"
        "  log.write(`hive ${describe(hive)}`);\n"
        "  return hive.frames;\n"
        "}\n"
    ),
}
SNAPSHOT = Snapshot.of(CODE)


def said(path: str, line: int, symbol: str, fix: str, told: str = "") -> list[str]:
    """Return what is foreseen of a fix whose evidence is a line of the code above."""
    return [each.words for each in foreseen(*_about(path, line, symbol, fix, told), SNAPSHOT)]


def titles(path: str, line: int, symbol: str, fix: str, told: str = "") -> list[str]:
    """Return the titles of the tests that it calls for."""
    asking, facts = _about(path, line, symbol, fix, told)
    return [words for words, _ in asked_titles(asking, facts, Today(facts, SNAPSHOT))]


def _about(path: str, line: int, symbol: str, fix: str, told: str) -> tuple[Finding, FindingFacts]:
    evidence = CODE[path].splitlines()[line - 1].strip()
    found = Symbol(symbol, Status.RESOLVED, "", (Declaration(path, line, line),))
    place = Evidence(EvidenceStatus.VERBATIM, path, line, line)
    facts = FindingFacts("F", (path,), symbols=(found,), evidence=place)
    asking = replace(finding("F", fix=fix, symbols=(symbol,)), evidence=evidence, problem=told)
    return replace(asking, impact=""), facts


@pytest.mark.parametrize(
    ("path", "line", "symbol", "fix", "told", "expected"),
    [
        (
            "quarry.py", 4, "Quarry.seam",
            "Use a lock per seam instead of the single rock_lock", "",
            "Calls for another seam run at the same time: `self.stones` and `self.weighed` are then"
            " used by several at once.",
        ),
        (
            "quarry.py", 10, "Quarry.find",
            "Compare plain_label(label) with cart.plain_label", "",
            "`plain_label(label)` is compared with `cart.plain_label`: two that differ only in what"
            " `plain_label` levels are the same from then on.",
        ),
        (
            "quarry.py", 17, "Quarry.tally",
            "Move `count += 1` into the if block, right after the note", "",
            "`count += 1` runs only where that branch is taken, where it ran each time until now.",
        ),
        (
            "quarry.py", 22, "Quarry.haul",
            "Try again at most twice and then give up", "The pull is tried again for ever.",
            "It is given up after two more tries: what came through later ends otherwise.",
        ),
        (
            "quarry.py", 23, "Quarry.haul", "Use cart.label", "",
            "`cart.label` is read in line 23 in place of `cart.spare_label`.",
        ),
        (
            "loom.go", 7, "Loom.Stop", "Set running to false before cutting the threads", "",
            "`running` is false before cutting the threads, and no longer only in line 7: who looks"
            " in between sees that.",
        ),
        (
            "loom.go", 11, "Loom.Weave", "Pass job.Limit() instead of job.Speed()", "",
            "`l.needle.SetSpeed` gets `job.Limit()` where it got `job.Speed()`.",
        ),
        (
            "loom.go", 12, "Loom.Weave",
            "Bound the number of rows woven at once, e.g. by a semaphore of MaxRows", "",
            "Once as many of rows woven run as may, the next waits: one that never ends keeps its"
            " place, and what waits comes later.",
        ),
        (
            "loom.go", 12, "Loom.Weave", "Recover panics of the row and log them", "",
            "A panic there no longer ends the process: what it left half done stays so, and the"
            " rest goes on with it.",
        ),
        (
            "apiary.ts", 2, "isFull", "Drop Math.abs", "",
            "Line 2 takes as it is what went through `Math.abs` until now.",
        ),
        (
            "apiary.ts", 10, "open", "Move the call below the early return", "",
            "`smoke` no longer runs where the early return ends it, where it ran each time.",
        ),
        (
            "apiary.ts", 12, "open", "Only write it if the log is on", "",
            "`log.write` runs only if the log is on, and no longer in the other cases.",
        ),
        (
            "apiary.ts", 13, "open", "Return a copy from open", "",
            "Callers get a copy of `hive.frames`: what they change in it stays theirs, and they do"
            " not see what changes afterwards.",
        ),
        (
            "apiary.ts", 12, "open", "Put the number of the hive in front of the message", "",
            "Only the text changes: who looks for the old one no longer finds it.",
        ),
        (
            "apiary.ts", 10, "open", "Smoke the hives in batches of 20", "",
            "20 at a time are done: where one fails, those before it are done already.",
        ),
        (
            "apiary.ts", 13, "open", "Read at most 40 frames of the hive", "",
            "What of the hive is beyond 40 frames is not read any more.",
        ),
        (
            "apiary.ts", 2, "isFull", "Treat weights that differ by less than a gram as equal", "",
            "Two that differ by less than a gram are taken for equal, where they were not until"
            " now.",
        ),
        (
            "apiary.ts", 6, "kindOf", "Look for 'brood' instead of 'queen'", "",
            "`hive.label.includes` gets `'brood'` where it got `'queen'`.",
        ),
        (
            "apiary.ts", 10, "open", "Accept only hives with a lid and answer null otherwise", "",
            "For anything but hives with a lid it answers null, where it was taken until now.",
        ),
        (
            "apiary.ts", 10, "open", "Retry it on the next round of the keeper", "",
            "It is tried again on the next round of the keeper: until then it is missing.",
        ),
        (
            "apiary.ts", 10, "open", "Do nothing when the hive is unknown",
            "A hive that is unknown ends in a TypeError.",
            "It does something else only when the hive is unknown: then it does nothing, where it"
            " ended with TypeError until now.",
        ),
        (
            "apiary.ts", 12, "open", "Make it optional with a setting that is off by default", "",
            "Who sets nothing goes without it from then on.",
        ),
        (
            "apiary.ts", 12, "open", "Make the text of the line configurable", "",
            "Where nothing is set it stays as it is, if the default is what stands there today.",
        ),
        (
            "apiary.ts", 10, "open", "Pass { gently: true }.", "",
            "`smoke` gets `{ gently: true }` besides.",
        ),
        (
            "apiary.ts", 6, "kindOf", "Use equalsIgnoreCase", "",
            "Capitals no longer count in line 6: two that differ only in them are the same.",
        ),
        (
            "quarry.py", 14, "Quarry.tally", "Iterate over the carts of the day", "",
            "The loop goes through the carts of the day, where it went through `carts`.",
        ),
        (
            "loom.go", 7, "Loom.Stop", "Set the state only after Cut has returned", "",
            "Until Cut has returned, the state stays as it was: where that fails it is not set.",
        ),
        (
            "loom.go", 15, "Loom.Rest", "Wait on an event that Stop sets", "",
            "It goes on as soon as that comes, where it slept its time out.",
        ),
        (
            "apiary.ts", 6, "kindOf", "Lower the label before the comparison", "",
            "Capitals no longer count in line 6: two that differ only in them are the same.",
        ),
    ],
)  # fmt: skip
def test_the_line_says_what_differs(
    path: str, line: int, symbol: str, fix: str, told: str, expected: str
) -> None:
    """The names and lines of the code stand in the sentence."""
    assert said(path, line, symbol, fix, told)[0] == expected


@pytest.mark.parametrize(
    ("path", "line", "symbol", "fix", "unsaid"),
    [
        # a function that joins errors joins no rows
        ("loom.go", 5, "Loom.Stop", "Return the errors joined with errors.Join", "other query"),
        # what is retried less is not tried again
        ("quarry.py", 22, "Quarry.haul", "Retry at most once", "is tried again"),
        # a header that is read is no protocol
        ("apiary.ts", 6, "kindOf", "Lower the header before the comparison", "connection"),
        # what is written for the time of the work is no loss
        ("quarry.py", 5, "Quarry.seam", "Remove the temporary file on error", "come back"),
        # a line that moves behind what may end it does not run as before
        ("apiary.ts", 10, "open", "Move the call below the early return", "None is meant"),
        # a text has no step before it that could fail
        ("apiary.ts", 12, "open", "Put the hive in front of the message", "where it fails"),
        # what is read from a header that goes is no code
        ("quarry.py", 10, "Quarry.find", "Remove the header", "loaded or called"),
        # where nothing catches an error, one that is thrown again is no news
        ("apiary.ts", 10, "open", "Rethrow the error", "reach its callers"),
        # where something is to be decided first, the rest says nothing of the code
        (
            "quarry.py", 10, "Quarry.find",
            "Decide whether the label should have the year, or whether carts with a year should"
            " not be found at all. Document the choice.",
            "None at run time",
        ),
    ],
)  # fmt: skip
def test_a_word_of_another_sort_says_nothing(
    path: str, line: int, symbol: str, fix: str, unsaid: str
) -> None:
    """A sentence that is not true of the change is worse than none."""
    assert unsaid not in " ".join(said(path, line, symbol, fix))


def test_a_decision_is_told_with_both_its_ways() -> None:
    """*Decide whether A. If not, B; otherwise C* offers B and C."""
    fix = "Decide whether old carts are kept. If not, answer 410; otherwise store the cart."
    assert said("quarry.py", 10, "Quarry.find", fix)[0] == (
        "Not known until it is decided whether to answer 410 or store the cart."
    )
    whether = "Decide whether the label should have a year, or whether old carts should be hidden."
    assert said("quarry.py", 10, "Quarry.find", whether)[0] == (
        "Not known until it is decided whether the label should have a year or old carts should"
        " be hidden."
    )


@pytest.mark.parametrize(
    ("path", "line", "symbol", "fix", "expected"),
    [
        (
            "loom.go", 11, "Loom.Weave", "Let needle return false when the loom is stopped",
            ["Loom.Weave: needle returns false when the loom is stopped"],
        ),
        (
            "loom.go", 11, "Loom.Weave",
            "Answer 400 when the job or its speed is missing instead of weaving blindly",
            ["Loom.Weave: answers 400 when the job or its speed is missing"],
        ),
        (
            "loom.go", 11, "Loom.Weave", "Pass job.Limit() instead of job.Speed()",
            ["Loom.Weave: hands job.Limit() and not job.Speed() to l.needle.SetSpeed"],
        ),
        (
            "loom.go", 7, "Loom.Stop", "Set running to false before cutting the threads",
            ["Loom.Stop: running is false before cutting the threads"],
        ),
        (
            "apiary.ts", 2, "isFull", "Drop Math.abs and require the difference to be at least 0",
            ["isFull: requires the difference to be at least 0"],
        ),
        (
            "quarry.py", 10, "Quarry.find",
            "Raise ValueError when the label has a slash, here and in haul",
            ["Quarry.find: raises ValueError when the label has a slash"],
        ),
    ],
)  # fmt: skip
def test_a_title_says_the_whole_order_and_no_more(
    path: str, line: int, symbol: str, fix: str, expected: list[str]
) -> None:
    """What it is done in place of, and where else, stands elsewhere."""
    assert titles(path, line, symbol, fix) == expected


@pytest.mark.parametrize(
    ("impact", "expected"),
    [
        ("Any visitor of the till can fill the log with lines.",
         "find: no visitor of the till can fill the log with lines"),
        ("Any cart can crash the hoist.", "find: no cart can crash the hoist"),
        ("None today: carts treat a lost label like a missing one.", None),
    ],
)  # fmt: skip
def test_a_harm_is_denied_of_all_and_what_does_no_harm_of_nobody(
    impact: str, expected: str | None
) -> None:
    """*Not every visitor can fill the log* would leave some who can."""
    asking, facts = _about("quarry.py", 10, "find", "Look at the label of the cart", "")
    asking = replace(asking, impact=impact, problem="")
    told = [words for words, _ in asked_titles(asking, facts, Today(facts, SNAPSHOT))]
    assert (expected in told) if expected else not any("treat" in each for each in told)
