"""The eight sections: their words, and that no finding's text changes their shape."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from markdown_it import MarkdownIt

from hostile import EVERYTHING, harmless, spices
from mendbook.model import (
    Check,
    CheckKind,
    CheckStatus,
    Citation,
    Dependency,
    DraftsReport,
    DraftTally,
    Followup,
    Note,
    Plan,
    Rung,
    SymbolReferences,
    SymbolStatus,
    TargetCheck,
)
from mendbook.report import SECTIONS, markdown_report, section
from mendbook.report.index import Index
from mendbook.report.mermaid import pr_graph, sprint_gantt
from mendbook.report.sections.issues import issue
from plan_factory import empty_plan, sample_plan

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
HEADINGS = [
    "Executive Summary",
    "Audit Reference",
    "Per-Issue Remediation Details",
    "PR Patch Plan",
    "Sprint Plan",
    "Infrastructure Recommendations",
    "Test Plan",
    "Rollback Procedures",
]
ISSUE = """\
<a id="ARCH-MED-001"></a>

### ARCH-MED-001 — The worker count ignores how many cores the container may use

*Impact:* Two rooms may end up with the same id. *Asked for:* Use randomUUID from node:crypto.

<!-- meta -->

**Issue ID:** ARCH-MED-001\\
**Severity:** MEDIUM · Architecture & Scalability

**Files Touched:**

- `src/infrastructure/worker.manager.ts`

**Patch Sketch:** No patch: a person decides and writes it.

````diff
diff --git a/src/a.ts b/src/a.ts
--- a/src/a.ts
+++ b/src/a.ts
@@ -1,3 +1,3 @@
 const a = 1;
-const id = Math.random().toString(36);
+const id = randomUUID();
 ```
````

**Downstream Callsites:**

- `src/domains/room/room.handler.ts:10 — onJoin`
- `src/domains/room/room.handler.ts:11 — onJoin`

**Runtime Risk:** Clients that relied on the short ids.

**Rollback:** `git revert --no-edit <merge 5>`

<!-- meta -->

**Hours:** 3 (range 1–6 h; complexity says hours)\\
**Owner:** @realtime (CODEOWNERS:4)\\
**Priority:** P2 ([PR 4](#pr-4), [sprint 2](#sprint-2))

**Docs Updates:**

- `docs/rooms.md` — Ids

**Tests Required:**

- `tests/unit/ids.test.ts` — draws two ids that differ

<details>
<summary>How this was decided</summary>

- **Why P2:** MEDIUM and reachable from outside.
- **Path:** How severe? *MEDIUM* → Reachable? *yes* → **P2**
- **Rank 5:** cost of delay 12, hours 3, wsjf 6
- **What would change it:** Without exposure it would be P2.
- **No answer from:** curated (no override for this finding)
- **Evidence:** found word for word, at `src/infrastructure/worker.manager.ts:12`
- **Reached from:** socket event "room:join"
- **Heat:** 0 % of profiled CPU time
- **Symbol `handle`:** resolved (exact), 2 references
- **Platform:** [Mediasoup worker tuning](#advice-workers), Worker count: A number from the config, one for each core that may be used.

The audit quotes:

```text
const id = Math.random()
```

</details>"""  # noqa: E501 - a whole document


def shape(markdown: str) -> list[tuple[str, ...]]:
    """Return the blocks of a document in their order, and every link, image and tag in it."""
    found: list[tuple[str, ...]] = []
    for token in MARKDOWN.parse(markdown):
        if token.type == "inline":
            kinds = {child.type for child in token.children or ()}
            found += [(kind,) for kind in sorted(kinds & {"link_open", "image", "html_inline"})]
        elif token.type == "html_block":
            found.append((token.type, "".join(char for char in token.content if char in "<>/")))
        else:
            found.append((token.type, token.tag, token.info.partition(" ")[0]))
    return found


def table(heading: str, plan: Plan) -> str:
    """Return the first table of a section."""
    lines = section(heading).write(plan).splitlines()
    return "\n".join(line for line in lines if line.startswith("|"))


def test_the_report_has_the_eight_sections_in_order() -> None:
    """The headings are those of the format, word for word."""
    written = [
        line[3:] for line in markdown_report(sample_plan()).splitlines() if line[:3] == "## "
    ]
    assert written == HEADINGS
    assert [item.heading for item in SECTIONS] == HEADINGS


def test_an_issue_is_written_key_by_key() -> None:
    """A finding's block has the format's keys in its order, then what they rest on."""
    plan = sample_plan()
    assert issue(plan.remediations[4], Index.of(plan)) == ISSUE


def test_a_card_says_where_hours_come_from_and_the_appendix_how_wide_they_are() -> None:
    """What many estimates share is said once, with how many share it."""
    plan = sample_plan()
    first, second, *rest = plan.remediations
    how = "range ×0.5 to ×3, from 9 earlier cases"
    told = [
        replace(
            item,
            estimate=replace(item.estimate, brief=f"stated as {size}", beyond=how),
        )
        for item, size in ((first, "a day"), (second, "a week"))
    ]
    plan = replace(plan, remediations=(*told, *rest))
    card = issue(told[0], Index.of(plan))
    assert "; stated as a day)" in card
    assert "×" not in card
    appendix = section("Audit Reference").write(plan)
    assert f"#### Ranges of hours\n\n- 2 findings: {how}.\n" in appendix


def test_code_that_the_audit_marks_is_code() -> None:
    """Paired backticks are code in its sentences, its markup stays text, and a quote is bare."""
    plan = sample_plan()
    item = plan.remediations[4]
    said = replace(
        Index.of(plan).findings[item.finding_id],
        problem="`rinse_all` drops <b>every</b> *third* jar. And a lone one.",
        impact="One ` alone is itself.",
        fix="Call `jar.seal()` first",
        evidence="`jars[::3].clear()`",
    )
    index = replace(Index.of(plan), findings={item.finding_id: said})
    written = issue(item, index)
    assert (
        "*Problem:* `rinse_all` drops \\<b>every\\</b> \\*third\\* jar. And a lone one. "
        "*Impact:* One \\` alone is itself. *Asked for:* Call `jar.seal()` first." in written
    )
    assert "The audit quotes:\n\n```text\njars[::3].clear()\n```" in written


