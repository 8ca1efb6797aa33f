"""One attempt at a run, on record: claimed, told step by step, published, kept in the index."""

from __future__ import annotations

import platform
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from os import getpid
from pathlib import Path

from mendbook.errors import FailOnError, GatesError, MendbookError
from mendbook.ledger import index, verdict
from mendbook.ledger.claim import Claim, claimed
from mendbook.ledger.keeper import Keeper
from mendbook.ledger.retention import Keep, outlived
from mendbook.ledger.shelf import Entry, Shelf
from mendbook.ledger.status import Process, State, Status, instant
from mendbook.ledger.trace import Trace, counted, trace_of
from mendbook.memory import lack_of_memory, lacks_memory
from mendbook.model import Plan
from mendbook.proving.gates import lacking
from mendbook.publish import refuse_unwritable, write_whole
from mendbook.run.course import course
from mendbook.run.given import Given
from mendbook.run.produce import Show, produce, show_notebooks
from mendbook.run.run import Run
from mendbook.run.workplace import tidy, workplace
from mendbook.signals import INTERRUPTED, came_of_interrupt
from mendbook.text.escape import slug


@dataclass(frozen=True, slots=True)
class Orders:
    """What a run is to do beside its plan."""

    fail_on: tuple[str, ...] = ()
    """Priorities, ``new`` and ``unproven``."""
    keep: Keep = field(default_factory=Keep)
    token: str = ""
    """The end of the run's id; one is drawn where it is empty."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: the plan, its folder, and the record as published."""

    plan: Plan
    folder: Path
    status: Status

    def refuse(self) -> None:
        """Raise what the exit code says, if anything: the run is published all the same."""
        where = f"published in {self.folder}"
        if words := verdict.fail_on_words(self.status.fail_on):
            raise FailOnError(f"--fail-on {words}; {where}")
        if words := verdict.gates_words(self.status.gates):
            raise GatesError(f"gates that were asked for could not be run: {words}; {where}")


def attempt(given: Given, orders: Orders | None = None, show: Show = show_notebooks) -> Outcome:
    """Make and publish the run of ``given``, and keep it on record.

    ``show`` makes the notebooks and what is exported of them. Raises what stopped the run; its
    record then stays in ``.runs``, but for an input that was refused into a folder that holds no
    runs yet: there nothing is written.
    """
    orders = orders or Orders()
    shelf = Shelf(given.out)
    status = _begun(given, orders.token)
    with _refusals(shelf, status, given):
        Run(given).refuse()
        refuse_unwritable(given.out)
    shelf.kept.mkdir(parents=True, exist_ok=True)
    with _claimed(shelf, status, given) as warning:
        status = replace(status, warnings=(warning,) if warning else ())
        return _attempted(given, orders, show, shelf, status)


def complete(given: Given, entry: Entry) -> None:
    """Do what is left of the published run ``entry``, should it have been killed before its end.

    Raises ``BusyError`` where a living process holds the claim: that one will do it.
    """
    shelf = Shelf(given.out)
    with _claimed(shelf, _begun(given, ""), given):
        shelf.point_latest(entry.status.audit, entry.folder)
        reindex(shelf)


def reindex(shelf: Shelf) -> None:
    """Write the index of the runs anew, recounted from what stands in the folder."""
    rows = index.rows(shelf.entries())
    write_whole(shelf.out / index.JSON_FILE, index.index_json(rows))
    write_whole(shelf.out / index.HTML_FILE, index.index_html(rows))


@contextmanager
def _claimed(shelf: Shelf, status: Status, given: Given) -> Iterator[str]:
    """Hold the claim for the run of ``status``, what the dead have left being settled."""
    claim = Claim(status.id, status.audit, status.started, status.process.id, status.process.host)
    with claimed(shelf.claim(status.audit_path), claim) as warning:
        tidy(given.out, given.cache)
        shelf.settle(status.audit_path)
        yield warning


