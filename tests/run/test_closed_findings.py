"""What an audit calls closed is shown in every output, and nothing of it is planned."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import MakeRepository
from mendbook import open_run
from mendbook.report import markdown_report, remediation_text

AUDIT = {
    "findings": [
        {
            "id": "OPEN-1",
            "severity": "HIGH",
            "file": "pay.py",
            "problem": "The rate is a float.",
            "fix": "Use Decimal.",
        },
        {
            "id": "DONE-1",
            "severity": "CRITICAL",
            "file": "pay.py",
            "problem": "The total is rounded twice.",
            "fix": "Round once.",
            "status": "fixed",
        },
    ]
}


def test_a_closed_finding_is_shown_and_not_planned(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """It has its status and 0 hours, no pull request and no patch; the open one is planned."""
    audit = tmp_path / "audit.json"
    audit.write_text(json.dumps(AUDIT))
    root = make_repository({"pay.py": "def total(rate):\n    return round(round(rate, 2), 2)\n"})
    plan = open_run(str(audit), str(root), out=str(tmp_path / "out")).plan
    assert [request.finding_ids for request in plan.pull_requests] == [("OPEN-1",)]
    by_id = {item.finding_id: item for item in plan.remediations}
    done = by_id["DONE-1"]
    assert (done.estimate.likely, done.files_touched, done.tests_required) == (0, (), ())
    assert done.runtime_risk == "None: the audit says that it is fixed, so nothing changes."
    written = json.loads(remediation_text(plan))
    assert {each["issueId"]: each["hours"] > 0 for each in written["remediations"]} == {
        "OPEN-1": True,
        "DONE-1": False,
    }
    report = markdown_report(plan)
    assert (
        "**Patch Sketch:** none; the audit says that it is fixed, so nothing is planned." in report
    )