def test_a_long_list_is_counted_and_folded() -> None:
    """More than twenty callsites are a number and five examples, the others folded away."""
    plan = sample_plan()
    written = issue(plan.remediations[1], Index.of(plan))
    start = written.index("25 callsites; the first five:")
    shown, _, folded = written[start:].partition("<details>\n<summary>The other 20 callsites")
    listed = [*shown.split("\n- ")[1:], *folded.partition("\n\n</details>")[0].split("\n- ")[1:]]
    assert (shown.count("\n- "), len(listed), len(set(listed))) == (5, 25, 25)


def test_a_very_long_list_says_where_the_rest_is() -> None:
    """A card with a thousand callsites lists as many as somebody reads; the JSON has them all."""
    plan = sample_plan()
    item = plan.remediations[1]
    many = tuple(replace(item.callsites[0], line=line) for line in range(1, 1001))
    card = issue(replace(item, callsites=many), Index.of(plan))
    heading = "25 of the other 995 callsites; all are in the remediation JSON"
    folded = card.partition(f"<summary>{heading}</summary>")[2].partition("</details>")[0]
    assert folded.count("\n- ") == 25


def test_prs_with_the_same_way_back_are_told_together() -> None:
    """One command for many pull requests stands once; what others build on stands for itself."""
    plan = sample_plan()
    rollbacks = {
        name: f"Merged: `git revert --no-edit <commit of PR #{pr.number}>`."
        for pr in plan.pull_requests
        for name in pr.finding_ids
    }
    plan = replace(
        plan,
        remediations=tuple(
            replace(item, rollback=rollbacks[item.finding_id]) for item in plan.remediations
        ),
    )
    written = section("Rollback Procedures").write(plan)
    assert [line for line in written.splitlines() if line.startswith("### ")] == [
        "### 3 PRs with the same way back",
        "### [PR #6](#pr-6) — refactor(config): draw ids from the system's randomness",
        "### [PR #3](#pr-3) — perf(gift): scan keys in steps and parse in one pass",
        "### [PR #2](#pr-2) — fix(room): update room state atomically",
        "### [PR #1](#pr-1) — fix(seat): check who takes a seat",
        "### What a revert does not undo",
    ]
    assert "\n\nPR [4](#pr-4)–[5](#pr-5), [7](#pr-7): no other builds on them" in written
    assert written.count("<commit of PR #…>") == 1


