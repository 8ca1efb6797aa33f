from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mendbook.advice import workers
from mendbook.advice.workers import capacity
from mendbook.advice.workers.capacity import WorkerCapacity
from mendbook.model import AdviceRow, Citation, Measurement, Profiles
from mendbook.policy.platform import CapacitySettings, Platform
from surveyed import about, survey

CONFIG = """\
import { cpus } from "node:os";
import { z } from "zod";

const schema = z.object({
  WORKERS: z.coerce.number().default(cpus().length),
  ROOMS_PER_WORKER: z.coerce.number().default(50),
  MIN_PORT: z.coerce.number().default(40_000),
  MAX_PORT: z.coerce.number().default(40_099),
  ROOM_SEATS: z.coerce.number().default(5),
});

export const config = schema.parse(process.env);
"""
POOL = """\
import { createWorker } from "mediasoup";
import { config } from "./config.js";

const BACKOFF_MS = [500, 1000];

export class Pool {
  constructor(private readonly options: { level: string; limit: number }) {}

  async start() {
    const worker = await createWorker({
      logLevel: this.options.level,
      rtcMinPort: config.MIN_PORT,
      rtcMaxPort: config.MAX_PORT,
    });
    worker.once("died", () => this.restart(0));
    setInterval(() => this.sample(), 5 * 1000);
  }

  full(rooms: number) {
    return rooms >= this.options.limit;
  }

  private restart(attempt: number) {
    setTimeout(() => void this.start(), BACKOFF_MS[attempt]);
  }

  private async sample() {
    await this.worker.getResourceUsage();
  }
}

export const pool = new Pool({ level: "debug", limit: config.ROOMS_PER_WORKER });
"""
PLATFORM = Platform(
    "calls",
    ("mediasoup",),
    capacity=CapacitySettings(
        members="SEATS", cpu="media_worker_cpu_percent", load="media_consumers"
    ),
)
FILES = {"src/config.ts": CONFIG, "src/pool.ts": POOL, ".env.example": "PORT=1\nWORKERS=2\n"}
BACK = "workers that die together must not come back together, nor stay away for good"


def test_every_setting_is_read_where_it_is_written() -> None:
    """Each row says the value in the code, through options and settings, and its file and line."""
    found = workers.advise(
        survey(FILES, about("ARCH-1", "src/pool.ts", symbol="Pool.restart"), platform=PLATFORM)
    )
    assert found.rows == (
        AdviceRow(
            "Worker count",
            Citation("src/config.ts", 5),
            "WORKERS, default cpus().length (2 in .env.example:2)",
            "fixed by load, at most cores − 1: 7 on 8 cores",
            "a worker is one process on one core; os.cpus() counts the host's cores, whatever a "
            "container may use",
        ),
        AdviceRow(
            "Routers per worker",
            Citation("src/config.ts", 6),
            "ROOMS_PER_WORKER, default 50; checked at src/pool.ts:20",
            "benchmark to tune; 25 full rooms by the model (20 consumers each)",
            "50 full rooms are 1,000 consumers on one core, against 500",
        ),
        AdviceRow(
            "CPU update interval",
            Citation("src/pool.ts", 16),
            "5 s",
            "30 s at scale",
            "each reading is a request to every worker; an alert over 5 minutes needs no more",
        ),
        AdviceRow(
            "Worker restart backoff",
            Citation("src/pool.ts", 4),
            "0.5 s, 1 s",
            "1 s, 2 s, 4 s, capped, with jitter; the count reset after a stable run",
            BACK,
            findings=("ARCH-1",),
        ),
        AdviceRow(
            "Worker restart retries",
            Citation("src/pool.ts", 4),
            "2",
            "count reset after a stable run; alert on the last",
            "a worker that gave up is capacity lost until somebody restarts the process",
            findings=("ARCH-1",),
        ),
        AdviceRow(
            "WebRtcServer",
            None,
            "not found",
            "one for each worker",
            "all transports of a worker share one port, so firewalls open few and none run out",
        ),
        AdviceRow(
            "RTC ports",
            Citation("src/config.ts", 7),
            "40000–40099: 100 ports (MIN_PORT, default 40_000; MAX_PORT, default 40_099)",
            "at least 1,400 on 8 cores; too few",
            "without a WebRtcServer each transport takes a port, and a peer has 2; the range is "
            "the host's, shared by its workers",
        ),
        AdviceRow(
            "Worker log level",
            Citation("src/pool.ts", 32),
            '"debug"',
            "warn in production, few logTags",
            "every line crosses a pipe to Node.js; debug is for one worker at a time",
        ),
    )


def test_a_literal_interval_is_offered_at_thirty_seconds() -> None:
    """A period written in place is changed by a patch; nothing else in the file is."""
    text = POOL.replace("5 * 1000", "10_000")
    found = workers.advise(survey({"src/pool.ts": text}))
    assert [one.edits for one in found.proposals] == [
        {"src/pool.ts": text.replace("10_000", "30_000")}
    ]
    assert [row.proposal for row in found.rows if row.what == "CPU update interval"] == [1]


