"""Methods that are put on a prototype are declared, and found where they are called."""

from __future__ import annotations

import pytest

from drawn_records import finding
from mendbook.code.references.find import find_references
from mendbook.repository.snapshot import Snapshot

FILES = {
    "lib/sluice.js": (
        "function Sluice() {}\n"
        "Sluice.prototype.open = function (width) {\n"
        "  return this.lift(width)\n"
        "}\n"
        "Sluice.prototype.lift = function (width) { return width }\n"
        "module.exports = Sluice\n"
    ),
    "lib/keeper.js": (
        "const Sluice = require('./sluice')\nconst one = new Sluice()\none.open(2)\n"
    ),
}


@pytest.mark.parametrize(
    ("symbol", "declared", "uses"),
    [
        ("Sluice.open", "lib/sluice.js:2", ["lib/keeper.js:3 call"]),
        ("Sluice.lift", "lib/sluice.js:5", ["lib/sluice.js:3 call"]),
    ],
)
def test_a_method_of_a_prototype_is_one(symbol: str, declared: str, uses: list[str]) -> None:
    """From another file, and on ``this`` in its own."""
    about = finding("F", file="lib/sluice.js", symbols=(symbol,))
    (row,) = find_references([about], Snapshot.of(FILES), provider="syntax").by_finding["F"]
    assert [f"{at.file}:{at.line}" for at in row.declarations] == [declared]
    assert [f"{use.file}:{use.line} {use.kind}" for use in row.references] == uses
