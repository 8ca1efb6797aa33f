"""What metrics there are, which are asked for, and which of them measure the same thing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mendbook.advice.advisor import Survey
from mendbook.advice.metrics import prom_client, prometheus_client
from mendbook.advice.metrics.collector import Collector
from mendbook.advice.production_code import Code, line_of, production
from mendbook.code.registrations import shared_prefix
from mendbook.policy.platform import WantedAlert, WantedMetric
from mendbook.repository.snapshot import Snapshot

_FORM = frozenset({"total", "active", "created", "count", "current", "number", "open", "per"})
"""Words that say how a thing is counted, not what is."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """The collectors of the code, those asked for, and the service's prefix."""

    code: Code
    collectors: tuple[Collector, ...]
    wanted: tuple[WantedMetric, ...]
    alerts: tuple[WantedAlert, ...]
    prefix: str

    def match(self, wanted: WantedMetric) -> Collector | None:
        """Return the collector of that name, else one that measures the same; None without one."""
        named = next((one for one in self.collectors if self.named(wanted, one)), None)
        return named or next((one for one in self.collectors if self._same(wanted, one)), None)

    def named(self, wanted: WantedMetric, collector: Collector) -> bool:
        """Tell whether ``collector`` has the name asked for, a prefix of one word allowed."""
        for name in (wanted.name, *wanted.also):
            lead = collector.name.removesuffix(name)
            if collector.name.endswith(name) and (
                lead in {"", self.prefix} or re.fullmatch(r"[^_]+_", lead)
            ):
                return True
        return False

    def _same(self, wanted: WantedMetric, collector: Collector) -> bool:
        """Tell whether ``collector`` has the same type and labels, and counts the same things."""
        about = _things(wanted.name, wanted.labels)
        return (
            collector.type == wanted.type
            and set(collector.labels) == set(wanted.labels)
            and len(about) > 1
            and about == _things(collector.name.removeprefix(self.prefix), wanted.labels)
        )

    def missing(self) -> tuple[WantedMetric, ...]:
        """Return what is asked for and not measured."""
        return tuple(wanted for wanted in self.wanted if self.match(wanted) is None)

    def called_at(self, calls: tuple[str, ...]) -> str:
        """Return ``file:line`` of the first call of one of ``calls``, or an empty string."""
        for module, call in self.code.calls(*calls) if calls else ():
            if call.kind() == "call_expression":
                return f"{module.path}:{line_of(call)}"
        return _called_in_python(self.code.snapshot, calls)


def take_inventory(survey: Survey) -> Inventory:
    """Return the metrics of the target, and what its platform asks for of them."""
    code = Code(survey.snapshot)
    collectors = (*prom_client.read(code), *prometheus_client.read(survey.snapshot))
    wanted = tuple(one for one in survey.platform.metrics if _is_asked(survey, one))
    names = {one.name for one in wanted}
    alerts = tuple(one for one in survey.platform.alerts if one.metric in names)
    prefix = shared_prefix([one.name for one in collectors])
    return Inventory(code, collectors, wanted, alerts, prefix)


def _is_asked(survey: Survey, wanted: WantedMetric) -> bool:
    if wanted.packages and not survey.packages & set(wanted.packages):
        return False
    return not wanted.code or any(
        re.search(wanted.code, survey.snapshot.text(path)) for path in production(survey.snapshot)
    )


def _things(name: str, labels: tuple[str, ...]) -> frozenset[str]:
    by = {word.removesuffix("s") for label in labels for word in label.split("_")}
    words = [word.removesuffix("s") for word in name.lower().split("_")]
    # what a label names may stand in the name: routers_per_worker, by worker_pid
    tail = words.index("per") if "per" in words else len(words)
    kept = [word for place, word in enumerate(words) if place < tail or word not in by]
    return frozenset(kept) - _FORM


def _called_in_python(snapshot: Snapshot, calls: tuple[str, ...]) -> str:
    if not calls:
        return ""
    spelled = re.compile(rf"(?<!def )\b(?:{'|'.join(map(re.escape, calls))})\(")
    for path in production(snapshot):
        if path.endswith(".py"):
            for number, line in enumerate(snapshot.text(path).splitlines(), 1):
                if spelled.search(line) and not line.lstrip().startswith("#"):
                    return f"{path}:{number}"
    return ""
