"""The whole plan, and what it was made from."""

from __future__ import annotations

from dataclasses import dataclass, field

from mendbook.model.advice import Advice
from mendbook.model.audit import Audit
from mendbook.model.draft import DraftsReport
from mendbook.model.fix import Check, Remediation
from mendbook.model.priority import Learned
from mendbook.model.profiling import Heat, Profiles
from mendbook.model.repository import Context, FindingFacts
from mendbook.model.schedule import Alternative, Forecast, PullRequest, SprintPlan
from mendbook.model.skipped import Skipped


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a reader needs to make the same plan again."""

    timestamp: str
    """UTC, ISO 8601."""
    stamp: str
    """``YYYY-MM-DD-HHmm``, as the artefacts are named."""
    mendbook: str
    python: str
    inputs: dict[str, str]
    """Input name to SHA-256."""
    parameters: dict[str, str]
    versions: dict[str, str]
    not_run: tuple[Skipped, ...] = ()
    """What was not run on this machine, and why."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole remediation plan: what every exporter, chart and table is made from."""

    audit: Audit
    context: Context
    facts: tuple[FindingFacts, ...]
    profiles: Profiles
    heat: tuple[Heat, ...]
    remediations: tuple[Remediation, ...]
    """In the order of ``Decision.rank``; one for each finding."""
    pull_requests: tuple[PullRequest, ...]
    sprint_plan: SprintPlan
    forecast: Forecast | None
    advice: tuple[Advice, ...]
    provenance: Provenance
    baseline: tuple[Check, ...] = ()
    """The gates on the untouched tree, and whether the whole series reverts; empty if not run."""
    alternatives: tuple[Alternative, ...] = ()
    """The sprint plan under other capacities, by hours, the planned ones among them."""
    drafts: DraftsReport = field(default_factory=DraftsReport)
    """What drafters cost, and how good they were."""
    learned: Learned = field(default_factory=Learned)
    """What earlier decisions say of the policy, and what they moved in it."""

    @property
    def open_items(self) -> tuple[Remediation, ...]:
        """What is left to be done: without the findings that the audit gives as closed."""
        closed = {finding.id for finding in self.audit.findings if finding.status.closed}
        return tuple(item for item in self.remediations if item.finding_id not in closed)
