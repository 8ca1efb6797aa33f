"""What a fix text speaks of without asking for it: *do not X*, *should we X?*, *X would break Y*.

The words of such a text are those of an order, and only its mood tells that none is given. Each is
returned as the order it would be, so that a reader can see whether an edit carries out just that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mendbook.fixes.instruction.sentences.directives import hidden, sentence_spans, verb_of_gerund
from mendbook.fixes.instruction.sentences.said import is_fact, is_kept

_X = r"(?P<order>[a-z`].*?)"
_XING = r"(?P<doing>[a-z][a-z-]+ing)(?P<what>\s.*?)"
_IDEA = r"(?:suggestion|idea|proposal|plan|request|attempt|wish|temptation|option|advice|urge)"
_HARMS = (
    r"(?:would|will|could|might|may|can)\s+(?:only\s+|not\s+|also\s+|just\s+)*(?:break|hurt|harm|cost"
    r"|lose|hide|mask|defeat|be\s+(?:wrong|a\s+mistake|too\s+\w+|unsafe|risky|overkill|premature)"
    r"|help|work|fix|suffice|do|change|make\s+(?:it|things)\s+worse)"
)
_UNWISE = (
    r"(?:tempting|wrong|dangerous|a\s+mistake|premature|overkill|too\s+(?:early|risky|late)|risky"
    r"|unsafe|pointless|not\s+(?:enough|necessary|needed|possible|safe|ok|okay|sufficient|worth\s+it"
    r"|an?\s+(?:good\s+)?(?:idea|option)))"
)
_FORBIDS = tuple(
    re.compile(form, re.IGNORECASE | re.DOTALL)
    for form in (
        rf"(?:please\s+|but\s+|so\s+)?(?:do\s+not|don['’]t|never|by\s+no\s+means)\s+{_X}",
        rf"(?:there\s+is\s+|there['’]s\s+)?no\s+(?:need|reason|point|use)\s+to\s+{_X}",
        rf"(?:there\s+is\s+|there['’]s\s+)?no\s+(?:reason\s+for|point\s+in|use\s+in)\s+{_XING}",
        rf"(?:you|we|one|I)\s+(?:must|should|need|may|can|could|would|do|did|will)\s*(?:not|n['’]t)"
        rf"\s+(?:(?:have|need|want)\s+to\s+|to\s+)?{_X}",
        rf"(?:avoid|refrain\s+from|resist|stop\s+short\s+of|rather\s+than|instead\s+of)\s+{_XING}",
    )
)
"""What rules out what it names: to take it away may be what it asks for."""
_WEIGHS = tuple(
    re.compile(form, re.IGNORECASE | re.DOTALL)
    for form in (
        rf"(?:it|this)\s+(?:is|was|would\s+be|['’]d\s+be|seems|looks)\s+{_UNWISE}\s+to\s+{_X}",
        rf"to\s+{_X}\s+{_HARMS}\b.*",
        rf"{_XING}\s+{_HARMS}\b.*",
        rf"(?:the|an?|any|this|that|my|our)\s+(?:\w+\s+)?{_IDEA}\s+(?:to\s+{_X}|of\s+{_XING})\s+"
        r"(?:was|is|has|had|would|were|will|did|does|came|fell)\b.*",
        rf"(?:we|I|they|somebody|someone)\s+(?:once\s+|first\s+|already\s+|also\s+)*(?:tried|wanted"
        rf"|thought\s+about|decided\s+not|chose\s+not|refused|planned|used)\s+(?:to\s+{_X}|{_XING})",
        rf"instead\s+of\s+[^,]*?\bto\s+{_X},\s+(?:leave|keep)\b.*",
        rf"(?:should|shall|must|do|did|could|can)\s+(?!(?:it|this)\s+(?:(?:not|rather)\s+)?be\s)(?:we|it|this|I|one|they)\s+(?:really\s+|have\s+to"
        rf"\s+|need\s+to\s+|want\s+to\s+|also\s+|not\s+)*{_X}\s*\?",
        r"(?:is\s+it|would\s+it\s+be|is\s+there\s+(?:a|any)\s+\w+)\s+(?:\w+\s+)?"
        rf"(?:to\s+{_X}|{_XING})\s*\?",
        r"(?:ideally|in\s+the\s+long(?:er)?\s+(?:run|term)|long(?:er)?[- ]term|eventually"
        r"|some\s?day|one\s+day|later(?:\s+on)?|at\s+some\s+point|in\s+(?:the|a)\s+(?:future|next|later)"
        rf"(?:\s+(?:version|release|step|iteration|sprint))?),?\s+{_X}",
        rf"(?:consider|think\s+about|investigate|discuss|decide)\s+whether\s+(?:to\s+|we\s+should\s+){_X}",
        rf"what\s+if\s+(?:we|you|one)\s+{_X}\s*\?",
    )
)
"""What weighs, asks about or puts off what it names."""
_TAIL = re.compile(
    r",\s+(?:but|so|as|since|because|which|that|and\s+that)\s.*$|[\s.;!?]+$", re.DOTALL
)
_QUESTION_OF_MANNERS = re.compile(r"(?:could|can)\s+(?:we|I)\b", re.IGNORECASE)


def spoken_of(text: str) -> Iterator[str]:
    """Yield, as an order each, what ``text`` speaks of and does not ask for."""
    for _, match, start in _read(text):
        if match is not None:
            yield from _as_order(match, text, start)


def asks_for_nothing(text: str) -> bool:
    """Tell whether each sentence of ``text`` weighs or asks something, and none gives an order."""
    weighs = any(match is not None and match.re in _WEIGHS for _, match, _ in _read(text))
    return weighs and _gives_no_order(text)


def forbids_all(text: str) -> bool:
    """Tell whether every sentence of ``text`` only says what is not to be done."""
    return any(match is not None for _, match, _ in _read(text)) and _gives_no_order(text)


def _gives_no_order(text: str) -> bool:
    return all(match is not None or _is_idle(bare) for bare, match, _ in _read(text))


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[tuple[str, re.Match[str] | None, int], ...]:
    """Return each sentence, quotes masked, with what it is read as and where it begins."""
    return tuple((bare, _form_of(bare), start) for bare, start in _sentences(text))


def _sentences(text: str) -> Iterator[tuple[str, int]]:
    """Yield each sentence with what is quoted masked, and where it begins.

    A question goes on behind a semicolon.
    """
    masked = hidden(text)
    whole: list[tuple[int, int]] = []
    for begin, stop in reversed([*sentence_spans(masked)]):
        goes_on = masked[begin:stop].rstrip().endswith(";")
        if goes_on and whole and masked[: whole[-1][1]].rstrip().endswith("?"):
            stop = whole.pop()[1]
        whole.append((begin, stop))
    for begin, stop in reversed(whole):
        piece = masked[begin:stop]
        yield piece.strip(), begin + len(piece) - len(piece.lstrip())


def _form_of(bare: str) -> re.Match[str] | None:
    if _QUESTION_OF_MANNERS.match(bare):
        return None
    tried = (form.fullmatch(bare.rstrip(" .;!")) for form in (*_FORBIDS, *_WEIGHS))
    return next((match for match in tried if match is not None), None)


def _is_idle(bare: str) -> bool:
    """Tell whether a sentence tells nothing to do: a fact, or that something is to stay."""
    return is_fact(bare) or is_kept(bare) or _LEFT.fullmatch(bare.strip(" .;!")) is not None


_LEFT = re.compile(
    r"(?:(?:but|so|and)\s+)?(?:leave|keep)\s+(?:it|this|that|them|things|everything|the\s+\w+)"
    r"(?:\s+(?:as\s+(?:it|they)\s+(?:is|are)|alone|as\s+before))?|for\s+now\b[^`]*",
    re.IGNORECASE,
)


def _as_order(match: re.Match[str], text: str, lead: int) -> Iterator[str]:
    told = match.groupdict()
    name = "order" if told.get("order") else "what"
    if told.get(name) is None:
        return
    said = text[lead + match.start(name) : lead + match.end(name)].strip()
    if name == "what":
        verb = verb_of_gerund(match["doing"])
        if verb is None:
            return
        said = f"{verb} {said}"
    tail = _TAIL.search(hidden(said))
    short = said[: tail.start()] if tail is not None else said
    for one in dict.fromkeys((said, short)):
        yield f"{one[:1].upper()}{one[1:]}"
