"""Advise on metrics and alerts: every collector in the code against those the platform wants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mendbook.advice.advisor import Survey
from mendbook.advice.metrics import alerts, prom_client
from mendbook.advice.metrics.collector import Collector, described, faults, unbounded
from mendbook.advice.metrics.inventory import Inventory, take_inventory
from mendbook.advice.metrics.waiting import Waiting, waiting
from mendbook.advice.rows import NOT_FOUND, findings_on
from mendbook.model import Advice, AdviceRow, Proposal, Skipped
from mendbook.policy.platform import WantedMetric

TITLE = "Metrics & Alerts"
NAMING_SOURCE = "https://prometheus.io/docs/practices/naming/"


def applies(survey: Survey) -> bool:
    """Tell whether the code registers a metric, or its platform asks for one."""
    inventory = take_inventory(survey)
    return bool(inventory.collectors or inventory.wanted)


def advise(survey: Survey) -> Advice:
    """Return every collector against those wanted, the patch that adds, and the alert rules."""
    inventory = take_inventory(survey)
    proposal, reason = _proposal(inventory)
    rows = (
        *_wanted_rows(survey, inventory, proposal is not None),
        *_others(survey, inventory),
    )
    waits = {
        alert.name: place
        for alert in survey.platform.alerts
        if alert.queue and (place := waiting(survey, inventory.code, alert.queue)) is not None
    }
    exposed = _exposed(inventory, added=proposal is not None)
    text, left = alerts.rules(survey.platform.name, inventory.alerts, exposed, waits)
    without = (Skipped("patch of the missing collectors", reason),) if reason else ()
    return Advice(
        advisor="metrics",
        title=TITLE,
        summary=_summary(inventory),
        rows=rows,
        notes=_notes(inventory, text, proposal is not None, waits),
        commands=(f"promtool check rules {alerts.FILE}",) if text else (),
        files={alerts.FILE: text} if text else {},
        proposals=(proposal,) if proposal else (),
        not_run=(*without, *left),
    )


def _proposal(inventory: Inventory) -> tuple[Proposal | None, str]:
    missing = inventory.missing()
    if not missing:
        return None, ""
    return prom_client.propose(inventory.code, missing, inventory.prefix)


# --- rows --------------------------------------------------------------------------------------


def _wanted_rows(survey: Survey, inventory: Inventory, patched: bool) -> Iterator[AdviceRow]:
    for wanted in inventory.wanted:
        collector = inventory.match(wanted)
        if collector is not None:
            yield _present(survey, inventory, wanted, collector)
        else:
            yield _absent(survey, inventory, wanted, patched)


def _present(
    survey: Survey, inventory: Inventory, wanted: WantedMetric, collector: Collector
) -> AdviceRow:
    name = f"{collector.name}: " if collector.name != wanted.name else ""
    wrong = _differences(wanted, collector) + faults(collector)
    target = f"{wanted.type}, {described(wanted.labels)}"
    if not inventory.named(wanted, collector):
        target += "; it measures this under another name: keep one name for one measure"
    if collector.silent:
        wrong.append("it reads zero or nothing for ever")
    why = "; ".join(wrong) if wrong else f"as asked for; {wanted.why}"
    return _row(
        survey, wanted.name, collector, f"{name}{collector.shown}{collector.silence}", target, why
    )


def _absent(survey: Survey, inventory: Inventory, wanted: WantedMetric, patched: bool) -> AdviceRow:
    place = inventory.called_at(wanted.calls)
    beside = f"; set it at {place}" if place else ""
    return AdviceRow(
        what=wanted.name,
        where=None,
        now=NOT_FOUND,
        target=f"{wanted.type}, {described(wanted.labels)}{beside}",
        why=wanted.why,
        proposal=int(patched),
        findings=_speaking_of(survey, wanted.name),
    )


def _others(survey: Survey, inventory: Inventory) -> Iterator[AdviceRow]:
    """Yield the collectors that nobody asks for, those at fault first."""
    asked = {
        id(collector) for one in inventory.wanted if (collector := inventory.match(one)) is not None
    }
    rest = [one for one in inventory.collectors if id(one) not in asked]
    beyond = "beyond the platform's list" if inventory.wanted else "no fault was found"
    for one in sorted(rest, key=lambda one: not (faults(one) or one.silent)):
        wrong = faults(one)
        target = "correct it" if wrong else "set it, or remove it" if one.silent else "keep"
        why = "; ".join(wrong) or ("it reads nothing" if one.silent else beyond)
        yield _row(survey, one.name, one, one.shown + one.silence, target, why)


def _row(
    survey: Survey, what: str, collector: Collector, now: str, target: str, why: str
) -> AdviceRow:
    ids = findings_on(survey, collector.path, collector.line, collector.around)
    return AdviceRow(what, collector.where, now, target, why, findings=ids)


def _differences(wanted: WantedMetric, collector: Collector) -> list[str]:
    wrong = []
    if collector.type != wanted.type:
        wrong.append(f"a {collector.type} where the plan asks for a {wanted.type}")
    lacking = [label for label in wanted.labels if label not in collector.labels]
    more = [label for label in collector.labels if label not in wanted.labels]
    if lacking:
        wrong.append(f"lacks the label {', '.join(lacking)}")
    if more:
        wrong.append(f"has the label {', '.join(more)} beyond the plan")
    return wrong


def _speaking_of(survey: Survey, name: str) -> tuple[str, ...]:
    word = re.compile(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9_])")
    return tuple(
        finding.id
        for finding in survey.audit.findings
        if word.search(f"{finding.problem}\n{finding.evidence}\n{finding.fix}")
    )


def _exposed(inventory: Inventory, *, added: bool) -> Mapping[str, str]:
    names = {}
    for wanted in inventory.wanted:
        collector = inventory.match(wanted)
        if collector is not None:
            names[wanted.name] = collector.name
        elif added:
            names[wanted.name] = inventory.prefix + wanted.name
    return names


# --- words -------------------------------------------------------------------------------------


def _summary(inventory: Inventory) -> str:
    parts = [*_asked(inventory)] if inventory.wanted else [_registered(inventory)]
    many = sum(bool(unbounded(one)) for one in inventory.collectors)
    if many:
        verb = "collector grows" if many == 1 else "collectors grow"
        parts.append(f"{many} {verb} without bound by a label")
    silent = [alert.name for alert in inventory.alerts if not _alive(inventory, alert.metric)]
    if silent:
        parts.append(f"{', '.join(silent)} could never fire today")
    if not inventory.wanted and any(one.silent for one in inventory.collectors):
        names = ", ".join(one.name for one in inventory.collectors if one.silent)
        parts.append(f"no code sets {names}")
    return "; ".join(parts)


def _registered(inventory: Inventory) -> str:
    count = len(inventory.collectors)
    return f"The code registers {count} collector{'' if count == 1 else 's'}"


def _asked(inventory: Inventory) -> Iterator[str]:
    if not inventory.collectors:
        yield "The code registers no collector, so none of the alerts can fire"
        return
    present = len(inventory.wanted) - len(inventory.missing())
    yield (
        f"{present} of the {len(inventory.wanted)} collectors that dashboards and alerts need exist"
    )
    wrong = sum(
        bool(_differences(wanted, collector) or faults(collector))
        for wanted in inventory.wanted
        if (collector := inventory.match(wanted)) is not None
    )
    if wrong:
        yield f"{wrong} of them with another type or other labels"


def _alive(inventory: Inventory, metric: str) -> bool:
    """Tell whether code registers ``metric`` and sets it."""
    collectors = [inventory.match(wanted) for wanted in inventory.wanted if wanted.name == metric]
    return any(one is not None and not one.silent for one in collectors)


def _notes(
    inventory: Inventory, text: str, patched: bool, waits: Mapping[str, Waiting]
) -> tuple[str, ...]:
    notes = []
    if inventory.prefix and inventory.wanted:
        notes.append(
            f"Every collector is called {inventory.prefix}…; a name of the plan counts as found "
            "with that prefix, and what the patch and the alert rules name has it too"
        )
    if not all(one.path.endswith(".py") for one in inventory.collectors):
        notes.append(prom_client.without_defaults(inventory.code))
    if patched:
        notes.append(
            "The patch registers collectors and sets none: set each before its alert is relied on"
        )
    notes += [
        f"{name}: what it counts waits at {place.where}. {alerts.fate(place)}"
        for name, place in waits.items()
        if any(alert.name == name for alert in inventory.alerts)
    ]
    if text:
        notes.append(
            "Thresholds are those of the plan and hold for each process; sum() over instances "
            "for the platform, but never over a queue that instances share"
        )
    slow = [one.name for one in inventory.wanted if re.search(r"_(ms|milliseconds)$", one.name)]
    if slow:
        notes.append(
            f"Prometheus asks for base units, so seconds instead of {', '.join(slow)}'s "
            f"milliseconds; the name is the plan's ({NAMING_SOURCE})"
        )
    return tuple(filter(None, notes))
