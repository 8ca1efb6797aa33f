"""What the code sends: to everybody, one by one in loops, or after asking the whole cluster."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.advice.advisor import Survey
from mendbook.advice.reading import Code, absent, brief, receiver_of, row
from mendbook.code.module_text import Module
from mendbook.code.trees import FUNCTIONS, arguments_of, callee_name, string_value
from mendbook.model import AdviceRow

CLUSTER = "Asks the whole cluster"
_SERVER = re.compile(r"(^|\.)(io|ioServer|socketServer|nsp|namespace)$", re.IGNORECASE)
_SOCKET = re.compile(r"(^|\.)\w*(socket|client)\w*$", re.IGNORECASE)
_LOOPS = {"for_statement", "for_in_statement", "while_statement", "do_statement"}
_EACH = {"forEach", "map", "flatMap"}
_OFTEN = re.compile(r"speak|level|volume|typing|progress|position|cursor", re.IGNORECASE)


def is_server(node: SgNode) -> bool:
    """Tell whether ``node`` is spelled like a Socket.io server or namespace: ``context.io``."""
    return bool(_SERVER.search(node.text()))


def rows(survey: Survey, code: Code) -> Iterator[AdviceRow]:
    """Yield the broadcasts to all, emissions in loops, questions to the cluster, and volatile."""
    emits = [
        (module, call, base)
        for module, call in code.calls("emit")
        if (base := _base(call)) is not None and (is_server(base) or _SOCKET.search(base.text()))
    ]
    yield from _to_all(survey, emits)
    yield from _in_loops(survey, emits)
    yield from _questions(survey, code)
    yield from _volatile(survey, emits)


def _base(call: SgNode) -> SgNode | None:
    """Return what a chain of calls starts from: ``io`` of ``io.to(a).volatile.emit(…)``."""
    node = receiver_of(call)
    while node is not None:
        if node.kind() == "call_expression":
            node = receiver_of(node)
        elif node.kind() == "member_expression" and _is_modifier(node):
            node = node.field("object")
        else:
            return node
    return None


def _is_modifier(node: SgNode) -> bool:
    label = node.field("property")
    return label is not None and label.text() in {"volatile", "broadcast", "local", "compress"}


def _to_all(survey: Survey, emits: list[tuple[Module, SgNode, SgNode]]) -> Iterator[AdviceRow]:
    for module, call, base in emits:
        if is_server(base) and receiver_of(call) == base:
            yield row(
                survey,
                "Broadcast to everybody",
                module,
                call,
                _written(call),
                "to a room, or volatile and rare",
                "one packet for every socket of every instance",
            )


def _in_loops(survey: Survey, emits: list[tuple[Module, SgNode, SgNode]]) -> Iterator[AdviceRow]:
    for module, call, _ in emits:
        if _in_loop(call):
            yield row(
                survey,
                "Emission in a loop",
                module,
                call,
                _written(call),
                "one emit to a room or to a list of rooms",
                "each pass encodes the packet and publishes it again",
            )


def _in_loop(call: SgNode) -> bool:
    """Tell whether ``call`` runs many times in its function: in a loop or a ``forEach``."""
    for outer in call.ancestors():
        if outer.kind() in _LOOPS:
            return True
        if outer.kind() in FUNCTIONS:
            given = outer.parent()
            holder = given.parent() if given is not None and given.kind() == "arguments" else None
            return holder is not None and callee_name(holder) in _EACH
    return False


def _questions(survey: Survey, code: Code) -> Iterator[AdviceRow]:
    for module, call in code.calls("fetchSockets", "serverSideEmitWithAck"):
        yield row(
            survey,
            CLUSTER,
            module,
            call,
            brief(call.text()),
            "count or list in Redis, or .local where one instance is enough",
            "every instance answers with all its sockets, and the slowest sets the time",
        )


def _volatile(survey: Survey, emits: list[tuple[Module, SgNode, SgNode]]) -> Iterator[AdviceRow]:
    what, target = "Volatile", "volatile for what the next packet replaces"
    why = "a slow client gets the newest level instead of a queue of old ones"
    found = False
    for module, call, _ in emits:
        volatile = ".volatile." in call.text().split("(")[0] or ".volatile" in (
            (receiver_of(call) or call).text()
        )
        if volatile or _OFTEN.search(string_value(next(iter(arguments_of(call)), None)) or ""):
            found = True
            now = f"{_event(call)} is {'' if volatile else 'not '}volatile"
            yield row(survey, what, module, call, now, target, why)
    if not found:
        yield absent(what, target, why)


def _event(call: SgNode) -> str:
    given = arguments_of(call)
    return brief(given[0].text()) if given else ""


def _written(call: SgNode) -> str:
    """Return the call without its payload: ``io.to(room).emit("room:left")``."""
    callee = call.field("function")
    return brief(f"{callee.text() if callee is not None else ''}({_event(call)})")
