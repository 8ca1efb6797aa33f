"""Advise on Socket.io: the adapter, the options, and what the whole cluster is asked."""

from __future__ import annotations

from mendbook.advice.advisor import Survey
from mendbook.advice.production_code import Code, literal_argument
from mendbook.advice.rows import NOT_FOUND
from mendbook.advice.settings import read_settings
from mendbook.advice.sockets import adapter, emissions, options
from mendbook.advice.sockets.servers import PACKAGE, servers
from mendbook.advice.values import Reader
from mendbook.model import Advice, AdviceRow, Skipped

TITLE = "Socket.io Scaling Strategy"
ADAPTER_SOURCE = "https://socket.io/docs/v4/redis-adapter/"


def applies(survey: Survey) -> bool:
    """Tell whether production code imports Socket.io's server."""
    return bool(Code(survey.snapshot).importer(PACKAGE))


def advise(survey: Survey) -> Advice:
    """Return how Socket.io is set up, and which code asks the whole cluster."""
    code = Code(survey.snapshot)
    reader = Reader(code, read_settings(code))
    first = next(servers(code), None)
    if first is None:
        reason = f"{code.importer(PACKAGE)} imports socket.io, and no call that makes a server"
        summary = "Socket.io is imported, and where its server is made was not found"
        return Advice("sockets", TITLE, summary, (), not_run=(Skipped("server options", reason),))
    module, server = first
    given = literal_argument(server)
    adapters = tuple(adapter.adapters(survey, code))
    uses_redis = bool(code.importer("ioredis", "redis", "@socket.io/redis-adapter"))
    # how large an event may be is for its team to say: the platform's says that none is larger
    proposal = options.proposal(module, given) if survey.platform.packages else None
    rows = (
        *adapters,
        adapter.sticky(survey, code, options.polls(given)),
        *(adapter.retries(survey, reader) if code.importer("ioredis") else ()),
        *options.given(survey, reader, module, given, bool(proposal)),
        options.recovery(survey, module, given, code),
        *options.namespaces(survey, code),
        *emissions.rows(survey, code),
    )
    return Advice(
        advisor="sockets",
        title=TITLE,
        summary=_summary(rows, options.polls(given)),
        rows=rows,
        notes=()
        if not uses_redis
        else (
            "The classic and the sharded Redis adapter use Pub/Sub: what is published while a "
            f"connection to Redis is down is lost ({ADAPTER_SOURCE})",
            "The sharded adapter (Redis 7) does not work with ioredis and a cluster "
            "(README of @socket.io/redis-adapter 8.3); with ioredis, keep createAdapter or take "
            "@socket.io/redis-streams-adapter",
        ),
        proposals=(proposal,) if proposal else (),
    )


def _summary(rows: tuple[AdviceRow, ...], polls: bool) -> str:
    states = {row.what: row.now for row in rows}
    adapted = states.get("Adapter", NOT_FOUND) != NOT_FOUND
    sticky = states.get("Sticky sessions", NOT_FOUND) != NOT_FOUND
    asked = sum(row.what == emissions.CLUSTER for row in rows)
    first = (
        "Broadcasts reach every instance through the adapter"
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
