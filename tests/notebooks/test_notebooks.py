"""The notebooks: thin, without outputs, alike in their parameters, each opening on its own."""

from __future__ import annotations

import ast
import inspect
import json
from pathlib import Path
from typing import Any

import pytest

from mendbook.errors import InputError, ReportError
from mendbook.notebook.execute import execute_one, notebook_paths, plan_notebooks, recorded_results
from mendbook.run.run import open_run

NOTEBOOKS = notebook_paths()


def cells(path: Path) -> list[dict[str, Any]]:
    """Return the cells of the notebook at ``path``."""
    found: list[dict[str, Any]] = json.loads(path.read_text())["cells"]
    return found


def code(path: Path) -> list[str]:
    """Return the sources of its code cells."""
    return ["".join(cell["source"]) for cell in cells(path) if cell["cell_type"] == "code"]


def test_there_is_one_notebook_for_each_question_in_order() -> None:
    """A reader of the file list can tell the order in which an architect asks."""
    assert [path.stem for path in NOTEBOOKS] == [
        "00-portfolio",
        "01-audit",
        "02-priorities",
        "03-effort-and-sprints",
        "04-platform",
        "05-report",
        "06-what-if",
        "07-over-time",
    ]
    assert [path.stem for path in plan_notebooks()] == [path.stem for path in NOTEBOOKS[1:-1]]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_thin_and_carry_no_outputs(path: Path) -> None:
    """No function or class is defined, no cell is long, and nothing of a run is kept."""
    for cell in cells(path):
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
    for source in code(path):
        assert len(source.splitlines()) <= 15
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
        defined = [node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]
        assert all(isinstance(node, ast.Lambda) for node in defined)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_begin_with_a_question_and_end_with_a_record(path: Path) -> None:
    """H1, imports, the tagged parameters, and a last cell that records the results."""
    first, second, third = cells(path)[:3]
    assert "".join(first["source"]).startswith("# ")
    assert "import" in "".join(second["source"])
    assert "parameters" in third["metadata"]["tags"]
    assert code(path)[-1].startswith("record(")


@pytest.mark.parametrize("path", plan_notebooks(), ids=lambda path: path.stem)
def test_every_notebook_takes_what_a_run_takes(path: Path) -> None:
    """One short block, typed and commented, alike everywhere; the rest of a run in ``options``."""
    source = "".join(cells(path)[2]["source"])
    assigned = [node for node in ast.parse(source).body if isinstance(node, ast.AnnAssign)]
    names = [node.target.id for node in assigned if isinstance(node.target, ast.Name)]
    assert names == ["run", "audit", "repo", "profiles", "capacity", "policy", "options"]
    assert set(names) - {"run", "options"} <= set(inspect.signature(open_run).parameters)
    assert all("#" in line for line in source.splitlines())
    assert code(path)[2].startswith("opened = open_parameters(globals())\nplan = opened.plan")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_section_ends_with_a_sentence_of_the_data(path: Path) -> None:
    """A section that shows a table or a chart closes with what the data says of it."""
    if path.stem in {"05-report", "06-what-if"}:  # the report is the sentences; choices are asked
        return
    sections: list[list[str]] = []
    for cell in cells(path):
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and source.startswith("## "):
            sections.append([])
        elif cell["cell_type"] == "code" and sections:
            sections[-1].append(source)
    for section in sections[:-1]:
        concluding = [each for each in section if "conclude(" in each or "say(" in each]
        asked = [each for each in section if "ranks(" in each or "parts(" in each]
        assert concluding or asked or "searchable" in section[-1] or "path" in section[-1], section


def _notebook(path: Path, *sources: str) -> Path:
    made: list[dict[str, Any]] = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {"tags": ["parameters"] if not n else []}}
        | {"source": source, "outputs": [], "execution_count": None}
        for n, source in enumerate(sources)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    document = {"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(document))
    return path


def test_a_mistyped_parameter_is_refused_before_anything_runs(tmp_path: Path) -> None:
    """Papermill only warns; a schedule would run with defaults for years."""
    path = _notebook(tmp_path / "a.ipynb", "capacity = 1")
    with pytest.raises(InputError, match=r"^a\.ipynb: no parameter 'capactiy'; it takes capacity$"):
        execute_one(path, {"capactiy": 2}, tmp_path / "b.ipynb")
    assert not (tmp_path / "b.ipynb").exists()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("raise SystemExit(0)", "stopped before its last cell"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "run again"),
        ("1 / 0", "failed with ZeroDivisionError: division by zero"),
    ],
)
def test_a_notebook_that_did_not_reach_its_end_is_not_believed(
    tmp_path: Path, source: str, said: str
) -> None:
    """A quiet exit, a killed kernel and an error are all told, whatever papermill stamps."""
    end = "from mendbook import record\nrecord(n=1)"
    path = _notebook(tmp_path / "a.ipynb", "n = 1", source, end)
    with pytest.raises(ReportError, match=said):
        execute_one(path, {"n": 1}, tmp_path / "b.ipynb")


def test_what_the_last_cell_recorded_is_returned(tmp_path: Path) -> None:
    """Parameters reach the cells, and the record reaches the caller."""
    path = _notebook(tmp_path / "a.ipynb", "n = 1", "from mendbook import record\nrecord(n=n + 1)")
    assert execute_one(path, {"n": 41}, tmp_path / "b.ipynb") == {"n": 42}
    assert recorded_results(tmp_path / "b.ipynb") == {"n": 42}


def test_a_cell_that_hangs_is_stopped_and_named(tmp_path: Path) -> None:
    """A scheduled run ends, and says which cell it waited for."""
    end = "from mendbook import record\nrecord(n=1)"
    path = _notebook(tmp_path / "a.ipynb", "n = 1", "import time\nwhile True: time.sleep(1)", end)
    said = r"^a\.ipynb: cell 2 \(import time\) ran longer than 2 s and was stopped$"
    with pytest.raises(ReportError, match=said):
        execute_one(path, {}, tmp_path / "b.ipynb", seconds=2)
