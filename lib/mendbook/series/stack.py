"""Stack the findings' patches in PR order, so that each applies on those before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from mendbook.code.diff import diff_of, line_counts
from mendbook.code.references.lookup import Lookup
from mendbook.fixes.outline import outline
from mendbook.fixes.propose import blank, effective
from mendbook.fixes.task import RepeatableSource, Source, Task
from mendbook.model import (
    CURATED,
    Finding,
    FindingFacts,
    Patch,
    Proposal,
    Proposed,
    PullRequest,
    Rung,
    Skipped,
)
from mendbook.proving.against import needed_by
from mendbook.proving.approval import Approver, Verdict
from mendbook.proving.ladder import parse_fault, prove
from mendbook.repository.snapshot import Snapshot
from mendbook.series.drift import drift
from mendbook.series.merge import carry_over
from mendbook.series.shift import shifted, shifted_contracts
from mendbook.text.plain import patch_name

_NUMBERED = re.compile(r"PATCHES/(\d{3,})-[^/]*\.patch$")


@dataclass(frozen=True, slots=True)
class _Step:
    """One finding's patch, and the tree after it."""

    patch: Patch
    tree: Snapshot

    def saying(self, sentence: str) -> _Step:
        """Return the step with ``sentence`` at the end of why it is done so."""
        why = " ".join(part for part in (self.patch.why, sentence) if part)
        return replace(self, patch=replace(self.patch, why=why))

    def for_sake_of(self, lost: Sequence[tuple[str, str]]) -> _Step:
        """Return the step with a patch that is held back for the findings that ``lost`` names."""
        findings = tuple(dict.fromkeys(other for _, other in lost))
        return replace(self, patch=replace(self.patch, held_for=findings))


@dataclass(frozen=True, slots=True)
class _Stack:
    """The tree that was audited, the steps taken on it, and who can be asked again."""

    base: Snapshot
    steps: tuple[_Step, ...]
    lookup_for: Callable[[Snapshot], Lookup] | None
    sources: tuple[Source, ...]
    approver: Approver
    findings: tuple[Finding, ...] = ()

    @property
    def tree(self) -> Snapshot:
        """The tree that the next patch is to apply to."""
        return self.steps[-1].tree if self.steps else self.base

    @property
    def moved(self) -> bool:
        """Whether a patch before the next one has changed the tree."""
        return any(step.patch.in_series for step in self.steps)


def build_series(
    pull_requests: Sequence[PullRequest],
    findings: Sequence[Finding],
    facts: Sequence[FindingFacts],
    proposed: Sequence[Proposed],
    snapshot: Snapshot,
    lookup_for: Callable[[Snapshot], Lookup] | None = None,
    sources: Sequence[Source] = (),
    approver: Approver | None = None,
) -> tuple[Patch, ...]:
    """Return one patch for each finding: in PR order, then in the order of the PR's findings.

    What ``approver`` does not let into the series is a draft: an edit of the audited tree alone,
    that no other patch rests on.

    A proposal is merged onto the tree that the patches before it leave; a recipe is asked again on
    that tree (through ``lookup_for`` and ``sources``). What cannot be stacked, or would no longer
    parse, becomes an outline with the reason in ``tried``. A proposal that the tree already holds
    is said to be covered by the patch that brought it. Every patch in series is proven up to
    ``parses`` with git itself.
    """
    known = {fact.finding_id: fact for fact in facts}
    answers = {each.finding_id: each for each in proposed}
    stack = _Stack(
        snapshot, (), lookup_for, tuple(sources), approver or Approver(), tuple(findings)
    )
    for finding in _in_order(pull_requests, findings):
        answer = answers.get(finding.id, Proposed(finding.id, None))
        step = _step(finding, known.get(finding.id, blank(finding)), answer, stack)
        stack = replace(stack, steps=(*stack.steps, step))
    return prove(_with_clashes([step.patch for step in stack.steps]), snapshot)


def _in_order(
    pull_requests: Sequence[PullRequest], findings: Sequence[Finding]
) -> tuple[Finding, ...]:
    """Return the findings in PR order; those without a PR come last, as they came in."""
    by_id = {finding.id: finding for finding in findings}
    planned = [name for request in pull_requests for name in request.finding_ids if name in by_id]
    return tuple(by_id[name] for name in dict.fromkeys([*planned, *by_id]))


