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


CONTEXT = {
    "src/Herd.jsx": (
        "import { createContext, useContext, useMemo } from 'react'\n"
        "export const HerdContext = createContext(null)\n"
        "export function HerdProvider({ children }) {\n"
        "  const feed = (cow) => store(cow)\n"
        "  const milk = (cow) => feed(cow)\n"
        "  const value = useMemo(() => ({ feed, draw: milk }), [])\n"
        "  return <HerdContext.Provider value={value}>{children}</HerdContext.Provider>\n"
        "}\n"
        "export const useHerd = () => {\n"
        "  const herd = useContext(HerdContext)\n"
        "  if (!herd) throw new Error('no herd')\n"
        "  return herd\n"
        "}\n"
    ),
    "src/Barn.jsx": (
        "import { useHerd } from './Herd'\n"
        "export function Barn() {\n"
        "  const { feed } = useHerd()\n"
        "  return <Stall feed={feed} onOpen={() => feed('Erna')} />\n"
        "}\n"
    ),
    "src/Parlour.jsx": (
        "import { useContext } from 'react'\n"
        "import { HerdContext } from './Herd'\n"
        "import { TideContext } from './Tide'\n"
        "export function Parlour() {\n"
        "  const { draw } = useContext(HerdContext)\n"
        "  const { feed } = useContext(TideContext)\n"
        "  feed()\n"
        "  return draw('Berta')\n"
        "}\n"
    ),
    "src/Tide.jsx": "export const TideContext = createContext(null)\n",
}


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [
        (
            "feed",
            [
                "src/Barn.jsx:4 call",
                "src/Barn.jsx:4 read",
                "src/Herd.jsx:5 call",
                "src/Herd.jsx:6 read",
            ],
        ),
        ("milk", ["src/Herd.jsx:6 read", "src/Parlour.jsx:8 call"]),
    ],
)
def test_uses_go_through_the_context_that_a_component_provides(
    symbol: str, expected: list[str]
) -> None:
    """By ``useContext`` or a hook around it; another context's member of that name is no use.

    What a component is given under a name is no use of a function that is called so.
    """
    about = finding("F", file="src/Herd.jsx", symbols=(symbol,))
    (row,) = find_references([about], Snapshot.of(CONTEXT)).by_finding["F"]
    assert sorted(f"{use.file}:{use.line} {use.kind}" for use in row.references) == expected
