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
         lambda match, _: f"Remove {match['x']} from {match['rest']}"),
        (rf"name\s+the\s+(?P<v>{CODE}|\d[\w.]*)\s+in\s+(?P<rest>[^:]+):\s+(?P<n>{ITEM}),?\s+"
         r"(?:as\s+)?an?\s+const(?:ant)?\b[^⟦]*",
         lambda match, _: f"Extract {match['v']} into a module-level const {match['n']} and use it "
         f"in {match['rest']}"),
        (rf"(?P<all>both|all)\s+(?:the\s+)?(?P<v>{CODE}|\d[\w.]*)(?:\s+(?:literals?|numbers?|values?|s))?"
         rf"\s+{OUGHT}\s+be(?:come)?\s+(?P<n>{CODE})(?P<home>\s+(?:from|of|in)\s+{CODE})?",
         lambda match, _: f"Replace {match['all']} {match['v']} with {match['n']}"
         f"{match['home'] or ''}"),
        (rf"declare\s+(?P<c>{CODE})", lambda match, _: f"Add {match['c']}"),
        (rf"(?:bound|limit|cap)\s+the\s+cache\s+(?:of|on|for)\s+{ITEM}\s+(?:to|at|with)\s+"
         rf"(?P<v>{CODE}|\d[\w_]*)(?:\s+(?:entries|items|results|elements))?", _cached),
        (rf"(?:turn|switch)\s+(?P<to>on|off)\s+(?P<x>{ITEM})\s+in\s+(?:the\s+)?(?P<f>{ITEM})",
         _keyword),
        (rf"(?:take|read|get|load)\s+(?:the\s+)?(?P<x>{ITEM})\s+from\s+(?:the\s+)?"
         rf"environment(?:\s+variable)?\s+(?P<n>{CODE}|[A-Z][A-Z\d_]+)(?:\s*\(.*\))?",
         _environment),
        (rf"{_TAKE}\s+(?:the\s+)?(?:local\s+|own\s+|private\s+)?(?P<a>{ITEM})\s+and\s+(?:call|use)\s+"
         rf"(?P<b>{ITEM})\s+(?:from|of)\s+(?P<m>{ITEM})(?:\s+instead)?",
         lambda match, _: f"Replace {match['a']} by {match['b']} from {match['m']}"),
        (rf"(?:{_TAKE}|omit|skip|do\s+without|leave\s+out)\s+(?:the\s+|its\s+|any\s+)?"
         r"(?:[a-z]+\s+)?(?:default|fallback|argument|parameter|option|flag|cast|wrapper|conversion"
         rf"|copy|sort)s?\s*:\s+(?P<b>{CODE})", lambda match, _: f"Use {match['b']} instead"),
        (rf"(?:call|use|import)\s+(?:the\s+)?(?P<b>{ITEM})\s+(?:from|of|in)\s+(?P<m>{ITEM})"
         rf"(?:\s+(?:instead(?:\s+of\s+(?:the\s+)?(?P<old>{ITEM}))?|here))?\s*(?:,|;)?\s+(?:and|then|,)?\s*"
         rf"{_TAKE}\s+(?:the\s+)?(?:local\s+|own\s+|private\s+)?(?:copy\s+)?(?P<a>{ITEM})",
         _shared),
    ):  # fmt: skip
        yield re.compile(form, re.IGNORECASE | re.DOTALL), make


def _shared(match: re.Match[str], _: Marks) -> str:
    """*Call b from m and delete a*: what goes is what b stands for."""
    if match["old"] not in {None, match["a"]}:
        return ""
    return f"Replace {match['a']} by {match['b']} from {match['m']}"


def _default(match: re.Match[str], marks: Marks) -> str:
    """*Let x default to 5*, *x should default to an empty list*."""
    empty = match["empty"]
    value = _EMPTIES[empty.lower()] if empty else marks.text(match["v"])
    return f"Default {match['x']} to `{value}`{match['place'] or ''}"


def _cached(match: re.Match[str], marks: Marks) -> str:
    """*Bound the cache of f to 1024 entries*: the size that the decorator of Python takes."""
    python = marks.language == "python"
    return f"Pass `maxsize={marks.text(match['v'])}` to `lru_cache`" if python else ""


def _keyword(match: re.Match[str], marks: Marks) -> str:
    """*Turn on strict in the Parser*: a keyword of the call, in Python."""
    name = marks.text(match["f"])
    if marks.language != "python" or not re.fullmatch(r"[\w.]*[A-Z]\w*(?:\(\))?|\w+\(\)", name):
        return ""
    value = match["to"].lower() == "on"
    return f"Pass `{marks.text(match['x'])}={value}` to `{name.removesuffix('()')}`"


def _environment(match: re.Match[str], marks: Marks) -> str:
    """*Take X from the environment variable N*."""
    name = marks.text(match["n"])
    reads = {"python": f'os.environ["{name}"]'}
    scripts = {"typescript", "tsx", "javascript"}
    reads |= dict.fromkeys(scripts, f"process.env.{name}")
    value = reads.get(marks.language, "")
    return f"Set {match['x']} to `{value}`" if value else ""


SAID_SHORTLY = tuple(_rules())
