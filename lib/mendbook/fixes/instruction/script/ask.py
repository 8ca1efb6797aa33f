"""A fix text as the things it asks for, a sentence each, without its reasons and its lead-ins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.reading.idioms import plain_verbs
from mendbook.fixes.instruction.rewording.marks import Marks
from mendbook.fixes.instruction.rewording.rewordings import says_what_is
from mendbook.fixes.instruction.sentences.ledger import asks_within, unmasked
from mendbook.fixes.instruction.sentences.said import is_obliged
from mendbook.fixes.instruction.sentences.verbs import verb_of
from mendbook.text.lead_ins import LIST_MARK, leading_on
from mendbook.text.word_forms import verbs_of_gerund

_SPLIT = re.compile(r"(?<=[.!?])\s+(?=\S)|;\s+|\n+\s*|\s+[—–]\s+|\s+-\s+(?=[a-z⟦])")
_LEAD = re.compile(
    rf"^(?:{LIST_MARK}\s+|(?:nit|suggestion|fix|recommendation|minor|remedy)\s*(?::|[-–—])\s+"
    rf"|{leading_on('so', 'better', 'instead', 'rather', 'here', 'first', 'always', 'next')}"
    r"(?!\s+of\b)[,:]?\s+|(?:consider|i'd|we\s+should|you\s+should|you\s+(?:could|can)|we\s+(?"
    r":could|can))\s+"
    r"(?=[a-z])|(?:it\s+(?:would\s+be|is)\s+(?:better|safer)\s+to|make\s+sure\s+to|be\s+sure\s+to"
    r"|at\s+(?:the\s+very\s+)?least,?"
    r"|remember\s+to)\s+)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r",?\s+(?:so\s+that\b|so\s+(?=(?:the|it|we|a|an|that|they|this|one|no|unknown|callers|errors"
    r"|users|only|[a-z]+s)\s|⟦|[a-z]+\s+(?:is|are|does|do|will|can)\b)|because\b|since\b"
    r"|as\s+(?:it|the|this|that)\s+(?:\w+\s+)?(?:is|are|can|may|has|will)\b|to\s+(?:avoid|prevent"
    r"|ensure|make\s+sure|keep|stop|allow|satisfy|silence|surface|protect|help|let|match|reduce"
    r"|improve|guarantee|be\s+safe|fail|reflect)\b|otherwise\b|in\s+order\s+to\b"
    r"|which\s+(?:is|are|makes|lets|avoids|prevents|would|will)\b|for\s+(?:clarity|consistency"
    r"|safety|readability|better\s+\w+)\b|(?:here|please|instead|too|as\s+well)$).*$"
    r"|,\s+(?:we|like)\s.*$",
    re.IGNORECASE | re.DOTALL,
)
_FACT_FIRST = re.compile(
    r"^(?P<fact>[^:]+?)(?P<by>:\s+|,\s+(?:and\s+)?so\s+(?:please\s+)?|,\s+(?=[a-z]+\s))(?"
    r"P<rest>\S.*)$",
    re.DOTALL,
)
_THAT_IS = re.compile(
    r"(?:\s*,)?\s+(?:i\.e\.|namely|e\.g\.|for example),?:?\s+|,\s+that is,?\s+", re.IGNORECASE
)
_AS_ARGUMENT = re.compile(
    r"\s*\(\s*(`[^`]+`)\s+as\s+((?:the\s+|a\s+)?(?:second|third|fourth)\s+(?:argument|parameter))\)"
)
_WHERE_MISSING = re.compile(
    r"(?:if|when|once|as\s+soon\s+as)\s[^,]*,\s+(?:then\s+)?(?:respond|reply|answer|return|throw|"
    r"send|log|use|call|"
    r"skip)\b",
    re.IGNORECASE,
)
_WHEN_KNOWN = re.compile(
    r"(?:once|when|as\s+soon\s+as|after)\s[^,⟦]*(?:⟦\d+⟧[^,⟦]*)?,\s+(?:then\s+)?⟦\d+⟧\s+(?:if|"
    r"when)\s",
    re.IGNORECASE,
)
_STATUS = re.compile(r"`(\d{3})(?:\s+[A-Z][A-Za-z ]*)?`")


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that is asked: its words with ``⟦n⟧`` for code, and the codes."""

    text: str
    codes: tuple[Fragment, ...]
    about: str = ""
    """The statement before it, masked."""

    def code(self, mark: str) -> str:
        """Return what a mark stands for; words as they are."""
        return unmasked(mark, self.codes)

    def called(self, mark: str) -> str:
        """Return the name that a mark stands for, without the ``()`` of a call."""
        return self.code(mark).removesuffix("()")

    def marks(self) -> Marks:
        """Return the codes by their marks."""
        return Marks(self.codes, "")

    @property
    def told(self) -> list[Fragment]:
        """The codes of the sentence, in order."""
        return [self.codes[int(at)] for at in re.findall(r"⟦(\d+)⟧", self.text)]

    @property
    def written(self) -> str:
        """The sentence with its code."""
        return unmasked(self.text, self.codes)

    @property
    def unticked(self) -> str:
        """The sentence with its code, without backticks."""
        return self.written.replace("`", "")


