"""Every notebook answers for another audit, for a published run, and alone for the sample."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mendbook import sample
from mendbook.cli import main
from mendbook.errors import ReportError
from mendbook.notebook.execute import OVER_RUNS, execute_one, notebook_paths, plan_notebooks
from mendbook.notebook.kernel import imported_once
from mendbook.text.phrasing import moment

PLANS = [path.stem for path in plan_notebooks()]
BY_STEM = {path.stem: path for path in notebook_paths()}
_OF_THE_SERVER = re.compile(r"\b(?:RT|SEC|ARCH|PERF|CQ|READ)-00\d\b")


@pytest.fixture(scope="module", autouse=True)
def kernels() -> Iterator[None]:
    """Let the kernels of this file share their imports, as those of a run do."""
    with imported_once(len(BY_STEM)):
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the orchard's repository, and a published run of it in ``runs``."""
    made = tmp_path_factory.mktemp("orchard")
    sample.materialise_sample(made / "repo", "orchard")
    given = ["--repo", str(made / "repo"), "--out", str(made / "runs"), "--notebooks", "report"]
    audit = str(sample.sample_inputs("orchard").audit)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["mendbook", "plan", audit, *given, "--references", "syntax"])
        with pytest.raises(SystemExit) as ended:
            main()
    assert not ended.value.code
    return made


def test_a_published_report_says_when_it_was_made(folder: Path) -> None:
    """Not when the notebook that is kept in the cache was executed."""
    run = published(folder)
    stamp = json.loads((run / "plan.json").read_text())["provenance"]["timestamp"]
    made = f"Made {moment(stamp)} by Mendbook"
    assert made in next((run / "docs/remediation").glob("*.md")).read_text()
    assert made in (run / "report.html").read_text()


def published(folder: Path) -> Path:
    """Return the run that was published in ``folder``."""
    return next(path.parent for path in (folder / "runs").glob("*/plan.json"))


def shown(executed: Path) -> str:
    """Return all that the cells of an executed notebook show."""
    cells = json.loads(executed.read_text("utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    return json.dumps([output.get("data", {}) for output in outputs], ensure_ascii=False)


def executed(stem: str, parameters: dict[str, Any], tmp_path: Path) -> tuple[dict[str, Any], str]:
    """Execute a notebook as papermill does, and return its record and what it shows."""
    target = tmp_path / f"{stem}.ipynb"
    record = execute_one(BY_STEM[stem], parameters, target)
    words = shown(target)
    assert "widget-view" not in words  # nobody sits before it: each answer stands as it is
    return record, words


@pytest.mark.parametrize("stem", PLANS)
def test_a_notebook_opens_a_published_run_by_one_parameter(
    stem: str, folder: Path, tmp_path: Path
) -> None:
    """Everything else comes from the run, and nothing of the sample is left."""
    _, words = executed(stem, {"run": str(published(folder))}, tmp_path)
    assert "ORC-1" in words or stem == "04-platform"
    assert not _OF_THE_SERVER.search(words)


@pytest.mark.parametrize("stem", PLANS)
def test_a_notebook_answers_for_another_audit(stem: str, folder: Path, tmp_path: Path) -> None:
    """Values come as a scheduler hands them over, numbers and lists as text."""
    given = sample.sample_inputs("orchard")
    parameters = {
        "audit": str(given.audit),
        "repo": str(folder / "repo"),
        "profiles": ", ".join(map(str, given.profiles)),
        "capacity": "12",
        "references": "syntax",
        "out": str(folder / "out"),
    }
    _, words = executed(stem, parameters, tmp_path)
    assert "audit-orchard" in words
    assert not _OF_THE_SERVER.search(words)


@pytest.mark.parametrize("stem", sorted(OVER_RUNS))
def test_a_notebook_over_runs_reads_another_folder(stem: str, folder: Path, tmp_path: Path) -> None:
    """One run of one audit is a portfolio, and a trend of one point."""
    record, words = executed(stem, {"reports": str(folder / "runs")}, tmp_path)
    assert record["audits" if stem == "00-portfolio" else "runs"] == 1
    assert "orchard" in words


@pytest.mark.parametrize("stem", sorted(OVER_RUNS))
def test_a_notebook_over_runs_opens_alone(stem: str, tmp_path: Path) -> None:
    """Without parameters it reads the sample's runs, the two earlier ones included."""
    record, words = executed(stem, {}, tmp_path)
    assert record["audits" if stem == "00-portfolio" else "runs"] in {1, 3}
    if stem == "07-over-time":
        assert "Since 2026-09-10" in words


def test_a_value_that_cannot_be_taken_is_refused_in_one_line(tmp_path: Path) -> None:
    """The first cell that reads it says which it was and what is needed."""
    with pytest.raises(ReportError) as refused:
        execute_one(BY_STEM["01-audit"], {"capacity": "much"}, tmp_path / "a.ipynb")
    assert str(refused.value) == (
        "01-audit.ipynb: cell 4 failed with UsageError: capacity = 'much': a number is needed"
    )
