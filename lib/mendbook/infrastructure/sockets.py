"""Advise on Socket.io: the adapter, the server's options, and what the cluster is made to carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.infrastructure import emissions
from mendbook.infrastructure.additions import last_property, with_properties
from mendbook.infrastructure.advisor import Survey
from mendbook.infrastructure.reading import (
    NOT_FOUND,
    Code,
    absent,
    bare,
    brief,
    findings_at,
    literal_argument,
    member,
    receiver_of,
    row,
    where,
)
from mendbook.infrastructure.settings import read_settings
from mendbook.infrastructure.values import Reader
from mendbook.model import Advice, AdviceRow, Proposal, Skipped
from mendbook.patches.recipes.workbench.functions import function_around
from mendbook.patches.recipes.workbench.modules import Module, imported, imports
from mendbook.patches.recipes.workbench.tree import find_all
from mendbook.repository.syntax import arguments_of, is_source, string_value

TITLE = "Socket.io Scaling Strategy"
ADAPTER_SOURCE = "https://socket.io/docs/v4/redis-adapter/"
RECOVERY_SOURCE = "https://socket.io/docs/v4/connection-state-recovery"
_PATCH = "infrastructure/sockets/001.patch"
_BUFFER = 100_000
_STICKY = re.compile(
    r"sticky|ip_hash|sessionAffinity|affinity-mode|hash \$remote_addr", re.IGNORECASE
)
_DEPLOYED = re.compile(r"\.(ya?ml|conf|cfg|sh|tf|tpl|toml)$|(^|/)(Dockerfile|Caddyfile)$")


@dataclass(frozen=True, slots=True)
class _Default:
    """An option of the server: what Socket.io 4.8 takes when it is not given, and a target."""

    key: str
    default: str
    target: str
    why: str


_OPTIONS = (
    _Default("pingInterval", "25000", "25 s", "a dead peer is seen after interval + timeout"),
    _Default(
        "pingTimeout",
        "20000",
        "20 s; longer only for sleeping phones",
        "a seat stays taken until the timeout ends",
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
        f"{_BUFFER} (100 kB)",
        "signalling is small; every connection may make the server hold one packet of this size",
    ),
)


def advise(survey: Survey) -> Advice:
    """Return how Socket.io is set up, and which code asks the whole cluster."""
    code = Code(survey.snapshot)
    reader = Reader(code, read_settings(code))
    servers = [
        (module, call)
        for module, call in code.calls("Server")
        if call.kind() == "new_expression" and _is_from(module, "Server", "socket.io")
    ]
    if not servers:
        reason = "no module constructs a Server of socket.io"
        summary = "The code starts no Socket.io server, so there is nothing to scale."
        return Advice("sockets", TITLE, summary, (), not_run=(Skipped("server options", reason),))
    module, server = servers[0]
    options = literal_argument(server)
    adapters = tuple(_adapters(survey, code))
    proposal = _proposal(module, options)
    rows = (
        *adapters,
        _sticky(survey, code, _polls(options)),
        *_retries(survey, reader),
        *_options(survey, reader, module, options, bool(proposal)),
        _recovery(survey, module, options, code),
        *_namespaces(survey, code),
        *emissions.rows(survey, code),
    )
    return Advice(
        advisor="sockets",
        title=TITLE,
        summary=_summary(rows, _polls(options)),
        rows=rows,
        notes=(
            "The classic and the sharded Redis adapter use Pub/Sub: what is published while a "
            f"connection to Redis is down is lost ({ADAPTER_SOURCE})",
            "The sharded adapter (Redis 7) does not work with ioredis and a cluster "
            "(README of @socket.io/redis-adapter 8.3); with ioredis, keep createAdapter or take "
            "@socket.io/redis-streams-adapter",
        ),
        proposals=(proposal,) if proposal else (),
    )


def _summary(rows: tuple[AdviceRow, ...], polls: bool) -> str:
    found = {row.what: row.now for row in rows}
    adapted = found.get("Adapter", NOT_FOUND) != NOT_FOUND
    sticky = found.get("Sticky sessions", NOT_FOUND) != NOT_FOUND
    asked = sum(row.what == emissions.CLUSTER for row in rows)
    first = (
        "Broadcasts reach every instance through the Redis adapter"
        if adapted
        else "There is no adapter, so a broadcast reaches one instance only"
    )
    second = (
        "sticky sessions are configured"
        if sticky
        else "without polling no sticky sessions are needed"
        if not polls
        else "nothing in the repository configures the sticky sessions that polling needs"
    )
    verb = "place asks the whole cluster and waits"
    if asked > 1:
        verb = "places ask the whole cluster and wait"
    return f"{first}, and {second}{f'; {asked} {verb}' if asked else ''}"


def _is_from(module: Module, name: str, package: str) -> bool:
    found = imported(module, name)
    return found is not None and found.specifier == package


# --- adapter -----------------------------------------------------------------------------------


def _adapters(survey: Survey, code: Code) -> Iterator[AdviceRow]:
    what = "Adapter"
    target = "keep; a separate Redis for Pub/Sub at scale"
    why = "every packet for several clients is published once and received by every instance"
    found = False
    for module, call in code.calls("createAdapter", "createShardedAdapter"):
        found = True
        callee = call.text().split("(")[0].rsplit(".", 1)[-1]
        source = imported(module, callee)
        package = f" of {source.specifier}" if source is not None else ""
        yield row(survey, what, module, call, f"{callee}{package}", target, why)
        yield from _clients(survey, module, call)
    if not found:
        yield absent(what, "@socket.io/redis-adapter", why)


def _clients(survey: Survey, module: Module, call: SgNode) -> Iterator[AdviceRow]:
    given = [brief(bare(node).text()) for node in arguments_of(call)[:2]]
    if not given:
        return
    others = _other_uses(module, call, given[0])
    shared = f"; the publisher also goes to {', '.join(others)}" if others else ""
    yield row(
        survey,
        "Adapter clients",
        module,
        call,
        f"{' and '.join(given)}{shared}",
        "two connections of their own, with error listeners",
        "commands that share the publisher's connection wait behind its broadcasts",
    )


def _other_uses(module: Module, adapter: SgNode, client: str) -> list[str]:
    """Return the calls beside ``adapter`` in the same function that are given ``client`` too."""
    scope = function_around(adapter) or module.root
    return list(
        dict.fromkeys(
            f"{call.text().split('(')[0].rsplit('.', 1)[-1]} ({where(module, call)})"
            for call in find_all(scope, "call_expression", "new_expression")
            if call != adapter and client in [bare(one).text() for one in arguments_of(call)]
        )
    )


def _polls(options: SgNode | None) -> bool:
    """Tell whether clients may use long polling, as they may when nothing forbids it."""
    value = member(options, "transports") if options is not None else None
    return value is None or value.kind() != "array" or "polling" in value.text()


def _sticky(survey: Survey, code: Code, polls: bool) -> AdviceRow:
    what = "Sticky sessions"
    target = "on, by cookie, at the load balancer" if polls else "not needed without polling"
    why = "long polling needs every request of a session on one instance, else HTTP 400"
    for module in code.modules("@socket.io/sticky"):
        for one in imports(module):
            if one.specifier == "@socket.io/sticky":
                return row(survey, what, module, one.node, "@socket.io/sticky", target, why)
    for path in code.snapshot.files:
        if is_source(path) or not _DEPLOYED.search(path):
            continue
        for number, line in enumerate(code.snapshot.text(path).splitlines(), 1):
            if _STICKY.search(line) and not line.lstrip().startswith(("#", "//")):
                return AdviceRow(what, f"{path}:{number}", brief(line), target, why)
    return absent(what, target, why)


def _retries(survey: Survey, reader: Reader) -> Iterator[AdviceRow]:
    what = "maxRetriesPerRequest"
    target = "1–3 on the request path; null only for subscribers"
    why = "with ioredis' default of 20 a request waits through twenty reconnections"
    found = False
    for module, call in reader.code.calls("Redis", "Cluster"):
        options = literal_argument(call) if call.kind() == "new_expression" else None
        value = member(options, what) if options is not None else None
        if value is not None:
            found = True
            read = reader.value(module, value)
            ids = findings_at(survey, module, value)
            yield AdviceRow(what, where(module, value), read.shown, target, why, findings=ids)
    if not found:
        yield absent(what, target, why)


# --- the server's options ----------------------------------------------------------------------


def _options(
    survey: Survey, reader: Reader, module: Module, options: SgNode | None, patched: bool
) -> Iterator[AdviceRow]:
    for one in _OPTIONS:
        value = member(options, one.key) if options is not None else None
        if value is not None:
            read = reader.value(module, value)
            now = f"{read.number:g}" if read.number is not None else read.shown
            yield row(survey, one.key, module, value, now, one.target, one.why)
        else:
            why = f"{one.why}; Socket.io's default is {one.default}"
            patch = _PATCH if patched and one.key == "maxHttpBufferSize" else ""
            yield AdviceRow(one.key, "", NOT_FOUND, one.target, why, patch=patch)


def _recovery(survey: Survey, module: Module, options: SgNode | None, code: Code) -> AdviceRow:
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


def _namespaces(survey: Survey, code: Code) -> Iterator[AdviceRow]:
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
        yield AdviceRow(what, "", f"{NOT_FOUND}: all on /", target, why)


def _proposal(module: Module, options: SgNode | None) -> Proposal | None:
    if options is None or member(options, "maxHttpBufferSize") is not None:
        return None
    last = last_property(options)
    line = f"maxHttpBufferSize: {_BUFFER:_},"
    text = with_properties(module, last, [line]) if last is not None else None
    if text is None:
        return None
    return Proposal(
        finding_id="",
        source="advisor:sockets",
        summary="Limit a Socket.io packet to 100 kB",
        edits={module.path: text},
        why="The default lets every connection make the server hold a megabyte.",
        risk="A client that sends more than 100 kB at once is disconnected.",
    )
