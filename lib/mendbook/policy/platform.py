"""What one platform asks of its code beyond what any code base needs: ``platform.yaml``.

Names of metrics, alerts, tests, settings and routes are data of the team that runs the platform.
The file says which targets are that platform; on any other, and without a file, nothing is asked
for and the advisors tell only what they find.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec

from mendbook.errors import PolicyError
from mendbook.policy.document import read_document
from mendbook.policy.policy_file import default_policy

FILE = "platform.yaml"


@dataclass(frozen=True, slots=True)
class WantedMetric:
    """A metric that dashboards and alerts read, and where code would set it."""

    name: str
    type: Literal["Counter", "Gauge", "Histogram", "Summary"]
    help: str
    why: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()
    calls: tuple[str, ...] = ()
    """Functions beside whose calls it is counted or set."""
    also: tuple[str, ...] = ()
    """Other names under which the same measure counts as there."""
    packages: tuple[str, ...] = ()
    """It is asked for only where the target declares one of these; of any target when empty."""
    code: str = ""
    """It is asked for only where production code matches this pattern."""


@dataclass(frozen=True, slots=True)
class WantedAlert:
    """An alert that fires while ``metric`` stays above ``above`` for ``wait``."""

    name: str
    metric: str
    """A name of ``metrics``."""
    above: float
    wait: str
    """As Prometheus writes durations: ``5m``."""
    severity: Literal["critical", "warning", "info"]
    summary: str
    description: str
    queue: str = ""
    """A pattern of the key, queue or class that the items wait in, where ``metric`` counts them.

    What becomes of them with the process, and whether instances count the same ones, is then read
    from the code.
    """


@dataclass(frozen=True, slots=True)
class WantedTest:
    """A test file that the plan requires, and what it is to cover."""

    path: str
    covers: str


@dataclass(frozen=True, slots=True)
class WantedSetting:
    """An environment variable that the target should come to read."""

    name: str
    topic: str
    """The advisor that asks for it."""
    why: str
    form: str = ""
    """How its value is written."""


@dataclass(frozen=True, slots=True)
class Tier:
    """A stage of deployment, and the topology of its data store."""

    name: str
    target: str
    why: str


@dataclass(frozen=True, slots=True)
class CapacitySettings:
    """Patterns of the settings, and names of the metrics, that a capacity model is fed with."""

    members: str = ""
    """Settings that say how many members of a full session send."""
    heard: str = ""
    """Settings that say how many of them each listener receives."""
    cpu: str = ""
    """Metric of a worker's CPU, in percent of one core."""
    load: str = ""
    """Metric of what loads the workers."""


@dataclass(frozen=True, slots=True)
class LoadTests:
    """What load is put on the target by hand."""

    address: str = ""
    """``http://localhost:8080``."""
    routes: tuple[str, ...] = ()
    connections: int = 1000
    seconds: int = 60
    script: str = ""
    """A script for k6."""
    entry: str = ""
    """The file that Node.js starts."""


@dataclass(frozen=True, slots=True)
class Platform:
    """All of ``platform.yaml``; one made without arguments asks for nothing."""

    name: str = ""
    packages: tuple[str, ...] = ()
    """A target is this platform when it declares all of these."""
    principles: tuple[str, ...] = ()
    metrics: tuple[WantedMetric, ...] = ()
    alerts: tuple[WantedAlert, ...] = ()
    tests: tuple[WantedTest, ...] = ()
    preserved: tuple[str, ...] = ()
    """Test files that are kept while the code changes."""
    settings: tuple[WantedSetting, ...] = ()
    tiers: tuple[Tier, ...] = ()
    """What the Redis of each stage of deployment should be."""
    capacity: CapacitySettings = field(default_factory=CapacitySettings)
    load: LoadTests = field(default_factory=LoadTests)
    periodic: tuple[str, ...] = ()
    """Events whose handlers are called at a fixed interval, whether or not anything changed."""

    def of(self, declared: Iterable[str]) -> Platform:
        """Return what this platform asks of a target that declares ``declared``.

        Nothing, unless the target is this platform.
        """
        return self if self.packages and set(self.packages) <= set(declared) else Platform()

    def wanted(self, topic: str) -> tuple[WantedSetting, ...]:
        """Return the settings that the advisor ``topic`` asks for."""
        return tuple(setting for setting in self.settings if setting.topic == topic)


def load_platform(path: Path | None = None) -> Platform:
    """Return the platform at ``path``, or the one beside the default policy; none where no file is.

    Raises ``PolicyError`` where it is not readable, not valid under its schema, where a pattern is
    none, or an alert reads a metric that the file does not name.
    """
    source = path or default_policy().with_name(FILE)
    if path is None and not source.exists():
        return Platform()
    platform = msgspec.convert(read_document(source, "platform"), type=Platform)
    if problem := _pattern_problem(platform) or _alert_problem(platform):
        raise PolicyError(f"{source}: {problem}")
    return platform


def platform_beside(policy: Path | None) -> Path | None:
    """Return the platform file beside the policy that a caller names, or None for the default."""
    beside = policy.with_name(FILE) if policy is not None else None
    return beside if beside is not None and beside.is_file() else None


def _pattern_problem(platform: Platform) -> str:
    patterns = [(f"metrics.{one.name}.code", one.code) for one in platform.metrics]
    patterns += [(f"alerts.{one.name}.queue", one.queue) for one in platform.alerts]
    patterns += [
        ("capacity.members", platform.capacity.members),
        ("capacity.heard", platform.capacity.heard),
    ]
    for place, pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            return f"{place}: {pattern[:60]!r} is no regular expression ({error}); correct it"
    return ""


def _alert_problem(platform: Platform) -> str:
    named = {metric.name for metric in platform.metrics}
    for alert in platform.alerts:
        if alert.metric not in named:
            return f"alerts.{alert.name}: metrics names no {alert.metric[:60]}; add it there"
    return ""
