"""What a fix text speaks of without asking for it: *do not X*, *should we X?*, *X would break Y*.

The words of such a text are those of an order, and only its mood tells that none is given. Each is
returned as the order it would be, so that a reader can see whether an edit carries out just that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.directives import SENTENCE_END, hidden, verb_of_gerund
from mendbook.fixes.instruction.said import is_fact, is_kept

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
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.DOTALL)
    for form in (
        rf"(?:please\s+|but\s+|so\s+)?(?:do\s+not|don['’]t|never|by\s+no\s+means)\s+{_X}",
        rf"(?:there\s+is\s+|there['’]s\s+)?no\s+(?:need|reason|point|use)\s+to\s+{_X}",
        rf"(?:there\s+is\s+|there['’]s\s+)?no\s+(?:reason\s+for|point\s+in|use\s+in)\s+{_XING}",
        rf"(?:you|we|one|I)\s+(?:must|should|need|may|can|could|would|do|did|will)\s*(?:not|n['’]t)"
        rf"\s+(?:(?:have|need|want)\s+to\s+|to\s+)?{_X}",
        rf"(?:avoid|refrain\s+from|resist|stop\s+short\s+of|rather\s+than|instead\s+of)\s+{_XING}",
        rf"(?:it|this)\s+(?:is|was|would\s+be|['’]d\s+be|seems|looks)\s+{_UNWISE}\s+to\s+{_X}",
        rf"to\s+{_X}\s+{_HARMS}\b.*",
        rf"{_XING}\s+{_HARMS}\b.*",
        rf"(?:the|an?|any|this|that|my|our)\s+(?:\w+\s+)?{_IDEA}\s+(?:to\s+{_X}|of\s+{_XING})\s+"
        r"(?:was|is|has|had|would|were|will|did|does|came|fell)\b.*",
        rf"(?:we|I|they|somebody|someone)\s+(?:once\s+|first\s+|already\s+|also\s+)*(?:tried|wanted"
        rf"|thought\s+about|decided\s+not|chose\s+not|refused|planned|used)\s+(?:to\s+{_X}|{_XING})",
        rf"instead\s+of\s+[^,]*?\bto\s+{_X},\s+(?:leave|keep)\b.*",
        rf"(?:should|shall|must|do|did|could|can)\s+(?:we|it|this|I|one|they)\s+(?:really\s+|have\s+to"
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
_FORBIDS = 5
"""How many of the forms rule out what they name: to take it away may be what they ask for."""
_TAIL = re.compile(
    r"(?:,\s+(?:but|so|as|since|because|which|that|and\s+that)\s.*)?[\s.;!?]*$", re.S
)
_QUESTION_OF_MANNERS = re.compile(r"(?:could|can)\s+(?:we|I)\b", re.IGNORECASE)


def spoken_of(text: str) -> Iterator[str]:
    """Yield, as an order each, what ``text`` speaks of and does not ask for."""
    for match, start in _matches(text):
        yield from _as_order(match, text, start)


def asks_for_nothing(text: str) -> bool:
    """Tell whether each sentence of ``text`` weighs or asks something, and none gives an order."""
    matches = [match for match, _ in _matches(text)]
    weighs = [match for match in matches if match.re not in _FORMS[:_FORBIDS]]
    others = [one for one in _sentences(text) if not _form_of(one[0]) and not _is_idle(one[0])]
    return bool(weighs) and not others


def forbids_all(text: str) -> bool:
    """Tell whether every sentence of ``text`` only says what is not to be done."""
    matches = [match for match, _ in _matches(text)]
    return bool(matches) and all(_form_of(one[0]) or _is_idle(one[0]) for one in _sentences(text))


def _sentences(text: str) -> Iterator[tuple[str, int]]:
    """Yield each sentence with what is quoted masked, and where it begins."""
    masked = hidden(text)
    starts = [0, *(gap.end() for gap in SENTENCE_END.finditer(masked))]
    stops = [*starts[1:], len(text)]
    asked = {at for at, stop in enumerate(stops) if masked[:stop].rstrip().endswith("?")}
    parted = {at for at, stop in enumerate(stops) if masked[:stop].rstrip().endswith(";")}
    for at in reversed(range(len(stops) - 1)):  # a question goes on behind a semicolon
        if at in parted and at + 1 in asked:
            del stops[at], starts[at + 1]
            asked.add(at)
    for start, stop in zip(starts, stops, strict=True):
        piece = masked[start:stop]
        yield piece.strip(), start + len(piece) - len(piece.lstrip())


def _matches(text: str) -> Iterator[tuple[re.Match[str], int]]:
    for bare, start in _sentences(text):
        if (match := _form_of(bare)) is not None:
            yield match, start


def _form_of(bare: str) -> re.Match[str] | None:
    if _QUESTION_OF_MANNERS.match(bare):
        return None
    tried = (form.fullmatch(bare.rstrip(" .;!")) for form in _FORMS)
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
    short = said[: _TAIL.search(hidden(said)).start()]  # type: ignore[union-attr]
    for one in dict.fromkeys((said, short)):
        yield f"{one[:1].upper()}{one[1:]}"
