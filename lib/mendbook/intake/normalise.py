"""Make an ``Audit`` of a decoded document, noting all that was understood on the way."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from mendbook.intake.check_audit import OWN_KEYS, SCORE_KEYS, WORD_KEYS, audit_problems
from mendbook.intake.dimensions import number, read_scores, unusable
from mendbook.intake.reader import Document
from mendbook.intake.shapes.about import told_branch, told_commit, told_time
from mendbook.intake.shapes.build import joined
from mendbook.intake.shapes.choose import choose
from mendbook.intake.shapes.guess import refuse_shape
from mendbook.intake.shapes.rows import Row, Search, find_rows
from mendbook.intake.shapes.understand import Understood, understand
from mendbook.model import Audit, Left, Note, OverEngineering

_HASH = re.compile(r"[0-9a-fA-F]{4,64}\Z")


def read_audit(document: Document, form: str = "JSON") -> Audit:
    """Return the audit that ``document`` holds, in the built-in shape or any other.

    ``form`` names what the document was decoded from. Raises ``InputError`` where nothing in it can
    be told to be a finding, and nothing says that none were found.
    """
    data: Any = document.data
    if next(audit_problems(document.path, data), None) is None:
        rows = [
            Row(f"findings[{i}]", item, {}, "findings[]") for i, item in enumerate(data["findings"])
        ]
        understood = understand(rows, "audit", own=OWN_KEYS)
        return audit_of(document, understood, "the built-in shape")
    search = find_rows(data)
    rows, left = choose(search.rows)
    if not rows and not _says_nothing_found(search):
        refuse_shape(document)
    understood = understand(rows, "audit")
    left += [
        Left(place, str(item)[:120], "it does not look like a finding")
        for place, item in search.missed
    ]
    shape = f"{form}, {_shape(rows, search)}"
    return audit_of(
        document,
        Understood(understood.findings, understood.mapped, (*left, *understood.left)),
        shape,
    )


def _says_nothing_found(search: Search) -> bool:
    return bool(search.empty) and not search.missed


def _shape(rows: list[Row], search: Search) -> str:
    groups = dict.fromkeys(row.group or "the document" for row in rows)
    if not groups:
        return f"without findings: {', '.join(search.empty[:3])} is empty"
    shown = ", ".join(list(groups)[:4]) + (
        f" and {len(groups) - 4} more" if len(groups) > 4 else ""
    )
    return f"findings at {shown}"


def audit_of(document: Document, understood: Understood, shape: str) -> Audit:
    """Return the audit of ``document`` whose findings were ``understood``."""
    data: dict[str, Any] = document.data if isinstance(document.data, dict) else {}
    meta = data.get("meta") if isinstance(data.get("meta"), dict) else {}
    meta = meta if isinstance(meta, dict) else {}
    scores = data.get("scores")
    read, score_notes = read_scores(_plain(scores, SCORE_KEYS))
    costs, cost_notes = _costs(data.get("overEngineering"))
    about = _about(data, meta)
    return Audit(
        name=PurePath(document.path).stem,
        path=document.path,
        sha256=document.sha256,
        timestamp=about["timestamp"],
        commit=about["commit"],
        branch=about["branch"],
        node_version=about["nodeVersion"],
        findings=understood.findings,
        scores=read,
        over_engineering=costs,
        notes=(*_about_notes(about), *score_notes, *cost_notes),
        redactions=document.redactions,
        extra=_rest(data, meta),
        shape=shape,
        mapped=understood.mapped,
        left=understood.left,
    )


def _plain(value: object, keys: tuple[str, ...]) -> dict[str, Any]:
    """Return ``value`` where it is an object whose ``keys`` hold plain values; else nothing."""
    if not isinstance(value, dict):
        return {}
    return {} if any(isinstance(value.get(key), dict | list | bool) for key in keys) else value


def _about(data: dict[str, Any], meta: dict[str, Any]) -> dict[str, str]:
    """Return commit, time, branch and version of Node.js: under ``meta``, else elsewhere."""
    provenance = {key: _word(meta.get(key)) for key in WORD_KEYS}
    provenance["commit"] = provenance["commit"] or told_commit(data)
    provenance["timestamp"] = provenance["timestamp"] or told_time(data)
    provenance["branch"] = provenance["branch"] or told_branch(data)
    return provenance


def _word(value: object) -> str:
    return "" if isinstance(value, dict | list | bool) else joined(value).strip()


def _rest(data: dict[str, Any], meta: dict[str, Any]) -> dict[str, Any]:
    known = {"meta", "scores", "findings", "overEngineering"}
    rest = {key: value for key, value in data.items() if key not in known and not _large(value)}
    more = {key: value for key, value in meta.items() if key not in WORD_KEYS}
    return {**rest, **({"meta": more} if more else {})}


def _large(value: object) -> bool:
    """Tell whether ``value`` is a list of objects, which hold findings or what was left aside."""
    items = (
        list(value.values())
        if isinstance(value, dict)
        else value
        if isinstance(value, list)
        else []
    )
    return any(isinstance(item, dict | list) for item in items)


def _about_notes(about: dict[str, str]) -> Iterator[Note]:
    timestamp, commit = about["timestamp"], about["commit"]
    try:
        moment = dt.datetime.fromisoformat(timestamp) if timestamp else None
    except ValueError:
        yield Note("meta.timestamp", timestamp, "", "not a date and time in ISO 8601")
    else:
        if moment is not None and moment.tzinfo is None:
            yield Note("meta.timestamp", timestamp, f"{timestamp} UTC", "no offset is given")
    if not commit:
        yield Note("meta.commit", "", "", "the audit does not say on which commit it was made")
    elif not _HASH.match(commit):
        yield Note("meta.commit", commit, "", "not a commit hash; it is looked up as a name")


def _costs(written: object) -> tuple[tuple[OverEngineering, ...], tuple[Note, ...]]:
    notes: list[Note] = []
    costs: list[OverEngineering] = []
    for index, entry in enumerate(written if isinstance(written, list) else ()):
        path = f"overEngineering[{index}]"
        if not isinstance(entry, dict):
            if text := joined(entry).strip():
                costs.append(OverEngineering("", text, "", None, None))
            continue
        for key in ("devHoursPerYear", "scoreDeduction"):
            notes += unusable(f"{path}.{key}", entry.get(key))
        file = entry.get("file")
        costs.append(
            OverEngineering(
                file=" + ".join(map(joined, file)) if isinstance(file, list) else joined(file),
                anti_pattern=joined(entry.get("antiPattern")),
                runtime_cost=joined(entry.get("runtimeCost")),
                dev_hours_per_year=number(entry.get("devHoursPerYear")),
                score_deduction=number(entry.get("scoreDeduction")),
            )
        )
    return tuple(costs), tuple(notes)
