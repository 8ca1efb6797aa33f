"""The routes that reach a finding's code on a short way, and how tests may spell them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mendbook.model import FindingFacts

_MOST = 3
ROUTE = re.compile(r"(?:([A-Z]+) )?(/\S*)")
PARAMETER = re.compile(r"[:{<*][\w:]*[}>]?\??")
NEAR = 3
"""Lines around a path in which the method of a request is looked for."""
_ROUTE_NAME = re.compile(r"\bname\s*=\s*[\"']([\w:.-]+)[\"']")
_NEXT = re.compile(r"\s*(?:async\s+)?def\s|\s*(?:re_)?path\(")
_LONGEST = 12
"""Lines of a route's registration in which its name is looked for."""


def routes_of(facts: FindingFacts) -> tuple[str, ...]:
    """Return the routes that the finding is about, or that reach its code on a short way."""
    own = [symbol.symbol for symbol in facts.symbols]
    near = [entry.name for entry in facts.exposure if len(entry.via) < NEAR]
    told = [name for name in (*own, *near) if ROUTE.fullmatch(name) and has_own_words(name)]
    return tuple(dict.fromkeys(told))[:_MOST]


def spellings_of(facts: FindingFacts) -> tuple[str, ...]:
    """Return ``routes_of``, and each without the first parts that the routers around it give.

    A test may leave these out: its client has them, or a variable before the rest.
    """
    spellings: dict[str, None] = dict.fromkeys(routes_of(facts))
    for each in facts.exposure:
        verb, _, path = each.name.rpartition(" ")
        if each.mounted and verb and each.name in spellings:
            parts = path.split("/")
            shorter = ["/".join(["", *parts[cut:]]) for cut in range(2, len(parts))]
            given = each.mounted.count("/")
            spellings |= dict.fromkeys(f"{verb} {one}".strip() for one in shorter[:given])
    return tuple(name for name in spellings if has_own_words(name))


def route_names(facts: FindingFacts, text_of: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield the name that each near route is registered by, and the route."""
    for entry in facts.exposure:
        if len(entry.via) < NEAR and ROUTE.fullmatch(entry.name):
            lines = text_of(entry.file).splitlines()[entry.line - 1 :][:_LONGEST]
            ends = (at for at, line in enumerate(lines) if at and _NEXT.match(line))
            match = _ROUTE_NAME.search("\n".join(lines[: next(ends, len(lines))]))
            if match is not None:
                yield match[1], entry.name


def has_own_words(route: str) -> bool:
    """Tell whether a route has a part that is fixed: ``GET /:id`` says nothing by itself."""
    path = route[route.find("/") :]
    return any(part and not PARAMETER.match(part) for part in path.split("/"))
