"""Settings that a sentence says in its own words, and shows in brackets as they are written."""

from __future__ import annotations

import re

_SHOWN = re.compile(
    r"(?:(?:under|in|on|for|inside)\s+(?:the\s+)?(?P<place>[\w./-]+),\s+)?"
    r"(?P<words>[A-Za-z][^()\ue000-\uf8ff:=]*?)\s*"
    r"\((?P<key>[A-Za-z_][\w.-]*)(?::\s+|\s*=\s*)"
    r"(?P<value>\[[^()\[\]]*\]|\"[^\"]*\"|'[^']*'|[^\s(),:=]+)\)",
    re.I,
)
_OF_NOW = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|be|been|not|never|no|nor|or|without|currently"
    r"|now|today|instead|from|than|unlike|whether|if|when|like|remove|drop|delete|default)\b"
    r"|n['’]t\b",
    re.I,
)
"""What may speak of the value there is, of none, or of one of several."""
_SUBJECT = re.compile(
    r"(?:the|an?|th(?:is|at|ese|ose)|its?|they|we|you|our|your|there|here|each|every|all|any|some"
    r"|[\w-]*[^s\W]s|\w+ing)\s",
    re.I,
)
"""What a statement begins with, and an instruction does not."""
_NO_KEYS = frozenset({"default", "see", "note", "was", "now", "currently", "today", "eg", "i.e"})


def shown_in_brackets(sentence: str) -> str:
    """Return ``Under limits, keep logs for a week (keep: 7d)`` as the setting of its key.

    Empty where the words may speak of what is there already, or the brackets hold no setting.
    """
    match = _SHOWN.fullmatch(sentence.strip(" .;"))
    if match is None or match["key"].lower() in _NO_KEYS:
        return ""
    words = match["words"]
    if _OF_NOW.search(words) or _SUBJECT.match(words) or not re.search(r"\w\s+\w", words):
        return ""
    place = f" in the {match['place']}" if match["place"] else ""
    return f"set {match['key']}: {match['value']}{place}"
