"""Orders that are known by their code and by which words may stand beside it, in any order."""

from __future__ import annotations

from pathlib import Path

import pytest
from instruction_cases import Case, check, wordings_of


@pytest.mark.parametrize("case", [*wordings_of(Path(__file__).parent / "any_order")])
def test_makes_what_any_order_of_the_words_asks_for(case: Case) -> None:
    """Each text makes the same edit, and what only looks like it is refused."""
    check(case)
