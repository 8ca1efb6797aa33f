"""Give an HTTP call the time limit that the finding names."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, apply, insert
from mendbook.code.python_source import PythonFile, qualified
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import TIME_LIMIT
from mendbook.fixes.task import Task
from mendbook.fixes.words import seconds
from mendbook.model import Operation

_CALLS = re.compile(
    r"(?:requests|httpx)\.(?:get|post|put|patch|delete|head|options|request)"
    r"|urllib\.request\.urlopen"
)


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no call of requests, httpx or urlopen stands in the code that the finding names"
    for file in python_targets(task):
        calls = [
            node
            for node in python_nodes(task, file)
            if isinstance(node, ast.Call) and _CALLS.fullmatch(qualified(file, node.func))
        ]
        told = [node for node in calls if f"{qualified(file, node.func)}`" in task.finding.fix]
        several = len({qualified(file, node.func) for node in told}) > 1
        chosen = told if several else python_meant(calls, file, task)
        endless = [node for node in chosen if not _is_limited(node)]
        if chosen and not endless:
            reason = f"the call in {file.path} has a time limit already"
        elif endless:
            limit = _limit(task, file)
            return _change(file, endless, limit) if limit else _UNNAMED
    return reason


_UNNAMED = "the finding names no time limit in seconds, and no call of the file shows one"


def _is_limited(node: ast.Call) -> bool:
    return any(one.arg in {"timeout", None} for one in node.keywords)


def _limit(task: Task, file: PythonFile) -> str:
    """Return the limit that the fix names, else the one that all other calls of the file have."""
    said = re.search(
        r"\btimeout\s*(?:=|of|:|to)?\s*(\d+(?:\.\d+)?|[A-Z][A-Z0-9_]+)\b", task.finding.fix
    )
    if said is not None and not re.match(r"\s*(ms|milli)", task.finding.fix[said.end() :]):
        return said[1]
    spoken = seconds(task.finding.fix)
    if spoken is not None:
        return f"{spoken:g}"
    known = {
        file.source(one.value)
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call) and _CALLS.fullmatch(qualified(file, node.func))
        for one in node.keywords
        if one.arg == "timeout"
    }
    return known.pop() if len(known) == 1 else ""


def _change(file: PythonFile, chosen: list[ast.Call], limit: str) -> RecipeChange | str:
    edits = [_keyword(file, node, f"timeout={limit}") for node in chosen]
    names = ", ".join(dict.fromkeys(file.source(node.func) for node in chosen))
    return RecipeChange(
        summary=f"Give {names} a time limit of {limit} s",
        edits={file.path: apply(file.text, edits)},
        risk=f"An answer that takes longer than {limit} s now raises where none did.",
        contracts=(
            claim(
                file.path,
                file.text,
                edits,
                Operation.ADD,
                f"pass `timeout={limit}` to {names}",
                [f"timeout={limit}"],
            ),
        ),
    )


def _keyword(file: PythonFile, call: ast.Call, text: str) -> Edit:
    """Insert a keyword argument behind the call's last, on a line of its own where they are."""
    last = file.span(call)[1] - 1
    given = [*call.args, *(one.value for one in call.keywords)]
    if not given:
        return insert(last, text)
    stop = max(file.span(one)[1] for one in given)
    comma = re.match(r"\s*,", file.text[stop:last])
    at = stop + (comma.end() if comma else 0)
    rest = file.text[at:last]
    if "\n" in rest:
        begin = min(file.span(one)[0] for one in given)
        margin = re.search(r"[ \t]*$", file.text[:begin])
        own = margin is not None and file.text[: begin - len(margin[0])].endswith("\n")
        gap = f"\n{margin[0]}" if own and margin is not None else " "
        return insert(at, f"{'' if comma else ','}{gap}{text}{',' if comma else ''}")
    return insert(at, f"{' ' if comma else ', '}{text}")


_RATES = """\
import requests


def rates(day):
    answer = requests.get(
        URL,
        params={"day": day},
    )
    return answer.json()
"""

_CLOUD = """\
import requests


def cover(u):
    rain = requests.get(u)
    return requests.post(u, json=rain)
"""

RECIPE = Recipe(
    name="http-timeout",
    message="A call without a time limit may wait for ever.",
    words=r"time-?out|time limit|hang|(wait|block)s? (for ever|forever|indefinitely)",
    remedy=TIME_LIMIT,
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "arguments on lines of their own",
            asking("No timeout", "Pass timeout=5", "bank/rates.py", "rates"),
            {"bank/rates.py": _RATES},
            {
                "bank/rates.py": _RATES.replace(
                    '"day": day},\n', '"day": day},\n        timeout=5,\n'
                )
            },
        ),
        Example(
            "seconds in words, a name of one's own, a call on one line",
            asking("The call may hang", "Give up after 30 seconds", "sky/cloud.py", "cover"),
            {"sky/cloud.py": "import httpx as http\n\n\ndef cover(u):\n    return http.get(u)\n"},
            {
                "sky/cloud.py": "import httpx as http\n\n\n"
                "def cover(u):\n    return http.get(u, timeout=30)\n"
            },
        ),
        Example(
            "both calls that the text names, though one is quoted",
            asking(
                "No timeout",
                "Add `timeout=5` to `requests.get` and `requests.post`",
                "sky/cloud.py",
                "cover",
                "rain = requests.get(u)",
            ),
            {"sky/cloud.py": _CLOUD},
            {
                "sky/cloud.py": _CLOUD.replace("get(u)", "get(u, timeout=5)").replace(
                    "rain)", "rain, timeout=5)"
                )
            },
        ),
        Example(
            "a limit that is there stays",
            asking("No timeout", "Pass timeout=5", "bank/rates.py", "rates"),
            {"bank/rates.py": _RATES.replace("URL,", "URL, timeout=9,")},
            refuses="has a time limit already",
        ),
        Example(
            "no limit is made up",
            asking("No timeout", "Set a sensible timeout", "bank/rates.py", "rates"),
            {"bank/rates.py": _RATES},
            refuses="names no time limit",
        ),
    ),
)
