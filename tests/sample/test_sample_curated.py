"""The sample's curated patches and override: what a person decided is in its plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook import open_run, project
from mendbook.finding_names import FindingNames
from mendbook.fixes.sources.curated import read_curated, unmatched_patches
from mendbook.model import Rung
from mendbook.run.run import Run
from mendbook.sample import materialise_sample, sample_inputs

FOLDER = project.data() / "overrides/audit-2026-11-02-0930"
CURATED = [
    "ARCH-001",
    "CQ-002",
    "PERF-001",
    "PERF-005",
    "RT-002",
    "RT-003",
    "RT-004",
    "SEC-001",
    "SEC-003",
]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return a run of the sample as a newcomer makes it, who stands in the checkout."""
    folder = tmp_path_factory.mktemp("curated")
    target = materialise_sample(folder / "server")
    inputs = sample_inputs()
    with pytest.MonkeyPatch.context() as here:
        here.chdir(project.data().parent)
        return open_run(inputs.audit, target, inputs.profiles, out=folder / "out")


def test_every_curated_patch_stands_in_the_series(run: Run) -> None:
    """Each curated patch applies at its place in the series, and no recipe's is lost to it."""
    rungs = {patch.finding_id: patch.rung for patch in run.series if patch.source == "curated"}
    assert rungs == dict.fromkeys(CURATED, Rung.BINDS)
    outlined = {patch.finding_id for patch in run.series if patch.rung is Rung.OUTLINE}
    proposed = {each.finding_id for each in run.proposed if each.proposal}
    assert not outlined & proposed


def test_no_curated_patch_is_astray(run: Run) -> None:
    """Each patch file is for the one finding that it is named after, and says what it does."""
    patches = read_curated(FOLDER)
    assert [patch.fixes for patch in patches] == [(name,) for name in CURATED]
    assert [Path(patch.name).stem for patch in patches] == CURATED
    assert unmatched_patches(patches, FindingNames.of(run.audit.findings)) == ()


def test_override_stands_in_the_estimate(run: Run) -> None:
    """The hours that a person decided replace the estimate, and the plan says who did."""
    assert run.overrides.expired == ()
    estimate = next(each for each in run.estimates if each.finding_id == "CQ-001")
    assert estimate.likely == 5.0
    assert estimate.source.startswith("Mara Lindqvist decided, instead of 3 h (")
