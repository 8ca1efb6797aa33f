"""Fix texts of Python that are read whole: fields, handlers, checks, chains, dataclasses."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

HIVE = """from pydantic import BaseModel


class FrameIn(BaseModel):
    hive: int
    weight: int
    note: str = ""


class FrameOut(BaseModel):
    weight: int
"""
SCALE = """class BadWeight(Exception):
    pass


def grams(raw):
    try:
        return int(raw)
    except ValueError as exc:
        raise BadWeight(f"no weight: {raw}")


def ounces(raw):
    try:
        return float(raw)
    except ValueError:
        raise BadWeight("no weight")
"""
DOCK = """import json
import logging

from dock.errors import BadManifest

log = logging.getLogger(__name__)


def manifest(text):
    data = json.loads(text)
    return data["boxes"]


def berth(press, sheet):
    try:
        press.stamp(sheet)
    except OSError:
        return False
    return True
"""
ERRORS = {"dock/errors.py": "class BadManifest(Exception):\n    pass\n"}
VAT = """def fill(vat, litres):
    assert litres > 0, "litres must be positive"
    heat = vat.heat * 2
    vat.level += litres
    return vat


def cool(vat):
    heat = vat.heat
    return heat - 100
"""
CRATE = """from yard.text import slug


def label(crate):
    name = crate.name.replace(" ", "-").replace("/", "-").replace(".", "")
    return name.lower()
"""
SLUG = {"yard/text.py": "def slug(text):\n    return text\n"}
TIDE = """from dataclasses import dataclass


@dataclass
class Tide:
    level: float


@dataclass(order=True)
class Ebb:
    level: float


@dataclass(frozen=True, slots=True)
class Flood:
    level: float
"""
FRAME = "class FrameIn(BaseModel):\n    hive: int\n    weight: int"
BOUND = {
    "class FrameIn(BaseModel):\n    hive: int\n    weight: int\n":
    "class FrameIn(BaseModel):\n    hive: int\n    weight: int = Field(gt=0)\n",
    "import BaseModel\n": "import BaseModel, Field\n",
}  # fmt: skip
NOTED = {'note: str = ""': 'note: str = Field("", max_length=9)',
         "import BaseModel\n": "import BaseModel, Field\n"}  # fmt: skip
CHAINED = {'(f"no weight: {raw}")': '(f"no weight: {raw}") from exc'}
NAMED = {'except ValueError:\n        raise BadWeight("no weight")':
         'except ValueError as err:\n        raise BadWeight("no weight") from err'}  # fmt: skip
CAUGHT = {
    "    data = json.loads(text)\n":
    "    try:\n        data = json.loads(text)\n    except json.JSONDecodeError as exc:\n"
    '        raise BadManifest("no JSON") from exc\n'
}  # fmt: skip
LOGGED = {"    except OSError:\n        return False":
          '    except OSError as exc:\n        log.warning("%s not stamped: %s", sheet, exc)\n'
          "        return False"}  # fmt: skip
RAISED = {'    assert litres > 0, "litres must be positive"':
          '    if litres <= 0:\n        raise ValueError("litres must be positive")'}  # fmt: skip
SLUGGED = {'crate.name.replace(" ", "-").replace("/", "-").replace(".", "")': "slug(crate.name)"}
FROZEN = {"@dataclass\nclass Tide": "@dataclass(frozen=True)\nclass Tide"}
LOOM = """import argparse


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--looms", default="4", help="how many looms")
    args = parser.parse_args()
    weave(int(args.looms))


def weave(looms):
    return looms


async def sheet(visits, herds):
    lines = []
    for visit in visits:
        herd = await herds.one(visit["herd"])
        lines.append((visit["at"], herd))
    return lines


async def enter(book, queue, guest):
    stay = await book.insert(guest)
    await queue.publish("stay.made", stay)
    await book.commit()
    return stay


def first(rows, rate):
    if rate > 500:
        raise Exception("too fast")
    return rows[0]
