"""A small foreign target for drafters: the bookkeeping of a harbour, in TypeScript and Python."""

from __future__ import annotations

from ast_grep_py import SgNode

from mendbook.fixes.task import Task
from mendbook.model import (
    Dimension,
    Evidence,
    EvidenceStatus,
    Finding,
    FindingFacts,
    Place,
    Severity,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.repository.snapshot import Snapshot

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


class Nobody:
    """A lookup in which ``src/quay.ts`` imports ``src/berth.ts`` and nothing else is known."""

    def uses(self, symbol: str, file: str) -> SymbolReferences:
        """Return no reference."""
        return SymbolReferences(symbol, SymbolStatus.MISSING, "syntax")

    def importers(self, file: str) -> tuple[str, ...]:
        """Return who imports the berths."""
        return ("src/quay.ts",) if file == "src/berth.ts" else ()

    def needed(self, name: str, file: str) -> str:
        """Return that nothing is known."""
        return f"{name} was not looked up"

    def taken(self, name: str, file: str) -> str:
        """Return that nothing is known."""
        return f"{name} was not looked up"

    def member_read(self, name: str, holder: str, owner: str = "") -> str:
        """Return that nothing is known."""
        return f"{name} was not looked up"

    def loaded(self, name: str, file: str) -> str:
        """Return that nothing is known."""
        return f"{name} was not looked up"

    def needed_member(self, node: SgNode, owner: str, file: str) -> str:
        """Return that nothing is known."""
        return f"{owner} was not looked up"


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
    return Task(found, facts, tree, Nobody())
