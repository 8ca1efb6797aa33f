"""Where handlers are registered: socket events, HTTP routes, and any other emitter's events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.references.infer import Inference

_LISTENS = frozenset({"on", "once", "addListener", "prependListener", "addEventListener"})
_ROUTES = frozenset({"get", "post", "put", "patch", "delete", "del", "options", "head", "all"})
_SOCKET = re.compile(r"(?i)^(?:io|nsp|wss?|.*sockets?|.*namespaces?)$")
_SERVER = re.compile(r"(?i)^(?:io|nsp|wss|.*namespaces?|.*server)$")
_SOCKET_TYPE = re.compile(r"\b(?:\w*Socket|Namespace|SocketServer|(?:Io|IO)?Server)\b")
_MAKER = re.compile(r"(?i)handler|listener|event")
_EVENT = re.compile(r"[\w-]+(?:[:./][\w-]+)+")
_CONNECTED = frozenset({"connection", "connect"})
_REQUEST_HOOKS = frozenset(
    {
        "onRequest",
        "preParsing",
        "preValidation",
        "preHandler",
        "preSerialization",
        "onSend",
        "onResponse",
        "onError",
        "onTimeout",
        "onRequestAbort",
    }
)
"""Fastify's hooks of a request; those of the server's life and of a database's models are none."""
_EVERYWHERE = frozenset({"", "/", "*", "/*"})


class Via(StrEnum):
    """What triggers a handler."""

    EVENT = "event"
    ROUTE = "route"
    ALL = "all"
    """Every request, connection or packet: a middleware or a hook."""


@dataclass(frozen=True, slots=True)
class Registration:
    """One handler registered for ``name``: an event, ``GET /path`` for a route, or a middleware.

    ``start`` to ``end`` are the call's character offsets, ``after`` where its name ends.
    ``handler`` is the name of the function given, or of the one that makes it; empty for a
    function written in place. Its lines are 1-based.
    """

    name: str
    kind: Via
    outside: bool
    """Outsiders can trigger it: a client's socket, or HTTP."""
    line: int
    column: int
    enclosing: str
    start: int
    after: int
    end: int
    handler: str
    first_line: int
    last_line: int
    maker: bool = False
    """A function such as ``createHandler`` is told the name; somebody else registers it."""
    decorated: bool = False
    """A decorator registers the method that stands at these lines."""

    @property
    def title(self) -> str:
        """Return the registration as a person names it."""
        return f'socket event "{self.name}"' if self.kind is Via.EVENT else self.name

    @property
    def event(self) -> str:
        """The event, where outsiders send it; empty for anything else."""
        return self.name if self.kind is Via.EVENT else ""


def registrations(root: SgNode, inference: Inference) -> tuple[Registration, ...]:
    """Return every registration in the tree, in file order."""
    names = "|".join(sorted(_LISTENS | _ROUTES | {"route", "use", "addHook", "onAny"}))
    calls = root.find_all(
        kind="call_expression",
        any=[
            {
                "has": {
                    "field": "function",
                    "kind": "member_expression",
                    "has": {"field": "property", "regex": f"^(?:{names})$"},
                }
            },
            {"has": {"field": "function", "kind": "identifier", "regex": _MAKER.pattern}},
        ],
    )
    return tuple(registration for call in calls for registration in _registered(call, inference))


def _registered(call: SgNode, inference: Inference) -> Iterator[Registration]:
    given, name = syntax.arguments_of(call), syntax.callee_name(call)
    if not given:
        return
    title = syntax.string_value(given[0])
    callee = call.field("function")
    receiver = callee.field("object") if callee is not None else None
    if receiver is not None and name in _ROUTES and title is None:
        chained = _chained(receiver)
        if chained is not None:
            yield _record(call, given, f"{_verb(name)} {chained}", Via.ROUTE, after=False)
        return
    if receiver is None:
        if title is not None and _EVENT.fullmatch(title) and _takes_function(given[1:]):
            yield _record(call, given, title, Via.EVENT, maker=True)
    elif name == "route" and given[0].kind() == "object":
        yield from _route_object(call, given)
    elif name in {"use", "onAny"}:
        client = _is_socket(receiver, inference)
        if client or name == "use":
            every = _every(receiver) if client and name == "use" else "every socket event"
            every = every if client else _requests(title)
            yield _record(call, given, every, Via.ALL, after=title is not None)
    elif name == "addHook" and len(given) > 1 and title in _REQUEST_HOOKS:
        yield _record(call, given, f'every HTTP request ("{title}" hook)', Via.ALL)
    elif title is None or len(given) < 2:
        return
    elif name in _LISTENS:
        outside = _is_socket(receiver, inference)
        yield _record(call, given, title, Via.EVENT, outside=outside)
    elif name in _ROUTES and title.startswith(("/", "*")):
        yield _record(call, given, f"{_verb(name)} {title}", Via.ROUTE)


