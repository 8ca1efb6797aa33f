"""Parameters, members, settings and elements that a text tells by what is amiss with them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.rewording.marks import CODE, ITEM, OUGHT, Make, Marks

_TO = r"(?:to|on|onto)\s+(?:the\s+(?:[a-z]+\s+)?(?:in|of|for|field|string|number)\s+|the\s+)?"
_OPEN_CALL = re.compile(r"((?:new\s+)?[\w$.]+)\((?:…|\.\.\.)?\)")


def _rules() -> Iterator[tuple[re.Pattern[str], Make]]:
    for form, make in (
        (rf"(?:add|append|chain)\s+(?P<x>{CODE})\s+{_TO}(?P<a>{ITEM}),?\s+and\s+(?P<y>{CODE})\s+{_TO}"
         rf"(?P<b>{ITEM})", _links),
        (rf"call\s+the\s+(?:private\s+)?(?:member|field|property|variable|method)\s+(?P<a>{ITEM})\s+"
         rf"(?P<b>{ITEM})(?:\s+instead)?(?:,?\s+everywhere\b[^⟦]*)?",
         lambda match, _: f"Rename {match['a']} to {match['b']}"),
        (rf"every\s+(?P<a>{CODE})(?:\s+call)?(?:\s+in\s+(?:this|the)\s+(?:file|module))?\s+"
         rf"(?:{OUGHT}\s+(?:become|be)|becomes)\s+(?:an?\s+)?(?P<b>{CODE})(?:,\s+[^⟦]*)?", _every),
        (rf"(?P<x>{CODE})\s+is\s+missing\s+(?:from|in)\s+(?P<at>[^;:]+?)(?:[;:,]\s+(?:so\s+)?(?:please\s+)?"
         r"(?:add|include|put)\s+it(?:\s+there)?)?",
         lambda match, _: f"Add {match['x']} to {match['at']}"),
        (rf"(?:[^⟦:;]+[:;,]\s+(?:so\s+)?)?(?:it|this|that)\s+{OUGHT}\s+be\s+(?P<b>{CODE}),?\s+(?:and\s+)?(?:not|instead\s+of"
         rf"|rather\s+than)\s+(?P<a>{CODE})",
         lambda match, _: f"Use {match['b']} instead of {match['a']}"),
        (rf"commented-out\s+(?P<a>{ITEM})\s*[:,]\s+(?:please\s+)?(?:delete|remove|drop)\s+"
         r"(?:it|the\s+(?:line|comment|code))",
         lambda match, _: f"Delete the commented-out {match['a']} line"),
        (rf"make\s+it\s+an?\s+(?:env(?:ironment)?\s+|config\w*\s+)?(?:setting|option|variable):\s+"
         rf"(?P<k>{ITEM}),?\s+(?:[a-z]+\s+)*?(?:with\s+)?(?:an?\s+|the\s+)?default\s+(?:of\s+)?"
         rf"(?P<v>{CODE}|[\w.]+),?\s+(?:in|to)\s+(?:the\s+)?(?P<s>{ITEM})(?:\s+(?:object|schema))?,?\s+"
         rf"and\s+(?:list|add|put|document)\s+it\s+(?:in|to)\s+(?P<f>{CODE})",
         lambda match, _: f"Add {match['k']} with default {match['v']} to {match['s']} and to "
         f"{match['f']}"),
    ):  # fmt: skip
        yield re.compile(form, re.IGNORECASE | re.DOTALL), make


def _links(match: re.Match[str], marks: Marks) -> str:
    """*Add .max(1) to a and .max(2) to b*: one step for each."""
    if any(marks.shape(match[one]) is not Shape.CHAIN for one in ("x", "y")):
        return ""
    return f"Add {match['x']} to {match['a']}. Add {match['y']} to {match['b']}"


def _every(match: re.Match[str], marks: Marks) -> str:
    """*Every new A(…) should become B(…)*: what is called, with its arguments."""
    old, new = (_OPEN_CALL.fullmatch(marks.text(match[one])) for one in ("a", "b"))
    return f"Replace all `{old[1]}(…)` with `{new[1]}(…)`" if old and new else ""


TOLD_BY_KIND = tuple(_rules())
_GOES_TOO = (
    r"(?:\s+(?:out|of|from|in|at|the|its|and|also|every|each|all|signatures?|calls?|callers?|too"
    r"|call\s+sites?|arguments?|parameters?|declaration|head))*"
)
UNREAD = re.compile(
    rf"(?P<f>{CODE}|[\w.]+)\s+(?:(?:never|does\s+not|doesn't)\s+(?:looks?\s+at|reads?|uses?|needs?)"
    rf"|ignores|has\s+no\s+use\s+for)\s+(?:its\s+|the\s+)?(?P<p>{CODE})(?:\s+(?:parameter|argument))?"
    r"[.;,:]\s+(?:so\s+)?(?:take|remove|drop|cut|delete)\s+"
    rf"(?:(?:the|that)\s+(?:parameter|argument)\b[^.;]*|it{_GOES_TOO})[.\s]*",
    re.IGNORECASE,
)
"""A parameter that is told to be read nowhere, and to go: ``f never reads p. Drop the …``."""
