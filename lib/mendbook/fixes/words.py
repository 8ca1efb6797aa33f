"""Read code, names and numbers out of a finding's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.functions import declarations, handlers
from mendbook.code.module_text import Module
from mendbook.model import Finding
from mendbook.text.squeezed import flatten, squeeze

_PARTS = re.compile(r"\s+[—–]+\s+|\s+--\s+|\s+AND\s+|\s+vs\.?\s+|\.\.\.|…|`|\n")
_CALL = re.compile(
    r"(?<![\w$.])((?:[A-Za-z_$][\w$]*\.)*[A-Za-z_$][\w$]*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))"
)
_PAIR = re.compile(r"`([A-Za-z_]\w*=(?![=>\s])[^`\n]+)`")
_CONTRAST = re.compile(
    r"\b(?:the others?|the rest|the remaining|except|(?:do not|don't) (?:touch|change)"
    r"|leave (?!out\b|a\b)|keep (?:the(?! (?:one|copy|version) (?:in|of|from)\b)|its|their))\b",
    re.IGNORECASE,
)
_UNITS = {
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), 0.001),
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1.0),
    **dict.fromkeys(("m", "min", "minute", "minutes"), 60.0),
    **dict.fromkeys(("h", "hour", "hours"), 3600.0),
}
_SECOND = re.compile(
    r"(?i)(?:,?\s+(?:and|plus)|,?\s+as well as)\s+((?:an?)\s+([\w\s-]+?))"
    r"(?=\s+(?:for|of|to|in|on|with|that|which|per|when|at|from|so)\b|[.,;()]|$)"
)
"""A second thing that is asked for beside the first: ``and a gauge for …``."""
ORDERS = (
    r"(?:refuse|reject|deny|answer|respond|reply|retry|notify|redirect|abort|ignore|skip|validate"
    r"|verify|ensure|emit|persist|publish|alert|raise|fail)"
    r"\s+(?:(?:an?|the|any|every|each|all|it|them|with|when|if|to|on|others?)\b|⟦|`|\d)"
)
"""Verbs in their plain form, with what follows one: an order that no operation writes."""
_ORDERED = re.compile(rf"(?i)(?:(?:,?\s+(?:and|then)|[;.])\s+(?:then\s+|also\s+)?)({ORDERS}[^.;]*)")
_SHAPES = frozenset(
    [
        "tuple",
        "list",
        "set",
        "dict",
        "object",
        "array",
        "map",
        "string",
        "loop",
        "variable",
        "callback",
    ]
)
"""Shapes that code has without saying so."""
_STEM = 4
"""Letters by which words are compared, so that ``gauges`` is a ``gauge``."""


def fragments(finding: Finding) -> list[str]:
    """Return the parts of the evidence that may be code, longest first."""
    parts = (part.strip(" .,;") for part in _PARTS.split(finding.evidence))
    return sorted((part for part in parts if len(part) >= 6), key=len, reverse=True)


def quoted(text: str, finding: Finding) -> list[tuple[int, int]]:
    """Return the ranges of ``text`` that the evidence quotes, white space and quotes aside."""
    squeezed, offsets = squeeze(text)
    ranges = []
    for part in fragments(finding):
        needle = flatten(part)
        at = squeezed.find(needle) if needle else -1
        while at >= 0:
            ranges.append((offsets[at], offsets[at + len(needle) - 1] + 1))
            at = squeezed.find(needle, at + 1)
    return ranges


def meant(nodes: list[SgNode], module: Module, finding: Finding) -> list[SgNode]:
    """Return those of ``nodes`` that the finding names: by quoted code, by a line, by a symbol."""
    if not nodes:
        return []
    spans = [(node.range().start.index, node.range().end.index) for node in nodes]
    named = any(declarations(module.root, symbol) for symbol in finding.symbols) or any(
        handlers(module.root, event) for event in finding.events
    )
    return [nodes[at] for at in named_spans(spans, module.path, module.text, finding, named)]


def named_spans(
    spans: Sequence[tuple[int, int]], path: str, text: str, finding: Finding, named: bool
) -> list[int]:
    """Return which of ``spans``, offsets into ``text``, the finding names.

    Evidence wins over lines. Where neither points at any of them, all count when they stand in a
    declaration that the finding names (``named``) and no evidence or line points elsewhere in the
    file; without such a declaration one is meant only where it is the only one.
    """
    ranges = quoted(text, finding)
    exact = [
        at
        for at, (begin, stop) in enumerate(spans)
        if any(first < stop and begin < last for first, last in ranges)
    ]
    rows = [
        (text.count("\n", 0, begin) + 1, text.count("\n", 0, stop) + 1) for begin, stop in spans
    ]
    lines = [
        (place.line, place.end_line or place.line)
        for place in finding.places
        if place.line is not None and place.path == path
    ]
    near = [
        at
        for at, (begin, stop) in enumerate(rows)
        if any(first <= stop and begin <= last for first, last in lines)
    ]
    if exact or near or ranges:
        return exact or near
    return [*range(len(spans))] if (named and not lines) or len(spans) == 1 else []


def unwritten(fix: str, before: str, after: str) -> str:
    """Return the first call or pair that ``fix`` spells out and an edit would not write.

    ``before`` and ``after`` are what the edit makes of its files. A call that stands in the code
    already, or whose arguments are left open, is no order to write it.
    """
    old, new = (_LAST_COMMA.sub("", flatten(text)) for text in (before, after))
    for call in (*_CALL.findall(fix), *_PAIR.findall(fix)):
        wanted = _LAST_COMMA.sub("", flatten(call))
        left_open = re.search(r"\(\s*\)|…|\.\.\.", call)
        if not left_open and wanted not in old and wanted not in new:
            return str(call)
    for name in _NAMED.findall(fix):
        if not re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", f"{before}\n{after}"):
            return str(name)
    return ""


_LAST_COMMA = re.compile(r",(?=[)\]}])")
_NAMED = re.compile(r"\b(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::[^=\n]+)?=(?![=>])")
"""A declaration that a text spells out: its name is no choice."""


def sets_apart(fix: str) -> bool:
    """Tell whether a fix text says, anywhere and beside what it asks, that something stays.

    A recipe then may not change more than one place. ``instruction.sentences.said.is_kept`` asks
    less: whether one sentence says nothing else, so that it is no step.
    """
    return _CONTRAST.search(fix) is not None


def left_over(fix: str, before: str, after: str) -> tuple[str, ...]:
    """Return the second things that ``fix`` asks for, of which an edit brings no word.

    Of ``Cap the list, and a gauge for its length`` that is ``a gauge``, unless the edit adds
    something that is called so; of ``Add a timeout and answer 502`` it is ``answer 502``.
    """
    added = set(_stems(after)) - set(_stems(before))
    ordered = (match[1].strip() for match in _ORDERED.finditer(fix))
    orders = tuple(each for each in ordered if not added.intersection(_stems(each)))
    return orders + tuple(
        match[1]
        for match in _SECOND.finditer(fix)
        if match[2] not in _SHAPES and not added.intersection(_stems(match[2]))
    )


def counted_places(fix: str) -> int:
    """Return how many places of a kind ``fix`` speaks of: 2 for *both handlers*; 0 for no count."""
    match = _PLACES.search(fix)
    return _HOW_MANY[match[1].lower()] if match is not None else 0


_HOW_MANY = {"both": 2, "two": 2, "three": 3, "four": 4}
_PLACES = re.compile(
    r"\b(both|two|three|four)\s+(?:of\s+)?(?:the\s+|these\s+|those\s+)?(?:\w+\s+)?(?:effects?|handlers"
    r"|files|places|functions|methods|endpoints|routes|components|loops|callers|call sites|branches"
    r"|catches|catch blocks|hooks|listeners|intervals|timers|sites|spots|occurrences"
    r"|comparisons)\b",
    re.IGNORECASE,
)


def _stems(text: str) -> list[str]:
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", text)
    return [part.lower()[:_STEM] for part in parts if len(part) > 2]


def identifiers(text: str) -> list[str]:
    """Return the words that are spelled like code: camelCase, snake_case, CAPS, or dotted."""
    words = re.findall(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", text)
    coded = [
        word
        for word in words
        if re.search(r"[a-z][A-Z]|_|\$|\.[A-Za-z]", word)
        or re.fullmatch(r"[A-Z][A-Z0-9]{2,}", word)
    ]
    return list(dict.fromkeys(coded))


def seconds(text: str) -> float | None:
    """Return the first duration in ``text`` in seconds: ``60s``, ``5-minute``, ``300 ms``."""
    match = re.search(rf"(\d+(?:\.\d+)?)\s*-?\s*({'|'.join(_UNITS)})\b", text)
    return float(match[1]) * _UNITS[match[2]] if match else None
