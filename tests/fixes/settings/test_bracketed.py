"""Settings said in words and shown in brackets, below a block that the sentence begins with."""

from __future__ import annotations

import pytest
from test_settings_reader import answer, changed

BARN = """\
global:
  resolve_timeout: 5m
route:
  receiver: 'barn'
receivers:
  - name: 'barn'
"""
FERRY = """\
ferry:
  crossing:
    max-load: 40
  bell:
    volume: 3
"""
CLINIC = """\
clinic:
  intake:
    maxPatients: 12
"""
ORCHARD = """\
press:
  juice_litres: 5
store:
  shelf_days: 90
"""
MILL = """\
mill:
  grind:
    stone_gap: 2
  sieve:
    mesh: 40
"""


@pytest.mark.parametrize(
    ("text", "evidence", "fix", "rows"),
    [
        (
            BARN,
            "receiver: 'barn'",
            "Under route, sort the alarms by herd and stall (group_by: ['herd', 'stall']) and set"
            " repeat_interval to 4h.",
            ["+  group_by: ['herd', 'stall']", "+  repeat_interval: 4h"],
        ),
        (
            BARN,
            "receiver: 'barn'",
            "Under route, wait longer before saying it again (repeat_interval: 4h).",
            ["+  repeat_interval: 4h"],
        ),
        (
            FERRY,
            "max-load: 40",
            "Under crossing, let fewer cars on board (max-load: 32) and set min-crew to 4.",
            ["-    max-load: 40", "+    max-load: 32", "+    min-crew: 4"],
        ),
        (
            CLINIC,
            "maxPatients: 12",
            "Inside intake, see fewer people an hour (maxPatients: 8).",
            ["-    maxPatients: 12", "+    maxPatients: 8"],
        ),
        (
            ORCHARD,
            "shelf_days: 90",
            "Throw the apples out sooner (shelf_days: 30).",
            ["-  shelf_days: 90", "+  shelf_days: 30"],
        ),
        (
            MILL,
            "stone_gap: 2",
            "Under grind, set stone_gap: 3 and flour_type to 550",
            ["-    stone_gap: 2", "+    stone_gap: 3", "+    flour_type: 550"],
        ),
    ],
)
def test_shown_in_brackets_is_set(text: str, evidence: str, fix: str, rows: list[str]) -> None:
    """The value shown is what the words ask for, in the block that is named."""
    assert sorted(changed("farm.yml", text, fix, evidence)) == sorted(rows)


@pytest.mark.parametrize(
    "fix",
    [
        "Throw the apples out sooner than now (shelf_days: 60).",
        "Apples are kept for too long (shelf_days: 60).",
        "Apples rot on the shelf (shelf_days: 60).",
        "The apples rot (shelf_days: 60).",
        "Do not keep the apples longer (shelf_days: 60).",
        "Keep the apples for less (default: 60).",
        "Under store, set quality to 3.",
    ],
)
def test_what_may_be_no_value_is_left(fix: str) -> None:
    """The value there is, one that is denied, or a key that may be a word: none is written."""
    assert isinstance(answer("farm.yml", ORCHARD, fix, "shelf_days: 90"), str)
