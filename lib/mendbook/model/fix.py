"""Patches: proposed, stacked and proven; and all that a team needs to act on a finding."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from mendbook.model.audit import Note, Severity
from mendbook.model.change import ChangeFacts, Said, WorkOrder
from mendbook.model.contract import Asked, Contract
from mendbook.model.followup import Followup
from mendbook.model.priority import Decision, Estimate
from mendbook.model.repository import Owner, Reference
from mendbook.model.skipped import Skipped


class Rung(StrEnum):
    """How far a patch is proven; each rung includes those before it (``RUNGS``)."""

    OUTLINE = "outline"
    APPLIES = "applies"
    PARSES = "parses"
    BINDS = "binds"
    TYPECHECKS = "typechecks"
    LINTS = "lints"
    TESTS = "tests"
    BUILDS = "builds"


RUNGS: tuple[Rung, ...] = tuple(Rung)


CURATED = "curated"
"""The source whose patches a person wrote."""
TOOL = "tool"
"""The source whose patches came with a tool's own finding."""


class CheckStatus(StrEnum):
    """What came of one check."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the ladder on one patch or one PR."""

    name: str
    """A rung's name, ``reverts`` or ``commutes``."""
    status: CheckStatus
    detail: str = ""
    """Why it failed or was not run; the end of the log, capped and redacted."""
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a patch source proposes for a finding: whole new texts of files, nothing applied.

    ``edits`` maps a path to its new text, or to None where the file goes; paths it does not name
    stay as they are. A source that has no answer returns ``Skipped`` instead.
    """

    finding_id: str
    source: str
    """The name of the source: ``curated``, ``tool``, ``recipe``, ``drafter``."""
    summary: str
    """One imperative sentence: the patch's subject line."""
    edits: dict[str, str | None]
    why: str = ""
    risk: str = ""
    """What could break, from what the source knows."""
    tests: tuple[Followup, ...] = ()
    """Test cases that this patch calls for."""
    docs: tuple[Followup, ...] = ()
    """Sections of documents that this patch calls for."""
    irreversible: tuple[str, ...] = ()
    """What reverting the patch does not undo: data formats, protocol, operators' config."""
    packages: tuple[str, ...] = ()
    """Packages that the patch adds."""
    contracts: tuple[Contract, ...] = ()
    """What the source claims that its edits do, clause by clause; none where it claims nothing."""
    part: str = ""
    """Which recipe or advisor of the source made it; empty where the source is one whole."""
    checks: tuple[Check, ...] = ()
    """Gates that were run on it alone already, on the audited tree."""

    @property
    def made_by(self) -> str:
        """The source and its part, as reports name them: ``recipe:<name>``."""
        return _made_by(self.source, self.part)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the sources made of one finding: the first proposal, and who had none before it."""

    finding_id: str
    proposal: Proposal | None
    tried: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Patch:
    """A finding's patch: its diff against the tree it applies to, and how far it is proven."""

    finding_id: str
    source: str
    summary: str
    diff: str
    """Unified diff in git's form; for an outline a sketch that is not meant to apply."""
    files: tuple[str, ...]
    rung: Rung
    checks: tuple[Check, ...] = ()
    why: str = ""
    name: str = ""
    """``001-PERF-MED-001-cache-lookup.patch``; empty for an outline."""
    added: int = 0
    removed: int = 0
    tried: tuple[Skipped, ...] = ()
    """The sources that had no answer, and why."""
    irreversible: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    risk: str = ""
    """What could break, from what the patch's source knows; with ``tests`` and ``docs`` as in
    ``Proposal``."""
    tests: tuple[Followup, ...] = ()
    docs: tuple[Followup, ...] = ()
    asked: Asked = field(default_factory=Asked)
    """Whether it does what the finding's fix asks."""
    draft: str = ""
    """Why it is a draft, kept beside the series for a person to judge; empty where it is none."""
    covered_by: str = ""
    """Finding whose patch already makes this change; the diff shown is that patch's."""
    part: str = ""
    """Which recipe or advisor of the source made it, as in ``Proposal``."""
    held_for: tuple[str, ...] = ()
    """Findings for whose sake it is a draft: it takes away what their fixes build on."""

    @property
    def made_by(self) -> str:
        """The source and its part, as reports name them: ``recipe:<name>``."""
        return _made_by(self.source, self.part)

    @property
    def in_series(self) -> bool:
        """Whether the patch is listed in ``PATCHES/series``."""
        return self.answers and not self.covered_by

    @property
    def answers(self) -> bool:
        """Whether it counts as patched: a change, its own or that of ``covered_by``, no draft."""
        return self.rung is not Rung.OUTLINE and not self.draft

    @property
    def standing(self) -> str:
        """What a reader may take it for: ``outline``, ``draft``, or the rung that it reached."""
        return "draft" if self.is_draft else self.rung.value

    @property
    def is_draft(self) -> bool:
        """Whether it is a change that lies in ``PATCHES/drafts``."""
        return self.rung is not Rung.OUTLINE and bool(self.draft)


def _made_by(source: str, part: str) -> str:
    return f"{source}:{part}" if part else source


@dataclass(frozen=True, slots=True)
class Remediation:
    """All a team needs to act on one finding: the seed's fields, and what they rest on."""

    finding_id: str
    severity: Severity
    files_touched: tuple[str, ...]
    patch: Patch
    callsites: tuple[Reference, ...]
    runtime_risk: str
    rollback: str
    estimate: Estimate
    owner: Owner
    decision: Decision
    docs_updates: tuple[Followup, ...]
    tests_required: tuple[Followup, ...]
    overridden: tuple[Note, ...] = ()
    """Fields that a person overrode: who, why, until when."""
    change: ChangeFacts | None = None
    """What the patch does to code that runs, each thing with its line."""
    risks: tuple[Said, ...] = ()
    """The sentences of ``runtime_risk``, each with the lines that it rests on."""
    rollback_steps: tuple[Said, ...] = ()
    """The sentences of ``rollback``, each with the lines that it rests on."""
    work_order: WorkOrder | None = None
    """What a person is to do where there is no patch."""
