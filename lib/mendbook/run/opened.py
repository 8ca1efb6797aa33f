"""What the first cell of a notebook opens: a plan, and its findings to be looked up."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from mendbook.errors import InputError, MendbookError
from mendbook.ledger.plan_versions import read_plan
from mendbook.model import Plan
from mendbook.notebook.card import Card, card, diff_card
from mendbook.planning import Schedule
from mendbook.planning.what_if import Basis
from mendbook.run.parameters import read_parameters
from mendbook.run.published import recorded
from mendbook.run.run import Run, open_run

_AROUND = 4
"""Lines shown before and after a place."""


class Opened:
    """A plan as it stands, from a published run or made of the notebook's parameters."""

    def __init__(self, folder: str, given: Mapping[str, Any]) -> None:
        self._folder = folder
        self._given = dict(given)

    @cached_property
    def plan(self) -> Plan:
        """The whole plan; that of a published run exactly as it was published."""
        return read_plan(Path(self._folder)) if self._folder else self.run.plan

    @cached_property
    def run(self) -> Run:
        """The run, whose stages can be asked; ``InputError`` where a published one moved on."""
        if not self._folder:
            return open_run(**self._given)
        run = open_run(**recorded(Path(self._folder))[0])
        audit, commit = self.plan.audit.sha256, self.plan.context.commit
        now = run.target.commit if run.target else ""
        if (run.audit.sha256, now) != (audit, commit):
            message = f"{self._folder}: its audit or commit changed since; plan again"
            raise InputError(message)
        return run

    @property
    def basis(self) -> Basis:
        """What the plan rests on and no scenario changes."""
        return self.run.basis

    @property
    def schedule(self) -> Schedule:
        """The schedule in force."""
        return self.run.schedule

    @property
    def overrides_folder(self) -> Path:
        """Where what people decide for the audit is kept."""
        return self.run.overrides_folder

    def finding(self, finding_id: str) -> Card:
        """Return all that the plan says of one finding; ``UsageError`` names a near id."""
        return card(self.plan, finding_id, self._code(finding_id))

    def diff(self, finding_id: str) -> Card:
        """Return the patch of one finding, in colours; ``UsageError`` names a near id."""
        return diff_card(self.plan, finding_id)

    def _code(self, finding_id: str) -> str:
        """Return the numbered lines around a finding's place; empty where they are not at hand."""
        facts = next((each for each in self.plan.facts if each.finding_id == finding_id), None)
        if facts is None or not facts.evidence.line:
            return ""
        try:
            content = self.run.snapshot.get(facts.evidence.file) or ""
        except MendbookError:  # a published run outlives its repository
            return ""
        first = facts.evidence.line
        last = facts.evidence.end_line or first
        return numbered(content, max(1, first - _AROUND), last + _AROUND)


def numbered(content: str, first: int, last: int) -> str:
    """Return the lines ``first`` to ``last`` of ``content``, each after its number."""
    lines = content.splitlines()[first - 1 : last]
    return "\n".join(f"{at:>5}  {line}" for at, line in enumerate(lines, start=first))


def open_parameters(names: Mapping[str, Any]) -> Opened:
    """Open what the parameters among a notebook's ``names`` say: a published run, or a new one.

    Raises ``UsageError`` where a name is no parameter or a value cannot be taken.
    """
    return Opened(*read_parameters(names))
