"""A plan's records by the keys that sections and charts look them up with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mendbook.model import (
    Advice,
    AdviceRow,
    Citation,
    Finding,
    FindingFacts,
    Heat,
    Plan,
    PullRequest,
    Remediation,
)
from mendbook.report.details_json import patch_file
from mendbook.report.forge import Forge, forge_of, known_files
from mendbook.report.offered import offered_folder
from mendbook.text.escape import code, slug

_TAKEN = re.compile(r"(?i)(?:pr|sprint|chart)-\d+")
"""Anchors of other records: a finding called ``PR-6`` gets another."""


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
    """Finding id to the short anchor of its card: ``RT-004``."""
    advice_of: dict[str, tuple[tuple[Advice, AdviceRow], ...]]
    """Finding id to the advisors' rows about the same place."""
    forge: Forge | None
    patch_files: dict[str, str]
    """Name of a finding's patch to where it lies in the run's folder."""
    offered: str
    """The folder of what advisors offer, in the run's folder."""
    files: frozenset[str]
    """Files that are known to be in the tree."""

    def place(self, at: Citation) -> str:
        """Return what facts and advice cite, ``file`` or ``file:line``, with its link.

        What is not known to be in the tree stays code alone: a file that a patch adds has no page.
        """
        url, words = self.url(at), code(str(at))
        return f"[{words}]({url})" if url else words

    def file(self, path: str) -> str:
        """Return a whole file, with its link."""
        return self.place(Citation(path))

    def url(self, at: Citation) -> str:
        """Return the address of what is cited; empty where the tree has no such file.

        It is empty as well where it is not known which forge shows the tree.
        """
        if not (self.forge and at.path in self.files):
            return ""
        return self.forge.url(at.path, at.first, at.last)

    def link(self, words: str, path: str, line: int | None = None, last: int | None = None) -> str:
        """Return ``words`` as code, linked to the lines of ``path`` where the tree has it."""
        if not self.forge or path not in self.files:
            return code(words)
        return f"[{code(words)}]({self.forge.url(path, line, last)})"

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
            forge=forge_of(plan),
            patch_files={
                item.patch.name: patch_file(item.patch)
                for item in plan.remediations
                if item.patch.name
            },
            offered=offered_folder(plan),
            files=known_files(plan),
        )


def advice_anchor(advice: Advice) -> str:
    """Return the anchor of an advisor's section."""
    return f"advice-{slug(advice.advisor, 48).lower()}"


def _anchors(finding_ids: Iterable[str]) -> dict[str, str]:
    """Return an anchor for each id, the id itself where it can be; no two are alike."""
    anchors: dict[str, str] = {}
    taken: set[str] = set()
    for finding_id in finding_ids:
        stem = slug(finding_id, 48)
        stem = f"finding-{stem}" if _TAKEN.fullmatch(stem) else stem
        anchor, times = stem, 1
        while anchor.lower() in taken:
            times += 1
            anchor = f"{stem}-{times}"
        taken.add(anchor.lower())
        anchors[finding_id] = anchor
    return anchors
