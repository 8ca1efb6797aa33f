"""Call the method that a fix names in the place of its quoted sibling."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, apply
from mendbook.code.python_source import PythonFile
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_nodes, python_targets, takes_all
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Cause, Operation, Skipped

_NONE = Skipped("other-method", "no sibling of the method named is called there",
                Cause.NOTHING_THERE)  # fmt: skip
_SIBLINGS = (
    frozenset({"match", "fullmatch", "search"}),
    frozenset({"append", "extend"}),
    frozenset({"remove", "discard"}),
    frozenset({"lower", "casefold", "upper"}),
    frozenset({"strip", "lstrip", "rstrip"}),
    frozenset({"split", "rsplit"}),
    frozenset({"partition", "rpartition"}),
    frozenset({"isdigit", "isdecimal", "isnumeric"}),
    frozenset({"find", "rfind"}),
    frozenset({"error", "exception"}),
    frozenset({"total_seconds", "seconds"}),
    frozenset({"read_text", "read_bytes"}),
    frozenset({"put", "put_nowait"}),
    frozenset({"submit", "schedule"}),
)
"""Methods that take the same arguments, so that one may stand for the other."""
_PLAIN = frozenset({"fullmatch", "casefold", "rsplit", "rpartition", "isdecimal", "isnumeric",
                    "rfind", "put_nowait", "lstrip", "rstrip"})  # fmt: skip
"""Methods whose names are no words of English: they need no mark of code."""


def _rewrite(task: Task) -> RecipeChange | Skipped | str:
    fix = task.finding.fix
    told = _told(fix)
    for file in python_targets(task):
        calls = [
            (node, node.func, new)
            for node in python_nodes(task, file)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            for new in told
            if any({node.func.attr, new} <= group for group in _SIBLINGS) and node.func.attr != new
        ]
        chosen = python_meant([node for node, _, _ in calls], file, task)
        meant = [one for one in calls if one[0] in chosen]
        if len(meant) > 1 and not takes_all(task):
            return "several calls there have that sibling, and the finding does not say which"
        if meant and re.search(
            rf"\b(?:not|never)\s+(?:use\s+|with\s+|by\s+)?`?\.?{meant[0][2]}\b", fix
        ):
            return f"the fix does not want {meant[0][2]}"
        if meant and len({new for _, _, new in meant}) == 1:
            return _change(file, [held for _, held, _ in meant], meant[0][2])
    return _NONE


def _told(fix: str) -> list[str]:
    """Return the methods that a text names, as code or by a name that is no word."""
    every = frozenset().union(*_SIBLINGS)
    marked = re.findall(r"(?:`\.?|\.)([a-z_]+)(?:\(\))?`|\b([a-z_]+)\(\)", fix)
    named = {one or other for one, other in marked}
    named |= {one for one in re.findall(r"(?<![\w])[a-z_]+(?!\w)", fix) if one in _PLAIN}
    named |= set(re.findall(r"(?<=\w\.)([a-z_]+)(?=\()", fix))
    gone = set(re.findall(r"(?:instead\s+of|rather\s+than|not)\s+`?(?:\w+\.)*([a-z_]+)", fix))
    return sorted((named & every) - gone)


def _change(file: PythonFile, held: list[ast.Attribute], new: str) -> RecipeChange:
    edits = [Edit(file.span(one)[1] - len(one.attr), file.span(one)[1], new) for one in held]
    old = held[0].attr
    return RecipeChange(
        summary=f"Call {new} instead of {old}",
        edits={file.path: apply(file.text, edits)},
        contracts=(
            claim(file.path, file.text, edits, Operation.REPLACE,
                  f"call `{new}` instead of `{old}`", [f".{new}("]),
        ),
    )  # fmt: skip


_ZIP = """\
import re

ZIP = re.compile(r"\\d{5}")


def is_zip(text):
    return bool(ZIP.match(text))


def starts_so(text):
    return bool(ZIP.match(text))
"""
_TAGS = """\
def drop(tags, tag):
    tags.remove(tag)
"""

RECIPE = Recipe(
    name="other-method",
    message="Two methods with nearly one name do not do the same.",
    words=r"\b(?:fullmatch|casefold|rsplit|rpartition|isdecimal|isnumeric|rfind|put_nowait"
    r"|[lr]strip)\b|`\.?[a-z_]+(?:\(\))?`|\b[a-z_]+\(\)|\w\.[a-z_]+\(",
    remedy=r"\b(?:fullmatch|casefold|rsplit|rpartition|isdecimal|isnumeric|rfind|put_nowait"
    r"|[lr]strip|search|discard|extend|exception|total_seconds|read_bytes|read_text)\b",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "a name that is no word",
            asking("12345x passes", "It has to use fullmatch", "post/zip.py", "is_zip",
                   "return bool(ZIP.match(text))"),
            {"post/zip.py": _ZIP},
            {"post/zip.py": _ZIP.replace("ZIP.match", "ZIP.fullmatch", 1)},
        ),
        Example(
            "a name marked as code",
            asking("Raises", "`discard()` does not mind", "web/tags.py", "drop"),
            {"web/tags.py": _TAGS},
            {"web/tags.py": _TAGS.replace("remove", "discard")},
        ),
        Example(
            "two calls that may be meant",
            asking("12345x passes", "Use fullmatch", "post/zip.py", ""),
            {"post/zip.py": _ZIP},
            refuses="no sibling",
        ),
    ),
)  # fmt: skip
