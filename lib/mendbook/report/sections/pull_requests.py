"""PR Patch Plan: atomic pull requests, what they hold, and what comes before what."""

from __future__ import annotations

from pathlib import PurePosixPath

from mendbook.model import Plan, PullRequest
from mendbook.policy.libraries import unapproved
from mendbook.report import markdown, mermaid
from mendbook.report.exporters.exporter import mailbox_stem
from mendbook.report.index import Index
from mendbook.report.names import ours
from mendbook.report.reading_order import reading_rank
from mendbook.report.sections.finding_link import finding_link
from mendbook.report.sections.issues import check_words
from mendbook.text.escape import cell, code, prose, text
from mendbook.text.phrasing import count, hours, listed, number, sentence, span

HEADING = "PR Patch Plan"
_MOST_FILES = 20
"""Files listed for one PR; all are in the remediation JSON."""


def pr_patch_plan(plan: Plan) -> str:
    """Return the table of PRs, the graph between them, and each PR's contents."""
    if not plan.pull_requests:
        return markdown.blocks(f"## {HEADING}", "There is nothing to change.")
    index = Index.of(plan)
    return markdown.blocks(
        f"## {HEADING}",
        "In merge order. Findings that touch the same lines are in one PR, or one waits for the "
        "other.",
        _table(plan),
        "### Order",
        markdown.slot("pr-graph"),
        mermaid.pr_graph(plan),
        _gates(plan),
        _baseline(plan),
        "### What each PR holds",
        [_contents(pr, index) for pr in plan.pull_requests],
    )


def _gates(plan: Plan) -> str:
    """Return the checks that each PR must pass: those that the target has, and no other."""
    checks = plan.context.checks
    if not checks:
        return (
            "No script and no configuration of the target says how it is checked: no gate is "
            "known. Each PR brings the tests that it lists below."
        )
    shown = listed([code(line) for line in dict.fromkeys(check.shown for check in checks)])
    return f"Each PR must pass {shown}, and bring the tests that it lists below."


def _baseline(plan: Plan) -> str:
    """Return what the gates say of the untouched tree, which is what each PR is held against."""
    if not plan.baseline:
        return ""
    shown = listed([check_words(check) for check in plan.baseline])
    return f"Before any change, and for the series as a whole: {shown}."


def _table(plan: Plan) -> str:
    return markdown.table(
        ("PR #", "Title", "Files", "Depends On", "Findings", "Priority", "Owner", "Hours"),
        [
            (
                markdown.pr_link(pr.number, str(pr.number)),
                cell(pr.title),
                str(len(pr.files)),
                ", ".join(markdown.pr_link(before.on) for before in pr.depends_on) or "—",
                str(len(pr.finding_ids)),
                pr.priority,
                cell(pr.owner),
                number(pr.hours),
            )
            for pr in plan.pull_requests
        ],
        right=(2, 4, 7),
    )


def _contents(pr: PullRequest, index: Index) -> str:
    sprint = index.sprint_of.get(pr.number)
    due = f", {markdown.sprint_link(sprint, f'sprint {sprint}')}" if sprint else ""
    checks = ", ".join(check_words(check) for check in pr.checks)
    lines = [
        f"Findings: {listed([finding_link(name, index) for name in pr.finding_ids])}",
        f"Files: {_files(pr, index)}",
        *(
            f"After {markdown.pr_link(before.on)}: {ours(prose(before.reason), index)}"
            for before in pr.depends_on
        ),
        f"Hours: {hours(pr.hours)} ({span(pr.low, pr.high)})",
        f"Tests: {_tests(pr, index)}",
    ]
    if any(index.remediations[name].patch.in_series for name in pr.finding_ids):
        path = f"{mailbox_stem(pr)}.mbox"
        lines.append(f"Patches: {markdown.file_link(path, code(PurePosixPath(path).name))}")
    if checks:
        lines.append(f"Checks: {checks}")
    added = [
        name
        for finding_id in pr.finding_ids
        for name in index.remediations[finding_id].patch.packages
    ]
    if foreign := unapproved(added):
        lines.append(
            f"**Adds {listed([code(name) for name in foreign])}**, which no list of approved "
            "libraries holds: approve it first, or do without"
        )
    return markdown.blocks(
        markdown.anchor(f"pr-{pr.number}"),
        f"#### PR #{pr.number} — {text(pr.title)}",
        f"{pr.priority}{due}. {_together(pr, index)}".strip(),
        markdown.bullets(lines),
    )


def _files(pr: PullRequest, index: Index) -> str:
    """Return the files that the PR changes; of very many the first, and how many more."""
    files = sorted(pr.files, key=reading_rank)
    shown = [index.file(path) for path in files[:_MOST_FILES]]
    rest = len(pr.files) - len(shown)
    return listed([*shown, *([f"{rest} more"] if rest else [])]) or "none"


def _tests(pr: PullRequest, index: Index) -> str:
    """Return the test files that the PR brings, and whether a patch writes them already."""
    cases: dict[str, int] = {}
    written: set[str] = set()
    for finding_id in pr.finding_ids:
        item = index.remediations[finding_id]
        for test in item.tests_required:
            cases[test.path] = cases.get(test.path, 0) + 1
        if item.patch.answers:
            written.update(item.patch.files)
    shown = [
        f"{count(amount, 'case')} in {index.file(path)}, "
        f"{'which the patch writes' if path in written else 'to be written'}"
        for path, amount in cases.items()
        if path
    ]
    if loose := cases.get("", 0):
        shown.append(f"{count(loose, 'case')} to be written, in no file that is known")
    return "; ".join(shown) or "none asked for"


def _together(pr: PullRequest, index: Index) -> str:
    """Return why its findings are in one PR; nothing where there is but one."""
    if len(pr.finding_ids) < 2:
        return ""
    return ours(prose(sentence(pr.why)), index, pr.finding_ids, f"pr-{pr.number}")
