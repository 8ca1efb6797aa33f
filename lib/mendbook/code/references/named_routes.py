"""Find the routes that reach a function in languages whose scopes are not followed.

``router.DELETE("/orders/:id", RemoveOrder)`` and ``route("/orders/:id", delete(remove_order))``
register by name, annotations and tables of routes declare them; a function that only passes
requests on is followed to the functions that call it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ast_grep_py import SgNode

from mendbook.code.references.by_name import ByName, NamedSubject
from mendbook.code.references.declared_routes import DeclaredRoutes
from mendbook.model import EntryPoint

_METHODS = re.compile(r"(?i)(get|post|put|patch|delete|head|options|any|handle|handlefunc)")
_GROUPS = {"use", "group"}
"""Calls that put a function before every route of a group."""
GROUP = "a group of routes"
_GROUPED = re.compile(r"\.(?:Group|Route|PathPrefix|Subrouter)\(\s*[\"`]([^\"`]*)[\"`]")
_OPENS = re.compile(r"\.(?:Route|Group)$")
_QUOTED = re.compile(r"[\"'`](.*)[\"'`]", re.S)
_LONGEST_WAY = 4
"""Functions passed on the way; a longer way says little by name alone."""
_NAMESAKES = 2
"""Definitions of one name that may be an interface and what implements it."""
_OWN_NAME = re.compile(r"[a-z0-9][A-Z]|_")


def named_routes(
    names: ByName, declared: DeclaredRoutes, subjects: Iterable[NamedSubject]
) -> tuple[EntryPoint, ...]:
    """Return the routes whose handlers are ``subjects`` or call them, by file and line."""
    entries: dict[str, EntryPoint] = {}
    waiting: list[tuple[NamedSubject, tuple[str, ...]]] = [(one, ()) for one in subjects]
    seen = {(one.file, one.line) for one, _ in waiting}
    while waiting:
        subject, via = waiting.pop(0)
        for each in declared.of(subject):
            entries.setdefault(each.name, replace(each, via=(*each.via, *via)))
        told = _tells_enough(names, subject)
        for path, node in names.places(subject):
            if (title := _route(node)) is not None:
                line = node.range().start.line + 1
                shown = f"{title} ({path}:{line})" if title == GROUP else title
                entries.setdefault(shown, EntryPoint(shown, path, line, via))
                continue
            caller = names.at(path, node.range().start.line + 1)
            if caller is None or (caller.file, caller.line) in seen or len(via) >= _LONGEST_WAY:
                continue
            if not told:
                continue
            seen.add((caller.file, caller.line))
            if len(names.defined(caller.name)) > _most_namesakes(path):
                continue  # by name alone, callers of its namesakes would be taken for its own
            waiting.append((caller, (_title(subject), *via)))
    return tuple(sorted(entries.values(), key=lambda one: (one.file, one.line, one.name)))


def _tells_enough(names: ByName, subject: NamedSubject) -> bool:
    """Tell whether who calls something named as ``subject`` is taken to call it.

    Packages of Go part namesakes; elsewhere only a name of several words does.
    """
    if subject.file.endswith(".go"):
        return True
    own = _OWN_NAME.search(subject.name.strip("_")) is not None
    return own and len(names.defined(subject.name)) <= _most_namesakes(subject.file)


def _most_namesakes(path: str) -> int:
    return _NAMESAKES if path.endswith((".java", ".kt", ".cs")) else 1


def _route(node: SgNode) -> str | None:
    """Return the route that ``node`` is handed to as a handler; None for any other place.

    The method may stand around the handler, and the path one call further out:
    ``route("/orders", get(list_orders))``.
    """
    method_told = ""
    for outer in node.ancestors():
        given = outer.field("arguments")
        if given is None:
            continue
        if given.range().start.index > node.range().start.index:
            if method_told:
                continue
            return None
        callee = outer.field("function") or outer.field("name") or outer.field("method")
        called = re.split(r"\W+", callee.text())[-1] if callee else ""
        if called.lower() in _GROUPS:
            return GROUP
        method = _METHODS.fullmatch(called)
        path = next(_strings(given), None)
        if method_told and called == "route" and path is not None:
            return f"{method_told} {path}".strip() if path.startswith("/") else None
        if method is not None and path is None and not method_told:
            method_told = "" if called == "any" else called.upper()
            continue
        if method is None or path is None or callee is None:
            return None
        verb, _, own = path.rpartition(" ")
        whole = _joined(_before(outer, callee), own)
        if not whole.startswith("/"):
            return None
        verb = verb or method[1].upper()
        return whole if verb.startswith(("HANDLE", "ANY")) else f"{verb} {whole}"
    return None


def _before(call: SgNode, callee: SgNode) -> str:
    """Return the address that the groups around a registration give, the outermost first.

    Groups are chained (``r.Group("/a").POST``), kept (``a := r.Group("/a")``) or stand around it
    (``r.Route("/a", func(a) {…})``).
    """
    said = callee.text()
    chained = _GROUPED.findall(said)
    around = [each for each in call.ancestors() if each.field("arguments") is not None]
    outer = [
        path
        for each in reversed(around)
        if (named := each.field("function")) is not None
        and _OPENS.search(named.text())
        and (path := next(_strings_of(each), ""))
    ]
    kept = _kept(call, re.split(r"\W", said, maxsplit=1)[0], 0)
    return "".join("/" + path.strip("/") for path in (*outer, *kept, *chained) if path.strip("/"))


def _kept(node: SgNode, variable: str, depth: int) -> list[str]:
    """Return the addresses of the group that ``variable`` holds, and of those it was made of."""
    root = next(iter(reversed(list(node.ancestors()))), None)
    assigned = re.compile(rf"\b{re.escape(variable)}\s*:?=\s*(\w+)((?:\.\w+\([^()]*\))*)")
    lines = root.text().splitlines()[: node.range().start.line + 1] if root is not None else []
    for line in reversed(lines):
        match = assigned.search(line)
        if match is not None and depth < _LONGEST_WAY and match[1] != variable:
            return [*_kept(node, match[1], depth + 1), *_GROUPED.findall(match[2])]
    return []


def _joined(before: str, path: str) -> str:
    return f"{before}{path if path.startswith('/') else ''}" if before else path


def _strings_of(call: SgNode) -> Iterator[str]:
    given = call.field("arguments")
    yield from _strings(given) if given is not None else ()


def _strings(arguments: SgNode) -> Iterator[str]:
    first = next(iter(arguments.named_children()), None)
    quoted = _QUOTED.fullmatch(first.text()) if first is not None else None
    if quoted is not None:
        yield quoted[1]


def _title(subject: NamedSubject) -> str:
    return f"{subject.owner}.{subject.name}" if subject.owner else subject.name
