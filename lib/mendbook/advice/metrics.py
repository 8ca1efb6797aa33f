"""Advise on metrics and alerts: every collector in the code against those the plan asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.advice import alerts
from mendbook.advice.advisor import Survey
from mendbook.advice.collectors import (
    Collector,
    called_at,
    default_metrics,
    described,
    read_collectors,
    unset,
)
from mendbook.advice.expected_metrics import WANTED, Wanted
from mendbook.advice.reading import NOT_FOUND, Code, row
from mendbook.code.edits import apply
from mendbook.code.functions import statement_of
from mendbook.code.registrations import (
    Metric,
    key_of,
    register,
    shared_prefix,
)
from mendbook.model import Advice, AdviceRow, Proposal, Skipped

TITLE = "Metrics & Alerts"
NAMING_SOURCE = "https://prometheus.io/docs/practices/naming/"
_PATCH = "infrastructure/metrics/001.patch"
_UNBOUNDED = re.compile(
    r"(^|_)(user|room|socket|seat|peer|client|session|request|message|gift|transport|producer"
    r"|consumer|router|trace|correlation)_?(id|uuid|key)$|^(id|uuid|ip|ip_?address|email|token|url"
    r"|phone|user_?name)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Inventory:
    """What was read: collectors, the keys that no code sets, and the service's prefix."""

    code: Code
    collectors: tuple[Collector, ...]
    unset: frozenset[str]
    prefix: str

    def match(self, wanted: Wanted) -> Collector | None:
        """Return the collector of that name, a service prefix of one word allowed."""
        for one in self.collectors:
            lead = one.name.removesuffix(wanted.name)
            if lead != one.name and (lead in {"", self.prefix} or re.fullmatch(r"[^_]+_", lead)):
                return one
        return None

    def missing(self) -> tuple[Wanted, ...]:
        """Return what is asked for and not registered."""
        return tuple(wanted for wanted in WANTED if self.match(wanted) is None)


def advise(survey: Survey) -> Advice:
    """Return every collector against the plan's, the patch that adds, and the alert rules."""
    code = Code(survey.snapshot)
    collectors = read_collectors(code)
    prefix = shared_prefix([one.name for one in collectors])
    inventory = _Inventory(code, collectors, unset(code, collectors), prefix)
    proposal, reason = _proposal(inventory)
    rows = (
        *_wanted_rows(survey, inventory, _PATCH if proposal else ""),
        *_others(survey, inventory),
    )
    text, left = alerts.rules(_exposed(inventory, added=proposal is not None))
    without = (Skipped("patch of the missing collectors", reason),) if reason else ()
    return Advice(
        advisor="metrics",
        title=TITLE,
        summary=_summary(inventory, rows),
        rows=rows,
        notes=_notes(inventory, text, proposal is not None),
        commands=(f"promtool check rules {alerts.FILE}",) if text else (),
        files={alerts.FILE: text} if text else {},
        proposals=(proposal,) if proposal else (),
        not_run=(*without, *left),
    )


# --- rows --------------------------------------------------------------------------------------


def _wanted_rows(survey: Survey, inventory: _Inventory, patch: str) -> Iterator[AdviceRow]:
    for wanted in WANTED:
        found = inventory.match(wanted)
        if found is not None:
            yield _present(survey, inventory, wanted, found)
        else:
            yield _absent(survey, inventory, wanted, patch)


def _present(survey: Survey, inventory: _Inventory, wanted: Wanted, found: Collector) -> AdviceRow:
    name = f"{found.name}: " if found.name != wanted.name else ""
    now = f"{name}{found.shown}{_silence(inventory, found)}"
    wrong = _differences(wanted, found) + _faults(found)
    target = f"{wanted.type}, {described(wanted.labels)}"
    if _silence(inventory, found):
        wrong.append("it reads zero or nothing for ever")
    why = "; ".join(wrong) if wrong else f"as asked for; {wanted.why}"
    return row(survey, wanted.name, found.module, found.node, now, target, why)


