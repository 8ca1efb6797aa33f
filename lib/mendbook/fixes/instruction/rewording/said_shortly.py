"""Short wishes about values and what is left out: *let x default to 5*, *take x out of y*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.rewording.marks import CODE, ITEM, OUGHT, Make, Marks

_EMPTIES = {"list": "[]", "array": "[]", "object": "{}", "string": "''", "map": "{}"}
_VALUE = rf"(?P<v>{CODE}|-?\d[\w.]*|an?\s+empty\s+(?P<empty>list|array|object|string))"
_PLACE = rf"(?P<place>\s+(?:in|of|on)\s+(?:the\s+)?{ITEM})?"
_TAKE = r"(?:delete|remove|drop)"


def _rules() -> Iterator[tuple[re.Pattern[str], Make]]:
    for form, make in (
        (rf"let\s+(?P<x>{ITEM})\s+default\s+to\s+{_VALUE}{_PLACE}", _default),
        (rf"(?:the\s+)?(?P<x>{ITEM})\s+{OUGHT}\s+default\s+to\s+{_VALUE}{_PLACE}", _default),
        (rf"(?:take|leave|keep)\s+(?:the\s+)?(?P<x>{ITEM})\s+out\s+of\s+(?P<rest>[^⟦]+|.*{CODE}.*)",
         lambda found, _: f"Remove {found['x']} from {found['rest']}"),
        (rf"name\s+the\s+(?P<v>{CODE}|\d[\w.]*)\s+in\s+(?P<rest>[^:]+):\s+(?P<n>{ITEM}),?\s+"
         r"(?:as\s+)?an?\s+const(?:ant)?\b[^⟦]*",
         lambda found, _: f"Extract {found['v']} into a module-level const {found['n']} and use it "
         f"in {found['rest']}"),
        (rf"(?P<all>both|all)\s+(?:the\s+)?(?P<v>{CODE}|\d[\w.]*)(?:\s+(?:literals?|numbers?|values?|s))?"
         rf"\s+{OUGHT}\s+be(?:come)?\s+(?P<n>{CODE})(?P<home>\s+(?:from|of|in)\s+{CODE})?",
         lambda found, _: f"Replace {found['all']} {found['v']} with {found['n']}"
         f"{found['home'] or ''}"),
        (rf"declare\s+(?P<c>{CODE})", lambda found, _: f"Add {found['c']}"),
        (rf"(?:bound|limit|cap)\s+the\s+cache\s+(?:of|on|for)\s+{ITEM}\s+(?:to|at|with)\s+"
         rf"(?P<v>{CODE}|\d[\w_]*)(?:\s+(?:entries|items|results|elements))?", _cached),
        (rf"(?:turn|switch)\s+(?P<to>on|off)\s+(?P<x>{ITEM})\s+in\s+(?:the\s+)?(?P<f>{ITEM})",
         _keyword),
        (rf"(?:take|read|get|load)\s+(?:the\s+)?(?P<x>{ITEM})\s+from\s+(?:the\s+)?"
         rf"environment(?:\s+variable)?\s+(?P<n>{CODE}|[A-Z][A-Z\d_]+)(?:\s*\(.*\))?",
         _environment),
        (rf"{_TAKE}\s+(?:the\s+)?(?:local\s+|own\s+|private\s+)?(?P<a>{ITEM})\s+and\s+(?:call|use)\s+"
         rf"(?P<b>{ITEM})\s+(?:from|of)\s+(?P<m>{ITEM})(?:\s+instead)?",
         lambda found, _: f"Replace {found['a']} by {found['b']} from {found['m']}"),
    ):  # fmt: skip
        yield re.compile(form, re.IGNORECASE | re.DOTALL), make


def _default(found: re.Match[str], marks: Marks) -> str:
    """*Let x default to 5*, *x should default to an empty list*."""
    empty = found["empty"]
    value = _EMPTIES[empty.lower()] if empty else marks.text(found["v"])
    return f"Default {found['x']} to `{value}`{found['place'] or ''}"


def _cached(found: re.Match[str], marks: Marks) -> str:
    """*Bound the cache of f to 1024 entries*: the size that the decorator of Python takes."""
    python = marks.language == "python"
    return f"Pass `maxsize={marks.text(found['v'])}` to `lru_cache`" if python else ""


def _keyword(found: re.Match[str], marks: Marks) -> str:
    """*Turn on strict in the Parser*: a keyword of the call, in Python."""
    name = marks.text(found["f"])
    if marks.language != "python" or not re.fullmatch(r"[\w.]*[A-Z]\w*(?:\(\))?|\w+\(\)", name):
        return ""
    value = found["to"].lower() == "on"
    return f"Pass `{marks.text(found['x'])}={value}` to `{name.removesuffix('()')}`"


def _environment(found: re.Match[str], marks: Marks) -> str:
    """*Take X from the environment variable N*."""
    name = marks.text(found["n"])
    reads = {"python": f'os.environ["{name}"]'}
    scripts = {"typescript", "tsx", "javascript"}
    reads |= dict.fromkeys(scripts, f"process.env.{name}")
    value = reads.get(marks.language, "")
    return f"Set {found['x']} to `{value}`" if value else ""


SAID_SHORTLY = tuple(_rules())
