"""Read what the members' runs have published, and put the whole of the fleet together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mendbook.fleet.campaigns import MemberFinding
from mendbook.fleet.order import Member, Team
from mendbook.fleet.records import Changes, First, Fleet, FleetRow
from mendbook.fleet.task import Result
from mendbook.fleet.together import Planned, team_of
from mendbook.ledger.plan_versions import read_plan
from mendbook.ledger.shelf import Shelf
from mendbook.ledger.trace import Trace, tally, trace_of
from mendbook.model import Plan
from mendbook.text.phrasing import headline

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Read:
    """One member as read back: its row, and its plan where it has one."""

    row: FleetRow
    plan: Plan | None = None
    trace: Trace | None = None


def read_member(out: Path, member: Member, result: Result, teams: Mapping[str, Team]) -> Read:
    """Return the row of ``member`` from what its run has published."""
    if not result.folder:
        return Read(_failed(member, result))
    folder = out / member.name / result.folder
    entry = next(
        each for each in Shelf(out / member.name).published() if each.folder == result.folder
    )
    plan, status = read_plan(folder), entry.status
    trace = trace_of(plan, status, result.folder)
    items = plan.open_items
    report = folder / "report.html"
    counts = status.counts
    row = FleetRow(
        member=member.name,
        audit=member.audit,
        repository=member.repo,
        state="done",
        exit_code=result.exit_code,
        folder=f"{member.name}/{result.folder}",
        report=report.relative_to(out).as_posix() if report.is_file() else "",
        commit=status.commit,
        ended=status.ended,
        seconds=result.seconds,
        findings=len(items),
        by_priority=tally(each.decision.priority.value for each in items),
        by_severity=tally(each.severity.value for each in items),
        by_proof=tally(each.patch.standing for each in items),
        by_team=tally(team_of(each.owner.name, teams, member.team) for each in items),
        new=counts.new if counts else None,
        gone=counts.gone if counts else None,
        hours=round(sum(each.estimate.likely for each in items), 2),
        fail_on=tuple(name for name, ids in status.fail_on.items() if ids),
    )
    return Read(row, plan, trace)


def planned(members: Mapping[str, Member], read: Iterable[Read]) -> tuple[Planned, ...]:
    """Return the plans there are, each with the team that its member was given."""
    return tuple(
        Planned(each.row.member, each.plan.pull_requests, members[each.row.member].team)
        for each in read
        if each.plan
    )


def open_findings(read: Iterable[Read]) -> tuple[MemberFinding, ...]:
    """Return every open finding with its member and its repository."""
    return tuple(
        MemberFinding(each.row.member, each.trace.repository, finding)
        for each in read
        if each.trace
        for finding in each.trace.findings
    )


def first(read: Iterable[Read]) -> tuple[First, ...]:
    """Return what comes first across all members: by band, then by weight for its hours."""
    rows = []
    for each in read:
        for item in each.plan.open_items if each.plan else ():
            weight = item.decision.order_key.get("wsjf", 0.0)
            rows.append((item.decision.priority, -weight, item.decision.rank, each, item))
    rows.sort(key=lambda row: (*row[:3], row[3].row.member))
    return tuple(
        First(
            rank=rank,
            member=each.row.member,
            finding=item.finding_id,
            headline=_headline(each.plan, item.finding_id),
            severity=item.severity.value,
            priority=item.decision.priority.value,
            owner=item.owner.name,
            hours=item.estimate.likely,
        )
        for rank, (*_, each, item) in enumerate(rows[:_SHOWN], start=1)
    )


def changes(rows: Sequence[FleetRow], before: Fleet | None) -> Changes:
    """Return what is different from the fleet's run ``before``."""
    if before is None:
        return Changes()
    was = {row.member: row for row in before.rows}
    now = {row.member: row for row in rows}
    both = sorted(set(was) & set(now))
    return Changes(
        before=before.started,
        joined=tuple(sorted(set(now) - set(was))),
        left=tuple(sorted(set(was) - set(now))),
        broke=tuple(name for name in both if was[name].state == "done" != now[name].state),
        mended=tuple(name for name in both if was[name].state != "done" == now[name].state),
        new=sum(row.new or 0 for row in rows),
        gone=sum(row.gone or 0 for row in rows),
    )


def _failed(member: Member, result: Result) -> FleetRow:
    return FleetRow(
        member=member.name,
        audit=member.audit,
        repository=member.repo,
        state="failed",
        exit_code=result.exit_code,
        error=result.error,
        seconds=result.seconds,
    )


def _headline(plan: Plan | None, finding_id: str) -> str:
    findings = plan.audit.findings if plan else ()
    wanted = next((each for each in findings if each.id == finding_id), None)
    return headline(wanted.title, wanted.problem) if wanted else ""
