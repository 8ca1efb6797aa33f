from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from mendbook.advice.metrics import alerts
from mendbook.advice.metrics.waiting import Waiting
from mendbook.model import Citation, Skipped
from mendbook.policy.platform import WantedAlert

SLOW = WantedAlert(
    "SlowQuotes",
    "quote_seconds",
    0.5,
    "5m",
    "warning",
    "Quotes are slow",
    "{{ $value }} s a quote.",
)
FULL = WantedAlert(
    "LabelsWait",
    "labels_waiting",
    2000,
    "30s",
    "critical",
    "Labels wait",
    "{{ $value }} wait.",
    "lab",
)


def test_rules_name_the_metrics_as_they_are_exposed() -> None:
    """Thresholds and waits are the platform's, names have the service's prefix."""
    names = {"quote_seconds": "post_quote_seconds", "labels_waiting": "post_labels_waiting"}
    text, left = alerts.rules("post", (SLOW, FULL), names, {})
    (group,) = yaml.safe_load(text)["groups"]
    assert group["name"] == "post"
    assert [(rule["alert"], rule["expr"], rule["for"]) for rule in group["rules"]] == [
        ("SlowQuotes", "post_quote_seconds > 0.5", "5m"),
        ("LabelsWait", "post_labels_waiting > 2000", "30s"),
    ]
    assert left == ()


@pytest.mark.parametrize(
    ("waiting", "expr", "said"),
    [
        (None, "labels_waiting > 2000", "{{ $value }} wait."),
        (
            Waiting(True, Citation("src/a.ts", 3)),
            "max(labels_waiting) > 2000",
            "{{ $value }} wait. They wait in a queue that all instances share and that outlives "
            "a process.",
        ),
        (
            Waiting(False, Citation("src/a.ts", 3)),
            "labels_waiting > 2000",
            "{{ $value }} wait. They wait in the memory of this instance and are lost if its "
            "process ends.",
        ),
    ],
)
def test_an_alert_on_a_queue_says_what_the_code_does(
    waiting: Waiting | None, expr: str, said: str
) -> None:
    """A shared queue is read once, not summed, and is not lost; memory is; else nothing is said."""
    known = {"LabelsWait": waiting} if waiting is not None else {}
    text, _ = alerts.rules("post", (FULL,), {"labels_waiting": "labels_waiting"}, known)
    (rule,) = yaml.safe_load(text)["groups"][0]["rules"]
    assert (rule["expr"], rule["annotations"]["description"]) == (expr, said)


def test_an_alert_without_its_metric_is_left_out_with_the_reason() -> None:
    """A rule that could never fire is not written."""
    text, left = alerts.rules("post", (SLOW, FULL), {"quote_seconds": "quote_seconds"}, {})
    (group,) = yaml.safe_load(text)["groups"]
    assert [rule["alert"] for rule in group["rules"]] == ["SlowQuotes"]
    assert left == (
        Skipped("alert LabelsWait", "no collector labels_waiting, and no patch adds it"),
    )


@pytest.mark.promtool
@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed")
def test_prometheus_accepts_the_rules(tmp_path: Path) -> None:
    """`promtool check rules` finds both rules and no fault."""
    names = {alert.metric: alert.metric for alert in (SLOW, FULL)}
    text, _ = alerts.rules(
        "post", (SLOW, FULL), names, {"LabelsWait": Waiting(True, Citation("a", 1))}
    )
    path = tmp_path / alerts.FILE
    path.write_text(text)
    done = subprocess.run(
        ["promtool", "check", "rules", str(path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.split("\n")[1]) == (0, "  SUCCESS: 2 rules found")
