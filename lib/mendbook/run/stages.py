"""One run: its inputs, its stages, each computed once, saved, and read back for the same inputs.

A stage is found by a hash over everything it depends on (the input files' bytes, the commit, the
parameters, Mendbook's own code), so notebooks may be opened in any order and none sees stale data.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.metadata
import platform
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from mendbook import (
    advice,
    effort,
    facts,
    fixes,
    intake,
    planning,
    prioritize,
    profiling,
    project,
    repository,
    sample,
)
from mendbook.code import references as reference_search
from mendbook.drafting.drafter import drafters_for
from mendbook.errors import InputError
from mendbook.fixes import Proposed, Source
from mendbook.fixes.sources.curated import astray, read_curated
from mendbook.fixes.sources.table import sources_for
from mendbook.model import (
    Advice,
    Alternative,
    Audit,
    Context,
    Decision,
    Estimate,
    Finding,
    FindingFacts,
    Forecast,
    Heat,
    Patch,
    Plan,
    Profiles,
    Provenance,
    PullRequest,
    Remediation,
    Skipped,
    SprintPlan,
)
from mendbook.overrides import (
    Overrides,
    override_decisions,
    override_estimates,
    override_facts,
    read_overrides,
)
from mendbook.planning.what_if import Basis
from mendbook.policy import Policy, load_policy
from mendbook.proving.verify import Verified, verify
from mendbook.repository.snapshot import Snapshot
from mendbook.run.inputs import Inputs
from mendbook.run.stage_cache import Stages
from mendbook.series.stack import build_series

Progress = Callable[[str], None]
_NO_REPO = "No repository was given: nothing could be looked up in code; pass --repo."
_NO_GATES = Skipped(
    "typecheck, lint, tests and build of the patches",
    "no gates were asked for; `mendbook verify` runs them on this run",
)
_VERSIONS = ("papermill", "nbconvert", "jupyterlab", "pandas", "plotly", "jsonschema", "ortools")


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
    drafter: str = "",
    gates: str = "",
    out: str | Path = "",
    stamp: str = "",
    jobs: int = 1,
    progress: Progress | None = None,
) -> Run:
    """Open a run on ``audit``; without one, on the built-in sample.

    ``capacity`` is hours per sprint, ``out`` the folder for results (its ``.cache`` keeps the
    stages), ``stamp`` the run's UTC minute ``YYYY-MM-DD-HHmm``. Relative paths are the caller's.
    ``jobs`` trees are tried by the gates at once.
    """
    folder = Path(out) if out else project.reports()
    if not audit:
        found = sample.sample_inputs()
        audit, profiles = found.audit, profiles or found.profiles
        repo = repo or sample.materialise_sample(folder / ".cache" / "sample-server")
    inputs = Inputs(
        audit=Path(audit),
        repo=Path(repo) if repo else None,
        profiles=tuple(Path(path) for path in profiles),
        tools=tuple(Path(path) for path in tools),
        history=tuple(Path(path) for path in history),
        commit=commit,
        capacity=capacity,
        policy=Path(policy) if policy else None,
        overrides=Path(overrides) if overrides else None,
        references=references,
        drafter=drafter,
        gates=gates,
    )
    return Run(inputs, folder, stamp, progress, jobs)


class Run:
    """Stages of one plan, from the audit to the plan itself, each computed when first asked for."""

    def __init__(
        self,
        inputs: Inputs,
        out: Path,
        stamp: str = "",
        progress: Progress | None = None,
        jobs: int = 1,
    ) -> None:
        self.inputs = inputs
        self.out = out
        self.started = dt.datetime.now(dt.UTC).replace(microsecond=0)
        self.stamp = stamp or self.started.strftime("%Y-%m-%d-%H%M")
        self._jobs = jobs
        self._progress = progress or (lambda _: None)

    # What is read: never saved, because reading it is how a change is noticed.

    @cached_property
    def audit(self) -> Audit:
        """The audit as understood, enriched by the tools' reports that were given."""
        loaded = intake.load_audit(self.inputs.audit)
        others = [intake.load_audit(path) for path in self.inputs.tools]
        return intake.enrich(loaded, others) if others else loaded

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The audit's findings, with the fixes that tools offer placed in the target's files."""
        return intake.place_fixes(self.audit, self.snapshot.get).findings

    @cached_property
    def target(self) -> repository.Target | None:
        """The repository at the commit to plan on, or None when none was given."""
        if self.inputs.repo is None:
            return None
        return repository.open_target(self.inputs.repo, self.inputs.commit or self.audit.commit)

    @cached_property
    def snapshot(self) -> Snapshot:
        """The target's text files; empty without a repository."""
        return self.target.snapshot if self.target else Snapshot.of({})

    @cached_property
    def policy(self) -> Policy:
        """The decision tree, weights and priors in force."""
        return load_policy(self.inputs.policy)

    @cached_property
    def overrides(self) -> Overrides:
        """Fields that a person decided for this audit, those in force and those expired."""
        if self.inputs.overrides is None and not self.overrides_folder.exists():
            return Overrides()
        ids = (finding.id for finding in self.findings)
        return read_overrides(self.overrides_folder, ids, self.started.date())

    @cached_property
    def key(self) -> str:
        """Hash over all that the stages depend on."""
        digest = hashlib.sha256(project.code_sha256().encode())
        for name, value in sorted({**self._input_hashes, **self._parameters}.items()):
            digest.update(f"{name}={value}\0".encode())
        return digest.hexdigest()[:20]

    # What is computed: saved under the key.

    @cached_property
    def context(self) -> Context:
        """What the target is: stack, versions, warnings."""
        if self.target is None:
            return Context(root="", commit="", head="", branch="", facts=(), warnings=(_NO_REPO,))
        return self.stages.computed(
            "context", Context, lambda: repository.detect_context(self._target)
        )

    @cached_property
    def references(self) -> reference_search.References:
        """Where every symbol that a finding names is used."""
        self._progress("find references")
        return reference_search.find_references(
            self.findings,
            self.snapshot,
            self.target.root if self.target else None,
            self.inputs.references,
            self.out / ".cache" / "index",
        )

    @cached_property
    def facts(self) -> tuple[FindingFacts, ...]:
        """What the repository says about each finding."""
        if self.target is None:
            found = facts.blank_facts(self.audit)
        else:
            found = self.stages.computed(
                "facts",
                tuple[FindingFacts, ...],
                lambda: facts.gather_facts(self.audit, self._target, self.references),
            )
        return override_facts(found, self.overrides.active)

    @cached_property
    def profiles(self) -> Profiles:
        """All that was measured, joined to the repository's paths."""
        return self.stages.computed(
            "profiles",
            Profiles,
            lambda: profiling.load_profiles(self.inputs.profiles, self.snapshot),
        )

    @cached_property
    def heat(self) -> tuple[Heat, ...]:
        """How hot each finding's code is."""
        return profiling.join_heat(self.facts, self.profiles)

    @cached_property
    def estimates(self) -> tuple[Estimate, ...]:
        """Hours for each finding, with a range and their source."""
        found = effort.estimate(self.findings, self.policy, self._cases[0])
        return override_estimates(found, self.overrides.active)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Priority of each finding, with its path through the tree."""
        found = prioritize.prioritize(
            self.findings, self.facts, self.heat, self.estimates, self.policy
        )
        return override_decisions(found, self.overrides.active)

    @cached_property
    def proposed(self) -> tuple[Proposed, ...]:
        """What each patch source proposes for each finding, alone on the audit's commit."""
        return self.stages.computed(
            "proposed",
            tuple[Proposed, ...],
            lambda: fixes.propose(
                self.findings, self.facts, self.snapshot, self.references, self._sources
            ),
        )

    @cached_property
    def pull_requests(self) -> tuple[PullRequest, ...]:
        """Atomic PRs in merge order, with what was proven of them."""
        return self.verified.pull_requests if self.verified else self._planned

    @cached_property
    def series(self) -> tuple[Patch, ...]:
        """One patch for each finding, stacked in PR order, as far as it is proven."""
        return self.verified.patches if self.verified else self._stacked

    @cached_property
    def verified(self) -> Verified | None:
        """What the gates say of every tree that a merge passes through; None if none were asked."""
        if not self.inputs.gates or self.target is None:
            return None
        return self.stages.computed("verified", Verified, self._verify)

    @cached_property
    def _planned(self) -> tuple[PullRequest, ...]:
        return planning.plan_pull_requests(
            self.findings,
            self.decisions,
            self.estimates,
            self.facts,
            self.proposed,
            self.snapshot,
            self.policy.pull_requests,
        )

    @cached_property
    def _stacked(self) -> tuple[Patch, ...]:
        return self.stages.computed(
            "patches",
            tuple[Patch, ...],
            lambda: build_series(
                self._planned,
                self.findings,
                self.facts,
                self.proposed,
                self.snapshot,
                self.references.at,
                self._sources,
            ),
        )

    @cached_property
    def capacity(self) -> planning.Capacity:
        """What a sprint holds."""
        return self.schedule.capacity(self.inputs.capacity, self.pull_requests)

    @cached_property
    def schedule(self) -> planning.Schedule:
        """What a person decided about sprints for this audit."""
        ids = (finding.id for finding in self.findings)
        return planning.read_schedule(self.overrides_folder, ids)

    @cached_property
    def sprint_plan(self) -> SprintPlan:
        """PRs in sprints under the capacity."""
        return self.stages.computed(
            "sprints",
            SprintPlan,
            lambda: planning.plan_sprints(self.pull_requests, self.capacity),
        )

    @cached_property
    def alternatives(self) -> tuple[Alternative, ...]:
        """The sprints that the same PRs would make under other capacities."""
        return self.stages.computed(
            "alternatives",
            tuple[Alternative, ...],
            lambda: planning.alternatives(self.pull_requests, self.capacity, self.sprint_plan),
        )

    @cached_property
    def forecast(self) -> Forecast:
        """When things are done, by simulation over the estimates' ranges."""
        return self.stages.computed(
            "forecast",
            Forecast,
            lambda: planning.forecast(self.pull_requests, self.sprint_plan, self.capacity),
        )

    @cached_property
    def remediations(self) -> tuple[Remediation, ...]:
        """All a team needs for each finding, in order of rank."""
        return planning.remediate(
            self.findings,
            self.facts,
            self.decisions,
            self.estimates,
            self.series,
            self.pull_requests,
            self.overrides.active,
            proposed=self.proposed,
            snapshot=self.snapshot,
        )

    @cached_property
    def advice(self) -> tuple[Advice, ...]:
        """What the platform needs."""
        return self.stages.computed(
            "advice",
            tuple[Advice, ...],
            lambda: advice.advise(
                self.snapshot, self.context, self.references, self.audit, self.profiles
            ),
        )

    @cached_property
    def plan(self) -> Plan:
        """The whole plan."""
        return Plan(
            audit=self.audit,
            context=self.context,
            facts=self.facts,
            profiles=self.profiles,
            heat=self.heat,
            remediations=self.remediations,
            pull_requests=self.pull_requests,
            sprint_plan=self._noted,
            forecast=self.forecast,
            advice=self.advice,
            provenance=self.provenance,
            baseline=(*self.verified.baseline, self.verified.series) if self.verified else (),
            alternatives=self.alternatives,
        )

    @property
    def basis(self) -> Basis:
        """What the plan rests on and no scenario of the what-if panel changes."""
        return Basis(
            self.findings,
            self.facts,
            self.heat,
            self.estimates,
            self.overrides.active,
            self.proposed,
            self.snapshot,
            self.policy,
            self.inputs.capacity,
        )

    # How it is done.

    @cached_property
    def provenance(self) -> Provenance:
        """What a reader needs to make the same plan again."""
        return Provenance(
            timestamp=dt.datetime.strptime(self.stamp[:15], "%Y-%m-%d-%H%M")
            .replace(tzinfo=dt.UTC)
            .isoformat(),
            stamp=self.stamp,
            mendbook=importlib.metadata.version("mendbook"),
            python=platform.python_version(),
            inputs=self._input_hashes,
            parameters=self._parameters,
            versions={name: importlib.metadata.version(name) for name in _VERSIONS},
            not_run=self._not_run,
        )

    @cached_property
    def stages(self) -> Stages:
        """The stages of this run, saved under its key."""
        return Stages(self.out / ".cache" / self.key, self._progress)

    @cached_property
    def _target(self) -> repository.Target:
        if self.target is None:
            raise InputError(_NO_REPO)
        return self.target

    @cached_property
    def overrides_folder(self) -> Path:
        """The folder of what people decided for this audit; there may be none."""
        return self.inputs.overrides or project.data() / "overrides" / self.audit.name

    @property
    def _noted(self) -> SprintPlan:
        notes = (*self.sprint_plan.notes, *self.schedule.notes(self.pull_requests))
        return replace(self.sprint_plan, notes=notes)

    @cached_property
    def _sources(self) -> tuple[Source, ...]:
        return sources_for(self.overrides_folder, drafters_for(self.inputs.drafter))

    @cached_property
    def _not_run(self) -> tuple[Skipped, ...]:
        searched = self.stages.computed(
            "searched", tuple[Skipped, ...], lambda: tuple(self.references.not_run)
        )
        expired = tuple(
            Skipped(f"override of {each.field} of {each.finding_id}", f"it expired on {each.until}")
            for each in self.overrides.expired
        )
        stray = astray(read_curated(self.overrides_folder), self.findings)
        proven = self.verified.not_run if self.verified else (_NO_GATES,)
        return (*searched, *self.profiles.not_run, *self._cases[1], *expired, *stray, *proven)

    @cached_property
    def _cases(self) -> tuple[tuple[effort.Case, ...], tuple[Skipped, ...]]:
        root = self.target.root if self.target else None
        cases: list[effort.Case] = []
        skipped: list[Skipped] = []
        for path in self.inputs.history:
            read, left = effort.read_cases(path, effort.audit_of(path), root)
            cases += read
            skipped += left
        return tuple(cases), tuple(skipped)

    def _verify(self) -> Verified:
        return verify(
            self._stacked,
            self._planned,
            self._target.root,
            self._target.commit,
            self.out / ".cache" / "gates",
            gates=self.inputs.chosen_gates,
            jobs=self._jobs,
            progress=self._progress,
        )

    @cached_property
    def _input_hashes(self) -> dict[str, str]:
        beside = self.inputs.hashes(self.overrides_folder)
        return {f"audit {self.audit.name}": self.audit.sha256, **beside}

    @cached_property
    def _parameters(self) -> dict[str, str]:
        return {
            "commit": self.target.commit if self.target else "",
            "head": self.target.head if self.target else "",
            "capacity": f"{self.inputs.capacity:g}",
            "references": self.inputs.references,
            "drafter": self.inputs.drafter,
            "gates": self.inputs.gates,
        }
