"""Where a finding points in one file: its lines, what it quotes, the symbols it names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.spelled_words import count_of
from mendbook.fixes.instruction.places.quotes import pieces_of, quoted
from mendbook.fixes.instruction.places.scopes import scopes_of
from mendbook.fixes.instruction.tree.language import Language, language_of, parse
from mendbook.fixes.instruction.tree.syntax import (
    declarations,
    end,
    field,
    function_around,
    held_function,
    of_kinds,
    start,
    walk,
)
from mendbook.fixes.task import Task


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

    def is_about(self, code: str) -> bool:
        """Tell whether code only names what the finding is about: ``send``, ``self.send()``."""
        own = {part for one in self.task.finding.symbols for part in one.split(".")}
        return own.union({"self", "this", "cls"}).issuperset(code.removesuffix("()").split("."))

    def knows(self, name: str) -> bool:
        """Tell whether the file spells the identifier ``name``."""
        return name in self.text and count_of(name, self.text) > 0


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
    pieces = pieces_of(finding.evidence) if own else []
    piece_ranges = [ranges for piece in pieces if (ranges := quoted(text, piece))]
    lines = next(
        (
            (place.line, place.end_line or place.line)
            for place in finding.places
            if own and place.path == path and place.line
        ),
        None,
    )
    scopes = scopes_of(task, root, language) if own else ()
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


def begins_in_quote(scene: Scene, node: SgNode) -> bool:
    """Tell whether a node begins in what the evidence quotes, or is the whole of it."""
    return any(first <= start(node) < last for first, last in scene.quotes)


def calls_in_quote(scene: Scene) -> list[SgNode]:
    """Return the calls that begin in what the evidence quotes, in the order of the code."""
    return beginning_in_quote(scene, of_kinds(scene.root, scene.language.calls))


def beginning_in_quote(scene: Scene, nodes: Sequence[SgNode]) -> list[SgNode]:
    """Return those of ``nodes``, which are in the order of the text, that begin in the quotes."""
    if not scene.quotes:
        return []
    first = bisect_left(nodes, min(first for first, _ in scene.quotes), key=start)
    behind = bisect_left(nodes, max(last for _, last in scene.quotes), lo=first, key=start)
    return [one for one in nodes[first:behind] if begins_in_quote(scene, one)]


def touches_quote(scene: Scene, node: SgNode) -> bool:
    """Tell whether a node and what the evidence quotes have any text in common."""
    return any(start(node) < last and first < end(node) for first, last in scene.quotes)


def at_quotes(scene: Scene) -> Iterator[SgNode]:
    """Yield the nodes that begin or end at, in or around what is quoted, in the text's order.

    Only they are gone into: a long file costs no more than a short one.
    """
    stack = [scene.root]
    while stack:
        one = stack.pop()
        begins, ends = start(one), end(one)
        if any(begins <= last and first <= ends for first, last in scene.quotes):
            yield one
            stack += reversed(one.children())


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
