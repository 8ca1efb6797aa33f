"""What the symbols, events and routes that a finding names are in one file."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.tree.language import Language
from mendbook.fixes.instruction.tree.syntax import (
    bearers,
    call_name,
    inside,
    name_of,
    of_kinds,
    same,
    string_of,
)
from mendbook.fixes.task import Task

_ROUTE = re.compile(r"\b(GET|POST|PUT|PATCH|DELETE)\s+(/\S*)")


def scopes_of(task: Task, root: SgNode, language: Language) -> tuple[SgNode, ...]:
    """Return what the finding's symbols, its route or its events mean in a file, innermost only."""
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
