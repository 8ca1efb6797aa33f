"""The options that the Socket.io server is given, and those it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.advice.additions import last_property, with_properties
from mendbook.advice.advisor import Survey
from mendbook.advice.production_code import Code, brief, member, receiver_of
from mendbook.advice.rows import NOT_FOUND, absent, row
from mendbook.advice.sockets import emissions
from mendbook.advice.values import Reader, number
from mendbook.code.module_text import Module
from mendbook.code.trees import arguments_of, string_value
from mendbook.model import AdviceRow, Proposal

RECOVERY_SOURCE = "https://socket.io/docs/v4/connection-state-recovery"
_BUFFER = 100_000


@dataclass(frozen=True, slots=True)
class _Default:
    """An option of the server: what Socket.io 4.8 takes when it is not given, and a target."""

    key: str
    default: str
    target: str
    why: str
    good: Callable[[float], bool] | None = None
    """Whether a value needs no change."""


_OPTIONS = (
    _Default(
        "pingInterval",
        "25000",
        "25 s",
        "a dead peer is seen after interval + timeout",
        lambda value: 20_000 <= value <= 30_000,
    ),
    _Default(
        "pingTimeout",
        "20000",
        "20 s; longer only for sleeping phones",
        "what a client holds stays taken until the timeout ends",
        lambda value: value <= 20_000,
    ),
    _Default(
        "transports",
        '["polling", "websocket"]',
        '["websocket"], or sticky sessions',
        "polling makes several requests that must reach the same instance",
    ),
    _Default(
        "maxHttpBufferSize",
        "1e6",
        f"the largest event that clients send; {_BUFFER} (100 kB) where none is larger",
        "every connection may make the server hold one packet of this size",
        lambda value: value <= _BUFFER,
    ),
)


def polls(options: SgNode | None) -> bool:
    """Tell whether clients may use long polling, as they may when nothing forbids it."""
    value = member(options, "transports") if options is not None else None
    return value is None or value.kind() != "array" or "polling" in value.text()


def given(
    survey: Survey, reader: Reader, module: Module, options: SgNode | None, patched: bool
) -> Iterator[AdviceRow]:
    """Yield the options that matter at scale, as given or not found."""
    for one in _OPTIONS:
        value = member(options, one.key) if options is not None else None
        if value is not None:
            read = reader.value(module, value)
            now = f"{read.number:g}" if read.number is not None else read.shown
            good = one.good is not None and read.number is not None and one.good(read.number)
            target = "keep" if good else one.target
            yield row(survey, one.key, module, value, now, target, one.why)
        elif one.good is None or not one.good(float(number(one.default) or 0)):
            why = f"{one.why}; Socket.io's default is {one.default}"
            done = int(patched and one.key == "maxHttpBufferSize")
            yield AdviceRow(one.key, None, NOT_FOUND, one.target, why, proposal=done)


def recovery(survey: Survey, module: Module, options: SgNode | None, code: Code) -> AdviceRow:
    """Return whether the state of a lost connection is kept, and whether the adapter can."""
    what = "connectionStateRecovery"
    value = member(options, what) if options is not None else None
    classic = any(code.calls("createAdapter")) and not any(
        code.modules("redis-streams-adapter", "mongo-adapter")
    )
    target = (
        "off, or @socket.io/redis-streams-adapter first" if classic else "on, at most two minutes"
    )
    why = (
        f"the Redis Pub/Sub adapter does not support it ({RECOVERY_SOURCE})"
        if classic
        else f"short losses of the network cost no rejoin ({RECOVERY_SOURCE})"
    )
    if value is None:
        return absent(what, target, why)
    return row(survey, what, module, value, brief(value.text()), target, why)


def namespaces(survey: Survey, code: Code) -> Iterator[AdviceRow]:
    """Yield each namespace where it is first used."""
    what, target = "Namespaces", "one for each domain only if their load or access differs"
    why = "each namespace is one more handshake and one more channel in Redis"
    places: dict[str, tuple[Module, SgNode]] = {}
    for module, call in code.calls("of"):
        base, given = receiver_of(call), arguments_of(call)
        if base is not None and given and emissions.is_server(base):
            name = string_value(given[0]) or brief(given[0].text())
            places.setdefault(name, (module, call))
    for name, (module, call) in places.items():
        yield row(survey, what, module, call, name, target, why)
    if not places:
        yield AdviceRow(what, None, f"{NOT_FOUND}: all on /", target, why)


def proposal(module: Module, options: SgNode | None) -> Proposal | None:
    """Return the patch that limits a packet; None when it is limited or has no line to follow."""
    if options is None or member(options, "maxHttpBufferSize") is not None:
        return None
    last = last_property(options)
    line = f"maxHttpBufferSize: {_BUFFER:_},"
    text = with_properties(module, last, [line]) if last is not None else None
    if text is None:
        return None
    return Proposal(
        finding_id="",
        source="advisor",
        part="sockets",
        summary="Limit a Socket.io packet to 100 kB",
        edits={module.path: text},
        why="The default lets every connection make the server hold a megabyte.",
        risk="A client that sends more than 100 kB at once is disconnected.",
    )
