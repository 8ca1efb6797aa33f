"""The river: every stage of a run, in the order in which data flows through them.

A row says what the stage is called, what it reads, the function that makes it of that, and the
record that is saved. It is made anew when anything that it reads has changed, and else read back;
``mendbook.run.sources`` lists what comes from outside, ``mendbook.run.flow`` does the work.

A function that stands in ``Late`` is loaded when its stage is first made, so that a plan that is
read back loads few of the rooms.
"""

from __future__ import annotations

from mendbook.effort import Case
from mendbook.fixes.sources.curated import CuratedPatch
from mendbook.judgements import Judgements
from mendbook.late import Late
from mendbook.model import (
    Advice,
    Alternative,
    Audit,
    Check,
    Context,
    CoveredFile,
    Decision,
    Drafting,
    DraftsReport,
    Estimate,
    Finding,
    FindingFacts,
    Forecast,
    Heat,
    Patch,
    Plan,
    Profiles,
    Proposed,
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
)
from mendbook.planning import Capacity, Schedule
from mendbook.policy import Policy, load_policy
from mendbook.policy.platform import Platform, load_platform
from mendbook.prioritize.refit import GivenPriority, Refit
from mendbook.proving.verified import Verified
from mendbook.run.stage import Stage
from mendbook.run.steps import target

Earlier = tuple[tuple[Case, ...], tuple[Skipped, ...]]
"""Cases of earlier plans, and what could not be used of them."""

