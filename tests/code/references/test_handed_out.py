"""What a hook hands out is used where its result is taken apart, kept, or called on at once."""

from __future__ import annotations

import pytest

from drawn_records import finding
from mendbook.code.references.find import find_references
from mendbook.repository.snapshot import Snapshot

FILES = {
    "src/useBerth.ts": (
        "export function useBerth() {\n"
        "  const moor = (ship: string) => {\n"
        "    tie(ship)\n"
        "  }\n"
        "  const lead = () => moor('pilot')\n"
        "  return { moor, guide: lead }\n"
        "}\n"
    ),
    "src/Quay.tsx": (
        "import { useBerth } from './useBerth'\n"
        "export function Quay() {\n"
        "  const { moor, guide: show } = useBerth()\n"
        "  show()\n"
        "  return <button onClick={() => moor('tug')} />\n"
        "}\n"
        "export function Other({ moor }) {\n"
        "  moor('raft')\n"
        "}\n"
    ),
    "src/Basin.tsx": (
        "import { useBerth as useIt } from './useBerth'\n"
        "export function Basin() {\n"
        "  const berth = useIt()\n"
        "  berth.moor('barge')\n"
        "  useIt().moor('punt')\n"
        "}\n"
    ),
}


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [
        (
            "useBerth.moor",
            [
                "src/Basin.tsx:4 call",
                "src/Basin.tsx:5 call",
                "src/Quay.tsx:5 call",
                "src/useBerth.ts:5 call",
                "src/useBerth.ts:6 read",
            ],
        ),
        ("lead", ["src/Quay.tsx:4 call", "src/useBerth.ts:6 read"]),
    ],
)
def test_uses_go_through_what_the_hook_returns(symbol: str, expected: list[str]) -> None:
    """Under its own name or another; a parameter of the same name is somebody else's."""
    about = finding("F", file="src/useBerth.ts", symbols=(symbol,))
    (row,) = find_references([about], Snapshot.of(FILES), provider="syntax").by_finding["F"]
    assert [f"{use.file}:{use.line} {use.kind}" for use in row.references] == expected
