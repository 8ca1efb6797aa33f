"""Foreign text that stands in commit messages, file names and sketches."""

from __future__ import annotations

import pytest

from mendbook.text.plain import without_ticks


@pytest.mark.parametrize(
    ("quoted", "code"),
    [
        ("`tide = gauge.read()`", "tide = gauge.read()"),
        ("``tide = gauge.read()``", "tide = gauge.read()"),
        (" `SELECT 1`\n", "SELECT 1"),
        ("`a()` and `b()`", "`a()` and `b()`"),
        ("`a()`, twice", "`a()`, twice"),
        ("`${bay}/${pier}`", "`${bay}/${pier}`"),
        ("```\nx()\n```", "```\nx()\n```"),
        ("``x`", "``x`"),
        ("` `", "` `"),
        ("x()", "x()"),
        ("", ""),
    ],
)
def test_one_code_span_is_its_code(quoted: str, code: str) -> None:
    """Only marks around the whole text are taken away, and no template loses its own."""
    assert without_ticks(quoted) == code
