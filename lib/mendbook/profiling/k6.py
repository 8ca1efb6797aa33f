"""Read k6's end-of-test results: ``--summary-export``, ``handleSummary`` or its versioned summary.

The three differ in where the numbers of a metric stand: beside its name, under ``values``, or in
a list under ``results``.
Format: https://grafana.com/docs/k6/latest/results-output/end-of-test/custom-summary/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mendbook.intake.problem import Problem
from mendbook.intake.reader import Text, decode
from mendbook.model import Measurement, Profiles
from mendbook.repository.snapshot import Snapshot

_UNITS = {"rate": "1/s", "count": "count", "passes": "count", "fails": "count", "value": ""}
_ABOUT = {"type", "contains", "thresholds", "name", "values"}


def read_k6(text: Text, snapshot: Snapshot) -> Profiles:
    """Return every number of every metric as ``<metric>_<statistic>``; failed thresholds as 0 or 1.

    Nothing of it names code, so ``snapshot`` is not looked at. Raises ``InputError``.
    """
    del snapshot
    data = decode(text).data
    name = Path(text.path).name
    metrics = dict(_metrics(data))
    if not metrics:
        what = "no k6 metrics in it"
        remedy = "write it with k6 run --summary-export=FILE, or from handleSummary"
        raise Problem(text.path, "metrics", what, remedy).refusal()
    measurements = tuple(
        measurement
        for metric, entry in metrics.items()
        for measurement in _read(name, metric, entry)
    )
    failed = sum(one.name.endswith("_threshold") and one.value == 0 for one in measurements)
    said = f", {failed} thresholds failed" if failed else ""
    return Profiles(
        measurements=measurements, sources=(f"{name}: k6, {len(metrics)} metrics{said}",)
    )


def _metrics(data: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:  # noqa: ANN401 - any JSON value
    held = data.get("results", data) if isinstance(data, Mapping) else {}
    checks = held.get("checks") if isinstance(held, Mapping) else None
    for part in (held, checks):
        metrics = part.get("metrics") if isinstance(part, Mapping) else None
        listed = enumerate(metrics) if isinstance(metrics, list) else ()
        entries = metrics.items() if isinstance(metrics, Mapping) else listed
        for key, entry in entries:
            if isinstance(entry, Mapping):
                yield str(entry.get("name", key)), entry


def _read(source: str, metric: str, entry: Mapping[str, Any]) -> Iterator[Measurement]:
    name, _, scope = metric.partition("{")
    labels = {"scope": scope.rstrip("}")} if scope else {}
    values = entry.get("values")
    numbers = values if isinstance(values, Mapping) else entry
    share = entry.get("type") == "rate" or {"passes", "fails"} <= set(numbers)
    for statistic, value in numbers.items():
        if statistic in _ABOUT or isinstance(value, bool) or not isinstance(value, int | float):
            continue
        unit = (
            "share" if share and statistic in ("rate", "value") else _unit(name, statistic, entry)
        )
        called = "med" if statistic == "p(50)" else statistic
        yield Measurement(source, f"{name}_{called}", float(value), unit, labels)
    thresholds = entry.get("thresholds")
    for rule, verdict in thresholds.items() if isinstance(thresholds, Mapping) else ():
        yield Measurement(
            source, f"{name}_threshold", float(_held(verdict, values)), "", {**labels, "rule": rule}
        )


def _held(verdict: Any, values: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Tell whether a threshold held; the old export writes true where it was crossed."""
    if isinstance(verdict, Mapping):
        return verdict.get("ok") is True
    return bool(verdict) if isinstance(values, Mapping) else not verdict


def _unit(name: str, statistic: str, entry: Mapping[str, Any]) -> str:
    contains = entry.get("contains")
    if contains == "data" or name.startswith("data_"):
        return "bytes/s" if statistic == "rate" else "bytes"
    if statistic in _UNITS:
        return _UNITS[statistic]
    timed = contains == "time" or name.endswith(("_duration", "_time", "connecting"))
    known = ("http_req_", "ws_", "grpc_req_")
    return "ms" if timed or (contains is None and name.startswith(known)) else ""
