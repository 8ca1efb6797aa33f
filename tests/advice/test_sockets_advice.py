from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mendbook.advice import sockets
from mendbook.model import AdviceRow, Citation, Skipped
from mendbook.policy.platform import Platform
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
  for (const room of rooms) io.to(room.id).emit("prices", room.prices);
  rooms.forEach((room) => io.to(room.id).volatile.emit("tick"));
  return io.in("lobby").fetchSockets();
}
"""
NGINX = "upstream app {\n  # sticky would be ip_hash\n  ip_hash;\n}\n"
SMALL = Platform("small", ("socket.io",))
ALL = "one packet for every socket of every instance"
LOOP = (
    "one emit to a list of rooms: the same packet goes to each",
    "each pass encodes the packet and publishes it again",
)


def test_every_option_and_hot_path_is_found_with_its_line() -> None:
    """Adapter, options and emissions are told with file and line; what is unset says so."""
    files = {"src/server.ts": SERVER, "deploy/nginx.conf": NGINX}
    found = sockets.advise(survey(files, about("PERF-1", "src/server.ts", line=17), platform=SMALL))
    assert found.rows == (
        AdviceRow(
            "Adapter",
            Citation("src/server.ts", 9),
            "createAdapter of @socket.io/redis-adapter",
            "keep; a separate Redis for Pub/Sub at scale",
            "every packet for several clients is published once and received by every instance",
        ),
        AdviceRow(
            "Adapter clients",
            Citation("src/server.ts", 9),
            "pub and pub.duplicate(); the publisher also goes to listen (src/server.ts:12)",
            "two connections of their own",
            "commands that share the publisher's connection wait behind its broadcasts",
        ),
        AdviceRow(
            "Sticky sessions",
            Citation("deploy/nginx.conf", 3),
            "ip_hash;",
            "on with several instances, by cookie, at the load balancer",
            "long polling needs every request of a session on one instance, else HTTP 400",
        ),
        AdviceRow(
            "maxRetriesPerRequest",
            Citation("src/server.ts", 5),
            "null",
            "1–3 on the request path; null only for subscribers",
            "with ioredis' default of 20 a request waits through twenty reconnections",
        ),
        AdviceRow(
            "pingInterval",
            Citation("src/server.ts", 10),
            "5000",
            "25 s",
            "a dead peer is seen after interval + timeout",
        ),
        AdviceRow(
            "transports",
            None,
            "not found",
            '["websocket"], or sticky sessions',
            "polling makes several requests that must reach the same instance; Socket.io's "
            'default is ["polling", "websocket"]',
        ),
        AdviceRow(
            "maxHttpBufferSize",
            None,
            "not found",
            "the largest event that clients send; 100000 (100 kB) where none is larger",
            "every connection may make the server hold one packet of this size; Socket.io's "
            "default is 1e6",
            proposal=1,
        ),
        AdviceRow(
            "connectionStateRecovery",
            None,
            "not found",
            "off, or @socket.io/redis-streams-adapter first",
            "the Redis Pub/Sub adapter does not support it "
            "(https://socket.io/docs/v4/connection-state-recovery)",
        ),
        AdviceRow(
            "Namespaces",
            Citation("src/server.ts", 13),
            "/admin",
            "one for each domain only if their load or access differs",
            "each namespace is one more handshake and one more channel in Redis",
        ),
        AdviceRow(
            "Broadcast to everybody",
            Citation("src/server.ts", 14),
            'io.emit("clock")',
            "to a room where not everybody needs it",
            ALL,
        ),
        AdviceRow(
            "Emission in a loop",
            Citation("src/server.ts", 16),
            'io.to(room.id).volatile.emit("tick")',
            *LOOP,
            findings=("PERF-1",),
        ),
        AdviceRow(
            "Asks the whole cluster",
            Citation("src/server.ts", 17),
            'io.in("lobby").fetchSockets()',
            "count or list in Redis, or .local where one instance is enough",
            "every instance answers with all its sockets, and the slowest sets the time",
            findings=("PERF-1",),
        ),
        AdviceRow(
            "Volatile",
            Citation("src/server.ts", 14),
            '"clock" is not volatile, sent by setInterval',
            "volatile: the next packet replaces it",
            "a slow client gets the newest value instead of a queue of old ones",
        ),
    )


def test_the_packet_limit_is_added_below_the_last_option() -> None:
    """The offered patch adds one line to the server's options and changes nothing else."""
    (proposal,) = sockets.advise(survey({"src/server.ts": SERVER}, platform=SMALL)).proposals
    assert proposal.edits == {
        "src/server.ts": SERVER.replace(
            "5 * 1000,\n", "5 * 1000,\n    maxHttpBufferSize: 100_000,\n"
        )
    }


def test_how_large_an_event_may_be_is_for_its_team_to_say() -> None:
    """Another platform may send pictures: without a platform no patch limits them."""
    assert sockets.advise(survey({"src/server.ts": SERVER})).proposals == ()


