"""Every advisor speaks of a harbour as of any other platform: its rows, literally."""

from __future__ import annotations

import pytest

from mendbook.advice import commands, workers
from mendbook.advice.advise import ADVISORS
from mendbook.model import Advice
from surveyed import about, survey

PACKAGE = """\
{
  "name": "harbour",
  "scripts": {"test": "vitest run"},
  "dependencies": {"ioredis": "5.4.1", "socket.io": "4.8.0", "prom-client": "15.1.3"},
  "devDependencies": {"vitest": "2.1.0"}
}
"""
TIDES = """\
import Redis from "ioredis";

const store = new Redis(process.env.TIDES_URL);

export async function remember(port: string, height: number): Promise<void> {
  await store.set(`tide:${port}`, String(height));
  await store.rpush("tide:log", String(height));
}

export async function forgetAll(): Promise<void> {
  for (const key of await store.keys("tide:*")) await store.del(key);
}
"""
BOARD = """\
import { createServer } from "node:http";
import { Server } from "socket.io";
import { remember } from "./tides.js";

const http = createServer();
const board = new Server(http, { pingInterval: 5000 });

board.on("connection", (ship) => {
  ship.on("tide:report", async ({ port, height }) => {
    await remember(port, height);
    board.emit("tide:changed", port);
  });
});
http.listen(8080);
"""
COUNTS = """\
import { Counter } from "prom-client";

export const reports = new Counter({
  name: "tide_reports_total",
  help: "Tides reported",
  labelNames: ["port"],
});
"""


def told() -> dict[str, Advice]:
    """Return what the advisors that apply say of the harbour."""
    files = {
        "package.json": PACKAGE,
        "src/tides.ts": TIDES,
        "src/board.ts": BOARD,
        "src/counts.ts": COUNTS,
    }
    asked = survey(files, about("H-1", "src/tides.ts", 11))
    return {one.name: one.advise(asked) for one in ADVISORS if one.applies(asked)}


def test_only_those_speak_whose_subject_is_there() -> None:
    """A harbour has no media workers."""
    assert list(told()) == ["sockets", "redis", "metrics", "dependencies", "tests", "commands"]


def test_a_store_is_known_by_what_it_is_made_of() -> None:
    """Neither its name nor a type says that it is Redis: its constructor does."""
    rows = [(row.what, row.spot, row.now, row.findings) for row in told()["redis"].rows]
    assert rows == [
        ("KEYS", "src/tides.ts:11", 'store.keys("tide:*")', ("H-1",)),
        ("Time to live of tide:*", "src/tides.ts:6", "SET without expiry", ()),
        ("Growth of tide:log", "src/tides.ts:7", "RPUSH; nothing takes from it or cuts it", ()),
    ]


def test_sockets_are_told_by_setting() -> None:
    """What is set stands with its line, what is not is said to be missing."""
    rows = {row.what: (row.spot, row.now) for row in told()["sockets"].rows}
    assert rows["pingInterval"] == ("src/board.ts:6", "5000")
    assert rows["Adapter"] == ("", "not found")


def test_a_collector_that_nothing_sets_is_told() -> None:
    """The one that is registered, with its labels."""
    rows = [(row.what, row.spot, row.now, row.target) for row in told()["metrics"].rows]
    now = "Counter, label port; no code sets it"
    assert rows == [("tide_reports_total", "src/counts.ts:3", now, "set it, or remove it")]


def test_packages_tests_and_checks_are_the_harbours_own() -> None:
    """Each package with its use, the files without a test, and the check that there is."""
    advice = told()
    assert [(row.what, row.now) for row in advice["dependencies"].rows] == [
        ("ioredis", "dependencies, 5.4.1; production: src/tides.ts:1"),
        ("socket.io", "dependencies, 4.8.0; production: src/board.ts:2"),
        ("prom-client", "dependencies, 15.1.3; production: src/counts.ts:1"),
        ("vitest", "devDependencies, 2.1.0; build: package.json:3"),
    ]
    (untested,) = advice["tests"].rows
    assert untested.now == "3 of 3 files without: tides.ts, board.ts, counts.ts"
    assert [row.what for row in advice["commands"].rows] == ["npm run test"]


@pytest.mark.parametrize(
    ("files", "lines"),
    [
        (
            {"Cargo.toml": '[package]\nname = "press"\n', "src/main.rs": "fn main() {}\n"},
            ["# Static analysis of Rust code", "cargo audit  # known vulnerabilities",
             "cargo clippy  # lints of the compiler's own"],
        ),
        (
            {"composer.json": '{"require": {"php": "8.3"}}'},
            ["# Static analysis of PHP code", "composer audit  # known vulnerabilities"],
        ),
        (
            {"Mill/Mill.csproj": "<Project/>"},
            ["# Static analysis of .NET code",
             "dotnet list package --vulnerable --include-transitive  # known vulnerabilities"],
        ),
        (
            {"Gemfile": 'gem "rails"\n'},
            ["# Static analysis of Ruby code",
             "bundle audit check --update  # known vulnerabilities"],
        ),
    ],
    ids=["an orchard in Rust", "a clinic in PHP", "a mill in .NET", "a ferry in Ruby"],
)  # fmt: skip
def test_each_stack_is_told_its_own_analyses(files: dict[str, str], lines: list[str]) -> None:
    """No command of another stack stands among them."""
    told = commands.advise(survey(files)).commands
    assert [line for line in told if line in lines] == lines
    assert [line for line in told if line.startswith("# Static analysis")] == lines[:1]


QUAY_CAMERAS = """\
import { createWorker } from "mediasoup";
import { z } from "zod";

const settings = z
  .object({
    CAMERA_WORKERS: z.coerce.number().default(3),
    ROUTERS_PER_WORKER: z.coerce.number().default(8),
    PEERS_PER_ROUTER: z.coerce.number().default(40),
  })
  .parse(process.env);

export async function watchQuay(cranes: string[]): Promise<void> {
  if (cranes.length > settings.ROUTERS_PER_WORKER) throw new Error("too many cranes");
  const worker = await createWorker({ logLevel: "warn" });
  await worker.createWebRtcServer({ listenInfos: [] });
}
"""


def test_media_workers_are_advised_where_they_show_cranes() -> None:
    """The settings of a quay's cameras, each with its line and what the code compares with it."""
    manifest = '{"dependencies": {"mediasoup": "3.14.0"}}'
    told = workers.advise(survey({"package.json": manifest, "src/quay.ts": QUAY_CAMERAS}))
    assert {row.what: (row.spot, row.now) for row in told.rows} == {
        "Worker count": ("src/quay.ts:6", "CAMERA_WORKERS, default 3"),
        "Routers per worker": (
            "src/quay.ts:7",
            "ROUTERS_PER_WORKER, default 8; checked at src/quay.ts:13",
        ),
        "Listeners per router": ("src/quay.ts:8", "PEERS_PER_ROUTER, default 40"),
        "CPU update interval": ("", "not found"),
        "Worker restart backoff": ("", "not found"),
        "WebRtcServer": ("src/quay.ts:15", "created"),
        "RTC ports": ("", "not found"),
        "Worker log level": ("src/quay.ts:14", '"warn"'),
    }