def _attempted(given: Given, orders: Orders, show: Show, shelf: Shelf, status: Status) -> Outcome:
    done = [each for each in shelf.published() if each.status.audit_path == status.audit_path]
    before = done[-1].status.stages if done else ()
    steps = course(bool(given.inputs.gates))
    keeper = Keeper(shelf, status, given.clock, steps, before, given.progress)
    try:
        keeper.begin()
        reindex(shelf)
        with workplace():
            run = Run(replace(given, progress=keeper.step))
            folder = _published(run, orders, show, shelf, keeper)
    except BaseException as error:
        keeper.fail(*_end_of(error))
        reindex(shelf)
        raise
    try:
        keeper.close(folder)
        _retire(shelf, orders.keep, given)
        reindex(shelf)
    except OSError as error:  # the run is published all the same
        why = f"{error.strerror or error}"
        given.progress(
            f"{shelf.out}: the list of runs is not up to date ({why}); the next run makes it so"
        )
    return Outcome(run.plan, folder, keeper.status)


def _published(run: Run, orders: Orders, show: Show, shelf: Shelf, keeper: Keeper) -> Path:
    def finish(folder: Path) -> None:
        keeper.finish(folder, _judge(run, orders, shelf, keeper))

    return produce(run, keeper.step, show, finish)


def _judge(run: Run, orders: Orders, shelf: Shelf, keeper: Keeper) -> int:
    """Take note of what the plan says, and return the exit code that follows from it."""
    plan = run.plan
    trace = trace_of(plan, keeper.status, "")
    before = shelf.last(plan.audit.name, keeper.status.repository)
    chosen = run.inputs.chosen_gates
    gates = verdict.gates_asked(
        [gate.rung for gate in chosen],
        plan,
        lacking(chosen, run.snapshot) if chosen else (),
        run.inputs.gates != "all",
    )
    fail_on = verdict.met(orders.fail_on, plan, trace, before, gates)
    keeper.know(
        **_facts_of(plan, keeper.status, trace, before),
        gates=gates,
        fail_on=fail_on,
    )
    if any(fail_on.values()):
        return FailOnError.exit_code
    return GatesError.exit_code if gates.not_run else 0


def _facts_of(plan: Plan, status: Status, trace: Trace, before: Trace | None) -> dict[str, object]:
    provenance = plan.provenance
    not_run = (f"{each.what}: {each.reason}" for each in provenance.not_run)
    return {
        "commit": trace.commit,
        "counts": counted(trace, before),
        "warnings": (*status.warnings, *plan.context.warnings, *not_run),
        "versions": {
            "mendbook": provenance.mendbook,
            "python": provenance.python,
            **provenance.versions,
        },
        "inputs": provenance.inputs,
    }


def _retire(shelf: Shelf, keep: Keep, given: Given) -> None:
    """Remove the runs that no rule keeps; of each that was published a trace stays."""
    for entry in outlived(shelf.entries(), keep, given.clock()):
        if entry.folder:
            shelf.leave_trace(entry.folder)
            shutil.rmtree(shelf.out / entry.folder, ignore_errors=True)
        else:
            shelf.forget(entry.status.id)


def _begun(given: Given, token: str) -> Status:
    audit = given.inputs.audit
    return Status(
        id=f"{given.stamp}-{slug(audit.stem, 60)}-{token or secrets.token_hex(3)}",
        audit=audit.stem,
        audit_path=str(audit),
        repository=str(given.inputs.repo or ""),
        state=State.RUNNING,
        started=instant(given.clock()),
        process=Process(getpid(), platform.node()),
    )


@contextmanager
def _refusals(shelf: Shelf, status: Status, given: Given) -> Iterator[None]:
    """Keep on record why an input was refused, where runs are kept already."""
    try:
        yield
    except MendbookError as error:
        if shelf.kept.is_dir():
            keeper = Keeper(shelf, status, given.clock, (), (), _silent)
            keeper.begin()
            keeper.fail(*_end_of(error))
            reindex(shelf)
        raise


def _silent(_: str) -> None:
    """Say nothing: the refusal itself is told."""


def _end_of(error: BaseException) -> tuple[State, int, str]:
    if isinstance(error, MendbookError):
        return State.FAILED, error.exit_code, str(error)
    if came_of_interrupt(error):
        return State.INTERRUPTED, INTERRUPTED, ""
    if lacks_memory(error):
        return _end_of(lack_of_memory())
    return State.FAILED, MendbookError.exit_code, f"{type(error).__name__}: {error}"
