from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from mendbook.advice import alerts
from mendbook.model import Skipped


def test_rules_name_the_metrics_as_they_are_exposed() -> None:
    """Thresholds and waits are the plan's, names have the service's prefix."""
    text, left = alerts.rules({alert.metric: f"app_{alert.metric}" for alert in alerts.ALERTS})
    (group,) = yaml.safe_load(text)["groups"]
    assert [(rule["alert"], rule["expr"], rule["for"]) for rule in group["rules"]] == [
        ("HighWorkerCPU", "app_mediasoup_worker_cpu_usage > 80", "5m"),
        ("RoomCountHigh", "app_rooms_active > 10000", "1m"),
        ("GiftBufferBacklog", "app_gift_buffer_size > 1000", "30s"),
    ]
    assert left == ()


def test_an_alert_without_its_metric_is_left_out_with_the_reason() -> None:
    """A rule that could never fire is not written."""
    text, left = alerts.rules({"rooms_active": "rooms_active"})
    (group,) = yaml.safe_load(text)["groups"]
    assert [rule["alert"] for rule in group["rules"]] == ["RoomCountHigh"]
    assert left == (
        Skipped(
            "alert HighWorkerCPU", "no collector mediasoup_worker_cpu_usage, and no patch adds it"
        ),
        Skipped("alert GiftBufferBacklog", "no collector gift_buffer_size, and no patch adds it"),
    )


@pytest.mark.promtool
@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed")
def test_prometheus_accepts_the_rules(tmp_path: Path) -> None:
    """`promtool check rules` finds three rules and no fault."""
    text, _ = alerts.rules({alert.metric: alert.metric for alert in alerts.ALERTS})
    path = tmp_path / alerts.FILE
    path.write_text(text)
    done = subprocess.run(
        ["promtool", "check", "rules", str(path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.split("\n")[1]) == (0, "  SUCCESS: 3 rules found")
