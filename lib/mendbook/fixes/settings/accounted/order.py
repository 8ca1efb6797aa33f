"""The one part of a fix text that asks, as its words, without what others have or keep."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from mendbook.fixes.settings.fitting.saying import is_order

NUMBERS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "twelve": "12", "twenty": "20", "thirty": "30",
}  # fmt: skip
_NEUTRAL = (
    "a an the this that it its be is are do does has have had get gets got give gives given let"
    " should must shall ought need needs want wants wish lack lacks miss misses missing deserve"
    " deserves require requires please nit minor note suggestion here there too also now just"
    " simply only then so and but at least most in on for of to with by as from under within inside"
    " into set sets add added adding put use used take takes make made run runs running allow"
    " allowed limit limits limited cap capped bound bounded bounds restrict restricted lower"
    " lowered raise raised reduce reduced increase increased bring cut shorten shortened extend"
    " change changed switch turn go goes come declare declared list listed mention name names pin"
    " pinned say says read reads carry carries hold holds keep become becomes define defined"
    " enough plenty sufficient suffice suffices fine well would will do right better better-off"
    " max maximum min minimum up down value values setting settings option options key policy line"
    " block level default defaults header headers service services container containers job jobs"
    " location server table column stage image tag version release directive package dependency"
    " workflow deployment runner host no without same than more less not instead rather per set-to"
    " unbounded unlimited unpinned floating own our all -> → => + = : - – — / second seconds"
    " minute minutes any long short big small high low large tight loose replace"
    " replaced swapped start starts belong belongs send sent next beside besides hour hours"
)
NEUTRAL = frozenset(_NEUTRAL.split())
"""Words that ask, join or evaluate, and the common nouns of settings: they choose no value."""
_DOUBT = re.compile(
    r"\b(?:either|or|whether|maybe|perhaps|consider|might|could|e\.g|such\s+as|depending|until|unless"
    r"(?!-)|while|when|if|once|everywhere|throughout|both|each|every|several|appropriate|suitable"
    r"|reasonable|ideally|roughly|approximately|around|about|remove|delete|drop|strip|never|nor"
    r"|cannot|double|halve|twice|half)\b|n['’]t\b|\?|\bby\s+\d",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"`[^`]*`|\"[^\"\n]*\"|(?<!\w)'[^'\n]*'|[^\s`]+")
_BREAK = re.compile(r"(?<=[\w)`\"'/%])[.;!]\s+|\s+[–—]\s+")
_LACKS = re.compile(
    r"\b(?:has|have|with|is|sets|declares|defines)\s+(?:no|without)\s+(?P<what>(?:[\w.-]+\s*){1,3})"
    r"|\blacks?\s+(?:an?\s+)?(?P<lacked>(?:[\w.-]+\s*){1,3})"
)
_STATES = re.compile(
    r"\b(?:is|are|was|were|has|have|had|takes?|uses?|runs?|does|do|breaks?|becomes?)\b",
    re.IGNORECASE,
)
"""Verbs of a sentence that only says how things are."""
_GIVES_WAY = re.compile(
    r"(?:\binstead\s+of|\brather\s+than|\bin\s+(?:the\s+)?place\s+of|\bnot)\s+(?:the\s+|an?\s+)?"
    r"(?:(?:floating|default|old|current|plain|bare|literal)\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an order, without the marks around it; what the text says gives way is old."""

    text: str
    old: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """The part of a fix text that asks for something, in words."""

    words: tuple[Word, ...]
    lacks: tuple[str, ...] = ()
    """Words of what another part says is not there: *the job has no timeout*."""

    def has(self, *words: str) -> bool:
        """Tell whether one of ``words`` is a word of the order."""
        return any(one.text.lower() in words for one in self.words)