def _step(finding: Finding, facts: FindingFacts, answer: Proposed, stack: _Stack) -> _Step:
    tried = answer.tried
    if answer.proposal is not None:
        step = _patched(finding, facts, answer.proposal, tried, stack)
        if isinstance(step, _Step):
            return step.saying(drift(finding, facts.evidence))
        tried = (*tried, step)
    sketch = Patch(
        finding_id=finding.id,
        source="outline",
        summary=f"Outline for {finding.id}",
        diff=outline(finding, facts, stack.base, tried),
        files=facts.files,
        rung=Rung.OUTLINE,
        why="No source has a patch for this finding; this is its direction, not a change.",
        tried=tried,
    )
    return _Step(sketch, stack.tree)


def _patched(
    finding: Finding,
    facts: FindingFacts,
    proposal: Proposal,
    tried: tuple[Skipped, ...],
    stack: _Stack,
) -> _Step | Skipped:
    """Return the patch of ``proposal`` in the series or as a draft, or why it can be neither."""
    if isinstance(useless := effective(proposal, stack.base), Skipped):
        return useless
    verdict = _verdict(finding, facts, proposal, stack.base, stack)
    if verdict.draft:
        return _drafted(proposal, verdict, tried, stack)
    if proposal.source != CURATED and (lost := _lost(finding, proposal, stack)):
        held = _drafted(proposal, replace(verdict, draft=_held_back(lost)), tried, stack)
        return held.for_sake_of(lost) if isinstance(held, _Step) else held
    fitted = _fitted(finding, facts, proposal, stack)
    if isinstance(fitted, Skipped):
        return fitted
    if not fitted.edits:
        covered = replace(_covered(proposal, stack, tried), asked=verdict.asked)
        return _Step(covered, stack.tree)
    if stack.moved:
        finding, facts = shifted(finding, facts, stack.base, stack.tree)
        there = _verdict(finding, facts, fitted, stack.tree, stack)
        if there.draft:
            said = f"on top of the patches before it: {there.draft}"
            return _drafted(proposal, replace(verdict, draft=said), tried, stack)
        verdict = there
    patch = replace(_patch(fitted, stack, tried), asked=verdict.asked, checks=(verdict.binds,))
    return _Step(patch, stack.tree.edited(fitted.edits))


def _lost(finding: Finding, proposal: Proposal, stack: _Stack) -> tuple[tuple[str, str], ...]:
    """Return the names that the proposal takes away and the findings whose fixes need them."""
    return tuple(needed_by(finding, stack.base, proposal.edits, stack.findings))


def _held_back(lost: Sequence[tuple[str, str]]) -> str:
    said = (f"it takes away {name}, which the fix of {other} needs" for name, other in lost)
    return f"held back: {'; '.join(said)}"


def _with_clashes(patches: Sequence[Patch]) -> tuple[Patch, ...]:
    """Say of each finding, too, which patch was held back for its sake."""
    held = [patch for patch in patches if patch.held_for]
    return tuple(
        replace(patch, tried=(*patch.tried, *_held_for(patch.finding_id, held)))
        for patch in patches
    )


def _held_for(finding_id: str, held: Sequence[Patch]) -> Iterator[Skipped]:
    for patch in held:
        if finding_id in patch.held_for:
            yield Skipped(patch.finding_id, f"its patch is {patch.draft}")


def _verdict(
    finding: Finding, facts: FindingFacts, proposal: Proposal, tree: Snapshot, stack: _Stack
) -> Verdict:
    def again(after: Snapshot) -> Proposal | Skipped | None:
        moved = shifted(finding, facts, tree, after)
        return _asked_again(proposal, *moved, after, stack)

    return stack.approver.verdict(finding, facts, proposal, tree, again)


def _drafted(
    proposal: Proposal, verdict: Verdict, tried: tuple[Skipped, ...], stack: _Stack
) -> _Step | Skipped:
    """Return ``proposal`` as a draft on the audited tree, or why it cannot even be that."""
    parsing = _parsing(proposal, stack.base)
    if isinstance(parsing, Skipped):
        return parsing
    number = 1 + sum(step.patch.is_draft for step in stack.steps)
    patch = replace(
        _patch(proposal, replace(stack, steps=()), tried),
        name=patch_name(number, proposal.finding_id, proposal.summary),
        asked=verdict.asked,
        checks=(verdict.binds, *proposal.checks),
        draft=verdict.draft,
    )
    return _Step(patch, stack.tree)