def test_callsites_found_by_name_are_said_to_be() -> None:
    """Where types are not read the list warns of namesakes, and elsewhere it does not."""
    plan = sample_plan()
    item, index = plan.remediations[1], Index.of(plan)
    found = SymbolReferences("Winch.Pull", SymbolStatus.RESOLVED, "by name")
    facts = replace(index.facts[item.finding_id], symbols=(found,))
    named = replace(index, facts={**index.facts, item.finding_id: facts})
    assert "Found by name and not by type" in issue(item, named)
    assert "Found by name and not by type" not in issue(item, index)


def test_pull_requests_are_a_table() -> None:
    """Each PR is one row with what it depends on and its hours."""
    assert table("PR Patch Plan", sample_plan()).splitlines()[:4] == [
        "| PR # | Title | Files | Depends On | Findings | Priority | Owner | Hours |",
        "| --- | --- | --: | --- | --: | --- | --- | --: |",
        "| [1](#pr-1) | fix(seat): check who takes a seat | 1 | — | 1 | P0 | @realtime | 2 |",
        "| [2](#pr-2) | fix(room): update room state atomically | 1 | [PR #1](#pr-1) | 1 | P0 "
        "| @realtime | 6 |",
    ]


def test_sprints_are_a_table() -> None:
    """Each sprint is one row with its PRs, hours and capacity."""
    assert table("Sprint Plan", sample_plan()).splitlines()[:5] == [
        "| Sprint | Focus Area | PRs | Hours | Capacity | Load |",
        "| --- | --- | --- | --: | --: | --- |",
        "| [1](#sprint-1) | Critical fixes | [1](#pr-1)–[2](#pr-2) | 8 | 10 | 80 % |",
        "| [2](#sprint-2) | Performance | [3](#pr-3)–[4](#pr-4), [6](#pr-6) | 6.5 | 10 | 65 % |",
        "| [3](#sprint-3) | Tests | [5](#pr-5), [7](#pr-7) | 4.75 | 10 | 48 % |",
    ]


def test_what_was_not_run_is_said() -> None:
    """The appendix names everything that was not run, with its reason; the summary points there."""
    plan = sample_plan(profiled=False)
    appendix = section("Audit Reference").write(plan).partition("#### Not run\n\n")[2]
    assert appendix.partition("\n\n")[0].splitlines() == [
        "- **Exact references:** The native server is absent.",
        "- **promtool:** It is not installed.",
        "- **Profiling:** No profile was given; pass --profile.",
        "- **Checks of 1 of 8 patches: lints:** No lint script.",
    ]
    said = "- Not run: exact references, promtool, profiling and checks of 1 of 8 patches: lints; "
    assert f"{said}[the appendix says why](#appendix)." in section("Executive Summary").write(plan)


def test_an_audit_without_findings_has_every_section_too() -> None:
    """A plan with nothing to do says so in each section."""
    written = markdown_report(empty_plan())
    assert [line[3:] for line in written.splitlines() if line[:3] == "## "] == HEADINGS
    assert "lists no findings, so there is nothing to remediate." in written


@settings(max_examples=25, deadline=None)
@given(spices)
@example(EVERYTHING)
def test_no_text_changes_the_shape_of_a_section(spice: str) -> None:
    """A hostile finding gives the same headings, rows, cells and fences as a harmless one."""
    hostile, tame = sample_plan(spice), sample_plan(harmless(spice))
    for item in SECTIONS:
        if item.heading in {"Per-Issue Remediation Details", "Rollback Procedures"}:
            continue
        assert shape(item.write(hostile)) == shape(item.write(tame))


@settings(max_examples=25, deadline=None)
@given(spices)
@example(EVERYTHING)
def test_no_text_changes_the_shape_of_an_issue(spice: str) -> None:
    """Neither evidence nor diff nor name breaks out of its place in a finding's block."""
    hostile, tame = sample_plan(spice), sample_plan(harmless(spice))
    for one, other in zip(hostile.remediations[:4], tame.remediations[:4], strict=True):
        assert shape(issue(one, Index.of(hostile))) == shape(issue(other, Index.of(tame)))


@pytest.mark.parametrize("draw", [pr_graph, sprint_gantt])
def test_no_title_adds_a_line_to_a_diagram(draw: object) -> None:
    """A diagram of hostile titles has the lines of a harmless one."""
    assert callable(draw)
    hostile, tame = draw(sample_plan(EVERYTHING)), draw(sample_plan(harmless(EVERYTHING)))
    assert hostile.count("\n") == tame.count("\n")
    assert hostile.count('"') == tame.count('"')
    assert hostile.count("```") == 2