@lru_cache(maxsize=512)
def asks_of(text: str) -> tuple[Ask, ...]:
    """Return what a text asks for, in order; a sentence that only states is left out."""
    return tuple(_asks(text))


def _asks(text: str) -> Iterator[Ask]:
    plain = _AS_ARGUMENT.sub(r", \1 as \2", _STATUS.sub(r"\1", text.strip()))
    masked, codes = scan(plain_verbs(plain))
    masked = _THAT_IS.sub(": ", _with_numbers(masked, codes))
    about = ""
    for sentence in _SPLIT.split(masked):
        bare = _bare(sentence)
        if not bare:
            continue
        while (fact := _FACT_FIRST.match(bare)) is not None and _leads(fact):
            about, bare = fact["fact"], _bare(fact["rest"])
        if _is_reason(bare) or _AVOID.match(bare):
            about = bare
            continue
        yield Ask(bare, codes, about)


@lru_cache(maxsize=512)
def whole_ask(text: str, tails: bool = False) -> Ask:
    """Return a text as one ask, its lead-ins left out, and its reasons unless ``tails``."""
    masked, codes = scan(plain_verbs(_STATUS.sub(r"\1", text.strip())))
    plain = _LEAD.sub("", masked) if not re.match(r"first\s", masked, re.IGNORECASE) else masked
    tail = None if tails else _TAIL.search(plain)
    if tail is not None and tail.start() > 0 and not asks_within(tail[0][1:]):
        plain = plain[: tail.start()]
    return Ask(plain.strip(" .,;!"), codes)


_AVOID = re.compile(r"(?:avoid|never|don't|do\s+not)\s+[^;:]*$", re.IGNORECASE)
"""What is not to be done says nothing of what is."""


def _with_numbers(masked: str, codes: tuple[Fragment, ...]) -> str:
    """Return a masked text with its plain numbers as words: a status, a count, a size."""

    def shown(match: re.Match[str]) -> str:
        code = codes[int(match[1])]
        return code.text if code.shape is Shape.NUMBER and not code.quoted else match[0]

    return re.sub(r"⟦(\d+)⟧", shown, masked)


def _is_reason(bare: str) -> bool:
    """Tell whether a sentence only states something; what is done *if* something is no reason."""
    if _WHERE_MISSING.match(bare) is not None or ORDER.match(bare) is not None:
        return False
    if _WHEN_KNOWN.match(bare) is not None:
        return False
    if _WITHOUT.fullmatch(bare) is not None or _TOO_MUCH.match(bare) is not None:
        return True
    return says_what_is(bare) or _is_label(bare)


