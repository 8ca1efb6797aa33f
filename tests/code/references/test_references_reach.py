"""Promises about exposure: the events and routes through which outsiders reach code."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reference_cases import finding

from mendbook.code.references import find_references
from mendbook.model import EntryPoint, SymbolStatus
from mendbook.repository.snapshot import Snapshot

SERVER = {
    "rooms.ts": (
        "export class Rooms {\n"
        "  get(id: string) {\n    return this.load(id);\n  }\n"
        "  load(id: string) {\n    return id;\n  }\n"
        "  sweep() {\n    return this.purge();\n  }\n"
        "  purge() {}\n"
        "}\n"
    ),
    "context.ts": (
        'import type { Rooms } from "./rooms.js";\nexport interface Context { rooms: Rooms }\n'
    ),
    "make.ts": (
        'import type { Context } from "./context.js";\n'
        "export function createHandler(\n"
        "  event: string, run: (socket: Socket, context: Context) => Promise<void>,\n) {\n"
        "  return (socket: Socket, context: Context) => () => run(socket, context);\n}\n"
    ),
    "join.ts": (
        'import { createHandler } from "./make.js";\n'
        'export const joinHandler = createHandler("room:join", async (socket, context) => {\n'
        '  context.rooms.get("a");\n});\n'
    ),
    "socket.ts": (
        'import { joinHandler } from "./join.js";\nimport type { Context } from "./context.js";\n'
        "export function start(io: Server, context: Context) {\n"
        "  io.use(check);\n"
        '  io.on("connection", (client) => {\n'
        '    client.on("room:join", joinHandler(client, context));\n'
        '    client.on("room:peek", () => context.rooms.load("a"));\n'
        "  });\n"
        '  worker.on("died", () => context.rooms.sweep());\n'
        "}\n"
        "function check(socket: Socket) {\n  return hash(socket);\n}\n"
        "function hash(socket: Socket) {\n  return socket;\n}\n"
    ),
    "http.ts": (
        'import type { Context } from "./context.js";\n'
        "export async function routes(app: FastifyInstance, context: Context) {\n"
        '  app.get("/rooms/:id", async () => context.rooms.get("a"));\n'
        '  app.route({ method: "POST", url: "/rooms", handler: () => context.rooms.load("a") });\n'
        '  cache.get("a");\n'
        "}\n"
    ),
    "rooms.test.ts": (
        'import { Rooms } from "./rooms.js";\nio.on("x", () => new Rooms().purge());\n'
    ),
    "config.ts": "export const limits = { rooms: 1 };\n",
    "log.ts": 'import { limits } from "./config.js";\nexport const log = make(limits.rooms);\n',
    "use.ts": (
        'import { log } from "./log.js";\n'
        'export const on = (socket: Socket) => socket.on("log", () => log.info());\n'
    ),
}


def reached(*symbols: str, at: str, events: tuple[str, ...] = ()) -> tuple[EntryPoint, ...]:
    """Return the entry points of a finding about ``SERVER``."""
    asked = [finding("F-1", symbols, at, events=events)]
    found = find_references(asked, Snapshot.of(SERVER), provider="syntax")
    return found.entry_points("F-1")


def test_callers_are_followed_up_to_events_and_routes() -> None:
    """Each entry point is named once, with the functions between it and the code."""
    assert reached("Rooms.load", at="rooms.ts") == (
        EntryPoint("GET /rooms/:id", "http.ts", 3, ("Rooms.get", "Rooms.load")),
        EntryPoint("POST /rooms", "http.ts", 4, ("Rooms.load",)),
        EntryPoint(
            'socket event "room:join"',
            "socket.ts",
            6,
            ("joinHandler", "Rooms.get", "Rooms.load"),
            "room:join",
        ),
        EntryPoint('socket event "room:peek"', "socket.ts", 7, ("Rooms.load",), "room:peek"),
    )


def test_middleware_is_reached_by_every_connection() -> None:
    """Code behind ``io.use`` is exposed to whoever connects."""
    assert reached("hash", at="socket.ts") == (
        EntryPoint("every socket connection", "socket.ts", 4, ("check", "hash")),
    )


def test_what_only_timers_workers_and_tests_reach_is_not_exposed() -> None:
    """A worker's event and a test's socket are no way in for outsiders."""
    assert reached("Rooms.purge", at="rooms.ts") == ()


def test_a_value_read_at_start_exposes_nothing() -> None:
    """A constant made from a setting does not lead every log line to the setting."""
    assert reached("limits", at="config.ts") == ()


def test_a_function_that_registers_handlers_is_reached_through_them() -> None:
    """Handlers written inside the code count; an event the finding names narrows them down."""
    everything = reached("start", at="socket.ts")
    assert [one.name for one in everything] == [
        "every socket connection",
        'socket event "connection"',
        'socket event "room:join"',
        'socket event "room:peek"',
    ]
    (narrowed,) = reached("start", at="socket.ts", events=("room:join",))
    assert narrowed == EntryPoint('socket event "room:join"', "socket.ts", 6, (), "room:join")


def test_a_finding_without_symbols_means_the_functions_of_its_files() -> None:
    """A finding about a whole file is exposed as its functions are."""
    assert [one.name for one in reached(at="join.ts")] == ['socket event "room:join"']


def test_a_maker_of_handlers_is_an_entry_where_nothing_else_registers() -> None:
    """``createHandler("room:join", …)`` names its event even when a loop registers it."""
    files = {**SERVER, "socket.ts": "export {};\n"}
    asked = [finding("F-1", ("Rooms.get",), "rooms.ts")]
    found = find_references(asked, Snapshot.of(files), provider="syntax")
    assert EntryPoint('socket event "room:join"', "join.ts", 2, ("Rooms.get",), "room:join") in (
        found.entry_points("F-1")
    )


def test_decorators_of_controllers_are_entry_points() -> None:
    """A method that a decorator makes a route, a message or a job reaches what it calls."""
    files = {
        "src/berths.ts": (
            "export class Berths {\n  free(pier: string) {\n    return pier;\n  }\n}\n"
        ),
        "src/harbour.ts": (
            'import { Berths } from "./berths";\n\n@Controller("harbour")\n'
            "export class Harbour {\n  constructor(private berths: Berths) {}\n\n"
            '  @Get(":pier")\n  @Roles("pilot")\n  one(pier: string) {\n'
            "    return this.berths.free(pier);\n  }\n\n"
            '  @Cron("0 * * * *")\n  nightly() {\n    this.berths.free("a");\n  }\n}\n'
        ),
    }
    about = finding("B-1", ("Berths.free",), "src/berths.ts")
    found = find_references([about], Snapshot.of(files), provider="syntax")
    assert [(one.name, one.via) for one in found.entry_points("B-1")] == [
        ("GET /harbour/:pier", ("Harbour.one", "Berths.free")),
        ("job 0 * * * *", ("Harbour.nightly", "Berths.free")),
    ]


DAIRY = {
    "dairy.js": (
        "const fastify = require('fastify')\n"
        "const slow = limit({\n  max: 20,\n})\n"
        "async function churn (app) {\n"
        "  const taps = open(app)\n"
        "  app.addHook('onClose', () => taps.shut())\n"
        "  app.addHook('preHandler', (req) => taps.weigh(req))\n"
        "}\n"
        "async function vat (app) {\n"
        "  app.addHook('onClose', () => app.drain())\n"
        "}\n"
        "Milk.addHook('beforeCreate', (milk) => cool(milk))\n"
        "function cool (milk) { return milk }\n"
        "app.use('/cheese', slow)\n"
    ),
    "ferry.js": (
        "async function deck (io) {\n"
        "  io.on('connection', (socket) => {\n"
        "    socket.on('board', (data, done) => {\n"
        "      done(tickets.take(data.berth))\n"
        "    })\n"
        "    socket.on('leave', () => tickets.drop())\n"
        "  })\n"
        "}\n"
        "deck(server)\n"
    ),
}


@pytest.mark.parametrize(
    ("file", "line", "symbols", "entries"),
    [
        ("dairy.js", 6, (), ['every HTTP request ("preHandler" hook)']),
        ("dairy.js", 11, (), []),
        ("dairy.js", 14, (), []),
        ("dairy.js", 3, (), ["every HTTP request below /cheese"]),
        ("ferry.js", 4, (), ['socket event "board"']),
        ("ferry.js", 4, ("deck",), ['socket event "board"']),
        (
            "ferry.js",
            1,
            (),
            [f'socket event "{each}"' for each in ("connection", "board", "leave")],
        ),
    ],
)
def test_what_reaches_a_line_is_what_runs_it(
    file: str, line: int, symbols: tuple[str, ...], entries: list[str]
) -> None:
    """A hook of the server's life or of a model is no request; a handler's line is its alone."""
    about = finding("F-1", symbols, file, line=line)
    found = find_references([about], Snapshot.of(DAIRY), provider="syntax").entry_points("F-1")
    assert [one.name for one in found] == entries


def test_a_line_in_a_handler_written_in_place_is_reached_by_its_route_alone() -> None:
    """The function that registers four routes is not what changes, and no other route meets it."""
    files = {
        "src/desk.ts": (
            "import { Router } from 'express'\n"
            "const route = Router()\n"
            "export default (app: Router) => {\n"
            "  app.use('/loans', route)\n"
            "  route.post('/', async (req, res) => {\n"
            "    const copy = find(req.body)\n"
            "    res.json(copy)\n"
            "  })\n"
            "  route.delete('/:copy', async (req, res) => {\n"
            "    res.end()\n"
            "  })\n"
            "}\n"
        ),
        "src/index.ts": "import desk from './desk'\nexport const start = (app) => desk(app)\n",
    }
    found = find_references(
        [finding("POST", (), "src/desk.ts", line=6), finding("USE", (), "src/desk.ts", line=4)],
        Snapshot.of(files),
        provider="syntax",
    )
    assert [each.name for each in found.entry_points("POST")] == ["POST /loans"]
    (post,) = found.by_finding["POST"]
    assert (post.symbol, post.status) == ("POST /", SymbolStatus.EVENT)
    (use,) = found.by_finding["USE"]
    assert (use.symbol, use.status) == ("default", SymbolStatus.RESOLVED)


def test_code_that_has_moved_is_reached_where_it_stands_today() -> None:
    """The audit's number lies in the next handler by now; what it quotes stands in one alone."""
    files = {
        "dock.js": (
            "io.on('connection', (socket) => {\n"
            "  socket.on('moor', async (data, done) => {\n"
            "    await hawser.make_fast()\n"
            "    done()\n"
            "  })\n"
            "  socket.on('tide', (_, done) => {\n"
            "    done(tides.get(socket.berth).toJson())\n"
            "  })\n"
            "})\n"
        )
    }
    about = replace(finding("F-1", (), "dock.js", line=7), evidence="await hawser.make_fast()")
    found = find_references([about], Snapshot.of(files), provider="syntax")
    assert [one.name for one in found.entry_points("F-1")] == ['socket event "moor"']
