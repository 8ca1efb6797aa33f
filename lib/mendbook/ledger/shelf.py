"""The folder that runs are published in, and what is kept beside them in ``.runs``."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mendbook.errors import InputError
from mendbook.ledger.claim import is_claimed
from mendbook.ledger.plan_versions import read_plan
from mendbook.ledger.status import FILE, Process, State, Status, decoded, encoded, killed
from mendbook.ledger.trace import Trace, line_of, trace_of
from mendbook.marks import mark
from mendbook.model import Plan
from mendbook.publish import write_whole
from mendbook.report.exporters.whole_plan import PLAN_FILE
from mendbook.text.escape import slug

KEPT = ".runs"
LATEST = "latest"
LOG = "run.log"
TRACE = ".trace.json"
"""How the file of a trace ends."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One run as it stands: its record, and its folder's name; empty where it has none."""

    status: Status
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder ``out`` with its runs."""

    out: Path

    @property
    def kept(self) -> Path:
        """Where the records of runs that work or failed are kept."""
        return self.out / KEPT

    def record(self, run: str) -> Path:
        """Return the file of the record of a run that works or failed."""
        return self.kept / f"{run}.json"

    def log(self, run: str) -> Path:
        """Return the file of its log."""
        return self.kept / f"{run}.log"

    def claim(self, audit_path: str) -> Path:
        """Return the file by which one process claims the audit at ``audit_path``."""
        digest = hashlib.sha256(audit_path.encode("utf-8", "surrogatepass")).hexdigest()
        return self.kept / f"{slug(Path(audit_path).stem, 40)}-{digest[:8]}.claim"

    def published(self) -> tuple[Entry, ...]:
        """Return the runs that have a folder, recounted from the folders, oldest first."""
        entries = (self._entry(path) for path in _folders(self.out))
        return tuple(sorted(filter(None, entries), key=_age))

    def unpublished(self) -> tuple[Entry, ...]:
        """Return the runs that work or failed, oldest first."""
        files = sorted(self.kept.glob("*.json")) if self.kept.is_dir() else ()
        read = (_status(path) for path in files if not path.name.endswith(TRACE))
        return tuple(sorted((Entry(each) for each in read if each), key=_age))

    def entries(self) -> tuple[Entry, ...]:
        """Return every run, oldest first; one that was published is none that works."""
        published = self.published()
        known = {each.status.id for each in published}
        others = (each for each in self.unpublished() if each.status.id not in known)
        return tuple(sorted((*published, *others), key=_age))

    def with_token(self, token: str) -> Entry | None:
        """Return the published run whose id ends with ``token``; None where there is none."""
        ends = (each for each in self.published() if each.status.id.endswith(f"-{token}"))
        return next(ends, None)

    def write(self, status: Status) -> None:
        """Keep the record of a run that works or failed, in one step."""
        write_whole(self.record(status.id), encoded(status))

    def forget(self, run: str) -> None:
        """Remove the record and the log of a run that is published."""
        self.record(run).unlink(missing_ok=True)
        self.log(run).unlink(missing_ok=True)

    def settle(self, claimed: str) -> None:
        """Say of each run that is on record as working and is dead that it was killed.

        The caller has ``claimed`` the audit at that path: whatever worked on it is dead.
        """
        published = {each.status.id for each in self.published()}
        for entry in self.unpublished():
            status = entry.status
            if status.id in published:  # killed between its publication and its last word
                self.forget(status.id)
            elif status.state is State.RUNNING and (
                status.audit_path == claimed or not is_claimed(self.claim(status.audit_path))
            ):
                self.write(killed(status))

    def traces(self) -> tuple[Trace, ...]:
        """Return what is known of every published run, also of those whose folder is gone."""
        there = {}
        for entry in self.published():
            plan = _plan(self.out / entry.folder)
            if plan is not None:
                there[entry.status.id] = trace_of(plan, entry.status, entry.folder)
        files = sorted(self.kept.glob(f"*{TRACE}")) if self.kept.is_dir() else ()
        gone = {each.run: each for path in files if (each := _trace(path))}
        return tuple(sorted({**gone, **there}.values(), key=lambda each: (each.started, each.run)))

    def last(self, audit: str, repository: str) -> Trace | None:
        """Return the newest published run of the same line of audits; None where there is none."""
        line = line_of(audit, repository)
        for entry in reversed(self.published()):
            same = line_of(entry.status.audit, entry.status.repository) == line
            plan = _plan(self.out / entry.folder) if same else None
            if plan is not None:
                return trace_of(plan, entry.status, entry.folder)
        return None

    def leave_trace(self, folder: str) -> None:
        """Keep what the trend needs of the run in ``folder`` before it is removed."""
        entry = self._entry(self.out / folder)
        plan = _plan(self.out / folder)
        if entry is not None and plan is not None:
            self.keep(trace_of(plan, entry.status, folder))

    def keep(self, trace: Trace) -> None:
        """Keep ``trace``, so that the trend knows its run without its folder."""
        path = self.kept / f"{slug(trace.run, 100)}{TRACE}"
        write_whole(path, msgspec.json.encode(trace))

    def point_latest(self, audit: str, folder: str) -> None:
        """Let ``latest/<audit>`` be the run in ``folder``: a link, else a file with its name."""
        link = self.out / LATEST / slug(audit, 80)
        link.parent.mkdir(exist_ok=True)
        partial = link.with_name(mark("partial"))
        try:
            partial.symlink_to(Path("..") / folder, target_is_directory=True)
            partial.replace(link)
        except OSError:  # no links here
            write_whole(link, f"{folder}\n".encode())
        finally:
            partial.unlink(missing_ok=True)

    def _entry(self, folder: Path) -> Entry | None:
        status = _status(folder / FILE)
        if status is None and (folder / PLAN_FILE).is_file():
            plan = _plan(folder)  # of a version that kept no record
            status = _remembered(plan, folder.name) if plan else None
        return Entry(status, folder.name) if status else None


def _folders(out: Path) -> Iterable[Path]:
    try:
        with os.scandir(out) as entries:
            names = sorted(
                each.name
                for each in entries
                if each.is_dir(follow_symlinks=False) and not each.name.startswith(".")
            )
    except OSError:
        return ()
    return (out / name for name in names)


def _status(path: Path) -> Status | None:
    try:
        return decoded(path.read_bytes())
    except OSError:
        return None


def _plan(folder: Path) -> Plan | None:
    try:
        return read_plan(folder)
    except InputError:
        return None


def _trace(path: Path) -> Trace | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Trace)
    except (OSError, msgspec.MsgspecError):
        return None


def _remembered(plan: Plan, folder: str) -> Status:
    """Return the record of a run of a version that kept none, from its plan."""
    provenance = plan.provenance
    began = provenance.timestamp.replace("+00:00", "Z")
    return Status(
        id=folder,
        audit=plan.audit.name,
        audit_path=plan.audit.path,
        repository=plan.context.root,
        state=State.DONE,
        started=began,
        process=Process(0, ""),
        ended=began,
        exit_code=0,
        commit=plan.context.commit,
        versions=provenance.versions,
        inputs=provenance.inputs,
    )


def _age(entry: Entry) -> tuple[str, str, str]:
    return entry.status.started, entry.folder, entry.status.id
