"""A text that only says how things are: a value that some have, a default, what a value does."""

from __future__ import annotations

import re

from mendbook.fixes.settings.fitting.saying import is_order

_HELD = re.compile(r"`[^`]*`|\"[^\"\n]*\"|(?<!\w)'[^'\n]*'|\$\{\{[^}]*\}\}|\[[^\[\]]*\]|\{[^{}]*\}")
_CUT = re.compile(
    r"(?:[;.!]|\s[-–—]|,(?:\s+(?:and|but|so|then))?|\s+(?:and|but|so)(?=\s+(?:the|it|that|\w+s)\b))\s+"
)
_PLACE = re.compile(
    r"(?:in|on|for|at|under|below|within|inside|as|since|because|with|like)\s+[^,;.⟦]+$",
    re.IGNORECASE,
)
"""A part that only says where, why, or who else."""
_WISH = re.compile(
    r"\b(?:should|must|shall|ought|ha(?:s|ve)\s+to|had\s+better|wants?|wanted|deserves?|merits?"
    r"|need(?:s|ed)?|lacks?|miss(?:es|ing)|belongs?|please|instead|rather|prefer\w*|due|required"
    r"|expected|supposed|intended|meant\s+to|advis\w+|recommend\w*|(?:is|are)\s+to\b|enough|plenty"
    r"|suffic\w+|adequate|ample|better|best|safer|could\s+be|do\s+(?:nicely|fine|well)|current"
    r"|(?:can|may)\s+(?:be|do|go|live|come|have|get|work|run|take)|(?:will|would|'d)\s+do"
    r"|calls?\s+for|gets?|let|let's|time\s+(?:to|for)|why\s+not|how\s+about|no\s+more|no\s+longer"
    r"|goes?\s+(?:with|in|there|here|up|down|to|into|before|after|above|below|next|on|over)"
    r"|right|correct|good|fine|proper|safe|sane|sensible|desired|agreed|ok|okay|welcome|wise|worth"
    r"|(?:is|are)\s+the\s+\w+\s+(?:to|for)|does(?=\s+for\b|\s*$)|too\s*$|as\s+well|also|likewise"
    r"|without|not|nothing|never|becomes?|turns?\s+into|is\s+(?:now|missing|absent)|helps?|fits?"
    r"|makes?\s+(?:more\s+)?sense)(?!\w)|->|→|=>|\?|n['’]t\b",
    re.IGNORECASE,
)
"""What wants something, weighs it, or turns one thing into another."""
_WHAT = re.compile(
    r"\b(?:is|are)\s+(?:only\s+|just\s+|also\s+)?(?:what|how|where|whatever|which)\s+(?P<told>.*)$",
    re.IGNORECASE,
)
_DETERMINED = (
    r"(?:the|an?|another|this|that|these|those|it|them|us|one|two|three|every|each|all|both|its)"
)
_STATES = (
    re.compile(
        r"\S\s+(?:is|are|was|were|has|have|had|does|did|would|will|took|ran|made|came|went|broke"
        r"|kept|lost|gave|got|held|sent|meant|seems?|looks?|remains?|stays?|means?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\S\s+[a-z]{{2,}}(?:[^s\W\d_]s|ed)\s+(?:only\s+|just\s+|up\s+)?{_DETERMINED}\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:the|an?|every|each|our|its|their|this|that)\s+(?:[a-z-]+\s+){1,3}?[a-z]{2,}[^s\W\d_]s"
        r"\s+(?:for|with|after|until|in|on|at|up|from|by)\b",
        re.IGNORECASE,
    ),
)
"""Verbs that say how things are: auxiliaries, what does something to a thing, what waits."""


def only_states(said: str) -> bool:
    """Tell whether ``said`` is one statement that wants nothing, beside where and why it holds.

    Of several statements one may be a reason and the next a value for it: those are not judged.
    """
    text = _HELD.sub("⟦⟧", " ".join(said.split())).rstrip(" .;!")
    parts = [one.strip(" ,") for one in _CUT.split(text)]
    parts = [one for at, one in enumerate(parts) if one and not (at and _PLACE.fullmatch(one))]
    if len(parts) != 1:
        return False
    reason, colon, _ = parts[0].partition(": ")
    return not (colon and _has_verb(reason)) and _states(parts[0])


def _states(part: str) -> bool:
    inner = _WHAT.search(part)
    first = re.match(r"[\"'(]*([A-Za-z-]+)(?=\s)", part)
    if first is not None and is_order(first[1].lower()):
        return False
    if _WISH.search(inner["told"] if inner is not None else part):
        return False
    return inner is not None or _has_verb(part)


def _has_verb(part: str) -> bool:
    return any(form.search(part) for form in _STATES)
