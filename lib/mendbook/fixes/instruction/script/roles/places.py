"""Where an order says that something goes: before, behind or between what plays a part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.roles.statements import statements_told
from mendbook.fixes.instruction.tree.syntax import start

_BEFORE = {"above", "ahead of", "before", "in front of", "prior to"}
_CLOSE = r"(?P<close>(?:right|directly|just|immediately|straight) )?"
_WHERE = re.compile(
    rf"(?:,? ?(?:\band )?){_CLOSE}\b(?P<where>before|ahead of|in front of|above|prior to|"
    r"after|behind|below|between)\b",
    re.IGNORECASE,
)


_PRECEDES = re.compile(
    r",? ?(?:\b(?:has|have|ought|needs?|must|should) (?:to )?)?\bprecedes?\b ?", re.I
)
_FOLLOWS = re.compile(r",? ?(?:\bso it )?(?:\b(?:has|must|should) (?:to )?)?\bfollows?\b ?", re.I)


@dataclass(frozen=True, slots=True)
class Bound:
    """One side of a place: before or behind the statements that an order tells."""

    before: bool
    close: bool
    """Whether it goes right beside them."""
    phrase: str


def bounds_of(text: str, written: str) -> tuple[str, tuple[Bound, ...]]:
    """Return an order without its places, and the places: *between A and B* are two.

    ``written`` is the text itself, whose *just before* an order has lost.
    """
    text = _FOLLOWS.sub(" after ", _PRECEDES.sub(" before ", text))
    told = list(_WHERE.finditer(text))
    bounds: list[Bound] = []
    for at, one in enumerate(told):
        last = told[at + 1].start() if at + 1 < len(told) else len(text)
        phrase = text[one.end() : last].strip(" ,;.")
        where = one["where"].lower()
        if where == "between":
            first, _, second = phrase.partition(" and ")
            bounds += [Bound(False, False, first.strip()), Bound(True, False, second.strip())]
        else:
            close = one["close"] is not None or re.search(
                rf"\b(?:just|right|directly|immediately|straight)\s+{where}\b", written, re.I
            )
            bounds.append(Bound(where in _BEFORE, bool(close), phrase))
    return text[: told[0].start()].strip(" ,;.") if told else text, tuple(bounds)


@dataclass(frozen=True, slots=True)
class Gap:
    """Between which of the statements of a block something goes: behind so many of them."""

    at: int
    low: int
    high: int
    beside_next: bool
    """Whether the text tells it by what stands behind it."""


def gap(
    scene: Scene, ask: Ask, bounds: Sequence[Bound], among: Sequence[SgNode]
) -> Gap | str | None:
    """Return where among statements all ``bounds`` hold; a reason where a part has no one place.

    None where a phrase names no part that is known.
    """
    low, high, chosen = 0, len(among), -1
    told_low = told_high = False
    for bound in bounds:
        nodes = _all_told(scene, ask, bound.phrase, among)
        if nodes is None:
            return None
        if not nodes:
            return f"nothing there is {_shown(ask, bound.phrase)}"
        several = re.search(r"s\b|\b(?:first|last|any|all|every|each)\b", bound.phrase) is not None
        if len(nodes) > 1 and not several:
            return f"several statements there are {_shown(ask, bound.phrase)}"
        places = [next(i for i, one in enumerate(among) if start(one) == start(n)) for n in nodes]
        if bound.before:
            high, told_high = min(high, min(places)), True
            chosen = high if bound.close else chosen
        else:
            low, told_low = max(low, max(places) + 1), True
            chosen = low if bound.close else chosen
    if low > high:
        return "no place is before the one and behind the other"
    if chosen < 0:
        chosen = high if told_high else low
    return Gap(chosen, low, high, told_high and (not told_low or chosen == high != low))


def _all_told(scene: Scene, ask: Ask, phrase: str, among: Sequence[SgNode]) -> list[SgNode] | None:
    """Return the statements that a phrase tells, and those of each part of *A and B*."""
    nodes: list[SgNode] = []
    for part in re.split(r",? and ", _RUNS.sub("", phrase)):
        told = statements_told(scene, ask, part.strip(), among)
        if told is None:
            return None
        nodes += told
    return nodes


_RUNS = re.compile(
    r"(?: itself)? (?:(?:is|are|gets?) )?(?:runs?|mounted|registered|executed|sent|called|starts?|"
    r"happens?|issued|installed|reached|comes?|added|applied|done)$",
    re.IGNORECASE,
)
"""What a phrase says of its part beside naming it."""


def _shown(ask: Ask, phrase: str) -> str:
    return re.sub(r"⟦\d+⟧", lambda one: ask.code(one[0]), phrase)
