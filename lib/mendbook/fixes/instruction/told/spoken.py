"""One thing that is asked, as its words and its code: for forms that no order of words binds.

A form that names all the words which may stand beside its code reads *add the tag X to Y*, *Y needs
the tag X* and *tag Y with X* alike, and leaves alone what says anything more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.sentences.directives import hidden
from mendbook.fixes.instruction.work import StepEdits, Work

Form = Callable[[Work, Ask], StepEdits | None]
_MARK = "⟦"
_CODE = re.compile(r"[*\[\](){}=_\"]|\w\.\w|[a-z\d][A-Z]|\w:\w|\d")
"""What no word of a sentence is written with."""


def words(said: str) -> frozenset[str]:
    """Return the words of a line, for a form that names all that may stand beside its code."""
    return frozenset(said.split())


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words of a sentence, in lower case, and its code, each in order."""

    words: tuple[str, ...]
    codes: tuple[str, ...]

    def has(self, *words: str) -> bool:
        """Tell whether one of ``words`` is said."""
        return any(one in self.words for one in words)

    def only(self, *allowed: Collection[str]) -> bool:
        """Tell whether every word is one of ``allowed``."""
        return all(any(word in several for several in allowed) for word in self.words)


ARTICLES = words("a an the its it this that to on in of for with as and by from at also")
"""Small words, which say nothing that the code does not say."""
ORDERS = words(
    "add put give set mark make use declare write attach include introduce extend needs need"
    " should must has have get gets be is ought wants let carry carries lacks missing"
)
"""Verbs that ask for something to come, or to be so."""


def orders_only(form: Form) -> Form:
    """Return a form that reads no question: its words may be those of an order in another place."""

    def read(work: Work, ask: Ask) -> StepEdits | None:
        return None if "?" in hidden(work.task.finding.fix) else form(work, ask)

    return read


def asks_more(text: str, behind: str) -> bool:
    """Tell whether a sentence goes on with another order behind the code ``behind``."""
    rest = text.partition(behind)[2]
    return (
        re.search(r"\b(?:and|then)\s+(?:then\s+)?(?!the\b|its?\b|both\b|all\b)[a-z]+", rest)
        is not None
    )


def spoken(ask: Ask, is_name: Callable[[str], bool]) -> Spoken:
    """Return a sentence apart; ``is_name`` tells a plain word that is a name of the code."""
    plain: list[str] = []
    codes: list[str] = []
    for token in ask.text.split():
        bare = token if _MARK in token else token.strip("`'\"")
        bare = bare.strip(",;:!?")
        bare = re.sub(r"^\((.*)\)$", r"\1", bare)
        bare = bare.removesuffix(".") if not bare.endswith("...") else bare
        if not bare:
            continue
        if _MARK in bare:
            codes.append(ask.code(bare))
        elif is_name(bare) or _CODE.search(bare):
            codes.append(bare)
        else:
            plain.append(bare.lower())
    return Spoken(tuple(plain), tuple(codes))
