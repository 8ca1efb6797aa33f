"""Test Plan: which tests each finding calls for, and which PR brings them."""

from __future__ import annotations

from mendbook.model import Followup, Plan
from mendbook.report import markdown
from mendbook.report.index import Index
from mendbook.report.sections.finding_link import finding_link
from mendbook.text.escape import prose
from mendbook.text.phrasing import count, listed

HEADING = "Test Plan"
_MOST_TESTS = 60
"""Test files listed that stand already."""
_ELSEWHERE = "all are in plan.json"


def test_plan(plan: Plan) -> str:
    """Return the tests required, by file, and the findings that call for none."""
    required = [
        (test, item.finding_id) for item in plan.remediations for test in item.tests_required
    ]
    without = [item.finding_id for item in plan.open_items if not item.tests_required]
    files = {test.path for test, _ in required}
    index = Index.of(plan)
    lead = f"{count(len(required), 'test case')} in {count(len(files), 'file')}"
    return markdown.blocks(
        f"## {HEADING}",
        f"{lead.capitalize()}. Existing tests stay; each PR brings its own. {_written(plan)}"
        if required
        else "No finding calls for a test.",
        _table(required, index),
        f"No test is asked for by {_finding_links(without, index)}." if without else "",
        _standing(plan, index),
    )


def _written(plan: Plan) -> str:
    """Return how many test cases are in files that the patches write already."""
    states = [
        test.path in item.patch.files and item.patch.answers
        for item in plan.remediations
        for test in item.tests_required
    ]
    done = sum(states)
    if not done:
        return "None is written yet."
    left = len(states) - done
    rest = f"; {left} {'is' if left == 1 else 'are'} still to be written" if left else ""
    return f"The patches write the files of {done} of them{rest}."


test_plan.__test__ = False  # type: ignore[attr-defined] # a plan of tests, not a test


def _table(required: list[tuple[Followup, str]], index: Index) -> str:
    rows = []
    for test, finding_id in sorted(required, key=lambda each: (str(each[0]), each[1])):
        number = index.pr_of.get(finding_id)
        rows.append(
            (
                index.link(test.place, test.path, test.line) if test.path else "—",
                prose(test.words) or "—",
                finding_link(finding_id, index),
                markdown.pr_link(number) if number else "—",
            )
        )
    return markdown.table(("Test File", "Test Case", "Finding", "Brought by"), rows)


def _finding_links(names: list[str], index: Index) -> str:
    return listed([finding_link(name, index) for name in names])


def _standing(plan: Plan, index: Index) -> str:
    tested = sorted({path for facts in plan.facts for path in facts.tests})
    if not tested:
        return ""
    return markdown.blocks(
        "### Tests that already cover these files",
        markdown.long_bullets(
            [index.file(path) for path in tested], "test file", most=_MOST_TESTS, rest=_ELSEWHERE
        ),
    )
