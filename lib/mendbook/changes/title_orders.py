"""Which of several orders a title tells, and what it calls what the fix only points at."""

from __future__ import annotations

import re

from mendbook.changes.clauses import orders
from mendbook.changes.phrases import lowered
from mendbook.model import Finding

_THAT_ONE = re.compile(
    r"\b(?:that|this) (?P<what>callback|handler|function|method|call|query|field|loop|listener)\b"
)
"""What a title can only name by what it belongs to."""
_IN_A_VARIABLE = re.compile(
    r"(?:keep|store|save|hold|put|remember)\s.+\sin an?\s(?:local\s)?(?:variable|constant|const)$"
)
_LOOKS = re.compile(
    r"(?:look|read|get|fetch|load|find|take|remember)\s(?P<what>(?:the|its|an?)\s[\w.]+(?:\s(?!(?:up|first)\b)[\w.]+)?)"
    r"(?:\sup)?(?:\sfirst)?,?\s(?:and|then)\s(?:then\s)?(?P<then>[a-z]+\s.+)"
)
_POINTS_BACK = re.compile(r"\b(?:it|its|they|them|there|one|this(?!\.)|that|these|those)\b")
"""Words of an order that mean something of the order before."""
_WHOLE_OF_ITS_OWN = re.compile(r"(?:fall back|return|answer|use|throw|raise)\s")
"""Orders behind *look it up* that say by themselves what is done."""
_ORDERS_IT = re.compile(r"(?P<verb>log|report|count|record|note|return|raise|keep|send|show) it\b")
_DONE_TO = re.compile(
    r"(?P<what>(?:An?|Each|Every)\s(?:(?!\b(?:is|are|when|if)\b)[\w'-]+\s){0,3}?[\w'-]+"
    r"(?:\sthat\s(?:cannot|can|is|was|has|fails|failed)\b(?:\snot)?(?:\sbe)?(?:\s\w+)?)?)"
    r"\sis\s(?:only\s|just\s|never\s|not\s|silently\s)?\w+(?:ed|en|st|wn)\b"
)
_LONGEST = 40
"""Characters of a subject that a title has room for."""
_IF_NONE = re.compile(r"\s(?:when|if|where) there (?:is|are) (?:none|no \w+)$")


def telling_order(said: str) -> str:
    """Return the order behind one that only prepares it, as *look it up*; empty for none."""
    return _second_with_object(said) or _behind_a_variable(said)


def with_owner(said: str, finding: Finding) -> str:
    """Say of *that callback* whose it is, where the audit tells that."""
    return _THAT_ONE.sub(lambda match: _named_before(match, finding), said)


def with_subject(said: str, finding: Finding) -> str:
    """Put what the problem is about where an order only says *it*: *log it as a warning*.

    Only of *a file that … is only noted* is that certain: it is what something is done to.
    """
    order, told = _ORDERS_IT.match(said), _DONE_TO.match(finding.problem.strip())
    if order is None or told is None or len(told["what"]) > _LONGEST:
        return said
    return f"{order['verb']} {lowered(told['what'])}{said[order.end() :]}"


def _second_with_object(said: str) -> str:
    """Return ``clear the timer`` of *look the timer up and clear it*: looking alone says little."""
    looked = _LOOKS.match(said)
    if looked is None:
        return ""
    own = _IF_NONE.sub("", looked["then"])
    if _WHOLE_OF_ITS_OWN.match(own) and _POINTS_BACK.search(own) is None:
        return looked["then"]
    if not re.search(r"\b(?:it|them)\b", looked["then"]):
        return ""
    return re.sub(r"\b(?:it|them)\b", lambda _: looked["what"], looked["then"], count=1)


def _behind_a_variable(said: str) -> str:
    """Return the order behind *keep it in a variable*, which says nothing of what is done."""
    several = orders(said)
    kept = len(several) > 1 and _IN_A_VARIABLE.match(several[0]) is not None
    return several[1] if kept and not _POINTS_BACK.search(several[1]) else ""


def _named_before(match: re.Match[str], finding: Finding) -> str:
    """Return ``the callback of pump.on`` of *that callback*, where the audit says whose it is."""
    told = f"{finding.title}. {finding.problem} {finding.impact}"
    named = re.search(rf"(?i)\b(?:the|an?)\s{match['what']}\sof\s`?((?:\w+\.)*\w*[A-Z_.]\w*)", told)
    return f"the {match['what']} of {named[1]}" if named is not None else match[0]
