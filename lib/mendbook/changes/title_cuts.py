"""Cut an order down to what a title has room for, at places where it is still a whole clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.changes.imperatives import PLAIN_VERBS
from mendbook.changes.phrases import ends

_CLASS = re.compile(r"(?<![\w.])[A-Z]\w*\.(?=[a-z]\w)")
ARTICLE = re.compile(
    r"(?<!\bonce )(?<!\btwice )(?<!\btimes )(?<!\bsuch )\b(?:the|an?)\s"
    r"(?!(?:few|lot|little|while)\b)"
)
_PHRASE_ENDS = re.compile(
    r",\s|\s(?:and|or|which|that|of|for|from|with|within|in|into|to|on|via|using|when|before"
    r"|after|by"
    r"|through|until|once|unless|if|such as|instead of|so that"
    r"|(?:passed|given|handed) to|===?|→|->|[-+/](?=\s(?!\d)))\s"
)
DANGLING = re.compile(
    r"(?:\s(?:instead of|rather than) \w+ing|,?\s(?:and )?only|\sat (?:most|least)|\sno (?:more"
    r"|less)|\swith [\"“'].*"
    r"|\s(?:beside|the|an?|as|at|or|its?|their|than|without"
    r"|with|of|for|from|in|to|on|by|and|when|such|that|which|if|unless|once))$"
)
_HALF_ORDER = re.compile(
    rf"\sand (?:\w+ (?:it|them)|(?:{'|'.join(sorted(PLAIN_VERBS))}|rely|depend|count|wait|build))$"
)
"""A second order that says nothing yet: *and add it | to the list*, *and go | on*."""
CONDITIONS = re.compile(r"\s(?:unless|if|when|once|until|so that|which|that)\s")
_ONLY_AFTER = re.compile(
    r".+?\sonly\s(?:after|when|once)\s[\w.$]+(?:\(\))?(?:\s(?:is|are|was|has|have)\s\S+)?"
)
"""What is done only after something else: without that it would say the opposite."""
_SECOND_ORDER = re.compile(rf"\sand (?:{'|'.join(sorted(PLAIN_VERBS))})\s")
_PLACING = {"run", "put", "do", "move", "wrap", "keep", "hold", "execute", "perform", "place"}
"""Orders that say little without their place: *run both in one transaction*."""
DECIDE = "decide whether to "
_ARGUMENTS = re.compile(r"\([^()]{8,}\)")
"""Arguments that say less in a title than what is called."""


def phrase_of(text: str) -> str:
    """Return ``text`` up to its first preposition that leaves three words standing.

    Of a decision what it is between is told; a value that is set goes along with what it is.
    """
    if text.startswith(DECIDE):
        return " or ".join(phrase_of(part) for part in text.removeprefix(DECIDE).split(" or "))
    phrase_ends = (
        end
        for end in ends(text, _PHRASE_ENDS)
        if len(text[:end].split()) >= 3
        and not _sets_here(text, end)
        and DANGLING.search(text[:end]) is None
    )
    return text[: next(phrase_ends, len(text))]


def _sets_here(text: str, end: int) -> bool:
    """Tell whether the value that something is set to stands behind ``end``."""
    setting = text.partition(" ")[0] in {"raise", "lower", "set", "change", "increase", "reduce"}
    return setting and text[end:].split()[0] in {"to", "from"}


def cut(text: str, width: int) -> str:
    """Return the longest part of ``text`` that ends at a phrase, else at a word, and fits.

    Arguments, classes before a member and articles go first, of a decision its phrases: what is
    left is still a whole clause.
    """
    for said in _shorter(text):
        if len(said) <= width:
            return said
    text = _ARGUMENTS.sub("(…)", text)
    fitting = [end for end in ends(text, _PHRASE_ENDS) if end <= width]
    least = len(DECIDE) if text.startswith(DECIDE) else 0
    whole = [
        end
        for end in fitting
        if end > least
        and (text[end] == "," or not _is_half_said(text[:end]))
        and not _sets_here(text, end)
        and not text[:end].endswith(
            (" only", " in front", " as", " instead", " up", " down", " fall back")
        )
        and not _is_done_there(text, end)
        and not _is_of_a_list(text, end)
        and DANGLING.search(text[:end]) is None
        and _HALF_ORDER.search(text[:end]) is None
        and not _is_only_then(text, end)
    ]
    after = _ONLY_AFTER.match(text)
    if after is not None and after.end() <= width:
        return after[0]
    if whole and whole[-1] >= width // 3 and len(text[: whole[-1]].split()) > 1:
        return text[: whole[-1]]
    head = text[: width - 1]
    if text[width - 1] != " " and " " in head[width // 2 :]:
        head = head.rpartition(" ")[0]
    while any(head.count(left) > head.count(right) for left, right in ("()", "[]", "{}", "<>")):
        head = head[: max(head.rfind(left) for left in "([{<")]
    return DANGLING.sub("", head.rstrip(" ,;:(")) + "…"


def _is_only_then(text: str, end: int) -> bool:
    """Tell whether the case stands behind ``end`` in which alone something is done."""
    only = re.match(r"only\s[a-z]+\s|.*\sonly$", text[:end]) is not None
    return only and re.match(r"\s(?:when|if|after|once|where|unless|for)\s", text[end:]) is not None


def _is_done_there(text: str, end: int) -> bool:
    """Tell whether what is behind ``end`` is where or in what something is to be done."""
    placing = text.partition(" ")[0] in _PLACING and not _SECOND_ORDER.search(text[:end])
    return placing and text[end:].split()[0] in {"in", "into", "within", "inside", "to", "on"}


def _is_of_a_list(text: str, end: int) -> bool:
    """Tell whether what is behind ``end`` goes on with a list that *only* what is in it is meant.

    *Catch only A | and B* would leave B out.
    """
    joined = re.match(r"(?:,|\s(?:and|or))\s(\S+)", text[end:])
    only = re.search(
        r"\b(?:only|just|both|either|exactly|all of)\s(?!\S+ing\b)[^,]*(?:,[^,]*)*$", text[:end]
    )
    return joined is not None and only is not None and joined[1].lower() not in PLAIN_VERBS


def _is_half_said(head: str) -> bool:
    """Tell whether ``head`` ends within a condition: its verb may be what is cut off."""
    begun = list(CONDITIONS.finditer(head))
    return bool(begun) and "," not in head[begun[-1].end() :]


def _shorter(text: str) -> Iterator[str]:
    """Yield ``text`` with less and less in it, each a clause of its own."""
    yield text
    bare = _CLASS.sub("", text)
    yield bare
    plain = ARTICLE.sub("", bare)
    yield plain
    elided = _ARGUMENTS.sub("(…)", bare)
    yield elided
    yield ARTICLE.sub("", elided)
    if text.startswith(DECIDE):
        parts = [phrase_of(part) for part in elided.removeprefix(DECIDE).split(" or ")]
        yield DECIDE + " or ".join(parts)
        yield " or ".join(parts)
        yield ARTICLE.sub("", " or ".join(parts))
        yield f"{parts[0]}, or what else is decided"
