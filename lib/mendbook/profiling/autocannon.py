"""Read what ``autocannon --json`` prints.

Format: https://github.com/mcollina/autocannon#autocannonopts-cb
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from mendbook.intake.reader import Text, decode
from mendbook.model import Measurement, Profiles
from mendbook.profiling.check_json import shaped
from mendbook.repository.snapshot import Snapshot

_LATENCY = {"p50": "p50", "p90": "p90", "p97_5": "p97.5", "p99": "p99", "p99_9": "p99.9"}


class _Result(msgspec.Struct, frozen=True):
    latency: dict[str, float | None]
    requests: dict[str, float | None]
    throughput: dict[str, float | None]
    url: str | None = None
    duration: float = 0
    connections: int = 0
    errors: int = 0
    timeouts: int = 0
    non2xx: int = 0


def read_autocannon(text: Text, snapshot: Snapshot) -> Profiles:
    """Return latency percentiles (ms), rate, throughput and errors of one load test.

    Nothing of it names code, so ``snapshot`` is not looked at. Raises ``InputError``.
    """
    del snapshot
    result = shaped(decode(text).data, _Result, text.path)
    name = Path(text.path).name
    labels = {"url": result.url} if result.url else {}
    statistics: list[tuple[str, float | None, str]] = [
        (f"latency_{called}", result.latency.get(key), "ms") for key, called in _LATENCY.items()
    ]
    statistics += [
        ("latency_mean", result.latency.get("average", result.latency.get("mean")), "ms"),
        ("latency_max", result.latency.get("max"), "ms"),
        ("request_rate", result.requests.get("average", result.requests.get("mean")), "1/s"),
        ("requests", result.requests.get("total"), "requests"),
        ("throughput", result.throughput.get("average"), "bytes/s"),
        ("errors", result.errors, "requests"),
        ("timeouts", result.timeouts, "requests"),
        ("non_2xx", result.non2xx, "responses"),
    ]
    measured = tuple(
        Measurement(name, called, value, unit, labels)
        for called, value, unit in statistics
        if value is not None
    )
    sentence = (
        f"{name}: autocannon, {result.connections} connections for {result.duration:g} s"
        f"{f' on {result.url}' if result.url else ''}"
    )
    return Profiles(measurements=measured, sources=(sentence,))
