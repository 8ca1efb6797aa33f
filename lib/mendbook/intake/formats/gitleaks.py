"""Read what ``gitleaks -f json`` writes, of version 8 and of those before."""

from __future__ import annotations

from typing import Any

import msgspec

from mendbook.intake.formats.entries import entries
from mendbook.intake.formats.evidence import Evidence, best, by_items
from mendbook.intake.observation import Observation, Source, audit_of
from mendbook.intake.reader import Document
from mendbook.intake.roots import Root
from mendbook.model import Audit, Dimension, Note, Severity

_FIX = "Rotate it first; then take it out of the code, and read it from the environment"


class _Leak(msgspec.Struct, rename="pascal"):
    file: str
    rule: str = msgspec.field(name="RuleID", default="")
    description: str = ""
    start_line: int | None = None
    end_line: int | None = None
    commit: str = ""
    match: str = ""
    secret: str = ""


class _OldLeak(msgspec.Struct, rename="camel"):
    file: str
    rule: str = ""
    line: str = ""
    line_number: int | None = None
    commit: str = ""
    offender: str = ""


def gitleaks_evidence(data: object) -> Evidence:
    """Return how far ``data`` is Gitleaks' JSON, of today or of before version 8."""
    now = by_items(data, ("RuleID", "File", "Secret"), ("StartLine", "Match", "Commit"))
    return best((now, by_items(data, ("offender", "rule", "file"), ("commit", "line"))))


def read_gitleaks(document: Document) -> Audit:
    """Return each secret as a finding, once for all commits that hold it at the same place.

    What the secret is, is not repeated.
    """
    notes: list[Note] = []
    old = "offender" in next((item for item in document.data if isinstance(item, dict)), {})
    leaks = (
        [_today(item) for item in entries(document.data, _OldLeak, "", notes)]
        if old
        else entries(document.data, _Leak, "", notes)
    )
    root = Root(item.file for item in leaks)
    leaks_by_key: dict[tuple[object, ...], list[_Leak]] = {}
    for leak in leaks:
        key = (leak.rule, leak.file, leak.start_line, leak.secret, leak.match)
        leaks_by_key.setdefault(key, []).append(leak)
    source = Source(
        document.path, document.sha256, "gitleaks", document.redactions, notes=tuple(notes)
    )
    return audit_of(source, [_observation(same, root) for same in leaks_by_key.values()])


def _today(leak: _OldLeak) -> _Leak:
    # before 7.5 no line was given: the line's text tells one place from another
    number = leak.line_number
    text = leak.line if number is None else ""
    return _Leak(leak.file, leak.rule, leak.rule, number, None, leak.commit, text, leak.offender)


def _observation(same: list[_Leak], root: Root) -> Observation:
    leak = same[0]
    commits = list(dict.fromkeys(item.commit for item in same if item.commit))
    said = leak.description.strip() or leak.rule or "a secret"
    return Observation(
        tool="Gitleaks",
        rule=leak.rule or "secret",
        path=root.relative(leak.file).lstrip("/"),
        message=f"A secret stands in the code: {said}",
        severity=Severity.HIGH,
        dimension=Dimension.SECURITY,
        line=leak.start_line,
        end_line=leak.end_line,
        impact="Whoever can read the repository, or one of its copies, can use it",
        fix=_FIX,
        extra=_commits(commits),
    )


def _commits(commits: list[str]) -> dict[str, Any]:
    return {"commits": commits} if commits else {}
