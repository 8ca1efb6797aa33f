"""The alert rules as a Prometheus rules file, with metrics that exist or that a patch adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from mendbook.model import Skipped

FILE = "alerts.rules.yml"


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert: fires when ``metric`` stays above ``threshold`` for ``wait``."""

    name: str
    metric: str
    """Without the service's prefix."""
    threshold: int
    wait: str
    """As Prometheus writes durations: ``5m``."""
    severity: str
    summary: str
    description: str


ALERTS = (
    Alert(
        "HighWorkerCPU",
        "mediasoup_worker_cpu_usage",
        80,
        "5m",
        "critical",
        "A mediasoup worker is near the limit of its core",
        "Worker {{ $labels.worker_pid }} on {{ $labels.instance }} uses {{ $value }} % of one "
        "core; audio suffers before 100 %. Open no more rooms on it.",
    ),
    Alert(
        "RoomCountHigh",
        "rooms_active",
        10_000,
        "1m",
        "warning",
        "An instance holds more rooms than planned",
        "{{ $labels.instance }} holds {{ $value }} rooms. Add an instance.",
    ),
    Alert(
        "GiftBufferBacklog",
        "gift_buffer_size",
        1_000,
        "30s",
        "critical",
        "Gifts wait to be sent",
        "{{ $value }} gifts wait on {{ $labels.instance }}: the backend is slow or away, and what "
        "waits in memory is lost if the process ends.",
    ),
)
"""The alerts with the thresholds that the plan asks for."""


def rules(names: Mapping[str, str]) -> tuple[str, tuple[Skipped, ...]]:
    """Return the rules file and the alerts it leaves out.

    ``names`` maps a metric, without prefix, to the name it is exposed under; an alert on any other
    metric would never fire and is left out. The text is empty when no alert is left.
    """
    kept = [alert for alert in ALERTS if alert.metric in names]
    left = tuple(
        Skipped(f"alert {alert.name}", f"no collector {alert.metric}, and no patch adds it")
        for alert in ALERTS
        if alert.metric not in names
    )
    if not kept:
        return "", left
    group = {"name": "audio-server", "rules": [_rule(alert, names[alert.metric]) for alert in kept]}
    written = yaml.safe_dump({"groups": [group]}, sort_keys=False, width=100, allow_unicode=True)
    return written, left


def _rule(alert: Alert, name: str) -> dict[str, Any]:
    return {
        "alert": alert.name,
        "expr": f"{name} > {alert.threshold}",
        "for": alert.wait,
        "labels": {"severity": alert.severity},
        "annotations": {"summary": alert.summary, "description": alert.description},
    }
