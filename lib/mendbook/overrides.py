"""Fields of single findings that a person decided otherwise: who, why and until when.

They stand in ``data/overrides/<audit stem>/overrides.yaml`` (schema ``overrides.schema.json``),
beside the curated patches of the same audit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from mendbook.errors import PolicyError
from mendbook.finding_names import FindingNames
from mendbook.model import Decision, Estimate, FindingFacts, Followup, Note, Owner, Priority
from mendbook.policy.document import read_document
from mendbook.prioritize import rank

NAME = "overrides.yaml"

Value = str | float | list[str]


@dataclass(frozen=True, slots=True)
class Override:
    """One field of one finding that a person decided."""

    finding_id: str
    field: str
    """``owner``, ``priority``, ``hours``, ``risk``, ``rollback``, ``docs`` or ``tests``."""
    value: Value
    who: str
    why: str
    until: str = ""
    """Last day on which it holds, ``YYYY-MM-DD``; empty when it always holds."""

    def note(self, original: str) -> Note:
        """Return the note that stands beside the overridden field in the plan."""
        return Note(self.field, original, self.as_text, f"{self._decided}: {self.why}")

    @property
    def as_text(self) -> str:
        """The value as a person reads it."""
        return "; ".join(self.value) if isinstance(self.value, list) else f"{self.value}"

    @property
    def followups(self) -> tuple[Followup, ...]:
        """The value as docs and tests have it: ``path — what`` in each entry, or words alone."""
        entries = self.value if isinstance(self.value, list) else [self.as_text]
        return tuple(map(Followup.read, entries))

    @property
    def _decided(self) -> str:
        return f"{self.who}, until {self.until}" if self.until else self.who


@dataclass(frozen=True, slots=True)
class Overrides:
    """The overrides that hold today, and those that no longer do."""

    active: tuple[Override, ...] = ()
    expired: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    finding: str
    field: str
    value: Value
    who: str
    why: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class _File:
    overrides: tuple[_Entry, ...]


def read_overrides(path: Path, names: FindingNames, today: dt.date) -> Overrides:
    """Read the overrides file at ``path``, or the one in that folder; none is no override.

    A finding may be named by its identity, too.

    Raises ``PolicyError`` when it is not valid, names a finding that the audit does not have, or
    decides the same field twice.
    """
    file = path / NAME if path.is_dir() else path
    if path.is_dir() and not file.exists():
        return Overrides()
    entries = msgspec.convert(read_document(file, "overrides"), type=_File).overrides
    active: dict[tuple[str, str], Override] = {}
    expired: list[Override] = []
    for index, written in enumerate(entries):
        where = f"{file}: $.overrides[{index}]"
        if missing := names.missing(written.finding):
            raise PolicyError(f"{where}: {missing}")
        entry = replace(written, finding=names.id_of(written.finding))
        override = Override(*(getattr(entry, name) for name in _Entry.__slots__))
        if _last_day(override, where) < today:
            expired.append(override)
        elif (entry.finding, entry.field) in active:
            raise PolicyError(f"{where}: decides {entry.field} a second time; keep one")
        else:
            active[entry.finding, entry.field] = override
    return Overrides(tuple(active.values()), tuple(expired))


def override_facts(
    facts: Sequence[FindingFacts], overrides: Sequence[Override]
) -> tuple[FindingFacts, ...]:
    """Return ``facts`` with the owners that a person decided."""
    owner = {each.finding_id: each for each in overrides if each.field == "owner"}
    return tuple(
        replace(each, owner=Owner(owner[each.finding_id].as_text, "override"))
        if each.finding_id in owner
        else each
        for each in facts
    )


def override_estimates(
    estimates: Sequence[Estimate], overrides: Sequence[Override]
) -> tuple[Estimate, ...]:
    """Return ``estimates`` with the likely hours that a person decided; the range scales along."""
    hours = {each.finding_id: each for each in overrides if each.field == "hours"}
    return tuple(
        _scaled(each, hours[each.finding_id]) if each.finding_id in hours else each
        for each in estimates
    )


def override_decisions(
    decisions: Sequence[Decision], overrides: Sequence[Override]
) -> tuple[Decision, ...]:
    """Return ``decisions`` with the priorities that a person decided, ranked anew."""
    decided = {each.finding_id: each for each in overrides if each.field == "priority"}
    return rank(
        [
            override_decision(each, decided[each.finding_id])
            if each.finding_id in decided
            else each
            for each in decisions
        ]
    )


def override_decision(decision: Decision, override: Override) -> Decision:
    """Return ``decision`` with the priority of ``override`` and a reason that says both."""
    priority = Priority(override.as_text)
    if decision.priority is priority:
        return decision
    tree = decision.reason.rstrip(".")
    decided = f"as {override.who} decided: {override.why} (the tree says {tree})"
    return replace(decision, priority=priority, decided=decided)


def _scaled(estimate: Estimate, override: Override) -> Estimate:
    likely = float(override.as_text)
    if likely == estimate.likely:
        return estimate
    factor = likely / estimate.likely
    return Estimate(
        estimate.finding_id,
        low=round(estimate.low * factor, 4),
        likely=likely,
        high=round(estimate.high * factor, 4),
        brief=f"{override.who} decided, instead of {estimate.likely:g} h ({estimate.brief})",
    )


def _last_day(override: Override, where: str) -> dt.date:
    if not override.until:
        return dt.date.max
    try:
        return dt.date.fromisoformat(override.until)
    except ValueError as error:
        message = f"{where}: {override.until} is not a day; write YYYY-MM-DD"
        raise PolicyError(message) from error
