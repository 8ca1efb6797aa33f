"""Plan many audits at once: workers do the runs, one plan goes over all of them."""

from __future__ import annotations

import datetime as dt
import platform
import secrets
from collections.abc import Sequence
from os import getpid
from pathlib import Path

import msgspec

from mendbook.errors import FailOnError, FleetError
from mendbook.fleet.campaigns import campaigns
from mendbook.fleet.gather import Read, changes, first, open_findings, planned, read_member
from mendbook.fleet.order import FleetOrder
from mendbook.fleet.page import portfolio_html
from mendbook.fleet.records import Crew, Fleet, FleetRow
from mendbook.fleet.task import Result
from mendbook.fleet.together import plan_together
from mendbook.fleet.work import Job, Work
from mendbook.ledger.claim import Claim, claimed
from mendbook.ledger.progress import seconds
from mendbook.ledger.status import instant
from mendbook.marks import remove_left_behind
from mendbook.publish import refuse_unwritable, write_whole
from mendbook.run.given import Clock, Progress, utc_now
from mendbook.text.phrasing import count

FILE, PAGE = "fleet.json", "portfolio.html"
_EARLIER = ".fleets"


def run_fleet(
    order: FleetOrder,
    out: Path,
    *,
    work: Work,
    fail_on: Sequence[str] = (),
    progress: Progress = lambda _: None,
    clock: Clock = utc_now,
) -> Fleet:
    """Plan all members of ``order`` below ``out``, publish ``fleet.json`` and the portfolio page.

    ``work`` plans them: ``crew.workers(…)``, or ``alone`` in this process. A member that cannot be
    planned is a row with its reason. Raises ``UsageError`` where there are no workers to be had,
    ``BusyError`` where another fleet works in ``out``.
    """
    refuse_unwritable(out)
    (out / _EARLIER).mkdir(parents=True, exist_ok=True)
    began, token = clock(), secrets.token_hex(4)
    stamp = began.astimezone(dt.UTC).strftime("%Y-%m-%d-%H%M")
    with claimed(out / _EARLIER / "fleet.claim", _claim(f"{stamp}-{token}", began)):
        remove_left_behind([out, out / _EARLIER], began.timestamp())
        members = {each.name: each for each in order.members}
        results: dict[str, Result] = {}

        def done(result: Result) -> None:
            results[result.member] = result
            progress(_said(result, len(results), len(members)))

        job = Job(str(out), stamp, token, tuple(fail_on))
        crew = work(members, job, done)
        progress("plan the sprints of all")
        read = [
            read_member(out, each, results[name], order.teams) for name, each in members.items()
        ]
        fleet = put_together(f"{stamp}-{token}", order, read, crew, (began, clock()), last(out))
        _publish(fleet, out)
    return fleet


def put_together(
    name: str,
    order: FleetOrder,
    read: Sequence[Read],
    crew: Crew,
    times: tuple[dt.datetime, dt.datetime],
    before: Fleet | None,
) -> Fleet:
    """Return the whole of a fleet's run from what was ``read`` of its members."""
    rows = tuple(each.row for each in read)
    together = plan_together(planned({each.name: each for each in order.members}, read), order)
    return Fleet(
        id=name,
        started=instant(times[0]),
        ended=instant(times[1]),
        seconds=round((times[1] - times[0]).total_seconds(), 2),
        work_seconds=round(sum(row.seconds for row in rows), 2),
        capacity=order.capacity,
        teams={team: each.hours for team, each in order.teams.items()},
        rows=rows,
        first=first(read),
        requests=together.requests,
        sprint_plan=together.sprint_plan,
        shares=together.shares,
        loads=together.loads,
        campaigns=campaigns(open_findings(read)),
        changes=changes(rows, before),
        crew=crew,
        notes=order.notes,
    )


def last(out: Path) -> Fleet | None:
    """Return the fleet's run that was published last in ``out``; None where there is none."""
    try:
        return msgspec.json.decode((out / FILE).read_bytes(), type=Fleet)
    except (OSError, msgspec.MsgspecError):
        return None


def refuse(fleet: Fleet, out: Path) -> None:
    """Raise what the exit code says of a fleet that is published, if anything."""
    if fleet.failed:
        names = ", ".join(row.member for row in fleet.failed[:5])
        words = f"{len(fleet.failed)} of {count(len(fleet.rows), 'audit')} could not be planned"
        raise FleetError(f"{words} ({names}); see {out / PAGE}")
    met = [row for row in fleet.rows if row.fail_on]
    if met:
        names = ", ".join(f"{row.member}: {', '.join(row.fail_on)}" for row in met[:5])
        raise FailOnError(f"--fail-on is met by {count(len(met), 'audit')} ({names})")


def closing_words(fleet: Fleet, out: Path) -> str:
    """Return what the command line says at the end, with a line for each audit that failed."""
    lines = [
        f"Portfolio {out / PAGE}",
        f"Data      {out / FILE}",
        f"{count(len(fleet.rows) - len(fleet.failed), 'audit')} planned, {len(fleet.failed)} not, "
        f"in {seconds(fleet.seconds)} by {count(fleet.crew.workers, 'worker')}",
    ]
    return "\n".join([*lines, *map(_red, fleet.failed)])


def _red(row: FleetRow) -> str:
    return f"  {row.member}: {row.error} (exit code {row.exit_code})"


def _said(result: Result, number: int, of: int) -> str:
    what = f"not planned: {result.error}" if result.error else seconds(result.seconds)
    return f"{number} of {of}: {result.member}: {what}"


def _claim(name: str, began: dt.datetime) -> Claim:
    return Claim(name, "the fleet", instant(began), getpid(), platform.node())


def _publish(fleet: Fleet, out: Path) -> None:
    data = msgspec.json.format(msgspec.json.encode(fleet), indent=1) + b"\n"
    write_whole(out / _EARLIER / f"{fleet.id}.json", data)
    write_whole(out / PAGE, portfolio_html(fleet))
    write_whole(out / FILE, data)
