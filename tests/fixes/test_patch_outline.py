"""The outline: where it stands, what it shows, and that nothing can apply it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mendbook.code.references import find_references
from mendbook.fixes.instruction import read_fix
from mendbook.fixes.outline import outline
from mendbook.fixes.recipe import asking
from mendbook.fixes.recipes import RECIPES
from mendbook.fixes.sources.recipe import RecipeSource
from mendbook.fixes.task import Task
from mendbook.model import (
    Cause,
    Declaration,
    Dimension,
    Evidence,
    EvidenceStatus,
    Finding,
    FindingFacts,
    Place,
    PlaceKind,
    Severity,
    Skipped,
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
            "   listen();\n+  // Listen when asked.\n+  //\n+  // Not before.\n",
        ),
        (
            replace(FINDING, places=(Place("src/a.ts", line=3),)),
            replace(FACTS, symbols=(START,)),
            "--- a/src/a.ts\n+++ b/src/a.ts\n"
            "@@ outline, not a patch: line 3 (line that the audit names) @@\n"
            " }\n+// Listen when asked.\n+//\n+// Not before.\n",
        ),
        (
            replace(FINDING, fix=""),
            replace(FACTS, symbols=(START,)),
            "--- a/src/a.ts\n+++ b/src/a.ts\n"
            "@@ outline, not a patch: line 1 (declaration of start) @@\n"
            " export function start() {\n   listen();\n }\n"
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
            " API_SECRET=[redacted]\n+# Use a placeholder.\n",
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
    assert [line for line in lines if line.startswith(" x")] == [f" x{at} = 1" for at in range(14)]
    assert " # 26 more lines" in lines


def test_an_outline_says_why_it_is_not_done_and_deletes_nothing() -> None:
    """The first reason is said, without who gave it; who was not meant stays silent."""
    tried = (
        Skipped("curated", "no curated patch names this finding", Cause.NOTHING_THERE),
        Skipped("instruction", "a later call uses what an earlier one gives (a)"),
        Skipped("recipe", "use-pool: no pool is in scope", first="no pool is in scope"),
    )
    facts = replace(FACTS, symbols=(START,))
    sketch = outline(replace(FINDING, fix="Listen when asked."), facts, TREE, tried)
    assert sketch == (
        "--- a/src/a.ts\n+++ b/src/a.ts\n"
        "@@ outline, not a patch: line 1 (declaration of start) @@\n"
        " export function start() {\n   listen();\n }\n"
        "+// Listen when asked.\n"
        "+// Not done: a later call uses what an earlier one gives (a)\n"
    )


@pytest.mark.parametrize(
    ("tried", "said"),
    [
        (
            Skipped("recipe", "hoist: a; seal: b", first="the vat is stirred " * 9 + "twice"),
            "Not done: " + "the vat is stirred " * 9 + "twice",
        ),
        (
            Skipped("instruction", "two steps change\nthe same code"),
            "Not done: two steps change the same code",
        ),
    ],
)
def test_a_reason_stands_whole_and_without_who_gave_it(tried: Skipped, said: str) -> None:
    """It is wrapped and never cut, and names no recipe."""
    facts = replace(FACTS, symbols=(START,))
    sketch = outline(replace(FINDING, fix="Drain it."), facts, TREE, (tried,))
    added = [line.removeprefix("+// ") for line in sketch.splitlines() if line.startswith("+//")]
    assert " ".join(added) == f"Drain it. {said}"


def test_an_outline_never_points_into_a_file_that_the_finding_does_not_name() -> None:
    """A namesake elsewhere is no place: the note says why the finding's own file is not shown."""
    elsewhere = SymbolReferences(
        "start", SymbolStatus.RESOLVED, "syntax", (Declaration("src/a.ts", 1, 3),)
    )
    finding = replace(FINDING, file="src/old.ts", places=(Place("src/old.ts"),), fix="Check it.")
    facts = FindingFacts(
        "A-1",
        (),
        missing=("src/old.ts",),
        symbols=(elsewhere,),
        notes=("src/old.ts is not UTF-8 (Latin-1?)",),
    )
    assert outline(finding, facts, TREE) == (
        "@@ outline, not a patch: src/old.ts is not UTF-8 (Latin-1?) @@\n+// Check it.\n"
    )


