"""What a change can break is told by what the code around it does today, line by line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drawn_records import finding
from mendbook.changes.foreseen import foreseen
from mendbook.model import (
    Declaration,
    Evidence,
    EvidenceStatus,
    FindingFacts,
    Reference,
    ReferenceKind,
    Said,
    SymbolReferences,
    SymbolStatus,
    ground_of,
)
from mendbook.repository.snapshot import Snapshot

FILES = {
    "lock/gate.py": (
        "def open_gate(barge):\n"
        "    if barge.draft > 4:\n"
        "        raise TooDeep(barge)\n"
        "    return lift(barge)\n"
    ),
    "lock/keeper.py": (
        "def pass_through(barge):\n"
        "    open_gate(barge)\n"
        "\n"
        "def pass_slowly(barge):\n"
        "    try:\n"
        "        open_gate(barge)\n"
        "    except (LowWater, Frozen):\n"
        "        wait()\n"
    ),
    "mill/store.go": (
        "package mill\n"
        "func (s *Store) Close(id int) {\n"
        "\tdelete(s.sacks, id)\n"
        "\ts.Count()\n"
        "}\n"
        "func (s *Store) Count() int {\n"
        "\ts.mu.Lock()\n"
        "\tdefer s.mu.Unlock()\n"
        "\treturn len(s.sacks[0])\n"
        "}\n"
    ),
    "web/notice.ts": "export function notice() {\n  return 'No grain left'\n}\n",
    "web/notice.test.ts": "test('empty', () => {\n  expect(notice()).toBe('No grain left')\n})\n",
}


def at(file: str, line: int, *uses: Reference) -> FindingFacts:
    """Return the facts of a finding at ``line``, whose function is used at ``uses``."""
    symbol = SymbolReferences(
        "open_gate", SymbolStatus.RESOLVED, "exact", (Declaration(file, 1, 4),), uses
    )
    place = Evidence(EvidenceStatus.VERBATIM, file, line)
    return FindingFacts("F", (file,), symbols=(symbol,), evidence=place)


CALLS = (
    Reference("lock/keeper.py", 2, ReferenceKind.CALL, "pass_through"),
    Reference("lock/keeper.py", 6, ReferenceKind.CALL, "pass_slowly"),
)


@pytest.mark.parametrize(
    ("fix", "evidence", "known", "expected"),
    [
        (
            "Raise TooDeep when the water is low",
            "",
            at("lock/gate.py", 4, *CALLS),
            Said(
                "Calls that went through until now end with TooDeep when the water is low. It is"
                " thrown there already (lock/gate.py:3): callers meet no new kind of error.",
                (ground_of("lock/gate.py:3"),),
            ),
        ),
        (
            "Raise LowWater when the water is low",
            "",
            at("lock/gate.py", 4, *CALLS),
            Said(
                "Calls that went through until now end with LowWater when the water is low."
                " `pass_through` (lock/keeper.py:2) does not catch it: it goes on from there.",
                (ground_of("lock/keeper.py:2"),),
            ),
        ),
        (
            "Hold s.mu for the whole of Close",
            "",
            at("mill/store.go", 3),
            Said(
                "Of several that come at once, one waits for the other, where all went through"
                " until now. `Store.Count` (mill/store.go:6) takes s.mu too: a call while it is"
                " held never returns.",
                (ground_of("mill/store.go:6"),),
            ),
        ),
        (
            "Delete s.sacks[id] when the last sack is gone",
            "",
            at("mill/store.go", 3),
            Said(
                "Who looks for it in s.sacks afterwards finds no entry. `Store.Count`"
                " (mill/store.go:9) looks there.",
                (ground_of("mill/store.go:9"),),
            ),
        ),
        (
            "Call s.Close with the sack after the count",
            "len(s.sacks[0])",
            at("mill/store.go", 9),
            Said(
                "`s.Close` (mill/store.go:2) is called there for the first time: its errors and"
                " its time come on top.",
                (ground_of("mill/store.go:2"),),
            ),
        ),
        (
            "Shorten the message",
            "return 'No grain left'",
            at("web/notice.ts", 2),
            Said(
                "“No grain left” stands in web/notice.test.ts:2 too: what changes here must agree"
                " with it.",
                (ground_of("web/notice.test.ts:2"),),
            ),
        ),
        (
            "Add '; Secure; HttpOnly' to the cookie",
            "",
            at("web/notice.ts", 2),
            Said(
                "Browsers leave the cookie out on plain HTTP, except on localhost. Scripts of the"
                " page can no longer read the cookie."
            ),
        ),
    ],
)
def test_the_code_of_today_says_who_is_concerned(
    fix: str, evidence: str, known: FindingFacts, expected: Said
) -> None:
    """Errors thrown and caught, locks held twice, entries looked up, texts quoted elsewhere."""
    about = replace(finding("F", problem="No bound", fix=fix), evidence=evidence)
    assert expected in foreseen(about, known, Snapshot.of(FILES))
