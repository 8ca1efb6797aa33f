"""The records every stage speaks: frozen, slotted, and JSON both ways (``msgspec``).

They are listed in the order of the river: audit, repository facts, heat, priority and effort,
patches, pull requests, sprints, forecast, advice, plan. Nothing here computes: a stage is a pure
function from some of these records to others. Lines are 1-based, paths are POSIX and relative to
the repository's root, hours are working hours, shares are 0..1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

# --- audit -------------------------------------------------------------------------------------


class Severity(StrEnum):
    """How bad the auditor calls it, worst first."""

    CRITICAL = "CRITICAL"
    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"
    INFO = "INFO"


class Dimension(StrEnum):
    """What the audit scores, by its canonical name; weights are in ``DIMENSION_WEIGHTS``."""

    PERFORMANCE = "Performance & Efficiency"
    ARCHITECTURE = "Architecture & Scalability"
    REALTIME = "Realtime Correctness"
    CODE_QUALITY = "Code Quality"
    SECURITY = "Security & Reliability"
    READABILITY = "Readability"
    OTHER = "Other"


DIMENSION_WEIGHTS: dict[Dimension, int] = {
    Dimension.PERFORMANCE: 30,
    Dimension.ARCHITECTURE: 20,
    Dimension.REALTIME: 15,
    Dimension.CODE_QUALITY: 15,
    Dimension.SECURITY: 10,
    Dimension.READABILITY: 10,
}


class PlaceKind(StrEnum):
    """What a finding's ``file`` names, judged by its spelling alone."""

    FILE = "file"
    DIRECTORY = "directory"
    PATTERN = "pattern"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was normalised, or could not be understood, beside what was written."""

    field: str
    """JSON path in the input, ``findings[3].file``."""
    original: str
    understood: str
    """Empty when it could not be understood."""
    why: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place a finding names: a file, a directory or a glob, with lines where they were given."""

    path: str
    kind: PlaceKind = PlaceKind.FILE
    line: int | None = None
    end_line: int | None = None
    said_missing: bool = False
    """The audit itself says that this does not exist: ``tests/x/* (missing)``."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a finding came from: the audit itself, or a tool's report."""

    format: str
    """``audit``, ``sarif``, ``eslint``, ``knip``, ``depcheck``, ``ts-prune`` or ``npm-audit``."""
    tool: str
    rule: str = ""
    detail: str = ""
    """The tool's own words, where they differ from the finding's."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region as a tool names it: 1-based lines and columns, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    unit: str = ""
    """What columns count: ``utf-16``, ``characters``, or empty when the tool does not say."""


@dataclass(frozen=True, slots=True)
class OfferedFix:
    """A fix that a tool offers: replace a region of ``path`` with ``text``.

    Offsets are 0-based character offsets into the decoded file, end exclusive; -1 while only the
    ``region`` is known, because the file's text is needed to count.
    """

    path: str
    start: int
    end: int
    text: str
    tool: str
    description: str = ""
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, as written and as understood."""

    id: str
    severity: Severity
    dimension: Dimension
    file: str
    """As written."""
    function: str
    """As written."""
    problem: str
    evidence: str
    impact: str
    fix: str
    complexity: str
    repro: str = ""
    docs_path: str = ""
    """A repository path or a URL; empty when none was given."""
    places: tuple[Place, ...] = ()
    symbols: tuple[str, ...] = ()
    """Names to look up in code: ``getConsumer``, ``RouterManager.setActiveSpeakerDetector``."""
    events: tuple[str, ...] = ()
    """Socket events and routes named: ``gift:send``."""
    origins: tuple[Origin, ...] = ()
    offered_fixes: tuple[OfferedFix, ...] = ()
    fingerprint: str = ""
    """Stable when lines move: over file, symbol, rule and normalised code."""
    notes: tuple[Note, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    """Keys the schema does not know, kept as they came."""


@dataclass(frozen=True, slots=True)
class OverEngineering:
    """One entry of the audit's ``overEngineering``."""

    file: str
    anti_pattern: str
    runtime_cost: str
    dev_hours_per_year: float | None
    score_deduction: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """One score of the audit beside the most it can be (``DIMENSION_WEIGHTS``)."""

    name: str
    value: float
    maximum: float


@dataclass(frozen=True, slots=True)
class Audit:
    """An audit, whole: every finding that came in, in the order it came."""

    name: str
    """The input's stem, ``audit-2026-02-11-2334-media-domain``."""
    path: str
    sha256: str
    timestamp: str
    commit: str
    """As written; empty when the audit names none."""
    branch: str
    node_version: str
    findings: tuple[Finding, ...]
    scores: tuple[Score, ...] = ()
    over_engineering: tuple[OverEngineering, ...] = ()
    notes: tuple[Note, ...] = ()
    """About the audit as a whole; a finding's own notes are with the finding."""
    redactions: int = 0
    """How many secrets the reader replaced."""
    extra: dict[str, Any] = field(default_factory=dict)


# --- repository --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known about the target, and where it was read."""

    name: str
    value: str
    """``not found`` when it was looked for and is not there."""
    source: str = ""
    """``package.json:21``, ``git``, or empty."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the target repository is: the seed's context table, and warnings about it."""

    root: str
    commit: str
    """Full hash the plan is computed on; empty without a repository."""
    head: str
    branch: str
    facts: tuple[Fact, ...]
    warnings: tuple[str, ...] = ()

    def value(self, name: str) -> str:
        """Return the value of the fact called ``name``, or ``not found``."""
        return next((fact.value for fact in self.facts if fact.name == name), "not found")


class ReferenceKind(StrEnum):
    """How a name is used at a place."""

    CALL = "call"
    CONSTRUCT = "construct"
    PASSED = "passed"
    IMPORT = "import"
    REEXPORT = "reexport"
    TYPE = "type"
    READ = "read"
    WRITE = "write"
    REGISTERED = "registered"
    """An event or a route whose handler is registered here."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """Where a symbol is declared."""

    file: str
    line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class Reference:
    """One use of a symbol; printed as ``file:line — enclosing``."""

    file: str
    line: int
    kind: ReferenceKind
    enclosing: str
    """The function around it as a person names it; ``module`` at the top level."""
    test: bool = False
    column: int = 1


class SymbolStatus(StrEnum):
    """What became of looking a symbol up."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    """Several declarations fit; all are listed."""
    ELSEWHERE = "elsewhere"
    """Found, but not in the file that the finding names."""
    EVENT = "event"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class SymbolReferences:
    """Every use of one symbol that a finding names, and which provider says so."""

    symbol: str
    status: SymbolStatus
    provider: str
    """``exact`` or ``syntax``."""
    declarations: tuple[Declaration, ...] = ()
    references: tuple[Reference, ...] = ()
    reason: str = ""
    """Why it is missing, ambiguous, or was found elsewhere."""


class EvidenceStatus(StrEnum):
    """Whether the quoted evidence is really in the code."""

    VERBATIM = "verbatim"
    PARAPHRASE = "paraphrase"
    """Most of its identifiers stand together at the place."""
    ABSENT = "absent"
    NO_FILE = "no file"
    UNCHECKED = "unchecked"
    """There was no repository to look in."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The place in the code that a finding means, and how sure that is."""

    status: EvidenceStatus
    file: str = ""
    line: int | None = None
    end_line: int | None = None
    share: float = 0.0
    """Share of the evidence's identifiers found at the place."""
    how: str = ""
    """How it was found: by evidence text, line suffix, or declaration."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns a finding's files, and how that is known."""

    name: str
    source: str
    """``CODEOWNERS:12``, ``git history (14 of 20 commits)``, ``path``, ``override``."""


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """A socket event or an HTTP route through which outsiders reach code."""

    name: str
    """``socket event "gift:send"`` or ``GET /health``."""
    file: str
    line: int
    via: tuple[str, ...] = ()
    """Functions passed on the way from the entry point to the finding's code."""


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """What the repository says about one finding."""

    finding_id: str
    files: tuple[str, ...]
    """Files of the repository that the finding's places name, existing ones only."""
    missing: tuple[str, ...] = ()
    """Places named that do not exist at the audit's commit."""
    symbols: tuple[SymbolReferences, ...] = ()
    evidence: Evidence = Evidence(EvidenceStatus.UNCHECKED)
    owner: Owner = Owner("unassigned", "no repository")
    exposure: tuple[EntryPoint, ...] = ()
    commits: int = 0
    """Commits that touched the files, in the history that is there."""
    fan_in: int = 0
    """Files, tests not counted, that import one of the finding's files."""
    tests: tuple[str, ...] = ()
    """Test files that import one of the finding's files."""
    notes: tuple[str, ...] = ()
    """How the files were found: a folder that was narrowed or capped, a name that was completed."""

    @property
    def callsites(self) -> tuple[Reference, ...]:
        """Every call, construction and hand-over of the finding's symbols, in file order."""
        uses = {
            ReferenceKind.CALL,
            ReferenceKind.CONSTRUCT,
            ReferenceKind.PASSED,
            ReferenceKind.REGISTERED,
        }
        found = {
            (reference.file, reference.line, reference.column): reference
            for symbol in self.symbols
            for reference in symbol.references
            if reference.kind in uses
        }
        return tuple(found[key] for key in sorted(found))


# --- values for what was not done --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not done, as a value: what, and the reason."""

    what: str
    reason: str


# --- profiling ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FunctionHeat:
    """CPU time of one function in a profile; ``self_share`` and ``total_share`` are 0..1."""

    file: str
    function: str
    line: int | None
    self_ms: float
    total_ms: float
    self_share: float
    total_share: float
    source: str
    """The profile's file name."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One number of a load test or a metrics scrape."""

    source: str
    name: str
    value: float
    unit: str
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profiles:
    """All that was measured; empty tuples where nothing was."""

    functions: tuple[FunctionHeat, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    sources: tuple[str, ...] = ()
    """One sentence for each file read: what it is, how long, how many samples."""
    not_run: tuple[Skipped, ...] = ()
    files: tuple[FunctionHeat, ...] = ()
    """CPU time by whole file, its functions' shared time counted once; ``function`` is empty."""


@dataclass(frozen=True, slots=True)
class Heat:
    """How hot a finding's code is; ``share`` is None where nothing was profiled."""

    finding_id: str
    share: float | None
    """Share of profiled CPU time spent in and below the finding's functions, 0..1."""
    hottest: str = ""
    """``src/a.ts — function`` that accounts for most of it."""
    source: str = ""
    why: str = ""


# --- priority and effort -----------------------------------------------------------------------


class Priority(StrEnum):
    """When a finding is due, most urgent first."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


@dataclass(frozen=True, slots=True)
class DecisionStep:
    """One question of the decision tree, its answer, and what the answer rests on."""

    question: str
    answer: str
    because: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A finding's priority, the path that led there, and its place inside the band."""

    finding_id: str
    priority: Priority
    path: tuple[DecisionStep, ...]
    reason: str
    """The path as one sentence."""
    rank: int
    """1-based place in the order of all findings."""
    order_key: dict[str, float] = field(default_factory=dict)
    """The numbers behind the rank: cost of delay, hours, confidence, hotspot, wsjf."""
    flip: str = ""
    """The smallest change of input that would move it to another band, in words."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Hours for one finding, always with a range; ``source`` says where they come from."""

    finding_id: str
    low: float
    likely: float
    high: float
    source: str


# --- patches -----------------------------------------------------------------------------------


class Rung(StrEnum):
    """How far a patch is proven; each rung includes those before it (``RUNGS``)."""

    OUTLINE = "outline"
    APPLIES = "applies"
    PARSES = "parses"
    TYPECHECKS = "typechecks"
    LINTS = "lints"
    TESTS = "tests"
    BUILDS = "builds"


RUNGS: tuple[Rung, ...] = tuple(Rung)


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
    """``curated``, ``tool``, ``recipe:<name>``, ``drafter`` or ``outline``."""
    summary: str
    """One imperative sentence: the patch's subject line."""
    edits: dict[str, str | None]
    why: str = ""
    risk: str = ""
    """What could break, from what the source knows."""
    tests: tuple[str, ...] = ()
    """``test file — test case`` that this patch calls for."""
    docs: tuple[str, ...] = ()
    """``path — section`` that this patch calls for."""
    irreversible: tuple[str, ...] = ()
    """What reverting the patch does not undo: data formats, protocol, operators' config."""
    packages: tuple[str, ...] = ()
    """Packages that the patch adds."""


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
    tests: tuple[str, ...] = ()
    docs: tuple[str, ...] = ()
    covered_by: str = ""
    """Finding whose patch already makes this change; the diff shown is that patch's."""

    @property
    def in_series(self) -> bool:
        """Whether the patch is listed in ``PATCHES/series``."""
        return self.answers and not self.covered_by

    @property
    def answers(self) -> bool:
        """Whether it is a change and not an outline, its own or that of ``covered_by``."""
        return self.rung is not Rung.OUTLINE


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
    docs_updates: tuple[str, ...]
    tests_required: tuple[str, ...]
    overridden: tuple[Note, ...] = ()
    """Fields that a person overrode: who, why, until when."""


# --- pull requests and sprints -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dependency:
    """Why one PR comes after another."""

    on: int
    reason: str


@dataclass(frozen=True, slots=True)
class PullRequest:
    """One atomic PR: findings that belong in one change, in the order they are applied."""

    number: int
    title: str
    """Conventional commit: ``fix(media): …``."""
    finding_ids: tuple[str, ...]
    files: tuple[str, ...]
    depends_on: tuple[Dependency, ...]
    hours: float
    """The sum of its findings' likely hours."""
    low: float
    high: float
    priority: Priority
    """The most urgent of its findings'."""
    cost_of_delay: float
    owner: str
    why: str = ""
    """Why these findings are one PR."""
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Sprint:
    """One sprint: PRs in merge order, and hours against capacity."""

    number: int
    focus: str
    prs: tuple[int, ...]
    hours: float
    capacity: float
    over_capacity: str = ""
    """Why it is above capacity, when one PR alone is."""


@dataclass(frozen=True, slots=True)
class SprintPlan:
    """All sprints, how they were found, and how good they are known to be."""

    sprints: tuple[Sprint, ...]
    method: str
    """``cp-sat`` or ``greedy``."""
    status: str
    """``optimal``, or ``feasible (gap 3 %)``, or ``heuristic``."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """The same PRs in sprints that hold other hours."""

    capacity: float
    """Hours a sprint holds."""
    sprint_plan: SprintPlan
    """Without sprints where no plan fits; its notes say why."""


@dataclass(frozen=True, slots=True)
class Quantiles:
    """P50, P85 and P95 of the sprint in which something is done."""

    name: str
    p50: int
    p85: int
    p95: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """Monte Carlo over the sprint plan: when things are done, and what fits."""

    draws: int
    seed: int
    distribution: str
    finish: Quantiles
    bands: tuple[Quantiles, ...]
    prs: tuple[Quantiles, ...]
    cut: tuple[tuple[int, tuple[int, ...]], ...]
    """For each sprint, the PRs that are done by its end with 85 %."""
    burn_down: tuple[tuple[int, float, float, float], ...]
    """``(sprint, p5, p50, p95)`` of the cost of delay that remains at its end; 0 is today."""


# --- infrastructure ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AdviceRow:
    """One line of an advisor's table."""

    what: str
    where: str
    """``file:line``, or empty."""
    now: str
    """``not found`` when it is not in the code; never a guess."""
    target: str
    why: str
    patch: str = ""
    """File name of the patch that does it, when there is one."""
    findings: tuple[str, ...] = ()
    """Ids of the audit's findings about the same place."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One advisor's section: a table, notes, commands, and files it offers."""

    advisor: str
    title: str
    summary: str
    rows: tuple[AdviceRow, ...]
    notes: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    """Shell lines to copy, comments included."""
    files: dict[str, str] = field(default_factory=dict)
    """Files it offers beside the report, by name: ``alerts.rules.yml``."""
    proposals: tuple[Proposal, ...] = ()
    not_run: tuple[Skipped, ...] = ()


# --- plan --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a reader needs to make the same plan again."""

    timestamp: str
    """UTC, ISO 8601."""
    stamp: str
    """``YYYY-MM-DD-HHmm``, as the artefacts are named."""
    mendbook: str
    python: str
    inputs: dict[str, str]
    """Input name to SHA-256."""
    parameters: dict[str, str]
    versions: dict[str, str]
    not_run: tuple[Skipped, ...] = ()
    """What was not run on this machine, and why."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole remediation plan: what every exporter, chart and table is made from."""

    audit: Audit
    context: Context
    facts: tuple[FindingFacts, ...]
    profiles: Profiles
    heat: tuple[Heat, ...]
    remediations: tuple[Remediation, ...]
    """In the order of ``Decision.rank``; one for each finding."""
    pull_requests: tuple[PullRequest, ...]
    sprint_plan: SprintPlan
    forecast: Forecast | None
    advice: tuple[Advice, ...]
    provenance: Provenance
    baseline: tuple[Check, ...] = ()
    """The gates on the untouched tree, and whether the whole series reverts; empty if not run."""
    alternatives: tuple[Alternative, ...] = ()
    """The sprint plan under other capacities, by hours, the planned ones among them."""