"""
BULK = 'known = await herds.many([v["herd"] for v in visits])'
ASKED_ONCE = {"    for visit in visits:\n": f"    {BULK}\n    for visit in visits:\n",
              'await herds.one(visit["herd"])': 'known.get(visit["herd"])'}  # fmt: skip
OPTION = {'default="4", help="how many looms"': 'type=int, default=4, help="how many looms"',
          "int(args.looms)": "args.looms"}  # fmt: skip
OTHERS = [
    ("Give --looms type=int and default=4, then the int() around args.looms can go", "main",
     'parser.add_argument("--looms", default="4"', OPTION, ""),
    ("Add type=int to --looms and drop the float() around args.looms", "main",
     'parser.add_argument("--looms", default="4"', {}, "stands around no"),
    (f"Load them once before the loop ({BULK}) and use known.get() inside", "sheet",
     'herd = await herds.one(visit["herd"])', ASKED_ONCE, ""),
    (f"Before the loop `{BULK.replace('visits', 'guests')}`, and known.get() in the loop", "sheet",
     'herd = await herds.one(visit["herd"])', {}, "does not go over guests"),
    ("Publish stay.made after the commit", "enter",
     'await queue.publish("stay.made", stay)\n    await book.commit()',
     {'    await queue.publish("stay.made", stay)\n    await book.commit()\n':
      '    await book.commit()\n    await queue.publish("stay.made", stay)\n'}, ""),
    ("Insert the guest after publishing stay.made", "enter",
     'stay = await book.insert(guest)\n    await queue.publish("stay.made", stay)', {},
     "needs what"),
    ("Raise ValueError instead of Exception", "first", 'raise Exception("too fast")',
     {"raise Exception": "raise ValueError"}, ""),
    ("Lower it to 300", "first", "if rate > 500:", {"500": "300"}, ""),
    ("Lower it to 900", "first", "if rate > 500:", {}, "is not above"),
    ("Return None if rows is empty", "first", "return rows[0]",
     {"    return rows[0]": "    if not rows:\n        return None\n    return rows[0]"}, ""),
    ("Annotate rows as list[int] and the return as int", "first", "def first(rows, rate):",
     {"def first(rows, rate):": "def first(rows: list[int], rate) -> int:"}, ""),
]  # fmt: skip
FEEDER = """from mill.config import Config


class Feeder:
    def __init__(self, config: Config, http) -> None:
        self._config = config
        self._http = http

    def order(self, grain):
        return self._http.post("/orders", json={"grain": grain}, timeout=20)
"""
CONFIG = """from dataclasses import dataclass


@dataclass(frozen=True)
class Config:
    url: str
    name: str = "mill"
