"""No edit of Python makes the half of a change that does not run without its other half."""

from __future__ import annotations

import pytest

from mendbook.fixes.instruction.checks.half_made import half_made
from mendbook.repository.snapshot import Snapshot

_QUEUE = """class Queue:
    def __init__(self):
        self._carts = []

    def take(self):
        return self._carts.pop(0)
"""
_GROUPS = """def groups(cows):
    herds = {}
    for cow in cows:
        if cow.farm not in herds:
            herds[cow.farm] = []
        herds[cow.farm].append(cow)
    return herds
"""
_MILK = """def milk(cows, done=[]):
    done.append(len(cows))
    return done
"""
_CLOCK = """from datetime import datetime, timezone

NOW = datetime.now()
"""


@pytest.mark.parametrize(
    ("text", "old", "new", "said", "reason"),
    [
        (_QUEUE, ".pop(0)", ".popleft()", "popleft", "`self._carts` is a list, and has no popleft"),
        (
            _GROUPS,
            "herds[cow.farm].append",
            "herds.setdefault(cow.farm, []).append",
            "setdefault",
            "the test before `herds.setdefault(cow.farm, …)` would be left without use",
        ),
        (_MILK, "done=[]", "done=None", "None", "milk reads done, which would be None"),
        (
            _CLOCK,
            "datetime.now()",
            "timezone.utc()",
            "timezone.utc has to be passed to now",
            "`timezone.utc` is to be passed, and would be called",
        ),
    ],
)
def test_a_half_is_told(text: str, old: str, new: str, said: str, reason: str) -> None:
    """The sentence says what would be left over, or would not run."""
    edits = {"farm.py": text.replace(old, new)}
    assert half_made(said, Snapshot.of({"farm.py": text}), edits) == reason


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (_QUEUE, _QUEUE.replace("[]", "deque()").replace("pop(0)", "popleft()")),
        (_MILK, _MILK.replace("[]):", "None):\n    done = done or []")),
        (_CLOCK, _CLOCK.replace("now()", "now(timezone.utc)")),
        (_GROUPS, _GROUPS.replace("cow.farm", "cow.barn")),
    ],
)
def test_a_whole_change_is_none(text: str, after: str) -> None:
    """Both halves, or another change."""
    assert half_made("Do it", Snapshot.of({"farm.py": text}), {"farm.py": after}) == ""
