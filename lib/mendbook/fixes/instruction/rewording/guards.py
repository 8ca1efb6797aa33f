"""Exits that hang on a condition in words, with the place that the words give them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.rewording.marks import CODE, ITEM, OUGHT, Make, Marks
from mendbook.fixes.instruction.sentences.conditions import guard

_ANSWER = r"(?:return|answer|give\s+back|respond\s+with|reply\s+with)"
_EXIT = rf"(?P<exit>(?:(?:{_ANSWER}|throw|raise)\s+(?:an?\s+)?)?(?:{CODE}|[\w.'\"-]+)|return)"
_EXITS = rf"(?P<exit>(?:returns|throws|raises)\s+(?:{CODE}|[\w.'\"-]+))"
_WHEN = (
    r"(?:,?\s+(?:early|immediately|right\s+away|at\s+once))?,?\s+(?:if|when|whenever|in\s+case"
    r"|as\s+soon\s+as)"
)
_FIRST = (
    r"(?:(?:the\s+)?(?:very\s+)?first\s+thing|before\s+(?:anything\s+else|all\s+else"
    r"|it\s+does\s+anything)|first(?:\s+of\s+all|\s+thing)?"
    r"|at\s+the\s+(?:very\s+)?(?:top|start|beginning|head)|as\s+(?:the|its)\s+(?:very\s+)?first\s+"
    r"(?:statement|step|thing|check|line)|right\s+away)"
)
_OWNED = rf"(?:\s+(?:in|of|inside)\s+(?:the\s+)?(?P<owner>{ITEM})(?:\s+(?:method|function))?)?"
_LEAVES = r"(?:return(?:s|ing)?|throw(?:s|ing)?|rais(?:e|es|ing))"


def _rules() -> Iterator[tuple[re.Pattern[str], Make]]:
    for form in (
        rf"{_FIRST}{_OWNED},?\s+{_EXIT}{_WHEN}\s+(?P<test>.+)",
        rf"{_FIRST}{_OWNED}[,:]?\s+(?:if|when)\s+(?P<test>.+?),\s+(?:then\s+)?{_EXIT}",
        rf"{_FIRST}{_OWNED}[,:]?\s+(?:if|when)\s+(?P<test>{CODE})\s+{_EXIT}",
        rf"{_FIRST},?\s+(?P<owner>{ITEM})\s+{OUGHT}\s+{_EXIT}{_WHEN}\s+(?P<test>.+)",
        rf"(?P<owner>{ITEM})\s+{OUGHT}\s+(?:start|begin|open)\s+(?:with|by)\s+(?:an?\s+|the\s+)?"
        rf"(?:guard|check|test)[,:]?\s+(?:if|when)\s+(?P<test>.+?),?\s+(?:then\s+)?{_EXIT}",
        rf"(?:in|inside)\s+(?:the\s+)?(?P<owner>{ITEM})[,:]?\s+(?:if|when)\s+(?P<test>.+?),?\s+"
        rf"(?:then\s+)?{_EXIT}(?:\s+(?:early|right\s+)?{_FIRST}|\s+early)?",
        rf"(?P<owner>{ITEM}):\s+(?:if|when)\s+(?P<test>.+?),?\s+(?:then\s+)?{_EXIT}(?:\s+early)?",
        rf"(?:start|begin|open)\s+(?:the\s+)?(?P<owner>{ITEM})\s+(?:with|by)\s+(?:an?\s+)?(?:guard|"
        rf"check|test)[^⟦:]*:?\s*(?P<b>{CODE})",
        rf"{_EXIT}{_WHEN}\s+(?P<test>.+?),?\s+{_FIRST}{_OWNED}",
        rf"(?P<owner>{ITEM})\s+{OUGHT}\s+{_EXIT}{_WHEN}\s+(?P<test>.+)",
        rf"(?:let|have|make)\s+(?P<owner>{ITEM})\s+(?:start|begin|open)\s+(?:with|by)\s+(?:an?\s+)?"
        rf"(?:guard|check|test)\s+(?:that|which)\s+{_EXITS}\s+(?:if|when|whenever)\s+(?P<test>.+)",
        rf"(?:have|let|make)\s+(?P<owner>{ITEM})\s+{_EXIT}{_WHEN}\s+(?P<test>.+)",
    ):
        yield re.compile(form, re.IGNORECASE | re.DOTALL), _at_the_top


def _at_the_top(match: re.Match[str], marks: Marks) -> str:
    """*Before anything else in f, throw E if x is null*: the guard, written out, on top of f."""
    if (given := match.groupdict().get("b")) is not None:
        whole = re.match(r"if\b", marks.text(given)) is not None
        return f"Add at the top of {match['owner']}: {given}" if whole else ""
    leaves = re.sub(CODE, lambda one: marks.text(one[0]), match["exit"])
    leaves = re.sub(r"^((?:return|throw|raise)\s+)an?\s+", r"\1", leaves, flags=re.IGNORECASE)
    leaves = re.sub(r"^(return|throw|raise)s\b", r"\1", leaves, flags=re.IGNORECASE)
    leaves = re.sub(rf"^{_ANSWER}\b", "return", leaves, flags=re.IGNORECASE)
    if re.match(_LEAVES, leaves, re.IGNORECASE) is None:
        return ""
    test = re.sub(CODE, lambda one: marks.text(one[0]), match["test"])
    code = guard(test, leaves[0].lower() + leaves[1:], marks.language)
    return f"Add at the top of {match['owner'] or 'the function'}: `{code}`" if code else ""


GUARDS = tuple(_rules())
