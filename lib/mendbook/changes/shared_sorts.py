"""Sorts of changes to what several calls, instances or runs have in common."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.changes.narrow_words import cached, only_seen, only_that
from mendbook.changes.sort_rows import Sort, sort

SHARED: Sequence[Sort] = (
    sort(
        r"^cache\b.*\b(?:responses?|answers?)\b",
        cached,
        proof="a second request within that time gets the same answer",
    ),
    sort(
        r"^only\s(?P<what>(?!when\b|if\b|once\b|after\b)\w+\s.+)$",
        only_that,
        proof=only_seen,
    ),
    sort(
        r"\balgorithms?\b",
        "Tokens that are signed by another algorithm are refused.",
        proof="a token of another algorithm is refused",
        needs=r"(?i)\bjwt\b|\btokens?\b",
    ),
    sort(
        r"\b(?:redis|shared|distributed|central)\s(?:store|backend|counters?)\b",
        "All instances share it: it works only where the store can be reached, and what each"
        " counted by itself is forgotten once.",
        proof="two instances count together",
    ),
    sort(
        r"\bfirst\b.*\b(?:afterwards|after that|then|later)\b",
        "For a moment both stand, and where the first fails the second is not reached.",
        proof="where the first of them fails, nothing is taken away",
        needs=r"(?i)\b(?:delet|remov|clos|revok|drop)\w*",
    ),
    sort(
        r"\berrors\.(?:Is|As)\b",
        "Errors that wrap another are told by what they wrap, where only bare ones were.",
        proof="a wrapped error is told like the bare one",
    ),
    sort(
        r"^(?!open\b.*\bfiles?\b)(?:create|build|make|compile|construct|initiali[sz]e|open)\b.*"
        r"\b(?:(?<!only )(?<!runs )(?<!called )once"
        r"(?!\s(?:an?|per|every|each|the|it|they)\b)|singleton"
        r"|(?:package|module)[- ](?:level|variable|scope))\b",
        "All calls share one: what one leaves in it the next one meets, and several use it at"
        " once.",
        proof="two calls at the same time do not disturb each other",
    ),
    sort(
        r"^(?:also\s)?(?:write|save|persist|keep)\b.*\b(?:localStorage|sessionStorage|disk)\b",
        "It is there again after a reload: a value that an earlier version wrote is read by later"
        " ones.",
        proof="is there again after a reload",
    ),
    sort(
        r"\b(?:toFixed|toLocaleString|Intl\.\w+|strftime|NumberFormat)\b",
        "Only what is shown changes: tests that look for the old text no longer find it.",
    ),
    sort(
        r"\b(?:encodeURIComponent|urlencode|QueryEscape|PathEscape|URLEncoder|quote_plus)\b",
        "A value with a slash, a question mark or a space comes through as it is; who encoded it"
        " before hands on what is encoded twice.",
        proof="a value with a slash comes through as it is",
    ),
    sort(
        r"^(?:fall back|default) to (?P<new>[^\s,;]+) (?:instead of|rather than)"
        r" (?P<old>(?!\w+ing\b)\S+)",
        "Where nothing is given, {new} is taken and no longer {old}.",
        proof="where nothing is given, {new} is taken and not {old}",
    ),
)
"""The first that fits a clause speaks for it."""
