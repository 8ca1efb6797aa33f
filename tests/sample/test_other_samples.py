"""The second and third sample: other stacks and other shapes of audit, planned as truthfully."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook import sample
from mendbook.cli import main
from mendbook.errors import UsageError
from mendbook.model import EvidenceStatus
from mendbook.repository import git
from mendbook.run.run import Run, open_run

OTHERS = sample.sample_names()[1:]


@pytest.fixture(params=OTHERS)
def name(request: pytest.FixtureRequest) -> str:
    """Return the name of each sample but the first."""
    return str(request.param)


@pytest.fixture
def run(name: str, tmp_path: Path) -> Run:
    """Return a run on the sample."""
    found = sample.sample_inputs(name)
    repo = sample.materialise_sample(tmp_path / "repo", name)
    return open_run(found.audit, repo, found.profiles, out=tmp_path / "out", references="syntax")


def test_there_are_a_web_api_in_python_and_a_workspace_of_pnpm() -> None:
    """Beside the server, which needs no name."""
    assert sample.sample_names() == ("server", "climbing", "orchard")
    assert sample.sample_inputs() == sample.sample_inputs("server")


def test_its_commit_is_the_same_everywhere(name: str, tmp_path: Path) -> None:
    """It holds the files of the sample's folder and no others, under the hash that is written."""
    found = sample.sample_inputs(name)
    repo = sample.materialise_sample(tmp_path / "repo", name)
    head = git.output(repo, "rev-parse", "HEAD").decode().strip()
    assert head == sample.read_history(found).commit
    listed = git.output(repo, "ls-files").decode().splitlines()
    files = [path for path in found.tree.rglob("*") if path.is_file()]
    assert sorted(listed) == sorted(path.relative_to(found.tree).as_posix() for path in files)
    assert sample.materialise_sample(tmp_path / "repo", name) == repo


def test_its_audit_tells_the_truth(run: Run) -> None:
    """Each finding quotes what stands in the file that it names, and none is closed."""
    assert len(run.findings) == 7
    assert {fact.evidence.status for fact in run.facts} == {EvidenceStatus.VERBATIM}
    lines = {finding.id: [place.line for place in finding.places] for finding in run.findings}
    for fact in run.facts:
        assert fact.evidence.file in fact.files
        assert lines[fact.finding_id] in ([None], [fact.evidence.line])


SURE = {
    "orchard": {"ORC-2", "ORC-4", "ORC-5", "ORC-7"},
    "climbing": {"WALL-2", "WALL-3", "WALL-5", "WALL-6"},
}
CHECKS = {
    "orchard": {"ruff check .", "mypy .", "pytest"},
    "climbing": {"pnpm run typecheck", "pnpm run test"},
}
FOREIGN = {
    "orchard": ("npm", "socket", "redis", "React"),
    "climbing": ("pytest", "socket", "redis", "FastAPI"),
}


def test_it_is_planned_in_its_own_words(run: Run, name: str) -> None:
    """Patches where they are sure, the target's own checks, and nothing of a stack it has not."""
    plan = run.plan
    assert len(plan.remediations) == 7
    patched = {item.finding_id for item in plan.remediations if item.patch.answers}
    assert patched >= SURE[name]
    assert {check.shown for check in plan.context.checks} == CHECKS[name]
    said = " ".join(
        f"{item.runtime_risk} {item.rollback} {' '.join(map(str, item.tests_required))}"
        for item in plan.remediations
    )
    said += " ".join(str(row) for advice in plan.advice for row in advice.rows)
    assert [word for word in FOREIGN[name] if word.lower() in said.lower()] == []


def test_a_name_that_no_sample_has_is_answered_with_the_nearest(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, and exit code 2."""
    with pytest.raises(UsageError, match="choose from server, climbing, orchard; did you mean"):
        sample.sample_inputs("orchards")
    monkeypatch.setattr("sys.argv", ["mendbook", "plan", "--sample", "--sample-name", "bakery"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    assert "--sample-name 'bakery': choose from server" in capsys.readouterr().err


def test_heat_stands_beside_effort_in_python_too(tmp_path: Path) -> None:
    """The orchard was measured for an evening; what the frost route waits for is hottest."""
    found = sample.sample_inputs("orchard")
    repo = sample.materialise_sample(tmp_path / "repo", "orchard")
    run = open_run(found.audit, repo, found.profiles, out=tmp_path / "out", references="syntax")
    heat = {each.finding_id: each.share for each in run.heat}
    assert heat["ORC-3"] == pytest.approx(0.53)
    assert heat["ORC-1"] == pytest.approx(0.125)
    assert heat["ORC-7"] == pytest.approx(0.345)
    assert heat["ORC-6"] == 0.0
