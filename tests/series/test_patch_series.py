"""The series: proposals stacked in PR order, merged, asked for again, covered or outlined."""

from __future__ import annotations

from dataclasses import dataclass

from mendbook.fixes.propose import propose
from mendbook.fixes.sources.recipe import RecipeSource
from mendbook.fixes.task import Task, not_asked
from mendbook.model import (
    Asked,
    AskedStatus,
    Cause,
    CheckStatus,
    Contract,
    Dimension,
    Evidence,
    EvidenceStatus,
    Finding,
    FindingFacts,
    Operation,
    Patch,
    Place,
    Priority,
    Proposal,
    Proposed,
    PullRequest,
    Rung,
    Severity,
    Skipped,
)
from mendbook.repository.snapshot import Snapshot
from mendbook.series.stack import build_series
from unlinked import Unlinked

CODE = "".join(f"const line{number} = {number};\n" for number in range(1, 31))
BASE = Snapshot.of({"src/a.ts": CODE, "src/b.ts": "export const b = 1;\n"})


@dataclass
class Bump:
    """A recipe that raises the number in ``src/b.ts`` by one, whatever it is."""

    name: str = "bump"

    def propose(self, task: Task) -> Proposal | Skipped:
        """Return the raised number."""
        if "bump" not in task.finding.fix:
            return not_asked(self.name)
        text = task.snapshot.text("src/b.ts")
        if text.count("= ") > 1:
            return Skipped(self.name, "there is more than one number")
        number = int(text.split("= ")[1].rstrip(";\n"))
        edits: dict[str, str | None] = {"src/b.ts": text.replace(str(number), str(number + 1))}
        line = text[: text.index("= ")].count("\n") + 1
        raised = Contract(
            Operation.REPLACE,
            "src/b.ts",
            f"raise {number} to {number + 1}",
            start_line=line,
            end_line=line,
            adds=(str(number + 1),),
            removes=(str(number),),
        )
        return Proposal(task.finding.id, "bump", "Raise b by one", edits, contracts=(raised,))


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


def test_numbers_go_on_after_the_patches_that_the_target_keeps() -> None:
    """A second plan for a target adds to its ``PATCHES`` and takes no number twice."""
    kept = BASE.edited({"PATCHES/002-OLD-1-a.patch": "x\n", "PATCHES/011-OLD-2-b.patch": "y\n"})
    answer = edit("B-1", "line3 = 3", "line3 = 33")
    (patch,) = build_series([request(1, "B-1")], [finding("B-1")], [facts("B-1")], [answer], kept)
    assert patch.name == "012-B-1-change-line3-33.patch"


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
        (Rung.BINDS, 1, 1),
        (Rung.BINDS, 1, 0),
    ]
    assert [[check.name for check in patch.checks] for patch in patches] == [
        ["applies", "parses", "binds", "reverts"]
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
    _, bump = propose(findings, (), BASE, Unlinked(), sources)
    first = Proposed("A-1", Proposal("A-1", "curated", "Set b", {"src/b.ts": text}))
    requests = [request(1, "A-1", "B-1")]
    return build_series(requests, findings, (), [first, bump], BASE, lambda _: Unlinked(), sources)


def test_a_recipe_is_asked_again_on_the_stacked_tree() -> None:
    """Two patches of the same line both stay in series: the recipe sees what the first left."""
    _, bumped = recipes_after("export const b = 7;\n")
    assert bumped.made_by == "recipe:bump"
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
        [finding("A-1", "bump"), finding("B-1")], (), BASE, Unlinked(), (source,)
    )
    assert bumped.proposal is not None
    assert bumped.proposal.made_by == "recipe:bump"
    assert plain.tried == (
        Skipped(
            "recipe",
            "broken: it broke on this code (ZeroDivisionError: boom)",
            first="it broke on this code (ZeroDivisionError: boom)",
        ),
    )
    silent = propose([finding("B-1")], (), BASE, Unlinked(), (RecipeSource((Bump(),)),))
    assert silent[0].tried == (
        Skipped("recipe", "no recipe is for what the finding asks", Cause.NOTHING_THERE),
    )


RAISED = Contract(
    Operation.REPLACE, "src/a.ts", "set line3 to 33", 3, 3, adds=("33",), removes=("= 3",)
)


