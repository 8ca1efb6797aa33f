"""The examples of docs/schedules are used as they stand, as far as a machine without them goes."""

from __future__ import annotations

import ast
import configparser
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from conftest import MakeRepository
from harbour import FILES, finding
from mendbook import project
from mendbook.cli import app
from mendbook.notebook.execute import execute_one, recorded_results

DOCS = Path(__file__).parents[1] / "docs"
SCHEDULES = DOCS / "schedules"


def commands() -> dict[str, str]:
    """Return the command lines of all examples, by file."""
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.read(SCHEDULES / "mendbook.service")
    workflow = yaml.safe_load((SCHEDULES / "github-actions.yml").read_text())
    (planned,) = (step for step in workflow["jobs"]["plan"]["steps"] if step.get("id") == "plan")
    cron = (SCHEDULES / "crontab").read_text().splitlines()[-1]
    page = re.findall(r"^0 6 .*$", (DOCS / "scheduling.md").read_text(), flags=re.M)
    readme = re.findall(r"^0 6 .*$", (DOCS.parent / "README.md").read_text(), flags=re.M)
    return {
        "crontab": cron,
        "scheduling.md": page[0],
        "README.md": readme[0],
        "mendbook.service": unit["Service"]["ExecStart"],
        "github-actions.yml": next(
            line.partition(" || ")[0] for line in planned["run"].splitlines() if "plan " in line
        ),
    }


@pytest.mark.parametrize("name", commands())
def test_every_command_line_is_one_that_mendbook_takes(name: str) -> None:
    """Each option is known and each value can be read."""
    (said,) = re.findall(r"mendbook plan (.*)", commands()[name])
    plan = typer.main.get_command(app).commands["plan"]  # type: ignore[attr-defined]
    context = plan.make_context("plan", shlex.split(said))
    assert str(context.params["audit"]).endswith(".json")


def test_the_line_of_cron_has_its_five_fields_and_one_command() -> None:
    """Minute, hour, day, month, weekday; no percent sign, which cron takes for a line's end."""
    line = (SCHEDULES / "crontab").read_text().splitlines()[-1]
    assert re.match(r"(?:[\d*,/-]+ ){4}[\d*,/-]+  cd /srv/mendbook && ", line)
    assert "%" not in line
    assert line in (DOCS / "scheduling.md").read_text()


def test_the_units_of_systemd_belong_together() -> None:
    """Same stem, a calendar, and exit codes that are no failure of the unit."""
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read([SCHEDULES / "mendbook.service", SCHEDULES / "mendbook.timer"])
    assert unit["Service"]["Type"] == "oneshot"
    assert unit["Service"]["SuccessExitStatus"] == "10 12"
    assert unit["Timer"]["OnCalendar"] == "Mon..Fri 06:00"
    if shutil.which("systemd-analyze"):
        files = [str(SCHEDULES / "mendbook.timer"), str(SCHEDULES / "mendbook.service")]
        said = subprocess.run(
            ["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False
        )
        assert "Unknown key" not in said.stderr


def test_the_workflows_step_plans_and_hands_on_what_is_uploaded(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """Run by bash as GitHub runs it: exit code 10, and yet SARIF, summary and run are there."""
    workflow = yaml.safe_load((SCHEDULES / "github-actions.yml").read_text())
    steps: list[dict[str, Any]] = workflow["jobs"]["plan"]["steps"]
    (planned,) = (step for step in steps if step.get("id") == "plan")
    audit = json.dumps({"findings": [finding("H-1", "src/berth.py", severity="CRITICAL")]})
    repo = make_repository({**FILES, "docs/audits/audit.json": audit})
    names = ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")
    given = {name: str(tmp_path / name) for name in names} | {"RUNNER_TEMP": str(tmp_path)}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", planned["run"]],
        cwd=repo,
        env={**os.environ, **given, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 10, done.stderr
    run = Path((tmp_path / "GITHUB_OUTPUT").read_text().strip().removeprefix("run="))
    assert json.loads((run / "status.json").read_text())["exit_code"] == 10
    sarif = json.loads((tmp_path / "mendbook.sarif").read_text())
    assert sarif["version"] == "2.1.0"
    assert "# " in (tmp_path / "GITHUB_STEP_SUMMARY").read_text()
    uploads = [step for step in steps if "upload" in step.get("uses", "")]
    assert [step["if"] for step in uploads] == ["always() && steps.plan.outputs.run"] * 2


def test_a_workflows_step_without_a_run_fails_with_the_plans_code(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """A refused audit uploads nothing and is red."""
    workflow = yaml.safe_load((SCHEDULES / "github-actions.yml").read_text())
    (planned,) = (s for s in workflow["jobs"]["plan"]["steps"] if s.get("id") == "plan")
    repo = make_repository({**FILES, "docs/audits/audit.json": "none"})
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    given = {"RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(tmp_path / "o"), "PATH": path}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", planned["run"]],
        cwd=repo,
        env={**os.environ, **given},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 3
    assert not (tmp_path / "o").exists()


def dag_task() -> dict[str, Any]:
    """Return the arguments of the operator in the DAG's file, read without Airflow."""
    tree = ast.parse((SCHEDULES / "airflow_dag.py").read_text())
    (call,) = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "PapermillOperator"
    )
    return {each.arg or "": ast.literal_eval(each.value) for each in call.keywords}


def definition() -> dict[str, Any]:
    """Return the job's definition for jupyter-scheduler."""
    found: dict[str, Any] = json.loads((SCHEDULES / "jupyter-scheduler.json").read_text())
    return found


def test_the_notebook_of_a_schedule_runs_with_the_parameters_it_is_given(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """It is one of ours, the same for Airflow and Jupyter, and records its results."""
    task, job = dag_task(), definition()
    assert Path(task["input_nb"]).name == Path(job["input_uri"]).name == job["input_filename"]
    written = {name: ast.literal_eval(value) for name, value in job["parameters"].items()}
    assert task["parameters"] == written  # Jupyter writes them into the notebook as they stand
    path = project.notebooks() / Path(task["input_nb"]).name
    (tmp_path / "audit.json").write_text(json.dumps({"findings": [finding("H-1", "src/berth.py")]}))
    mine = {"audit": str(tmp_path / "audit.json"), "repo": str(make_repository(FILES))}
    assert set(task["parameters"]) == set(mine)
    assert execute_one(path, mine, tmp_path / "done.ipynb")
    assert recorded_results(tmp_path / "done.ipynb")["findings"] == 1


@pytest.mark.skipif(importlib.util.find_spec("airflow") is None, reason="Airflow is not installed")
def test_the_dag_is_one_that_airflow_takes() -> None:
    """Its file is imported, and its task is there."""
    spec = importlib.util.spec_from_file_location("dag", SCHEDULES / "airflow_dag.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.dag.task_ids == ["priorities"]
