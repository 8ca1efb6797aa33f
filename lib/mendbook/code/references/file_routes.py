"""Routes that the place of a file declares: Next.js, SvelteKit, and files of server actions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.references.events import Registration, Via
from mendbook.code.references.outline import DEFAULT

_HANDLERS = re.compile(
    r"(?:^|/)(?:app/(?P<next>(?:.*/)?)route|src/routes/(?P<svelte>(?:.*/)?)\+server)\.[mc]?[jt]sx?$"
)
_PAGES = re.compile(
    r"(?:^|/)(?:app/(?P<app>(?:.*/)?)page|src/routes/(?P<svelte>(?:.*/)?)\+page(?:\.server)?"
    r"|pages/(?P<pages>(?!_|api/)[^.]+))\.[mc]?[jt]sx?$"
)
_LAYOUTS = re.compile(r"(?:^|/)app/(?P<app>(?:.*/)?)layout\.[jt]sx?$")
_API = re.compile(r"(?:^|/)pages/(?P<api>api/[^.]+)\.[mc]?[jt]sx?$")
_MIDDLEWARE = re.compile(r"^(?:[\w.-]+/){0,3}middleware\.[mc]?[jt]s$")
_VERBS = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}
_SERVER = re.compile(r"\s*(?:(?://[^\n]*|/\*.*?\*/)\s*)*[\"']use server[\"']", re.S)
_NAMED = re.compile(r"export\s+(?:async\s+)?(?:function\*?|const|let|var)\s+([\w$]+)")
_DEFAULT = re.compile(r"export\s+default\s+(?:async\s+)?(?:function\*?\s*([\w$]*)|([\w$]+)\s*;?$)")
_OWN_NAME = re.compile(r"(?:function\*?|const|let)\s+([\w$]+)")
_PARAMETER = re.compile(r"^\[{1,2}(\.\.\.)?([\w-]+)\]{1,2}$")
_DECLARED = {"function_declaration", "lexical_declaration", "class_declaration"}


def is_routed(path: str, text: str) -> bool:
    """Tell whether the place of a file, or its first line, may declare routes."""
    several = (_HANDLERS, _PAGES, _LAYOUTS, _API, _MIDDLEWARE)
    return any(each.search(path) for each in several) or "use server" in text


def file_routes(path: str, root: SgNode) -> tuple[Registration, ...]:
    """Return what the exports of the file at ``path`` are registered for by where it stands."""
    return tuple(_registered(path, root))


def _registered(path: str, root: SgNode) -> Iterator[Registration]:
    named, default = _exports(root)
    if told := _HANDLERS.search(path):
        where = _address(told["next"] if told["next"] is not None else told["svelte"])
        for name, node in named.items():
            if name in _VERBS:
                yield _record(node, name, f"{name} {where}", Via.ROUTE)
    elif (told := _API.search(path)) and default is not None:
        yield _record(default, DEFAULT, _address(told["api"]), Via.ROUTE)
    elif told := _PAGES.search(path):
        place = next(each for each in told.groupdict().values() if each is not None)
        served = {name: node for name, node in named.items() if name in {"load", "actions"}}
        served |= {DEFAULT: default} if default is not None else {}
        for name, node in served.items():
            yield _record(node, name, f"page {_address(place)}", Via.ALL)
    elif (told := _LAYOUTS.search(path)) and default is not None:
        where = _address(told["app"])
        below = "every page" if where == "/" else f"every page below {where}"
        yield _record(default, DEFAULT, below, Via.ALL)
    elif _MIDDLEWARE.search(path):
        run = default if default is not None else named.get("middleware")
        if run is not None:
            yield _record(run, "middleware", "every HTTP request", Via.ALL)
    if _SERVER.match(root.text()):
        for name, node in named.items():
            yield _record(node, name, f"server action {name}", Via.ALL)


def _exports(root: SgNode) -> tuple[dict[str, SgNode], SgNode | None]:
    """Return the declarations that a file exports by their names, and the default one."""
    declared: dict[str, SgNode] = {}
    named: dict[str, SgNode] = {}
    default: SgNode | None = None
    handed_on = ""
    for node in root.children():
        head = node.text().partition("{")[0].partition("=")[0].strip()
        if node.kind() in _DECLARED and (own := _OWN_NAME.search(head)):
            declared[own[1]] = node
        elif node.kind() == "export_statement":
            if own := _NAMED.match(head):
                named[own[1]] = node
            elif own := _DEFAULT.match(head):
                default, handed_on = node, own[2] or ""
    return named, declared.get(handed_on, default)


def _address(folders: str) -> str:
    parts = [
        _PARAMETER.sub(lambda each: f"{'*' if each[1] else ':'}{each[2]}", part)
        for part in folders.strip("/").split("/")
        if part and not re.fullmatch(r"\(.*\)|@.*|index", part)
    ]
    return f"/{'/'.join(parts)}"


def _record(node: SgNode, handler: str, name: str, kind: Via) -> Registration:
    span = node.range()
    return Registration(
        name=name,
        kind=kind,
        outside=True,
        line=span.start.line + 1,
        column=span.start.column + 1,
        enclosing="module",
        start=span.start.index,
        after=span.end.index,
        end=span.end.index,
        handler=handler,
        first_line=span.start.line + 1,
        last_line=span.end.line + 1,
        decorated=True,
    )