def machine(name: str, text: str, *contracts: Contract, source: str = "drafter") -> Proposed:
    """Return what a machine proposes for ``src/a.ts``, and what it claims to have done."""
    return Proposed(name, Proposal(name, source, "Set it", {"src/a.ts": text}, contracts=contracts))


def test_only_what_is_shown_to_be_asked_goes_into_the_series() -> None:
    """The same edit is a patch with its contract and a draft without; a person's is a patch."""
    text = CODE.replace("line3 = 3;", "line3 = 33;")
    (shown,) = build([request(1, "A-1")], [machine("A-1", text, RAISED)])
    assert (shown.in_series, shown.asked.status) == (True, AskedStatus.SHOWN)
    (draft,) = build([request(1, "A-1")], [machine("A-1", text)])
    assert (draft.in_series, draft.answers, draft.is_draft) == (False, False, True)
    assert draft.draft == (
        "asked: not shown. The fix names no code that the edit could be held to."
    )
    assert (draft.diff, draft.rung) == (shown.diff, Rung.BINDS)
    (taken,) = build([request(1, "A-1")], [machine("A-1", text, source="curated")])
    assert (taken.in_series, taken.asked) == (True, draft.asked)


def test_a_patch_whose_names_do_not_bind_is_a_draft() -> None:
    """What was asked and would break at load stays out of the series, and says why."""
    text = CODE.replace("line3 = 3;", "line3 = 33 + nowhere;")
    (draft,) = build([request(1, "A-1")], [machine("A-1", text, RAISED)])
    assert draft.draft == ("its names do not bind: src/a.ts:3: nothing declares or imports nowhere")
    assert (draft.rung, draft.asked.status) == (Rung.PARSES, AskedStatus.SHOWN)


def test_a_draft_is_of_the_audited_tree_and_nothing_rests_on_it() -> None:
    """A draft between two patches changes neither of them, and applies on the commit alone."""
    first = edit("A-1", "line9 = 9", "line9 = 99")
    between = machine("B-1", CODE.replace("line10 = 10", "line10 = 100"))
    last = edit("C-1", "line11 = 11", "line11 = 111")
    one, draft, two = build([request(1, "A-1", "B-1", "C-1")], [first, between, last])
    assert [one.name[:3], two.name[:3]] == ["001", "002"]
    assert " const line9 = 9;" in draft.diff
    assert " const line10 = 10;" in two.diff


def test_a_source_that_would_edit_the_same_place_again_has_not_shown_it() -> None:
    """An edit that its own source does not find done is for a person."""
    source = RecipeSource((Bump(),))
    findings = [finding("A-1", "bump")]
    (bump,) = propose(findings, (), BASE, Unlinked(), (source,))
    (again,) = build_series(
        [request(1, "A-1")], findings, (), [bump], BASE, lambda _: Unlinked(), (Restless(),)
    )
    assert again.asked == Asked(
        AskedStatus.NOT_SHOWN, "asked again, its source changes the same place once more", 2
    )


class Restless:
    """A source that proposes what it was given, however often it is asked."""

    name = "recipe"

    def propose(self, task: Task) -> Proposal | Skipped:
        """Return nothing."""
        return not_asked(self.name)

    def again(self, proposal: Proposal, task: Task) -> Proposal | Skipped:
        """Return the same contracts with another edit."""
        return Proposal(
            proposal.finding_id,
            proposal.source,
            proposal.summary,
            {"src/b.ts": task.snapshot.text("src/b.ts") + "\n"},
            contracts=proposal.contracts,
        )


def test_a_removal_that_another_fix_builds_on_is_held_back_and_both_say_so() -> None:
    """No fix works against another; one that asks for the same removal does not build on it."""
    gone = Contract(Operation.REMOVE, "src/b.ts", "remove b", removes=("const b",))
    edits: dict[str, str | None] = {"src/b.ts": "export const c = 1;\n"}
    answers = [
        Proposed("A-1", Proposal("A-1", "drafter", "Drop b", edits, contracts=(gone,))),
        Proposed("B-1", None),
    ]

    def built(fix: str) -> tuple[Patch, ...]:
        findings = [finding("A-1"), finding("B-1", fix)]
        return build_series([request(1, "A-1", "B-1")], findings, (), answers, BASE)

    held, other = built("Double `b` where it is read")
    said = "held back: it takes away b, which the fix of B-1 needs"
    assert held.draft == said
    assert Skipped("A-1", f"its patch is {said}") in other.tried
    assert built("Remove the unused `b`")[0].in_series