def _verb(name: str) -> str:
    return "DELETE" if name == "del" else name.upper()


def _chained(receiver: SgNode) -> str | None:
    """Return the path of ``router.route("/beds")`` that a chain of methods begins with."""
    node: SgNode | None = receiver
    while node is not None and node.kind() == "call_expression":
        name = syntax.callee_name(node)
        if name == "route":
            return syntax.string_value(next(iter(syntax.arguments_of(node)), None))
        if name not in _ROUTES:
            return None
        callee = node.field("function")
        node = callee.field("object") if callee is not None else None
    return None


def _route_object(call: SgNode, given: list[SgNode]) -> Iterator[Registration]:
    fields = {}
    for pair in given[0].named_children():
        key, value = pair.field("key"), pair.field("value")
        if key is not None and value is not None:
            fields[key.text()] = value
    path = syntax.string_value(fields.get("url") or fields.get("path"))
    method = syntax.string_value(fields.get("method"))
    if path is not None:
        name = f"{(method or 'all').upper()} {path}"
        yield _record(call, given, name, Via.ROUTE, after=False)


def _record(
    call: SgNode,
    given: list[SgNode],
    name: str,
    kind: Via,
    *,
    outside: bool = True,
    maker: bool = False,
    after: bool = True,
) -> Registration:
    span, first = call.range(), given[0].range()
    return Registration(
        name=name,
        kind=kind,
        outside=outside,
        line=span.start.line + 1,
        column=span.start.column + 1,
        enclosing=syntax.enclosing_name(call),
        start=span.start.index,
        after=first.end.index if after else first.start.index,
        end=span.end.index,
        handler=_function_name(given[-1]),
        first_line=given[-1].range().start.line + 1,
        last_line=given[-1].range().end.line + 1,
        maker=maker,
    )


def _function_name(node: SgNode) -> str:
    callee = node.field("function") if node.kind() == "call_expression" else node
    return callee.text() if callee is not None and callee.kind() == "identifier" else ""


def _takes_function(given: list[SgNode]) -> bool:
    return any(node.kind() in syntax.FUNCTIONS for node in given)


def _requests(mounted: str | None) -> str:
    """Return which requests a middleware sees: all, or those below the address it is given."""
    below = (mounted or "").rstrip("/")
    return "every HTTP request" + ("" if below in _EVERYWHERE else f" below {below}")


def _every(receiver: SgNode) -> str:
    """Return what a middleware of ``receiver`` sees: a server's connections, a socket's events."""
    last = receiver.field("property") or receiver
    server = _SERVER.match(last.text()) or receiver.kind() == "call_expression"
    return "every socket connection" if server else "every socket event"


def _is_socket(receiver: SgNode, inference: Inference) -> bool:
    """Tell whether ``receiver`` is a client's socket: by its name, its type, or its origin."""
    last = receiver.field("property") or receiver
    if _SOCKET.match(last.text()):
        return True
    if receiver.kind() == "call_expression":
        inner = receiver.field("function")
        whole = inner.field("object") if inner is not None else None
        return whole is not None and _is_socket(whole, inference)
    if receiver.kind() != "identifier":
        return False
    bound = inference.scopes.binding(receiver, receiver.text())
    if bound is None:
        return False
    annotation = bound.holder.field("type")
    if annotation is not None:
        return bool(_SOCKET_TYPE.search(annotation.text()))
    return _is_connected(bound.holder)


def _is_connected(parameter: SgNode) -> bool:
    """Tell whether ``parameter`` belongs to a callback for new connections."""
    for ancestor in parameter.ancestors():
        if ancestor.kind() == "call_expression":
            title = syntax.string_value(next(iter(syntax.arguments_of(ancestor)), None))
            return syntax.callee_name(ancestor) in _LISTENS and title in _CONNECTED
    return False
