"""What reviewers of Python ask for in words of their own: loops, conditions, handlers, heads."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

KILN = """import subprocess


def fire(kiln, load):
    done = subprocess.run(f"fire {kiln} {load}", shell=True, check=True)
    return done
"""
FERRY = """def book(conn, rows):
    count = 0
    for row in rows:
        conn.execute(row.sql)
        count += 1
        conn.commit()
    return count
"""
ORCHARD = """def weigh(trees, scale):
    for i in range(len(trees)):
        scale.add(trees[i].apples)
        scale.add(trees[i].leaves)
"""
MILL = """def label(sacks):
    text = ""
    for sack in sorted(sacks):
        text += sack.name + "\\n"
    return text
"""
TIDES = """def alarm(level, low, high):
    if low and level < low:
        return "low"
    if not high:
        return "unset"
    return "high" if high and level > high else "fine"
"""
SPOOL = """from pathlib import Path


def clear(folder: Path):
    for path in folder.iterdir():
        try:
            path.unlink()
        except FileNotFoundError:
            pass
"""
BAKERY = """import logging

log = logging.getLogger(__name__)


def loaves(raw):
    try:
        return int(raw)
    except:
        return 0
"""
PARCEL = """from dataclasses import dataclass


@dataclass
class Parcel:
    code: str
    note: str = ""
"""
STAY = """from pydantic import BaseModel, Field


class Stay(BaseModel):
    nights: int
    note: str = Field(default="", min_length=1)
"""
HARBOUR = """from harbour.web import router


@router.get("/berths/{berth}")
def berth(berth: str):
    found = BERTHS.get(berth)
    if found is None:
        return {"error": "unknown"}, 404
    return found
"""
TOTAL = """def total(bills):
    total = 0
    for bill in bills:
        total += bill.price
    return total