def test_the_graph_is_drawn_in_mermaid() -> None:
    """PRs are boxes with number, priority and hours; arrows lead to what needs them."""
    lines = pr_graph(sample_plan()).splitlines()
    assert lines[:3] == [
        "```mermaid",
        "flowchart LR",
        '    pr1["PR 1 · P0 · 2 h<br/>fix(seat): check who takes a seat"]:::P0',
    ]
    arrows = [line.strip() for line in lines if "-->" in line]
    assert arrows == ["pr1 --> pr2", "pr2 --> pr5", "pr3 --> pr7", "pr6 --> pr7"]


def test_the_gantt_gives_each_sprint_a_day() -> None:
    """A PR's bar is its share of the sprint, in merge order."""
    assert sprint_gantt(sample_plan()).splitlines()[6:9] == [
        "    section Sprint 1",
        "    PR 1 fix(seat)#58; check who takes a seat :crit, 2001-01-01T00:00, 2001-01-01T04:48",
        "    PR 2 fix(room)#58; update room state atomically :crit, "
        "2001-01-01T04:48, 2001-01-01T19:12",
    ]


def test_a_finding_and_the_advice_on_its_place_point_at_each_other() -> None:
    """The advisor's row names the finding, and the finding's block names the advisor's row."""
    plan = sample_plan()
    wanted = (
        "- **Platform:** [Mediasoup worker tuning](#advice-workers), Worker count: "
        "A number from the config, one for each core that may be used."
    )
    block = section("Per-Issue Remediation Details").write(plan).split("### ARCH-MED-001")[1]
    assert wanted in block.split("\n### ")[0]
    assert "ARCH-MED-001" in section("Infrastructure Recommendations").write(plan)


def test_the_gates_on_the_untouched_tree_stand_before_what_they_are_held_against() -> None:
    """What already failed is not blamed on a PR."""
    baseline = (
        Check("typechecks", CheckStatus.PASS),
        Check("tests", CheckStatus.FAIL, "5 of 1107 tests fail"),
    )
    written = section("PR Patch Plan").write(replace(sample_plan(), baseline=baseline))
    wanted = (
        "Before any change, and for the series as a whole: "
        "✓ typechecks and ✗ tests fail (5 of 1107 tests fail)."
    )
    assert wanted in written


def test_a_patch_that_adds_a_library_nobody_approved_is_flagged_in_its_pr() -> None:
    """The plan does not bring in a dependency unseen; approved ones pass without a word."""
    plan = sample_plan()
    first = plan.remediations[0]
    with_packages = replace(first, patch=replace(first.patch, packages=("left-pad@1.3.0", "zod")))
    plan = replace(plan, remediations=(with_packages, *plan.remediations[1:]))
    written = section("PR Patch Plan").write(plan)
    assert "- **Adds `left-pad`**, which no list of approved libraries holds" in written
    assert "`zod`" not in written


def test_a_secret_in_the_code_is_not_shown_in_the_report() -> None:
    """The diff that removes it would quote it; the patch file keeps it, because it must apply."""
    plan = sample_plan()
    first = plan.remediations[0]
    token = "ghp_" + "a1B2" * 9
    leaky = replace(first, patch=replace(first.patch, diff=f"-TOKEN={token}\n+TOKEN=changeme\n"))
    written = markdown_report(replace(plan, remediations=(leaky, *plan.remediations[1:])))
    assert token not in written
    assert "1 secret of the code replaced here, not in the patch file" in written


@pytest.mark.parametrize(
    ("checks", "said"),
    [
        (
            (
                TargetCheck(CheckKind.LINT, ("ruff", "check", "."), Citation("pyproject.toml", 9)),
                TargetCheck(CheckKind.TEST, ("uv", "run", "pytest"), Citation("pyproject.toml", 4)),
            ),
            "Each PR must pass `ruff check .` and `uv run pytest`, and bring the tests that "
            "it lists below.",
        ),
        (
            (
                TargetCheck(
                    CheckKind.TEST, ("go", "test", "./..."), Citation("api/go.mod", 1), "api"
                ),
            ),
            "Each PR must pass `(cd api && go test ./...)`, and bring the tests that it lists "
            "below.",
        ),
        (
            (),
            "No script and no configuration of the target says how it is checked: no gate is "
            "known. Each PR brings the tests that it lists below.",
        ),
    ],
)
def test_a_pull_request_is_held_to_the_checks_that_the_target_has(
    checks: tuple[TargetCheck, ...], said: str
) -> None:
    """A Python target never sees a command of npm's, and one without checks sees none."""
    plan = sample_plan()
    changed = replace(plan, context=replace(plan.context, checks=checks))
    text = section("PR Patch Plan").write(changed)
    assert said in text
    assert "npm run" not in text


