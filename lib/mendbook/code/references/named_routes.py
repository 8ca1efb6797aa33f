"""Find the routes that reach a function in languages whose scopes are not followed.

``router.DELETE("/orders/:id", RemoveOrder)`` registers by name; a function that only passes
requests on is followed to the functions that call it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ast_grep_py import SgNode

from mendbook.code.references.by_name import ByName, NamedSubject
from mendbook.model import EntryPoint

_METHODS = re.compile(r"(?i)(get|post|put|patch|delete|head|options|any|handle|handlefunc)")
_GROUPS = {"use", "group"}
"""Calls that put a function before every route of a group."""
GROUP = "a group of routes"
_ROUTE = re.compile(r"(?:([A-Z]+)\s+)?(/\S*)")
_QUOTED = re.compile(r"[\"'`](.*)[\"'`]", re.S)
_LONGEST_WAY = 4
"""Functions passed on the way; a longer way says little by name alone."""


def named_routes(names: ByName, subjects: Iterable[NamedSubject]) -> tuple[EntryPoint, ...]:
    """Return the routes whose handlers are ``subjects`` or call them, by file and line."""
    found: dict[str, EntryPoint] = {}
    waiting: list[tuple[NamedSubject, tuple[str, ...]]] = [(one, ()) for one in subjects]
    seen = {(one.file, one.line) for one, _ in waiting}
    while waiting:
        subject, via = waiting.pop(0)
        for path, node in names.places(subject):
            if (title := _route(node)) is not None:
                line = node.range().start.line + 1
                shown = f"{title} ({path}:{line})" if title == GROUP else title
                found.setdefault(shown, EntryPoint(shown, path, line, via))
                continue
            caller = names.at(path, node.range().start.line + 1)
            if caller is None or (caller.file, caller.line) in seen or len(via) >= _LONGEST_WAY:
                continue
            seen.add((caller.file, caller.line))
            if len(names.defined(caller.name)) > 1:
                continue  # by name alone, callers of its namesakes would be taken for its own
            waiting.append((caller, (_title(subject), *via)))
    return tuple(sorted(found.values(), key=lambda one: (one.file, one.line, one.name)))


def _route(node: SgNode) -> str | None:
    """Return the route that ``node`` is handed to as a handler; None for any other place."""
    for outer in node.ancestors():
        given = outer.field("arguments")
        if given is None:
            continue
        if given.range().start.index > node.range().start.index:
            return None
        callee = outer.field("function") or outer.field("name") or outer.field("method")
        called = re.split(r"\W+", callee.text())[-1] if callee else ""
        if called.lower() in _GROUPS:
            return GROUP
        method = _METHODS.fullmatch(called)
        path = next(_strings(given), "")
        told = _ROUTE.fullmatch(path)
        if method is None or told is None:
            return None
        verb = told[1] or method[1].upper()
        return told[2] if verb.startswith(("HANDLE", "ANY")) else f"{verb} {told[2]}"
    return None


def _strings(arguments: SgNode) -> Iterator[str]:
    first = next(iter(arguments.named_children()), None)
    quoted = _QUOTED.fullmatch(first.text()) if first is not None else None
    if quoted is not None:
        yield quoted[1]


def _title(subject: NamedSubject) -> str:
    return f"{subject.owner}.{subject.name}" if subject.owner else subject.name
