"""A fix text without what asks for nothing: what stays, what others have, what is not meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mendbook.fixes.settings.fitting.saying import ASKS, TOKEN, is_order

Span = tuple[int, int]

_HELD = re.compile(r"`[^`]*`|\"[^\"\n]*\"|(?<!\w)'[^'\n]*'|\$\{\{[^}]*\}\}|\[[^\[\]]*\]|\{[^{}]*\}")
_PART = re.compile(r"(?:[;,:]\s+|\.\s+|\s+[-–—]\s+|\s*[()]\s*)(?:(?:and|but|so|then|thus)\s+)?")
_IDLE = (
    re.compile(r"(?:nothing|nobody|no\s+one|none|no\s+\w+)\s+else\b", re.I),
    re.compile(
        r"(?:the|its|our|that|those|these|[\w./-]+)\b.*\b(?:stays?|keeps?|remains?|may\s+stay|can\s+stay"
        r"|(?:is|are)\s+(?:right|fine|correct|good|enough|all\s+right|ok)\s+(?:for\s+(?:the\s+)?(?:rest|others?"
        r"|remaining|all\s+others)|as\s+(?:it|they)\s+(?:is|are)))\b",
        re.I,
    ),
    re.compile(
        r"(?:just\s+|exactly\s+|the\s+same\s+)?(?:like|as)\s+(?:(?:it|they|we|the|its|that|those|in|on|[\w./-]+)\b)",
        re.I,
    ),
)
"""Clauses that tell what is right as it is, or who has it already."""
_ASIDE = re.compile(
    r"(?:the|its|others?|only|which|that|it|they|both|no|not|unlike|as|like|see|since|because)\b",
    re.I,
)
_PURPOSE = re.compile(
    r",?\s+(?:so\s+that|in\s+order\s+to|because|otherwise|to\s+(?:avoid|prevent|ensure|stop|keep"
    r"|make\s+sure))\b[^.;`\"]*$",
    re.I,
)
_DOUBT = re.compile(
    r"\b(?:either|or|whether|maybe|perhaps|consider|might|could|e\.g|for\s+(?:example"
    r"|instance)|such\s+as|depending|everywhere|throughout|both|each|every|all|several|appropriate"
    r"|suitable|reasonable|ideally|optionally|roughly|approximately|sometimes"
    r"|rename|swap|split|comment\s+out|multiply|remove|delete|drop|strip|omit|discard|uninstall|revoke"
    r"|get\s+rid)\b|\?|\bby\s+\d",
    re.I,
)
"""A choice, a condition, several places, or another operation than putting something."""
_IF = re.compile(r"\b(?:if|when|while|until|unless)\b", re.I)
_DENIED = re.compile(
    r"\b(?:not|never|no|nor|without|cannot|instead\s+of|rather\s+than)\b|n['’]t\b", re.I
)
_WANTS = re.compile(
    r"\b(?:gets?|can\s+(?:do|live)\s+with|would\s+(?:do|suffice|be\s+enough)|calls?\s+for|merits?|is\s+to\b"
    r"|better\s+(?:with|off)|recommended|expected|supposed)\b",
    re.I,
)
_EITHER = re.compile(r"\b(?:not|no|never|nor)\b[^.;,]*(?P<word>\s+either)(?=\s*(?:[.;,]|$))", re.I)


@dataclass(frozen=True, slots=True)
class Wish:
    """A fix text on one line, and its parts between commas, colons and brackets."""

    text: str
    parts: tuple[Span, ...]

    def part_of(self, at: int) -> str:
        """Return the part of the text that offset ``at`` stands in."""
        return next((self.text[a:b] for a, b in self.parts if a <= at < b), "")

    def says(self, name: str) -> bool:
        """Tell whether a name stands in the text as a word of its own."""
        return (
            bool(name)
            and re.search(rf"(?<![\w./@-]){re.escape(name)}(?![\w/@-]|\.\w|:\w)", self.text)
            is not None
        )

    def is_open(self, spelled: Sequence[Span], *, asked: bool = False) -> bool:
        """Tell whether the words around what is spelled out leave a choice, or deny it.

        ``asked`` says that it is an order by itself, as *a needs b* is.
        """
        words = self.without(spelled)
        if not (asked or self.asks(spelled)) or any(self.is_aside(one) for one in spelled):
            return True
        if not spelled and (_DENIED.search(words) or _IF.search(words)):
            return True
        if any(
            _IF.search(words[a:b]) and any(a <= begin < b for begin, _ in spelled)
            for a, b in self.sentences()
        ):
            return True
        if _DOUBT.search(_EITHER.sub(lambda one: one[0].replace(one["word"], ""), words)):
            return True
        return any(
            _DENIED.search(words[a:b]) and any(a <= begin < b for begin, _ in spelled)
            for a, b in self.parts
        )

    def sentences(self) -> list[Span]:
        """Return the sentences of the text; a semicolon ends one."""
        cuts = [one.span() for one in re.finditer(r"[;.]\s+", _masked(self.text))]
        starts = [0, *(end for _, end in cuts)]
        ends = [*(begin for begin, _ in cuts), len(self.text)]
        return list(zip(starts, ends, strict=True))

    def asks(self, spelled: Sequence[Span]) -> bool:
        """Tell whether the text wants something: by a word, a verb in front, or code set off."""
        words = self.without(spelled)
        if ASKS.search(words) or _WANTS.search(words):
            return True
        for begin, end in self.parts:
            first = re.match(r"\s*([A-Za-z-]+)", words[begin:end])
            lead = self.text[begin:end].strip()
            if first is not None and is_order(first[1].lower()):
                return True
            if any(begin <= a < end and not words[begin:a].strip() for a, _ in spelled) and lead:
                return True
        return False

    def is_aside(self, span: Span) -> bool:
        """Tell whether something stands in brackets, and may say how things are."""
        return self.text.count("(", 0, span[0]) > self.text.count(")", 0, span[0])

    def without(self, spelled: Sequence[Span]) -> str:
        """Return the text with blanks where something is spelled out."""
        text = self.text
        for begin, end in spelled:
            text = text[:begin] + " " * (end - begin) + text[end:]
        return text

    def codes(self, spelled: Sequence[Span]) -> list[str]:
        """Return what else of the text is code by its look."""
        words = self.without(spelled)
        codes = []
        for one in TOKEN.finditer(words):
            code = one["ticked"] or one["double"] or one["single"] or one[0]
            codes.append(code.strip("\"'`"))
        return codes


def wish_of(said: str) -> Wish:
    """Return what ``said`` asks for, without the parts that ask for nothing."""
    text = _PURPOSE.sub("", " ".join(said.split()).strip()).rstrip(".; ")
    kept = "".join(_kept(text)).strip(" ,;:-–—.")
    return Wish(kept, tuple(_parts(kept)))


def _masked(text: str) -> str:
    return _HELD.sub(lambda one: "\x00" * len(one[0]), text)


def _parts(text: str) -> Iterator[Span]:
    at = 0
    for cut in _PART.finditer(_masked(text)):
        if cut.start() > at:
            yield at, cut.start()
        at = cut.end()
    if at < len(text):
        yield at, len(text)


def _kept(text: str) -> Iterator[str]:
    """Yield the parts that may ask for something, each with what parts it from the one before."""
    at = 0
    masked = _masked(text)
    for begin, end in _parts(text):
        part = text[begin:end]
        lead = text[at:begin]
        at = end
        bare = masked[begin:end]
        bracketed = "(" in lead and text[end : end + 1] == ")"
        idle = any(one.match(bare) for one in _IDLE) and not re.search(
            r"[:=]\s|\x00|[<>=]=?\d", masked[begin : end + 2]
        )
        if begin and (idle or (bracketed and _ASIDE.match(bare) and "\x00" not in bare)):
            yield ". "
            at += bracketed
            continue
        yield lead + part
    yield text[at:]
