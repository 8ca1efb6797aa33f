"""A small foreign target for drafters: the bookkeeping of a harbour, in TypeScript and Python."""

from __future__ import annotations

from mendbook.fixes.task import Task
from mendbook.model import (
    Dimension,
    Evidence,
    EvidenceStatus,
    Finding,
    FindingFacts,
    Place,
    Severity,
)
from mendbook.repository.snapshot import Snapshot
from unlinked import Unlinked

SECRET = "ghp_" + "a1B2" * 9
FILES = {
    "src/berth.ts": (
        "export function fee(length: number): number {\n"
        "  const rate = 12;\n"
        "  return length * rate;\n"
        "}\n\n"
        "export class Ledger {\n"
        "  total = 0;\n\n"
        "  add(amount: number): void {\n"
        "    this.total = this.total + amount;\n"
        "  }\n"
        "}\n"
    ),
    "src/quay.ts": 'import { fee } from "./berth";\n\nexport const day = fee(10);\n',
    "src/berth.test.ts": (
        'import { fee } from "./berth";\n\n'
        'it("charges by length", () => expect(fee(2)).toBe(24));\n'
        'it("charges nothing for nothing", () => expect(fee(0)).toBe(0));\n'
    ),
    "tools/tide.py": (
        "def height(hour):\n"
        "    level = hour * 2\n"
        "    return level\n\n\n"
        "class Gauge:\n"
        "    def read(self, hour):\n"
        "        return height(hour)\n"
    ),
    "tools/dock.py": f'TOKEN = "{SECRET}"\n\n\ndef dock(ship):\n    return ship\n',
    "src/windows.ts": "export const a = 1;\r\nexport const b = 2;\r\n",
    "package-lock.json": "{}\n",
    ".github/workflows/ci.yml": "on: push\njobs: {}\n",
    "CLAUDE.md": "Be kind.\n",
    "src/far.ts": "export const far = 1;\n",
}
TREE = Snapshot.of(FILES)
WHO_IMPORTS = Unlinked({"src/berth.ts": ("src/quay.ts",)})


def task(
    file: str = "src/berth.ts",
    evidence: str = "const rate = 12;",
    fix: str = "Refuse a negative `length` with a RangeError in `fee`.",
    name: str = "FEE-1",
    tree: Snapshot = TREE,
) -> Task:
    """Return the task of a finding in ``file`` at the line of ``evidence``."""
    text = tree.get(file) or ""
    line = text[: text.index(evidence)].count("\n") + 1 if evidence and evidence in text else None
    found = Finding(
        id=name,
        severity=Severity.MEDIUM,
        dimension=Dimension.CODE_QUALITY,
        file=file,
        function="",
        problem="A negative length is charged for.",
        evidence=evidence,
        impact="",
        fix=fix,
        complexity="low",
        places=(Place(file),),
    )
    status = EvidenceStatus.VERBATIM if line else EvidenceStatus.ABSENT
    place = Evidence(status, file, line, line, 1.0, "evidence text")
    facts = FindingFacts(name, (file,), evidence=place, tests=("src/berth.test.ts",))
    return Task(found, facts, tree, WHO_IMPORTS)