def _absent(survey: Survey, inventory: _Inventory, wanted: Wanted, patch: str) -> AdviceRow:
    place = called_at(inventory.code, *wanted.calls) if wanted.calls else ""
    hook = f"; set it at {place}" if place else ""
    near = ", ".join(f"{one.name} ({one.where})" for one in _similar(inventory, wanted))
    similar = f"; similar: {near}, keep one name for one measure" if near else ""
    return AdviceRow(
        what=wanted.name,
        where="",
        now=NOT_FOUND,
        target=f"{wanted.type}, {described(wanted.labels)}{hook}",
        why=wanted.why + similar,
        patch=patch,
        findings=_speaking_of(survey, wanted.name),
    )


def _others(survey: Survey, inventory: _Inventory) -> Iterator[AdviceRow]:
    """Yield the collectors that the plan does not name, those at fault first."""
    asked = {id(found) for wanted in WANTED if (found := inventory.match(wanted)) is not None}
    rest = [one for one in inventory.collectors if id(one) not in asked]
    for one in sorted(rest, key=lambda one: not (_faults(one) or _silence(inventory, one))):
        faults = _faults(one)
        silent = _silence(inventory, one)
        target = "correct it" if faults else "set it, or remove it" if silent else "keep"
        why = "; ".join(faults) or ("it reads nothing" if silent else "beyond the plan's list")
        yield row(survey, one.name, one.module, one.node, one.shown + silent, target, why)


def _silence(inventory: _Inventory, found: Collector) -> str:
    return "; no code sets it" if found.key in inventory.unset else ""


def _differences(wanted: Wanted, found: Collector) -> list[str]:
    wrong = []
    if found.type != wanted.type:
        wrong.append(f"a {found.type} where the plan asks for a {wanted.type}")
    lacking = [label for label in wanted.labels if label not in found.labels]
    more = [label for label in found.labels if label not in wanted.labels]
    if lacking:
        wrong.append(f"lacks the label {', '.join(lacking)}")
    if more:
        wrong.append(f"has the label {', '.join(more)} beyond the plan")
    return wrong


def _faults(found: Collector) -> list[str]:
    """Return what is wrong with a collector whatever the plan asks for."""
    faults = []
    if found.name.endswith("_total") and found.type != "Counter":
        faults.append("_total names a Counter, so rate() will be used on it and be wrong")
    if found.type == "Counter" and not found.name.endswith("_total"):
        faults.append("a Counter's name ends in _total by convention")
    unbounded = [label for label in found.labels if _UNBOUNDED.search(label)]
    if unbounded:
        faults.append(
            f"unbounded label {', '.join(unbounded)}: every value is a new time series that stays "
            "in memory until the process ends"
        )
    return faults


def _similar(inventory: _Inventory, wanted: Wanted) -> list[Collector]:
    """Return collectors of the same type, with as many labels, that share most of the words."""
    words = _words(wanted.name)
    return [
        one
        for one in inventory.collectors
        if one.type == wanted.type
        and len(one.labels) == len(wanted.labels)
        and len(words & _words(one.name)) * 2 > len(words) > 1
    ]


def _words(name: str) -> set[str]:
    return set(name.replace("latency", "duration").split("_")) - {"total", "active", "ms"}


def _speaking_of(survey: Survey, name: str) -> tuple[str, ...]:
    word = re.compile(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9_])")
    return tuple(
        finding.id
        for finding in survey.audit.findings
        if word.search(f"{finding.problem}\n{finding.evidence}\n{finding.fix}")
    )


# --- patch -------------------------------------------------------------------------------------


def _proposal(inventory: _Inventory) -> tuple[Proposal | None, str]:
    """Return the patch that registers what is missing, or why there is none."""
    missing = inventory.missing()
    if not missing:
        return None, ""
    home = _sibling(inventory.collectors)
    if home is None:
        return None, "no prom-client collector stands in an object or a top-level constant"
    found, sibling = home
    taken = {one.key for one in inventory.collectors}
    metrics = [_metric(wanted, inventory.prefix, taken) for wanted in missing]
    text = apply(found.module.text, register(found.module, sibling, metrics))
    names = ", ".join(metric.name for metric in metrics)
    proposal = Proposal(
        finding_id="",
        source="advisor:metrics",
        summary=f"Register {len(metrics)} missing collector{'s' if len(metrics) > 1 else ''}",
        edits={found.module.path: text},
        why=f"Dashboards and alerts read {names}.",
        risk="Until code sets them they read zero or nothing: an alert on them stays silent.",
    )
    return proposal, ""


