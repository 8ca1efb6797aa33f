"""The records every stage speaks: frozen, slotted, and JSON both ways (``msgspec``).

One file for each stage of the river. Nothing here computes: a stage is a pure function from some
of these records to others. Lines are 1-based, paths are POSIX and relative to the repository's
root, hours are working hours, shares are 0..1.
"""

from mendbook.model.advice import Advice, AdviceRow
from mendbook.model.audit import (
    DIMENSION_WEIGHTS,
    Audit,
    Dimension,
    Finding,
    Note,
    OfferedFix,
    Origin,
    OverEngineering,
    Place,
    PlaceKind,
    Region,
    Score,
    Severity,
)
from mendbook.model.change import ChangeFacts, Effect, EffectKind, Reach, WorkOrder, WorkStep
from mendbook.model.contract import Asked, AskedStatus, Contract, Operation
from mendbook.model.fix import RUNGS, Check, CheckStatus, Patch, Proposal, Remediation, Rung
from mendbook.model.plan import Plan, Provenance
from mendbook.model.priority import Decision, DecisionStep, Estimate, Priority
from mendbook.model.profiling import FunctionHeat, Heat, Measurement, Profiles
from mendbook.model.repository import (
    CheckKind,
    Context,
    Declaration,
    EntryPoint,
    Evidence,
    EvidenceStatus,
    Fact,
    FindingFacts,
    Owner,
    Reference,
    ReferenceKind,
    SymbolReferences,
    SymbolStatus,
    TargetCheck,
)
from mendbook.model.schedule import (
    Alternative,
    Dependency,
    Forecast,
    PullRequest,
    Quantiles,
    Sprint,
    SprintPlan,
)
from mendbook.model.skipped import Skipped

__all__ = [
    "DIMENSION_WEIGHTS",
    "RUNGS",
    "Advice",
    "AdviceRow",
    "Alternative",
    "Asked",
    "AskedStatus",
    "Audit",
    "ChangeFacts",
    "Check",
    "CheckKind",
    "CheckStatus",
    "Context",
    "Contract",
    "Decision",
    "DecisionStep",
    "Declaration",
    "Dependency",
    "Dimension",
    "Effect",
    "EffectKind",
    "EntryPoint",
    "Estimate",
    "Evidence",
    "EvidenceStatus",
    "Fact",
    "Finding",
    "FindingFacts",
    "Forecast",
    "FunctionHeat",
    "Heat",
    "Measurement",
    "Note",
    "OfferedFix",
    "Operation",
    "Origin",
    "OverEngineering",
    "Owner",
    "Patch",
    "Place",
    "PlaceKind",
    "Plan",
    "Priority",
    "Profiles",
    "Proposal",
    "Provenance",
    "PullRequest",
    "Quantiles",
    "Reach",
    "Reference",
    "ReferenceKind",
    "Region",
    "Remediation",
    "Rung",
    "Score",
    "Severity",
    "Skipped",
    "Sprint",
    "SprintPlan",
    "SymbolReferences",
    "SymbolStatus",
    "TargetCheck",
    "WorkOrder",
    "WorkStep",
]
