"""An audit without findings is a good day: a short, valid report, and exit code 0."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import MakeRepository
from mendbook.__main__ import main


def test_an_audit_without_findings_gives_a_short_report(
    tmp_path: Path,
    make_repository: MakeRepository,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Every notebook runs on nothing, and the report says that there is nothing to do."""
    audit = tmp_path / "quiet.json"
    audit.write_text('{"findings": []}')
    root = make_repository({"main.go": "package main\n"})
    out = tmp_path / "out"
    arguments = ["plan", str(audit), "--repo", str(root), "--out", str(out)]
    monkeypatch.setattr("sys.argv", ["mendbook", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    assert "Report" in capsys.readouterr().out
    (folder,) = [path for path in out.iterdir() if path.is_dir() and path.name.endswith("-quiet")]
    (written,) = (folder / "reports").glob("remediation-*[0-9].json")
    assert json.loads(written.read_text())["remediations"] == []
    report = next((folder / "docs/remediation").glob("*.md")).read_text()
    assert "lists no findings, so there is nothing to remediate." in report
