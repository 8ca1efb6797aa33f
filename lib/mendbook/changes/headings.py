"""What a heading calls a finding: at most twelve words, which say something by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.changes.fault_words import CONDITIONS, MODAL, PREPOSITIONS, SINGULAR, STATE
from mendbook.changes.main_verb import IN_TIME, tokens_of
from mendbook.changes.phrases import ends
from mendbook.changes.symptoms import says_something
from mendbook.model import Finding
from mendbook.text.phrasing import ARTICLE, HEADLINE_WORDS, capitalised, first_sentence, headline

_FEW = 4
_JOINTS = re.compile(
    r",?\s(?:and|or|when|whenever|if|while|until|unless|once(?!\s(?:for|per|an?|each|every)\b)|because|since|(?<!\sone\s)by|with|without|in|on|at"
    r"|one\s(?:after|by)|for|from|before|(?<!\sone\s)after|to|which|as|even|so|between|during|through|via|into|under|over"
    r"|instead of|rather than)\s"
)
_HALF = re.compile(
    r"(?:\b(?:the|an?|its|their|with|without|of|for|from|in|to|on|by|and|or|as|at|those|that|these|only|not|even|just|so|than|both|either|neither|is|are|was|were|be|has"
    r"|have|does|do|can|no|every|each|any|all|if|when|which|who|whose|until|while|who))$|[,(\"“]$"
)
"""Words that a sentence does not end with."""
_TURNS = re.compile(r"\s(?:but|yet|although|though|whereas|while)\s")
"""Behind it stands what is wrong."""
_RELATIVE = re.compile(r"\s(?:that|which|who|whose)\s")
_VERBS = SINGULAR | STATE | MODAL.keys()
_LEAD = re.compile(r"[A-Z]\w*\s[^,]*,\s")


def heading(finding: Finding) -> str:
    """Return the audit's own title, else the first sentence of the problem as far as it has room.

    It is cut where a phrase ends and its verb is said; what is left out stands in the text below.
    """
    said = headline(finding.title, finding.problem)
    sentence = first_sentence(finding.problem)
    whole = len(said.split()) <= HEADLINE_WORDS and not said.endswith("…")
    if finding.title.strip() or (whole and (said == sentence or _says_something(said))):
        return said
    return _without_condition(sentence) or _cut(sentence) or said


def _without_condition(whole: str) -> str:
    """Return what holds under a condition that stands first, where that alone tells the fault."""
    lead = _LEAD.match(whole)
    if lead is None or lead[0].split()[0].lower() not in CONDITIONS | IN_TIME | PREPOSITIONS:
        return ""
    rest = whole[lead.end() :]
    fits = _FEW < len(rest.split()) <= HEADLINE_WORDS and says_something(rest)
    return capitalised(rest) if fits and _TURNS.search(rest) else ""


def _cut(whole: str) -> str:
    """Return the longest beginning that fits and says something, its articles left out for more."""
    fitting = [(end, short) for end, short in _beginnings(whole) if _fits(short)]
    return max(fitting, key=lambda each: each[0], default=(0, ""))[1]


def _beginnings(whole: str) -> Iterator[tuple[int, str]]:
    """Yield how much of ``whole`` a beginning tells, and the beginning, with articles first."""
    turn = _TURNS.search(whole)
    for end in (*ends(whole, _JOINTS), len(whole)):
        head = whole[:end].rstrip(" ,")
        if turn is None or not turn.start() - 1 <= end <= turn.start():
            yield end, head
            yield end, capitalised(ARTICLE.sub("", head))


def _fits(head: str) -> bool:
    words = len(head.split())
    room = _FEW <= words <= HEADLINE_WORDS
    return room and _HALF.search(head) is None and _says_something(head)


def _says_something(head: str) -> bool:
    """Tell whether ``head`` has a verb of its own beside that of a relative clause."""
    relative = _RELATIVE.search(head)
    if relative is None or says_something(head[: relative.start()]):
        return says_something(head)
    verbs = [each for each in tokens_of(head[relative.end() :]) if each.word in _VERBS]
    return len(verbs) > 1 and says_something(head)
