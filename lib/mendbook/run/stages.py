"""The river: every stage of a run, in the order in which data flows through them.

A row says what the stage is called, what it reads, the function that makes it of that, and the
record that is saved. It is made anew when anything that it reads has changed, and else read back;
``mendbook.run.sources`` lists what comes from outside, ``mendbook.run.flow`` does the work.
"""

from __future__ import annotations

from mendbook import advice, fixes, planning, prioritize, profiling
from mendbook.drafting.record import drafts_report, read_drafts, take_drafts
from mendbook.effort import Case
from mendbook.fixes import Proposed
from mendbook.fixes.sources.curated import CuratedPatch
from mendbook.judgements import Judgements
from mendbook.model import (
    Advice,
    Alternative,
    Audit,
    Check,
    Context,
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
from mendbook.planning.what_if import Basis
from mendbook.policy import Policy, load_policy
from mendbook.policy.platform import Platform, load_platform
from mendbook.proving.verify import Verified
from mendbook.run import steps
from mendbook.run.stage import Stage

Earlier = tuple[tuple[Case, ...], tuple[Skipped, ...]]
"""Cases of earlier plans, and what could not be used of them."""

STAGES = (
    # what is read
    Stage(
        "audit", "audit_file tool_reports field_map only include_closed", steps.read_audit, Audit
    ),
    Stage("policy", "policy_file", load_policy, Policy),
    Stage("platform", "platform_file", load_platform, Platform),
    Stage(
        "target",
        "repository commit_asked audit.commit",
        steps.open_target,
        fingerprint=steps.target_state,
    ),
    Stage("snapshot", "target", steps.snapshot_of, fingerprint=steps.commit_of),
    Stage("root", "target", steps.root_of, fingerprint=str),
    Stage("placed", "audit snapshot", steps.placed_audit, Audit),
    Stage("judgements", "judgements_file audit", steps.read_judgements, Judgements),
    Stage("findings", "placed judgements.chosen", steps.findings_of, tuple[Finding, ...]),
    Stage("overrides", "overrides_file audit today", steps.read_overrides, Overrides),
    Stage("schedule", "schedule_file audit", steps.read_schedule, Schedule),
    Stage("cases", "history target spent", steps.read_history, Earlier, tools="git"),
    # what the repository and the measurements say
    Stage(
        "context",
        "target",
        steps.detect_context,
        Context,
        says="look at the repository",
        tools="git node",
    ),
    Stage("compiler", "root provider", steps.compiler_for, fingerprint=steps.file_state),
    Stage(
        "references",
        "findings snapshot root provider cache",
        steps.find_references,
        says="find references",
        looks_at="compiler",
        tools="ast-grep-py",
    ),
    Stage("searched", "references", steps.not_searched, tuple[Skipped, ...]),
    Stage(
        "gathered",
        "placed target references",
        steps.gather_facts,
        tuple[FindingFacts, ...],
        says="gather facts",
        tools="git",
    ),
    Stage("facts", "gathered overrides.active", override_facts, tuple[FindingFacts, ...]),
    Stage(
        "profiles",
        "measurements snapshot",
        profiling.load_profiles,
        Profiles,
        looks_at="source_maps",
        tools="numpy",
    ),
    Stage("heat", "facts profiles", profiling.join_heat, tuple[Heat, ...]),
    # what is urgent
    Stage("estimated", "findings policy.effort cases", steps.estimate, tuple[Estimate, ...]),
    Stage("estimates", "estimated overrides.active", override_estimates, tuple[Estimate, ...]),
    Stage(
        "decided",
        "findings facts heat estimates policy",
        prioritize.prioritize,
        tuple[Decision, ...],
    ),
    Stage("decisions", "decided overrides.active", override_decisions, tuple[Decision, ...]),
    # what changes it
    Stage("curated", "curated_files audit", steps.curated_patches, tuple[CuratedPatch, ...]),
    Stage("fix_sources", "curated", steps.fix_sources),
    Stage(
        "offered",
        "findings facts snapshot references fix_sources judgements.rejected",
        fixes.propose,
        tuple[Proposed, ...],
        says="look for patches",
        tools="ast-grep-py",
    ),
    Stage("drafting", "drafts_file", read_drafts, Drafting),
    Stage(
        "proposed",
        "offered drafting snapshot judgements.rejected",
        take_drafts,
        tuple[Proposed, ...],
    ),
    Stage(
        "planned",
        "findings decisions estimates facts proposed snapshot policy.pull_requests",
        planning.plan_pull_requests,
        tuple[PullRequest, ...],
        says="plan the pull requests",
        tools="networkx",
    ),
    Stage(
        "stacked",
        "planned findings facts proposed snapshot references fix_sources",
        steps.stack,
        tuple[Patch, ...],
        says="stack the patches",
        tools="git ast-grep-py",
    ),
    Stage(
        "verified",
        "stacked planned target gates trusts_drafts cache jobs progress",
        steps.verify,
        Verified | None,
        tools="git node",
    ),
    Stage("pull_requests", "verified planned", steps.proven_requests, tuple[PullRequest, ...]),
    Stage("series", "verified stacked", steps.proven_series, tuple[Patch, ...]),
    # when it is done
    Stage("capacity", "schedule hours pull_requests", Schedule.capacity, Capacity),
    Stage(
        "sprint_plan",
        "pull_requests capacity",
        planning.plan_sprints,
        SprintPlan,
        says="plan the sprints",
        tools="ortools",
    ),
    Stage(
        "alternatives",
        "pull_requests capacity sprint_plan",
        planning.alternatives,
        tuple[Alternative, ...],
        says="plan other capacities",
        tools="ortools",
    ),
    Stage(
        "forecast",
        "pull_requests sprint_plan capacity",
        planning.forecast,
        Forecast,
        says="forecast",
        tools="numpy",
    ),
    Stage("noted", "sprint_plan schedule pull_requests", steps.noted, SprintPlan),
    # what is said of it
    Stage(
        "remediations",
        "findings facts decisions estimates series pull_requests overrides.active proposed "
        "snapshot",
        steps.remediate,
        tuple[Remediation, ...],
        says="write down what each finding needs",
    ),
    Stage(
        "advice",
        "snapshot context references audit profiles platform",
        advice.advise,
        tuple[Advice, ...],
        says="look at the platform",
        looks_at="libraries_file",
        tools="ast-grep-py",
    ),
    Stage(
        "gaps",
        "searched profiles cases overrides.expired curated judgements findings verified",
        steps.gaps,
        tuple[Skipped, ...],
    ),
    Stage("baseline", "verified", steps.baseline, tuple[Check, ...]),
    Stage("drafted", "drafting", drafts_report, DraftsReport),
    Stage(
        "provenance",
        "stamp audit input_hashes parameters target gaps",
        steps.sign,
        fingerprint=steps.but_for_its_minute,
    ),
    Stage(
        "plan",
        "placed context facts profiles heat remediations pull_requests noted forecast advice "
        "provenance baseline alternatives drafted",
        Plan,
    ),
    Stage(
        "basis",
        "findings facts heat estimates overrides.active proposed snapshot policy hours",
        Basis,
    ),
)
"""Every stage, each below all that it reads."""
