"""Read JMeter's own log of samples (``jmeter -l run.jtl``), summed up by label.

Format: https://jmeter.apache.org/usermanual/listeners.html#csvlogformat
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from pathlib import Path

from mendbook.intake.problem import Problem
from mendbook.intake.reader import Text
from mendbook.model import Measurement, Profiles
from mendbook.repository.snapshot import Snapshot

_RANKS = {"latency_p50": 0.5, "latency_p90": 0.9, "latency_p95": 0.95, "latency_p99": 0.99}
_Sample = tuple[str, float, float, bool]
"""Label, start and duration in milliseconds, and whether it went well."""


def read_jtl(text: Text, snapshot: Snapshot) -> Profiles:
    """Return requests, errors, latencies (ms) and rate of each label, and of all together."""
    del snapshot
    name = Path(text.path).name
    try:
        samples = list(_samples(text.text))
    except (ValueError, KeyError, TypeError, csv.Error) as error:
        what = "not a log of samples with timeStamp, elapsed, label and success"
        raise Problem(text.path, "", what, "write it with jmeter -l, as CSV").refusal() from error
    if not samples:
        raise Problem(text.path, "", "no samples in it", "run the test again").refusal()
    labels = sorted({label for label, *_ in samples})
    measurements = [
        row
        for label in labels
        for row in _summed(name, {"request": label}, [one for one in samples if one[0] == label])
    ]
    measurements += _summed(name, {}, samples)
    count = f"{len(labels)} {'request' if len(labels) == 1 else 'requests'} by name"
    return Profiles(
        measurements=tuple(measurements),
        sources=(f"{name}: JMeter, {len(samples):,} samples, {count}",),
    )


def _samples(text: str) -> Iterator[_Sample]:
    for row in csv.DictReader(io.StringIO(text)):
        well = row["success"].strip().lower() == "true"
        yield row["label"].strip(), float(row["timeStamp"]), float(row["elapsed"]), well


def _summed(
    source: str, labels: dict[str, str], samples: Sequence[_Sample]
) -> Iterator[Measurement]:
    taken = sorted(elapsed for _, _, elapsed, _ in samples)
    begin = min(start for _, start, _, _ in samples)
    seconds = (max(start + elapsed for _, start, elapsed, _ in samples) - begin) / 1000
    errors = sum(not well for *_, well in samples)
    yield Measurement(source, "requests", float(len(samples)), "requests", labels)
    yield Measurement(source, "errors", float(errors), "requests", labels)
    yield Measurement(source, "latency_mean", sum(taken) / len(taken), "ms", labels)
    yield Measurement(source, "latency_max", taken[-1], "ms", labels)
    for called, rank in _RANKS.items():
        at = max(math.ceil(rank * len(taken)) - 1, 0)
        yield Measurement(source, called, taken[at], "ms", labels)
    if seconds > 0:
        yield Measurement(source, "request_rate", len(samples) / seconds, "1/s", labels)
