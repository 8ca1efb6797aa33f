"""An error that names something unknown names what was probably meant."""

from __future__ import annotations

import pytest

from mendbook.text.closest import did_you_mean


@pytest.mark.parametrize(
    ("written", "known", "said"),
    [
        ("tets", ["typecheck", "lint", "test"], "; did you mean 'test'?"),
        ("SEC-01", ["SEC-001", "PERF-001"], "; did you mean 'SEC-001'?"),
        ("sec-001", ["SEC-001"], "; did you mean 'SEC-001'?"),
        ("deploy", ["typecheck", "lint", "test"], ""),
        ("x", [], ""),
    ],
)
def test_the_nearest_known_name_is_offered(written: str, known: list[str], said: str) -> None:
    """Near in letters, whatever their case; nothing where nothing is near."""
    assert did_you_mean(written, known) == said
