"""The outline: where it stands, what it shows, and that nothing can apply it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mendbook.fixes.outline import outline
from mendbook.model import (
    Declaration,
    Dimension,
    Evidence,
    EvidenceStatus,
    Finding,
    FindingFacts,
    Place,
    PlaceKind,
    Severity,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.proving.scratch import scratch_repository
from mendbook.repository.snapshot import Snapshot

TREE = Snapshot.of(
    {
        "src/a.ts": "export function start() {\n  listen();\n}\n",
        "conf/.env.example": "PORT=1\nAPI_SECRET=Zx81kQp07vTt29LmWc4R\n",
        "long.py": "".join(f"x{number} = 1\n" for number in range(40)),
    }
)
FINDING = Finding(
    id="A-1",
    severity=Severity.LOW,
    dimension=Dimension.OTHER,
    file="src/a.ts",
    function="start",
    problem="It listens at once.",
    evidence="",
    impact="",
    fix="Listen when asked.\n\nNot before.",
    complexity="",
    places=(Place("src/a.ts"),),
)
FACTS = FindingFacts("A-1", ("src/a.ts",))
START = SymbolReferences("start", SymbolStatus.RESOLVED, "syntax", (Declaration("src/a.ts", 1, 3),))


@pytest.mark.parametrize(
    ("finding", "facts", "sketch"),
    [
        (
            FINDING,
            replace(
                FACTS,
                symbols=(START,),
                evidence=Evidence(EvidenceStatus.PARAPHRASE, "src/a.ts", 2, 2, 0.8),
            ),
            "--- a/src/a.ts\n+++ b/src/a.ts\n"
            "@@ outline, not a patch: line 2 (the evidence, paraphrased) @@\n"
            "-  listen();\n+  // Listen when asked.\n+  //\n+  // Not before.\n",
        ),
        (
            replace(FINDING, places=(Place("src/a.ts", line=3),)),
            replace(FACTS, symbols=(START,)),
            "--- a/src/a.ts\n+++ b/src/a.ts\n"
            "@@ outline, not a patch: line 3 (line that the audit names) @@\n"
            "-}\n+// Listen when asked.\n+//\n+// Not before.\n",
        ),
        (
            replace(FINDING, fix=""),
            replace(FACTS, symbols=(START,)),
            "--- a/src/a.ts\n+++ b/src/a.ts\n"
            "@@ outline, not a patch: line 1 (declaration of start) @@\n"
            "-export function start() {\n-  listen();\n-}\n"
            "+// (the audit names no fix) It listens at once.\n",
        ),
        (
            replace(FINDING, fix="Use a placeholder."),
            FindingFacts(
                "A-1",
                ("conf/.env.example",),
                evidence=Evidence(EvidenceStatus.VERBATIM, "conf/.env.example", 2, 2, 1.0),
            ),
            "--- a/conf/.env.example\n+++ b/conf/.env.example\n"
            "@@ outline, not a patch: line 2 (the evidence, word for word) @@\n"
            "-API_SECRET=[redacted]\n+# Use a placeholder.\n",
        ),
        (
            replace(FINDING, fix="Test it.", places=(Place("tests/a.test.ts"),)),
            FindingFacts("A-1", (), missing=("tests/a.test.ts",)),
            "--- /dev/null\n+++ b/tests/a.test.ts\n"
            "@@ outline, not a patch: not in this commit @@\n+// Test it.\n",
        ),
        (
            replace(
                FINDING, fix="Do.", file="All of it", places=(Place("src", PlaceKind.DIRECTORY),)
            ),
            FindingFacts("A-1", ()),
            "@@ outline, not a patch: no single place in the code (All of it) @@\n+// Do.\n",
        ),
    ],
    ids=["evidence", "line", "declaration", "secret", "missing file", "no place"],
)
def test_an_outline_stands_where_the_finding_means(
    finding: Finding, facts: FindingFacts, sketch: str
) -> None:
    """It prefers evidence, then the audit's line, then the declaration, and git refuses it."""
    assert outline(finding, facts, TREE) == sketch
    with scratch_repository() as scratch:
        tree = scratch.tree_of({path: TREE.text(path) for path in TREE.files})
        assert scratch.applied(tree, sketch) is None


def test_a_long_region_is_cut_and_says_so() -> None:
    """At most 14 lines of old code are shown, with the number of those left out."""
    place = Evidence(EvidenceStatus.VERBATIM, "long.py", 1, 40, 1.0)
    lines = outline(FINDING, FindingFacts("A-1", ("long.py",), evidence=place), TREE).splitlines()
    assert [line for line in lines if line.startswith("-x")] == [f"-x{at} = 1" for at in range(14)]
    assert " # 26 more lines" in lines
