"""Bring a fix text to what it states: questions, notes and arrows by their grammar alone.

*Should x not take 5?*, *nit: x lacks 5*, *why 3 and not 5?* and *`3` -> `5`* say of code what holds
afterwards. Sentences that name no code and tell nothing to do are reasons, and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.fixes.instruction.evident.asks import asks_of
from mendbook.fixes.instruction.evident.notes import is_note
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.sentences.directives import hidden, sentence_spans
from mendbook.fixes.instruction.sentences.verbs import verb_of
from mendbook.text.lead_ins import LIST_MARK

_LEAD = re.compile(
    rf"(?:{LIST_MARK}\s+|(?:nit|nitpick|minor|suggestion|todo|note|remark|style|tiny|fix)\s*"
    r"(?::|[-–—])\s+|(?:hmm+|hm|please|also|maybe)\s*,?\s+)+",
    re.IGNORECASE,
)
_MODAL = (
    r"(?:should|shouldn['’]t|could|couldn['’]t|can|can['’]t|would|wouldn['’]t|must|might|may|shall)"
)
_ONE = r"(?:⟦\d+⟧(?:['’]s)?|[\w$.'’\[\]-]+(?:\(\))?)"
_DOES = (
    r"(?:be|have|take|get|give|carry|throw|return|use|read|pass|hand|say|come|stand|go|run|call|live"
    r"|log|default|start|begin|compare|check|keep|hold|know|make|become|fall|reject|accept|skip|tell"
    r"|wait|move|end|close|wrap|limit|import|export|declare|bear|need)"
)
_QUESTIONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(form, re.IGNORECASE | re.DOTALL), said)
    for form, said in (
        (r"(?:would|could|can)\s+(?P<x>[^?]+?)\s+(?:not\s+)?be\s+(?:possible|better|nicer|safer|enough"
         r"|feasible|clearer|an\s+option|in\s+order|an\s+idea)(?:\s+here|\s+instead)?\W*",
         r"add \g<x>"),
        (rf"{_MODAL}\s+(?P<who>(?!(?:we|you|I|one|somebody|anybody)\b)(?:(?:the|its|this|that|an?)\s+)?"
         rf"{_ONE}(?:\s+(?:{_ONE})){{0,4}}?)\s+(?:not\s+)?(?:also\s+|rather\s+|really\s+|better\s+)*"
         rf"(?P<do>(?:{_DOES}\b|⟦)[^?]*)\?\s*", r"\g<who> should \g<do>"),
        (r"why\s+(?P<old>[^?,]+?)(?:\s+(?:again|still|here|at\s+all))*,?\s+(?:and\s+not|instead\s+of"
         r"|rather\s+than)\s+(?P<new>[^?]+)\?\s*", r"use \g<new> instead of \g<old>"),
        (r"why\s+not\s+(?P<new>[^?]+)\?\s*", r"use \g<new>"),
        (r"(?:what|how)\s+about\s+(?P<new>[^?]+)\?\s*", r"use \g<new>"),
        (r"(?:is|are)(?:n['’]t|\s+not)?\s+(?P<x>[^?]+?)\s+(?:not\s+)?(?:missing|lacking)(?P<at>[^?]*)\?\s*",
         r"\g<x> is missing\g<at>"),
        (r"(?:does|do)(?:n['’]t|\s+not)?\s+(?P<x>[^?]+?)\s+(?:not\s+)?(?:need|lack|miss)\s+(?P<y>[^?]+)\?\s*",
         r"\g<x> needs \g<y>"),
    )
)  # fmt: skip
_TICKED = re.compile(r"`[^`]*`")
_ARROW = re.compile(r"\s+(?:-+>|→|⇒|➜|=>)\s+")
_AGREES = re.compile(
    r"(?:same|likewise|ditto|also|too|here|in|throughout|everywhere|and\s+(?:its|all)|wherever)\b",
    re.IGNORECASE,
)


def stated(fix: str, quoted: str) -> str:
    """Return ``fix`` as it states what is to hold, beside the code that is ``quoted``."""
    fix = ticked_arrow(fix.strip(), quoted)
    masked = hidden(fix)
    parts = [_statement(fix[first:last]) for first, last in sentence_spans(masked)]
    parts = [one for one in parts if one.strip()]
    coded = [one for one in parts if _has_code(one)]
    return (
        " ".join(one for one in parts if one in coded or _tells(one)) if coded else " ".join(parts)
    )


def _has_code(sentence: str) -> bool:
    """Tell whether a sentence names code that is more than a number or a text."""
    return any(one.shape not in {Shape.NUMBER, Shape.TEXT} for one in scan(sentence)[1]) or (
        re.search(r"(?<!\w)[<>]=?\s|===?|!==?", sentence) is not None
    )


def _statement(sentence: str) -> str:
    """Return a sentence without its lead and its reason, and a question as a statement."""
    bare = sentence.strip()
    bare = _LEAD.sub("", bare, count=1) if _LEAD.match(bare) else bare
    masked, codes = scan(bare)
    if masked.rstrip().endswith("?"):
        for form, said in _QUESTIONS:
            if (told := form.fullmatch(masked)) is not None:
                masked = f"{told.expand(said)}."
                break
    plain = _without_reason(_BARE_INSTEAD.sub("", masked))
    return bare if plain == scan(bare)[0] else spelled(plain, codes)


_BARE_INSTEAD = re.compile(
    r",?\s*\b(?i:instead\s+of|rather\s+than)\s+(?![^.,;:]*⟦)(?![^.,;:]*[A-Za-z]\w*[_A-Z(])"
    r"(?:\w+ing|no|without|the\s+bare|any|nothing|leaving|just)\b[^.,;:]*(?=[.,;:]|$)"
)
"""What is done today, in words only: *instead of relying on the default*."""
_REASON = re.compile(
    r"^(?P<why>[^⟦:]+?)(?::\s+|,\s+(?:and\s+)?so\s+|,\s+hence\s+)(?=\S.*⟦)", re.DOTALL
)


def _without_reason(masked: str) -> str:
    """Return a masked sentence without the fact that it begins with: *it leaks, so close it*."""
    told = _REASON.match(masked)
    if told is None or is_note(f"{told['why']} ⟦0⟧") or asks_of(told["why"]):
        return masked
    return masked[told.end() :]


def spelled(masked: str, codes: Sequence[Fragment]) -> str:
    """Return masked words with their code, in ticks where it was."""

    def code(told: re.Match[str]) -> str:
        one = codes[int(told[1])]
        return f"`{one.text}`" if one.quoted else one.text

    return re.sub(r"⟦(\d+)⟧", code, masked)


def _tells(sentence: str) -> bool:
    """Tell whether a sentence without code may tell to do something, or is a question."""
    masked = scan(sentence)[0]
    first = re.match(r"[A-Za-z-]+", masked)
    orders = first is not None and (asks_of(first[0]) != [] or verb_of(first[0]) is not None)
    return orders or _OUGHT.search(masked) is not None or sentence.rstrip().endswith("?")


_OUGHT = re.compile(
    r"\b(?:should|must|has\s+to|have\s+to|ought\s+to|needs?\s+to|can\s+go)\b", re.IGNORECASE
)


def ticked_arrow(fix: str, quoted: str) -> str:
    """Return ``a -> b`` with the code on both sides in ticks, where ``a`` is in ``quoted``."""
    if "`" in fix or len(parts := _ARROW.split(fix)) != 2:
        return fix
    old, new = _LEAD.sub("", parts[0]).strip(), parts[1].strip().rstrip(".")
    name = re.match(r"[A-Za-z_$][\w$.]*(?:\(\))?(?![\w$.(])", new)
    if (
        re.fullmatch(r"[A-Za-z_$][\w$.]*(?:\(\))?", old)
        and name
        and _squeezed(old).rstrip("()") in _squeezed(quoted)
    ):
        return f"`{old}` -> `{name[0]}`{new[name.end() :]}"
    if not old or _squeezed(old) not in _squeezed(quoted):
        return fix
    tail = ""
    while (
        cut := max(new.rfind(", "), new.rfind(" ("), new.rfind(" in "), new.rfind("; "))
    ) > 0 and (not _is_closed(new) or _AGREES.match(new[cut:].lstrip(",;( "))):
        tail, new = new[cut:] + tail, new[:cut]
    return f"`{old}` -> `{new.rstrip(',;')}`{tail}" if _is_closed(new) else fix


def _is_closed(code: str) -> bool:
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", code)
    return all(bare.count(one) == bare.count(two) for one, two in ("()", "[]", "{}"))


def _squeezed(code: str) -> str:
    return re.sub(r"\s+", "", code).replace('"', "'")