def test_what_drafters_cost_and_how_good_they_were_is_said() -> None:
    """A row for each, why answers were refused or missing, and how gates were run."""
    claude = DraftTally(
        adapter="claude",
        findings=12,
        asked=19,
        answered=10,
        repaired=4,
        shown=1,
        refused=(("a lock file", 2), ("a secret", 1)),
        silent=(("it ran longer than 300 s and was stopped", 2),),
        seconds=330.0,
        cost=1.234,
    )
    own = DraftTally("mine", 12, 12, 12, 0, 0)
    said = DraftsReport(
        (claude, own), "No gates were asked for over drafts.", "the budget is spent"
    )
    summary = section("Executive Summary").write(replace(sample_plan(), drafts=said))
    part = summary[summary.index("### Drafters") :]
    assert part[: part.index("\n### ")].splitlines()[2:] == [
        "| Drafter | Findings | Asked | Drafted | Repaired | Shown | Refused | Minutes | Dollars |",
        "| --- | --: | --: | --: | --: | --: | --: | --: | --: |",
        "| claude | 12 | 19 | 10 | 4 | 1 | 3 | 5.5 | 1.23 |",
        "| mine | 12 | 12 | 12 | 0 | 0 | 0 | 0 | not told |",
        "",
        "- Answers of claude were refused for a lock file (2), a secret (1).",
        "- No draft of claude: it ran longer than 300 s and was stopped (2).",
        "- No gates were asked for over drafts.",
        "- The budget is spent.",
    ]
    assert "### Drafters" not in section("Executive Summary").write(sample_plan())


def test_a_pull_request_lists_the_tests_that_it_brings() -> None:
    """Each file once, with its cases, and whether a patch writes it; none is said to be none."""
    plan = sample_plan()
    item = plan.remediations[0]
    written, left = "tests/ferry/berth.test.ts", "tests/ferry/timetable.test.ts"
    asked = (
        Followup(written, "berth: refuses a second ferry"),
        Followup(written, "berth: frees itself"),
        Followup(left, "timetable: keeps its order", new=True),
    )
    patch = replace(item.patch, files=(*item.patch.files, written))
    items = (replace(item, tests_required=asked, patch=patch), *plan.remediations[1:])
    text = section("PR Patch Plan").write(replace(plan, remediations=items))
    done = f"2 cases in `{written}`, which the patch writes"
    assert f"- Tests: {done}; 1 case in `{left}`, to be written" in text.splitlines()
    bare = tuple(replace(each, tests_required=()) for each in plan.remediations)
    text = section("PR Patch Plan").write(replace(plan, remediations=bare))
    assert text.count("- Tests: none asked for\n") == len(plan.pull_requests)


def test_the_words_that_a_report_uses_are_explained_in_it() -> None:
    """Each rung and verdict that occurs is in the list, and only those."""
    text = section("Executive Summary").write(sample_plan())
    listed = text.partition("### Words used here")[2]
    assert "| builds | it passes all of the target's own checks, and the target builds |" in listed
    assert "| asked: not shown | " in listed
    assert "asked: partial" not in listed
    reached = {item.patch.rung for item in sample_plan().remediations}
    assert [rung for rung in Rung if f"| {rung} | " in listed] == [
        rung for rung in Rung if rung in reached
    ]
    assert set(Rung) - reached
    assert "[what the words mean](#what-the-words-mean)" in text


def test_where_the_forecast_is_later_than_the_plan_it_is_said() -> None:
    """Two sprints for one priority side by side are explained, and not where they agree."""
    plan = sample_plan()
    assert plan.forecast
    said = (
        "The forecast is later than the plan for P0 (planned by sprint 1, 85 % sure only by sprint "
        "2) and P3 (planned by sprint 3, 85 % sure only by sprint 4): the plan takes each estimate "
        "as it stands, the forecast lets it run over. Promise the later sprint."
    )
    for heading in ("Executive Summary", "Sprint Plan"):
        assert said in section(heading).write(plan)
    agreeing = replace(
        plan.forecast, bands=tuple(replace(band, p85=1) for band in plan.forecast.bands)
    )
    text = section("Sprint Plan").write(replace(plan, forecast=agreeing))
    assert "later than the plan" not in text


