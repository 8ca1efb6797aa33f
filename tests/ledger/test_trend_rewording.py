"""A trend knows a finding again that a later run of a model says in other words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from conftest import MakeRepository
from harbour import finding, harbour_at
from mendbook.intake.rewording import Said
from mendbook.ledger.frames import runs_frame
from mendbook.ledger.open_trend import open_trend
from mendbook.ledger.shelf import Shelf
from mendbook.ledger.trace import matched
from mendbook.ledger.trend_words import trend_words

FIRST = "The draught of the ship is never compared with the depth of the berth, so ships ground."
AGAIN = "Ships ground because the depth of the berth is never compared with the ship's draught."
OTHER = "The length is halved with a division that loses centimetres, and berths overlap."


def test_a_finding_said_anew_is_still_there(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """It is neither gone nor new, the run says how many are so, and another fault stays one."""
    harbour = harbour_at(tmp_path, make_repository)
    for said, name in ((FIRST, "H-1"), (AGAIN, "R-7"), (OTHER, "R-1")):
        harbour.write([finding(name, "src/berth.py:2", problem=said)])
        harbour.run()
        harbour.clock.now += dt.timedelta(days=1)
    trend = open_trend(harbour.out)
    (line,) = trend.lines
    points = [(one.open, one.new, one.gone, one.moved, one.reworded) for one in line.points]
    assert points == [(1, 0, 0, 0, 0), (1, 0, 0, 0, 1), (1, 1, 1, 0, 0)]
    assert [(one.id, one.runs, one.is_open) for one in line.findings] == [
        ("R-7", 2, False),
        ("R-1", 1, True),
    ]
    assert list(runs_frame(trend)["reworded"]) == [0, 1, 0]
    head, *rows = trend_words(trend).splitlines()[1:5]
    at = head.split().index("reworded")
    assert [row.split()[at] for row in rows] == ["0", "1", "0"]


def test_a_trace_of_an_older_version_pairs_nothing(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """What it does not say is not guessed: one gone, one new."""
    harbour = harbour_at(tmp_path, make_repository)
    for said, name in ((FIRST, "H-1"), (AGAIN, "R-7")):
        harbour.write([finding(name, "src/berth.py:2", problem=said)])
        harbour.run()
        harbour.clock.now += dt.timedelta(days=1)
    before, after = (one.findings[0] for one in Shelf(harbour.out).traces())
    old = replace(before, said=Said())
    assert len(matched([before], [after]).reworded) == 1
    found = matched([old], [after])
    assert (found.gone, found.new, found.reworded) == ((old,), (after,), ())