"""
ROWS = [
    ("Bound weight of FrameIn with Field(gt=0)", HIVE, "FrameIn", FRAME, BOUND, ""),
    ("Declare weight with Field(gt=0)", HIVE, "FrameIn", FRAME, BOUND, ""),
    ("Use Field(gt=0) for weight", HIVE, "FrameIn", FRAME, BOUND, ""),
    ("Set weight to Field(...)", HIVE, "FrameIn", FRAME, {}, "stands for is not said"),
    ("Declare level with Field(gt=0)", TIDE, "Tide", "class Tide:", {}, "is a dataclass"),
    ("Give note a Field(max_length=9)", HIVE, "FrameIn", 'note: str = ""', NOTED, ""),
    ("raise … from exc", SCALE, "grams", "raise BadWeight(f", CHAINED, ""),
    ("Chain the cause", SCALE, "grams", "raise BadWeight(f", CHAINED, ""),
    ("raise … from err", SCALE, "grams", "raise BadWeight(f", {}, "bound as exc"),
    ("raise … from err", SCALE, "ounces", 'raise BadWeight("no weight")', NAMED, ""),
    ("Bind the error as err and raise from it", SCALE, "ounces", 'raise BadWeight("no weight")',
     NAMED, ""),
    ('Catch json.JSONDecodeError and raise BadManifest("no JSON") from it', DOCK, "manifest",
     "data = json.loads(text)", CAUGHT, ""),
    ('On json.JSONDecodeError raise BadManifest("no JSON")', DOCK, "manifest",
     "data = json.loads(text)", CAUGHT, ""),
    ("Catch OSError and return None", DOCK, "berth", "press.stamp(sheet)", {}, "caught there"),
    ('Bind the error as exc and call log.warning("%s not stamped: %s", sheet, exc) before return '
     "False", DOCK, "berth", "except OSError:\n        return False", LOGGED, ""),
    ("Catch (OSError, TimeoutError) instead of OSError", DOCK, "berth", "except OSError:",
     {"except OSError": "except (OSError, TimeoutError)"}, ""),
    ("Raise ValueError with the same message instead of the assert", VAT, "fill",
     "assert litres > 0", RAISED, ""),
    ('if litres < 0: raise ValueError("litres must be positive")', VAT, "fill",
     "assert litres > 0", {}, "is not what the assert refuses"),
    ("Drop the unused local `heat` from fill()", VAT, "fill", "heat = vat.heat * 2",
     {"    heat = vat.heat * 2\n": ""}, ""),
    ("Drop the unused local `heat` from cool()", VAT, "cool", "heat = vat.heat\n", {}, "is read"),
    ("Replace the replace() chain with slug(crate.name)", CRATE, "label",
     'name = crate.name.replace(" ", "-")', SLUGGED, ""),
    ("Replace the replace() chain with slug(crate.code)", CRATE, "label",
     'name = crate.name.replace(" ", "-")', {}, "has nothing of crate.name"),
    ("Put @log.catch on berth()", DOCK, "berth", "def berth(press, sheet):",
     {"def berth(press": "@log.catch\ndef berth(press"}, ""),
    ("Put @log.catch on dock()", DOCK, "berth", "def berth(press, sheet):", {}, " "),
    ("Make Tide a frozen dataclass", TIDE, "Tide", "@dataclass\nclass Tide:", FROZEN, ""),
    ("Freeze Tide", TIDE, "Tide", "@dataclass\nclass Tide:", FROZEN, ""),
    ("Make Ebb frozen", TIDE, "Ebb", "@dataclass(order=True)",
     {"@dataclass(order=True)": "@dataclass(order=True, frozen=True)"}, ""),
    ("Use @dataclass(frozen=True) for Flood", TIDE, "Flood", "class Flood:", {}, "so already"),
    ("Add frozen=True to Flood", TIDE, "Flood", "class Flood:", {}, "so already"),
]  # fmt: skip


@pytest.mark.parametrize(
    "case",
    [
        Case(f"{function}: {fix[:30]}", fix, code, edits, refuses, evidence, function,
             "dock/work.py", files=ERRORS | SLUG)
        for fix, code, function, evidence, edits, refuses in ROWS
    ],
    ids=lambda case: case.name,
)  # fmt: skip
def test_a_text_is_read_whole(case: Case) -> None:
    """One sentence in the words of a reviewer gives the one edit, or the reason against it."""
    check(case)


@pytest.mark.parametrize(
    "case",
    [
        Case(
            f"{function}: {fix[:30]}", fix, LOOM, edits, refuses, evidence, function, "loom/run.py"
        )
        for fix, function, evidence, edits, refuses in OTHERS
    ],
    ids=lambda case: case.name,
)  # fmt: skip
def test_steps_of_one_text_are_one_edit(case: Case) -> None:
    """Calls told by a text of theirs, statements that change places, guards and annotations."""
    check(case)


def test_a_setting_is_added_where_its_class_is_and_read_as_the_code_reaches_it() -> None:
    """The class stands in another file; the code keeps its object under a name of its own."""
    check(
        Case(
            "a new setting",
            "Add order_timeout: float = 4.0 to Config (mill/config.py) and use it as the timeout "
            "in order()",
            FEEDER,
            {"timeout=20": "timeout=self._config.order_timeout"},
            evidence="timeout=20",
            function="Feeder.order",
            path="mill/feeder.py",
            files={"mill/config.py": CONFIG},
            others={
                "mill/config.py": {
                    '    name: str = "mill"\n': '    name: str = "mill"\n'
                    "    order_timeout: float = 4.0\n"
                }
            },
        )
    )
