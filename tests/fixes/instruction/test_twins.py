"""Two like things stand in one file, and the text, or only the evidence, tells which one is meant.

Two objects of options, two calls, comparisons, members, listeners or routes: the one that is meant
changes, the other stays; where nothing tells them apart, nothing changes.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from instruction_cases import Case, check, wordings_of

HERE = Path(__file__).parent / "twins"


@pytest.mark.parametrize("case", list(wordings_of(HERE)))
def test_of_two_like_things_the_one_that_is_meant_changes(case: Case) -> None:
    """Exactly what is asked changes; a text that tells neither changes nothing."""
    check(case)
