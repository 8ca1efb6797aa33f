"""One run: its inputs, and every stage of its plan, made when it is first asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from mendbook import project, sample
from mendbook.run.flow import Flow
from mendbook.run.given import Clock, Given, utc_now
from mendbook.run.inputs import Inputs
from mendbook.run.sources import SOURCES
from mendbook.run.stages import STAGES

if TYPE_CHECKING:
    from mendbook.code.references import References
    from mendbook.judgements import Judgements
    from mendbook.model import (
        Advice,
        Alternative,
        Audit,
        Context,
        Decision,
        Drafting,
        Estimate,
        Finding,
        FindingFacts,
        Forecast,
        Heat,
        Patch,
        Plan,
        Profiles,
        Proposed,
        Provenance,
        PullRequest,
        Remediation,
        SprintPlan,
    )
    from mendbook.overrides import Overrides
    from mendbook.planning import Capacity, Schedule
    from mendbook.planning.what_if import Basis
    from mendbook.policy import Policy
    from mendbook.proving.verified import Verified
    from mendbook.repository import Target
    from mendbook.repository.snapshot import Snapshot

Progress = Callable[[str], None]
T = TypeVar("T")


class _Stage(Generic[T]):
    """The value of the stage that the attribute is named after."""

    def __set_name__(self, owner: type[Run], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, run: None, owner: type[Run]) -> _Stage[T]: ...
    @overload
    def __get__(self, run: Run, owner: type[Run]) -> T: ...
    def __get__(self, run: Run | None, owner: type[Run]) -> Any:
        return self if run is None else run.flow.value(self._name)


class Run:
    """One plan in the making; each attribute below is a stage of ``mendbook.run.stages``."""

    audit: _Stage[Audit] = _Stage()
    """The audit as understood, enriched by the tools' reports that were given."""
    findings: _Stage[tuple[Finding, ...]] = _Stage()
    """The audit's findings, with the fixes that tools offer placed in the target's files."""
    target: _Stage[Target | None] = _Stage()
    """The repository at the commit to plan on, or None when none was given."""
    snapshot: _Stage[Snapshot] = _Stage()
    """The target's text files; empty without a repository."""
    policy: _Stage[Policy] = _Stage()
    """The decision tree, weights and priors in force."""
    overrides: _Stage[Overrides] = _Stage()
    """Fields that a person decided for this audit, those in force and those expired."""
    judgements: _Stage[Judgements] = _Stage()
    """Patches that a person rejected for this audit."""
    schedule: _Stage[Schedule] = _Stage()
    """What a person decided about sprints for this audit."""
    context: _Stage[Context] = _Stage()
    """What the target is: stack, versions, warnings."""
    references: _Stage[References] = _Stage()
    """Where every symbol that a finding names is used."""
    facts: _Stage[tuple[FindingFacts, ...]] = _Stage()
    """What the repository says about each finding."""
    profiles: _Stage[Profiles] = _Stage()
    """All that was measured, joined to the repository's paths."""
    heat: _Stage[tuple[Heat, ...]] = _Stage()
    """How hot each finding's code is."""
    estimates: _Stage[tuple[Estimate, ...]] = _Stage()
    """Hours for each finding, with a range and their source."""
    decisions: _Stage[tuple[Decision, ...]] = _Stage()
    """Priority of each finding, with its path through the tree."""
    drafting: _Stage[Drafting] = _Stage()
    """What drafters made of findings; nothing where none were asked."""
    proposed: _Stage[tuple[Proposed, ...]] = _Stage()
    """What each patch source proposes for each finding, alone on the audit's commit."""
    pull_requests: _Stage[tuple[PullRequest, ...]] = _Stage()
    """Atomic PRs in merge order, with what was proven of them."""
    series: _Stage[tuple[Patch, ...]] = _Stage()
    """One patch for each finding, stacked in PR order, as far as it is proven."""
    verified: _Stage[Verified | None] = _Stage()
    """What the gates say of every tree that a merge passes through; None if none were asked."""
    capacity: _Stage[Capacity] = _Stage()
    """What a sprint holds."""
    sprint_plan: _Stage[SprintPlan] = _Stage()
    """PRs in sprints under the capacity."""
    alternatives: _Stage[tuple[Alternative, ...]] = _Stage()
    """The sprints that the same PRs would make under other capacities."""
    forecast: _Stage[Forecast] = _Stage()
    """When things are done, by simulation over the estimates' ranges."""
    remediations: _Stage[tuple[Remediation, ...]] = _Stage()
    """All a team needs for each finding, in order of rank."""
    advice: _Stage[tuple[Advice, ...]] = _Stage()
    """What the platform needs."""
    provenance: _Stage[Provenance] = _Stage()
    """What a reader needs to make the same plan again."""
    plan: _Stage[Plan] = _Stage()
    """The whole plan."""
    basis: _Stage[Basis] = _Stage()
    """What the plan rests on and no scenario of the what-if panel changes."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.inputs = given.inputs
        self.out = given.out
        self.stamp = given.stamp
        self.flow = Flow(STAGES, SOURCES, given, project.code_sha256())

    def refuse(self) -> None:
        """Read all that a person wrote, so that a refusal comes before any work."""
        written = "audit policy target overrides judgements schedule cases fix_sources drafting"
        for name in written.split():
            self.flow.value(name)

    @property
    def overrides_folder(self) -> Path:
        """The folder of what people decided for this audit; there may be none."""
        return self.given.decisions


def open_run(
    audit: str | Path = "",
    repo: str | Path = "",
    profiles: Sequence[str | Path] = (),
    *,
    tools: Sequence[str | Path] = (),
    history: Sequence[str | Path] = (),
    commit: str = "",
    capacity: float = 20.0,
    policy: str | Path = "",
    overrides: str | Path = "",
    references: str = "auto",
    gates: str = "",
    drafts: str | Path = "",
    only: Sequence[str] = (),
    include_closed: bool = False,
    field_map: str | Path = "",
    trust_drafts: bool = False,
    out: str | Path = "",
    stamp: str = "",
    jobs: int = 1,
    progress: Progress | None = None,
    clock: Clock = utc_now,
) -> Run:
    """Open a run on ``audit``; without one, on the built-in sample.

    ``capacity`` is hours per sprint, ``out`` the folder for runs, ``stamp`` the run's UTC
    minute ``YYYY-MM-DD-HHmm``. Relative paths are the caller's. ``jobs`` trees are tried by the
    gates at once. ``clock`` says what time it is.
    """
    cache = project.cache()
    if not audit:
        built_in = sample.sample_inputs()
        audit, profiles = built_in.audit, profiles or built_in.profiles
        repo = repo or sample.materialise_sample(cache / "sample-server")
        own = project.desk(Path.cwd()).overrides / built_in.audit.stem
        overrides = overrides or (own if own.exists() else built_in.overrides)
    inputs = Inputs(
        audit=Path(audit).absolute(),
        repo=Path(repo).absolute() if repo else None,
        profiles=tuple(Path(path).absolute() for path in profiles),
        tools=tuple(Path(path).absolute() for path in tools),
        history=tuple(Path(path).absolute() for path in history),
        commit=commit,
        capacity=capacity,
        policy=Path(policy).absolute() if policy else None,
        overrides=Path(overrides).absolute() if overrides else None,
        references=references,
        gates=gates,
        drafts=Path(drafts).absolute() if drafts else None,
        only=tuple(only),
        include_closed=include_closed,
        field_map=Path(field_map).absolute() if field_map else None,
        trust_drafts=trust_drafts,
    )
    now = clock().astimezone(dt.UTC)
    desk = project.desk(Path.cwd(), inputs.repo)
    return Run(
        Given(
            inputs=inputs,
            out=Path(out).absolute() if out else desk.reports,
            decisions=inputs.overrides or desk.overrides / inputs.audit.stem,
            cache=cache,
            stamp=stamp or now.strftime("%Y-%m-%d-%H%M"),
            today=now.date(),
            jobs=jobs,
            progress=progress or (lambda _: None),
            clock=clock,
        )
    )