def test_exponential_backoff_is_shown_with_its_numbers() -> None:
    """A wait that is computed is shown as written, its constants replaced by their values."""
    text = (
        'import * as mediasoup from "mediasoup";\n'
        "const MAX_RETRIES = 3;\nconst BASE_MS = 1000;\n"
        "async function back() {\n"
        "  for (let attempt = 1; attempt <= MAX_RETRIES; attempt++) {\n"
        "    const delay = BASE_MS * 2 ** attempt;\n"
        "    await new Promise((done) => setTimeout(done, delay));\n    await start();\n  }\n}\n"
        "export async function start() {\n  const worker = await mediasoup.createWorker();\n"
        '  worker.on("died", () => back());\n}\n'
    )
    rows = workers.advise(survey({"src/a.ts": text})).rows
    shown = [(row.spot, row.now) for row in rows if row.what.startswith("Worker restart")]
    assert shown == [("src/a.ts:6", "1000 * 2 ** attempt ms"), ("src/a.ts:2", "3")]


@pytest.mark.parametrize(
    ("text", "applies"),
    [
        ('import { createWorker } from "mediasoup";\n', True),
        ("const mediasoup = require('mediasoup');\n", True),
        ('import type { types } from "mediasoup/node/lib/types";\n', True),
        ('// import { createWorker } from "mediasoup"\nexport const a = 1;\n', False),
        ('import { Device } from "mediasoup-client";\n', False),
        ('import { createWorker } from "tesseract.js";\ncreateWorker();\n', False),
    ],
)
def test_only_a_target_with_mediasoup_hears_of_workers(text: str, applies: bool) -> None:
    """A worker of another library is none of mediasoup's."""
    assert workers.applies(survey({"src/a.ts": text})) is applies


RESTARTS = """\
import * as mediasoup from "mediasoup";
import { setTimeout as sleep } from "node:timers/promises";

async function portIsFree(port: number) {
  while (await taken(port)) await new Promise((done) => setTimeout(done, 250));
}
async function start() {
  const worker = await mediasoup.createWorker();
  worker.on("died", DIED);
}
"""


@pytest.mark.parametrize(
    ("handler", "now"),
    [
        ("() => setTimeout(start, 3_000)", "3 s"),
        ("async () => { await sleep(2_000); await start(); }", "2 s"),
        ("async () => { await portIsFree(1); await start(); }", "no wait before a restart"),
        ("() => start()", "no wait before a restart"),
        ("() => { setTimeout(() => process.exit(1), 2_000); }", "starts no worker again"),
    ],
)
def test_a_wait_for_something_else_is_no_backoff(handler: str, now: str) -> None:
    """Only a wait after which a worker is created keeps workers from coming back together."""
    rows = workers.advise(survey({"src/a.ts": RESTARTS.replace("DIED", handler)})).rows
    assert [row.now for row in rows if row.what == "Worker restart backoff"] == [now]


def test_the_capacity_table_is_the_model_worked_out() -> None:
    """Hosts follow from cores, consumers and sources by the formula that the notes give."""
    assert capacity.table(capacity.worked_out(WorkerCapacity(heard=5, members=5))) == (
        "cores,workers,full_rooms,listeners,"
        "hosts_for_10000,hosts_for_100000,hosts_for_1000000\n"
        "4,3,75,300,34,334,3334\n"
        "8,7,175,700,15,143,1429\n"
        "16,15,375,1500,7,67,667\n"
        "32,31,775,3100,4,33,323\n"
    )


def test_measured_cpu_replaces_the_guidance() -> None:
    """Two workers at 20 % each with 150 consumers between them carry 300 each at 80 %."""
    scrape = (
        Measurement("m", "media_worker_cpu_percent", 20.0, "", {"worker_pid": "1"}),
        Measurement("m", "media_worker_cpu_percent", 20.0, "", {"worker_pid": "2"}),
        Measurement("m", "media_consumers", 150.0, ""),
    )
    found = workers.advise(survey(FILES, profiles=Profiles(measurements=scrape), platform=PLATFORM))
    assert found.not_run == ()
    assert found.notes[1] == "Consumers per worker: 300, measured, scaled to 80 % of a core"


@given(st.integers(1, 10_000), st.integers(1, 100), st.integers(1, 128), st.integers(0, 10**7))
def test_the_hosts_always_suffice(consumers: int, heard: int, cores: int, crowd: int) -> None:
    """The hosts that the model asks for hold the audience, and one fewer would not."""
    model = WorkerCapacity(heard, heard, consumers)
    hosts = model.hosts(crowd, cores)
    assert (
        (hosts - 1) * model.listeners(cores)
        < max(crowd, 1)
        <= max(hosts * model.listeners(cores), 1)
    )


@settings(deadline=None, max_examples=40)
@given(st.integers(0, len(POOL)), st.text(max_size=30))
def test_hostile_code_is_read_without_an_error(at: int, text: str) -> None:
    """Whatever stands in a file, the advisor answers with rows."""
    files = {"src/pool.ts": POOL[:at] + text + POOL[at:], "src/config.ts": CONFIG + text}
    assert workers.advise(survey(files)).title == "Mediasoup Worker Tuning"
