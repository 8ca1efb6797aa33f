"""The phrases of a clause: what stands behind each preposition."""

from __future__ import annotations

import re

from mendbook.fixes.instead_of import INSTEAD
from mendbook.fixes.instruction.fragments.shape import Fragment
from mendbook.fixes.instruction.sentences.clauses import Phrase

PREPOSITIONS = (
    *INSTEAD, "in favour of", "in favor of", "in front of",
    "ahead of", "prior to", "on top of", "such as", "as part of", "at the top of", "at the end of",
    "at the start of", "at the beginning of",
    "in", "into", "inside", "within", "to", "onto", "on", "at", "before", "after", "from", "with",
    "by", "of", "for", "around", "under", "via", "using", "without", "as", "when", "whenever",
    "if", "unless", "where", "above", "below", "beneath", "behind", "through", "while", "over",
)  # fmt: skip
PLACES = "|".join(re.escape(one) for one in sorted(PREPOSITIONS, key=len, reverse=True))
_TOKEN = re.compile(
    rf"(?P<code>⟦\d+⟧)|(?P<prep>\b(?:{PLACES})\b)|(?P<word>[\w'’/-]+)|(?P<mark>[:(),—–→])",
    re.IGNORECASE,
)


def phrases_of(text: str, codes: tuple[Fragment, ...]) -> list[Phrase]:
    """Return the phrases of a clause without its verb."""
    phrases: list[Phrase] = []
    preposition = ""
    words: list[str] = []
    inner: list[Fragment] = []
    spelled: list[str] = []

    def close() -> None:
        if words or inner or preposition:
            phrases.append(Phrase(preposition, tuple(words), tuple(inner), tuple(spelled)))

    for token in _TOKEN.finditer(text):
        if token["code"]:
            inner.append(codes[int(token["code"][1:-1])])
        elif token["prep"]:
            close()
            preposition, words, inner, spelled = token["prep"].lower(), [], [], []
        elif token["mark"]:
            if token["mark"] in ":(→":
                close()
                preposition, words, inner, spelled = token["mark"], [], [], []
            elif token["mark"] == ")":
                close()
                preposition, words, inner, spelled = ")", [], [], []
        else:
            words.append(token["word"].lower())
            spelled.append(token["word"])
    close()
    return [one for one in phrases if one.preposition not in {")"} or one.words or one.codes]
