"""A rename in Python holds at run time: the program that uses the name does the same after it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from instruction_cases import Case, read

from mendbook.model import Proposal, Skipped

KNEAD = "def knead(flour):\n    return flour + 1\n"
OVEN = f"{KNEAD}\n\ndef bake(flour):\n    return knead(flour)\n"
PACKAGE = {"bakery/__init__.py": ""}


def _answer(fix: str, name: str, files: dict[str, str]) -> Proposal | Skipped:
    files = {**PACKAGE, **files}
    return read(
        Case(
            fix,
            fix,
            files["bakery/dough.py"],
            path="bakery/dough.py",
            files={path: text for path, text in files.items() if path != "bakery/dough.py"},
            function=name,
            problem=f"`{name}` is misleading",
        )
    )


def _runs(tmp_path: Path, files: dict[str, str], edits: dict[str, str | None]) -> None:
    """Run ``check.py`` of ``files`` after ``edits``, which prints nothing where all holds."""
    for path, text in {**PACKAGE, **files, **edits}.items():
        if text is not None:
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
    command = [sys.executable, "-B", "-c", "import runpy; runpy.run_path('check.py')"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


HOLDS = {
    "a member of the module": (OVEN, "from bakery import dough\nassert dough.knead(1) == 2\n"),
    "the whole dotted name": (OVEN, "import bakery.dough\nassert bakery.dough.knead(1) == 2\n"),
    "a text that is patched": (
        OVEN,
        "from unittest import mock\nfrom bakery.dough import bake\n"
        "with mock.patch('bakery.dough.knead', return_value=9):\n    assert bake(1) == 9\n",
    ),
    "an attribute that is patched": (
        OVEN,
        "from unittest import mock\nfrom bakery import dough\n"
        "with mock.patch.object(dough, 'knead', return_value=9):\n    assert dough.bake(1) == 9\n",
    ),
    "a text for setattr": (
        OVEN,
        "from bakery import dough\nsetattr(dough, 'knead', lambda _: 9)\n"
        "assert dough.bake(1) == 9\n",
    ),
    "another function's parameter": (
        f"{KNEAD}\n\ndef rest(knead):\n    return knead\n\n\ndef bake():\n"
        "    return rest(knead=knead(1))\n",
        "from bakery.dough import bake\nassert bake() == 2\n",
    ),
    "a comprehension's own name": (
        f"{KNEAD}\n\ndef bake():\n    return [knead for knead in range(2)] + [knead(1)]\n",
        "from bakery.dough import bake\nassert bake() == [0, 1, 2]\n",
    ),
    "a lambda's own name": (
        f"{KNEAD}\nsame = lambda knead: knead\n",
        "from bakery.dough import same\nassert same(knead=4) == 4\n",
    ),
    "a text with code in it": (
        f"{KNEAD}\n\ndef bake():\n    return f'é {{knead(1)}}'\n",
        "from bakery.dough import bake\nassert bake() == 'é 2'\n",
    ),
    "a doctest": (
        'def knead(flour):\n    """Add.\n\n    >>> knead(1)\n    2\n    """\n'
        "    return flour + 1\n",
        "import doctest\nfrom bakery import dough\nassert doctest.testmod(dough).failed == 0\n",
    ),
    "a variable that is written by a function": (
        "knead = 1\n\n\ndef bake():\n    global knead\n    knead += 1\n    return knead\n",
        "from bakery.dough import bake\nassert bake() == 2\n",
    ),
    "another module's function of that name": (
        KNEAD,
        "from bakery import dough, rolls\nassert dough.knead(1) == 2 and rolls.knead(1) == 7\n",
    ),
}


@pytest.mark.parametrize(("code", "check"), HOLDS.values(), ids=HOLDS)
def test_every_use_of_a_function_follows_its_name(tmp_path: Path, code: str, check: str) -> None:
    """What means it is renamed, in code and in texts; what only shares its name is not."""
    rolls = "def knead(flour):\n    return 7\n"
    files = {"bakery/dough.py": code, "bakery/rolls.py": rolls, "check.py": check}
    answer = _answer("Rename `knead` to `work_dough`.", "knead", files)
    assert isinstance(answer, Proposal), answer
    assert "work_dough" in (answer.edits["bakery/dough.py"] or "")
    assert "bakery/rolls.py" not in answer.edits
    _runs(tmp_path, files, answer.edits)


@pytest.mark.parametrize(
    ("handing_on", "check"),
    [
        ("from .dough import knead\n", "import bakery\nassert bakery.knead(1) == 2\n"),
        ("from .dough import *\n", "import bakery\nassert bakery.knead(1) == 2\n"),
        ("from bakery import dough\n", "import bakery\nassert bakery.dough.knead(1) == 2\n"),
        (
            "from .dough import knead\n\n\ndef bake():\n    return knead(1)\n",
            "from unittest import mock\nimport bakery\n"
            "with mock.patch('bakery.knead', return_value=5):\n    assert bakery.bake() == 5\n",
        ),
        ("from .dough import knead as work\n", "import bakery\nassert bakery.work(1) == 2\n"),
    ],
)
def test_a_name_that_is_handed_on_follows_everywhere(
    tmp_path: Path, handing_on: str, check: str
) -> None:
    """Packages hand names on; their users take them there."""
    files = {"bakery/__init__.py": handing_on, "bakery/dough.py": KNEAD, "check.py": check}
    answer = _answer("Rename `knead` to `work_dough`.", "knead", files)
    assert isinstance(answer, Proposal), answer
    _runs(tmp_path, files, answer.edits)


CLASSES = {
    "annotations in quotes": (
        "class Loaf:\n    crust: 'Loaf | None' = None\n\n\n"
        "def slice_of(one: 'Loaf') -> 'list[Loaf]':\n"
        "    return [one]\n",
        "import typing\nfrom bakery import dough\nassert typing.get_type_hints(dough.slice_of)\n",
    ),
    "a cast in quotes": (
        "from typing import cast\n\n\nclass Loaf:\n    pass\n\n\ndef take(one):\n"
        "    return cast('Loaf', one)\n",
        "from bakery.dough import take\nassert take(1) == 1\n",
    ),
    "the name that a record is given": (
        "from collections import namedtuple\n\nLoaf = namedtuple('Loaf', 'flour salt')\n\n\n"
        "def baked():\n    return Loaf(1, 2)\n",
        "import pickle\nfrom bakery import dough\n"
        "assert pickle.loads(pickle.dumps(dough.baked())) == (1, 2)\n",
    ),
}


@pytest.mark.parametrize(("code", "check"), CLASSES.values(), ids=CLASSES)
def test_texts_that_name_a_class_follow(tmp_path: Path, code: str, check: str) -> None:
    """A type checker and pickle read them as the name."""
    files = {"bakery/dough.py": code, "check.py": check}
    answer = _answer("Rename `Loaf` to `Bread`.", "Loaf", files)
    assert isinstance(answer, Proposal), answer
    assert "Loaf" not in (answer.edits["bakery/dough.py"] or "")
    _runs(tmp_path, files, answer.edits)


@pytest.mark.parametrize(
    ("code", "more", "reason"),
    [
        (f"{KNEAD}\n\ndef call(name):\n    return globals()[name](1)\n", {}, "by globals()"),
        (KNEAD, {"setup.cfg": "[options.entry_points]\nx =\n    go = bakery.dough:knead\n"}, ""),
        (KNEAD, {"bakery/dough.pyi": "def knead(flour: int) -> int: ...\n"}, "dough.pyi, too"),
        (
            KNEAD,
            {
                "bakery/__init__.py": "def __getattr__(name):\n    from . import dough\n\n"
                "    return getattr(dough, name)\n",
                "shop.py": "import bakery\n\nbakery.knead(1)\n",
            },
            "by its __getattr__",
        ),
        (
            KNEAD,
            {"shop.py": "import importlib\n\nD = importlib.import_module('bakery.dough')\n"},
            "",
        ),
        (f"{KNEAD}\n\nclass Oven:\n    knead = knead\n", {}, "Oven has a knead of its own"),
        (f"{KNEAD}\n\ndef bake():\n    return f'{{knead=}}'\n", {}, "prints knead by its name"),
        (KNEAD, {"shop.py": "from bakery.dough import knead as knead\n"}, "its own name once more"),
    ],
)
def test_a_name_that_may_be_reached_otherwise_stays(
    code: str, more: dict[str, str], reason: str
) -> None:
    """No edit follows a text that is put together, a setting, or a stub."""
    answer = _answer("Rename `knead` to `work_dough`.", "knead", {"bakery/dough.py": code, **more})
    assert isinstance(answer, Skipped), answer
    assert reason in answer.reason


@pytest.mark.parametrize(
    ("code", "more"),
    [
        (f"{KNEAD}\n\ndef call(name):\n    return globals()[name](1)\n", {}),
        (
            KNEAD,
            {
                "shop.py": "from bakery import dough\n\n\nclass Menu:\n    knead = 5\n\n\n"
                "assert dough.knead(1) == 2\n"
            },
        ),
        (
            KNEAD,
            {
                "bakery/__init__.py": "def __getattr__(name):\n    from . import dough\n\n"
                "    return getattr(dough, name)\n",
                "shop.py": "import bakery\n\nbakery.knead(1)\n",
            },
        ),
    ],
)
def test_a_function_that_is_reached_otherwise_is_not_deleted(
    code: str, more: dict[str, str]
) -> None:
    """Nothing that is used goes, however it is reached."""
    answer = _answer("Delete `knead`.", "knead", {"bakery/dough.py": code, **more})
    assert isinstance(answer, Skipped), answer


OVEN_CLASS = """\
class Oven:
    def heat(self):
        return 1

    def bake(self):
        return self.heat()
