"""What the advisors say of the sample server that comes with the project."""

from __future__ import annotations

import pytest

from mendbook import project
from mendbook.advice import redis, sockets, workers
from mendbook.advice.advisor import Survey
from surveyed import survey

SERVER = project.data() / "sample/server"


@pytest.fixture(scope="module")
def sample() -> Survey:
    """Return a survey of the sample server's source, without an audit."""
    found = [*SERVER.glob("src/**/*.ts"), SERVER / "package.json", SERVER / ".env.example"]
    return survey({path.relative_to(SERVER).as_posix(): path.read_text() for path in found})


def test_the_workers_of_the_sample(sample: Survey) -> None:
    """Limits and backoff of the sample are told with the lines they stand on."""
    rows = {row.what: (row.where, row.now) for row in workers.advise(sample).rows}
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
    """The one place that asks the whole cluster and the levels sent to everybody are found."""
    rows = sockets.advise(sample).rows
    assert [(row.what, row.where, row.now) for row in rows[-2:]] == [
        (
            "Asks the whole cluster",
            "src/domains/room/room.handler.ts:39",
            "context.io.in(roomId).fetchSockets()",
        ),
        ("Volatile", "src/bootstrap.ts:43", "'room:speakers' is not volatile"),
    ]


def test_the_redis_of_the_sample(sample: Survey) -> None:
    """Both operations over several slots, KEYS, and five families of keys without expiry."""
    rows = redis.advise(sample).rows
    assert [(row.what, row.where) for row in rows if row.where][4:] == [
        ("REDIS_DB", "src/config/index.ts:24"),
        ("Several keys: DEL", "src/domains/room/room.repository.ts:50"),
        ("Several keys: EVAL", "src/domains/seat/seat.repository.ts:26"),
        ("KEYS", "src/domains/room/room.repository.ts:22"),
        ("Time to live of room:*:chat", "src/domains/chat/chat.history.ts:18"),
        ("Time to live of gifts:ledger", "src/domains/gift/gift.buffer.ts:69"),
        ("Time to live of room:*:members", "src/domains/room/room.repository.ts:34"),
        ("Time to live of room:*:seats", "src/domains/seat/seat.repository.ts:26"),
        ("Time to live of room:*:locked", "src/domains/seat/seat.repository.ts:69"),
    ]
