"""What a run depends on is told apart, and reaches a notebook as it was given."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.errors import UsageError
from mendbook.run.inputs import Inputs
from mendbook.run.run import open_run


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


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"capacity": 0}, "capacity 0: a sprint needs more than 0 hours"),
        ({"references": "guess"}, "references 'guess': choose auto, exact or syntax"),
    ],
)
def test_parameters_that_make_no_plan_are_refused(changes: dict[str, object], said: str) -> None:
    """Before anything is read."""
    with pytest.raises(UsageError, match=f"^{said}$"):
        Inputs(Path("audit.json"), **changes)  # type: ignore[arg-type]
