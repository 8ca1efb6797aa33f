"""The routes, tasks and commands by which Python web frameworks and workers run a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from mendbook.code.references.python.records import Route

_METHODS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "trace"})
_ROUTED = frozenset({"route", "api_route", "websocket", "websocket_route"})
_ADDED = frozenset({"path", "re_path", "url", "add_url_rule", "add_api_route", "add_route"})
_REGISTERED = frozenset({"register"})
"""Calls that mean a route only where a set of views is handed over."""
_RUN = {
    "shared_task": "task",
    "task": "task",
    "periodic_task": "task",
    "command": "command",
    "receiver": "signal",
    "on_event": "application event",
    "scheduled_job": "scheduled job",
    "cron": "scheduled job",
    "listens_for": "event",
    "exception_handler": "failed request",
    "middleware": "HTTP request",
    "before_request": "HTTP request",
    "errorhandler": "failed request",
}


def routes_of(tree: ast.Module) -> Iterator[Route]:
    """Yield every function that a framework runs by itself, with what triggers it."""
    prefixes = dict(_prefixes(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in node.decorator_list:
                yield from _decorated(node, decorator, prefixes)
        elif isinstance(node, ast.Call):
            yield from _added(node)


def _prefixes(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield each router of the module with the prefix that it is made with."""
    for node in tree.body:
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
            continue
        for word in node.value.keywords:
            if word.arg in {"prefix", "url_prefix"} and isinstance(word.value, ast.Constant):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        yield target.id, str(word.value.value)


def _decorated(
    node: ast.FunctionDef | ast.AsyncFunctionDef, decorator: ast.expr, prefixes: dict[str, str]
) -> Iterator[Route]:
    call = decorator if isinstance(decorator, ast.Call) else None
    named = call.func if call is not None else decorator
    name = named.attr if isinstance(named, ast.Attribute) else getattr(named, "id", "")
    on = named.value if isinstance(named, ast.Attribute) else None
    given = _text(call.args[0]) if call is not None and call.args else None
    if call is not None and on is not None and name in _METHODS | _ROUTED and given is not None:
        path = prefixes.get(getattr(on, "id", ""), "") + given
        for verb in _verbs(name, call):
            yield Route(f"{verb} {path or '/'}", node.name, decorator.lineno)
    elif name in _RUN:
        yield Route(f"{_RUN[name]} {given or node.name}", node.name, decorator.lineno)
    elif name == "api_view":
        yield Route(f"HTTP request for {node.name}", node.name, decorator.lineno)


def _verbs(name: str, call: ast.Call) -> list[str]:
    if name in _METHODS:
        return [name.upper()]
    listed = next((word.value for word in call.keywords if word.arg == "methods"), None)
    verbs = [_text(one) for one in ast.walk(listed)] if listed is not None else []
    return [one.upper() for one in verbs if one] or (["WS"] if "websocket" in name else ["GET"])


def _added(call: ast.Call) -> Iterator[Route]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in _ADDED | _REGISTERED or len(call.args) < 2:
        return
    path = _text(call.args[0])
    for handler in call.args[1:]:
        inner = handler.func if isinstance(handler, ast.Call) else handler
        if isinstance(inner, ast.Attribute) and inner.attr == "as_view":
            inner = inner.value
        shown = ast.unparse(inner) if isinstance(inner, ast.Name | ast.Attribute) else ""
        if name in _REGISTERED and not shown.endswith("ViewSet"):
            continue
        if path is not None and shown:
            yield Route(f"/{path.lstrip('/')}", shown, call.lineno)
            return


def _text(node: ast.AST) -> str | None:
    constant = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if constant and isinstance(node, ast.Constant) else None
