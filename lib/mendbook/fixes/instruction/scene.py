"""Where a finding points in one file: its lines, what it quotes, the symbols it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.clauses import Clause
from mendbook.fixes.instruction.language import Language, language_of, parse
from mendbook.fixes.instruction.repeated import are_all_meant
from mendbook.fixes.instruction.syntax import (
    bearers,
    call_name,
    declarations,
    end,
    field,
    function_around,
    held_function,
    inside,
    line,
    name_of,
    of_kinds,
    same,
    start,
    string_of,
    text_of,
    walk,
)
from mendbook.fixes.task import Task
from mendbook.text.squeezed import flatten, squeeze

_BREAKS = re.compile(
    r"\[redacted\]|…|\.\.\.(?=[\s)\]},;]|$)|\s+…\s+|\s+AND\s+|^\s*(?:L?\d+\s*[:|]\s)", re.M
)
_ROUTE = re.compile(r"\b(GET|POST|PUT|PATCH|DELETE)\s+(/\S*)")
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
_NUMBERS = {
    "both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
}  # fmt: skip
_ALL = {"all", "every", "each", "everywhere", "any", "alike", "throughout", "occurrences", "uses",
        "repeated", "duplicated"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """One file as a finding sees it."""

    task: Task
    path: str
    text: str
    language: Language
    root: SgNode
    quotes: tuple[tuple[int, int], ...]
    """Ranges of the text that the evidence quotes."""
    parts: int
    """How many separate pieces of code the evidence quotes."""
    lines: tuple[int, int] | None
    """The lines that the finding names."""
    scopes: tuple[SgNode, ...]
    """What the finding's symbols and events mean in this file."""

    def named(self, kinds: Sequence[str] | frozenset[str], name: str) -> list[SgNode]:
        """Return the declarations of ``name`` that are of ``kinds``."""
        nodes = declarations(self.root, name, self.language)
        return [one for one in nodes if one.kind() in kinds]

    def knows(self, name: str) -> bool:
        """Tell whether the file spells the identifier ``name``."""
        return bool(re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", self.text))


def scene_of(task: Task, path: str, own: bool = True) -> Scene | None:
    """Return ``path`` as the task's finding sees it; None where the reader knows no language.

    ``own`` is False for another file that the fix names: the finding's quotes and lines do not
    point into it.
    """
    text, language = task.snapshot.get(path), language_of(path)
    if text is None or language is None:
        return None
    root = parse(language, text)
    finding = task.finding
    pieces = _pieces(finding.evidence) if own else []
    piece_ranges = [ranges for piece in pieces if (ranges := quoted(text, piece))]
    lines = next(
        (
            (place.line, place.end_line or place.line)
            for place in finding.places
            if own and place.path == path and place.line
        ),
        None,
    )
    scopes = _scopes(task, root, language) if own else ()
    quotes = tuple(_nearest(ranges, lines, scopes, text) for ranges in piece_ranges)
    flat = tuple(
        dict.fromkeys(
            one
            for several in quotes
            for one in several
            if not _is_astray(root, one, scopes, language)
        )
    )
    return Scene(task, path, text, language, root, flat, len(piece_ranges), lines, scopes)


def _nearest(
    ranges: list[tuple[int, int]],
    lines: tuple[int, int] | None,
    scopes: Sequence[SgNode],
    text: str,
) -> list[tuple[int, int]]:
    """Return those of several equal quotes that the lines, else the symbols, point at."""
    if len(ranges) > 1 and lines is not None:
        near = [one for one in ranges if _touches(text, one, lines)]
        ranges = near or ranges
    if len(ranges) > 1 and scopes:
        within = [
            one for one in ranges if any(start(s) <= one[0] and one[1] <= end(s) for s in scopes)
        ]
        ranges = within or ranges
    return ranges


def _is_astray(
    root: SgNode, span: tuple[int, int], scopes: Sequence[SgNode], language: Language
) -> bool:
    """Tell whether a quote stands in another function or class than the finding names."""
    if not scopes or any(start(one) <= span[1] and span[0] <= end(one) for one in scopes):
        return False
    named = any(one.kind() in language.classes for one in scopes)
    kinds = language.functions | (language.classes if named else frozenset())
    return any(start(one) < span[0] and span[1] <= end(one) for one in of_kinds(root, kinds))


def _touches(text: str, span: tuple[int, int], lines: tuple[int, int]) -> bool:
    first = text.count("\n", 0, span[0]) + 1
    last = text.count("\n", 0, span[1]) + 1
    return first <= lines[1] and lines[0] <= last


def _pieces(evidence: str) -> list[str]:
    return [piece for part in _BREAKS.split(evidence) if len(piece := part.strip()) >= 4]


def quoted(text: str, piece: str) -> list[tuple[int, int]]:
    """Return the ranges of ``text`` that say ``piece``, layout and kinds of quotes aside."""
    squeezed, needle = flatten(text), flatten(piece.strip("`"))
    at = squeezed.find(needle) if len(needle) >= 3 else -1
    _, offsets = squeeze(text) if at >= 0 else ("", ())
    ranges = []
    while at >= 0:
        first, last = offsets[at], offsets[at + len(needle) - 1] + 1
        if not (_runs_on(text, first) or _runs_on(text, last)):
            ranges.append((first, last))
        at = squeezed.find(needle, at + len(needle))
    return ranges


def _runs_on(text: str, at: int) -> bool:
    """Tell whether a number or a name goes on across offset ``at``: 20 is no quote of 200."""
    return re.fullmatch(r"[\w$]{2}", text[max(at - 1, 0) : at + 1]) is not None


def is_quoted(task: Task, path: str) -> bool:
    """Tell whether the code that the finding quotes stands in ``path``; also where it quotes none.

    One piece of several is enough: the rest may be shortened.
    """
    pieces = [one for one in _pieces(task.finding.evidence) if _is_code(one)]
    text = task.snapshot.get(path) or ""
    return not pieces or any(quoted(text, one) for one in pieces)


def _is_code(piece: str) -> bool:
    if re.search(r"\b(?:[a-z]+ ){4}[a-z]+\b", piece) and not re.search(r"[(=;{]", piece):
        return False
    return bool(re.search(r"[(){}=;<>\[\]:@]|\w\.\w|_\w|^\w+ \w+$", piece))


def _scopes(task: Task, root: SgNode, language: Language) -> tuple[SgNode, ...]:
    names = list(task.finding.symbols)
    scopes = [one for name in names for one in bearers(root, name, language)]
    routes = _registered(task, root, language)
    events = [] if routes else task.finding.events
    scopes += [one for event in events for one in _handlers(root, event, language)]
    scopes += routes
    kept: list[SgNode] = []
    for one in scopes:
        if any(_is_own_local(one, other, language) for other in scopes):
            continue
        if not any(same(one, other) for other in kept):
            kept.append(one)
    return tuple(one for one in kept if not any(inside(o, one) and not same(o, one) for o in kept))


def _is_own_local(one: SgNode, other: SgNode, language: Language) -> bool:
    """Tell whether ``one`` is a variable of the function ``other``, and called as that is."""
    return (
        other.kind() in language.functions
        and one.kind() in language.assignments
        and inside(one, other)
        and not same(one, other)
        and name_of(one) == name_of(other)
    )


def _registered(task: Task, root: SgNode, language: Language) -> list[SgNode]:
    """Return the handler of a route that the finding names as ``POST /orders``."""
    match = _ROUTE.search(task.finding.function)
    return _handlers(root, match[2], language, match[1].lower()) if match else []


def _handlers(root: SgNode, event: str, language: Language, method: str = "") -> list[SgNode]:
    calls = [one for one in of_kinds(root, language.calls) if _titled(one, event, language)]
    named = [one for one in calls if method and call_name(one) == method]
    return (named or calls)[-1:]


def _titled(call: SgNode, event: str, language: Language) -> bool:
    given = call.field("arguments")
    inner = given.named_children() if given is not None else []
    texts = [string_of(one) for one in inner if one.kind() in language.strings]
    makes = any(one.kind() in language.functions for one in inner)
    return event in texts and (makes or len(inner) > 1)


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
    quotes are meant. ``words`` tell equal places apart. Raises ``Abstain`` where none or more than
    one remains.
    """
    wanted = quantity(clause)
    bound = [one for one in nodes if not within or any(inside(one, at) for at in within)]
    if not bound:
        raise Abstain(f"{what} does not stand in {_where(scene, within)}")
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
        raise Abstain(f"{what} stands at several places ({_listed(scene, narrowed)})")
    return list(narrowed)


def _nth(clause: Clause, nodes: Sequence[SgNode]) -> SgNode | None:
    """Return the one of equal places that the text counts to: ``the second call``."""
    said = re.search(r"\bthe (first|second|third|fourth|last) (?!parameter|argument)", clause.text)
    if said is None or _ORDINALS[said[1]] >= len(nodes):
        return None
    return sorted(nodes, key=start)[_ORDINALS[said[1]]]


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
    for level in _levels(scene):
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


def _levels(scene: Scene) -> list[Callable[[SgNode], bool]]:
    return [
        lambda one: any(inside(one, at) for at in scene.scopes),
        lambda one: scene.lines is not None and scene.lines[0] <= line(one) <= scene.lines[1],
    ]


def begins_in_quote(scene: Scene, node: SgNode) -> bool:
    """Tell whether a node begins in what the evidence quotes, or is the whole of it."""
    return any(first <= start(node) < last for first, last in scene.quotes)


def touches_quote(scene: Scene, node: SgNode) -> bool:
    """Tell whether a node and what the evidence quotes have any text in common."""
    return any(start(node) < last and first < end(node) for first, last in scene.quotes)


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


def around(scene: Scene) -> list[SgNode]:
    """Return the functions that the finding is about: its symbols', else those of its quote."""
    functions = [function_of(one, scene.language) for one in scene.scopes]
    named = [one for one in functions if one is not None]
    if named:
        return named
    for first, _ in scene.quotes:
        holder = next(
            (
                one
                for one in reversed(of_kinds(scene.root, scene.language.functions))
                if start(one) <= first < end(one)
            ),
            None,
        )
        if holder is not None:
            return [holder]
    return []


def function_of(node: SgNode, language: Language) -> SgNode | None:
    """Return the function that ``node`` is, holds as its value, or hands to a call, or None."""
    if node.kind() in language.functions:
        return node
    value = field(node, "value", "right")
    if value is not None and (held := held_function(value, language)) is not None:
        return held
    if node.kind() in language.calls:
        inner = [one for one in walk(node) if one.kind() in language.functions]
        return (
            inner[-1]
            if inner and function_around(inner[-1], language) is None
            else (inner[0] if inner else None)
        )
    return None
