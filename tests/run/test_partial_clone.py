"""What a run does where a partial clone lacks files."""

from __future__ import annotations

import pytest

from mendbook.errors import RepositoryError
from mendbook.model import Dimension, Finding, Place, PlaceKind, Severity, Status
from mendbook.repository.snapshot import ABSENT, Snapshot
from mendbook.run.steps import refuse_absent

SNAPSHOT = Snapshot("0" * 40, {"src/map.py": "tiles = []\n"}, unread={"src/film.py": ABSENT})


def naming(path: str, status: Status = Status.OPEN) -> Finding:
    """Return a finding at ``path``."""
    return Finding(
        id="M-1",
        severity=Severity.HIGH,
        dimension=Dimension.OTHER,
        file=path,
        function="",
        problem="Tiles are drawn twice.",
        evidence="",
        impact="",
        fix="",
        complexity="",
        places=(Place(path, PlaceKind.FILE),),
        status=status,
    )


@pytest.mark.parametrize("path", ["src/film.py", "film.py"])
def test_a_finding_in_a_file_that_is_not_there_is_refused(path: str) -> None:
    """Nothing could be said of it; one line names the file, the finding and the remedy."""
    with pytest.raises(RepositoryError) as refused:
        refuse_absent([naming(path)], SNAPSHOT)
    assert str(refused.value) == (
        "src/film.py: finding M-1 names it, and its object is not in this clone; "
        "clone the repository whole, without --filter"
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [("src/map.py", Status.OPEN), ("src/film.py", Status.FIXED), ("x.py", Status.OPEN)],
)
def test_files_that_no_open_finding_names_may_be_missing(path: str, status: Status) -> None:
    """They are left out with a note, and the plan is made."""
    refuse_absent([naming(path, status)], SNAPSHOT)
