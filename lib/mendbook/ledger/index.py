"""All runs of a folder on one page and in one file: ``index.html`` and ``index.json``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from mendbook.ledger.shelf import Entry
from mendbook.ledger.status import State, Status
from mendbook.text.escape import visible
from mendbook.text.phrasing import count

SCHEMA = "mendbook/index/1"
JSON_FILE, HTML_FILE = "index.json", "index.html"


@dataclass(frozen=True, slots=True)
class Row:
    """One run in the index."""

    id: str
    folder: str
    """The folder's name; empty where the run was not published."""
    audit: str
    repository: str
    commit: str
    state: State
    started: str
    ended: str
    seconds: float
    exit_code: int | None
    error: str
    findings: int | None
    by_priority: dict[str, int]
    by_proof: dict[str, int]
    new: int | None
    gone: int | None
    gates_run: tuple[str, ...]
    gates_not_run: tuple[str, ...]
    warnings: int


def rows(entries: Sequence[Entry]) -> tuple[Row, ...]:
    """Return a row for each of ``entries``, newest first."""
    return tuple(_row(entry.status, entry.folder) for entry in reversed(entries))


def index_json(listed: Sequence[Row]) -> bytes:
    """Return the index as JSON."""
    document = {"schema": SCHEMA, "runs": listed}
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def index_html(listed: Sequence[Row]) -> bytes:
    """Return the index as one page that fetches nothing."""
    text: str = _template().render(rows=listed, total=count(len(listed), "run"))
    return text.encode("utf-8", "backslashreplace")


def _row(status: Status, folder: str) -> Row:
    counts = status.counts
    return Row(
        id=status.id,
        folder=folder,
        audit=status.audit,
        repository=status.repository,
        commit=status.commit,
        state=status.state,
        started=status.started,
        ended=status.ended,
        seconds=status.seconds,
        exit_code=status.exit_code,
        error=status.error,
        findings=counts.findings if counts else None,
        by_priority=counts.by_priority if counts else {},
        by_proof=counts.by_proof if counts else {},
        new=counts.new if counts else None,
        gone=counts.gone if counts else None,
        gates_run=status.gates.run,
        gates_not_run=tuple(each.what for each in status.gates.not_run),
        warnings=len(status.warnings),
    )


@cache
def _template() -> Any:  # noqa: ANN401 - jinja2's template, imported when needed
    import jinja2

    loader = jinja2.PackageLoader("mendbook.ledger", "templates")
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True)
    environment.filters["visible"] = visible
    return environment.get_template("index.html.j2")