"""
RUN = 'done = subprocess.run(f"fire {kiln} {load}", shell=True, check=True)'
CASES = [
    Case("a list for the shell's line", 'Pass an argument list, ["fire", kiln, str(load)], and '
         "remove shell=True", KILN,
         {'f"fire {kiln} {load}", shell=True': '["fire", kiln, str(load)]'}, path="kiln/run.py",
         evidence=RUN, function="fire"),
    Case("a statement behind its loop", "Move `conn.commit()` behind the loop, before the return.",
         FERRY, {"        conn.commit()\n": "    conn.commit()\n"}, path="ferry/book.py",
         evidence="conn.commit()", function="book"),
    Case("a loop goes over its things", "Iterate over `trees` directly instead of by index.",
         ORCHARD, {"for i in range(len(trees))": "for tree in trees",
                   "trees[i].apples": "tree.apples", "trees[i].leaves": "tree.leaves"},
         path="orchard/weigh.py", evidence="for i in range(len(trees)):", function="weigh"),
    Case("with the name that is given", "Use `for one in trees:`.", ORCHARD,
         {"for i in range(len(trees))": "for one in trees", "trees[i].apples": "one.apples",
          "trees[i].leaves": "one.leaves"}, path="orchard/weigh.py",
         evidence="for i in range(len(trees)):", function="weigh"),
    Case("pieces are joined at once",
         'Build the text with "".join(...) over a generator expression and return it directly',
         MILL, {MILL[MILL.index("    text"):]:
                '    return "".join(sack.name + "\\n" for sack in sorted(sacks))\n'},
         path="mill/label.py", evidence='text += sack.name + "\\n"', function="label"),
    Case("names are asked for None",
         "Test `low` and `high` with `is not None` rather than for truthiness", TIDES,
         {"if low and": "if low is not None and", "if not high:": "if high is None:",
          "if high and level": "if high is not None and level"}, path="tides/alarm.py",
         evidence="if low and level < low:", function="alarm"),
    Case("what is passed over is suppressed",
         "Use `with contextlib.suppress(FileNotFoundError):` around path.unlink()", SPOOL,
         {"from pathlib": "import contextlib\nfrom pathlib",
          "        try:\n            path.unlink()\n        except FileNotFoundError:\n"
          "            pass\n":
          "        with contextlib.suppress(FileNotFoundError):\n            path.unlink()\n"},
         path="spool/clear.py", evidence="except FileNotFoundError:\n            pass",
         function="clear"),
    Case("what is raised goes on", "Let it propagate: remove the try/except.", BAKERY,
         {"    try:\n        return int(raw)\n    except:\n        return 0\n":
          "    return int(raw)\n"}, path="bakery/loaves.py",
         evidence="except:\n        return 0", function="loaves"),
    Case("caught by name, logged and left", 'Catch ValueError, log a warning with '
         '`log.warning("bad %r", raw)` and return 0.', BAKERY,
         {"except:\n": 'except ValueError:\n        log.warning("bad %r", raw)\n'},
         path="bakery/loaves.py", evidence="except:\n        return 0", function="loaves"),
    Case("a decorator with arguments",
         "Add `frozen=True` and `slots=True` to the dataclass decorator.", PARCEL,
         {"@dataclass\n": "@dataclass(frozen=True, slots=True)\n"}, path="post/parcel.py",
         evidence="code: str", function="Parcel"),
    Case("a class that is frozen", "Mark the dataclass frozen.", PARCEL,
         {"@dataclass\n": "@dataclass(frozen=True)\n"}, path="post/parcel.py", function="Parcel"),
    Case("bounds of two fields", "Set `max_length=200` on `note` and `ge=1` on `nights`.", STAY,
         {"nights: int\n": "nights: int = Field(ge=1)\n", "min_length=1)":
          "min_length=1, max_length=200)"}, path="inn/stay.py", function="Stay"),
    Case("a field with what it is made by", "Constrain `nights` with `Field(gt=0, le=90)`.", STAY,
         {"nights: int\n": "nights: int = Field(gt=0, le=90)\n"}, path="inn/stay.py",
         function="Stay"),
    Case("a route with its model", "Add `status_code=201` to the route decorator.", HARBOUR,
         {'berths/{berth}"': 'berths/{berth}", status_code=201'}, path="harbour/api.py",
         function="berth"),
    Case("a parameter of another type", "Make `berth` an `int`.", HARBOUR,
         {"berth(berth: str)": "berth(berth: int)"}, path="harbour/api.py", function="berth"),
    Case("raised and not returned", "Raise `LookupError(berth)` instead of returning a tuple.",
         HARBOUR, {'return {"error": "unknown"}, 404': "raise LookupError(berth)"},
         path="harbour/api.py", evidence='return {"error": "unknown"}, 404', function="berth"),
    Case("an expression for a loop", "Replace the loop with `return sum(bill.price for bill in "
         "bills)`.", TOTAL, {TOTAL[TOTAL.index("    total = 0"):]:
                             "    return sum(bill.price for bill in bills)\n"},
         path="inn/total.py", evidence="total += bill.price", function="total"),
    Case("the first value of a sum", 'Start from `0.0` instead of `0`.', TOTAL,
         {"total = 0\n": "total = 0.0\n"}, path="inn/total.py", evidence="total = 0",
         function="total"),
    Case("a name of a comprehension is in scope", "Add `strict=True` to the zip call.",
         "def gap(a, b):\n    return [x - y for y, x in zip(a, b)]\n",
         {"zip(a, b)": "zip(a, b, strict=True)"}, path="tides/gap.py", function="gap"),
]  # fmt: skip
WEIGH = """import subprocess

from pydantic import BaseModel, Field


class Load(BaseModel):
    sacks: int


def weigh(scale, sacks):
    assert sacks > 0, "nothing to weigh"
    subprocess.run([scale, str(sacks)])
    rows = []
    n = 1
    for sack in scale.sacks():
        rows.append(f"{n}. {sack}")
        n += 1
    return rows


def tare(scale):
    subprocess.run([scale, "tare"])
"""
YARD = """from yard.web import Query, router


@router.get("")
def cranes(limit: int = Query(50)):
    return CRANES[:limit]


@router.post("")
def build(crane: str):
    return crane
