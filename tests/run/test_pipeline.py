"""A whole run on the sample: what is published, that it holds, and that nothing else changed."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from html import unescape
from importlib import resources
from pathlib import Path

import jsonschema
import pytest

from conftest import git
from mendbook.ledger.plan_versions import read_plan
from mendbook.model import Plan
from mendbook.notebook.execute import execute_one, plan_notebooks
from mendbook.notebook.kernel import imported_once
from mendbook.report.offered import patch_path
from mendbook.run.produce import produce
from mendbook.run.published import commit_run
from mendbook.run.run import Run, open_run
from mendbook.sample import materialise_sample, sample_inputs

STAMP = "2026-11-20-0915"


def state(root: Path) -> dict[str, str]:
    """Hash every file of a repository but its objects, so that any change is seen."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and "objects" not in path.relative_to(root).parts[:2]
    }


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample's repository."""
    return materialise_sample(tmp_path_factory.mktemp("target") / "server")


@pytest.fixture(scope="module")
def run(target: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return a run of the sample, not yet computed."""
    inputs = sample_inputs()
    out = tmp_path_factory.mktemp("out")
    return open_run(inputs.audit, target, inputs.profiles, out=out, stamp=STAMP)


@pytest.fixture(scope="module")
def before(target: Path) -> dict[str, str]:
    """Return the repository's state before anything was planned."""
    return state(target)


@pytest.fixture(scope="module")
def folder(run: Run, before: dict[str, str]) -> Path:
    """Return the folder of one published run."""
    assert before
    return produce(run)


@pytest.fixture(scope="module")
def plan(folder: Path) -> Plan:
    """Return the published run's plan."""
    return read_plan(folder)


def test_the_run_is_published_under_the_seeds_names(folder: Path, plan: Plan) -> None:
    """Report, JSON, patches and notebooks stand where the seed says, and nothing else does."""
    names = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    in_series = {f"PATCHES/{item.patch.name}" for item in plan.remediations if item.patch.in_series}
    advice = {
        f"docs/remediation/{STAMP}/infrastructure/{section.advisor}/{name}"
        for section in plan.advice
        for name in [
            *section.files,
            *(f"{number:03d}.patch" for number, _ in enumerate(section.proposals, start=1)),
        ]
    }
    patched = {item.finding_id for item in plan.remediations if item.patch.in_series}
    boxes = {name for name in names if name.endswith(".mbox")}
    requests = {pr.number for pr in plan.pull_requests if set(pr.finding_ids) & patched}
    assert {int(name.split("PR-")[1][:3]) for name in boxes} == requests
    notebooks = {f"notebooks/{path.name}" for path in plan_notebooks()}
    assert folder.name == f"{STAMP}-{plan.audit.name}"
    assert names == {
        f"docs/remediation/{STAMP}.md",
        f"reports/remediation-{STAMP}.json",
        f"reports/remediation-{STAMP}.details.json",
        f"reports/remediation-{STAMP}.sarif",
        f"reports/tickets-{STAMP}.csv",
        "report.html",
        "summary.html",
        "plan.json",
        "run.json",
        "PATCHES/series",
        *boxes,
        *in_series,
        "PATCHES/drafts/001-PERF-002-scan-for-keys-in-pages-instead-of-keys.patch",
        "PATCHES/drafts/002-PERF-004-await-seats-messages-together.patch",
        "PATCHES/drafts/003-READ-002-mark-tolegacygift-as-deprecated.patch",
        *advice,
        *notebooks,
    }
    assert all(re.fullmatch(r"PATCHES/\d{3}-[A-Za-z0-9-]+\.patch", name) for name in in_series)


def test_every_finding_that_came_in_goes_out(folder: Path, plan: Plan) -> None:
    """In the JSON, in exactly one PR, each PR in one sprint, and hours are sums all the way."""
    audit = json.loads(sample_inputs().audit.read_bytes())
    wanted = sorted(finding["id"] for finding in audit["findings"])
    report = json.loads((folder / f"reports/remediation-{STAMP}.json").read_bytes())
    assert sorted(item["issueId"] for item in report["remediations"]) == wanted
    assert sorted(name for pr in plan.pull_requests for name in pr.finding_ids) == wanted
    numbers = [number for sprint in report["sprintPlan"] for number in sprint["prs"]]
    assert sorted(numbers) == [pr["prNumber"] for pr in report["prPlan"]]
    hours = {item["issueId"]: item["hours"] for item in report["remediations"]}
    by_pr = {pr.number: sum(hours[name] for name in pr.finding_ids) for pr in plan.pull_requests}
    for sprint in report["sprintPlan"]:
        assert sprint["hours"] == pytest.approx(sum(by_pr[n] for n in sprint["prs"]), abs=0.01)


def test_the_json_is_valid_under_the_seeds_schema_and_ours(folder: Path) -> None:
    """Both published schemas accept the report, checked by an independent validator."""
    report = json.loads((folder / f"reports/remediation-{STAMP}.json").read_bytes())
    for name in ("remediation.seed.schema.json", "remediation.schema.json"):
        schema = json.loads((resources.files("mendbook") / "schemas" / name).read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(report)


def test_the_markdown_has_the_eight_sections_in_order(folder: Path) -> None:
    """It reads as a document: one title, the eight sections, no trace of a notebook."""
    text = (folder / f"docs/remediation/{STAMP}.md").read_text()
    unfenced = re.sub(r"^(`{3,}|~{3,})[^\n]*\n.*?^\1$", "", text, flags=re.M | re.S)
    assert re.findall(r"^#{1,2} (.+)$", unfenced, flags=re.M)[1:] == [
        "Executive Summary",
        "Audit Reference",
        "Per-Issue Remediation Details",
        "PR Patch Plan",
        "Sprint Plan",
        "Infrastructure Recommendations",
        "Test Plan",
        "Rollback Procedures",
    ]
    assert "open_run" not in text
    assert "```mermaid" in text


def test_the_html_needs_nothing_from_anywhere(folder: Path) -> None:
    """One file: a policy that forbids requests, and no element that would make one."""
    html = unescape((folder / "report.html").read_text())
    assert "default-src 'none'" in html
    assert not re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=[\"']?https?:", html)


def test_the_series_applies_with_git_am_and_reverts_byte_for_byte(
    folder: Path, plan: Plan, target: Path, tmp_path: Path
) -> None:
    """In a fresh clone the series goes on and, reversed, gives the audited tree back."""
    git(tmp_path, "clone", "--quiet", str(target), "clone")
    clone = tmp_path / "clone"
    git(clone, "checkout", "--quiet", plan.context.commit)
    series = (folder / "PATCHES/series").read_text().split()
    assert series
    git(clone, "am", "--quiet", *(str(folder / "PATCHES" / name) for name in series))
    for name in reversed(series):
        git(clone, "apply", "--reverse", str(folder / "PATCHES" / name))
    assert git(clone, "status", "--porcelain") != ""
    git(clone, "add", "--all")
    assert git(clone, "write-tree") == git(clone, "rev-parse", f"{plan.context.commit}^{{tree}}")


def test_what_advisors_offer_applies_to_the_audited_tree(
    folder: Path, plan: Plan, target: Path, tmp_path: Path
) -> None:
    """Every patch that a recommendation links to is there, and git takes it."""
    git(tmp_path, "clone", "--quiet", str(target), "clone")
    git(tmp_path / "clone", "checkout", "--quiet", plan.context.commit)
    linked = {
        patch_path(advice, row.proposal)
        for advice in plan.advice
        for row in advice.rows
        if row.proposal
    }
    assert linked
    for name in linked:
        git(tmp_path / "clone", "apply", "--check", str(folder / "docs/remediation" / STAMP / name))


def test_the_pull_requests_mailboxes_give_the_tree_of_the_series(
    folder: Path, plan: Plan, tmp_path: Path
) -> None:
    """``git am`` takes each mailbox in merge order, as it takes the mails of ``PATCHES``."""
    trees = set()
    for name, pattern in (("mails", "*.patch"), ("boxes", "pull-requests/*.mbox")):
        git(tmp_path, "clone", "--quiet", plan.context.root, name)
        git(tmp_path / name, "checkout", "--quiet", plan.context.commit)
        for mail in sorted((folder / "PATCHES").glob(pattern)):
            git(tmp_path / name, "am", "--quiet", str(mail))
        trees.add(git(tmp_path / name, "rev-parse", "HEAD^{tree}"))
    assert len(trees) == 1


def test_planning_leaves_the_repository_as_it_was(
    folder: Path, target: Path, before: dict[str, str]
) -> None:
    """Byte for byte: work tree, index, HEAD, refs, config and hooks."""
    assert folder.is_dir()
    assert state(target) == before


def test_a_second_run_in_the_same_minute_stands_beside_the_first(run: Run, folder: Path) -> None:
    """Nothing is overwritten; the second folder carries a suffix and the same artefacts."""
    first = state(folder)
    again = produce(Run(run.given))
    assert again.name == f"{folder.name}-2"
    assert state(folder) == first
    assert set(state(again)) == set(first)
    same = [name for name in first if name.startswith(("PATCHES", "reports"))]
    assert {name: state(again)[name] for name in same} == {name: first[name] for name in same}


def test_commit_adds_one_branch_and_nothing_else(folder: Path, plan: Plan, tmp_path: Path) -> None:
    """Branch and message are the seed's; hooks do not run and the user's files stay as they are."""
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", plan.context.root, str(clone))
    hook = clone / ".git/hooks/reference-transaction"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    (clone / "README.md").write_text("work in progress\n")
    kept = state(clone)
    done = commit_run(folder, clone)
    assert done.branch == "chore/ai-remediate-202611200915"
    hook.unlink()
    kept.pop(".git/hooks/reference-transaction")
    new = {name: sha for name, sha in state(clone).items() if kept.get(name) != sha}
    assert {name for name in new if "logs" not in name} == {f".git/refs/heads/{done.branch}"}
    said = git(clone, "log", "-1", "--format=%s%n%an", done.branch).splitlines()
    assert said == ["chore(remediate): comprehensive fix plan 2026-11-20", "Mendbook"]
    listed = git(clone, "diff", "--name-only", plan.context.commit, done.branch).splitlines()
    assert {name.split("/")[0] for name in listed} == {"PATCHES", "docs", "reports"}


def test_a_commit_goes_on_with_the_series_that_the_target_keeps(
    folder: Path, plan: Plan, tmp_path: Path
) -> None:
    """Patches of an earlier plan stay in the series, before the new ones."""
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", plan.context.root, str(clone))
    (clone / "PATCHES").mkdir()
    (clone / "PATCHES/series").write_text("001-OLD-a.patch")
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "earlier")
    copy = tmp_path / "run"
    shutil.copytree(folder, copy)
    text = (
        (copy / "plan.json")
        .read_text()
        .replace(plan.context.commit, git(clone, "rev-parse", "HEAD"))
    )
    (copy / "plan.json").write_text(text)
    done = commit_run(copy, clone)
    series = git(clone, "show", f"{done.branch}:PATCHES/series").splitlines()
    assert series == ["001-OLD-a.patch", *(folder / "PATCHES/series").read_text().split()]


def test_each_notebook_runs_alone_with_its_defaults(tmp_path: Path) -> None:
    """Opened in any order and without a parameter, a notebook answers on the sample."""
    with imported_once(len(plan_notebooks())):
        for path in reversed(plan_notebooks()):
            recorded = execute_one(path, {"out": str(tmp_path)}, tmp_path / path.name)
            assert recorded


def test_the_command_line_does_the_main_job(target: Path, tmp_path: Path) -> None:
    """`mendbook plan` ends by saying where the report is and what to look at first."""
    inputs = sample_inputs()
    program = Path(sys.executable).with_name("mendbook")
    done = subprocess.run(
        [str(program), "plan", str(inputs.audit), "--repo", str(target), "--out", str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines[:4]] == ["Report", "Summary", "Markdown", "Patches"]
    assert Path(lines[0].split(maxsplit=1)[1]).is_file()
    assert [line[:2] for line in lines if re.match(r"\d\.", line)] == ["1.", "2.", "3."]