def test_options_on_one_line_are_left_alone() -> None:
    """Where there is no line to add below, there is a row and no patch."""
    text = 'import { Server } from "socket.io";\nexport const io = new Server(8, { cors: {} });\n'
    found = sockets.advise(survey({"src/a.ts": text}, platform=SMALL))
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


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('import { Server } from "socket.io";\nnew Server(80, {\n  pingTimeout: 1,\n});\n', True),
        ("const io = require('socket.io')(http, {\n  pingTimeout: 1,\n});\n", True),
        ("const { Server } = require('socket.io');\nnew Server(8, { pingTimeout: 1 });\n", True),
        ("const s = new (require('socket.io').Server)(8, { pingTimeout: 1 });\n", True),
        ("const make = require('socket.io');\nmake(http, { pingTimeout: 1 });\n", True),
        ("const sio = require('socket.io');\nsio.listen(8, { pingTimeout: 1 });\n", True),
        ('import io from "socket.io";\nio(http, { pingTimeout: 1 });\n', True),
        ('import * as sio from "socket.io";\nnew sio.Server(8, { pingTimeout: 1 });\n', True),
        ('import { Server } from "node:http";\nnew Server({ pingTimeout: 1 });\n', False),
        ('import { io } from "socket.io-client";\nio("/", { pingTimeout: 1 });\n', False),
    ],
)
def test_a_server_is_found_however_it_is_made(source: str, found: bool) -> None:
    """Every form of the documentation counts; another package's Server and a client do not."""
    asked = survey({"app.js": source})
    assert sockets.applies(asked) is found
    rows = sockets.advise(asked).rows if found else ()
    assert [row.now for row in rows if row.what == "pingTimeout"] == (["1"] if found else [])


def test_a_gateway_without_a_server_of_its_own_says_what_is_not_known() -> None:
    """A framework may make the server: the import is quoted, and no row is guessed."""
    text = 'import { Socket } from "socket.io";\nexport class Gateway { join(s: Socket) {} }\n'
    found = sockets.advise(survey({"src/gateway.ts": text}))
    assert found.rows == ()
    assert found.not_run == (
        Skipped(
            "server options",
            "src/gateway.ts:1 imports socket.io, and no call that makes a server",
        ),
    )


LOOPS = """\
import { Server } from "socket.io";
const io = new Server(8);
export function tell(boats, fleet) {
  LOOP
}
"""


@pytest.mark.parametrize(
    ("loop", "target"),
    [
        (
            'for (const boat of boats) io.to(boat.id).emit("closed", fleet);',
            ["one emit to a list of rooms: the same packet goes to each"],
        ),
        (
            'for (const boat of boats) io.to(fleet).emit("moved", boat);',
            ["one emit with a list, once the clients take one"],
        ),
        ('for (const boat of boats) io.to(boat.id).emit("moved", boat.at);', []),
        (
            'boats.forEach((boat) => { const at = find(boat); io.to(fleet).emit("at", at); });',
            ["one emit with a list, once the clients take one"],
        ),
        ('boats.map(({ id, at }) => io.to(id).emit("at", { at }));', []),
        ('io.to(fleet).emit("moved", boats);', []),
    ],
)
def test_a_loop_is_one_emit_only_where_packets_are_alike(loop: str, target: list[str]) -> None:
    """Where receivers and payloads both differ with each pass, nothing is to be saved."""
    rows = sockets.advise(survey({"src/a.ts": LOOPS.replace("LOOP", loop)})).rows
    assert [row.target for row in rows if row.what == "Emission in a loop"] == target


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ('setInterval(() => io.to(fleet).emit("wind", read()), 500);', True),
        ('setInterval(() => io.to(fleet).volatile.emit("wind", read()), 500);', False),
        ('setInterval(() => { if (now !== last) io.to(fleet).emit("wind", now); }, 500);', False),
        ('gauge.on("sample", (at) => { io.to(fleet).emit("wind", at); });', True),
        ('gauge.on("change", (at) => { io.to(fleet).emit("wind", at); });', False),
        ('export const moved = (at) => io.to(fleet).emit("position", at);', False),
    ],
)
def test_only_what_is_sent_again_anyway_may_be_lost(code: str, told: bool) -> None:
    """A value sent on change only must arrive; what a timer sends is replaced by the next one."""
    platform = Platform("boats", ("socket.io",), periodic=("sample",))
    asked = survey({"src/a.ts": LOOPS.replace("LOOP", code)}, platform=platform)
    assert any(row.what == "Volatile" for row in sockets.advise(asked).rows) is told


@settings(deadline=None, max_examples=40)
@given(st.integers(0, len(SERVER)), st.text(max_size=30))
def test_hostile_code_is_read_without_an_error(at: int, text: str) -> None:
    """Whatever stands in a file, the advisor answers."""
    files = {"src/server.ts": SERVER[:at] + text + SERVER[at:], "deploy/x.yml": text}
    assert sockets.advise(survey(files)).title == "Socket.io Scaling Strategy"
