"""The same order in the voices of many writers: notes, questions, statements, arrows, code alone.

Each file holds one operation on one piece of code, and texts that different people write for it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from instruction_cases import Case, check, wordings_of

HERE = Path(__file__).parent / "voices"


@pytest.mark.parametrize("case", list(wordings_of(HERE)))
def test_the_voice_of_a_text_does_not_matter(case: Case) -> None:
    """Exactly the expected files change; a text that tells too little changes nothing."""
    check(case)
