"""Texts of any sentence that their code, their verb and the quote say all of; and what they do not.

Each schema has texts in scripts, Python, Go and Java, and as many that look alike and ask for
nothing, for something else, for two things, or for another place.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from instruction_cases import Case, check, wordings_of

HERE = Path(__file__).parent / "synthesis"


@pytest.mark.parametrize("case", list(wordings_of(HERE)))
def test_the_one_edit_that_a_text_can_mean_is_made(case: Case) -> None:
    """Exactly the expected files change; a text that may mean something else changes nothing."""
    check(case)