"""
METHODS = {
    "on the class itself": (
        "class Oven:\n    @staticmethod\n    def heat():\n        return 1\n\n    def bake(self):\n"
        "        return Oven.heat() + type(self).heat() + self.__class__.heat()\n",
        "from bakery.dough import Oven\nassert Oven().bake() == 3\n",
    ),
    "in the body of the class": (
        "class Oven:\n    def heat(self):\n        return 1\n\n    bake = heat\n"
        "    table = {'heat': heat}\n",
        "from bakery.dough import Oven\n"
        "assert Oven().bake() == 1 and Oven.table['heat'](None) == 1\n",
    ),
    "in a text behind its class": (
        OVEN_CLASS,
        "from unittest import mock\nfrom bakery.dough import Oven\n"
        "with mock.patch('bakery.dough.Oven.heat', return_value=3):\n"
        "    assert Oven().bake() == 3\n",
    ),
}


@pytest.mark.parametrize(("code", "check"), METHODS.values(), ids=METHODS)
def test_every_use_of_a_method_follows(tmp_path: Path, code: str, check: str) -> None:
    """The class names its method by itself, by its own name and in its body."""
    files = {"bakery/dough.py": code, "check.py": check}
    answer = _answer("Rename `Oven.heat` to `warm_up`.", "Oven.heat", files)
    assert isinstance(answer, Proposal), answer
    _runs(tmp_path, files, answer.edits)


@pytest.mark.parametrize(
    ("code", "more", "reason"),
    [
        (
            OVEN_CLASS,
            {"shop.py": "from bakery.dough import Oven\n\n\nclass Stove(Oven):\n"
                        "    def heat(self):\n        return 2\n"},
            "Stove has heat, too",
        ),
        (
            OVEN_CLASS,
            {"shop.py": "from bakery.dough import Oven\n\nready = getattr(Oven(), 'heat')\n"},
            "shop.py:3 says heat as a text",
        ),
        (f"{OVEN_CLASS}\n    def __eq__(self, other):\n"
         "        return self.heat() == other.heat()\n", {}, "other.heat at line 9 may be"),
        (f"{OVEN_CLASS}\n    def call(self, name):\n        return getattr(self, name)()\n",
         {}, "heat may be what getattr(self, name) asks for"),
        ("from dataclasses import dataclass\n\n\n@dataclass\nclass Oven:\n    heat: int = 1\n\n"
         "    def bake(self):\n        return self.heat\n", {}, "heat is a field of Oven"),
    ],
)  # fmt: skip
def test_a_method_that_others_may_mean_keeps_its_name(
    code: str, more: dict[str, str], reason: str
) -> None:
    """A family, a text, another object, a variable and a constructor may each ask for it."""
    files = {"bakery/dough.py": code, **more}
    answer = _answer("Rename `Oven.heat` to `warm_up`.", "Oven.heat", files)
    assert isinstance(answer, Skipped), answer
    assert reason in answer.reason