"""
CASES += [
    Case("keywords that one of two calls needs",
         "subprocess.run in weigh needs check=True and timeout=60", WEIGH,
         {"[scale, str(sacks)])": "[scale, str(sacks)], check=True, timeout=60)"},
         path="mill/weigh.py", evidence="subprocess.run([scale, str(sacks)])",
         function="weigh"),
    Case("an assert is a check",
         "Replace the assert with an explicit check raising ValueError with the same message",
         WEIGH, {'    assert sacks > 0, "nothing to weigh"\n':
                 '    if sacks <= 0:\n        raise ValueError("nothing to weigh")\n'},
         path="mill/weigh.py", evidence='assert sacks > 0, "nothing to weigh"', function="weigh"),
    Case("a loop that is counted", "Use enumerate(scale.sacks(), start=1) instead of counting n by "
         "hand", WEIGH, {"    n = 1\n    for sack in scale.sacks()":
                        "    for n, sack in enumerate(scale.sacks(), start=1)",
                        "        n += 1\n": ""}, path="mill/weigh.py", evidence="n += 1",
         function="weigh"),
    Case("a default and a decorator", "Declare limit as Query(50, ge=1, le=200). The POST "
         "decorator should carry status_code=201.", YARD,
         {"Query(50))": "Query(50, ge=1, le=200))", '@router.post("")':
          '@router.post("", status_code=201)'}, path="yard/api.py",
         evidence="def cranes(limit: int = Query(50)):", function="cranes, build"),
    Case("a field as it is declared", "Declare sacks as `int = Field(ge=1)`.", WEIGH,
         {"sacks: int\n": "sacks: int = Field(ge=1)\n"}, path="mill/weigh.py",
         evidence="sacks: int", function="Load"),
]  # fmt: skip
REFUSED = [
    Case("the counter begins elsewhere", "Use enumerate(scale.sacks()) instead of counting n by "
         "hand", WEIGH, path="mill/weigh.py", evidence="n += 1", function="weigh",
         refuses="not of a form that `enumerate` stands for"),
    Case("two calls, and neither is told", "subprocess.run needs check=True", WEIGH,
         path="mill/weigh.py", refuses="stands at several places"),
    Case("another class has the decorator", "Add `order=True` to the decorator of Box.", PARCEL,
         path="post/parcel.py", function="Parcel", refuses="no one such decorator"),
    Case("what the dots stand for", 'Use a bound parameter: "… WHERE id = ?", (key,)',
         "def find(db, key):\n    rows = db.run(f\"SELECT * FROM a WHERE id = {key}\")\n"
         "    return rows\n", path="inn/db.py",
         evidence='rows = db.run(f"SELECT * FROM a WHERE id = {key}")', function="find",
         refuses="stands for is not said"),
    Case("the number is printed, too", "Iterate over `trees` directly instead of by index.",
         ORCHARD + "        print(i)\n", path="orchard/weigh.py",
         evidence="for i in range(len(trees)):", function="weigh", refuses="is needed for more"),
    Case("a statement that a turn feeds", "Move `conn.execute(row.sql)` behind the loop.", FERRY,
         path="ferry/book.py", evidence="conn.execute(row.sql)", function="book",
         refuses="reads what a turn of the loop sets"),
    Case("a handler that does more", "Use `with contextlib.suppress(FileNotFoundError):` around "
         "path.unlink()", SPOOL.replace("pass", "log(path)"), path="spool/clear.py",
         evidence="except FileNotFoundError:", function="clear", refuses="does more than to pass"),
    Case("another exception than is caught", "Use `contextlib.suppress(OSError)` instead of the "
         "try.", SPOOL, path="spool/clear.py", evidence="except FileNotFoundError:",
         function="clear", refuses="the handler catches FileNotFoundError"),
    Case("a field that is bounded so", "Constrain `note` with `Field(min_length=1)`.", STAY,
         path="inn/stay.py", function="Stay", refuses="bounded so already"),
    Case("a loop that does more than to add", "Use `sum(bill.price for bill in bills)` instead of "
         "the loop.", TOTAL.replace("bill.price\n", "bill.price\n        bill.paid()\n"),
         path="inn/total.py", evidence="total += bill.price", function="total",
         refuses="not replaced by one expression"),
    Case("the loop's text is begun elsewhere", 'Build the text with "".join(...) over a generator '
         "expression and return it directly", MILL.replace('text = ""', 'text = "sacks:"'),
         path="mill/label.py", evidence='text += sack.name + "\\n"', function="label",
         refuses="not of a form that `join` stands for"),
    Case("one of two is no condition", "Test `low` and `level` with `is not None` rather than for "
         "truthiness", TIDES, path="tides/alarm.py", evidence="if low and level < low:",
         function="alarm", refuses="is no condition by itself"),
    Case("what is not to be done", "Do not iterate over `trees` directly.", ORCHARD,
         path="orchard/weigh.py", evidence="for i in range(len(trees)):", function="weigh",
         refuses="no single edit"),
]  # fmt: skip


@pytest.mark.parametrize("case", [*CASES, *REFUSED], ids=lambda one: one.name)
def test_python_is_changed_as_the_words_say(case: Case) -> None:
    """A form changes the one place that it is about, or tells what stands against it."""
    check(case)
