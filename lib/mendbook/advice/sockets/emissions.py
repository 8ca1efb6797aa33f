"""What the code sends: to everybody, one by one in loops, or after asking the whole cluster."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ast_grep_py import SgNode

from mendbook.advice.advisor import Survey
from mendbook.advice.production_code import Code, brief, receiver_of
from mendbook.advice.rows import row
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.code.trees import FUNCTIONS, arguments_of, callee_name, string_value
from mendbook.model import AdviceRow

CLUSTER = "Asks the whole cluster"
_SERVER = re.compile(r"(^|\.)(io|ioServer|socketServer|nsp|namespace)$", re.IGNORECASE)
_SOCKET = re.compile(r"(^|\.)\w*(socket|client)\w*$", re.IGNORECASE)
_LOOPS = {"for_statement", "for_in_statement", "while_statement", "do_statement"}
_EACH = {"forEach", "map", "flatMap"}


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
                "to a room where not everybody needs it",
                "one packet for every socket of every instance",
            )


def _in_loops(survey: Survey, emits: list[tuple[Module, SgNode, SgNode]]) -> Iterator[AdviceRow]:
    """Yield the emissions in loops that could be one: by the receivers or by the payloads.

    Where both differ with each pass, each packet is another, and nothing is to be saved.
    """
    for module, call, _ in emits:
        loop = _loop(call)
        if loop is None:
            continue
        own = _own_names(loop, call)
        receiver, given = receiver_of(call), arguments_of(call)
        to_many = receiver is not None and _mentions(receiver, own)
        many = any(_mentions(one, own) for one in given)
        if to_many and not many:
            target = "one emit to a list of rooms: the same packet goes to each"
            why = "each pass encodes the packet and publishes it again"
        elif many and not to_many:
            target = "one emit with a list, once the clients take one"
            why = "each pass is a packet of its own to the same receivers"
        else:
            continue
        yield row(survey, "Emission in a loop", module, call, _written(call), target, why)


def _loop(call: SgNode) -> SgNode | None:
    """Return what makes ``call`` run many times in its function: a loop, or a ``forEach``."""
    for outer in call.ancestors():
        if outer.kind() in _LOOPS:
            return outer
        if outer.kind() in FUNCTIONS:
            given = outer.parent()
            holder = given.parent() if given is not None and given.kind() == "arguments" else None
            return outer if holder is not None and callee_name(holder) in _EACH else None
    return None


def _own_names(loop: SgNode, call: SgNode) -> frozenset[str]:
    """Return the names that each pass of ``loop`` binds anew, as far as ``call`` can see them."""
    binders = [loop.field("left"), loop.field("parameter"), loop.field("parameters")]
    binders += [
        holder.field("name")
        for holder in find_all(loop, "variable_declarator")
        if holder.range().start.index < call.range().start.index
    ]
    kinds = ("identifier", "shorthand_property_identifier_pattern")
    return frozenset(
        name.text()
        for binder in binders
        if binder is not None
        for name in ([binder] if binder.kind() == "identifier" else find_all(binder, *kinds))
    )


def _mentions(node: SgNode, names: frozenset[str]) -> bool:
    kinds = ("identifier", "shorthand_property_identifier")
    inside = [node] if node.kind() in kinds else find_all(node, *kinds)
    return any(one.text() in names for one in inside)


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
    """Yield what is sent at a fixed interval and not volatile.

    An event that is sent on change only must arrive: nothing sends it again.
    """
    for module, call, _ in emits:
        volatile = ".volatile" in (receiver_of(call) or call).text()
        timer = _timer(call, survey.platform.periodic)
        if timer is not None and not volatile and not _guarded(call, timer):
            yield row(
                survey,
                "Volatile",
                module,
                call,
                f"{_event(call)} is not volatile, sent by {brief(timer.text().split('(')[0])}",
                "volatile: the next packet replaces it",
                "a slow client gets the newest value instead of a queue of old ones",
            )


def _timer(call: SgNode, periodic: Sequence[str]) -> SgNode | None:
    """Return the call that runs ``call`` at a fixed interval, in its own function, or None."""
    for outer in call.ancestors():
        if outer.kind() not in FUNCTIONS:
            continue
        given = outer.parent()
        holder = given.parent() if given is not None and given.kind() == "arguments" else None
        if holder is None:
            return None
        name, first = callee_name(holder), next(iter(arguments_of(holder)), None)
        if name == "setInterval" or (name == "on" and string_value(first) in periodic):
            return holder
        if name not in _EACH:
            return None
    return None


def _guarded(call: SgNode, timer: SgNode) -> bool:
    """Tell whether ``call`` depends on a comparison below ``timer``: then it is sent on change."""
    for outer in call.ancestors():
        if outer == timer:
            break
        condition = outer.field("condition") if outer.kind() == "if_statement" else None
        if condition is not None and re.search(r"!==?|\bchanged\b|[<>]", condition.text()):
            return True
    function = next((one for one in call.ancestors() if one.kind() in FUNCTIONS), None)
    # an early return before it is a condition, too
    return function is not None and any(
        one.range().start.index < call.range().start.index
        for one in find_all(function, "return_statement")
    )


def _event(call: SgNode) -> str:
    given = arguments_of(call)
    return brief(given[0].text()) if given else ""


def _written(call: SgNode) -> str:
    """Return the call without its payload: ``io.to(room).emit("room:left")``."""
    callee = call.field("function")
    return brief(f"{callee.text() if callee is not None else ''}({_event(call)})")
