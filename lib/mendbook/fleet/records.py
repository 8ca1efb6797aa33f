"""What a fleet's run gives: a row for each member, one sprint plan, campaigns, what changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from mendbook.model import Priority, Skipped, SprintPlan

SCHEMA = "mendbook/fleet/1"


@dataclass(frozen=True, slots=True)
class FleetRow:
    """One member: what its run says, or why there is none."""

    member: str
    audit: str
    repository: str
    state: str
    """``done`` or ``failed``."""
    exit_code: int
    error: str = ""
    folder: str = ""
    """The run's folder below the fleet's; empty where it was not published."""
    report: str = ""
    """Its report below the fleet's folder; empty where none was made."""
    commit: str = ""
    ended: str = ""
    seconds: float = 0.0
    findings: int = 0
    by_priority: dict[str, int] = field(default_factory=dict)
    by_severity: dict[str, int] = field(default_factory=dict)
    by_proof: dict[str, int] = field(default_factory=dict)
    by_team: dict[str, int] = field(default_factory=dict)
    """Findings by the team, or the owner without one, that they belong to."""
    new: int | None = None
    """Findings that the member's run before did not have; None where there was none."""
    gone: int | None = None
    hours: float = 0.0
    """Likely hours of what is open."""
    fail_on: tuple[str, ...] = ()
    """What ``--fail-on`` names and this run has."""


@dataclass(frozen=True, slots=True)
class FleetRequest:
    """One pull request of one member, numbered over all of them."""

    number: int
    member: str
    local: int
    """Its number in the member's own plan."""
    title: str
    team: str
    owner: str
    findings: tuple[str, ...]
    hours: float
    priority: Priority
    cost_of_delay: float
    sprint: int = 0
    """Of the plan over all members; 0 where no plan fits."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one member gets in one sprint."""

    sprint: int
    member: str
    requests: tuple[int, ...]
    hours: float


@dataclass(frozen=True, slots=True)
class Load:
    """What one team does in one sprint; ``hours`` are all that it has, None without a limit."""

    sprint: int
    team: str
    used: float
    hours: float | None


@dataclass(frozen=True, slots=True)
class CampaignPlace:
    """One place of a campaign."""

    member: str
    finding: str
    file: str
    line: int | None
    priority: str
    hours: float


@dataclass(frozen=True, slots=True)
class Campaign:
    """One fault in many repositories: the same rule and the same fix."""

    rule: str
    fix: str
    headline: str
    places: tuple[CampaignPlace, ...]
    repositories: int
    hours: float


@dataclass(frozen=True, slots=True)
class First:
    """What comes first across all members."""

    rank: int
    member: str
    finding: str
    headline: str
    severity: str
    priority: str
    owner: str
    hours: float


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different from the fleet's run before; all empty where there was none."""

    before: str = ""
    """When that began."""
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    broke: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    new: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Crew:
    """Who did the work."""

    scheduler: str
    workers: int
    memory_limit: int
    """Bytes that one worker may hold; 0 for those of a scheduler that was there already."""
    peak_memory: int
    """The most that any worker has held, in bytes."""


@dataclass(frozen=True, slots=True)
class Fleet:
    """The whole of a fleet's run."""

    id: str
    started: str
    ended: str
    seconds: float
    work_seconds: float
    """The sum over all members."""
    capacity: float
    teams: dict[str, float]
    rows: tuple[FleetRow, ...]
    first: tuple[First, ...]
    requests: tuple[FleetRequest, ...]
    sprint_plan: SprintPlan
    shares: tuple[Share, ...]
    loads: tuple[Load, ...]
    campaigns: tuple[Campaign, ...]
    changes: Changes
    crew: Crew
    notes: tuple[Skipped, ...] = ()
    schema: str = SCHEMA

    @property
    def failed(self) -> tuple[FleetRow, ...]:
        """The members that could not be planned."""
        return tuple(row for row in self.rows if row.state != "done")
