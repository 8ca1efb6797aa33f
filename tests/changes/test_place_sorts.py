"""What an order breaks is read from the loop, the branch and the exits that its line stands in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drawn_records import finding
from mendbook.changes.asked_titles import asked_titles
from mendbook.changes.foreseen import foreseen
from mendbook.changes.today import Today
from mendbook.model import Declaration, Evidence, EvidenceStatus, FindingFacts
from mendbook.model import SymbolReferences as Symbol
from mendbook.model import SymbolStatus as Status
from mendbook.repository.snapshot import Snapshot

CODE = {
    "ferry.go": (
        "package ferry\n"
        "\n"
        "func (f *Ferry) Tell(news News) error {\n"
        "\tfor _, deck := range f.decks {\n"
        "\t\tselect {\n"
        "\t\tcase deck <- news:\n"
        "\t\tdefault:\n"
        '\t\t\treturn fmt.Errorf("deck full")\n'
        "\t\t}\n"
        "\t}\n"
        "\treturn nil\n"
        "}\n"
        "\n"
        "func (f *Ferry) Seal(w Writer) (string, bool) {\n"
        "\tif err := w.Close(); err != nil {\n"
        "\t\treturn err.Error(), true\n"
        "\t}\n"
        "\tpier, err := f.pier(w)\n"
        "\tif err != nil {\n"
        '\t\tlog.Fatalf("no pier: %v", err)\n'
        "\t}\n"
        "\treturn pier, false\n"
        "}\n"
    ),
    "mill.py": (
        "def grind(sacks, rotor):\n"
        "    rotor.start()\n"
        "    for sack in sacks:\n"
        "        if sack.weight > 40:\n"
        "            rotor.press(sack)\n"
        "        rotor.turn(sack)\n"
        "    rotor.stop()\n"
        "\n"
        "\n"
        "def sell(sack, ledger):\n"
        "    try:\n"
        "        price = ledger.price(sack)\n"
        "        seal = ledger.seal(price)\n"
        "        ledger.release(seal)\n"
        "    except Exception:\n"
        "        return None\n"
        "    return price\n"
    ),
    "kiosk.ts": (
        "export function print(card: Card, done: (ok: boolean) => void) {\n"
        "  paper.load(card).then((sheet) => {\n"
        "    done(true);\n"
        "  }).catch((error) => {\n"
        "    log.warn('no paper');\n"
        "  });\n"
        "}\n"
        "\n"
        "export function keep(card: Card) {\n"
        "  shelf.count(card);\n"
        "  drawer.open(card, (openErr) => {\n"
        "    if (openErr) {\n"
        "      log.warn('shut');\n"
        "      return;\n"
        "    }\n"
        "    drawer.put(card, (err) => {\n"
        "      if (err) log.warn('full');\n"
        "    });\n"
        "  });\n"
        "}\n"
    ),
    "Forge.java": (
        "class Forge {\n"
        "  int cast(List<Bar> bars) {\n"
        "    for (Bar bar : bars) {\n"
        "      if (bar.cold()) {\n"
        "        throw new ColdException();\n"
        "      }\n"
        "    }\n"
        "    return bars.size();\n"
        "  }\n"
        "}\n"
    ),
    "loom.rs": (
        "fn weave(yarn: Yarn) -> Cloth {\n"
        "    match spool(yarn) {\n"
        "        Ok(cloth) => cloth,\n"
        "        Err(e) => {\n"
        "            std::process::exit(2);\n"
        "        }\n"
        "    }\n"
        "}\n"
    ),
}


def asked(path: str, line: int, name: str, fix: str, told: str = "") -> tuple[list[str], list[str]]:
    """Return the risks and the tests of a fix at a line, the symbols ``name`` around it."""
    lines = CODE[path].splitlines()
    first = max(at for at in range(1, line + 1) if name in lines[at - 1])
    symbol = Symbol(name, Status.RESOLVED, "syntax", (Declaration(path, first, len(lines)),))
    facts = FindingFacts(
        "F",
        (path,),
        symbols=(symbol,),
        evidence=Evidence(EvidenceStatus.VERBATIM, path, line),
    )
    about = replace(
        finding("F", fix=fix, symbols=(name,)),
        evidence=lines[line - 1].strip(),
        problem=told,
        impact="",
    )
    snapshot = Snapshot.of(CODE)
    risks = [each.words for each in foreseen(about, facts, snapshot)]
    return risks, [title for title, _ in asked_titles(about, facts, Today(facts, snapshot))]


@pytest.mark.parametrize(
    ("path", "line", "name", "fix", "risk"),
    [
        (
            "ferry.go",
            8,
            "Tell",
            "Skip a full deck and go on with the others",
            "A full deck is passed over by the loop of line 4 over `f.decks`, which line 8 ended"
            " until now: what comes behind still has its turn.",
        ),
        (
            "Forge.java",
            5,
            "cast",
            "Skip bars that are cold",
            "Bars that are cold are passed over by the loop of line 3 over `bars`, which line 5"
            " ended until now: what comes behind still has its turn.",
        ),
        (
            "mill.py",
            6,
            "grind",
            "Stop grinding once ten sacks are done, and leave the others",
            "The loop of line 3 over `sacks` ends once ten sacks are done: what comes behind is"
            " left out.",
        ),
        (
            "mill.py",
            7,
            "grind",
            "Stop the rotor in a finally block",
            "The rotor is also stopped when an error comes before line 7; the error still reaches"
            " the callers, unless one in the block takes its place.",
        ),
        (
            "mill.py",
            13,
            "sell",
            "Release the seal in a finally block",
            "The seal is also released when an error comes behind line 13; the error still ends in"
            " line 15.",
        ),
        (
            "ferry.go",
            16,
            "Seal",
            "return err.Error(), false",
            "As second value callers get `false` instead of `true` when `w.Close` fails.",
        ),
        (
            "ferry.go",
            20,
            "Seal",
            "Log the error and answer 500 instead of exiting",
            "The process goes on when `f.pier` fails, where it ended until now, and who asked gets"
            " 500: what watches it sees no restart.",
        ),
        (
            "loom.rs",
            5,
            "weave",
            "Return the error instead of exiting",
            "The process goes on when `spool` fails, where it ended until now: what watches it"
            " sees no restart.",
        ),
        (
            "kiosk.ts",
            5,
            "print",
            "Call done(false) after the warning",
            "`done` is called when `paper.load` fails, where it was not until now: who handed it"
            " in goes on from there.",
        ),
        (
            "kiosk.ts",
            10,
            "keep",
            "Take the count back in both error branches",
            "When `drawer.open` or `drawer.put` fails, it takes the count back, which it did not"
            " until now.",
        ),
        (
            "kiosk.ts",
            3,
            "print",
            "Set done to null before it is called",
            "`done` is called once at most: whoever counted on a second call waits for it.",
        ),
        (
            "Forge.java",
            5,
            "cast",
            "Cast the others too and drop the return from the loop",
            "Line 5 no longer ends the loop of line 3 over `bars`: what comes behind still has its"
            " turn.",
        ),
        (
            "mill.py",
            5,
            "grind",
            "Do the press and the turn in one function passed to rotor.schedule",
            "It runs as one job of `rotor.schedule`: it waits for those before it, and those"
            " behind it wait.",
        ),
    ],
)
def test_a_risk_names_the_loop_the_branch_and_the_exit(
    path: str, line: int, name: str, fix: str, risk: str
) -> None:
    """Nobody reads a sentence that would fit any line."""
    assert asked(path, line, name, fix)[0][0] == risk


def test_the_same_words_say_nothing_where_the_code_has_no_such_place() -> None:
    """An order to call something that was not handed in is told by what it is, and by no guess."""
    said = " ".join(asked("kiosk.ts", 10, "keep", "Call shelf.lock() before counting")[0])
    assert "handed" not in said
    said = " ".join(asked("mill.py", 2, "grind", "Skip sacks that are wet")[0])
    assert "loop" not in said


@pytest.mark.parametrize(
    ("path", "line", "name", "when"),
    [
        ("ferry.go", 8, "Tell", "no channel of the `select` is ready (ferry.go:7)"),
        ("ferry.go", 20, "Seal", "`f.pier` fails (ferry.go:19)"),
        ("mill.py", 5, "grind", "`sack.weight > 40` holds (mill.py:4)"),
        ("Forge.java", 5, "cast", "`bar.cold()` holds (Forge.java:4)"),
        ("kiosk.ts", 13, "keep", "`drawer.open` fails (kiosk.ts:12)"),
        ("loom.rs", 5, "weave", "`spool` fails (loom.rs:4)"),
    ],
)
def test_it_is_said_when_the_quoted_line_runs_at_all(
    path: str, line: int, name: str, when: str
) -> None:
    """A reader sees which runs are concerned, whatever the fix says."""
    risks, _ = asked(path, line, name, "Frobnicate this", "The lid is left open.")
    assert any(each == f"Line {line} runs only when {when}." for each in risks), risks


@pytest.mark.parametrize(
    ("path", "line", "name", "fix", "title"),
    [
        (
            "ferry.go",
            20,
            "Seal",
            "Log the error and return an empty pier",
            "Seal: logs the error and returns an empty pier when f.pier fails",
        ),
        (
            "kiosk.ts",
            5,
            "print",
            "Call done(false) after the warning",
            "print: calls done(false) after the warning",
        ),
        (
            "kiosk.ts",
            10,
            "keep",
            "Take the count back in both error branches",
            "keep: takes the count back when drawer.open or drawer.put fails",
        ),
        (
            "mill.py",
            7,
            "grind",
            "Stop the rotor in a finally block",
            "grind: stops the rotor also when an error ends it early",
        ),
    ],
)
def test_a_test_says_in_which_case_it_holds(
    path: str, line: int, name: str, fix: str, title: str
) -> None:
    """What is done on an error is tested with that call failing."""
    assert asked(path, line, name, fix)[1][0] == title


def test_calls_that_failed_until_now_are_not_said_to_have_gone_through() -> None:
    """The audit tells with what they failed."""
    fix = "Raise EmptyMill when there are no sacks"
    risk = asked("mill.py", 6, "grind", fix, "An empty list ends with an IndexError.")[0][0]
    assert risk.startswith("Calls that failed with IndexError until now end with EmptyMill")
    risk = asked("mill.py", 6, "grind", fix, "An empty list is ground.")[0][0]
    assert risk.startswith("Calls that went through until now end with EmptyMill")


def test_what_must_be_decided_first_is_said_first() -> None:
    """What else the fix asks for waits for it."""
    fix = "Decide on a highest weight, for example 60, and refuse sacks that are heavier"
    assert asked("mill.py", 6, "grind", fix)[0][:2] == [
        "Not known in full until a highest weight is decided on.",
        "Turned away, where it went through until now: sacks that are heavier.",
    ]
