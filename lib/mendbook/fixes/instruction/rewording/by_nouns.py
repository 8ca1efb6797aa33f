"""Wishes that a noun of their trade names: *the cost factor from 8 to 12*, *a TTL index: …*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.rewording.marks import CODE, ITEM, Make, Marks

_MORE = r"(?:increase|raise|reduce|lower|decrease|bump|change|cut|shorten|extend|lengthen|drop)"
_NUMBER = rf"(?:{CODE}|\d[\d_.]*\w*)"
_HOLDER = r"(?:field|key|entry|object|schema|options?|config(?:uration)?|property|definition)"
_DOES = (
    r"(?:call|log|run|register|expose|mount|enable|invoke|do|send|emit|start|print|execute|show"
    r"|serve|attach|publish|set\s+up)"
)
_IT = rf"(?:\s+(?:this|it|so|that|here|{CODE}|the\s+(?:\w+\s+)?\w+))?"


def _rules() -> Iterator[tuple[re.Pattern[str], Make]]:
    for form, make in (
        (rf"{_MORE}\s+(?:the\s+)?[a-z][\w-]*(?:\s+[\w-]+)+?\s+from\s+(?P<a>{_NUMBER})\s+to\s+"
         rf"(?P<b>{_NUMBER})", _from_to),
        (rf"(?:restrict|limit|narrow|tighten|constrain)\s+(?:the\s+)?(?P<a>{ITEM})"
         rf"(?P<in>\s+(?:in|of)\s+{ITEM})?\s+to\s+(?P<b>{CODE})", _narrowed),
        (rf"add\s+(?:an?|the)\s+[^⟦:]+:\s+(?P<b>{CODE})\s+to\s+(?:the\s+)?(?P<a>{ITEM})"
         rf"(?P<what>\s+{_HOLDER})?", _entry),
        (rf"pass\s+(?P<a>\d+)\s+[a-z][a-z -]*\s+to\s+(?P<f>{CODE})(?P<in>\s+in\s+{ITEM})?",
         lambda match, _: f"Pass `{match['a']}` to {match['f']}{match['in'] or ''}"),
        (rf"only\s+{_DOES}{_IT}\s+(?:if|when|while)\s+(?P<test>{CODE})"
         r"(?:\s+is\s+(?:true|set|truthy|on|enabled))?", _only_if),
        (rf"throw\s+(?:an?\s+|the\s+|[A-Z]\w*'s\s+)?(?P<b>{ITEM})\s+(?:instead\s+of|rather\s+than)"
         rf"\s+(?:an?\s+|the\s+)?(?:plain|generic|bare|raw|basic)\s+(?P<a>{ITEM})"
         r"(?:,?\s+(?:with|keeping)\s+the\s+(?:same\s+)?(?:message|text))?", _thrown),
        (rf"[A-Z][\w-]+\s[^⟦:]*(?::|\bwith|\bby|\bas)\s+(?P<b>{CODE})", _attribute),
    ):  # fmt: skip
        yield re.compile(form, re.IGNORECASE | re.DOTALL), make


def _from_to(match: re.Match[str], marks: Marks) -> str:
    """*Raise the cost factor from 8 to 12*: the one 8 that is quoted."""
    return f"Replace `{marks.text(match['a'])}` by `{marks.text(match['b'])}`"


def _narrowed(match: re.Match[str], marks: Marks) -> str:
    """*Restrict x to f(1)*: the value that x has."""
    called = re.match(r"[\w$.]+\(", marks.text(match["b"])) is not None
    whole = marks.shape(match["b"]) is Shape.CODE and called and match["a"].lower() != "it"
    place = match["in"] or ""
    return f"Change the value of {match['a']}{place} to {match['b']}" if whole else ""


def _entry(match: re.Match[str], marks: Marks) -> str:
    """*Add a TTL index: index: {…} to the expires field*: the entry, without its name in words."""
    given = marks.shape(match["b"]) in {Shape.PAIR, Shape.CHAIN}
    return f"Add {match['b']} to the {match['a']}{match['what'] or ''}" if given else ""


def _only_if(match: re.Match[str], marks: Marks) -> str:
    """*Only log when debug is true*: the quoted statement, under that test."""
    test = marks.text(match["test"])
    plain = marks.language in {"python", "go"}
    return (
        f"Wrap the quoted statement in `if {test}`"
        if plain
        else (f"Wrap the quoted statement in `if ({test})`")
    )


def _thrown(match: re.Match[str], marks: Marks) -> str:
    """*Throw an A rather than a plain B*: what is thrown, by its name."""
    new, old = (marks.text(match[one]) for one in ("b", "a"))
    named = all(re.fullmatch(r"[A-Z]\w*", one) for one in (new, old))
    return f"Throw `{new}` instead of `{old}`" if named else ""


_TAG = re.compile(r"<(?P<tag>[a-z][\w-]*)(?P<told>(?:\s+[\w:-]+=(?:\"[^\"]*\"|\{[^{}]*\}))+)\s*/?>")


def _attribute(match: re.Match[str], marks: Marks) -> str:
    """*Label must name it: <label htmlFor="a">*: what the tag shows, and its element lacks."""
    tag = _TAG.fullmatch(marks.text(match["b"]))
    if tag is None or marks.language not in {"tsx", "javascript"}:
        return ""
    told = re.findall(r"[\w:-]+=(?:\"[^\"]*\"|\{[^{}]*\})", tag["told"])
    return f"Add {' and '.join(f'`{one}`' for one in told)} to the {tag['tag']}"


BY_NOUNS = tuple(_rules())
