"""Account for every piece of a fix text: a step, a reason, what stays, or what is still open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mendbook.fixes.instruction.fragments.shape import Fragment
from mendbook.fixes.instruction.sentences.said import is_obliged
from mendbook.fixes.instruction.sentences.verbs import verb_of

MARK = re.compile(r"⟦(\d+)⟧")


class Account(StrEnum):
    """What a piece of a fix text is taken for."""

    STEP = "step"
    REASON = "reason"
    """A fact, a purpose, a goal, a warning: it says why, and asks for nothing by itself."""
    STAYS = "stays"
    OPEN = "open"
    """It may ask for something, and what is not read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of a fix text and what it is taken for."""

    account: Account
    text: str
    """As written, for messages."""
    codes: tuple[Fragment, ...] = ()


def unmasked(text: str, codes: Sequence[Fragment]) -> str:
    """Return a masked text with its code put back."""
    return MARK.sub(lambda match: codes[int(match[1])].text, text).strip()


def entry(account: Account, masked: str, codes: Sequence[Fragment]) -> Entry:
    """Return the entry of one piece of a masked text."""
    named = tuple(codes[int(at)] for at in MARK.findall(masked))
    return Entry(account, unmasked(masked, codes), named)


def dropped(sentence: str, parts: Sequence[str], codes: Sequence[Fragment]) -> Iterator[Entry]:
    """Yield what a sentence says in code beside its clauses: its purpose, or what leads to them."""
    first = sentence.find(parts[0]) if parts else len(sentence)
    last = sentence.find(parts[-1]) + len(parts[-1]) if parts else len(sentence)
    for text, leads in ((sentence[:first], True), (sentence[last:], False)):
        if MARK.search(text) is not None:
            told = text.partition(":")[0] if leads else text.partition(",")[2]
            account = Account.OPEN if asks_within(f", {told}") else Account.REASON
            yield entry(account, text.strip(" ,:"), codes)


def taken_out(whole: str, masked: str, codes: Sequence[Fragment]) -> Iterator[Entry]:
    """Yield what stands in ``whole`` and no more in ``masked``: words of where, as an example."""
    kept = set(MARK.findall(masked))
    for match in MARK.finditer(whole):
        if match[1] not in kept:
            yield entry(Account.REASON, match[0], codes)


_AGAIN = re.compile(
    r"(?:[,;:]\s*(?:and|then|but)?|\band(?:\s+then)?|\bthen)\s+(?P<word>[a-z-]+)\s+"
    r"(?=⟦|the\b|an?\b|it\b|them\b|its\b|every\b|each\b|both\b|all\b)"
)
_DEMANDS = re.compile(r"\bwhich\s+(?:also\s+)?(?:should|must|needs?|has to|ought)\b")


def asks_within(text: str) -> bool:
    """Tell whether what reads as a purpose tells to do something, too: ``…, and drop `x```."""
    if _DEMANDS.search(text):
        return True
    return any(verb_of(one["word"]) is not None and not one["word"].endswith("ing")
               for one in _AGAIN.finditer(text))  # fmt: skip


_FOLLOWS = re.compile(
    r"\b(?:then|afterwards|thereafter|subsequently|after that|from (?:then|now) on|thereby)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:go(?:es)?|disappears?|vanish(?:es)?|unused|obsolete|superfluous|redundant|unnecessary"
    r"|needless|dead|free|passes|calls|uses|takes|returns|becomes|gets|needs|moves|awaits|throws"
    r"|raises|reads|follows|no longer \w+|not (?:needed|used|required))\b"
    r"|\b(?:can|could|may|might)\s+(?:\w+ly\s+|just\s+|also\s+|then\s+|now\s+)?be\s+\w+",
    re.IGNORECASE,
)
_MUST_GO = re.compile(
    r"\b(?:must|should|has\s+to|have\s+to|needs?\s+to|ought\s+to)\s+(?:\w+ly\s+)?"
    r"(?:go|disappear|vanish|be\s+(?:removed|dropped|deleted|detached))\b(?!\s+(?:through|to|in|"
    r"into|before"
    r"|after|over|via|back|by|on|out|first|last)\b)",
    re.IGNORECASE,
)
"""What is to go as well, in words alone."""
_ALSO = re.compile(r"\b(?:also|too|as well|likewise|same|other|others|both)\b", re.IGNORECASE)


def may_ask(part: str) -> bool:
    """Tell whether a sentence that reads as a remark may ask for more than the steps beside it.

    A demand, and what is to follow from a step, name code of which an edit must take account.
    """
    if MARK.search(part) is None:
        return is_obliged(part) and (_ALSO.search(part) or _MUST_GO.search(part)) is not None
    return is_obliged(part) or (
        _FOLLOWS.search(part) is not None and _ENDS.search(part) is not None
    )
