"""Read a scrape of metrics in Prometheus' text exposition format.

Format: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
"""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mendbook.intake.problem import Problem
from mendbook.intake.reader import Text
from mendbook.model import Measurement, Profiles
from mendbook.repository.snapshot import Snapshot

if TYPE_CHECKING:
    from prometheus_client.samples import Sample

_UNITS = {"seconds": "s", "milliseconds": "ms", "ms": "ms", "bytes": "bytes", "ratio": "share"}


def read_prometheus(text: Text, snapshot: Snapshot) -> Profiles:
    """Return every finite sample with its labels; the unit is the one that the name ends in.

    Histogram buckets stay as they are, with their ``le``. Nothing of it names code, so
    ``snapshot`` is not looked at. Raises ``InputError``.
    """
    del snapshot
    name = Path(text.path).name
    measurements: list[Measurement] = []
    skipped = 0
    for number, line in enumerate(text.text.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        sample = _sample(line.strip())
        if sample is None:
            what, remedy = "not a sample of Prometheus' text format", "scrape /metrics again"
            raise Problem(text.path, f"line {number}", what, remedy).refusal()
        value = float(sample.value)
        if math.isfinite(value):
            labels = dict(sample.labels)
            measurements.append(Measurement(name, sample.name, value, _unit(sample.name), labels))
        else:
            skipped += 1
    series = len({measurement.name for measurement in measurements})
    said = f", {skipped} without a finite value left out" if skipped else ""
    sentence = (
        f"{name}: Prometheus scrape, {len(measurements):,} samples of {series:,} series{said}"
    )
    return Profiles(measurements=tuple(measurements), sources=(sentence,))


def _sample(line: str) -> Sample | None:
    """Return the sample of one line, read alone so that a fault has its number."""
    from prometheus_client.parser import text_string_to_metric_families  # slow to import

    try:
        samples = [one for family in text_string_to_metric_families(line) for one in family.samples]
    except (ValueError, IndexError, KeyError, AttributeError):  # what its slices end in
        return None
    return samples[0] if len(samples) == 1 else None


def _unit(name: str) -> str:
    stem = re.sub(r"_(?:total|sum|count|bucket|created)\Z", "", name)
    if name.endswith(("_count", "_bucket")):
        return "count"
    return _UNITS.get(stem.rpartition("_")[2], "count" if name.endswith("_total") else "")
