"""One metric as code registers it, in whatever language, and what is wrong with it by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mendbook.model import Citation

_IDENTIFIER = re.compile(
    r"(^|_)(id|uuid|key|hash|token)$|^(ip|ip_?address|e?mail|url|uri|path|phone|user_?name|query)$",
    re.IGNORECASE,
)
_FEW = re.compile(
    r"^(worker|process|shard|partition|node|instance|core|region|zone|queue|pool|thread|cluster"
    r"|version|build|broker|datacenter)_?(id|uuid|key)$",
    re.IGNORECASE,
)
"""Things of which a deployment has few, so that their ids make few time series."""


@dataclass(frozen=True, slots=True)
class Collector:
    """One collector as it is constructed."""

    name: str
    """As Prometheus shows it."""
    type: str
    """``Counter``, ``Gauge``, ``Histogram`` or ``Summary``."""
    labels: tuple[str, ...]
    key: str
    """The constant, property or field that holds it; empty when nothing does."""
    path: str
    line: int
    around: str = ""
    """The function that it is constructed in."""
    silent: bool = False
    """Whether no code sets it."""
    suffixed: bool = False
    """Whether the client library itself appends a Counter's ``_total``."""

    @property
    def where(self) -> Citation:
        """The line of the construction."""
        return Citation(self.path, self.line)

    @property
    def shown(self) -> str:
        """Type and labels in words."""
        return f"{self.type}, {described(self.labels)}"

    @property
    def silence(self) -> str:
        """A clause where no code sets it, else nothing."""
        return "; no code sets it" if self.silent else ""


def described(labels: tuple[str, ...]) -> str:
    """Return labels in words: ``labels kind, type`` or ``no labels``."""
    if not labels:
        return "no labels"
    return f"{'label' if len(labels) == 1 else 'labels'} {', '.join(labels)}"


def faults(collector: Collector) -> list[str]:
    """Return what is wrong with a collector whatever anybody asks for."""
    wrong = []
    if collector.name.endswith("_total") and collector.type != "Counter":
        wrong.append("_total names a Counter, so rate() will be used on it and be wrong")
    if (
        collector.type == "Counter"
        and not collector.name.endswith("_total")
        and not collector.suffixed
    ):
        wrong.append("a Counter's name ends in _total by convention")
    if many := unbounded(collector):
        wrong.append(
            f"unbounded label {', '.join(many)}: every value is a new time series that stays "
            "in memory until the process ends"
        )
    return wrong


def unbounded(collector: Collector) -> list[str]:
    """Return the labels that can take any number of values, as far as their names tell."""
    return [one for one in collector.labels if _IDENTIFIER.search(one) and not _FEW.match(one)]
