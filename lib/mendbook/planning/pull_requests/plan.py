"""Plan atomic pull requests: what goes together, in what order, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mendbook.changes.titles import headline, title
from mendbook.fixes import Proposed
from mendbook.model import (
    CHANGE_KINDS,
    ChangeKind,
    Decision,
    Dependency,
    Estimate,
    Finding,
    FindingFacts,
    Priority,
    PullRequest,
)
from mendbook.planning.pull_requests.planned_changes import (
    PlannedChange,
    alike_key,
    lines_meet,
    needed_names,
    read_changes,
    removed_names,
    same_lines,
)
from mendbook.policy import PullRequestRules
from mendbook.repository.snapshot import Snapshot

_EPSILON = 1e-9
ALIKE = 3
"""Findings of one fix in one folder from which they are one PR."""
_RULES = PullRequestRules()


@dataclass(slots=True)
class _Draft:
    """A PR while it is filled: changes of one band, domain and kind, most urgent first."""

    kind: ChangeKind
    domain: str
    changes: list[PlannedChange] = field(default_factory=list)

    @property
    def files(self) -> tuple[str, ...]:
        """Return the files that its changes touch, sorted."""
        return tuple(sorted({path for change in self.changes for path in change.scope.files}))

    @property
    def hours(self) -> float:
        """Return the likely hours of its changes."""
        return sum(change.estimate.likely for change in self.changes)

    @property
    def band(self) -> Priority:
        """Return the most urgent priority among its changes."""
        return min(change.band for change in self.changes)

    def fits(self, cluster: Sequence[PlannedChange], rules: PullRequestRules) -> bool:
        """Tell whether ``cluster`` can join within the hours and files that a PR may have."""
        hours = self.hours + sum(change.estimate.likely for change in cluster)
        files = set(self.files).union(*(change.scope.files for change in cluster))
        return hours <= rules.max_hours + _EPSILON and len(files) <= rules.max_files


def plan_pull_requests(
    findings: Sequence[Finding],
    decisions: Sequence[Decision],
    estimates: Sequence[Estimate],
    facts: Sequence[FindingFacts],
    proposed: Sequence[Proposed],
    snapshot: Snapshot,
    rules: PullRequestRules = _RULES,
) -> tuple[PullRequest, ...]:
    """Return atomic PRs in merge order; each finding that is open is in exactly one.

    A PR is one concern: a finding, those of its band and domain that meet it in the same lines, or
    those that ask for the same fix in one folder. Above ``rules`` a PR is split. Of two PRs that
    meet in lines or symbols of a file the later depends on the earlier, and tests come after the
    code that they test. A PR depends only on PRs with a lower number.
    """
    findings = [finding for finding in findings if not finding.status.closed]
    changes = read_changes(findings, decisions, estimates, facts, proposed, snapshot)
    drafts = _fill(_clusters(changes, rules), rules)
    drafts.sort(
        key=lambda draft: (
            draft.band,
            draft.kind is ChangeKind.TEST,
            draft.changes[0].decision.rank,
        )
    )
    return tuple(
        _pull_request(number, draft, _dependencies(drafts[: number - 1], draft, rules), rules)
        for number, draft in enumerate(drafts, start=1)
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


def _fill(clusters: Iterable[Sequence[PlannedChange]], rules: PullRequestRules) -> list[_Draft]:
    drafts: list[_Draft] = []
    for cluster in clusters:
        drafts += _parts(cluster, rules)
    for draft in drafts:
        draft.changes.sort(key=lambda change: (bool(change.scope.deletes), change.decision.rank))
    return drafts


def _parts(cluster: Sequence[PlannedChange], rules: PullRequestRules) -> list[_Draft]:
    """Return one draft of ``cluster``, or several where one would be above the limits."""
    kind = min((change.scope.kind for change in cluster), key=CHANGE_KINDS.index)
    parts = [_Draft(kind, cluster[0].domain)]
    for change in cluster:
        if parts[-1].changes and not parts[-1].fits((change,), rules):
            parts.append(_Draft(kind, cluster[0].domain))
        parts[-1].changes.append(change)
    for part in parts:
        part.kind = min((change.scope.kind for change in part.changes), key=CHANGE_KINDS.index)
    return parts


def _dependencies(
    earlier: Sequence[_Draft], draft: _Draft, rules: PullRequestRules
) -> tuple[Dependency, ...]:
    """Return the earlier PRs that ``draft`` meets, or that change what it tests, with reasons."""
    units = sorted({unit for change in draft.changes for unit in change.scope.units})
    found = []
    for number, other in enumerate(earlier, start=1):
        reasons = (_meets(other, draft, path, rules) for path in draft.files)
        reason = next((each for each in reasons if each), "")
        tested = next((path for path in units if path in other.files), "")
        if tested and not reason:
            reason = f"it tests {tested}, which PR #{number} changes"
        reason = _clash(other, draft, number) or reason
        if reason:
            found.append(Dependency(number, reason))
    return tuple(found)


def _clash(earlier: _Draft, draft: _Draft, number: int) -> str:
    """Return why two PRs cannot both be done as they are: one removes what the other works with."""
    settle = "settle first which of the two holds"
    gone = {name for change in draft.changes for name in removed_names(change)}
    used = {name for change in earlier.changes for name in needed_names(change)}
    if clash := min(gone & used, default=""):
        return f"it removes `{clash}`, which the fix of PR #{number} works with: {settle}"
    gone = {name for change in earlier.changes for name in removed_names(change)}
    used = {name for change in draft.changes for name in needed_names(change)}
    if clash := min(gone & used, default=""):
        return f"PR #{number} removes `{clash}`, which this fix works with: {settle}"
    return ""


def _meets(earlier: _Draft, draft: _Draft, path: str, rules: PullRequestRules) -> str:
    """Return why two PRs that share ``path`` are ordered; empty where either may come first."""
    if path not in earlier.files:
        return ""
    if any(path in change.scope.deletes for change in earlier.changes):
        return f"it is about {path}, which that PR deletes"
    if any(path in change.scope.deletes for change in draft.changes):
        return f"it deletes {path}, which that PR changes"
    pairs = [(left, right) for left in earlier.changes for right in draft.changes]
    if any(
        lines_meet(left.scope, right.scope, path, rules.adjacent_lines) for left, right in pairs
    ):
        return f"both touch the same lines of {path}"
    for left, right in pairs:
        known = path in left.scope.lines and path in right.scope.lines
        shared = set(left.finding.symbols) & set(right.finding.symbols)
        if shared and not known:
            return f"both change `{min(shared)}` in {path}"
    return ""


def _pull_request(
    number: int, draft: _Draft, depends_on: tuple[Dependency, ...], rules: PullRequestRules
) -> PullRequest:
    changes = draft.changes
    heads = [headline(change.finding, change.proposal, change.scope.units) for change in changes]
    return PullRequest(
        number=number,
        title=title(draft.kind, draft.domain, heads),
        finding_ids=tuple(change.finding.id for change in changes),
        files=draft.files,
        depends_on=depends_on,
        hours=round(draft.hours, 4),
        low=round(sum(change.estimate.low for change in changes), 4),
        high=round(sum(change.estimate.high for change in changes), 4),
        priority=draft.band,
        cost_of_delay=round(sum(_delay(change) for change in changes), 3),
        owner=_owner(changes),
        why=_why(draft, rules),
        kind=draft.kind,
        domain=draft.domain,
    )


def _why(draft: _Draft, rules: PullRequestRules) -> str:
    alone = draft.changes[0]
    if len(draft.changes) > 1:
        if alike_key(alone) and len({alike_key(change) for change in draft.changes}) == 1:
            return f"{len(draft.changes)} findings that ask for the same fix in one folder."
        names = _listed([change.finding.id for change in draft.changes])
        return f"{names} meet in the same lines."
    if draft.hours > rules.max_hours:
        return f"{alone.finding.id} alone is above the limit of {rules.max_hours:g} h for a PR."
    if len(draft.files) > rules.max_files:
        return f"{alone.finding.id} alone touches more than {rules.max_files} files."
    return "One finding, one change."


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