STAGES = (
    # what is read
    Stage(
        "audit",
        "audit_file tool_reports field_map only include_closed",
        Late("run.steps.reading:read_audit"),
        Audit,
    ),
    Stage("policy", "policy_file", load_policy, Policy),
    Stage("platform", "platform_file", load_platform, Platform),
    Stage(
        "target",
        "repository commit_asked audit.commit",
        target.open_target,
        fingerprint=target.target_state,
    ),
    Stage("snapshot", "target", target.snapshot_of, fingerprint=target.commit_of),
    Stage("root", "target", target.root_of, fingerprint=str),
    Stage("placed", "audit snapshot", Late("run.steps.reading:placed_audit"), Audit),
    Stage(
        "judgements", "judgements_file audit", Late("run.steps.reading:read_judgements"), Judgements
    ),
    Stage(
        "findings",
        "placed judgements.chosen policy.alternatives",
        Late("run.steps.reading:findings_of"),
        tuple[Finding, ...],
    ),
    Stage(
        "overrides",
        "overrides_file audit today",
        Late("run.steps.reading:read_overrides"),
        Overrides,
    ),
    Stage("schedule", "schedule_file audit", Late("run.steps.reading:read_schedule"), Schedule),
    Stage(
        "cases",
        "history target spent",
        Late("run.steps.reading:read_history"),
        Earlier,
        tools="git",
    ),
    # what the repository and the measurements say
    Stage(
        "context",
        "target",
        Late("run.steps.looking:detect_context"),
        Context,
        says="look at the repository",
        tools="git node",
    ),
    Stage(
        "compiler",
        "root provider",
        Late("run.steps.looking:compiler_for"),
        fingerprint=Late("run.steps.looking:file_state"),
    ),
    Stage(
        "python_server",
        "provider",
        Late("run.steps.looking:python_server_for"),
        fingerprint=Late("run.steps.looking:file_state"),
    ),
    Stage(
        "references",
        "findings snapshot root provider cache",
        Late("run.steps.looking:find_references"),
        says="find references",
        looks_at="compiler python_server",
        tools="ast-grep-py",
    ),
    Stage("searched", "references", Late("run.steps.looking:not_searched"), tuple[Skipped, ...]),
    Stage(
        "gathered",
        "placed target references",
        Late("run.steps.looking:gather_facts"),
        tuple[FindingFacts, ...],
        says="gather facts",
        tools="git",
    ),
    Stage("facts", "gathered overrides.active", override_facts, tuple[FindingFacts, ...]),
    Stage(
        "profiles",
        "measurements snapshot",
        Late("profiling:load_profiles"),
        Profiles,
        looks_at="source_maps",
        tools="numpy",
    ),
    Stage(
        "covered",
        "measurements snapshot",
        Late("profiling:load_coverage"),
        tuple[CoveredFile, ...],
    ),
    Stage("heat", "facts profiles", Late("profiling:join_heat"), tuple[Heat, ...]),
    # what is urgent
    Stage(
        "estimated",
        "findings policy.effort cases",
        Late("run.steps.mending:estimate"),
        tuple[Estimate, ...],
    ),
    Stage("estimates", "estimated overrides.active", override_estimates, tuple[Estimate, ...]),
    Stage(
        "given_priorities",
        "history target policy cache",
        Late("run.steps.learning:given_priorities"),
        tuple[tuple[GivenPriority, ...], tuple[Skipped, ...]],
        tools="git ast-grep-py",
    ),
    Stage("refit", "policy given_priorities", Late("run.steps.learning:learned_from"), Refit),
    Stage(
        "decided",
        "findings facts heat estimates policy refit",
        Late("prioritize:decide"),
        tuple[Decision, ...],
    ),
    Stage("decisions", "decided overrides.active", override_decisions, tuple[Decision, ...]),
    # what changes it
    Stage(
        "curated",
        "curated_files audit",
        Late("run.steps.reading:curated_patches"),
        tuple[CuratedPatch, ...],
    ),
    Stage("fix_sources", "curated", Late("run.steps.mending:fix_sources")),
    Stage(
        "offered",
        "findings facts snapshot references fix_sources judgements.rejected",
        Late("fixes:propose"),
        tuple[Proposed, ...],
        says="look for patches",
        tools="ast-grep-py",
    ),
    Stage("drafting", "drafts_file", Late("drafting.record:read_drafts"), Drafting),
    Stage(
        "proposed",
        "offered drafting snapshot judgements.rejected",
        Late("drafting.record:take_drafts"),
        tuple[Proposed, ...],
    ),
    Stage(
        "planned",
        "findings decisions estimates facts proposed snapshot policy.pull_requests schedule hours",
        Late("planning:plan_pull_requests"),
        tuple[PullRequest, ...],
        says="plan the pull requests",
        tools="networkx",
    ),
    Stage(
        "stacked",
        "planned findings facts proposed snapshot references fix_sources",
        Late("run.steps.mending:stack"),
        tuple[Patch, ...],
        says="stack the patches",
        tools="git ast-grep-py",
    ),
    Stage(
        "verified",
        "stacked planned target gates trusts_drafts cache jobs progress",
        Late("run.steps.verifying:verify"),
        Verified | None,
        tools="git node",
    ),
    Stage(
        "pull_requests",
        "verified planned",
        Late("run.steps.verifying:proven_requests"),
        tuple[PullRequest, ...],
    ),
    Stage(
        "series", "verified stacked", Late("run.steps.verifying:proven_series"), tuple[Patch, ...]
    ),
    # when it is done
    Stage("capacity", "schedule hours pull_requests", Schedule.capacity, Capacity),
    Stage(
        "sprint_plan",
        "pull_requests capacity",
        Late("planning:plan_sprints"),
        SprintPlan,
        says="plan the sprints",
        tools="ortools",
    ),
    Stage(
        "alternatives",
        "pull_requests capacity sprint_plan",
        Late("planning.sprints:alternatives"),
        tuple[Alternative, ...],
        says="plan other capacities",
        tools="ortools",
    ),
    Stage(
        "forecast",
        "pull_requests sprint_plan capacity",
        Late("planning.forecast:forecast"),
        Forecast,
        says="forecast",
        tools="numpy",
    ),
    Stage(
        "noted", "sprint_plan schedule pull_requests", Late("run.steps.telling:noted"), SprintPlan
    ),
    # what is said of it
    Stage(
        "remediations",
        "findings facts decisions estimates series pull_requests overrides.active proposed "
        "snapshot covered",
        Late("run.steps.telling:remediate"),
        tuple[Remediation, ...],
        says="write down what each finding needs",
    ),
    Stage(
        "advice",
        "snapshot context references audit profiles platform",
        Late("advice:advise"),
        tuple[Advice, ...],
        says="look at the platform",
        looks_at="libraries_file",
        tools="ast-grep-py",
    ),
    Stage(
        "gaps",
        "searched profiles cases given_priorities overrides.expired curated judgements findings "
        "verified",
        Late("run.steps.gaps:gaps"),
        tuple[Skipped, ...],
    ),
    Stage("baseline", "verified", Late("run.steps.verifying:baseline"), tuple[Check, ...]),
    Stage("drafted", "drafting", Late("drafting.record:drafts_report"), DraftsReport),
    Stage(
        "provenance",
        "stamp audit input_hashes parameters target gaps",
        Late("run.steps.telling:sign"),
        fingerprint=Late("run.steps.telling:but_for_its_minute"),
    ),
    Stage(
        "plan",
        "placed context facts profiles heat remediations pull_requests noted forecast advice "
        "provenance baseline alternatives drafted refit.learned",
        Plan,
    ),
    Stage(
        "basis",
        "findings facts heat estimates overrides.active proposed snapshot refit.policy hours",
        Late("planning.what_if:Basis"),
    ),
)
"""Every stage, each below all that it reads."""
