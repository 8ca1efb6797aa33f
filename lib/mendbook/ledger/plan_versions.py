"""Read the plan of any version: each older shape is brought to the next one, step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from mendbook.errors import InputError
from mendbook.model import Citation, Followup, Plan, WorkPlace, ground_of
from mendbook.report.exporters.whole_plan import PLAN_FILE, VERSION

Raw = dict[str, Any]


def read_plan(folder: Path) -> Plan:
    """Return the plan of the published run in ``folder``; ``InputError`` when it is not one."""
    path = folder / PLAN_FILE
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); name the folder of a published run"
        raise InputError(message) from error
    try:
        raw = msgspec.json.decode(data)
        return msgspec.convert(migrated(raw), type=Plan)
    except (msgspec.MsgspecError, UnicodeDecodeError, KeyError, TypeError) as error:
        message = f"{path}: not a plan of this version ({error}); make the run again"
        raise InputError(message) from error


def migrated(raw: Raw) -> Raw:
    """Return the plan ``raw`` in the shape of today; one without a version is of the first.

    Raises ``msgspec.ValidationError`` for a plan of a version that is yet to come.
    """
    at = raw.get("version", 1)
    if not isinstance(at, int) or not 1 <= at <= VERSION:
        message = f"version {at!r}; this Mendbook reads versions 1 to {VERSION}"
        raise msgspec.ValidationError(message)
    for version in range(at, VERSION):
        raw = MIGRATIONS[version](raw)
    return {name: value for name, value in raw.items() if name != "version"}


def _to_2(raw: Raw) -> Raw:
    """Take the first version as it is: it only did not say so, and what it lacks has a default."""
    return raw


def _to_3(raw: Raw) -> Raw:
    """Part what was one text each: tests, documents, places of steps, reasons of hours."""
    return {**raw, "remediations": [_with_records(item) for item in raw["remediations"]]}


def _with_records(item: Raw) -> Raw:
    named = {name: _followups(item[name]) for name in ("docs_updates", "tests_required")}
    patch = {**item["patch"]}
    patch |= {name: _followups(patch[name]) for name in ("docs", "tests") if name in patch}
    order = item.get("work_order")
    if order:
        steps = [
            {**step, "places": [_work_place(text) for text in step.get("places", ())]}
            for step in order.get("steps", ())
        ]
        order = {**order, "steps": steps}
    parted = {"decision": _decision(item["decision"]), "estimate": _estimate(item["estimate"])}
    return {**item, **named, **parted, "patch": patch, "work_order": order}


def _decision(written: Raw) -> Raw:
    said = written["reason"].removeprefix(f"{written['priority']} ").removesuffix(".")
    by_path = said.startswith("because ")
    told = {"because": said.removeprefix("because ")} if by_path else {"decided": said}
    return {**_without(written, "reason"), "because": "", **told}


def _estimate(written: Raw) -> Raw:
    source, brief = written["source"], written.get("brief", "")
    parted = brief and source.startswith(f"{brief}; ")
    told = {"brief": brief, "beyond": source[len(brief) + 2 :]} if parted else {"brief": source}
    return {**_without(written, "source"), **told}


def _without(written: Raw, name: str) -> Raw:
    return {key: value for key, value in written.items() if key != name}


def _followups(texts: list[str]) -> list[Raw]:
    return [asdict(Followup.read(text)) for text in texts]


def _work_place(text: str) -> Raw:
    read = Followup.read(text)
    return asdict(WorkPlace(read.path, read.line, read.what))


def _to_4(raw: Raw) -> Raw:
    """Part what was cited as text: the sources of facts and checks, the places of advice."""
    context = {**raw["context"]}
    context["facts"] = [_fact(fact) for fact in context["facts"]]
    context["checks"] = [
        {**check, "source": _cited(check["source"])} for check in context.get("checks", ())
    ]
    advice = [
        {**each, "rows": [{**row, "where": _cited(row["where"])} for row in each["rows"]]}
        for each in raw["advice"]
    ]
    return {**raw, "context": context, "advice": advice}


def _fact(written: Raw) -> Raw:
    source = written.get("source", "")
    cites = [_cited(part) for part in source.split(", ")]
    if not source or source in _PROGRAMS or None in cites:
        return {**_without(written, "source"), "told_by": source}
    return {**_without(written, "source"), "cites": cites}


_PROGRAMS = {"git", "node --version"}


def _cited(text: str) -> Raw | None:
    citation = Citation.read(text)
    return asdict(citation) if citation is not None else None


def _to_5(raw: Raw) -> Raw:
    """Part what sentences and follow-ups rest on: a line of a file, or a field of the audit."""
    return {**raw, "remediations": [_with_grounds(item) for item in raw["remediations"]]}


def _with_grounds(item: Raw) -> Raw:
    patch = {**item["patch"]}
    patch |= {name: _grounds(patch[name], "rests") for name in ("docs", "tests") if name in patch}
    named: Raw = {"patch": patch}
    for name, old in _RESTING.items():
        if name in item:
            named[name] = _grounds(item[name], old)
    order = item.get("work_order")
    if order:
        named["work_order"] = {
            **order,
            "afterwards": _grounds(order.get("afterwards", ()), "lines"),
        }
    return {**item, **named}


_RESTING = {
    "risks": "lines",
    "rollback_steps": "lines",
    "docs_updates": "rests",
    "tests_required": "rests",
}
"""What rests on something, and the field that version 4 had it in."""


def _grounds(rows: Sequence[Raw], old: str) -> list[Raw]:
    return [
        {**_without(row, old), "grounds": [_ground(words) for words in row.get(old, ())]}
        for row in rows
    ]


def _ground(words: str) -> Raw | str:
    ground = ground_of(words)
    return asdict(ground) if isinstance(ground, Citation) else ground.value


MIGRATIONS: dict[int, Callable[[Raw], Raw]] = {1: _to_2, 2: _to_3, 3: _to_4, 4: _to_5}
"""From a version to the next; ``VERSION`` is the last."""