@pytest.mark.parametrize(
    ("path", "fix", "lines"),
    [
        (
            "src/toll.ts",
            "Add tests covering: empty lanes, a truck and a bus.",
            "--- /dev/null\n+++ b/src/toll.test.ts\n"
            "@@ outline, not a patch: not in this commit @@\n"
            "+// Add tests covering: empty lanes, a truck and a bus.\n"
            "+// case: empty lanes\n+// case: a truck\n+// case: a bus\n",
        ),
        (
            "src/toll.ts",
            "Write tests",
            "--- /dev/null\n+++ b/src/toll.test.ts\n"
            "@@ outline, not a patch: not in this commit @@\n+// Write tests\n"
            "+// case: rate\n+// case: Gate.lift\n",
        ),
        (
            "app/soil.py",
            "Write tests",
            "--- a/tests/test_soil.py\n+++ b/tests/test_soil.py\n"
            "@@ outline, not a patch: cases to add @@\n+# Write tests\n"
            "+# case: acidity\n+# case: Plot.water\n",
        ),
    ],
    ids=["listed", "script", "python"],
)
def test_missing_tests_are_an_outline_with_the_cases_by_name(
    path: str, fix: str, lines: str
) -> None:
    """A list of cases is no patch, and a skeleton of tests is none either."""
    tree = Snapshot.of(
        {
            "src/toll.ts": "export function rate() {}\nexport class Gate {\n  lift() {}\n"
            "  private oil() {}\n}\nexport type Lane = string;\n",
            "app/soil.py": "def acidity(): ...\n\n\nclass Plot:\n    def water(self): ...\n\n"
            "    def _dig(self): ...\n",
            "tests/test_soil.py": "",
        }
    )
    finding = replace(FINDING, problem="There are no tests for it", fix=fix, symbols=())
    assert outline(finding, FindingFacts("A-1", (path,)), tree) == lines


@pytest.mark.parametrize(
    ("symbol", "tried", "said"),
    [
        (
            "start",
            (
                Skipped("instruction", "no single edit of the code follows from “Drop it”"),
                Skipped(
                    "recipe", "a: none; b: start is used", Cause.KEPT, "start is read at b.ts:4"
                ),
            ),
            "start is read at b.ts:4",
        ),
        (
            "loader",
            (
                Skipped("instruction", "the text offers a choice"),
                Skipped("recipe", "loader is called by Remix", Cause.KEPT),
            ),
            "loader is called by Remix",
        ),
        (
            "load",
            (
                Skipped("instruction", "the text offers a choice"),
                Skipped("recipe", "load is not asked for membership"),
            ),
            "the text offers a choice",
        ),
        (
            "berth",
            (
                Skipped("recipe", "berth is declared twice"),
                Skipped("curated", "a person calls it wrong", Cause.REJECTED),
            ),
            "a person calls it wrong",
        ),
        (
            "",
            (
                Skipped("instruction", "berth.yml is not read here", Cause.UNREAD),
                Skipped("settings", "two berths have that depth"),
            ),
            "two berths have that depth",
        ),
        (
            "",
            (
                Skipped("curated", "no patch names it", Cause.NOTHING_THERE),
                Skipped("instruction", "berth.bin is not read here", Cause.UNREAD),
            ),
            "berth.bin is not read here",
        ),
        (
            "",
            (
                Skipped("instruction", "the words give no value"),
                Skipped("recipe", " has no name"),
            ),
            "the words give no value",
        ),
    ],
)
def test_what_was_found_out_about_the_name_is_told_first(
    symbol: str, tried: tuple[Skipped, ...], said: str
) -> None:
    """Why a named thing stays is told before how the words were read, after a person's no."""
    sketch = outline(replace(FINDING, symbols=(symbol,)), FACTS, TREE, tried)
    assert [line for line in sketch.splitlines() if "Not done" in line] == [f"+// Not done: {said}"]


ORCHARD = {
    "src/press.ts": "export function press(kilos: number) {\n  return kilos * 0.6;\n}\n",
    "src/cider.ts": "import { press } from './press';\n\nexport const litres = press(12);\n",
}


@pytest.mark.parametrize("source", ["recipe", "instruction"])
def test_what_the_code_still_needs_is_told_as_that(source: str) -> None:
    """A recipe and the reader of fix texts both say of what kind their reason is."""
    asked = asking("press is dead code", "Remove `press`.", "src/press.ts", "press")
    tree = Snapshot.of(ORCHARD)
    lookup = find_references([asked], tree, provider="syntax")
    task = Task(asked, FindingFacts(asked.id, ("src/press.ts",)), tree, lookup)
    ways = {"recipe": RecipeSource(RECIPES).propose, "instruction": read_fix}
    answer = ways[source](task)
    assert isinstance(answer, Skipped)
    assert (answer.cause, "src/cider.ts" in answer.in_brief) == (Cause.KEPT, True)