def _sibling(collectors: Sequence[Collector]) -> tuple[Collector, SgNode] | None:
    """Return the last collector of the fullest module, and the node that ``register`` follows."""
    by_module: dict[str, list[tuple[Collector, SgNode]]] = {}
    for one in collectors:
        parent = one.node.parent()
        if parent is None or not one.key:
            continue
        if parent.kind() == "pair":
            by_module.setdefault(one.module.path, []).append((one, parent))
        elif (statement := statement_of(one.node).parent()) and statement.kind() == "program":
            by_module.setdefault(one.module.path, []).append((one, one.node))
    return max(by_module.values(), key=len)[-1] if by_module else None


def _metric(wanted: Wanted, prefix: str, taken: set[str]) -> Metric:
    key = key_of(wanted.name)
    key = f"{key}{wanted.type}" if key in taken else key
    name = prefix + wanted.name
    return Metric(name, wanted.type, wanted.help, key, wanted.labels, wanted.buckets)


def _exposed(inventory: _Inventory, *, added: bool) -> Mapping[str, str]:
    names = {}
    for wanted in WANTED:
        found = inventory.match(wanted)
        if found is not None:
            names[wanted.name] = found.name
        elif added:
            names[wanted.name] = inventory.prefix + wanted.name
    return names


# --- words -------------------------------------------------------------------------------------


def _summary(inventory: _Inventory, rows: Sequence[AdviceRow]) -> str:
    if not inventory.collectors:
        return "The code registers no prom-client collector, so none of the alerts can fire."
    missing = len(inventory.missing())
    present = len(WANTED) - missing
    wrong = sum(
        bool(_differences(wanted, found) or _faults(found))
        for wanted in WANTED
        if (found := inventory.match(wanted)) is not None
    )
    unbounded = sum("unbounded label" in one.why for one in rows)
    parts = [f"{present} of the {len(WANTED)} collectors that dashboards and alerts need exist"]
    if wrong:
        parts.append(f"{wrong} of them with another type or other labels")
    if unbounded:
        verb = "collector grows" if unbounded == 1 else "collectors grow"
        parts.append(f"{unbounded} {verb} without bound by a label")
    silent = [alert.name for alert in alerts.ALERTS if not _alive(inventory, alert.metric)]
    if silent:
        parts.append(f"{', '.join(silent)} could never fire today")
    return "; ".join(parts)


def _alive(inventory: _Inventory, metric: str) -> bool:
    """Tell whether code registers ``metric`` and sets it."""
    found = next((inventory.match(wanted) for wanted in WANTED if wanted.name == metric), None)
    return found is not None and not _silence(inventory, found)


def _notes(inventory: _Inventory, text: str, patched: bool) -> tuple[str, ...]:
    notes = []
    if inventory.prefix:
        notes.append(
            f"Every collector is called {inventory.prefix}…; a name of the plan counts as found "
            "with that prefix, and what the patch and the alert rules name has it too"
        )
    where = default_metrics(inventory.code)
    if inventory.collectors and where is None:
        notes.append("collectDefaultMetrics is not called: memory and event-loop lag are missing")
    if patched:
        notes.append(
            "The patch registers collectors and sets none: set each before its alert is relied on"
        )
    if text:
        notes.append(
            "Thresholds are those of the plan and hold for each process; sum() over instances "
            "for the platform"
        )
    notes.append(
        "Prometheus asks for base units, so seconds instead of event_processing_duration_ms' "
        f"milliseconds; the name is the plan's ({NAMING_SOURCE})"
    )
    return tuple(notes)
