"""State that a place changes is told with those who read and change it besides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drawn_records import finding
from mendbook.changes.shared_state import shared_state
from mendbook.changes.today import Today
from mendbook.model import Evidence, EvidenceStatus, FindingFacts
from mendbook.repository.snapshot import Snapshot

FILES = {
    "src/herd.ts": (
        "export function take(barn, order) {\n"
        "  switch (order.method) {\n"
        "    case 'stall':\n"
        "      barn.feedLog.push(order);\n"
        "      break;\n"
        "    case 'sweep':\n"
        "      barn.feedLog.length = 0;\n"
        "  }\n"
        "}\n"
    ),
    "src/report.ts": "// barn.feedLog is kept\nexport const total = (barn) => {\n"
    "  return barn.feedLog.length;\n};\n",
    "src/herd.test.ts": "expect(barn.feedLog).toEqual([]);\n",
    "ferry/dock.py": (
        "class Dock:\n"
        "    def moor(self, boat):\n"
        "        self.open_berths.remove(boat.berth)\n"
        "\n"
        "    def free(self):\n"
        "        return len(self.open_berths)\n"
    ),
}


def about(evidence: str, fix: str, file: str, line: int) -> str:
    """Return what is said of the state at ``line``."""
    asking = replace(finding("F"), evidence=evidence, fix=fix)
    facts = FindingFacts(
        "F", (file,), evidence=Evidence(EvidenceStatus.VERBATIM, file, line, end_line=line)
    )
    said = shared_state(asking, facts, Today(facts, Snapshot.of(FILES)))
    return said.words if said is not None else ""


@pytest.mark.parametrize(
    ("evidence", "fix", "file", "line", "expected"),
    [
        (
            "barn.feedLog.push(order);",
            "Keep the last 50 entries",
            "src/herd.ts",
            4,
            '`feedLog` is also read in `total` (src/report.ts:3) and changed in case "sweep"'
            " (src/herd.ts:7).",
        ),
        (
            "self.open_berths.remove(boat.berth)",
            "Hold the lock",
            "ferry/dock.py",
            3,
            "`open_berths` is also read in `Dock.free` (ferry/dock.py:6).",
        ),
        ("return boat", "Set dock.open_berths to a set", "ferry/dock.py", 1, "read in"),
        ("order.weight", "Round it", "src/herd.ts", 4, ""),
        ("barn.log.push(order)", "Keep 50", "src/herd.ts", 4, ""),
    ],
)
def test_who_else_reads_or_changes_it_is_named(
    evidence: str, fix: str, file: str, line: int, expected: str
) -> None:
    """By line, with the case or function around it; comments, tests and plain words are none."""
    told = about(evidence, fix, file, line)
    assert (expected in told) if expected else told == ""
