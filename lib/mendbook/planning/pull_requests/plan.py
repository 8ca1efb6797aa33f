"""Plan atomic pull requests: what goes together, in what order, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mendbook.changes.scope import KINDS
from mendbook.changes.titles import headline, title
from mendbook.fixes import Proposed
from mendbook.model import (
    Decision,
    Dependency,
    Estimate,
    Finding,
    FindingFacts,
    Priority,
    PullRequest,
)
from mendbook.planning.pull_requests.planned_changes import (
    Change,
    lines_meet,
    read_changes,
    same_lines,
)
from mendbook.policy import PullRequestRules
from mendbook.repository.snapshot import Snapshot

_EPSILON = 1e-9
_RULES = PullRequestRules()


@dataclass(slots=True)
class _Draft:
    """A PR while it is filled: changes of one band, domain and kind, most urgent first."""

    kind: str
    domain: str
    changes: list[Change] = field(default_factory=list)

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(sorted({path for change in self.changes for path in change.scope.files}))

    @property
    def hours(self) -> float:
        return sum(change.estimate.likely for change in self.changes)

    @property
    def band(self) -> Priority:
        return min(change.band for change in self.changes)

    def fits(self, cluster: Sequence[Change], rules: PullRequestRules) -> bool:
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
    """Return atomic PRs in merge order; each finding is in exactly one.

    A PR holds findings of one band, one domain and one kind of change; those of one band and
    domain that meet in the same lines go together whatever their kind. Above ``rules`` a PR is
    split. Of two PRs that share a file the later depends on the earlier, directly or through
    others, and tests come after the code of their band that they test. A PR depends only on PRs
    with a lower number.
    """
    changes = read_changes(findings, decisions, estimates, facts, proposed, snapshot)
    drafts = _fill(_clusters(changes, rules), rules)
    drafts.sort(
        key=lambda draft: (draft.band, draft.kind == "test", draft.changes[0].decision.rank)
    )
    return tuple(
        _pull_request(number, draft, _dependencies(drafts[: number - 1], draft, rules), rules)
        for number, draft in enumerate(drafts, start=1)
    )


def _clusters(changes: Sequence[Change], rules: PullRequestRules) -> list[tuple[Change, ...]]:
    """Return the changes that belong together whatever their kind, most urgent first."""
    clusters: list[tuple[Change, ...]] = []
    for band in Priority:
        due = [change for change in changes if change.band is band]
        clusters += [
            tuple(due[index] for index in sorted(met))
            for met in same_lines(due, rules.adjacent_lines)
        ]
    return sorted(clusters, key=lambda cluster: cluster[0].decision.rank)


def _fill(clusters: Iterable[Sequence[Change]], rules: PullRequestRules) -> list[_Draft]:
    drafts: list[_Draft] = []
    for cluster in clusters:
        whole = sum(change.estimate.likely for change in cluster) <= rules.max_hours + _EPSILON
        kind = min((change.scope.kind for change in cluster), key=KINDS.index)
        for part in [cluster] if whole else [(change,) for change in cluster]:
            _place(part, kind if whole else part[0].scope.kind, drafts, rules)
    for draft in drafts:
        draft.changes.sort(key=lambda change: (bool(change.scope.deletes), change.decision.rank))
    return drafts


def _place(
    cluster: Sequence[Change], kind: str, drafts: list[_Draft], rules: PullRequestRules
) -> None:
    """Put ``cluster`` in a draft of its sort that has room, one that shares a file first."""
    first = cluster[0]
    files = {path for change in cluster for path in change.scope.files}
    roomy = [
        draft
        for draft in drafts
        if (draft.band, draft.domain, draft.kind) == (first.band, first.domain, kind)
        and draft.fits(cluster, rules)
    ]
    if not roomy:
        drafts.append(_Draft(kind, first.domain, list(cluster)))
        return
    max(roomy, key=lambda draft: len(files.intersection(draft.files))).changes.extend(cluster)


def _dependencies(
    earlier: Sequence[_Draft], draft: _Draft, rules: PullRequestRules
) -> tuple[Dependency, ...]:
    """Return, for each file, the latest earlier PR that touches it: earlier ones follow from it."""
    last = {path: number for number, each in enumerate(earlier, start=1) for path in each.files}
    shared: dict[int, list[str]] = {}
    for path in draft.files:
        if path in last:
            shared.setdefault(last[path], []).append(path)
    tested: dict[int, list[str]] = {}
    for path in sorted({unit for change in draft.changes for unit in change.scope.units}):
        if path in last and last[path] not in shared:
            tested.setdefault(last[path], []).append(path)
    found = [
        Dependency(number, _shared_reason(earlier[number - 1], draft, paths, rules))
        for number, paths in shared.items()
    ]
    found += [
        Dependency(number, f"it tests {_listed(paths)}, which PR #{number} changes")
        for number, paths in tested.items()
    ]
    return tuple(sorted(found, key=lambda each: each.on))


def _shared_reason(
    earlier: _Draft, draft: _Draft, paths: Sequence[str], rules: PullRequestRules
) -> str:
    deleted = {path for change in earlier.changes for path in change.scope.deletes}
    if gone := [path for path in paths if path in deleted]:
        return f"it is about {_listed(gone)}, which that PR deletes"
    met = [
        path
        for path in paths
        if any(
            lines_meet(left.scope, right.scope, path, rules.adjacent_lines)
            for left in earlier.changes
            for right in draft.changes
        )
    ]
    if met:
        return f"both touch the same lines of {_listed(met)}"
    return f"both change {_listed(paths)}"


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
    )


def _why(draft: _Draft, rules: PullRequestRules) -> str:
    if len(draft.changes) > 1:
        sets = same_lines(draft.changes, rules.adjacent_lines)
        met = [
            draft.changes[index].finding.id
            for each in sets
            if len(each) > 1
            for index in sorted(each)
        ]
        where = f" of {draft.domain}" if draft.domain else ""
        why = f"{len(draft.changes)} {draft.band} findings{where} of one kind ({draft.kind})"
        return f"{why}; {_listed(met)} meet in the same lines." if met else f"{why}."
    alone = draft.changes[0]
    if draft.hours > rules.max_hours:
        return f"{alone.finding.id} alone is above the limit of {rules.max_hours:g} h for a PR."
    if len(draft.files) > rules.max_files:
        return f"{alone.finding.id} alone touches more than {rules.max_files} files."
    return "One finding, one change."


def _owner(changes: Sequence[Change]) -> str:
    hours: Counter[str] = Counter()
    for change in changes:
        hours[change.owner] += 1 + round(change.estimate.likely * 1000)
    return hours.most_common(1)[0][0]


def _delay(change: Change) -> float:
    return change.decision.order_key.get("cost_of_delay", 0.0)


def _listed(names: Sequence[str]) -> str:
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