def _fitted(
    finding: Finding, facts: FindingFacts, proposal: Proposal, stack: _Stack
) -> Proposal | Skipped:
    """Return ``proposal`` with edits for the stack's tree, empty where they are all there.

    A recipe is asked again on that tree even where its edits would merge: what it checked in the
    code (that nothing uses a name, say) may not hold any more.
    """
    carried = carry_over(proposal.edits, stack.base, stack.tree)
    if carried == {}:
        return replace(proposal, edits={})
    again = _proposed_again(finding, facts, proposal, stack)
    if isinstance(again, Skipped):
        return Skipped(proposal.made_by, f"on top of the patches before it: {again.reason}")
    if again is not None:
        return _parsing(again, stack.tree)
    if isinstance(carried, Skipped):
        return _conflict(proposal, carried, stack)
    contracts = shifted_contracts(proposal.contracts, stack.base, stack.tree)
    return _parsing(replace(proposal, edits=carried, contracts=contracts), stack.tree)


def _proposed_again(
    finding: Finding, facts: FindingFacts, proposal: Proposal, stack: _Stack
) -> Proposal | Skipped | None:
    """Ask the proposal's source on the stack's tree; None where there is nothing to ask."""
    if not stack.moved:
        return None
    finding, facts = shifted(finding, facts, stack.base, stack.tree)
    return _asked_again(proposal, finding, facts, stack.tree, stack)


def _asked_again(
    proposal: Proposal, finding: Finding, facts: FindingFacts, tree: Snapshot, stack: _Stack
) -> Proposal | Skipped | None:
    """Ask the source that made ``proposal`` about ``tree``; None where it cannot be asked twice."""
    source = next((each for each in stack.sources if each.name == proposal.source), None)
    if not isinstance(source, RepeatableSource) or stack.lookup_for is None:
        return None
    task = Task(finding, facts, tree, stack.lookup_for(tree))
    return effective(source.again(proposal, task), tree)


def _parsing(proposal: Proposal, tree: Snapshot) -> Proposal | Skipped:
    """Return ``proposal``, or ``Skipped`` where a machine's edit would break the syntax."""
    if proposal.source == CURATED:
        return proposal
    for path, text in sorted(proposal.edits.items()):
        if fault := parse_fault(path, tree.get(path), text):
            return Skipped(proposal.made_by, f"its result no longer parses ({path}: {fault})")
    return proposal


def _conflict(proposal: Proposal, carried: Skipped, stack: _Stack) -> Skipped:
    path = carried.what
    earlier = [step.patch for step in stack.steps if step.patch.in_series]
    by = ", ".join(patch.finding_id for patch in earlier if path in patch.files)
    return Skipped(proposal.made_by, f"its patch conflicts in {path} with that of {by}")


def _patch(proposal: Proposal, stack: _Stack, tried: tuple[Skipped, ...]) -> Patch:
    added, removed = line_counts(proposal.edits, stack.tree)
    number = 1 + kept_patches(stack.base) + sum(step.patch.in_series for step in stack.steps)
    return Patch(
        finding_id=proposal.finding_id,
        source=proposal.source,
        summary=proposal.summary,
        diff=diff_of(proposal.edits, stack.tree),
        files=tuple(sorted(proposal.edits)),
        rung=Rung.APPLIES,
        why=proposal.why,
        name=patch_name(number, proposal.finding_id, proposal.summary),
        added=added,
        removed=removed,
        tried=tried,
        irreversible=proposal.irreversible,
        packages=proposal.packages,
        risk=proposal.risk,
        tests=proposal.tests,
        docs=proposal.docs,
        part=proposal.part,
    )


def kept_patches(base: Snapshot) -> int:
    """Return the highest number of a patch that the target keeps from plans before this one."""
    numbers = (_NUMBERED.match(path) for path in base.files)
    return max((int(match[1]) for match in numbers if match), default=0)


def _covered(proposal: Proposal, stack: _Stack, tried: tuple[Skipped, ...]) -> Patch:
    """Return the patch of a finding whose change an earlier patch has already made.

    It shows that patch's diff and names its finding in ``covered_by``; it is not in series itself.
    """
    covering = next(
        step.patch
        for step in stack.steps
        if carry_over(proposal.edits, stack.base, step.tree) == {} and step.patch.in_series
    )
    return replace(
        covering,
        finding_id=proposal.finding_id,
        source=proposal.source,
        summary=proposal.summary,
        why=proposal.why,
        risk=proposal.risk,
        tests=proposal.tests,
        docs=proposal.docs,
        name="",
        tried=tried,
        part=proposal.part,
        covered_by=covering.finding_id,
    )
