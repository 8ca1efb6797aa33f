"""Short phrases out of what a finding says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mendbook.model import Finding
from mendbook.text.escape import visible
from mendbook.text.phrasing import headline

_CLAUSE_ENDS = re.compile(r"[.;]\s|\s[—–]\s|:\s|,?\sor\s|,?\s(?:so that|because)\s")
_THIS = re.compile(r"(?i)\b(?:this|the) (?:method|function|class|field)\b")
_EITHER = re.compile(r"(?i)^(?:either|please|should)\s+")
_ASIDE = re.compile(r"\s\([^()]*\)(?=\s|$)")
_NUMBERED = re.compile(r"^(?:\(?\d+[.):]|[-*•]|[a-z]\))\s+")
_SWAP = re.compile(r"(?s)(.+?)\s+(?:with|by)\s+(.+)$")
_REGULAR = (
    "accept allow answer await batch bound cache call cap check clamp clear close collect "
    "compare compute convert count create debounce deduplicate defer encode enforce escape "
    "fail filter forget give guard handle ignore include initialise initialize iterate keep "
    "limit load lock log mask merge open parse persist prefer prevent propagate protect "
    "publish queue read record refuse reject release require reset respect restrict return "
    "reuse rotate round sanitise sanitize save schedule scope send serialise serialize set "
    "share skip sort start stop store strip support throttle throw track trim truncate update "
    "use validate wait wrap write "
)
_VERBS = {verb: f"{verb}s" for verb in _REGULAR.split()} | {
    "add": "has",
    "apply": "applies",
    "bypass": "bypasses",
    "catch": "catches",
    "do": "does",
    "ensure": "makes sure that",
    "flush": "flushes",
    "hash": "hashes",
    "implement": "has",
    "introduce": "has",
    "make": "makes",
    "pass": "passes",
    "replace": "replaces",
    "retry": "retries",
    "switch": "switches",
    "verify": "verifies",
}
"""Imperatives that fixes begin with, and what a test's title says of the fixed code."""
_KEEPING = frozenset(
    [
        "annotate",
        "comment",
        "delete",
        "deprecate",
        "document",
        "drop",
        "export",
        "extract",
        "hoist",
        "inline",
        "mark",
        "move",
        "name",
        "remove",
        "rename",
        "reorder",
        "split",
        "unexport",
    ]
)
"""Verbs of fixes after which code behaves as before."""
_ORDER = re.compile(
    r"(?i)^\W*(?:move|reorder|hoist)\b.*?\s(?:before|after|behind|above|below|ahead of|outside"
    r"|inside|out of (?:the|its)|to the (?:end|start|beginning|top|bottom) of)\s"
)
"""A move that changes what is done when, and so can be seen."""
IMPERATIVES = frozenset({*_VERBS, *_KEEPING})
"""Verbs that the clauses of a fix begin with."""
_ALSO = re.compile(rf"(?i),?\s+and\s+(?=(?:{'|'.join((*_VERBS, *_KEEPING))})\s)")
"""Where a second thing is asked for."""
_POINTS_BACK = re.compile(r"(?i)(?:it|them)\b")
"""An object that only the clause before names."""
_OPEN, _CLOSED = "([{<", ")]}>"


def intention(finding: Finding) -> str:
    """Return what the fix asks for: its first clause, of alternatives the first."""
    said = _ASIDE.sub("", _EITHER.sub("", _NUMBERED.sub("", one_sentence(finding.fix))))
    clause = first_clause(said) or first_clause(one_sentence(finding.problem)) or finding.id
    named = _THIS.sub(lambda _: finding.symbols[0], clause) if finding.symbols else clause
    return lowered(named, finding.symbols)


def asserted(fix: str) -> str:
    """Return what holds once ``fix`` is done, as a test title says it; empty if not told.

    ``Limit the queue to 100 jobs`` becomes ``limits the queue to 100 jobs``. What only removes
    code, and what does not begin with a verb, has no such title.
    """
    said = _ASIDE.sub("", _EITHER.sub("", _NUMBERED.sub("", one_sentence(fix))))
    clause = _ALSO.split(first_clause(said), maxsplit=1)[0]
    verb, _, rest = clause.partition(" ")
    if not rest or verb.lower() not in _VERBS or _POINTS_BACK.match(rest):
        return ""
    if verb.lower() == "replace" and (swap := _SWAP.match(rest)):
        return f"uses {swap[2]} instead of {swap[1]}"
    return f"{_VERBS[verb.lower()]} {rest}"


def first_word(text: str) -> str:
    """Return the first word of ``text`` in lower case, a number before it left out."""
    return _NUMBERED.sub("", one_sentence(text)).partition(" ")[0].lower()


def keeps_behaviour(fix: str) -> bool:
    """Tell whether ``fix`` begins by asking for what no test can see: rename, move, document."""
    return first_word(fix) in _KEEPING and not _ORDER.search(fix)


def headline_of(finding: Finding) -> str:
    """Return what is wrong: the title, else the first sentence of the problem, cut short."""
    return one_sentence(headline(finding.title, finding.problem)) or finding.id


def first_clause(text: str) -> str:
    """Return ``text`` up to where its first clause ends."""
    return text[: next(ends(text, _CLAUSE_ENDS), len(text))]


def one_sentence(text: str) -> str:
    """Return ``text`` on one visible line, without code marks and full stop."""
    return " ".join(visible(text).split()).replace("`", "").rstrip(".")


def lowered(text: str, symbols: Sequence[str] = ()) -> str:
    """Lower the first letter unless the first word is a name: ``Add``, but not ``JSON``.

    The last parts of ``symbols`` are names, too.
    """
    first = text.split(" ", 1)[0]
    if first in {each.rpartition(".")[2] for each in symbols}:
        return text
    plain = first.isalpha() and (first[1:].islower() or first == "A")
    return text[0].lower() + text[1:] if plain else text


def ends(text: str, pattern: re.Pattern[str]) -> Iterator[int]:
    """Yield where ``pattern`` matches outside of brackets."""
    depth, place = 0, 0
    for match in pattern.finditer(text):
        between = text[place : match.start()]
        depth += sum(char in _OPEN for char in between) - sum(char in _CLOSED for char in between)
        place = match.start()
        if depth <= 0 and place:
            yield place
