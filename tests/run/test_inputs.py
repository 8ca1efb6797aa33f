"""Inputs and stages: what a run depends on is told apart, saved once, and survives damage."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.errors import InputError
from mendbook.model import Profiles, Skipped
from mendbook.run.inputs import Inputs
from mendbook.run.stage_cache import Stages
from mendbook.run.stages import open_run


def test_two_profiles_of_one_name_count_apart(tmp_path: Path) -> None:
    """A change of either is a change of the run."""
    for folder, text in (("a", "1"), ("b", "2")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.prom").write_text(text)
    paths = (tmp_path / "a/x.prom", tmp_path / "b/x.prom")
    hashes = Inputs(tmp_path / "audit.json", profiles=paths).hashes(tmp_path / "none")
    assert [name for name in hashes if "profile" in name] == [
        "profile x.prom",
        "profile x.prom (2)",
    ]
    assert hashes["profile x.prom"] != hashes["profile x.prom (2)"]


def test_inputs_reach_a_notebook_as_they_were_given(tmp_path: Path) -> None:
    """``open_run`` on the parameters gives the same inputs again."""
    (tmp_path / "audit.json").write_text('{"findings": []}')
    given = open_run(tmp_path / "audit.json", capacity=12.5, references="syntax", out=tmp_path)
    again = open_run(**given.inputs.parameters(), out=tmp_path)
    assert again.inputs == given.inputs
    assert again.key == given.key


def test_another_capacity_is_another_run(tmp_path: Path) -> None:
    """No stage is read back for parameters it was not computed with."""
    (tmp_path / "audit.json").write_text('{"findings": []}')
    keys = {open_run(tmp_path / "audit.json", capacity=hours, out=tmp_path).key for hours in (1, 2)}
    assert len(keys) == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"capacity": 0}, "capacity 0: a sprint needs more than 0 hours"),
        ({"references": "guess"}, "references 'guess': choose auto, exact or syntax"),
    ],
)
def test_parameters_that_make_no_plan_are_refused(changes: dict[str, object], said: str) -> None:
    """Before anything is read."""
    with pytest.raises(InputError, match=f"^{said}$"):
        Inputs(Path("audit.json"), **changes)  # type: ignore[arg-type]


def test_a_stage_is_computed_once_and_again_when_its_file_is_damaged(tmp_path: Path) -> None:
    """Saved, read back, and never trusted when it cannot be decoded."""
    told: list[str] = []
    stages = Stages(tmp_path / "key", told.append)
    made = Profiles(sources=("a.prom",), not_run=(Skipped("b", "no"),))
    assert stages.computed("profiles", Profiles, lambda: made) == made
    assert stages.computed("profiles", Profiles, Profiles) == made
    (tmp_path / "key/profiles.json").write_text('{"functions": [')
    assert stages.computed("profiles", Profiles, lambda: made) == made
    assert told == ["profiles", "profiles"]
    assert [path.name for path in (tmp_path / "key").iterdir()] == ["profiles.json"]
