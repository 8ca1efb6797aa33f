"""One audit in six layouts, under keys that nobody listed, is one and the same intake."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from mendbook.intake import intake_json, load_audit

KEYS = ("mark", "gravitas", "spot", "saga", "cure", "heft")
ENTRIES = [
    (
        "KILN-1",
        "severe",
        "oven/heat.py:12-18",
        "Oven keeps heating after the door opens",
        "The loop reads the door's switch once, before the first pass, and never looks again.",
        "Read the switch in each pass of the loop",
        "2 hours",
    ),
    (
        "KILN-2",
        "moderate",
        "oven/timer.py:40",
        "Timer drifts by a second each minute",
        "Each tick sleeps for one second and the work of the tick is added on top of that.",
        "Use a monotonic clock for the next tick",
        "30 minutes",
    ),
    (
        "KILN-3",
        "minor",
        "shop/price.ts:7",
        "Price is rounded twice on its way",
        "The cart rounds what the till has rounded already, so that some totals are off by one.",
        "Round at the till only",
        "1 hour",
    ),
]
TITLE = 3


def _record(entry: tuple[str, ...]) -> dict[str, str]:
    mark, gravitas, spot, title, saga, cure, heft = entry
    values = (mark, gravitas, spot, saga, cure, heft)
    return {"blurb": title, **dict(zip(KEYS, values, strict=True))}


RECORDS = [_record(entry) for entry in ENTRIES]


def _headings() -> str:
    parts = ["# Bakery, a look around", ""]
    for entry in ENTRIES:
        record = _record(entry)
        parts += [f"## {record.pop('blurb')}", ""]
        parts += [f"**{key.title()}:** {value}\n" for key, value in record.items()]
    return "\n".join(parts)


def _table() -> str:
    head = list(RECORDS[0])
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(record.values())} |" for record in RECORDS]
    return "# Bakery, a look around\n\n" + "\n".join(lines) + "\n"


def _csv() -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, list(RECORDS[0]))
    writer.writeheader()
    writer.writerows(RECORDS)
    return written.getvalue()


SHAPES = {
    "flat.json": json.dumps({"bakery": {"loaves": RECORDS}}),
    "nested.json": json.dumps({"rounds": [{"crumbs": [record]} for record in RECORDS]}),
    "headings.md": _headings(),
    "table.md": _table(),
    "rows.csv": _csv(),
    "list.yaml": yaml.safe_dump({"loaves": RECORDS}, sort_keys=False),
}


def _intake(folder: Path, name: str) -> list[dict[str, Any]]:
    path = folder / name
    path.write_text(SHAPES[name], encoding="utf-8")
    findings: list[dict[str, Any]] = intake_json(load_audit(path), {})["findings"]
    return [{k: v for k, v in each.items() if k != "documentLine"} for each in findings]


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_gives_the_same_findings(name: str, tmp_path: Path) -> None:
    """Id, severity, place, title, problem and fix are the same, wherever and however they stand."""
    found = _intake(tmp_path, name)
    assert found == _intake(tmp_path, "flat.json")
    assert [
        (one["id"], one["severity"], one["files"], one["title"], one["problem"], one["fix"])
        for one in found
    ] == [
        (mark, severity, [spot], title, saga, cure)
        for (mark, _, spot, title, saga, cure, _), severity in zip(
            ENTRIES, ("CRITICAL", "MEDIUM", "LOW"), strict=True
        )
    ]
