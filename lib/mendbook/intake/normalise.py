"""Make an ``Audit`` of a document in our own shape, noting all that was understood on the way."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from mendbook.intake.check_audit import TEXT_KEYS, WORD_KEYS, identity, severity
from mendbook.intake.dimensions import number, read_dimension, read_scores, unusable
from mendbook.intake.fingerprint import distinct, fingerprint
from mendbook.intake.places import Reading, read_places
from mendbook.intake.reader import Document
from mendbook.intake.symbols import Names, read_names
from mendbook.model import Audit, Finding, Note, Origin, OverEngineering, Place, Severity

_KNOWN_KEYS = {"id", "severity", "problem", *TEXT_KEYS}
_URL = re.compile(r"https?://\S+\Z")
_HASH = re.compile(r"[0-9a-fA-F]{4,64}\Z")
_NOTHING = re.compile(r"\W*(?:n/?a|none)?\W*\Z", re.I)


def read_audit(document: Document) -> Audit:
    """Return the audit that ``document`` holds; its shape has been checked by ``shape``."""
    data: dict[str, Any] = document.data
    meta: dict[str, Any] = data.get("meta") or {}
    scores, score_notes = read_scores(data.get("scores") or {})
    costs, cost_notes = _costs(data.get("overEngineering") or [])
    findings = [_finding(f"findings[{index}]", item) for index, item in enumerate(data["findings"])]
    identities = distinct(finding.fingerprint for finding in findings)
    return Audit(
        name=PurePath(document.path).stem,
        path=document.path,
        sha256=document.sha256,
        timestamp=_word(meta, "timestamp"),
        commit=_word(meta, "commit"),
        branch=_word(meta, "branch"),
        node_version=_word(meta, "nodeVersion"),
        findings=tuple(map(_identified, findings, identities)),
        scores=scores,
        over_engineering=costs,
        notes=(*_meta_notes(meta), *score_notes, *cost_notes),
        redactions=document.redactions,
        extra=_rest(data, meta),
    )


def _identified(finding: Finding, identity: str) -> Finding:
    return finding if finding.fingerprint == identity else replace(finding, fingerprint=identity)


def _rest(data: dict[str, Any], meta: dict[str, Any]) -> dict[str, Any]:
    known = {"meta", "scores", "findings", "overEngineering"}
    rest = {key: value for key, value in data.items() if key not in known}
    more = {key: value for key, value in meta.items() if key not in WORD_KEYS}
    return {**rest, **({"meta": more} if more else {})}


def _finding(path: str, written: dict[str, Any]) -> Finding:
    text = {key: _joined(written.get(key)) for key in TEXT_KEYS}
    dimension, dimension_notes = read_dimension(text["dimension"], f"{path}.dimension")
    file = _file_text(written.get("file"))
    reading, names = read_places(file), read_names(text["function"])
    grade = severity(written["severity"]) or Severity.INFO
    notes = (
        *_changed(f"{path}.id", written["id"], identity(written["id"]), "the id as text"),
        *_changed(f"{path}.severity", written["severity"], grade, "upper case"),
        *dimension_notes,
        *_place_notes(f"{path}.file", file, reading),
        *_name_notes(f"{path}.function", text["function"], names),
        *_docs_notes(f"{path}.docsPath", text["docsPath"]),
        *_list_notes(path, written),
    )
    return Finding(
        id=identity(written["id"]),
        severity=grade,
        dimension=dimension,
        file=file,
        function=text["function"],
        problem=written["problem"],
        evidence=text["evidence"],
        impact=text["impact"],
        fix=text["fix"],
        complexity=text["complexity"],
        repro=text["repro"],
        docs_path="" if _NOTHING.match(text["docsPath"]) else text["docsPath"].strip(),
        places=reading.places,
        symbols=names.symbols,
        events=names.events,
        origins=(Origin("audit", "audit"),),
        fingerprint=identify(reading.places, names, "", text["evidence"] or written["problem"]),
        notes=notes,
        extra={key: value for key, value in written.items() if key not in _KNOWN_KEYS},
    )


def identify(places: tuple[Place, ...], names: Names, rule: str, code: str) -> str:
    """Return the fingerprint of a finding at its first place and under its first name."""
    symbol = (*names.symbols, *names.events, "")[0]
    return fingerprint(places[0].path if places else "", symbol, rule, code)


def _joined(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(_joined(item) for item in value)
    return value if isinstance(value, str) else str(value)


def _file_text(value: object) -> str:
    return (
        " + ".join(_joined(item) for item in value) if isinstance(value, list) else _joined(value)
    )


def _changed(field: str, written: object, understood: str, why: str) -> Iterator[Note]:
    if written != understood:
        yield Note(field, _joined(written), understood, why)


def _place_notes(field: str, written: str, reading: Reading) -> Iterator[Note]:
    if reading.why or (written.strip() and not reading.places):
        understood = ", ".join(_shown(place) for place in reading.places)
        yield Note(field, written, understood, "; ".join(reading.why))


def _shown(place: Place) -> str:
    lines = "" if place.line is None else f":{place.line}"
    lines += "" if place.end_line is None else f"-{place.end_line}"
    return f"{place.path}{lines}"


def _name_notes(field: str, written: str, names: Names) -> Iterator[Note]:
    if names.nothing_meant:
        if written.strip():
            yield Note(field, written, "no function", "the audit says that none applies")
    elif names.why:
        understood = ", ".join((*names.symbols, *(f"event {event}" for event in names.events)))
        yield Note(field, written, understood, "; ".join(names.why))


def _docs_notes(field: str, written: str) -> Iterator[Note]:
    if _URL.match(written.strip()):
        yield Note(field, written, written.strip(), "a page on the web, not a file to update")


def _list_notes(path: str, written: dict[str, Any]) -> Iterator[Note]:
    for key in TEXT_KEYS:
        if isinstance(written.get(key), list) and key != "file":
            why = "a list was given; its items are joined"
            yield Note(f"{path}.{key}", f"{len(written[key])} items", "one text", why)


def _word(meta: dict[str, Any], key: str) -> str:
    return _joined(meta.get(key)).strip()


def _meta_notes(meta: dict[str, Any]) -> Iterator[Note]:
    timestamp, commit = _word(meta, "timestamp"), _word(meta, "commit")
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


def _costs(
    written: list[dict[str, Any]],
) -> tuple[tuple[OverEngineering, ...], tuple[Note, ...]]:
    notes: list[Note] = []
    costs: list[OverEngineering] = []
    for index, entry in enumerate(written):
        path = f"overEngineering[{index}]"
        for key in ("devHoursPerYear", "scoreDeduction"):
            notes += unusable(f"{path}.{key}", entry.get(key))
        costs.append(
            OverEngineering(
                file=_file_text(entry.get("file")),
                anti_pattern=_joined(entry.get("antiPattern")),
                runtime_cost=_joined(entry.get("runtimeCost")),
                dev_hours_per_year=number(entry.get("devHoursPerYear")),
                score_deduction=number(entry.get("scoreDeduction")),
            )
        )
    return tuple(costs), tuple(notes)
