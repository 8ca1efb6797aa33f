"""What is on record of one run while it works and when it has ended: ``status.json``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from enum import StrEnum

import msgspec

from mendbook.model import Skipped

SCHEMA = "mendbook/status/1"
FILE = "status.json"


class State(StrEnum):
    """What became of a run."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    KILLED = "killed"
    """It ended without a word: its process, or its machine, is gone."""


@dataclass(frozen=True, slots=True)
class StageTime:
    """One stage of a run, and how long it took."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a run has come: the stage ``number`` of ``of``; 0 before the first."""

    number: int = 0
    of: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many findings a plan has, by what."""

    findings: int = 0
    by_priority: dict[str, int] = field(default_factory=dict)
    by_proof: dict[str, int] = field(default_factory=dict)
    """By what the patch may be taken for: ``outline``, ``draft``, or the rung it reached."""
    new: int | None = None
    """Findings that the run before did not have; None where there was none."""
    gone: int | None = None
    """Findings that the run before had and this one has not."""


@dataclass(frozen=True, slots=True)
class GatesAsked:
    """Which gates were asked for, which could be run, and why the others could not."""

    asked: tuple[str, ...] = ()
    run: tuple[str, ...] = ()
    not_run: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Process:
    """Who makes a run."""

    id: int
    host: str


@dataclass(frozen=True, slots=True)
class Status:
    """One run on record."""

    id: str
    audit: str
    """The audit's name."""
    audit_path: str
    repository: str
    """The folder of the audited repository; empty without one."""
    state: State
    started: str
    """UTC, ISO 8601."""
    process: Process
    schema: str = SCHEMA
    ended: str = ""
    """UTC, ISO 8601; empty while it works, and where it ended without a word."""
    seconds: float = 0.0
    exit_code: int | None = None
    """What the command line returns; None while the run works, and where nobody knows."""
    error: str = ""
    """Why it failed, in one line."""
    stage: Reached = field(default_factory=Reached)
    stages: tuple[StageTime, ...] = ()
    """Stages that are done, in order; those read back from the cache are not among them."""
    commit: str = ""
    counts: Counts | None = None
    gates: GatesAsked = field(default_factory=GatesAsked)
    fail_on: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What ``--fail-on`` names, each with the findings that meet it."""
    warnings: tuple[str, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    """Input name to SHA-256."""


def at_stage(status: Status, reached: Reached, now: dt.datetime, since: dt.datetime) -> Status:
    """Return ``status`` at the stage ``reached``; the one before it took from ``since`` to now."""
    return replace(_stage_done(status, now, since), stage=reached, seconds=_seconds(status, now))


def ended(
    status: Status,
    state: State,
    exit_code: int | None,
    now: dt.datetime,
    since: dt.datetime,
    error: str = "",
) -> Status:
    """Return ``status`` as the run ended; its last stage took from ``since`` to ``now``."""
    done = _stage_done(status, now, since) if state is State.DONE else status
    return replace(
        done,
        state=state,
        exit_code=exit_code,
        ended=instant(now),
        seconds=_seconds(status, now),
        error=error,
    )


def killed(status: Status) -> Status:
    """Return the record of a run that was found dead: when it died, nobody knows."""
    said = f"it ended without a word in “{status.stage.name or 'its beginning'}”"
    return replace(status, state=State.KILLED, error=said)


def instant(moment: dt.datetime) -> str:
    """Return ``moment`` as UTC in ISO 8601, to the second."""
    return moment.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def encoded(status: Status) -> bytes:
    """Return ``status`` as JSON, indented by one blank, with a newline at its end."""
    return msgspec.json.format(msgspec.json.encode(status), indent=1) + b"\n"


def decoded(data: bytes) -> Status | None:
    """Return the status that ``data`` is; None where it is none of this kind."""
    try:
        status = msgspec.json.decode(data, type=Status)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return status if status.schema.startswith("mendbook/status/") else None


def _stage_done(status: Status, now: dt.datetime, since: dt.datetime) -> Status:
    if not status.stage.number:
        return status
    took = StageTime(status.stage.name, round((now - since).total_seconds(), 2))
    return replace(status, stages=(*status.stages, took))


def _seconds(status: Status, now: dt.datetime) -> float:
    return round((now - dt.datetime.fromisoformat(status.started)).total_seconds(), 2)