def order_of(said: str, others: Collection[str]) -> Order | None:
    """Return the one part of ``said`` that asks; None where it doubts, or asks in two parts.

    ``others`` are the names of the blocks that the finding is not about: what is said of those,
    *the proxy has one*, *like press*, is left out.
    """
    text = _without_others(" ".join(said.split()).rstrip(" .;!"), others)
    parts = [one for one in _parts(text) if one.strip(" ,")]
    asking = [one for one in parts if not _is_fact(one)]
    if len(parts) > 1 and len(asking) > 1:
        asking = [one for one in asking if re.search(r"\d|`|[a-z][A-Z]|[a-z][_-][a-z]", one)]
    if len(asking) != 1 and len(parts) > 1:
        return None
    order = asking[0] if asking else parts[0] if parts else ""
    if not asking and _STATES.search(order):
        return None
    bare = re.sub(r"`[^`]*`|\"[^\"]*\"", " ", order)
    if _DOUBT.search(bare) or any(_orders(one) for one in parts if one is not order):
        return None
    lacks = [
        one["what"] or one["lacked"]
        for part in parts
        if part is not order
        for one in _LACKS.finditer(part)
    ]
    return Order(tuple(_words(order)), tuple(word for one in lacks for word in one.split()))


def _parts(text: str) -> list[str]:
    return _BREAK.split(text)


def _first(part: str) -> str:
    word = re.match(r"\W*([A-Za-z]+)\b", part)
    return word[1].lower() if word is not None else ""


def _orders(part: str) -> bool:
    """Tell whether a part begins with a verb that orders."""
    first = _first(part)
    return is_order(first) or first in _VERBS


_VERBS = frozenset({"pin", "send", "bound", "start", "run", "lower", "pass", "serve", "quote"})


def _is_fact(part: str) -> bool:
    """Tell whether a part only says how things are: it orders nothing, and names no new value."""
    if _orders(part):
        return False
    return re.search(
        r"\b(?:should|must|ha(?:s|ve)\s+to|ought|needs?|wants?|lacks?|missing|enough|plenty|suffic\w+"
        r"|would\s+do|please|instead|rather)\b|->|→|^\s*nit\b",
        part,
        re.IGNORECASE,
    ) is None and not re.search(r"^\s*(?:`|\w+:\s)", part)


def _without_others(text: str, others: Collection[str]) -> str:
    names = "|".join(re.escape(one) for one in sorted(others, key=len, reverse=True) if one)
    if not names:
        return text
    other = rf"(?:the\s+)?[`\"']?(?:{names})[`\"']?(?:['’]s)?(?![\w-])"
    for form in (
        rf",?\s+(?:just\s+)?(?:like|as)\s+(?:on\s+|in\s+|for\s+)?{other}(?:\s+(?:has|have|does|is|do"
        r"|are|keeps|declares|uses|sets|carries|gets|needs)\b[^,;.]*)?",
        rf"(?:[,;.]|\band|\bbut)\s+(?:but\s+|while\s+|and\s+)?{other}\s+(?:has|have|does|is|are|keeps?"
        r"|stays?|needs?\s+(?:its|none|no|it)|may|can|already|uses|runs|declares|sets)\b[^,;.]*",
        rf"\s*\(\s*(?:unlike\s+|as\s+|like\s+|not\s+)?{other}[^()]*\)",
        rf",?\s+(?:unlike|not)\s+{other}",
    ):
        text = re.sub(form, " ", text, flags=re.IGNORECASE)
    return text


def _words(order: str) -> Sequence[Word]:
    words = []
    for one in _TOKEN.finditer(order):
        bare = one[0].strip("`\"'()[]{},.;!").strip("`\"'()[]{},.;!").rstrip(":") or one[0]
        if not re.search(r"\w|->|→|\+", bare):
            continue
        old = _GIVES_WAY.search(order[: one.start()]) is not None
        for each in bare.split() if one[0][:1] in "`\"'" else [bare]:
            plain = each.rstrip(":;,").strip("\"'{}") or each
            words.append(Word(plain, old and plain.lower() not in NEUTRAL))
    return words
