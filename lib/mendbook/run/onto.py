"""Carry a published run's series to another commit, and commit it there on a branch of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mendbook import repository
from mendbook.ledger.closing_commits import Commit, commits_between
from mendbook.ledger.plan_versions import read_plan
from mendbook.model import Plan, Remediation
from mendbook.report.carried import carried_text
from mendbook.report.exporters import EXPORTERS, exported
from mendbook.report.exporters.exporter import in_series
from mendbook.repository.renames import renames
from mendbook.run.published import artefacts_of, open_planned, with_kept_series
from mendbook.series.onto import Carried, Outcome, carry_series
from mendbook.text.plain import one_line

_MAIL = ("patches", "drafts", "quilt series", "pull requests")
"""Exporters of what a series is written as."""


@dataclass(frozen=True, slots=True)
class CarriedCommit:
    """The new branch, the commit that it stands on, and what became of each patch there."""

    commit: repository.BranchCommit
    onto: str
    patches: tuple[Carried, ...]


def commit_onto(folder: Path, onto: str, repo: Path | None = None) -> CarriedCommit:
    """Commit the artefacts of the run in ``folder`` on a new branch that stands on ``onto``.

    ``onto`` is a hash, a branch, a tag or ``HEAD``. What is carried is the series that applies
    there; patches that no longer do lie among the drafts, those that are done are left out, and
    ``reports/carried-<stamp>.md`` says which and why.
    """
    plan = read_plan(folder)
    planned = open_planned(folder, plan, repo)
    there = repository.open_target(planned.root, onto)
    moved = renames(planned.root, planned.commit, there.commit)
    series = [item.patch for item in in_series(plan)]
    carried = carry_series(series, planned.snapshot, there.snapshot, moved)
    kept = {
        path: content
        for path, content in artefacts_of(folder).items()
        if not path.startswith("PATCHES/")
    }
    mails = [each for each in EXPORTERS if each.name in _MAIL]
    stamp = plan.provenance.stamp
    commits = commits_between(planned.root, planned.commit, there.commit)
    by = _changed_by(carried, moved, () if isinstance(commits, str) else commits)
    artefacts = {
        **kept,
        **exported(_carried_plan(plan, carried, there.commit), mails),
        f"reports/carried-{stamp}.md": carried_text(plan, there.commit, carried, by).encode(),
    }
    commit = repository.commit_artefacts(
        planned.root,
        there.commit,
        with_kept_series(artefacts, there.snapshot),
        stamp,
        plan.provenance.timestamp[:10],
    )
    return CarriedCommit(commit, there.commit, carried)


def _carried_plan(plan: Plan, carried: Sequence[Carried], onto: str) -> Plan:
    """Return ``plan`` with its series as it is on ``onto``, what does not apply as drafts."""
    by_id = {each.patch.finding_id: each for each in carried}
    items = [_carried_item(item, by_id.get(item.finding_id), onto) for item in plan.remediations]
    return replace(plan, remediations=tuple(item for item in items if item is not None))


def _carried_item(item: Remediation, carried: Carried | None, onto: str) -> Remediation | None:
    if carried is None:
        return item
    if carried.outcome is Outcome.DONE:
        return None
    patch = carried.patch
    if carried.outcome is Outcome.SET_ASIDE:
        patch = replace(patch, draft=f"it does not apply to {onto[:12]}: {carried.why}")
    steps = tuple(
        replace(each, words=each.words.replace(item.patch.name, patch.name))
        for each in item.rollback_steps
    )
    words = item.rollback.replace(item.patch.name, patch.name)
    return replace(item, patch=patch, rollback=words, rollback_steps=steps)


def _changed_by(
    carried: Sequence[Carried], moved: dict[str, str], commits: Sequence[Commit]
) -> dict[str, str]:
    """Return, by finding, the newest commit that changed the file which its outcome is about."""
    back = {new: old for old, new in moved.items()}
    told = {}
    for each in carried:
        paths = {each.path, back.get(each.path, each.path)} if each.path else {*each.patch.files}
        last = next((commit for commit in commits if paths & commit.files), None)
        if last is not None:
            told[each.patch.finding_id] = (
                f"last changed by {last.hash[:12]} ({one_line(last.subject, 60)})"
            )
    return told
