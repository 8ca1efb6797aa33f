"""Take the time in UTC, where it is taken without a zone."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import apply
from mendbook.code.python_source import PythonFile, import_name, qualified
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_nodes, python_targets, takes_all
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Cause, Operation, Skipped

_NONE = Skipped("aware-now", "no time without a zone is taken there", Cause.NOTHING_THERE)
_NAIVE = frozenset({"datetime.datetime.now", "datetime.datetime.utcnow"})
_OTHER = re.compile(r"\bZoneInfo\b|\bpytz\b|\blocal(?:time)?\b|\bastimezone\b|\bmonotonic\b"
                    r"|\btimedelta\b", re.I)  # fmt: skip


def _rewrite(task: Task) -> RecipeChange | Skipped | str:
    if _OTHER.search(task.finding.fix):
        return "the fix asks for another time than that of UTC"
    for file in python_targets(task):
        naive = [
            one
            for one in python_nodes(task, file)
            if isinstance(one, ast.Call) and not one.args and not one.keywords
            and qualified(file, one.func) in _NAIVE
        ]  # fmt: skip
        chosen = python_meant(naive, file, task)
        if len(chosen) > 1 and not takes_all(task):
            return "several times are taken there, and the finding does not say which"
        if chosen:
            return _change(task, file, chosen)
    return _NONE


def _change(task: Task, file: PythonFile, calls: list[ast.Call]) -> RecipeChange:
    whole = all(file.source(one.func).startswith("datetime.datetime.") for one in calls)
    short = re.search(r"(?<![\w.])(?:datetime\.)?UTC\b(?=[)`])", task.finding.fix) is not None
    name = "UTC" if short else "timezone"
    zone = ("datetime." if whole else "") + ("UTC" if short else "timezone.utc")
    keyed = "tz=" if re.search(r"\btz\s?=", task.finding.fix) else ""
    edits = [
        file.replace(one, f"{file.source(one.func).rpartition('.')[0]}.now({keyed}{zone})")
        for one in calls
    ]
    beside = [] if whole else import_name(file, "datetime", name)
    return RecipeChange(
        summary="Take the time in UTC",
        edits={file.path: apply(file.text, [*edits, *beside])},
        risk="A time with a zone cannot be compared with one that has none.",
        contracts=(
            claim(file.path, file.text, edits, Operation.REPLACE,
                  f"take the time with `{zone}`", [f"now({keyed}{zone})"],
                  [file.source(calls[0])]),
        ),
    )  # fmt: skip


_LOG = """\
from datetime import datetime


def stamp(row):
    row["at"] = datetime.utcnow()
"""
_TIDE = """\
import datetime


def high(tide):
    return tide.at > datetime.datetime.now()
"""

RECIPE = Recipe(
    name="aware-now",
    message="A time without a zone means another moment elsewhere.",
    words=r"\bnaive\b|\btime[- ]?zones?\b|\btz\b|\bUTC\b|\baware\b",
    remedy=r"\btimezone\b|\btz\b|\bUTC\b|\baware\b|\butc\b",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "utcnow has no zone either",
            asking("Naive", "Take an aware time in UTC", "air/log.py", "stamp"),
            {"air/log.py": _LOG},
            {"air/log.py": _LOG.replace("utcnow()", "now(timezone.utc)").replace(
                "import datetime\n", "import datetime, timezone\n")},
        ),
        Example(
            "the module is imported whole",
            asking("Naive", "timezone.utc is missing", "sea/tide.py", "high"),
            {"sea/tide.py": _TIDE},
            {"sea/tide.py": _TIDE.replace("now()", "now(datetime.timezone.utc)")},
        ),
        Example(
            "another zone",
            asking("Naive", "Pass ZoneInfo('Europe/Oslo') as timezone", "sea/tide.py", "high"),
            {"sea/tide.py": _TIDE},
            refuses="another time",
        ),
    ),
)  # fmt: skip
