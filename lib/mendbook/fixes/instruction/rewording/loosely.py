"""Say what a text tells by a verb that is not known in the orders that its code allows.

Auditors use any verb: *Answer with 201: `status=201` in the decorator*, *Bound the size with
`Field(le=9)`*. What is asked is told by the code then, and by the place that is named beside it.
More than one order may fit; they are held against each other by who carries them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.reading.idioms import plain_verbs
from mendbook.fixes.instruction.rewording.marks import CODE, ITEM, Marks, with_ticks
from mendbook.fixes.instruction.sentences.verbs import ADVERBS, verb_of

_TELLS_MORE = re.compile(
    r"\b(?:not|no|never|none|without|unless|except|only|or|either|before|after|ahead|behind|instead"
    r"|rather|place|remov\w*|delet\w*|drop\w*|renam\w*|mov\w*|both|each|every|all|first|second|third"
    r"|last|if|when\w*|while|until|once|again|back|than|other\w*|another|inside|around|outside"
    r"|above|below|between|consider|maybe|perhaps|ideally|optionally|some|more|less|and|then)\b"
    r"|n't\b",
    re.IGNORECASE,
)
"""Words that say more than what goes where: an order that leaves them out is another one."""
_SOFT = {
    "bound", "cap", "limit", "constrain", "restrict", "give", "supply", "provide", "apply", "make",
    "declare", "annotate", "type", "configure", "define", "specify", "mark", "forward",
}  # fmt: skip
"""Verbs of which the code tells what they mean."""
_LED_TO = re.compile(rf"(?P<lead>[A-Z](?:[^⟦:]|⟦\d+⟧)*):\s+(?P<rest>{CODE}.*)", re.DOTALL)
_OF = rf"(?:\s+(?:of|in|on|for)\s+(?:the\s+)?{ITEM}(?:\s+[a-z]+)?)?"
_GIVEN = re.compile(
    rf"[A-Z][a-z]+\s+(?:the\s+)?(?P<what>{ITEM}{_OF})\s+(?:with|by|using|via|through)\s+"
    rf"(?:an?\s+)?(?P<new>{CODE})(?P<tail>\s.*)?",
    re.DOTALL,
)
_PAIR = re.compile(
    rf"[A-Z][a-z]+\s+(?:[a-z]+\s+){{0,3}}?(?:(?:with|by|using|via|to|as)\s+)?"
    rf"(?P<new>{CODE})(?P<tail>\s.*)?",
    re.DOTALL,
)
_TO = re.compile(
    rf"[A-Z][a-z]+\s+(?:the\s+)?(?P<what>{ITEM}{_OF})\s+(?:to|as|at)\s+(?P<new>{CODE})"
    r"(?P<tail>\s.*)?",
    re.DOTALL,
)


def loosely(text: str) -> Iterator[str]:
    """Yield the orders that one sentence with an unknown verb may be; none for any other text."""
    masked, codes = scan(plain_verbs(text.strip().rstrip(".")))
    if _TELLS_MORE.search(masked) or re.search(r"[;.!?]\s|\bout\s+of\b", masked):
        return
    first = re.match(r"[A-Z][a-z-]*", masked)
    marks = Marks(codes, "")
    led = _LED_TO.fullmatch(masked)
    if led is not None and _is_pair(led["rest"], marks) and not _is_told(led["lead"], marks):
        for order in _of_pair(led["rest"]):
            yield with_ticks(order, codes)
        return
    if first is None or (verb_of(first[0]) is not None and first[0].lower() not in _SOFT):
        return
    for order in _orders(masked, marks):
        yield with_ticks(order, codes)


def _is_pair(rest: str, marks: Marks) -> bool:
    first = re.match(CODE, rest)
    return first is not None and marks.shape(first[0]) is Shape.PAIR


def _of_pair(rest: str) -> Iterator[str]:
    """Yield the orders that a name with its value and what follows it may be."""
    yield f"Set {rest}"
    yield f"Pass {rest}"


def _is_told(lead: str, marks: Marks) -> bool:
    """Tell whether what stands before a colon is an order by itself, or names code."""
    named = [one for one in re.findall(CODE, lead) if marks.shape(one) is not Shape.NUMBER]
    words = [one for one in re.findall(r"[a-z-]+", lead.lower()) if one not in ADVERBS]
    return bool(named) or (bool(words) and verb_of(words[0]) is not None)


def _orders(masked: str, marks: Marks) -> Iterator[str]:
    pair = _PAIR.fullmatch(masked)
    if pair is not None and _is_pair(pair["new"], marks):
        yield from _of_pair(f"{pair['new']}{pair['tail'] or ''}")
        return
    if (given := _GIVEN.fullmatch(masked)) is not None:
        what, new, tail = given["what"], given["new"], given["tail"] or ""
        yield f"Set {what} to {new}{tail}"
        yield f"Add {new} to {what}{tail}"
        yield f"Use {new} for {what}{tail}"
    elif (given := _TO.fullmatch(masked)) is not None:
        yield f"Set {given['what']} to {given['new']}{given['tail'] or ''}"
