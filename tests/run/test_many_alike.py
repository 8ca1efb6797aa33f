"""Many findings of one rule and one fix are planned by folder, and none of them is lost."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import MakeRepository
from mendbook import open_run
from mendbook.report import markdown_report, remediation_text
from mendbook.report.sarif import to_sarif

FOLDERS = {"src/pier": 40, "src/quay": 20}
LINES = 10


def test_many_alike_are_planned_by_folder_and_all_are_in_every_output(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """60 times one rule: no request mixes folders, each finding folds, JSON and SARIF have all."""
    files: dict[str, str] = {"package.json": "{}\n"}
    findings: list[dict[str, str]] = []
    for folder, several in FOLDERS.items():
        for number in range(several):
            path, line = f"{folder}/boat{number // LINES}.ts", number % LINES + 2
            files.setdefault(
                path,
                "export function moor() {\n" + "  console.log('rope');\n" * LINES + "}\n",
            )
            findings.append(
                {
                    "id": f"LOG-{len(findings) + 1}",
                    "severity": "low",
                    "rule": "no-console",
                    "file": f"{path}:{line}",
                    "problem": "A log is left in the code",
                    "fix": "Remove the log of the rope",
                }
            )
    audit = tmp_path / "audit.json"
    audit.write_text(json.dumps({"findings": findings}))
    root = make_repository(files)
    plan = open_run(str(audit), str(root), out=str(tmp_path / "out")).plan
    folders = {one["id"]: str(Path(one["file"]).parent) for one in findings}
    planned = [{folders[name] for name in request.finding_ids} for request in plan.pull_requests]
    assert all(len(within) == 1 for within in planned)
    assert len(planned) < len(findings) / 5
    ids = [one["id"] for one in findings]
    written = json.loads(remediation_text(plan))
    assert sorted(each["issueId"] for each in written["remediations"]) == sorted(ids)
    log = json.loads(to_sarif(plan))
    assert len(log["runs"][0]["results"]) == len(ids)
    report = markdown_report(plan)
    assert report.count("<details") >= len(ids)
    assert all(f'id="{name}"' in report for name in ids)
