"""Values that a fix text asks for and an edit of settings leaves out."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.sentences import PURPOSE, only_says, sentences_of

_QUANTITY = re.compile(r"(?<![\w./:-])(\d+(?:\.\d+)?(?:ms|[smhd]|[kKmMgG]i?[bB]?|%))(?![\w./:-])")
"""A number with its unit."""
_ASIDE = re.compile(r"\([^()]*\)|`[^`]*`")


def refuse_unwritten(said: str, before: str, after: str) -> None:
    """Raise ``Unreadable`` where an order names a quantity that is neither there nor written."""
    for sentence in sentences_of(" ".join(_ASIDE.sub(" ", said).split())):
        if only_says(sentence):
            continue
        for quantity in _QUANTITY.findall(PURPOSE.sub("", sentence)):
            if quantity not in before and quantity not in after:
                raise Unreadable(f"{quantity} is asked for, and would not be written")
