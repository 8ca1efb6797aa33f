"""Loops, conditions and blocks of Python by another idiom, derived from the code itself."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

LOOPS = {
    "wet": "for sack in sacks:\n        if sack.wet:\n            return True\n    return False",
    "dry": "for sack in sacks:\n        if sack.wet:\n            return False\n    return True",
    "heavy": "for sack in sacks:\n        if sack.kilos > 50:\n            return sack\n"
    "    return None",
    "weight": "total = 0\n    for sack in sacks:\n        total += sack.kilos\n    return total",
    "kinds": "counts: dict[str, int] = {}\n    for sack in sacks:\n"
    "        if sack.kind not in counts:\n            counts[sack.kind] = 0\n"
    "        counts[sack.kind] += 1\n    return counts",
    "piles": "piles = {}\n    for sack in sacks:\n        if sack.kind not in piles:\n"
    "            piles[sack.kind] = []\n        piles[sack.kind].append(sack)\n    return piles",
    "names": "out = []\n    for sack in sacks:\n        if sack.torn:\n            continue\n"
    "        out.append(sack.name)\n    return out",
    "marks": "out = {}\n    for sack in sacks:\n        out[sack.mark] = sack\n    return out",
    "text": 'out = ""\n    for sack in sacks:\n        out += sack.name\n    return out',
    "best": "best = sacks[0]\n    for sack in sacks:\n        if sack.kilos > best.kilos:\n"
    "            best = sack\n    return best",
    "twice": "total = 0\n    for sack in sacks:\n        total += sack.kilos\n"
    "        sack.weighed = True\n    return total",
    "waits": "for sack in sacks:\n        if await sack.wet():\n            return True\n"
    "    return False",
    "numbers": "for i in range(len(sacks)):\n        print(i, sacks[i])",
    "pairs": "for i in range(len(sacks)):\n        print(sacks[i], labels[i])",
    "table": "for key in prices:\n        print(key, prices[key])",
    "grows": "for key in prices:\n        prices[key] = prices[key] + 1",
}
ASKED = [
    ("Use any()", "wet", "return any(sack.wet for sack in sacks)"),
    ("Return any(...) over the sacks instead of looping", "wet",
     "return any(sack.wet for sack in sacks)"),
    ("Replace the loop with all()", "dry", "return all(not sack.wet for sack in sacks)"),
    ("Use next() with a default", "heavy",
     "return next((sack for sack in sacks if sack.kilos > 50), None)"),
    ("Use `sum()` over a generator", "weight", "return sum(sack.kilos for sack in sacks)"),
    ("Return sum(one.kilos for one in sacks)", "weight",
     "return sum(sack.kilos for sack in sacks)"),
    ("Turn the loop into a list comprehension", "names",
     "return [sack.name for sack in sacks if not sack.torn]"),
    ("Use a dict comprehension", "marks", "return {sack.mark: sack for sack in sacks}"),
    ('Build the text with "".join(...)', "text", 'return "".join(sack.name for sack in sacks)'),
    ("Use max() with a key", "best", "return max(sacks, key=lambda sack: sack.kilos)"),
    ("Iterate with enumerate(sacks)", "numbers",
     "for i, sack in enumerate(sacks):\n        print(i, sack)"),
    ("Use zip(sacks, labels) instead of the index", "pairs",
     "for sack, label in zip(sacks, labels):\n        print(sack, label)"),
    ("for name, price in prices.items()", "table",
     "for name, price in prices.items():\n        print(name, price)"),
]  # fmt: skip
WITH_IMPORTS = [
    ("Replace the loop with collections.Counter over sack.kind", "kinds",
     "from collections import Counter", "return Counter(sack.kind for sack in sacks)"),
    ("Use defaultdict(list)", "piles", "from collections import defaultdict",
     "piles = defaultdict(list)\n    for sack in sacks:\n        piles[sack.kind].append(sack)\n"
     "    return piles"),
    ("Use setdefault instead of the membership test", "piles", "",
     "piles = {}\n    for sack in sacks:\n"
     "        piles.setdefault(sack.kind, []).append(sack)\n    return piles"),
]  # fmt: skip
REFUSED = [
    ("Use sum()", "twice", "`sum` stands for"),
    ("Use any()", "waits", "`any` stands for"),
    ("Use a list comprehension", "piles", "stands for"),
    ("Use items()", "grows", "`items` stands for"),
]


def _code(loop: str) -> str:
    lead = "async def" if "await" in LOOPS[loop] else "def"
    return f"import mill\n\n\n{lead} {loop}(sacks, labels, prices):\n    {LOOPS[loop]}\n"


def _case(fix: str, loop: str, edits: dict[str, str], refuses: str = "") -> Case:
    return Case(
        f"{loop}: {fix[:24]}",
        fix,
        _code(loop),
        edits,
        refuses,
        evidence="\n".join(LOOPS[loop].split("\n")[:3]),
        function=loop,
        path="mill/sacks.py",
    )


@pytest.mark.parametrize(
    "case",
    [
        *(_case(fix, loop, {LOOPS[loop]: new}) for fix, loop, new in ASKED),
        *(
            _case(fix, loop, {LOOPS[loop]: new}
                  | ({"import mill\n": f"{line}\n\nimport mill\n"} if line else {}))
            for fix, loop, line, new in WITH_IMPORTS
        ),
        *(_case(fix, loop, {}, refuses) for fix, loop, refuses in REFUSED),
    ],
    ids=lambda case: case.name,
)  # fmt: skip
def test_a_loop_becomes_what_an_idiom_makes_of_it(case: Case) -> None:
    """The text only names the idiom; the loop itself says what it comes to, or why it does not."""
    check(case)


LOCKS = """import asyncio
import threading

