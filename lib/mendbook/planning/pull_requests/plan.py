"""Plan atomic pull requests: what goes together, in what order, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import inf

from mendbook.changes.titles import headline, is_problem, room_beside, title
from mendbook.model import (
    CHANGE_KINDS,
    ChangeKind,
    Decision,
    Dependency,
    Estimate,
    Finding,
    FindingFacts,
    Priority,
    Proposed,
    PullRequest,
)
from mendbook.planning.pull_requests.dependencies import dependencies
from mendbook.planning.pull_requests.planned_changes import (
    PlannedChange,
    alike_key,
    read_changes,
    same_lines,
)
from mendbook.planning.sprints.schedule import Schedule
from mendbook.policy import PullRequestRules
from mendbook.repository.snapshot import Snapshot

_EPSILON = 1e-9
ALIKE = 3
"""Findings of one fix in one folder from which they are one PR."""
_RULES = PullRequestRules()
_UNDECIDED = Schedule()


@dataclass(frozen=True, slots=True)
class _Limits:
    """How large a PR may be: by the rules, and by what a sprint and its owner in it hold."""

    rules: PullRequestRules
    schedule: Schedule
    hours: float
    """Hours a sprint holds where the schedule does not say."""

    def holds(self, changes: Sequence[PlannedChange]) -> bool:
        """Tell whether ``changes`` can be one PR."""
        files = {path for change in changes for path in change.scope.files}
        return not self.above(changes) and len(files) <= self.rules.max_files

    def above(self, changes: Sequence[PlannedChange]) -> str:
        """Name the least limit in hours that ``changes`` are above; empty where they are within."""
        owner = _owner(changes)
        sprint = self.schedule.longest(self.hours)
        limits = [
            (self.rules.max_hours, f"the limit of {self.rules.max_hours:g} h for a PR"),
            (sprint, f"the {sprint:g} h of a sprint"),
        ]
        if owner in self.schedule.by_owner:
            theirs = self.schedule.by_owner[owner]
            limits.append((theirs, f"the {theirs:g} h that {owner} has in a sprint"))
        least, name = min(limits, key=lambda limit: limit[0])
        return name if _hours(changes) > least + _EPSILON else ""


@dataclass(slots=True)
class _Draft:
    """A PR while it is filled: changes of one band, domain and kind, most urgent first."""

    kind: ChangeKind
    domain: str
    changes: list[PlannedChange] = field(default_factory=list)
    split: str = ""
    """Why it is a part of what belongs together; empty where it is all of it."""

    @property
    def files(self) -> tuple[str, ...]:
        """Return the files that its changes touch, sorted."""
        return tuple(sorted({path for change in self.changes for path in change.scope.files}))

    @property
    def hours(self) -> float:
        """Return the likely hours of its changes."""
        return _hours(self.changes)

    @property
    def band(self) -> Priority:
        """Return the most urgent priority among its changes."""
        return min(change.band for change in self.changes)


def plan_pull_requests(
    findings: Sequence[Finding],
    decisions: Sequence[Decision],
    estimates: Sequence[Estimate],
    facts: Sequence[FindingFacts],
    proposed: Sequence[Proposed],
    snapshot: Snapshot,
    rules: PullRequestRules = _RULES,
    schedule: Schedule = _UNDECIDED,
    hours: float = inf,
) -> tuple[PullRequest, ...]:
    """Return atomic PRs in merge order; each finding that is open is in exactly one.

    A PR is one concern: a finding, those of its band and domain that meet it in the same lines, or
    those that ask for the same fix in one folder. A PR is split by finding above ``rules``, and
    above what a sprint holds (``hours``, where ``schedule`` does not say) or its owner does in one;
    what cannot be split says so. Of two PRs that meet in lines or symbols of a file the later
    depends on the earlier, and tests come after the code that they test. A PR depends only on PRs
    with a lower number.
    """
    findings = [finding for finding in findings if not finding.status.closed]
    changes = read_changes(findings, decisions, estimates, facts, proposed, snapshot)
    limits = _Limits(rules, schedule, hours)
    drafts = _fill(_clusters(changes, rules), limits)
    drafts.sort(
        key=lambda draft: (
            draft.band,
            draft.kind is ChangeKind.TEST,
            draft.changes[0].decision.rank,
        )
    )
    follows = dependencies((draft.changes for draft in drafts), rules.adjacent_lines)
    return tuple(
        _pull_request(number, draft, depends_on, limits)
        for number, (draft, depends_on) in enumerate(zip(drafts, follows, strict=True), start=1)
    )


def _clusters(
    changes: Sequence[PlannedChange], rules: PullRequestRules
) -> list[tuple[PlannedChange, ...]]:
    """Return the changes that belong together, most urgent first."""
    clusters: list[tuple[PlannedChange, ...]] = []
    for band in Priority:
        due = [change for change in changes if change.band is band]
        alike = [alike_key(change) for change in due]
        many = {key for key, times in Counter(alike).items() if key and times >= ALIKE}
        single = [change for change, key in zip(due, alike, strict=True) if key not in many]
        clusters += [
            tuple(single[index] for index in sorted(met))
            for met in same_lines(single, rules.adjacent_lines)
        ]
        clusters += [
            tuple(change for change, own in zip(due, alike, strict=True) if own == key)
            for key in sorted(many)
        ]
    return sorted(clusters, key=lambda cluster: cluster[0].decision.rank)


def _fill(clusters: Iterable[Sequence[PlannedChange]], limits: _Limits) -> list[_Draft]:
    drafts: list[_Draft] = []
    for cluster in clusters:
        drafts += _parts(cluster, limits)
    for draft in drafts:
        draft.changes.sort(key=lambda change: (bool(change.scope.deletes), change.decision.rank))
    return drafts


def _parts(cluster: Sequence[PlannedChange], limits: _Limits) -> list[_Draft]:
    """Return one draft of ``cluster``, or several where one would be above the limits."""
    kind = min((change.scope.kind for change in cluster), key=CHANGE_KINDS.index)
    parts = [_Draft(kind, cluster[0].domain)]
    for change in cluster:
        if parts[-1].changes and not limits.holds([*parts[-1].changes, change]):
            parts.append(_Draft(kind, cluster[0].domain))
        parts[-1].changes.append(change)
    for part in parts:
        part.kind = min((change.scope.kind for change in part.changes), key=CHANGE_KINDS.index)
        part.split = _why_split(cluster, limits) if len(parts) > 1 else ""
    return parts


def _why_split(cluster: Sequence[PlannedChange], limits: _Limits) -> str:
    above = limits.above(cluster) or f"the limit of {limits.rules.max_files} files for a PR"
    names = _listed([change.finding.id for change in cluster])
    return f"Split by finding: {names} together are above {above}."


def _pull_request(
    number: int, draft: _Draft, depends_on: tuple[Dependency, ...], limits: _Limits
) -> PullRequest:
    changes = draft.changes
    return PullRequest(
        number=number,
        title=_title(draft),
        finding_ids=tuple(change.finding.id for change in changes),
        files=draft.files,
        depends_on=depends_on,
        hours=round(draft.hours, 4),
        low=round(sum(change.estimate.low for change in changes), 4),
        high=round(sum(change.estimate.high for change in changes), 4),
        priority=draft.band,
        cost_of_delay=round(sum(_delay(change) for change in changes), 3),
        owner=_owner(changes),
        why=_why(draft, limits),
        kind=draft.kind,
        domain=draft.domain,
    )


def _title(draft: _Draft) -> str:
    """Return a title; where only the problem fits beside the domain, what is done without it."""
    width, bare = room_beside(draft.kind, draft.domain), room_beside(draft.kind, "")
    heads, alone = _heads(draft, width), draft.changes[0]
    told = title(draft.kind, draft.domain, heads)
    if len(heads) == 1 and (is_problem(heads[0], alone.finding) or told.endswith("…")):
        wider = _heads(draft, bare)
        if not is_problem(wider[0], alone.finding) and len(wider[0]) <= bare:
            return title(draft.kind, "", wider)
    return told


def _heads(draft: _Draft, room: int) -> list[str]:
    return [
        headline(change.finding, change.proposal, change.scope.units, room)
        for change in draft.changes
    ]


def _why(draft: _Draft, limits: _Limits) -> str:
    return f"{_concern(draft, limits)} {draft.split}".strip()


def _concern(draft: _Draft, limits: _Limits) -> str:
    alone = draft.changes[0]
    if len(draft.changes) > 1:
        if alike_key(alone) and len({alike_key(change) for change in draft.changes}) == 1:
            return f"{len(draft.changes)} findings that ask for the same fix in one folder."
        names = _listed([change.finding.id for change in draft.changes])
        return f"{names} meet in the same lines."
    if above := limits.above(draft.changes):
        return f"{alone.finding.id} alone is above {above}."
    if not limits.holds(draft.changes):
        return f"{alone.finding.id} alone touches more than {limits.rules.max_files} files."
    return "" if draft.split else "One finding, one change."


def _hours(changes: Iterable[PlannedChange]) -> float:
    return sum(change.estimate.likely for change in changes)


def _owner(changes: Sequence[PlannedChange]) -> str:
    hours: Counter[str] = Counter()
    for change in changes:
        hours[change.owner] += 1 + round(change.estimate.likely * 1000)
    return hours.most_common(1)[0][0]


def _delay(change: PlannedChange) -> float:
    return change.decision.order_key.get("cost_of_delay", 0.0)


def _listed(names: Sequence[str]) -> str:
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
