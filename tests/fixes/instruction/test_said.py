"""What a text only says is told from what it asks for: facts, what stays, words said again."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

from mendbook.fixes.instruction.reading.read import read

ORCHARD = """\
import logging
import random
import pools
from itertools import groupby

log = logging.getLogger(__name__)
SHARE = Share(0.1)


def press(crates, worker):
    worker.done(crates)
    worker.crush(crates)


def sort_by_variety(crates):
    found = {}
    for variety, group in groupby(crates, key=lambda crate: crate.variety):
        found[variety] = list(group)
    return found


def weigh(scale, crate):
    try:
        return scale.read(crate)
    except Exception as error:
        log.warning("no weight: %s", error)
        return None


def report(grower, crate):
    log.info("crate=%s grower=%s iban=%s", crate.id, grower.id, grower.iban)


def start(pump):
    pools.Timer(5, pump, kwargs={"slow": True})


def crews(pool):
    return pool.open(crews=64)


def spare(pool):
    return pool.open(crews=4)
"""


def _orchard(name: str, fix: str, evidence: str, function: str = "", **more: object) -> Case:
    edits = more.get("edits", {})
    assert isinstance(edits, dict)
    return Case(name, fix, ORCHARD, edits=edits, refuses=str(more.get("refuses", "")),
                evidence=evidence, function=function, path="orchard/press.py")  # fmt: skip


CASES = [
    _orchard("a fact before the step",
             "A crash in the press loses the crates. Move `worker.done(...)` after"
             " `worker.crush(crates)`.", "worker.done(crates)", "press",
             edits={"    worker.done(crates)\n    worker.crush(crates)\n":
                    "    worker.crush(crates)\n    worker.done(crates)\n"}),
    _orchard("before the for loop",
             "groupby only joins neighbours, hence crates get lost when they arrive mixed. Insert"
             " `crates.sort(key=lambda crate: crate.variety)` in front of the for loop.",
             "for variety, group in groupby(crates, key=lambda crate: crate.variety):",
             "sort_by_variety",
             edits={"    for variety, group":
                    "    crates.sort(key=lambda crate: crate.variety)\n    for variety, group"}),
    _orchard("a gerund as a fact",
             "Catching `Exception` here also hides typing mistakes. Catch only `OSError` instead;"
             " the log line can stay.", "except Exception as error:", "weigh",
             edits={"except Exception as error:": "except OSError as error:"}),
    _orchard("a call as it should be",
             "Bank accounts do not belong in a log. Log"
             ' `log.info("crate=%s grower=%s", crate.id, grower.id)` and nothing more.',
             'log.info("crate=%s grower=%s iban=%s", crate.id, grower.id, grower.iban)', "report",
             edits={'log.info("crate=%s grower=%s iban=%s", crate.id, grower.id, grower.iban)':
                    'log.info("crate=%s grower=%s", crate.id, grower.id)'}),
    _orchard("the words said again in code",
             'Make the share of a string — `Share("0.1")` — so that it is exact.',
             "SHARE = Share(0.1)", edits={"Share(0.1)": 'Share("0.1")'}),
    _orchard("a number brought down",
             "`crews=64` starts more crews than there are presses (12). Bring it down to 12.",
             "return pool.open(crews=64)", "crews", edits={"crews=64": "crews=12"}),
    _orchard("in brackets as code, another one kept",
             "The pump can run dry. Give the call a limit of 9 seconds (`limit=9`), e.g. next to"
             " `pump`; leave the spare pool as it is, it is small.",
             'pools.Timer(5, pump, kwargs={"slow": True})', "start",
             edits={'kwargs={"slow": True})': 'kwargs={"slow": True}, limit=9)'}),
    Case("a twin in another class",
         "There should be a bound of three months on `BedRequest.nights`, that is"
         " `Bound(low=1, high=90)`. Transfers are bound elsewhere.",
         "class BedRequest:\n    nights: int = Bound(low=1)\n\n\n"
         "class TransferRequest:\n    nights: int = Bound(low=1)\n",
         {"class BedRequest:\n    nights: int = Bound(low=1)":
          "class BedRequest:\n    nights: int = Bound(low=1, high=90)"},
         evidence="nights: int = Bound(low=1)", function="BedRequest", path="ward/forms.py"),
    Case("raised instead of returned",
         "An empty gate sends planes astray. `raise LookupError(flight)` instead of returning the"
         " empty string.",
         'def gate(flight):\n    if flight not in GATES:\n        return ""\n'
         "    return GATES[flight]\n",
         {'return ""': "raise LookupError(flight)"},
         evidence='return ""', function="gate", path="port/gates.py"),
    Case("an error that says nothing is not raised",
         "Raise a `LookupError` in the last branch instead of returning `plane`.",
         "def land(plane):\n    if plane.low:\n        return plane.wheels()\n    return plane\n",
         refuses="what the LookupError says is not given",
         evidence="return plane", function="land", path="port/strip.py"),
    Case("raised where that very value is returned",
         "Raise `LookupError(plane)` in the last branch instead of returning `plane`.",
         "def land(plane):\n    if plane.low:\n        return plane.wheels()\n    return plane\n",
         {"    return plane\n": "    raise LookupError(plane)\n"},
         evidence="return plane", function="land", path="port/strip.py"),
    Case("a piece of a text is no statement",
         "Escape the name with `html.escape(name)` before it is put there.",
         "def label(name):\n    out = ''\n    out += f'<b>{name}</b>'\n    return out\n",
         refuses=" ",
         evidence="out += f'<b>{name}</b>'", function="label", path="jam/labels.py"),
    Case("a parameter by its kind",
         "`pace` is never read, which makes callers believe in a pace. Drop the parameter as well"
         " as the argument at its only call site (`mill/run.py`).",
         "def grind(corn, pace=2):\n    return len(corn)\n",
         {"corn, pace=2": "corn"},
         evidence="def grind(corn, pace=2):", function="grind", path="mill/stone.py",
         files={"mill/run.py": "from mill.stone import grind\n\nprint(grind([1], pace=5))\n"},
         others={"mill/run.py": {"grind([1], pace=5)": "grind([1])"}}),
    Case("more is to go than the name in ticks",
         "Passes are guessable: `secrets.token_bytes(32).hex()` instead of `noise()`-made text.",
         "import secrets\n\n\ndef pass_of(noise):\n    return noise().hex()\n",
         {"noise().hex()": "secrets.token_bytes(32).hex()"},
         evidence="return noise().hex()", function="pass_of", path="port/passes.py"),
    Case("a function begun with a guard",
         "A cancelled flight has no seats. Start the function with `if seats == 0: return 0`.",
         "def share(sold, seats):\n    return sold / seats\n",
         {"    return sold": "    if seats == 0:\n        return 0\n    return sold"},
         evidence="return sold / seats", function="share", path="port/load.py"),
    Case("should be called",
         "The name says nothing. `go` should be called `taxi_out`.",
         "def go(plane):\n    return plane\n", {"def go(": "def taxi_out("},
         evidence="def go(plane):", function="go", path="port/taxi.py"),
    Case("one of two by a word that no code has",
         "Set `tries` to 4 for the urgent one; the other letter may get lost.",
         "def both(post, a, b):\n    post(a, tries=1)\n    post(b, tries=1)\n",
         evidence="post(a, tries=1)", function="both", path="port/post.py",
         refuses="not said in code"),
    Case("an item instead of a get with a default",
         'A port without a name silently is Hull. Read it with `berths["home"]`, so that it fails.',
         'def home(berths):\n    return berths.get("home", "Hull")\n',
         {'berths.get("home", "Hull")': 'berths["home"]'},
         evidence='return berths.get("home", "Hull")', function="home", path="port/home.py"),
    _orchard("another number in brackets",
             "Give the call a limit of 7 seconds (`limit=9`).",
             'pools.Timer(5, pump, kwargs={"slow": True})', "start", refuses=" "),
    _orchard("a like place is no fact",
             "Catch only `OSError`. The same goes for the scale in the yard.",
             "except Exception as error:", "weigh", refuses="open"),
    _orchard("an obligation is no fact",
             "Catch only `OSError`. A retry with a short pause has to be made first.",
             "except Exception as error:", "weigh", refuses="open"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_reasons_are_told_from_steps(case: Case) -> None:
    """A reason, or what is to stay, makes no half of a step; what is asked as well does."""
    check(case)


FACTS = (
    "A cold oven burns the first loaf",
    "The barrier opens twice for long lorries",
    "Old tickets do not expire at midnight",
    "sorted only copies the list",
    "Catching `Exception` here also hides faults of the meter",
    "An empty ward counts as full",
    "tickets vanish and `shut` may win the race",
    "(`lamp` is so on purpose, leave it.)",
)
STAYS = (
    "leave the second valve as it is",
    "do not touch `drain`",
    "keep the other gate as it is",
    "please leave `lock` alone",
)
WISHES = (
    "The same goes for the second gate",
    "A pause has to follow",
    "The rest likewise",
    "Sanitise the names of the guests",
    "Keep at most 10 rows",
    "Leave a comment that says why",
    "Both callers need the new name",
)


@pytest.mark.parametrize("text", [*FACTS, *STAYS])
def test_a_fact_is_a_remark(text: str) -> None:
    """A sentence that tells nothing to do is neither a step nor an open part."""
    found = read(f"{text}.")
    assert (found.clauses, found.unread) == ((), ())


@pytest.mark.parametrize("text", WISHES)
def test_a_wish_is_never_a_remark(text: str) -> None:
    """A sentence that asks for something is a step, or is open."""
    found = read(f"{text}.")
    assert found.clauses or found.unread


def test_a_rename_follows_members_of_the_module() -> None:
    """A function is renamed where it is imported and where its module is asked for it."""
    check(
        Case(
            "rename",
            "`get_by` says nothing, because it hides the key. Rename it to `bed_by_number`; both"
            " callers (`ward/rounds.py`, `ward/night.py`) have to follow.",
            "def get_by(number):\n    return number\n",
            edits={"get_by": "bed_by_number"},
            evidence="def get_by(number):",
            function="get_by",
            path="ward/beds.py",
            files={
                "ward/rounds.py": "from ward.beds import get_by\n\n\ndef go():\n    get_by(1)\n",
                "ward/night.py": (
                    "from ward import beds\nimport depot.beds as far\n\n\n"
                    "def go():\n    return beds.get_by(2), far.take(3)\n"
                ),
            },
            others={
                "ward/rounds.py": {
                    "import get_by": "import bed_by_number",
                    "    get_by(1)": "    bed_by_number(1)",
                },
                "ward/night.py": {"beds.get_by(2)": "beds.bed_by_number(2)"},
            },
        )
    )
