"""Read a scrape of metrics in Prometheus' text exposition format.

Format: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
"""

from __future__ import annotations

import math
import re
from pathlib import Path

from mendbook.intake.problem import Problem
from mendbook.intake.reader import Text
from mendbook.model import Measurement, Profiles
from mendbook.repository.snapshot import Snapshot

_SAMPLE = re.compile(
    r"(?P<name>[A-Za-z_:][\w:]*)\s*"
    r'(?:\{(?P<labels>(?:[^"}]|"(?:[^"\\]|\\.)*+")*+)\})?'
    r"\s+(?P<value>\S+)(?:\s+-?[\d.]+)?(?:\s+#\s.*)?\s*\Z"
)
_LABEL = re.compile(r'\s*([A-Za-z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(?:,|\Z)')
_ESCAPES = {r"\\": "\\", r"\"": '"', r"\n": "\n"}
_UNITS = {"seconds": "s", "milliseconds": "ms", "ms": "ms", "bytes": "bytes", "ratio": "share"}


def read_prometheus(text: Text, snapshot: Snapshot) -> Profiles:
    """Return every finite sample with its labels; the unit is the one that the name ends in.

    Histogram buckets stay as they are, with their ``le``. Nothing of it names code, so
    ``snapshot`` is not looked at. Raises ``InputError``.
    """
    del snapshot
    name = Path(text.path).name
    found: list[Measurement] = []
    skipped = 0
    for number, line in enumerate(text.text.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _SAMPLE.match(line.strip())
        labels = _labels(match["labels"] or "") if match else None
        value = _value(match["value"]) if match else None
        if match is None or labels is None or value is None:
            what, remedy = "not a sample of Prometheus' text format", "scrape /metrics again"
            raise Problem(text.path, f"line {number}", what, remedy).refusal()
        if math.isfinite(value):
            found.append(Measurement(name, match["name"], value, _unit(match["name"]), labels))
        else:
            skipped += 1
    series = len({measurement.name for measurement in found})
    said = f", {skipped} without a finite value left out" if skipped else ""
    sentence = f"{name}: Prometheus scrape, {len(found):,} samples of {series:,} series{said}"
    return Profiles(measurements=tuple(found), sources=(sentence,))


def _labels(text: str) -> dict[str, str] | None:
    labels: dict[str, str] = {}
    position = 0
    while text[position:].strip():
        match = _LABEL.match(text, position)
        if match is None:
            return None
        labels[match[1]] = re.sub(r'\\[\\"n]', lambda escape: _ESCAPES[escape[0]], match[2])
        position = match.end()
    return labels


def _value(text: str) -> float | None:
    try:
        return float(text.replace("_", "?"))
    except ValueError:
        return None


def _unit(name: str) -> str:
    stem = re.sub(r"_(?:total|sum|count|bucket|created)\Z", "", name)
    if name.endswith(("_count", "_bucket")):
        return "count"
    return _UNITS.get(stem.rpartition("_")[2], "count" if name.endswith("_total") else "")
