"""What the advisors on metrics, dependencies and tests say of the sample server."""

from __future__ import annotations

import pytest

from mendbook import project
from mendbook.advice import dependencies, metrics, tests_advice
from mendbook.advice.advisor import Survey
from surveyed import survey

SERVER = project.data() / "sample/server"


@pytest.fixture(scope="module")
def sample() -> Survey:
    """Return a survey of the sample server without an audit."""
    found = [*SERVER.glob("src/**/*.ts"), *SERVER.glob("scripts/*"), *SERVER.glob("*.[jt]s*")]
    return survey({path.relative_to(SERVER).as_posix(): path.read_text() for path in found})


def test_the_metrics_of_the_sample(sample: Survey) -> None:
    """Two collectors are missing, one lacks its label, one grows with every room."""
    found = metrics.advise(sample)
    assert found.summary == (
        "8 of the 10 collectors that dashboards and alerts need exist; 1 of them with another "
        "type or other labels; 1 collector grows without bound by a label; HighWorkerCPU, "
        "GiftBufferBacklog could never fire today"
    )
    assert {row.what: row.where for row in found.rows if row.now == "not found"} == {
        "gift_buffer_size": "",
        "mediasoup_worker_cpu_usage": "",
    }
    assert [(row.what, row.where, row.now) for row in found.rows[-1:]] == [
        ("chat_messages_total", "src/infrastructure/metrics.ts:53", "Counter, label room_id")
    ]


def test_the_dependencies_of_the_sample(sample: Survey) -> None:
    """One package is unused, and the log formatter is installed in production."""
    found = dependencies.advise(sample)
    assert found.summary == (
        "Production declares 11 packages, development 9; nanoid can be removed; pino-pretty "
        "stands in the wrong section"
    )
    assert [(row.what, row.where) for row in found.rows[:2]] == [
        ("nanoid", "package.json:26"),
        ("pino-pretty", "package.json:28"),
    ]


def test_the_tests_of_the_sample(sample: Survey) -> None:
    """Both preserved tests are there, none of the required ones is."""
    found = tests_advice.advise(sample)
    assert found.summary == (
        "6 of 35 source files have a test of their own; 5 of the 5 tests that the plan requires "
        "are missing"
    )
    assert [row.where for row in found.rows[5:7]] == [
        "src/socket/schemas.test.ts:1",
        "src/utils/rateLimiter.test.ts:1",
    ]
