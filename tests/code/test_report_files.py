"""What is a report tells itself by what it holds, never by the folder that it lies in."""

from __future__ import annotations

import pytest

from mendbook.code.report_files import is_report, is_report_inside

USES = {
    "src/reports/monthly.ts": 'import { rate } from "../rate.js";\nrun("openSluice");\n',
    "lib/audits/trail.py": 'registry["write_trail"] = 1\n',
    "docs/search.js": 'register("openGate");\n',
    "app/coverage/plan.tsx": 'call("coverRoof");\n',
    "docs/index.html": '<button onclick="pickBerries()">pick</button>\n',
    "templates/report.html": '<p>{{ totalOf("harvest") }}</p>\n',
    "deploy/audit.yaml": "functions:\n  nightly:\n    handler: src/audit.sweepDocks\n",
    ".github/workflows/audit.yml": "on: push\njobs:\n  check:\n    runs-on: ubuntu-latest\n",
    "config/results.json": '{"sorters": ["byGrade", "byWeight"]}\n',
    "locales/en/audit.json": '{"openLedger": "Open the ledger"}\n',
    "rules/alerts.yaml": "alert: Flood\nlabels:\n  severity: page\n",
    "reports/jasper.xml": '<report method="sumWards"/>\n',
}
REPORTS = {
    "depcheck-report.json": '{"dependencies": ["left-pad"], "using": {}, "invalidFiles": {}}',
    "out.json": '[{"filePath": "/src/a.ts", "messages": [{"ruleId": "a"}], "warningCount": 1}]',
    "build/lint.sarif": '{"runs": [{"results": [{"ruleId": "x"}]}]}',
    "docs/2026.json": '[{"id": "H-1", "severity": "HIGH", "problem": "moor is never called"}]',
    "reviews/ward.yaml": "- severity: low\n  evidence: admit() is dead\n",
    "cov.json": '{"/src/mill.ts": {"path": "/src/mill.ts", "statementMap": {}}}',
    "unit.xml": '<?xml version="1.0"?>\n<testsuites><testsuite name="a"/></testsuites>',
    "site/coverage.html": "<html><head><title>Code coverage report for mill</title></head>",
    "api/mill.html": "<p>Generated using <a>TypeDoc</a></p>",
    "CHANGELOG.md": "- `grind` is gone\n",
    "notes/audit.txt": "grind is never called\n",
    "audit-results.csv": "id,severity\n",
    "pnpm-lock.yaml": "lockfileVersion: 9\n",
    "deep/web/package-lock.json": "{}",
}


@pytest.mark.parametrize("path", USES)
def test_what_the_program_reads_is_no_report(path: str) -> None:
    """A folder or a name with "report" in it hides no use."""
    assert not is_report(path, USES[path])


@pytest.mark.parametrize("path", REPORTS)
def test_what_was_written_about_the_code_is_a_report(path: str) -> None:
    """Reports of tools and auditors, prose and lock files need no name."""
    assert is_report(path, REPORTS[path])


def test_a_report_by_its_content_alone_is_json() -> None:
    """What lists packages may be a tool's configuration, so only its keys tell a report."""
    assert is_report_inside("any.json", REPORTS["depcheck-report.json"])
    assert not is_report_inside("any.json", '{"dependencies": ["left-pad"], "ignore": []}')
    assert not is_report_inside("audit.yaml", REPORTS["reviews/ward.yaml"])
