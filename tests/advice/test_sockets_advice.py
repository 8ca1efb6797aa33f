from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mendbook.advice import sockets
from mendbook.model import AdviceRow, Skipped
from surveyed import about, survey

SERVER = """\
import { createAdapter } from "@socket.io/redis-adapter";
import { Redis } from "ioredis";
import { Server } from "socket.io";

const pub = new Redis({ maxRetriesPerRequest: null });

export function serve(http: unknown) {
  const io = new Server(http, {
    adapter: createAdapter(pub, pub.duplicate()),
    pingInterval: 5 * 1000,
  });
  listen(io, pub);
  io.of("/admin").on("connection", () => {});
  setInterval(() => io.emit("clock", Date.now()), 1000);
  for (const room of rooms) io.to(room.id).emit("speakers", room.levels);
  rooms.forEach((room) => io.to(room.id).volatile.emit("tick"));
  return io.in("lobby").fetchSockets();
}
"""
NGINX = "upstream app {\n  # sticky would be ip_hash\n  ip_hash;\n}\n"
ALL = "one packet for every socket of every instance"
LOOP = (
    "one emit to a room or to a list of rooms",
    "each pass encodes the packet and publishes it again",
)
VOLATILE = (
    "volatile for what the next packet replaces",
    "a slow client gets the newest level instead of a queue of old ones",
)


def test_every_option_and_hot_path_is_found_with_its_line() -> None:
    """Adapter, options and emissions are told with file and line; what is unset says so."""
    files = {"src/server.ts": SERVER, "deploy/nginx.conf": NGINX}
    found = sockets.advise(survey(files, about("PERF-1", "src/server.ts", line=17)))
    assert found.rows == (
        AdviceRow(
            "Adapter",
            "src/server.ts:9",
            "createAdapter of @socket.io/redis-adapter",
            "keep; a separate Redis for Pub/Sub at scale",
            "every packet for several clients is published once and received by every instance",
        ),
        AdviceRow(
            "Adapter clients",
            "src/server.ts:9",
            "pub and pub.duplicate(); the publisher also goes to listen (src/server.ts:12)",
            "two connections of their own, with error listeners",
            "commands that share the publisher's connection wait behind its broadcasts",
        ),
        AdviceRow(
            "Sticky sessions",
            "deploy/nginx.conf:3",
            "ip_hash;",
            "on, by cookie, at the load balancer",
            "long polling needs every request of a session on one instance, else HTTP 400",
        ),
        AdviceRow(
            "maxRetriesPerRequest",
            "src/server.ts:5",
            "null",
            "1–3 on the request path; null only for subscribers",
            "with ioredis' default of 20 a request waits through twenty reconnections",
        ),
        AdviceRow(
            "pingInterval",
            "src/server.ts:10",
            "5000",
            "25 s",
            "a dead peer is seen after interval + timeout",
        ),
        AdviceRow(
            "pingTimeout",
            "",
            "not found",
            "20 s; longer only for sleeping phones",
            "a seat stays taken until the timeout ends; Socket.io's default is 20000",
        ),
        AdviceRow(
            "transports",
            "",
            "not found",
            '["websocket"], or sticky sessions',
            "polling makes several requests that must reach the same instance; Socket.io's "
            'default is ["polling", "websocket"]',
        ),
        AdviceRow(
            "maxHttpBufferSize",
            "",
            "not found",
            "100000 (100 kB)",
            "signalling is small; every connection may make the server hold one packet of this "
            "size; Socket.io's default is 1e6",
            patch="infrastructure/sockets/001.patch",
        ),
        AdviceRow(
            "connectionStateRecovery",
            "",
            "not found",
            "off, or @socket.io/redis-streams-adapter first",
            "the Redis Pub/Sub adapter does not support it "
            "(https://socket.io/docs/v4/connection-state-recovery)",
        ),
        AdviceRow(
            "Namespaces",
            "src/server.ts:13",
            "/admin",
            "one for each domain only if their load or access differs",
            "each namespace is one more handshake and one more channel in Redis",
        ),
        AdviceRow(
            "Broadcast to everybody",
            "src/server.ts:14",
            'io.emit("clock")',
            "to a room, or volatile and rare",
            ALL,
        ),
        AdviceRow(
            "Emission in a loop", "src/server.ts:15", 'io.to(room.id).emit("speakers")', *LOOP
        ),
        AdviceRow(
            "Emission in a loop",
            "src/server.ts:16",
            'io.to(room.id).volatile.emit("tick")',
            *LOOP,
            findings=("PERF-1",),
        ),
        AdviceRow(
            "Asks the whole cluster",
            "src/server.ts:17",
            'io.in("lobby").fetchSockets()',
            "count or list in Redis, or .local where one instance is enough",
            "every instance answers with all its sockets, and the slowest sets the time",
            findings=("PERF-1",),
        ),
        AdviceRow("Volatile", "src/server.ts:15", '"speakers" is not volatile', *VOLATILE),
        AdviceRow(
            "Volatile",
            "src/server.ts:16",
            '"tick" is volatile',
            *VOLATILE,
            findings=("PERF-1",),
        ),
    )


def test_the_packet_limit_is_added_below_the_last_option() -> None:
    """The offered patch adds one line to the server's options and changes nothing else."""
    (proposal,) = sockets.advise(survey({"src/server.ts": SERVER})).proposals
    assert proposal.edits == {
        "src/server.ts": SERVER.replace(
            "5 * 1000,\n", "5 * 1000,\n    maxHttpBufferSize: 100_000,\n"
        )
    }


def test_options_on_one_line_are_left_alone() -> None:
    """Where there is no line to add below, there is a row and no patch."""
    text = 'import { Server } from "socket.io";\nexport const io = new Server(8, { cors: {} });\n'
    found = sockets.advise(survey({"src/a.ts": text}))
    assert found.proposals == ()
    assert found.summary == (
        "There is no adapter, so a broadcast reaches one instance only, and nothing in the "
        "repository configures the sticky sessions that polling needs"
    )


def test_without_polling_no_sticky_sessions_are_asked_for() -> None:
    """A server that speaks WebSocket alone needs no stickiness, and is told so."""
    text = (
        'import { Server } from "socket.io";\n'
        'export const io = new Server(8, {\n  transports: ["websocket"],\n});\n'
    )
    found = sockets.advise(survey({"src/a.ts": text}))
    assert [row.target for row in found.rows if row.what == "Sticky sessions"] == [
        "not needed without polling"
    ]
    assert found.summary.endswith("without polling no sticky sessions are needed")


def test_another_server_is_not_taken_for_socket_io() -> None:
    """Only a Server imported from socket.io counts."""
    text = 'import { Server } from "node:http";\nnew Server({ pingInterval: 1 });\n'
    assert sockets.advise(survey({"src/a.ts": text})).not_run == (
        Skipped("server options", "no module constructs a Server of socket.io"),
    )


@settings(deadline=None, max_examples=40)
@given(st.integers(0, len(SERVER)), st.text(max_size=30))
def test_hostile_code_is_read_without_an_error(at: int, text: str) -> None:
    """Whatever stands in a file, the advisor answers."""
    files = {"src/server.ts": SERVER[:at] + text + SERVER[at:], "deploy/x.yml": text}
    assert sockets.advise(survey(files)).title == "Socket.io Scaling Strategy"
