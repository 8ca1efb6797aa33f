"""Say which of two named calls comes first, however it is told, as the move of one of them.

*Call A first and B only when that is through*, *B has to wait for A*, *B comes too early: A must be
through by then*: the evidence quotes both calls, so a word of order says all that is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mendbook.text.stems import stems

_DONE = (
    r"(?:through|done|over|finished|complete[d]?|worked|succeeded|run|ended|returned|resolved|passed"
    r"|settled|committed|written|stored|saved|closed|behind\s+us|safe|gone\s+through|happened)"
)
_IS_DONE = rf"(?:(?:is|are|was|has|have|be|been|to)\s+)+(?:safely\s+|all\s+|fully\s+)?{_DONE}"
_THROUGH = re.compile(
    rf"(?:(?:that|this|it|which|(?P<call>⟦[ab]⟧))\s+)?{_IS_DONE}(?:\s+(?:by\s+then|before\s+that))?",
    re.IGNORECASE,
)
"""That what comes first is over, which is what *first* means."""
_REVERSE = re.compile(
    r",?\s*(?:and\s+)?not\s+(?:the\s+other\s+way\s+(?:a?round)|vice\s+versa)", re.I
)
_ALLOWED = re.compile(
    r"(?:please|the|a|an|this|that|it|its|call|calls|called|calling|do|does|run|runs|running|make|let"
    r"|statement|line|step|and|so|but|only|has|have|to|must|should|ought|needs?|can|may|is|are|be|comes?"
    r"|goes|go|come|belongs?|happens?|happen|stands?|stand|take|place|start|late|early|too|first|second|last"
    r"|then|afterwards|thereafter|later|before|after|behind|once|when|until|till|wait|waits|for|on|upon"
    r"|follow|follows|precede|precedes|not|never|here|by|with|put|move|swap|order|turn|now|still|all"
    r"|of|in|at|the|end|beginning|start|rather|above|below|than|instead|earlier|sooner|as|soon|there|just)",
    re.IGNORECASE,
)
_A = r"⟦a⟧(?:(?!\bnot\b|\bnever\b|⟦b⟧).)*?"
_TESTS: tuple[tuple[str, str], ...] = (
    (r"⟦a⟧(?:(?!⟦b⟧|\bonly\b|\bnot\b|\bonce\b|\bwhen\b|\bafter\b).)*?\bfirst\b(?!\s+⟦)", "a"),
    (r"\bfirst,?\s+(?:call\s+|do\s+|run\s+|comes\s+)?(?:the\s+)?⟦a⟧", "a"),
    (_A + r"\b(?:before|ahead\s+of|prior\s+to|above)\s+(?:the\s+)?⟦b⟧", "a"),
    (_A + r"\bprecedes?\s+(?:the\s+)?⟦b⟧", "a"),
    (_A + r"\bthen\s+(?:call\s+|do\s+|run\s+)?(?:the\s+)?⟦b⟧", "a"),
    (r"⟦b⟧\s+(?:\w+\s+){0,2}?(?:only\s+)?(?:then|afterwards|thereafter|later|second|last)\b", "a"),
    (r"⟦b⟧\s+(?:\w+\s+){0,2}?only\s+(?:once|when|after)\s+§", "a"),
    (r"⟦a⟧\s+(?:\w+\s+){0,2}?too\s+late\b", "a"),
    (r"⟦b⟧\s+(?:\w+\s+){0,3}?wait\w*\s+(?:for|on)\s+(?:that|it|this)\b", "a"),
    (_A + r"\b(?:after|behind|below|once|following)\s+(?:the\s+)?⟦b⟧", "b"),
    (_A + r"\bonly\s+(?:when|if)\s+(?:the\s+)?⟦b⟧", "b"),
    (_A + r"\b(?:not|never)\b(?:(?!⟦b⟧).)*?\b(?:before|until|till)\s+(?:the\s+)?⟦b⟧", "b"),
    (r"⟦a⟧(?:(?!⟦b⟧|\bnot\b).)*?\bwait\w*\s+(?:for|on|until)\s+(?:the\s+)?⟦b⟧", "b"),
    (r"⟦a⟧(?:(?!⟦b⟧|\bnot\b).)*?\bfollows?\s+(?:the\s+)?⟦b⟧", "b"),
    (r"⟦a⟧\s+(?:\w+\s+){0,2}?(?:comes\s+|runs\s+|is\s+)?too\s+early\b", "b"),
    (r"⟦a⟧\s+(?:\w+\s+){0,2}?last\b", "b"),
    (r"⟦b⟧(?:(?!\bonly\b|\bnot\b).)*?\bfirst\b", "b"),
)  # fmt: skip
"""Forms of an order between the call named first, a, and the other, b; and which of them leads."""


def order_told(text: str, calls: Sequence[str]) -> str:
    """Return the one move that ``text`` tells of two of ``calls``; nothing without a sure one.

    ``calls`` are what the evidence calls, as written, in the order of the code: ``a.b``.
    """
    named = _named(text, calls)
    if any(calls.count(one) > 1 for one in named):
        return ""
    masked = _masked(text, *named) if len(named) == 2 else ""
    if not masked and len({*calls}) == len(calls) == 2:
        named, masked = _in_words(text, calls)
    if len(named) != 2:
        return ""
    first, second = named
    masked = _REVERSE.sub("", masked).strip(" .")
    plain = _THROUGH.sub(lambda match: match["call"] or "§", masked)
    parts = {one.lower() for one in re.findall(r"[A-Za-z]+", f"{first} {second}")}
    leads = {leader for form, leader in _TESTS if re.search(form, plain, re.I | re.S)}
    words = re.findall(r"[A-Za-z']+", re.sub(r"⟦[ab]⟧", " ", plain))
    if len(leads) != 1 or not all(one.lower() in parts or _ALLOWED.fullmatch(one) for one in words):
        return ""
    leader, other = (first, second) if "a" in leads else (second, first)
    if calls.index(leader) < calls.index(other):
        return ""
    return f"Move the `{other}` call after the `{leader}` call"


def _named(text: str, calls: Iterable[str]) -> list[str]:
    """Return the calls that a text names by their whole name, once each, in its order."""
    found = {one: _spots(text, one) for one in dict.fromkeys(calls) if "." in one or "(" in one}
    once = [(spots[0], one) for one, spots in found.items() if len(spots) == 1]
    return [one for _, one in sorted(once)]


def _spots(text: str, call: str) -> list[int]:
    return [one.start() for one in re.finditer(_spelled(call), text)]


def _spelled(call: str) -> str:
    bare = re.escape(re.sub(r"^(?:this|self)\.", "", call))
    return rf"`?(?<![\w$])(?:(?:this|self)\.)?{bare}(?![\w$.])(?:\([^()]*\))?`?"


_WORD = re.compile(r"⟦\d⟧|[A-Za-z]+")
_KEPT_APART = re.compile(r"\b(?:remove|drop|delete|skip|avoid|without|no)\s+(?:the\s+)?⟦", re.I)


def _in_words(text: str, calls: Sequence[str]) -> tuple[list[str], str]:
    """Return two calls as a text names them by words, and the text with their marks.

    *Send the mail* is ``mail.send()``, of two calls of which only that one has the word.
    """
    masked = text
    for at, one in enumerate(calls):
        masked = re.sub(_spelled(one), f"⟦{at}⟧", masked)
    own = [{*stems(one, without=_COMMON)} for one in calls]
    told = [own[0] - own[1], own[1] - own[0]]

    def mark(word: re.Match[str]) -> str:
        found = [at for at in (0, 1) if told[at].intersection(stems(word[0]))]
        return f"⟦{found[0]}⟧" if len(found) == 1 and word[0][0] != "⟦" else word[0]

    masked = _WORD.sub(mark, masked)
    for mark_of in ("⟦0⟧", "⟦1⟧"):
        again = rf"{mark_of}(?:\s+(?:the|is|are|has|have|been|a|an|its))*\s+{mark_of}"
        while re.search(again, masked):
            masked = re.sub(again, mark_of, masked)
    if _KEPT_APART.search(masked) or any(masked.count(f"⟦{at}⟧") != 1 for at in "01"):
        return [], ""
    masked = re.sub(r"\b[A-Za-z]+\s+the\s+(?=⟦)", lambda one: _led(one[0]), masked)
    first = 0 if masked.index("⟦0⟧") < masked.index("⟦1⟧") else 1
    marked = masked.replace(f"⟦{first}⟧", "⟦a⟧").replace(f"⟦{1 - first}⟧", "⟦b⟧")
    return [calls[first], calls[1 - first]], marked


_COMMON = ("this", "self", "get", "set", "call", "then", "after", "before", "once", "first")


def _led(words: str) -> str:
    """Return the words before a noun without the verb that it is the object of."""
    return words if _ALLOWED.fullmatch(words.split()[0]) else ""


def _masked(text: str, first: str, second: str) -> str:
    return re.sub(_spelled(second), "⟦b⟧", re.sub(_spelled(first), "⟦a⟧", text, count=1), count=1)
