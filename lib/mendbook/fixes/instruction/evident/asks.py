"""What kinds of change the words of a text ask for: its verbs, whatever their form and their place.

*Drop x*, *x can go*, *x should be taken out* and *out with x* ask for one thing. A verb of which no
kind is known, where an order begins, asks for something that no schema makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from mendbook.fixes.instruction.sentences.verbs import ADVERBS, VERBS
from mendbook.text.word_forms import verbs_of_participle


class Ask(StrEnum):
    """A kind of change."""

    GO = "go"
    COME = "come"
    CHANGE = "change"
    WRAP = "wrap"
    NAME = "name"
    FALLBACK = "fallback"
    EXIT = "exit"


_WORDS: dict[Ask, str] = {
    Ask.GO: "remove delete drop strip discard omit eliminate erase cut strike",
    Ask.COME: "add include append insert introduce put supply provide specify pass give hand carry"
    " bring get take have hold know need want lack miss belong say tell accept cover list contain"
    " mention require extend set allow retry catch log state declare attach send bear print write"
    " limit cap bound restrict constrain guard chain pin expect equip wrap hang",
    Ask.CHANGE: "use replace swap substitute exchange change switch become make turn prefer take"
    " read write compare multiply divide return parse convert set go call print join format fill"
    " raise lower increase reduce shorten bring log throw catch stand say hand pass assign put"
    " interpolate generate build import open store check test leave let wrap sort"
    " narrow type declare restrict limit cap await render load fetch select answer query"
    " format spell hold",
    Ask.WRAP: "wrap surround enclose escape encode copy freeze",
    Ask.NAME: "rename call name say bear",
    Ask.FALLBACK: "fallback default lower raise bring give reduce increase set need get have take",
    Ask.EXIT: "return throw raise skip exit reject bail stop start begin have leave guard",
}
_KINDS: dict[str, frozenset[Ask]] = {
    word: frozenset(kind for kind, words in _WORDS.items() if word in words.split())
    for words in _WORDS.values()
    for word in words.split()
}
_MEANS = {"gone": "remove", "meant": "make", "has": "have"}
"""What a form of a verb asks for, where its own verb does not."""
_STATE = frozenset({Ask.COME, Ask.CHANGE, Ask.FALLBACK})
"""What *should be x* may ask for, where x is no verb."""
_O = r"(?P<o>[^.;:]{0,60}?)"
_MUST = r"(?:can|may|should|must|shall|has\s+to|have\s+to|needs?\s+to|ought\s+to|is\s+to|are\s+to)"
_PLAIN = tuple(
    (re.compile(form, re.IGNORECASE), plain)
    for form, plain in (
        (rf"\b(?:take|throw|leave|pull|weed)\b{_O}\s+out\s+of\b", r"remove\g<o> from"),
        (rf"\b(?:take|throw|leave|pull|weed)\b{_O}\s+(?:out|off|away)\b", r"remove\g<o>"),
        (r"\b(?:delete|drop|strip|discard|eliminate|erase|cut|strike|omit)\b", "remove"),
        (r"\bget\s+rid\s+of\b|\bout\s+with\b", "remove"),
        (r"^(?P<o>(?:the\s+)?(?:[a-z]+\s+)?⟦\d+⟧)\s+(?:out|away|off)\W*$", r"remove \g<o>"),
        (rf"\b{_MUST}\s+(?:(?:now|safely|then|just)\s+)*(?:go|vanish|disappear|be\s+gone)"
         r"(?:\s+away)?(?=\s*(?:$|[.,;:]|\bnow\b|\band\b))", "should be removed"),
        (r"\band\s+goes(?=\s*(?:$|[.,;:]))|\bhas\s+no\s+(?:place|business)\b"
         r"|\b(?:should|must)\s+not\s+be\s+(?:there|here)\b", "should be removed"),
        (r"\bshould\s+to\b", "should default to"),
        (r"\bat\s+once\b|\bat\s+the\s+(?:very\s+)?(?:top|start|beginning)\s+of\b", "in"),
        (rf"\b{_MUST}\s+be\s+(?:an?\s+)?(?:early\s+)?(?=(?:return|throw)\s*⟦)", "should "),
        (r"\bf[ae]ll(?:s|ing)?\s+back\s+(?:to|on|upon)\b", "fallback to"),
        (rf"\b(?:run|send|pass|put|go|lead|feed)\b{_O}\s+through\b", r"wrap\g<o> in"),
        (rf"\bput\b{_O}\s+around\b", r"wrap\g<o> around"),
    )
)  # fmt: skip
_CLAUSE = re.compile(r"[.;:,]\s+|\s+[–—-]\s+|\band\b|\bthen\b|\bbut\b|\bso\b|[()]")
_OUGHT = re.compile(
    r"(?<!\w)(?:should|must|shall|may|can|has\s+to|have\s+to|ought\s+to|needs?\s+to|is\s+to|are\s+to)"
    r"(?P<no>\s+(?:not|never|no\s+longer)\b)?\s+"
    r"(?:(?:also|now|only|really|safely|then|just|at\s+least|first)\s+)*(?P<be>be\s+)?(?P<verb>[a-z-]+|⟦)",
    re.IGNORECASE,
)
_LACKS = re.compile(
    r"\b(?:needs?(?!\s+to\b)|wants?|lacks?|miss(?:es)?|missing|forgets?|omits?|requires(?=\s+(?:⟦|an?\b|the\b))|deserves?|belongs?|gets?"
    r"|leaves?\s+out)\b"
    r"|\bha(?:s|ve)\s+no\s+⟦"
    r"|\b(?:is|are|does|do)\s+not\s+(?:yet\s+)?(?:set|there|in|have|among|given|known|contain)\b",
    re.IGNORECASE,
)
GIVES_WAY = (
    r"(?:\bnot(?:\s+(?:with|by|to|in|of|from|as|for|through|at|on))?|\binstead\s+of"
    r"|\brather\s+than(?:\s+by)?|\bin\s+(?:the\s+)?place\s+of|\bno\s+longer|\breplac(?:es?|ing)"
    r"|\bnever\s+(?:by|with|from)|\bstands?\s+for|\bstand\s+for|\btakes?\s+the\s+place\s+of"
    r"|\btake\s+the\s+place\s+of)"
)
_CONTRAST = re.compile(rf"{GIVES_WAY}\s+(?:the\s+|an?\s+)?⟦", re.IGNORECASE)
_FINITE: tuple[tuple[re.Pattern[str], frozenset[Ask]], ...] = (
    (re.compile(r"⟦\d+⟧\s+(?:fallback|defaults?)\s+to\s+⟦\d+⟧(?!\s+(?:today|now|already))"),
     frozenset({Ask.FALLBACK})),
    (re.compile(r"⟦\d+⟧(?:[^.;⟦]*?\s(?:is|are)\s+(?:enough|plenty)\b|\s+suffices\b)"),
     frozenset({Ask.FALLBACK, Ask.CHANGE})),
    (re.compile(r"⟦\d+⟧\s+is\s+(?:what\s|the\s+(?:right|better|proper)\s|the\s+[a-z]+\s+to\s)"),
     frozenset({Ask.CHANGE})),
    (re.compile(r"\b(?:starts|begins)\s+with\s+(?:return\s+)?⟦"), frozenset({Ask.EXIT})),
    (re.compile(r"⟦\d+⟧(?:\s+is\s+an?\s+[\w-]+)?,?\s+too\b"), frozenset({Ask.COME})),
    (re.compile(r":\s*(?:return\s+)?⟦\d+⟧\W*$"), frozenset({Ask.CHANGE, Ask.COME, Ask.WRAP})),
)  # fmt: skip
"""Sentences that ask by their form: what would be described so is not there yet."""
_MODAL = {
    *("should", "must", "shall", "may", "can", "has", "have", "is", "are", "was", "were", "ought"),
    *("needs", "need", "gets", "get", "wants", "does", "do", "will", "becomes", "become"),
    *("takes", "defaults", "to", "of"),
}
"""Words behind which a first word is a subject, *limit should …*, or that are no order."""
_ARROW = re.compile(r"⟦\d+⟧\s*(?:->|→|=>)\s*⟦\d+⟧")
_DONE_TO = re.compile(r"\b(?:is|are|was)\b[^.;:,⟦]*\band\s+(?:read|set|put|cut)\b")
"""*Is computed and read nowhere*: what is done to something, and no order."""
_AND_DO = re.compile(
    r"\b(?:and|then)\s+(?:also\s+|then\s+)?(?P<verb>[a-z]+)\s+(?:it|them|this|that|the|an?|its)\b"
)
_NOT_VERBS = {
    *("in", "of", "for", "with", "by", "is", "to", "on", "at", "not", "as", "what", "are", "has"),
    *("so", "from"),
}


def kinds_of(verb: str) -> frozenset[Ask]:
    """Return what a verb asks for; nothing for one that is not known."""
    return _KINDS.get(_lemma(verb), frozenset())


def plainly(words: str) -> str:
    """Return a masked text with its phrases of several words as the verbs that they stand for."""
    for form, plain in _PLAIN:
        words = form.sub(plain, words)
    return words


def asks_of(words: str) -> list[frozenset[Ask]] | None:
    """Return what each asking verb of a masked text may ask for; None where one asks it not to."""
    found = [frozenset({Ask.CHANGE})] if _CONTRAST.search(words) else []
    if _ARROW.search(words):
        found.append(frozenset({Ask.CHANGE, Ask.NAME}))
    found += [kinds for form, kinds in _FINITE if form.search(words)]
    for part in _CLAUSE.split(_DONE_TO.sub(" ", words)):
        told = [one for one in re.findall(r"[A-Za-z-]+|⟦", part) if one.lower() not in ADVERBS]
        low = told[0].lower() if told else ""
        subject = low in _MODAL or (len(told) > 1 and told[1].lower() in _MODAL)
        if not subject and (low in _KINDS or low in VERBS):
            found.append(_KINDS.get(low, frozenset()))
    for ought in _OUGHT.finditer(words):
        if ought["no"]:
            return None
        found += _told(ought)
    found += [frozenset({Ask.COME}) for _ in _LACKS.finditer(words)]
    found += [_KINDS.get(one["verb"], frozenset()) for one in _AND_DO.finditer(words)
              if one["verb"] not in _NOT_VERBS]  # fmt: skip
    return found


def _told(ought: re.Match[str]) -> Iterator[frozenset[Ask]]:
    """Yield what the verb behind *should* asks for; nothing for a verb that only says why."""
    word = ought["verb"].lower()
    known = _KINDS.get(_lemma(word))
    if re.match(r"(?:may|can)\b", ought[0], re.IGNORECASE) and Ask.GO not in (known or ()):
        return
    if known is not None:
        yield known
    elif ought["be"] or word in {"be", "⟦"}:
        yield _STATE
    elif word in VERBS:
        yield frozenset()


def _lemma(word: str) -> str:
    if word in _KINDS:
        return word
    if word in _MEANS:
        return _MEANS[word]
    forms = (*verbs_of_participle(word), word.removesuffix("s"))
    return next((one for one in forms if one in _KINDS), word)
