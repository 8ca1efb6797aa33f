"""The series: proposals stacked in PR order, merged, asked for again, covered or outlined."""

from __future__ import annotations

from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.fixes.propose import Proposed, propose
from mendbook.fixes.sources.recipe import RecipeSource
from mendbook.fixes.task import NOT_ASKED, Task
from mendbook.model import (
    CheckStatus,
    Dimension,
    Evidence,
    EvidenceStatus,
    Finding,
    FindingFacts,
    Patch,
    Place,
    Priority,
    Proposal,
    PullRequest,
    Rung,
    Severity,
    Skipped,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.repository.snapshot import Snapshot
from mendbook.series.stack import build_series

CODE = "".join(f"const line{number} = {number};\n" for number in range(1, 31))
BASE = Snapshot.of({"src/a.ts": CODE, "src/b.ts": "export const b = 1;\n"})


class NoLookup:
    """A lookup that knows nothing."""

    def uses(self, symbol: str, file: str) -> SymbolReferences:
        """Return no reference."""
        return SymbolReferences(symbol, SymbolStatus.MISSING, "syntax")

    def importers(self, file: str) -> tuple[str, ...]:
        """Return no importer."""
        return ()

    def needed(self, name: str, file: str) -> str:
        """Return that nothing is known."""
        return f"{name} was not looked up"

    def taken(self, name: str, file: str) -> str:
        """Return that nothing is known."""
        return f"{name} was not looked up"

    def member_read(self, name: str, holder: str, owner: str = "") -> str:
        """Return that nothing is known."""
        return f"{name} was not looked up"

    def needed_member(self, node: SgNode, owner: str, file: str) -> str:
        """Return that nothing is known."""
        return f"{owner} was not looked up"


@dataclass
class Bump:
    """A recipe that raises the number in ``src/b.ts`` by one, whatever it is."""

    name: str = "bump"

    def propose(self, task: Task) -> Proposal | Skipped:
        """Return the raised number."""
        if "bump" not in task.finding.fix:
            return Skipped(self.name, NOT_ASKED)
        text = task.snapshot.text("src/b.ts")
        if text.count("= ") > 1:
            return Skipped(self.name, "there is more than one number")
        number = int(text.split("= ")[1].rstrip(";\n"))
        edits: dict[str, str | None] = {"src/b.ts": text.replace(str(number), str(number + 1))}
        return Proposal(task.finding.id, "bump", "Raise b by one", edits)


class Broken:
    """A recipe that raises."""

    name = "broken"

    def propose(self, task: Task) -> Proposal | Skipped:
        """Raise."""
        raise ZeroDivisionError("boom")


def finding(name: str, fix: str = "Do better.") -> Finding:
    """Return a finding called ``name``."""
    return Finding(
        id=name,
        severity=Severity.LOW,
        dimension=Dimension.CODE_QUALITY,
        file="src/a.ts",
        function="",
        problem="A problem.",
        evidence="",
        impact="",
        fix=fix,
        complexity="",
        places=(Place("src/a.ts"),),
    )


def facts(name: str) -> FindingFacts:
    """Return facts that place the finding on line 3."""
    place = Evidence(EvidenceStatus.VERBATIM, "src/a.ts", 3, 4, 1.0, "evidence text")
    return FindingFacts(name, ("src/a.ts",), evidence=place)


def request(number: int, *names: str) -> PullRequest:
    """Return a PR of the findings called ``names``."""
    return PullRequest(number, "fix: x", names, (), (), 1, 1, 1, Priority.P2, 1.0, "team")


def edit(name: str, old: str, new: str, source: str = "curated") -> Proposed:
    """Return a proposal that replaces ``old`` in ``src/a.ts``."""
    assert old in CODE
    edits: dict[str, str | None] = {"src/a.ts": CODE.replace(old, new)}
    return Proposed(name, Proposal(name, source, f"Change {new.strip()}", edits))


def build(requests: list[PullRequest], answers: list[Proposed]) -> tuple[Patch, ...]:
    """Build the series of ``answers`` on ``BASE``, without anyone to ask again."""
    names = [answer.finding_id for answer in answers]
    return build_series(
        requests, [finding(name) for name in names], [facts(name) for name in names], answers, BASE
    )


def test_patches_stack_in_the_order_of_the_pull_requests() -> None:
    """Each patch applies on the tree before it, is numbered in PR order, and is proven by git."""
    first = edit("B-1", "line3 = 3", "line3 = 33")
    second = edit("A-1", "line20 = 20;\n", "line20 = 20;\nconst more = 1;\n")
    patches = build([request(1, "B-1"), request(2, "A-1")], [second, first])
    assert [patch.name for patch in patches] == [
        "001-B-1-change-line3-33.patch",
        "002-A-1-change-line20-20-const-more-1.patch",
    ]
    assert [(patch.rung, patch.added, patch.removed) for patch in patches] == [
        (Rung.PARSES, 1, 1),
        (Rung.PARSES, 1, 0),
    ]
    assert [[check.name for check in patch.checks] for patch in patches] == [
        ["applies", "parses", "reverts"]
    ] * 2
    assert patches[1].diff == (
        "diff --git a/src/a.ts b/src/a.ts\n"
        "index 3a60f1e3224a..f973a7510482 100644\n"
        "--- a/src/a.ts\n"
        "+++ b/src/a.ts\n"
        "@@ -18,6 +18,7 @@ const line17 = 17;\n"
        " const line18 = 18;\n"
        " const line19 = 19;\n"
        " const line20 = 20;\n"
        "+const more = 1;\n"
        " const line21 = 21;\n"
        " const line22 = 22;\n"
        " const line23 = 23;\n"
    )


def test_a_conflict_becomes_an_outline_that_says_with_whom() -> None:
    """A proposal that conflicts with an earlier patch leaves the series, with the reason."""
    first = edit("A-1", "line3 = 3", "line3 = 33")
    second = edit("B-1", "line3 = 3", "line3 = 44")
    kept, sketched = build([request(1, "A-1", "B-1")], [first, second])
    assert kept.in_series
    assert (sketched.rung, sketched.name, sketched.in_series) == (Rung.OUTLINE, "", False)
    assert sketched.tried == (
        Skipped(
            "curated",
            "its patch conflicts in src/a.ts with that of A-1",
        ),
    )


def recipes_after(text: str) -> tuple[Patch, ...]:
    """Return the series in which a recipe's patch comes after one that makes ``src/b.ts`` so."""
    findings = [finding("A-1"), finding("B-1", "bump")]
    sources = (RecipeSource((Bump(),)),)
    _, bump = propose(findings, (), BASE, NoLookup(), sources)
    first = Proposed("A-1", Proposal("A-1", "curated", "Set b", {"src/b.ts": text}))
    requests = [request(1, "A-1", "B-1")]
    return build_series(requests, findings, (), [first, bump], BASE, lambda _: NoLookup(), sources)


def test_a_recipe_is_asked_again_on_the_stacked_tree() -> None:
    """Two patches of the same line both stay in series: the recipe sees what the first left."""
    _, bumped = recipes_after("export const b = 7;\n")
    assert bumped.source == "recipe:bump"
    assert bumped.diff.splitlines()[-2:] == ["-export const b = 7;", "+export const b = 8;"]


def test_a_recipe_that_no_longer_holds_leaves_the_series() -> None:
    """Edits that would merge are still refused when the recipe declines on the changed tree."""
    _, refused = recipes_after("// many lines\n\n\n\n\nexport const b = 1;\nexport const c = 0;\n")
    assert refused.rung is Rung.OUTLINE
    assert refused.tried[-1] == Skipped(
        "recipe:bump", "on top of the patches before it: bump: there is more than one number"
    )


def test_a_change_that_is_already_there_is_covered() -> None:
    """One patch for two findings stands in series once; the other finding names it."""
    first = edit("A-1", "line3 = 3", "line3 = 33")
    second = edit("B-1", "line3 = 3", "line3 = 33")
    third = edit("C-1", "line9 = 9", "line9 = 99")
    one, two, three = build([request(1, "A-1", "B-1"), request(2, "C-1")], [first, second, third])
    assert (two.covered_by, two.in_series, two.name) == ("A-1", False, "")
    assert (two.diff, two.rung, two.checks) == (one.diff, one.rung, one.checks)
    assert three.name.startswith("002-C-1-")


def test_what_would_not_parse_stays_out_of_the_series() -> None:
    """A machine's proposal that breaks the syntax becomes an outline; a person's says so."""
    answers = [
        edit("A-1", "line3 = 3;", "line3 = ;", source="drafter"),
        edit("B-1", "line3 = 3;", "line3 = ;"),
    ]
    drafted, curated = build([request(1, "A-1", "B-1")], answers)
    assert drafted.tried == (
        Skipped("drafter", "its result no longer parses (src/a.ts: syntax error at line 3)"),
    )
    assert (curated.rung, curated.checks[1].status) == (Rung.APPLIES, CheckStatus.FAIL)
    assert curated.checks[1].detail == "src/a.ts: syntax error at line 3"


def test_no_proposal_gives_an_outline_at_the_place_meant() -> None:
    """The outline shows the code as it is, the fix's direction, and why it was not done."""
    (sketch,) = build([], [Proposed("A-1", None, (Skipped("recipe", "none fits"),))])
    assert sketch.diff == (
        "--- a/src/a.ts\n"
        "+++ b/src/a.ts\n"
        "@@ outline, not a patch: line 3 (the evidence, word for word) @@\n"
        " const line3 = 3;\n"
        " const line4 = 4;\n"
        "+// Do better.\n"
        "+// Not done: none fits\n"
    )
    assert (sketch.source, sketch.rung, sketch.checks) == ("outline", Rung.OUTLINE, ())
    assert sketch.tried == (Skipped("recipe", "none fits"),)


def test_sources_are_asked_in_order_and_a_fault_costs_only_its_own_patch() -> None:
    """A recipe that raises is a reason; the next recipe still answers; unasked ones are silent."""
    source = RecipeSource((Broken(), Bump()))
    bumped, plain = propose(
        [finding("A-1", "bump"), finding("B-1")], (), BASE, NoLookup(), (source,)
    )
    assert bumped.proposal is not None
    assert bumped.proposal.source == "recipe:bump"
    assert plain.tried == (
        Skipped("recipe", "broken: it broke on this code (ZeroDivisionError: boom)"),
    )
    silent = propose([finding("B-1")], (), BASE, NoLookup(), (RecipeSource((Bump(),)),))
    assert silent[0].tried == (Skipped("recipe", "no recipe is for what the finding asks"),)
