"""A plan's records by the keys that sections and charts look them up with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mendbook.model import (
    Advice,
    AdviceRow,
    Finding,
    FindingFacts,
    Heat,
    Plan,
    PullRequest,
    Remediation,
)
from mendbook.text.escape import slug


@dataclass(frozen=True, slots=True)
class Index:
    """Records of one plan by finding id, PR number and sprint."""

    findings: dict[str, Finding]
    facts: dict[str, FindingFacts]
    heat: dict[str, Heat]
    remediations: dict[str, Remediation]
    pull_requests: dict[int, PullRequest]
    pr_of: dict[str, int]
    """Finding id to the number of the PR it is in."""
    sprint_of: dict[int, int]
    """PR number to the number of its sprint."""
    anchor_of: dict[str, str]
    """Finding id to the short anchor of its card: ``rt-004``."""
    advice_of: dict[str, tuple[tuple[Advice, AdviceRow], ...]]
    """Finding id to the advisors' rows about the same place."""

    @classmethod
    def of(cls, plan: Plan) -> Index:
        """Return the index of ``plan``."""
        return cls(
            findings={finding.id: finding for finding in plan.audit.findings},
            facts={facts.finding_id: facts for facts in plan.facts},
            heat={heat.finding_id: heat for heat in plan.heat},
            remediations={item.finding_id: item for item in plan.remediations},
            pull_requests={pr.number: pr for pr in plan.pull_requests},
            pr_of={
                finding_id: pr.number for pr in plan.pull_requests for finding_id in pr.finding_ids
            },
            sprint_of={
                number: sprint.number
                for sprint in plan.sprint_plan.sprints
                for number in sprint.prs
            },
            anchor_of=_anchors(finding.id for finding in plan.audit.findings),
            advice_of={
                finding.id: tuple(
                    (advice, row)
                    for advice in plan.advice
                    for row in advice.rows
                    if finding.id in row.findings
                )
                for finding in plan.audit.findings
            },
        )


def _anchors(finding_ids: Iterable[str]) -> dict[str, str]:
    """Return an anchor for each id, the id itself where it can be; no two are alike."""
    found: dict[str, str] = {}
    for finding_id in finding_ids:
        stem = slug(finding_id, 48).lower()
        anchor, times = stem, 1
        while anchor in found.values():
            times += 1
            anchor = f"{stem}-{times}"
        found[finding_id] = anchor
    return found
