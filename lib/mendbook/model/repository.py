"""What the repository says: context, uses, evidence, owners, exposure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mendbook.model.citation import Citation


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known about the target, and where it was read."""

    name: str
    value: str
    """``not found`` when it was looked for and is not there."""
    cites: tuple[Citation, ...] = ()
    """Where it was read in the tree."""
    told_by: str = ""
    """The program that told it, ``git``; empty where it was read in the tree."""
    more: int = 0
    """Number of places beside those that are cited."""

    @property
    def source(self) -> str:
        """Where it comes from, as a reader is told it; empty where it was not found."""
        said = ", ".join(map(str, self.cites)) or self.told_by
        return f"{said} and {self.more} more" if self.more else said


class CheckKind(StrEnum):
    """What a check of the target's own is for, in the order in which they are run."""

    TYPECHECK = "typecheck"
    LINT = "lint"
    TEST = "test"
    BUILD = "build"


@dataclass(frozen=True, slots=True)
class TargetCheck:
    """A check that the target itself has, and where that is read."""

    kind: CheckKind
    command: tuple[str, ...]
    """``("npm", "run", "lint")``."""
    source: Citation
    folder: str = ""
    """Where it is run; empty for the top of the repository."""

    @property
    def shown(self) -> str:
        """The line that a person types at the top of the repository."""
        line = " ".join(self.command)
        return f"(cd {self.folder} && {line})" if self.folder else line


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
    checks: tuple[TargetCheck, ...] = ()
    """The checks that the target itself has."""
    remote: str = ""
    """Address of the page of the repository where it was cloned from; empty when not known."""

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
    JSX = "jsx"
    """A component that is rendered."""
    REGISTERED = "registered"
    """An event or a route whose handler is registered here."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """Where a symbol is declared."""

    file: str
    line: int
    end_line: int

    def holds(self, use: Reference) -> bool:
        """Tell whether ``use`` stands inside the declaration, or is its own export."""
        inside = self.file == use.file and self.line <= use.line <= self.end_line
        return inside or (self.file == use.file and use.kind is ReferenceKind.REEXPORT)


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


BY_NAME = "by name"
"""The provider that knows no types: another type's method of that name may be among its uses."""


@dataclass(frozen=True, slots=True)
class SymbolReferences:
    """Every use of one symbol that a finding names, and which provider says so."""

    symbol: str
    status: SymbolStatus
    provider: str
    """``exact``, ``syntax`` or ``BY_NAME``."""
    declarations: tuple[Declaration, ...] = ()
    references: tuple[Reference, ...] = ()
    reason: str = ""
    """Why it is missing, ambiguous, or was found elsewhere."""

    @property
    def guessed(self) -> bool:
        """Whether uses of another type's member of the same name may be among them."""
        return self.provider == BY_NAME


class EvidenceStatus(StrEnum):
    """Whether the quoted evidence is really in the code."""

    VERBATIM = "verbatim"
    PARAPHRASE = "paraphrase"
    """Most of its identifiers stand together at the place."""
    ABSENT = "absent"
    UNQUOTED = "unquoted"
    """It is said in words: no code is quoted that could be looked for."""
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
    past: str = ""
    """Of what is not there: the commit in which it went or comes, where the history shows it."""


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
    """``socket event "order:place"`` or ``GET /health``."""
    file: str
    line: int
    via: tuple[str, ...] = ()
    """Functions passed on the way from the entry point to the finding's code."""
    mounted: str = ""
    """The part of a route's address that the routers around it give; the name has it already."""

    event: str = ""
    """The event that ``name`` is about; empty for a route and for what stands at every event."""


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
    case: str = ""
    """The label of the case of a switch that the place stands in: ``"order:place"``."""
    case_line: int = 0
    """The line of that case in the evidence's file; 0 for none."""

    @property
    def callsites(self) -> tuple[Reference, ...]:
        """Every call, construction, rendering and hand-over of the symbols, in file order.

        What stands in a symbol's own definition, and where its own event is registered, is none.
        """
        called = {
            ReferenceKind.CALL,
            ReferenceKind.CONSTRUCT,
            ReferenceKind.JSX,
            ReferenceKind.PASSED,
        }
        return tuple(use for use in self.uses if use.kind in called)

    @property
    def uses(self) -> tuple[Reference, ...]:
        """Every use outside the symbols' own definitions, imports left out, in file order.

        Reads, writes, types and re-exports beside the callsites: a schema, a type or a constant
        is used by these alone.
        """
        by_place = {
            (use.file, use.line, use.column): use
            for symbol in self.symbols
            for use in symbol.references
            if use.kind not in {ReferenceKind.IMPORT, ReferenceKind.REGISTERED}
            and not any(own.holds(use) for own in symbol.declarations)
        }
        return tuple(by_place[key] for key in sorted(by_place))

    @property
    def downstream(self) -> tuple[Reference, ...]:
        """Return who would notice a change: the callsites, else the other uses."""
        return self.callsites or self.uses
