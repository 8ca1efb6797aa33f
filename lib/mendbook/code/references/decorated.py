"""Methods that a decorator makes a route, a message's handler or a job: NestJS and its like."""

from __future__ import annotations

from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.references.events import Registration, Via
from mendbook.code.search import find_all
from mendbook.code.side_effects import decorators_of

_ROUTES = frozenset({"Get", "Post", "Put", "Patch", "Delete", "Options", "Head", "All", "Sse"})
_MESSAGES = frozenset({"SubscribeMessage", "MessagePattern", "EventPattern", "GrpcMethod"})
_JOBS = frozenset({"Cron", "Interval", "Timeout", "Process", "OnEvent", "OnQueueEvent"})
_QUERIES = frozenset({"Query", "Mutation", "Subscription", "ResolveField"})
_CONTROLLERS = frozenset({"Controller", "JsonController", "Route"})


def decorated(root: SgNode) -> tuple[Registration, ...]:
    """Return every method of the tree that a decorator registers, in file order."""
    return tuple(
        registration
        for method in find_all(root, "method_definition")
        for decorator in decorators_of(method)
        for registration in _registered(method, decorator)
    )


def _registered(method: SgNode, decorator: SgNode) -> Iterator[Registration]:
    call = next(iter(decorator.named_children()), None)
    if call is None or call.kind() != "call_expression":
        return
    name = syntax.callee_name(call)
    told = syntax.string_value(next(iter(syntax.arguments_of(call)), None))
    label = method.field("name")
    own = label.text() if label is not None else ""
    if name in _ROUTES:
        path = "/".join(part.strip("/") for part in (_prefix(method), told or "") if part)
        yield _record(method, decorator, f"{name.upper()} /{path}", Via.ROUTE)
    elif name in _MESSAGES and told is not None:
        yield _record(method, decorator, told, Via.EVENT)
    elif name in _JOBS:
        yield _record(method, decorator, f"job {told or own}", Via.ALL)
    elif name in _QUERIES:
        yield _record(method, decorator, f"GraphQL {name.lower()} {told or own}", Via.ALL)


def _prefix(method: SgNode) -> str:
    """Return the path that the controller around ``method`` is registered for."""
    home = next((one for one in method.ancestors() if one.kind() in syntax.CLASSES), None)
    for decorator in decorators_of(home) if home is not None else ():
        call = next(iter(decorator.named_children()), None)
        if call is not None and syntax.callee_name(call) in _CONTROLLERS:
            return _path_of(next(iter(syntax.arguments_of(call)), None))
    return ""


def _path_of(given: SgNode | None) -> str:
    """Return the path in what a controller is given: a string, or an object that has it."""
    if given is not None and given.kind() == "object":
        given = next(
            (
                pair.field("value")
                for pair in given.children()
                if pair.kind() == "pair" and (key := pair.field("key")) and key.text() == "path"
            ),
            None,
        )
    return syntax.string_value(given) or ""


def _record(method: SgNode, decorator: SgNode, name: str, kind: Via) -> Registration:
    span, at = method.range(), decorator.range()
    return Registration(
        name=name,
        kind=kind,
        outside=True,
        line=span.start.line + 1,
        column=span.start.column + 1,
        enclosing=syntax.function_name(method),
        start=at.start.index,
        after=at.start.index,
        end=at.end.index,
        handler="",
        first_line=span.start.line + 1,
        last_line=span.end.line + 1,
        decorated=True,
    )