def test_how_a_finding_was_read_is_told_by_its_id() -> None:
    """Nobody counts the findings of an audit; what is of the audit itself keeps its path."""
    plan = sample_plan()
    first = plan.audit.findings[0]
    note = Note("findings[0].function", "turn()", "turn", "without its brackets")
    unclear = Note("findings[0].complexity", "a while", "", "no number of hours in 'a while'")
    findings = (replace(first, notes=(note, unclear)), *plan.audit.findings[1:])
    meta = Note("meta.branch", "Main", "main", "lower case")
    audit = replace(plan.audit, notes=(meta,), findings=findings)
    written = section("Audit Reference").write(replace(plan, audit=audit))
    link = f"[{first.id}](#{first.id})"
    assert f"- {link} `complexity` says `a while`: no number of hours" in written
    assert f"| {link} `function` | `turn()` | turn | without its brackets |" in written
    assert "| `meta.branch` | `Main` | main | lower case |" in written


def test_a_pull_request_names_what_it_mends_before_its_tests() -> None:
    """Files stand as they are read."""
    plan = sample_plan()
    first = replace(
        plan.pull_requests[0], files=("mill/gear.test.ts", "mill/gear.ts", "package-lock.json")
    )
    written = section("PR Patch Plan").write(
        replace(plan, pull_requests=(first, *plan.pull_requests[1:]))
    )
    assert "- Files: `mill/gear.ts`, `mill/gear.test.ts` and `package-lock.json`\n" in written


def test_what_a_solver_proved_of_the_sprints_is_said_in_words() -> None:
    """What is not proven says how it was found."""
    plan = sample_plan()
    best = replace(plan.sprint_plan, method="cp-sat", status="optimal")
    written = section("Sprint Plan").write(replace(plan, sprint_plan=best))
    assert "\n\nNo plan is better, which a solver proved: P0 is as early as it can be" in written
    filled = replace(plan.sprint_plan, method="greedy", status="heuristic")
    written = section("Sprint Plan").write(replace(plan, sprint_plan=filled))
    assert "\n\nPlanned by greedy; the result is heuristic. A PR never comes before" in written


def test_what_was_said_among_the_first_things_is_no_decision_again() -> None:
    """A secret to be rotated stands once; one of a second finding stands among the decisions."""
    plan = sample_plan()
    words = "The old value of MILL_KEY stays in the history: rotate it wherever it was used."
    other = "The old value of SLUICE_KEY stays in the history: rotate it wherever it was used."
    items = list(plan.remediations)
    for at, said in ((0, words), (1, other)):
        items[at] = replace(items[at], patch=replace(items[at].patch, irreversible=(said,)))
    written = section("Executive Summary").write(replace(plan, remediations=tuple(items)))
    summary = written.partition("### Findings")[0]
    assert "### What only people can do" in summary
    assert (summary.count("MILL_KEY"), summary.count("SLUICE_KEY")) == (1, 1)


def test_what_goes_before_a_pull_request_is_said_once() -> None:
    """A finding's own way back may name it already; where one of them does not, the PR's does."""
    plan = sample_plan()
    base = next(each for each in plan.pull_requests if len(each.finding_ids) == 1)
    later = next(each for each in plan.pull_requests if each.number != base.number)
    last = replace(later, depends_on=(Dependency(base.number, "the sluice is built first"),))
    requests = tuple(
        last if each.number == last.number else replace(each, depends_on=())
        for each in plan.pull_requests
    )
    plan = replace(plan, pull_requests=requests)
    assert f"Only after [PR #{last.number}](#pr-{last.number}) is taken back." in section(
        "Rollback Procedures"
    ).write(plan)
    way = f"First revert PR #{last.number} (built on this one). Then drain the mill pond."
    items = tuple(
        replace(item, rollback=way) if item.finding_id in base.finding_ids else item
        for item in plan.remediations
    )
    written = section("Rollback Procedures").write(replace(plan, remediations=items))
    assert f"First revert [PR #{last.number}](#pr-{last.number}) (built on this one)." in written
    assert "Only after" not in written


def test_of_very_many_tests_that_stand_already_some_are_named() -> None:
    """Nobody reads a thousand paths; where all are is said."""
    plan = sample_plan()
    paths = tuple(f"mill/test/wheel_{at:04}.test.ts" for at in range(1000))
    facts = (replace(plan.facts[0], tests=paths), *plan.facts[1:])
    written = section("Test Plan").write(replace(plan, facts=facts))
    assert "test files; all are in plan.json</summary>" in written
    assert 50 < written.count(".test.ts") < 100
