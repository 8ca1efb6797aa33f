"""What the advisors say of the sample server that comes with the project, as its platform."""

from __future__ import annotations

import pytest

from mendbook import project
from mendbook.advice import (
    ADVISORS,
    commands,
    dependencies,
    metrics,
    redis,
    sockets,
    tests,
    workers,
)
from mendbook.advice.advisor import Survey
from mendbook.policy.platform import load_platform
from mendbook.repository.declared import declared_packages, names
from mendbook.repository.snapshot import Snapshot
from surveyed import survey

SERVER = project.data() / "sample/server"
PATHS = [*SERVER.glob("src/**/*.ts"), *SERVER.glob("scripts/*"), *SERVER.glob("*.[jt]s*")]
FILES = {
    path.relative_to(SERVER).as_posix(): path.read_text()
    for path in [*PATHS, SERVER / ".env.example", SERVER / ".github/workflows/ci.yml"]
}


@pytest.fixture(scope="module")
def sample() -> Survey:
    """Return a survey of the sample server without an audit, on the platform that it is."""
    declared = names(declared_packages(Snapshot.of(FILES)))
    return survey(FILES, platform=load_platform().of(declared))


def test_everything_that_the_plan_asks_for_is_there(sample: Survey) -> None:
    """Workers, sockets, Redis, metrics, dependencies, tests and commands each have a section."""
    applying = [advisor for advisor in ADVISORS if advisor.applies(sample)]
    assert [advisor.advise(sample).title for advisor in applying] == [
        "Mediasoup Worker Tuning",
        "Socket.io Scaling Strategy",
        "Redis Topology",
        "Metrics & Alerts",
        "Dependency Removal Matrix",
        "Test Requirements",
        "Static Analysis and Load Test Commands",
    ]


def test_the_commands_of_the_sample(sample: Survey) -> None:
    """Its own scripts first, then analyses, its own load test, and what the platform asks for."""
    lines = commands.advise(sample).commands
    assert [line.split("  #")[0] for line in lines if not line.startswith("#")] == [
        "npm run typecheck",
        "npm run lint",
        "npm run test",
        "npm run build",
        "npx ts-prune",
        "npx knip",
        "npx depcheck",
        "npm audit --audit-level=high",
        "npm run load",
        "autocannon -c 1000 -d 60 http://localhost:3030/health",
        "autocannon -c 1000 -d 60 http://localhost:3030/metrics",
        "k6 run --vus 1000 --duration 5m scripts/ws-load-test.js",
        "clinic doctor -- node dist/index.js",
        "clinic flame -- node dist/index.js",
        "clinic bubbleprof -- node dist/index.js",
        "node --cpu-prof dist/index.js",
        "node --expose-gc --inspect dist/index.js",
    ]
    assert "# Connections: scripts/ws-load-test.js is new, write it first" in lines


def test_the_workers_of_the_sample(sample: Survey) -> None:
    """Limits and backoff of the sample are told with the lines they stand on."""
    rows = {row.what: (row.spot, row.now) for row in workers.advise(sample).rows}
    assert rows == {
        "Worker count": (
            "src/config/index.ts:26",
            "MEDIASOUP_WORKERS, default cpus().length (2 in .env.example:18)",
        ),
        "Routers per worker": (
            "src/config/index.ts:27",
            "MEDIASOUP_ROUTERS_PER_WORKER, default 100; "
            "checked at src/infrastructure/worker.manager.ts:57",
        ),
        "CPU update interval": ("src/infrastructure/worker.manager.ts:47", "10 s"),
        "Worker restart backoff": ("src/infrastructure/worker.manager.ts:22", "1 s, 2 s, 4 s"),
        "Worker restart retries": ("src/infrastructure/worker.manager.ts:22", "3"),
        "WebRtcServer": ("", "not found"),
        "RTC ports": (
            "src/config/index.ts:30",
            "40000–40999: 1,000 ports (RTC_MIN_PORT, default 40000; RTC_MAX_PORT, default 40999)",
        ),
        "Worker log level": (
            "src/config/mediasoup.ts:17",
            "config.NODE_ENV === 'production' ? 'warn' : 'debug'",
        ),
    }


def test_the_sockets_of_the_sample(sample: Survey) -> None:
    """The one place that asks the whole cluster is found; nothing is sent by a timer."""
    rows = sockets.advise(sample).rows
    assert [(row.what, row.spot, row.now) for row in rows[-1:]] == [
        (
            "Asks the whole cluster",
            "src/domains/room/room.handler.ts:39",
            "context.io.in(roomId).fetchSockets()",
        ),
    ]


def test_the_redis_of_the_sample(sample: Survey) -> None:
    """Both operations over several slots, KEYS, and five families that can only grow."""
    rows = redis.advise(sample).rows
    assert [(row.what, row.spot) for row in rows if row.spot][4:] == [
        ("REDIS_DB", "src/config/index.ts:24"),
        ("Several keys: DEL", "src/domains/room/room.repository.ts:50"),
        ("Several keys: EVAL", "src/domains/seat/seat.repository.ts:26"),
        ("KEYS", "src/domains/room/room.repository.ts:22"),
        ("Time to live of room:*:chat", "src/domains/chat/chat.history.ts:18"),
        ("Growth of gifts:ledger", "src/domains/gift/gift.buffer.ts:69"),
        ("Time to live of room:*:members", "src/domains/room/room.repository.ts:34"),
        ("Time to live of room:*:seats", "src/domains/seat/seat.repository.ts:26"),
        ("Time to live of room:*:locked", "src/domains/seat/seat.repository.ts:69"),
    ]


def test_the_metrics_of_the_sample(sample: Survey) -> None:
    """Two collectors are missing, one lacks its label, one grows with every room."""
    found = metrics.advise(sample)
    assert found.summary == (
        "8 of the 10 collectors that dashboards and alerts need exist; 1 of them with another "
        "type or other labels; 1 collector grows without bound by a label; HighWorkerCPU, "
        "GiftBufferBacklog could never fire today"
    )
    assert {row.what: row.spot for row in found.rows if row.now == "not found"} == {
        "gift_buffer_size": "",
        "mediasoup_worker_cpu_usage": "",
    }
    assert [(row.what, row.spot, row.now) for row in found.rows[-1:]] == [
        ("chat_messages_total", "src/infrastructure/metrics.ts:53", "Counter, label room_id")
    ]


def test_the_dependencies_of_the_sample(sample: Survey) -> None:
    """One package is unused, and the log formatter is installed in production."""
    found = dependencies.advise(sample)
    assert found.summary == (
        "Production declares 11 packages, development 9; nanoid can be removed; pino-pretty "
        "stands in the wrong section"
    )
    assert [(row.what, row.spot) for row in found.rows[:2]] == [
        ("nanoid", "package.json:26"),
        ("pino-pretty", "package.json:28"),
    ]


def test_the_tests_of_the_sample(sample: Survey) -> None:
    """Both preserved tests are there, none of the required ones is."""
    found = tests.advise(sample)
    assert found.summary == (
        "7 of 35 source files have a test of their own; 5 of the 5 tests that the plan requires "
        "are missing"
    )
    assert [row.spot for row in found.rows[5:7]] == [
        "src/socket/schemas.test.ts:1",
        "src/utils/rateLimiter.test.ts:1",
    ]
