"""Read SARIF 2.1.0, as CodeQL, Semgrep, ESLint and others write it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import msgspec

from mendbook.intake.formats.evidence import NOTHING, Evidence, at, best, by_items, by_keys
from mendbook.intake.formats.sarif_log import Log, Result
from mendbook.intake.formats.sarif_run import RunReader
from mendbook.intake.observation import Source, audit_with, findings_of
from mendbook.intake.problem import Problem
from mendbook.intake.reader import Document, Text, collector_paused, decode
from mendbook.intake.redact import Redactor
from mendbook.intake.values import without_nulls
from mendbook.model import Audit, Note

_T = TypeVar("_T")
_R = TypeVar("_R")
_VERSION = "2.1.0"
_LARGE = 4_000_000
"""Characters from which on a report is decoded straight into the parts that are read."""
_HEAD = re.compile(r'\A\s*\{.{0,500}"version"\s*:\s*"2\.1\.0".{0,500}"runs"\s*:\s*\[', re.DOTALL)


def sarif_evidence(data: object) -> Evidence:
    """Return how far ``data`` is a SARIF log."""
    runs = by_items(at(data, "runs"), ("tool",), ("results",))
    return best((runs, by_keys(data, ("runs", "version"), ("$schema",))))


def large_sarif_evidence(text: str) -> Evidence:
    """Return how far ``text`` is a large SARIF log, by its first keys."""
    if len(text) < _LARGE or not _HEAD.match(text[:2000]):
        return NOTHING
    return Evidence(1.0, "it begins as a SARIF log")


def read_sarif(document: Document) -> Audit:
    """Return the failing results of all runs as an audit, their fixes as offered fixes.

    Results that passed, were suppressed or are gone since the baseline are left out, with a note;
    so is one that cannot be decoded. Raises ``InputError`` for a version that is not read.
    """
    if document.data.get("version") != _VERSION:
        what = f"SARIF {document.data.get('version')} is not read"
        raise Problem(document.path, "version", what, "write it as SARIF 2.1.0").refusal()
    log = _converted(document.data, Log[Any])
    source = Source(document.path, document.sha256, "sarif", document.redactions)
    return _audit(source, log, lambda written: _converted(written, Result), str)


def read_large_sarif(text: Text) -> Audit:
    """Return what ``read_sarif`` does, decoding nothing that is not read.

    It is for what only a tool writes: a key that stands twice is not looked for. What it cannot
    decode goes the long way, which says why.
    """
    decoder = msgspec.json.Decoder(Result)
    redactor = Redactor()
    try:
        with collector_paused():
            log = msgspec.json.decode(text.text, type=Log[msgspec.Raw])
            source = Source(text.path, text.sha256, "sarif")
            audit = _audit(source, log, decoder.decode, redactor.clean)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return read_sarif(decode(text))
    return replace(audit, redactions=redactor.count)


def _audit(
    source: Source, log: Log[_R], decoded: Callable[[_R], Result], clean: Callable[[str], str]
) -> Audit:
    left_out: Counter[str] = Counter()
    bad: list[Note] = []
    observations = (
        item
        for index, run in enumerate(log.runs)
        for item in RunReader(run, decoded, clean).observations(
            f"runs[{index}].results", left_out, bad
        )
    )
    findings = findings_of("sarif", observations)
    commits = [item for run in log.runs for item in run.version_control_provenance]
    ends = [item.end_time_utc for run in log.runs for item in run.invocations if item.end_time_utc]
    notes = [Note("runs", f"{n} results", "", f"left out: {why}") for why, n in left_out.items()]
    about = replace(
        source,
        timestamp=max(ends, default=""),
        commit=next((item.revision_id for item in commits), ""),
        branch=next((item.branch for item in commits), ""),
        notes=(*notes, *bad),
    )
    return audit_with(about, findings)


def _converted(data: Any, kind: type[_T]) -> _T:  # noqa: ANN401 - any JSON value
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError:
        # some tools write null for what is absent; looking for it first would cost every report
        return msgspec.convert(without_nulls(data), kind)
