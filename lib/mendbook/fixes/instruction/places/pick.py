"""Which of several places in one file a clause means: by its words, the quote, the lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.places.repeated import are_all_meant
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import end, inside, line, same, start, text_of

_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
_NUMBERS = {
    "both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
}  # fmt: skip
_ALL = {"all", "every", "each", "everywhere", "any", "alike", "throughout", "occurrences", "uses",
        "repeated", "duplicated"}  # fmt: skip


def quantity(clause: Clause) -> int | None:
    """Return how many places a clause speaks of: 0 for all of them, None where it does not say.

    Raises ``Abstain`` where it leaves the choice open.
    """
    told = clause.text
    for code in clause.codes:
        told = told.replace(code.text, "``")
    spoken = " ".join(told.lower().split())
    if re.search(r"\b(?:one|either|any one|some) of\b|\beither\b|\bone or (?:both|more)\b", spoken):
        raise Abstain("the text leaves open which of several places it means")
    if re.search(r"\b(?:some|a few|several|most|certain|appropriate|suitable)\b", spoken):
        raise Abstain("the text does not say which places or which value it means")
    words = set(re.findall(r"[a-z]+", re.sub(r"`[^`]*`", "", spoken)))
    named = next((_NUMBERS[word] for word in _NUMBERS if word in words), None)
    if named is not None:
        return named
    return 0 if words & _ALL else None


def pick(
    scene: Scene,
    nodes: Sequence[SgNode],
    clause: Clause,
    what: str,
    within: Sequence[SgNode] = (),
    several: bool = False,
    words: Sequence[str] = (),
) -> list[SgNode]:
    """Return the nodes that ``clause`` means, narrowest place first.

    ``within`` are scopes that the clause itself names; they always bind. The evidence, the lines
    and the finding's symbols are preferences, in this order. ``several``: all that the evidence
    quotes are meant. ``words`` tell equal places apart. Of several scopes with one place each, all
    are meant. Raises ``Abstain`` where none or more than
    one remains.
    """
    wanted = quantity(clause)
    bound = [one for one in nodes if not within or any(inside(one, at) for at in within)]
    if not bound:
        kind = Unplaced if what.startswith("`") else Abstain
        raise kind(f"{what} does not stand in {_where(scene, within)}")
    if each := _one_in_each(bound, within, wanted):
        return each
    if wanted is not None:
        everywhere = re.search(r"\b(?:file|module)\b", clause.text) is not None
        return _counted(scene, bound, wanted, what, bool(within) or everywhere)
    narrowed = narrow(scene, bound)
    told = several and all(begins_in_quote(scene, one) for one in narrowed)
    if told and are_all_meant(narrowed, clause, scene.language):
        return list(narrowed)
    if len(narrowed) > 1 and (one := _nth(clause, narrowed)) is not None:
        narrowed = [one]
    if len(narrowed) > 1 and words:
        narrowed = told_apart(narrowed, words)
    if len(narrowed) > 1:
        raise Unplaced(f"{what} stands at several places ({_listed(scene, narrowed)})")
    return list(narrowed)


def _one_in_each(
    nodes: Sequence[SgNode], within: Sequence[SgNode], wanted: int | None
) -> list[SgNode]:
    """Return the one node in each of several scopes; nothing where a scope holds none, or two.

    *In ``start`` and ``stop``* means a place in each of them; two of one name leave it open which.
    """
    names = [text_of(one.field("name")) for one in within]
    if len(set(names)) < len(names):
        return []
    held = [[one for one in nodes if inside(one, at)] for at in within]
    firsts = {start(each[0]): each[0] for each in held if len(each) == 1}
    each = len(firsts) == len(held) > 1 and wanted in {None, 0, len(held)}
    return [*firsts.values()] if each else []


def narrow(scene: Scene, nodes: Sequence[SgNode]) -> list[SgNode]:
    """Return those of ``nodes`` that the evidence, the symbols and the lines point at.

    What begins in the quote goes before what holds the quote, of which the innermost counts.
    """
    narrowed = list(nodes)
    quoted_ones = [one for one in narrowed if begins_in_quote(scene, one)]
    if not quoted_ones and scene.quotes:
        holding = [one for one in narrowed if _holds_quote(scene, one)]
        quoted_ones = [
            one for one in holding if not any(inside(o, one) and not same(o, one) for o in holding)
        ]
    narrowed = quoted_ones or narrowed
    for level in _levels(scene, _in_several_pieces(scene, quoted_ones)):
        narrowed = [one for one in narrowed if level(one)] or narrowed
    return narrowed


def told_apart(nodes: Sequence[SgNode], words: Sequence[str]) -> list[SgNode]:
    """Return those of ``nodes`` that spell most of ``words``; all where none stands out."""
    spelled = [
        sum(1 for word in words if re.search(rf"{re.escape(word)}", one.text(), re.I))
        for one in nodes
    ]
    best = max(spelled)
    return [one for one, count in zip(nodes, spelled, strict=True) if count == best]


def _nth(clause: Clause, nodes: Sequence[SgNode]) -> SgNode | None:
    """Return the one of equal places that the text counts to: ``the second call``."""
    said = re.search(r"\bthe (first|second|third|fourth|last) (?!parameter|argument)", clause.text)
    if said is None or _ORDINALS[said[1]] >= len(nodes):
        return None
    return sorted(nodes, key=start)[_ORDINALS[said[1]]]


def _counted(
    scene: Scene, nodes: Sequence[SgNode], wanted: int, what: str, bound: bool
) -> list[SgNode]:
    """Return as many nodes as the text says, at the narrowest level that has so many."""
    quoted_ones = [one for one in nodes if begins_in_quote(scene, one)]
    scoped = [one for one in nodes if any(inside(one, at) for at in scene.scopes)]
    levels = [scoped, list(nodes)] if wanted == 0 else [quoted_ones, scoped, list(nodes)]
    if bound and wanted == 0:
        return list(nodes)
    for level in levels:
        if level and wanted in {0, len(level)}:
            return level
    raise Abstain(f"the text speaks of {wanted} places; {what} stands at {len(nodes)}")


def _in_several_pieces(scene: Scene, nodes: Sequence[SgNode]) -> bool:
    """Tell whether the evidence quotes nodes in pieces of its own: a line then tells only one."""
    held = {quote for quote in scene.quotes for one in nodes if quote[0] <= start(one) < quote[1]}
    return len(held) > 1


def _levels(scene: Scene, by_pieces: bool) -> list[Callable[[SgNode], bool]]:
    lines = None if by_pieces else scene.lines
    return [
        lambda one: any(inside(one, at) for at in scene.scopes),
        lambda one: lines is not None and lines[0] <= line(one) <= lines[1],
    ]


def _holds_quote(scene: Scene, node: SgNode) -> bool:
    return any(start(node) <= first and last <= end(node) for first, last in scene.quotes)


def _where(scene: Scene, within: Sequence[SgNode]) -> str:
    if within:
        names = ", ".join(dict.fromkeys(_title(one) for one in within))
        return f"{names} of {scene.path}" if names else scene.path
    return scene.path


def _title(node: SgNode) -> str:
    return text_of(node.field("name")) or text_of(node)[:30].split("\n")[0]


def _listed(scene: Scene, nodes: Sequence[SgNode]) -> str:
    return ", ".join(f"{scene.path}:{line(one)}" for one in nodes[:6])
