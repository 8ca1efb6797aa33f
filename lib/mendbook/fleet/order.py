"""What a fleet is to do: audits with their repositories, and teams with their hours."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from glob import glob, has_magic
from pathlib import Path

import msgspec

from mendbook.errors import PolicyError
from mendbook.model import Skipped
from mendbook.policy.document import read_document
from mendbook.text.closest import did_you_mean
from mendbook.text.escape import slug

_HOURS = 20.0
"""Hours that a sprint holds where nothing says how many."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Options of one plan; empty and 0 for those of ``mendbook plan``."""

    capacity: float = 0.0
    commit: str = ""
    policy: str = ""
    overrides: str = ""
    references: str = ""
    gates: str = ""
    notebooks: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One audit of the fleet, to be planned."""

    name: str
    """Its folder below the fleet's; no other member has it."""
    audit: str
    repo: str = ""
    team: str = ""
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class Team:
    """Who shares hours."""

    hours: float
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FleetOrder:
    """All that a fleet's file says, globs resolved."""

    members: tuple[Member, ...]
    teams: Mapping[str, Team] = field(default_factory=dict)
    capacity: float = _HOURS
    """Hours of one sprint, of all together."""
    notes: tuple[Skipped, ...] = ()
    """What the file names and what is not planned, and why."""


@dataclass(frozen=True, slots=True)
class _Entry:
    audit: str
    repo: str = ""
    name: str = ""
    team: str = ""
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class _File:
    audits: tuple[_Entry, ...]
    capacity: float = 0.0
    teams: dict[str, Team] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)


def read_order(path: Path) -> FleetOrder:
    """Return what the fleet's file at ``path`` says; its paths are relative to its folder.

    A glob that matches nothing stands for itself, so that its row says what is missing. The same
    audit of the same repository with the same settings is planned once. Raises ``PolicyError``.
    """
    read = msgspec.convert(read_document(path, "fleet"), type=_File)
    home = path.absolute().parent
    for entry in read.audits:
        if entry.team and entry.team not in read.teams:
            meant = did_you_mean(entry.team, read.teams) or "; add it to teams"
            raise PolicyError(f"{path}: $.audits: team {entry.team[:60]!r} is unknown{meant}")
    members = [each for entry in read.audits for each in _members(entry, read.settings, home)]
    once = tuple(dict.fromkeys(members))
    twice = (each for each, times in Counter(members).items() if times > 1)
    hours = read.capacity or sum(team.hours for team in read.teams.values()) or _HOURS
    notes = tuple(Skipped(each.audit, "it is given twice, and planned once") for each in twice)
    return FleetOrder(_named(once), read.teams, hours, notes)


def _members(entry: _Entry, shared: Settings, home: Path) -> Iterator[Member]:
    settings = _settled(entry.settings, shared, home)
    pattern = str(home / entry.audit)
    paths = sorted(glob(pattern, recursive=True)) if has_magic(entry.audit) else [pattern]  # noqa: PTH207 - absolute
    for path in paths or [pattern]:
        repo = entry.repo.replace("{stem}", Path(path).stem)
        repo = repo.replace("{folder}", Path(path).parent.name)
        given = str(home / repo) if repo else ""
        yield Member(entry.name, path, given, entry.team, settings)


def _settled(own: Settings, shared: Settings, home: Path) -> Settings:
    names = Settings.__dataclass_fields__
    values = {name: getattr(own, name) or getattr(shared, name) for name in names}
    for name in ("policy", "overrides"):
        if values[name]:
            values[name] = str(home / values[name])
    return Settings(**values)


def _named(members: tuple[Member, ...]) -> tuple[Member, ...]:
    """Give each member a name of its own: as written, else of its repository and audit."""
    plain = [slug(each.name or _plain_name(each), 60) for each in members]
    times = Counter(name.lower() for name in plain)
    return tuple(
        replace(each, name=name if times[name.lower()] == 1 else f"{name}-{_digest(each)}")
        for each, name in zip(members, plain, strict=True)
    )


def _plain_name(member: Member) -> str:
    stem = Path(member.audit).stem
    return f"{Path(member.repo).name}-{stem}" if member.repo else stem


def _digest(member: Member) -> str:
    said = repr((member.audit, member.repo, member.team, member.settings))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:8]
