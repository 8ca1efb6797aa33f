"""Findings that are one fault in many repositories: the same rule, the same fix."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mendbook.fleet.records import Campaign, CampaignPlace
from mendbook.ledger.trace import TracedFinding

_PLACE = re.compile(r"\S*/\S*|\S+\.[A-Za-z]\w{0,4}(?::\d+)?(?=[\s.,;:!?)]|$)|\blines?\s+\d[\d-]*")
_WORD = re.compile(r"[^\W_]+")
_LEAST_WORDS = 3
"""Words that a fix needs to be told from any other: “fix it” is said of everything."""


@dataclass(frozen=True, slots=True)
class MemberFinding:
    """One open finding of one member."""

    member: str
    repository: str
    finding: TracedFinding


def campaigns(findings: Sequence[MemberFinding]) -> tuple[Campaign, ...]:
    """Return the faults that stand in more than one repository, the most hours first.

    Findings of tools are one where rule and fix are; those of auditors where the fix is, places
    left out. A fix of fewer than three words says nothing without a rule.
    """
    groups: defaultdict[tuple[str, str], list[MemberFinding]] = defaultdict(list)
    for each in findings:
        rule, fix = each.finding.rule, spoken(each.finding.fix)
        if rule or len(fix.split()) >= _LEAST_WORDS:
            groups[rule, fix].append(each)
    shared = [_campaign(group) for group in groups.values() if _repositories(group) > 1]
    return tuple(sorted(shared, key=lambda each: (-each.hours, each.rule, each.fix)))


def spoken(fix: str) -> str:
    """Return the words of a fix without places, case and punctuation."""
    bare = _PLACE.sub(" ", fix)
    return " ".join(_WORD.findall(bare.casefold()))


def _campaign(group: Sequence[MemberFinding]) -> Campaign:
    first = group[0].finding
    return Campaign(
        rule=first.rule,
        fix=first.fix,
        headline=first.headline,
        places=tuple(_place(each) for each in group),
        repositories=_repositories(group),
        hours=round(sum(each.finding.hours for each in group), 2),
    )


def _repositories(group: Sequence[MemberFinding]) -> int:
    return len({each.repository or each.member for each in group})


def _place(open_finding: MemberFinding) -> CampaignPlace:
    finding = open_finding.finding
    return CampaignPlace(
        open_finding.member, finding.id, finding.file, finding.line, finding.priority, finding.hours
    )
