"""The alert rules as a Prometheus rules file, with metrics that exist or that a patch adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from mendbook.advice.metrics.waiting import Waiting
from mendbook.model import Skipped
from mendbook.policy.platform import WantedAlert

FILE = "alerts.rules.yml"


def rules(
    group: str,
    alerts: Sequence[WantedAlert],
    names: Mapping[str, str],
    waiting: Mapping[str, Waiting],
) -> tuple[str, tuple[Skipped, ...]]:
    """Return the rules file and the alerts it leaves out.

    ``names`` maps a metric, without prefix, to the name it is exposed under; an alert on any other
    metric would never fire and is left out. ``waiting`` tells, by alert, where what it counts
    waits. The text is empty when no alert is left.
    """
    kept = [alert for alert in alerts if alert.metric in names]
    left = tuple(
        Skipped(f"alert {alert.name}", f"no collector {alert.metric}, and no patch adds it")
        for alert in alerts
        if alert.metric not in names
    )
    if not kept:
        return "", left
    listed = [_rule(alert, names[alert.metric], waiting.get(alert.name)) for alert in kept]
    document = {"groups": [{"name": group, "rules": listed}]}
    written = yaml.safe_dump(document, sort_keys=False, width=100, allow_unicode=True)
    return written, left


def _rule(alert: WantedAlert, name: str, waiting: Waiting | None) -> dict[str, Any]:
    # every instance reads the same length of a shared queue: one of them is the answer
    read = f"max({name})" if waiting is not None and waiting.shared else name
    return {
        "alert": alert.name,
        "expr": f"{read} > {alert.above:g}" if alert.above < 1e6 else f"{read} > {alert.above:.0f}",
        "for": alert.wait,
        "labels": {"severity": alert.severity},
        "annotations": {
            "summary": alert.summary,
            "description": " ".join(filter(None, (alert.description, fate(waiting)))),
        },
    }


def fate(waiting: Waiting | None) -> str:
    """Return what becomes of the items with the process, or nothing where code does not tell."""
    if waiting is None:
        return ""
    if waiting.shared:
        return "They wait in a queue that all instances share and that outlives a process."
    return "They wait in the memory of this instance and are lost if its process ends."
