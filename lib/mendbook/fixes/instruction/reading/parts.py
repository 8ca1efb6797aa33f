"""The parts of a sentence: split where another verb begins one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.reading.phrases import PLACES
from mendbook.fixes.instruction.reading.remarks import is_remark
from mendbook.fixes.instruction.sentences.said import is_fact, is_kept
from mendbook.fixes.instruction.sentences.verbs import ADVERBS, Verb, verb_of
from mendbook.fixes.words import ORDERS

_PURPOSE = re.compile(
    r",?\s*\b(?:so that|so the|so it|so a|in order to|to avoid|to prevent|to ensure|to make sure"
    r"|to keep|to stop|to allow|to guarantee|because|since it|since the|otherwise|as it is|as it"
    r"|which|thereby|to match|to be safe|to fail|to satisfy|to silence|to reflect|to reduce the"
    r"|to surface|to let|to protect|to bound|to free)\b.*$",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"^(?:the\s+)?"
    r"(?:(?:literal|value|constant|number|type|call|field|option|parameter|call of)\s+)?"
    r"(?P<subject>⟦\d+⟧|(?:log |error |return |status |response |default |http )?[\w$]+)"
    r"(?:\s+(?:field|parameter|property|option|constant))?\s+"
    r"(?P<verb>becomes|gets|should be|must be|should say|should read|should become|→|->"
    r"|needs|should have|should use)\s+",
    re.IGNORECASE,
)


def parts_of(sentence: str, codes: tuple[Fragment, ...]) -> Iterator[str]:
    """Yield the clauses of one sentence: split where another verb begins one."""
    sentence = _PURPOSE.sub("", sentence)
    lead = re.match(r"^(?P<lead>[^:]*):\s+(?P<rest>.+)$", sentence, re.DOTALL)
    if lead is not None and _is_header(lead["lead"], lead["rest"]):
        yield from parts_of(lead["rest"], codes)
        return
    how = _HOW.match(sentence)
    if how is not None and verb_of(how["how"]) and verb_of(how["word"]) is not Verb.REPLACE:
        yield from parts_of(how["rest"], codes)
        return
    begin = 0
    for match in re.finditer(
        r",?\s+(?:and(?:\s+then)?|then|but)\s+|,\s+(?!and\s|then\s|or\s)", sentence
    ):
        rest = sentence[match.end() :]
        if match[0].strip() == "," and _is_place(sentence[begin : match.start()]):
            continue
        whole = _depth(sentence[begin : match.start()]) == 0
        if whole and _begins(rest, codes, comma=match[0].strip() == ","):
            yield sentence[begin : match.start()]
            begin = match.end()
    yield sentence[begin:]


def _is_place(text: str) -> bool:
    """Tell whether ``text`` only says where or when: ``before logging``."""
    first = re.match(rf"\s*(?:{PLACES})\b", text, re.IGNORECASE)
    return first is not None and verb_of(first[0].strip()) is None


def _depth(text: str) -> int:
    return text.count("(") - text.count(")")


def _is_header(lead: str, rest: str) -> bool:
    """Tell whether what stands before a colon only announces the clauses behind it."""
    first = re.match(r"[\w'-]+", rest)
    if SUBJECT.match(rest):
        return True
    said = re.match(r"[\w'-]+", lead.strip())
    known = verb_of(said[0]) if said else None
    if known is None and re.fullmatch(r"[a-z]\w*", lead) and re.fullmatch(r"⟦\d+⟧", rest):
        return False  # a key with its value
    verb = verb_of(first[0]) if first else None
    plain = ("⟦" not in lead or is_fact(lead)) and not PLACED.search(lead)
    if known is None and re.match(r"⟦\d+⟧", rest) and plain and " and " not in lead:
        return True
    if "⟦" not in lead and re.match(r"(?:if|when|unless)\s[^,]+,\s+[a-z]", rest):
        return True
    if verb is None and known is None and INSTEAD.search(rest):
        return "⟦" not in lead or _warns(lead)
    if verb is None or first is None or first[0][0].isupper():
        return False
    if "⟦" in lead:
        return is_remark(lead) or _warns(lead)
    if known in {Verb.GUARD, Verb.CATCH} and verb is Verb.ADD:
        return True
    again = re.match(r"[\w'-]+\s+(?:it|them|the|⟦)", rest) is not None
    return known is None or (again and known not in {Verb.WRAP, Verb.CATCH, Verb.GUARD, Verb.USE})


SECOND = re.compile(
    r"^[A-Za-z]+\b[^⟦:]*\s(?:and|then)\s+(?:then\s+)?(?!the\b|an?\b|its?\b)[a-z]+\s+(?:an?|the|it)\b"
)
"""A second thing to do in the words before a colon: *log it and send a …:*."""
PLACED = re.compile(
    r"\b(?:before|after|above|below|behind|ahead of|prior to|(?:at|on) (?:the )?(?:top|start|end"
    r"|beginning))\b",
    re.IGNORECASE,
)
"""Words that say where something goes."""
_HOW = re.compile(
    r"(?P<word>[A-Za-z-]+)\s[^⟦:]*?\bby\s+(?P<rest>(?P<how>[a-z]+ing)\s.+)$", re.DOTALL
)
INSTEAD = re.compile(r"^⟦\d+⟧\s+(?:instead of|rather than|in place of)\s+⟦\d+⟧")
_WARNS = re.compile(r"\s*(?:avoid|never|don't|do not|no)\b", re.IGNORECASE)


def _warns(lead: str) -> bool:
    """Tell whether a lead only says what is not to be done: what is, stands behind the colon."""
    return _WARNS.match(lead) is not None


_ORDER = re.compile(rf"(?:(?:also|then)\s+)?{ORDERS}", re.IGNORECASE)


def _begins(rest: str, codes: tuple[Fragment, ...], comma: bool) -> bool:
    """Tell whether a new clause begins with ``rest``."""
    if (code := re.match(r"⟦(\d+)⟧", rest)) is not None:
        fragment = codes[int(code[1])]
        if fragment.shape is Shape.STATEMENT and not fragment.quoted:
            return True
    if is_kept(rest):
        return True
    if SUBJECT.match(rest) or re.match(r"⟦\d+⟧\s+(?:passes|calls|takes|returns)\b", rest):
        return True
    words = re.findall(r"⟦\d+⟧|[\w'/-]+|[.,:()]", rest)[:4]
    while words and words[0].lower() in ADVERBS:
        words = words[1:]
    if not words:
        return False
    if _ORDER.match(rest):
        return True
    verb = verb_of(words[0])
    if verb is None or words[0][0].isupper() or words[0].lower().endswith("ing"):
        return comma and is_remark(rest)
    following = words[1].lower() if len(words) > 1 else ""
    if words[0].lower() in _NOUNS:
        objects = {"the", "a", "an", "it", "them", "this", "its", "with", "each", "every", "all"}
        return following.startswith("⟦") or following in objects
    return following not in {"of", ""} or words[0].lower() in {"rethrow", "return"}


_NOUNS = {
    "call", "log", "type", "name", "guard", "catch", "check", "cap", "limit", "document", "test",
    "default", "mark", "fix", "get", "close", "release", "turn", "switch", "change", "flush",
    "bound", "flag", "cut", "hang",
}  # fmt: skip
