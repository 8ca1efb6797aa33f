"""The words of an order by their role: names of code, words of the kind of edit, what stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ast_grep_py import SgNode

from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.tree.syntax import function_around, same

FUNCTION_WORDS = {
    "a", "again", "also", "an", "and", "are", "as", "at", "be", "been", "by", "can", "could", "for",
    "from", "had", "has", "have", "here", "in", "into", "is", "it", "its", "just", "may", "must",
    "need", "needs", "now", "of", "on", "ought", "please", "shall", "should", "simply", "so",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "too",
    "was", "which", "who", "will", "with", "would",
}  # fmt: skip
"""Words that carry no meaning of their own in an order."""
_OUGHT = r"(?:(?:must|should|shall|may|can|could|has|have|needs?|ought|is|are) (?:to )?(?:be )?)"
_TOKEN = re.compile(r"⟦\d+⟧|[A-Za-z_$][\w$]*(?:[.'/-][\w$]+)*(?:\(\))?|\d+|[,;:().&?!]|\S")
_NAME = r"(?:⟦\d+⟧|[A-Za-z_$][\w$.]*)"
_KINDS = r"(?:calls?|statements?|lines?|ones?|outputs?|props?)"
_KEPT = re.compile(
    rf"(?:(?:,|;|\.)?\s+(?:and |but )*|[,;]\s*)"
    rf"(?:(?:keep|leave|keeping|leaving|not|without touching) (?P<a>{_NAME})"
    rf"(?: {_KINDS})?(?: (?:alone|as it is|in|there|untouched|be))?"
    rf"|(?:only )?(?P<b>{_NAME})(?: {_KINDS})? {_OUGHT}?"
    r"(?:stays?|remains?|kept|left|fine|ok(?:ay)?)"
    rf"(?: (?:in|there|alone|untouched|as (?:it|they) (?:is|are)|at (?:\d+|⟦\d+⟧)))?)$",
    re.IGNORECASE,
)
_ROUTE = re.compile(r"\b(?P<verb>GET|POST|PUT|PATCH|DELETE)(?: (?P<path>/[^\s,;]*|⟦\d+⟧[^\s,;]*))?")
_MARKS = ",;:()."
_QUOTE = "['\"`]"
COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "all": 0, "every": 0, "each": 0}


@dataclass(frozen=True, slots=True)
class Heard:
    """An order, its words taken one by one."""

    text: str
    """The words in order, the sentence of what stays left out."""
    words: tuple[str, ...]
    """The words that belong to the kind of edit, in small letters."""
    names: tuple[str, ...]
    """All others: code, and words that are none of the kind's."""
    kept: tuple[str, ...]
    """What the text says stays as it is."""
    routes: tuple[tuple[str, str], ...] = ()
    """The verbs of the routes that it names, and their paths where it says them."""

    @property
    def count(self) -> int | None:
        """How many places the text speaks of: 0 for all, None where it does not say."""
        counts = {COUNTS[one] for one in self.words if one in COUNTS}
        return max(counts) if counts else None

    def says(self, words: Iterable[str]) -> bool:
        """Tell whether one of ``words`` is among those of the order."""
        return bool(set(words) & set(self.words))


def heard(ask: Ask, vocabulary: Iterable[str], routes: bool = False) -> Heard:
    """Return an order by its words: those of ``vocabulary``, and names.

    ``routes``: a route, *POST /orders*, is the place and no name.
    """
    text, kept = ask.text, []
    while (told := _KEPT.search(text)) is not None:
        kept.append(ask.code(told["a"] or told["b"]))
        text = text[: told.start()]
    named = [
        (one["verb"], re.sub(r"⟦\d+⟧", lambda mark: ask.code(mark[0]), one["path"] or ""))
        for one in (_ROUTE.finditer(text) if routes else ())
    ]
    text = _ROUTE.sub(" ", text) if routes else text
    known = _known(frozenset(vocabulary))
    words: list[str] = []
    names: list[str] = []
    for part in _TOKEN.findall(text):
        word = part.removesuffix("'s")
        if word in _MARKS:
            continue
        if word.lower() in known:
            words.append(word.lower())
        else:
            names.append(ask.code(word).removesuffix("()"))
    return Heard(" ".join(text.split()), tuple(words), tuple(names), tuple(kept), tuple(named))


@lru_cache(maxsize=256)
def _known(vocabulary: frozenset[str]) -> frozenset[str]:
    return frozenset(FUNCTION_WORDS) | vocabulary


def is_of_route(scene: Scene, spoken: Heard) -> bool:
    """Tell whether each route that an order names is the one of the code that is quoted."""
    heads = _around_quote(scene)
    for verb, path in spoken.routes:
        told = re.compile(
            rf"\.{verb}\(\s*['\"`]{re.escape(path)}{_QUOTE if path else ''}", re.IGNORECASE
        )
        if not any(told.search(one) for one in heads):
            return False
    return True


def _around_quote(scene: Scene) -> list[str]:
    """Return the heads of the top-level statements that hold what is quoted."""
    heads = []
    for one in scene.root.named_children():
        first, last = one.range().start.index, one.range().end.index
        if any(first <= at < last for at, _ in scene.quotes):
            heads.append(one.text()[:200].split("\n")[0])
    return heads


def home_of(scene: Scene, nodes: Iterable[SgNode]) -> list[SgNode]:
    """Return those of ``nodes`` in the functions that hold what is quoted; all at the top level."""
    kept = list(nodes)
    homes = [function_around(one, scene.language) for one in kept if begins_in_quote(scene, one)]
    if not homes:
        return []
    return [
        one
        for one in kept
        if any(
            (at is None and home is None)
            or (at is not None and home is not None and same(at, home))
            for home in homes
            for at in [function_around(one, scene.language)]
        )
    ]
