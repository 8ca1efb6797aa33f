"""Ask a drafter for what a run has no sure patch for, and publish the run with its drafts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from mendbook.drafting.draft_gates import draft_gates, how_gates_run
from mendbook.drafting.drafter import Drafter
from mendbook.drafting.judge import RunGates
from mendbook.drafting.kept_answers import KeptAnswers
from mendbook.drafting.loop import DraftLoop
from mendbook.drafting.meter import Limits
from mendbook.drafting.record import compared, encoded_drafts, joined
from mendbook.errors import InputError, UsageError
from mendbook.fixes.propose import blank
from mendbook.fixes.task import Task
from mendbook.ledger.plan_versions import read_plan
from mendbook.model import Drafting, Patch
from mendbook.proving.confinement import find_confinement
from mendbook.proving.gates import Gate, parse_gates
from mendbook.publish import write_whole
from mendbook.run.attempt import Outcome, attempt
from mendbook.run.published import recorded
from mendbook.run.run import Run, open_run
from mendbook.text.closest import did_you_mean
from mendbook.text.plain import one_line

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DraftOrder:
    """Who is asked, about what, how much, and how the answers are proven."""

    drafter: Drafter
    limits: Limits = field(default_factory=Limits)
    only: tuple[str, ...] = ()
    """The findings to ask about; all without a sure patch where none are named."""
    gates: str = ""
    """``all``, or gates to run over each draft; empty for none."""
    trust_drafts: bool = False

    @property
    def chosen_gates(self) -> tuple[Gate, ...]:
        """The gates to run over each draft; none unless asked for."""
        return parse_gates("" if self.gates == "all" else self.gates) if self.gates else ()


def draft_run(folder: Path, order: DraftOrder, progress: Progress = lambda _: None) -> Outcome:
    """Publish the run in ``folder`` again with what the drafter answered; it stays itself.

    Raises ``InputError`` where the folder is no run, or its audit or repository changed since, and
    ``UsageError`` for a finding that it does not have.
    """
    given, _ = recorded(folder)
    before = read_plan(folder)
    run = open_run(**{**given, "stamp": ""}, progress=progress)
    commit = run.target.commit if run.target else ""
    if (run.audit.sha256, commit) != (before.audit.sha256, before.context.commit):
        raise InputError(f"{folder}: its audit or commit changed since; plan again")
    return attempt(drafted(run, order, progress).given)


def drafted(run: Run, order: DraftOrder, progress: Progress = lambda _: None) -> Run:
    """Return ``run`` with the drafts that the drafter made for it; the file of them is kept.

    Raises ``UsageError`` without a repository.
    """
    if run.target is None:
        raise UsageError("a drafter needs a repository to draft for; plan with --repo")
    waiting = _waiting(run, order.only)
    tasks = [task for task in _tasks(run) if task.finding.id in waiting]
    confinement = find_confinement() if order.chosen_gates else None
    runs, said = how_gates_run(order.chosen_gates, confinement, order.trust_drafts)
    with _gates(run, order, runs) as run_gates:
        kept = KeptAnswers(run.given.cache / "drafts", order.drafter.key)
        loop = DraftLoop(order.drafter, kept, order.limits, run_gates, progress)
        drafting = loop.drafted(tasks)
    beside = tuple(compared(draft, waiting[draft.finding_id]) for draft in drafting.drafts)
    return _with_drafts(
        run, joined(run.drafting, replace(drafting, drafts=beside, gates=said)), order
    )


def _waiting(run: Run, only: Sequence[str]) -> dict[str, Patch]:
    """Return the patches that a drafter may better, by their findings."""
    patches = {patch.finding_id: patch for patch in run.series}
    for name in only:
        if name not in patches:
            meant = did_you_mean(name, patches) or "; its report lists them"
            raise UsageError(f"--only {one_line(name, 60)!r}: the run has no such finding{meant}")
    closed = {finding.id for finding in run.findings if finding.status.closed}
    return {
        name: patch
        for name, patch in patches.items()
        if not patch.answers and name not in closed and (not only or name in only)
    }


def _tasks(run: Run) -> Iterator[Task]:
    known = {fact.finding_id: fact for fact in run.facts}
    for finding in run.findings:
        facts = known.get(finding.id, blank(finding))
        yield Task(finding, facts, run.snapshot, run.references)


@contextmanager
def _gates(run: Run, order: DraftOrder, runs: bool) -> Iterator[RunGates | None]:
    if not runs or run.target is None:
        yield None
        return
    target, cache = run.target, run.given.cache / "gates"
    confinement = find_confinement()
    with draft_gates(target.root, target.commit, order.chosen_gates, cache, confinement) as gates:
        yield gates.run


def _with_drafts(run: Run, drafting: Drafting, order: DraftOrder) -> Run:
    written = encoded_drafts(drafting)
    digest = hashlib.sha256(written).hexdigest()[:20]
    path = run.given.cache / "drafts" / "runs" / f"{digest}.json"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, written)
    trusted = order.trust_drafts or run.inputs.trust_drafts
    inputs = replace(run.inputs, drafts=path, trust_drafts=trusted)
    return Run(replace(run.given, inputs=inputs))
