"""Orders to scripts that are read by the roles of their words: each edit in several sentences.

Each file of ``roles`` is a small tree, and the kinds of edits that texts ask of it, with texts
that look alike and must not be carried out.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from instruction_cases import Case, check, wordings_of

HERE = Path(__file__).parent / "roles"


@pytest.mark.parametrize("case", list(wordings_of(HERE)))
def test_an_order_is_read_by_the_roles_of_its_words(case: Case) -> None:
    """Each sentence makes the edit of its kind, and no other; what is unclear makes none."""
    check(case)