_gate = asyncio.Lock()
_latch = threading.Lock()


async def lift(crane):
    await _gate.acquire()
    try:
        await crane.up()
        return await crane.read()
    finally:
        _gate.release()


def count(box):
    _latch.acquire()
    try:
        box.n += 1
    finally:
        box.seal()
        _latch.release()
    return box.n
"""
YARD = """import os


def sort(crate, yard, opts):
    if crate.open == True:
        return False
    if len(opts) == 0:
        return []
    if not crate.name in yard:
        return 1
    if yard.low <= crate.level and crate.level < yard.high:
        return 2
    if crate.code[:4] == "lot-":
        return 3
    text = "%s at %s" % (crate.name, yard)
    if "rate" in opts:
        rate = opts["rate"]
    else:
        rate = 1.0
    span = (crate.until - crate.since).seconds
    if not os.path.exists(yard.folder):
        os.makedirs(yard.folder)
    return text, rate, span
"""
BLOCKS = [
    ("Use `async with _gate:` in place of acquire() and try/finally", LOCKS, "lift",
     "await _gate.acquire()\n    try:",
     {"    await _gate.acquire()\n    try:\n": "    async with _gate:\n",
      "    finally:\n        _gate.release()\n": ""}, ""),
    ("Use the lock as a context manager", LOCKS, "count", "_latch.acquire()\n    try:", {}, "-"),
    ("Drop the == True", YARD, "sort", "if crate.open == True:",
     {"crate.open == True": "crate.open"}, ""),
    ("`if not opts` instead of the len()", YARD, "sort", "if len(opts) == 0:",
     {"len(opts) == 0": "not opts"}, ""),
    ("Use not in", YARD, "sort", "if not crate.name in yard:",
     {"not crate.name in yard": "crate.name not in yard"}, ""),
    ("yard.low <= crate.level < yard.high", YARD, "sort",
     "if yard.low <= crate.level and crate.level < yard.high:",
     {"yard.low <= crate.level and crate.level < yard.high":
      "yard.low <= crate.level < yard.high"}, ""),
    ('startswith("lot-")', YARD, "sort", 'if crate.code[:4] == "lot-":',
     {'crate.code[:4] == "lot-"': 'crate.code.startswith("lot-")'}, ""),
    ("Use an f-string instead of %", YARD, "sort", 'text = "%s at %s" % (crate.name, yard)',
     {'"%s at %s" % (crate.name, yard)': 'f"{crate.name} at {yard}"'}, ""),
    ('Replace the if/else with opts.get("rate", 1.0)', YARD, "sort",
     'if "rate" in opts:\n        rate = opts["rate"]',
     {'    if "rate" in opts:\n        rate = opts["rate"]\n    else:\n        rate = 1.0\n':
      '    rate = opts.get("rate", 1.0)\n'}, ""),
    ("Use total_seconds()", YARD, "sort", "(crate.until - crate.since).seconds",
     {".seconds": ".total_seconds()"}, ""),
    ("Drop the exists check and pass exist_ok=True", YARD, "sort",
     "if not os.path.exists(yard.folder):\n        os.makedirs(yard.folder)",
     {"    if not os.path.exists(yard.folder):\n        os.makedirs(yard.folder)\n":
      "    os.makedirs(yard.folder, exist_ok=True)\n"}, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    "case",
    [
        Case(fix[:40], fix, code, edits, "" if refuses != "-" else " ", evidence, function,
             "yard/crates.py")
        for fix, code, function, evidence, edits, refuses in BLOCKS
    ],
    ids=lambda case: case.name,
)  # fmt: skip
def test_a_statement_becomes_what_an_idiom_makes_of_it(case: Case) -> None:
    """What does the same is written the way the text names, wherever its words stand."""
    check(case)
