"""The whole text of every field of ten findings, in three code bases of their own.

A text that changes rightly is changed here too: that is how a reader sees what a rule says now.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import MakeRepository
from mendbook.model import Plan, Remediation
from mendbook.run.run import open_run

HERE = Path(__file__).parent / "golden"
CODE_BASES = ("quay", "clinic", "till")
COUNT = 10


def fields(item: Remediation, title: str) -> str:
    """Return every field of a remediation that is worded from the code, a line each."""
    order = item.work_order
    lines = [
        f"title: {title}",
        f"files: {', '.join(item.files_touched)}",
        f"patch: {item.patch.standing} {item.patch.source}",
        f"risk: {item.runtime_risk}",
        f"rollback: {item.rollback}",
        *(f"callsite: {use.file}:{use.line} {use.kind} {use.enclosing}" for use in item.callsites),
        *(f"document: {each}" for each in item.docs_updates),
        *(f"test: {each}" for each in item.tests_required),
    ]
    if order is not None:
        lines += [f"decide: {each}" for each in order.choices]
        lines += [
            f"step: {each.words} @ {', '.join(map(str, each.places))}" for each in order.steps
        ]
        lines += [f"holds: {each.words}" for each in order.afterwards]
        lines += [f"unknown: {each}" for each in order.unknown]
    return "\n".join(lines) + "\n"


def planned(name: str, make_repository: MakeRepository, out: Path) -> Plan:
    """Return the plan of a code base, made of its tree and its audit without notebooks."""
    parts = (HERE / name / "tree.txt").read_text(encoding="utf-8").split("@@ ")[1:]
    files = {path: text for path, _, text in (part.partition("\n") for part in parts)}
    repository = make_repository(files)
    return open_run(str(HERE / name / "audit.json"), str(repository), out=str(out)).plan


@pytest.mark.parametrize("name", CODE_BASES)
def test_every_field_says_what_it_said(
    name: str, make_repository: MakeRepository, tmp_path: Path
) -> None:
    """Title, files, risk, rollback, callsites, documents, tests and the work order, literally."""
    plan = planned(name, make_repository, tmp_path / "out")
    titles = {each: pr.title for pr in plan.pull_requests for each in pr.finding_ids}
    said = "\n".join(
        f"== {item.finding_id}\n{fields(item, titles[item.finding_id])}"
        for item in sorted(plan.remediations, key=lambda item: item.finding_id)
    )
    assert said == (HERE / name / "fields.txt").read_text(encoding="utf-8")


def test_ten_findings_are_held() -> None:
    """Fewer would say little about kinds."""
    held = [json.loads((HERE / name / "audit.json").read_text())["findings"] for name in CODE_BASES]
    assert sum(map(len, held)) >= COUNT


@pytest.mark.parametrize("name", CODE_BASES)
def test_every_path_and_test_that_is_named_is_there_or_said_to_be_new(
    name: str, make_repository: MakeRepository, tmp_path: Path
) -> None:
    """Files, documents, callsites, steps and tests exist in the target, at lines that it has."""
    parts = (HERE / name / "tree.txt").read_text(encoding="utf-8").split("@@ ")[1:]
    files = {path: text for path, _, text in (part.partition("\n") for part in parts)}
    for item in planned(name, make_repository, tmp_path / "out").remediations:
        new = {test.path for test in item.tests_required if test.new}
        assert new.isdisjoint(files)
        tests = {test.path for test in item.tests_required}
        assert set(item.files_touched) | (tests - new) <= set(files)
        steps = [
            (place.file, place.line)
            for step in (item.work_order.steps if item.work_order else ())
            for place in step.places
        ]
        uses = [(use.file, use.line) for use in item.callsites]
        documents = [(each.path, each.line) for each in item.docs_updates]
        for path, line in (*steps, *documents, *uses):
            assert (line or 1) <= len(files[path].splitlines()), (path, line)
