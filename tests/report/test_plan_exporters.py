"""Exporters: a name, an end and a function from a plan to bytes; the tickets compared whole."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import mailbox
from dataclasses import replace
from pathlib import Path

from hostile import EVERYTHING
from mendbook.model import Followup, Plan
from mendbook.report.exporters import EXPORTERS, Exporter, exported
from mendbook.report.exporters.tickets import COLUMNS, to_tickets
from plan_factory import empty_plan, sample_plan


def rows(plan: Plan) -> list[list[str]]:
    """Return the tickets' cells."""
    return list(csv.reader(io.StringIO(to_tickets(plan).decode(), newline="")))


def test_another_exporter_is_a_function_and_a_row() -> None:
    """A throw-away row writes its file beside the others', named by the run's minute."""
    plan = sample_plan()
    row = Exporter("ids", ".txt", lambda whole: " ".join(_ids(whole)).encode())
    files = exported(plan, (*EXPORTERS, row))
    (new,) = set(files) - set(exported(plan))
    assert new == f"reports/remediation-{plan.provenance.stamp}.txt"
    assert files[new].decode().split() == _ids(plan)


def _ids(plan: Plan) -> list[str]:
    return [item.finding_id for item in plan.remediations]


def test_a_plan_without_findings_is_written_in_every_form() -> None:
    """No exporter needs a finding; there is no mail then."""
    stamp = empty_plan().provenance.stamp
    assert set(exported(empty_plan())) == {
        "plan.json",
        "summary.html",
        f"reports/remediation-{stamp}.json",
        f"reports/remediation-{stamp}.details.json",
        f"reports/remediation-{stamp}.sarif",
        f"reports/tickets-{stamp}.csv",
        "PATCHES/series",
    }


def test_every_finding_is_a_ticket_with_its_hours_and_sprint() -> None:
    """Columns are those that trackers map; ids, hours and sprints are the plan's."""
    plan = sample_plan()
    header, *found = rows(plan)
    assert tuple(header) == COLUMNS
    assert [row[0] for row in found] == _ids(plan)
    assert [float(row[4]) for row in found] == [
        round(item.estimate.likely, 4) for item in plan.remediations
    ]
    sprint = {n: str(each.number) for each in plan.sprint_plan.sprints for n in each.prs}
    of_finding = {name: pr for pr in plan.pull_requests for name in pr.finding_ids}
    for row in found:
        request = of_finding[row[0]]
        assert row[6] == sprint[request.number]
        known = {pr.number: pr.finding_ids for pr in plan.pull_requests}
        assert row[7].split() == [n for each in request.depends_on for n in known[each.on]]


def test_a_ticket_is_written_whole() -> None:
    """Title, body and the rest of one finding, as a tracker shows them."""
    plan = sample_plan()
    item = plan.remediations[0]
    kept = replace(
        plan,
        remediations=(
            replace(
                item,
                runtime_risk="Sessions may drop.",
                rollback="git revert",
                tests_required=(Followup("", "a"),),
                docs_updates=(),
                files_touched=("src/x.ts",),
            ),
        ),
    )
    finding = next(each for each in plan.audit.findings if each.id == item.finding_id)
    request = next(pr for pr in plan.pull_requests if item.finding_id in pr.finding_ids)
    (_, row) = rows(kept)
    assert row[1] == finding.problem
    assert row[2] == "\n\n".join(
        [
            f"Problem: {finding.problem}",
            f"Impact: {finding.impact}",
            f"Fix: {finding.fix}",
            "Files: src/x.ts",
            f"Patch: {item.patch.name}, proven: {item.patch.rung}",
            f"Pull request: {request.number}: {request.title}",
            "Risk: Sessions may drop.",
            "Tests: a",
            "Rollback: git revert",
        ]
    )


def test_no_ticket_is_a_formula_and_rows_stay_rows() -> None:
    """Foreign text adds no row and no column, and no spreadsheet runs it."""
    plan = sample_plan(EVERYTHING)
    found = rows(plan)
    assert len(found) == len(plan.remediations) + 1
    assert {len(row) for row in found} == {len(COLUMNS)}
    cells = [cell for row in found[1:] for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))]


def test_a_pull_request_is_one_mailbox_of_its_patches(tmp_path: Path) -> None:
    """Its mails are those of ``PATCHES/``, in the order of the series."""
    plan = sample_plan()
    files = exported(plan)
    boxes = {name: data for name, data in files.items() if name.endswith(".mbox")}
    mails = [data for name, data in sorted(files.items()) if name.endswith(".patch")]
    assert len(boxes) == sum(
        any(item.patch.in_series for item in plan.remediations if item.finding_id in pr.finding_ids)
        for pr in plan.pull_requests
    )
    assert sorted(mail for data in boxes.values() for mail in _mails(data)) == sorted(mails)
    for name, data in boxes.items():
        (tmp_path / "box").write_bytes(data)
        with contextlib.closing(mailbox.mbox(tmp_path / "box")) as box:
            assert len(box) == len(_mails(data)), name


def _mails(data: bytes) -> list[bytes]:
    return [b"From 0000" + mail for mail in data.split(b"From 0000")[1:]]


def test_the_whole_plan_is_read_back_by_other_commands() -> None:
    """``plan.json`` is JSON that says which plan it is."""
    plan = sample_plan()
    said = json.loads(exported(plan)["plan.json"])
    assert said["provenance"]["stamp"] == plan.provenance.stamp
