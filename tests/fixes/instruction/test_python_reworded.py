"""Forms of Python that a text comes to only when it is said in plain imperatives."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

DECK = '''\
"""Ferry."""
from dataclasses import dataclass, field

from fastapi import HTTPException


@dataclass
class LineKey:
    name: str
    side: str


@dataclass
class Trip:
    key: LineKey
    stops: list[str] = field(default_factory=list)


def lend(db, boats: int, line: str) -> int:
    """Lend boats."""
    taken = min(boats, db.free(line))
    db.take(line, taken)
    return taken


def hire(db, line):
    if not db.free(line):
        raise HTTPException(status_code=409, detail="line is full")
    return db.hire(line)


def cheapest(offers):
    return sorted(offers, key=lambda o: (o.cents, o.days))[0]


def per_line(trips):
    counts = {}
    for trip in trips:
        name = trip.key.name
        if name in counts:
            counts[name] += 1
        else:
            counts[name] = 1
    return counts


def copy(source, target):
    with open(source, newline="") as handle:
        text = handle.read()
    with open(target, "w") as handle:
        handle.write(text)
'''
_IMPORTS = "from dataclasses import dataclass, field\n"
_GUARD = {
    '"""Lend boats."""\n': '"""Lend boats."""\n    if boats < 1:\n'
    '        raise ValueError("boats must be positive")\n'
}
_COUNTING = """\
    counts = {}
    for trip in trips:
        name = trip.key.name
        if name in counts:
            counts[name] += 1
        else:
            counts[name] = 1
    return counts
"""
_COUNTED = {
    _IMPORTS: f"from collections import Counter\n{_IMPORTS}",
    _COUNTING: "    return Counter(trip.key.name for trip in trips)\n",
}
_CONFLICT = {
    "from dataclasses import dataclass, field\n": "from dataclasses import dataclass, field\n"
    "from http import HTTPStatus\n",
    "status_code=409": "status_code=HTTPStatus.CONFLICT",
}
_LEAST = {"sorted(offers, key=lambda o: (o.cents, o.days))[0]":
          "min(offers, key=lambda o: (o.cents, o.days))"}  # fmt: skip
_ENCODED = {
    'newline="")': 'newline="", encoding="utf-8")',
    '"w")': '"w", encoding="utf-8")',
}
_FROZEN = {"@dataclass\nclass LineKey": "@dataclass(frozen=True)\nclass LineKey"}


def _case(fix: str, edits: dict[str, str], evidence: str, function: str) -> Case:
    return Case(fix, fix, DECK, edits, evidence=evidence, function=function, path="ferry/deck.py")


CASES = [
    _case('Reject boats < 1 in lend() with ValueError("boats must be positive")', _GUARD,
          "taken = min(boats, db.free(line))", "lend"),
    _case("HTTPStatus.CONFLICT (from http) instead of 409", _CONFLICT,
          'raise HTTPException(status_code=409, detail="line is full")', "hire"),
    *(
        _case(fix, _LEAST, "return sorted(offers, key=lambda o: (o.cents, o.days))[0]", "cheapest")
        for fix in ("min() with the same key does it", "Use min with the same key")
    ),
    *(
        _case(fix, _COUNTED, "if name in counts:", "per_line")
        for fix in ("Use collections.Counter", "Count with collections.Counter")
    ),
    _case("counts should be a defaultdict(int)",
          {_IMPORTS: f"from collections import defaultdict\n{_IMPORTS}",
           "counts = {}": "counts = defaultdict(int)"}, "counts = {}", "per_line"),
    *(
        _case(fix, _ENCODED, 'with open(source, newline="") as handle:', "copy")
        for fix in ('Give both open() calls encoding="utf-8"',
                    'Pass encoding="utf-8" to both open calls')
    ),
    *(
        _case(fix, _FROZEN, "@dataclass\nclass LineKey:", "LineKey")
        for fix in ("Freeze LineKey: @dataclass(frozen=True)",
                    "Use @dataclass(frozen=True) for LineKey")
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_form_is_found_behind_other_words(case: Case) -> None:
    """What a reviewer says in passing is read as the form of Python that it means."""
    check(case)
