"""A removal that only the quote points at is a draft where its like stands beside it."""

from __future__ import annotations

import pytest
from instruction_cases import Case, read

from mendbook.model import Proposal

TOWER = """\
import { radio } from './radio';

export function clear(plane: Plane) {
  console.log('plane', plane.id);
  console.log('strip', plane.strip);
  radio.tell(plane.first);
  return plane.land();
}
"""
QUOTED = "console.log('plane', plane.id);"
DOUBTED = [
    ("Remove the log statement.", True),
    ("Remove the log statement of the plane.", True),
    ("Remove `console.log('plane', plane.id)`.", False),
    ("Remove the first log statement.", False),
    ("Remove both log calls.", False),
]


@pytest.mark.parametrize(("fix", "doubted"), DOUBTED)
def test_the_like_of_what_goes_makes_a_draft(fix: str, doubted: bool) -> None:
    """Words that name, count or tell apart are sure; the quote alone is not."""
    answer = read(Case("tower", fix, TOWER, evidence=QUOTED, function="clear", path="src/tower.ts"))
    assert isinstance(answer, Proposal), answer.reason
    left = [one for each in answer.contracts for one in each.open]
    assert any("another of the same shape" in one for one in left) is doubted
