"""What the reports of the samples name is there, or is said to be new: nothing is made up."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mendbook import sample
from mendbook.report import details_text, markdown_report
from mendbook.repository.snapshot import Snapshot
from mendbook.run.run import Run, open_run

_DIFF = re.compile(r"^```diff.*?^```", re.M | re.S)
_PATH = re.compile(
    r"(?<![\w/.@:$-])(?P<path>(?:[\w@.-]+/)+[\w@.-]+\.(?:[cm]?[jt]sx?|py|json|md|ya?ml|toml|sh))"
    r"(?::(?P<line>\d+))?(?P<patched>\]?(?:\([^)]*\))? \(patched\))?(?![\w/])"
)
_NEW = re.compile(r"\bnew\b|not found|to be written")
_OURS = ("PATCHES/", "docs/remediation/", "../", "infrastructure/", "reports/", "data/policies/")
_SCRIPT = re.compile(r"\b(?:npm|pnpm) run ([\w:-]+)")
_REMOVED = re.compile(r"\b(?:npm uninstall|pnpm remove|pip uninstall) ([\w@/.-]+)")
_METRIC = re.compile(r"\b[a-z]+(?:_[a-z]+)+_(?:total|seconds|bytes|size|count|bucket)\b")
_REST = re.compile(r"(?P<path>.+?)(?::(?P<line>\d+))?(?P<patched> \(patched\))?")


@pytest.fixture(params=sample.sample_names(), scope="module")
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return a run on each of the samples."""
    name, folder = str(request.param), tmp_path_factory.mktemp("named")
    found = sample.sample_inputs(name)
    repo = sample.materialise_sample(folder / "repo", name)
    out = folder / "out"
    return open_run(found.audit, repo, found.profiles, out=out, references="syntax")


def said(run: Run) -> str:
    """Return the report without its diffs, whose paths the patches hold."""
    return _DIFF.sub("", markdown_report(run.plan))


def manifests(snapshot: Snapshot) -> list[dict[str, dict[str, str]]]:
    """Return every ``package.json`` of the tree."""
    paths = [path for path in snapshot.files if Path(path).name == "package.json"]
    return [json.loads(snapshot.text(path)) for path in paths]


def invented(run: Run) -> Iterator[str]:
    """Yield each path with its line that is neither in the tree, nor new, nor the audit's."""
    snapshot = run.snapshot
    audit = json.dumps([finding.evidence + finding.fix for finding in run.plan.audit.findings])
    new = {each.path for item in run.plan.remediations for each in item.tests_required if each.new}
    new |= {path for item in run.plan.remediations for path in item.patch.files}
    rows = said(run).splitlines()
    new |= {found["path"] for row in rows if _NEW.search(row) for found in _PATH.finditer(row)}
    for row in rows:
        for match in _PATH.finditer(row):
            path, line = match["path"], int(match["line"] or 1)
            if path in snapshot:
                known = line <= len(snapshot.text(path).splitlines()) or match["patched"]
            else:
                ends = any(file.endswith(f"/{path}") for file in snapshot.files)
                known = ends or path in new or path in audit or path.startswith(_OURS)
                known = known or path in (snapshot.get("package.json") or "")
            if not known:
                yield match[0]


def test_every_path_and_line_is_there_or_new(run: Run) -> None:
    """Of files in the tree the line is there too; what a patch brings says that it is patched."""
    assert sorted(set(invented(run))) == []


def test_every_command_is_one_that_the_target_has(run: Run) -> None:
    """Scripts are declared, and what is to be uninstalled is installed."""
    text = said(run)
    scripts = {name for each in manifests(run.snapshot) for name in each.get("scripts", {})}
    packages = {
        name
        for each in manifests(run.snapshot)
        for kind in ("dependencies", "devDependencies")
        for name in each.get(kind, {})
    }
    assert set(_SCRIPT.findall(text)) <= scripts
    assert set(_REMOVED.findall(text)) <= packages


def test_every_metric_is_registered_or_asked_for(run: Run) -> None:
    """An alert or a panel on a metric that nobody counts would be silent for ever."""
    offered = "\n".join(text for each in run.plan.advice for text in each.files.values())
    proposed = "".join(
        str(edited)
        for each in run.plan.advice
        for proposal in each.proposals
        for edited in proposal.edits.values()
    )
    asked = " ".join(f"{each.problem} {each.fix}" for each in run.plan.audit.findings)
    tree = "".join(run.snapshot.text(path) for path in run.snapshot.files)
    names = {name.removesuffix("_bucket") for name in _METRIC.findall(said(run) + offered)}
    assert {name for name in names if name not in tree + proposed + asked} == set()


def test_every_sentence_rests_on_lines_that_are_there(run: Run) -> None:
    """The details JSON names lines of the tree, patched ones as such, or the audit's own words."""
    snapshot = run.snapshot
    issues = json.loads(details_text(run.plan))["issues"]
    rests = [
        line
        for issue in issues.values()
        for several in issue["rests"].values()
        for each in several
        for line in each["lines"]
    ]
    assert len(rests) > len(issues)
    for each in rests:
        found = _REST.fullmatch(each)
        if each.startswith("audit: ") or found is None or found["patched"]:
            continue
        assert found["path"] in snapshot, each
        assert int(found["line"] or 1) <= len(snapshot.text(found["path"]).splitlines()), each