_WITHOUT = re.compile(r"⟦\d+⟧\s+(?:without|with\s+no|lacks|misses)\s+[^⟦:;]+", re.IGNORECASE)
"""What lacks something: what is told behind it says what comes."""
_TOO_MUCH = re.compile(
    r"(?:far\s+|way\s+|much\s+)?too\s+[a-z]+(?:\s+(?:for|at|as|here)\b[^⟦:;]*)?$", re.IGNORECASE
)
ORDER = re.compile(
    r"(?:jsx\s+uses|terminate|match|index|register|merge|respond|reply|answer|cap|clamp|escape|"
    r"encode|saniti[sz]e|memoi[sz]e|"
    r"stabili[sz]e|store|"
    r"keep"
    r"|rewrite|convert|flatten|simplify|iterate|loop|decorate|refactor|destructure|clear|express|"
    r"end|finish|conclude|test|clamp"
    r"|select|bind|fall|validate|verify|cancel|unsubscribe|parse|coerce|compute|fetch|load"
    r"|collect|assemble|accumulate|concatenate|restore|preserve|re-?interrupt|unlock|specify"
    r"|seriali[sz]e|sort|pre-?allocate|iterate|loop|inject|suppress)\s+(?!is\b|are\b|was\b|has\b|can\b|may\b)",
    re.IGNORECASE,
)
"""Verbs that reviewers tell to do something by, at the head of a sentence."""


def _leads(fact: re.Match[str]) -> bool:
    """Tell whether what stands before a colon or a comma only leads to what is asked behind it."""
    lead, rest = fact["fact"], fact["rest"]
    if _WHERE_MISSING.match(fact[0]):
        return False
    first = re.match(r"[A-Za-z-]+", rest)
    tells = first is not None and verb_of(first[0]) is not None and first[0].islower()
    if _is_reason(lead):
        return fact["by"].strip() == ":" or tells or ("so" in fact["by"] and not _is_reason(rest))
    return fact["by"].strip() == ":" and "⟦" not in lead and tells and "⟦" in rest


def _is_label(text: str) -> bool:
    """Tell whether words name a fault and tell nothing to do: ``Missing dependency``."""
    first = re.match(r"[A-Za-z-]+", text)
    tells = first is not None and verb_of(first[0]) is not None
    return "⟦" not in text and len(text.split()) <= _FEW and not tells and not is_obliged(text)


_FEW = 7
"""More words than so many, without a verb in its plain form, are no label."""


def _bare(sentence: str) -> str:
    """Return a sentence without lead-ins, and without what only gives its reason."""
    bare = sentence.strip(" .,;!")
    while (shorter := _LEAD.sub("", bare)) != bare:
        bare = shorter
    tail = _TAIL.search(bare)
    if tail is not None and tail.start() > 0 and not asks_within(tail[0][1:]):
        bare = bare[: tail.start()]
    return _imperative(bare.strip(" .,;!"))


_NOT_THAT = re.compile(
    r"(?P<head>(?:use|prefer|call|write|render|throw|return|import|log|make)\b[^,;:]*|(?:this|it|"
    r"that|these)\s+"
    r"(?:should|must|ought\s+to|has\s+to|needs\s+to)\s+be\s+[^,;:]*),\s+not\s+(?P<old>(?:an?\s+|"
    r"the\s+)?(?:⟦\d+⟧|[a-z]+))",
    re.IGNORECASE,
)
_SHOULD_BE = re.compile(
    r"(?:this|it|that|these)\s+(?:should|must|ought\s+to|has\s+to|"
    r"needs\s+to)\s+be\s+(?=(?:an?\s+)?⟦\d+⟧\s+instead\s)",
    re.IGNORECASE,
)


def _imperative(bare: str) -> str:
    """Return ``use x`` for ``using x``, and ``use x instead of y`` for ``… be x, not y``."""
    bare = _NOT_THAT.sub(lambda one: f"{one['head']} instead of {one['old']}", bare)
    bare = _SHOULD_BE.sub("use ", bare)
    first = re.match(r"[a-z]+ing\b", bare, re.IGNORECASE)
    if first is None or verb_of(first[0]) is None:
        return bare
    told = (one for one in verbs_of_gerund(first[0]) if verb_of(one) is not None)
    plain = next(told, first[0])
    return plain + bare[first.end() :]


def shaped(ask: Ask, *shapes: Shape) -> list[Fragment]:
    """Return the codes of ``ask`` that have one of ``shapes``."""
    return [one for one in ask.told if one.shape in shapes]
