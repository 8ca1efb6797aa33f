"""Read what Locust and JMeter say at the end of a load test.

Formats: https://docs.locust.io/en/stable/retrieving-stats.html (``--csv``: ``…_stats.csv``),
https://jmeter.apache.org/usermanual/generating-dashboard.html (``statistics.json``), and the CSV
that JMeter's aggregate report saves.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mendbook.intake.problem import Problem
from mendbook.intake.reader import Text, decode
from mendbook.model import Measurement, Profiles
from mendbook.repository.snapshot import Snapshot

_Column = tuple[str, str, float]
"""What a number is called here, its unit, and what it is multiplied by."""
_LOCUST: dict[str, _Column] = {
    "Request Count": ("requests", "requests", 1),
    "Failure Count": ("errors", "requests", 1),
    "Average Response Time": ("latency_mean", "ms", 1),
    "Max Response Time": ("latency_max", "ms", 1),
    "50%": ("latency_p50", "ms", 1),
    "90%": ("latency_p90", "ms", 1),
    "95%": ("latency_p95", "ms", 1),
    "99%": ("latency_p99", "ms", 1),
    "Requests/s": ("request_rate", "1/s", 1),
}
_STATISTICS: dict[str, _Column] = {
    "sampleCount": ("requests", "requests", 1),
    "errorCount": ("errors", "requests", 1),
    "meanResTime": ("latency_mean", "ms", 1),
    "maxResTime": ("latency_max", "ms", 1),
    "medianResTime": ("latency_p50", "ms", 1),
    "pct1ResTime": ("latency_p90", "ms", 1),
    "pct2ResTime": ("latency_p95", "ms", 1),
    "pct3ResTime": ("latency_p99", "ms", 1),
    "throughput": ("request_rate", "1/s", 1),
    "receivedKBytesPerSec": ("throughput", "bytes/s", 1024),
}
_AGGREGATE: dict[str, _Column] = {
    "# Samples": ("requests", "requests", 1),
    "Average": ("latency_mean", "ms", 1),
    "Maximum": ("latency_max", "ms", 1),
    "Max": ("latency_max", "ms", 1),
    "Median": ("latency_p50", "ms", 1),
    "90% Line": ("latency_p90", "ms", 1),
    "95% Line": ("latency_p95", "ms", 1),
    "99% Line": ("latency_p99", "ms", 1),
    "Error %": ("error_rate", "share", 0.01),
    "Throughput": ("request_rate", "1/s", 1),
    "Received KB/sec": ("throughput", "bytes/s", 1024),
}
_TOTALS = {"Aggregated", "TOTAL", "Total"}


def read_locust(text: Text, snapshot: Snapshot) -> Profiles:
    """Return requests, errors, latencies (ms) and rate of each request, and of all together."""
    del snapshot
    rows = [
        (" ".join(part for part in (row.get("Type"), row.get("Name")) if part), row)
        for row in csv.DictReader(io.StringIO(text.text))
    ]
    return _profiles(text.path, "Locust", rows, _LOCUST)


def read_jmeter_report(text: Text, snapshot: Snapshot) -> Profiles:
    """Return what an aggregate report has of each label, and of all together."""
    del snapshot
    rows = [(row.get("Label") or "", row) for row in csv.DictReader(io.StringIO(text.text))]
    return _profiles(text.path, "JMeter", rows, _AGGREGATE)


def read_jmeter_statistics(text: Text, snapshot: Snapshot) -> Profiles:
    """Return what a dashboard's ``statistics.json`` has of each label, and of all together."""
    del snapshot
    data = decode(text).data
    rows = [(str(name), row) for name, row in data.items() if isinstance(row, Mapping)]
    return _profiles(text.path, "JMeter", rows, _STATISTICS)


def _profiles(
    path: str,
    kind: str,
    rows: list[tuple[str, Any]],
    columns: Mapping[str, _Column],
) -> Profiles:
    name = Path(path).name
    measurements = tuple(one for label, row in rows for one in _measured(name, label, row, columns))
    if not measurements:
        raise Problem(path, "", f"no numbers of {kind} in it", "save its summary again").refusal()
    requests = len([label for label, _ in rows if label.strip() not in _TOTALS])
    sentence = f"{name}: {kind}, {requests} {'request' if requests == 1 else 'requests'} by name"
    return Profiles(measurements=measurements, sources=(sentence,))


def _measured(
    source: str, label: str, row: Mapping[str, Any], columns: Mapping[str, _Column]
) -> Iterator[Measurement]:
    labels = {} if label.strip() in _TOTALS else {"request": label.strip()}
    for column, (called, unit, factor) in columns.items():
        value = _value(row.get(column))
        if value is not None:
            yield Measurement(source, called, value * factor, unit, labels)


def _value(said: object) -> float | None:
    """Return a number as these tools write it: ``12``, ``0.5``, ``1.25%``, ``3.2/sec``, ``N/A``."""
    if isinstance(said, bool) or not isinstance(said, int | float | str):
        return None
    text = str(said).strip().removesuffix("%").removesuffix("/sec")
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e15 else None
