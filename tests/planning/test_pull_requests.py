"""Pull requests are atomic, ordered, and never share a file without a dependency."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings

from drawn_records import SNAPSHOT, TEXT, Audited, audited, audits, facts, finding
from mendbook.model import ChangeKind, Dependency, Dimension, Proposal, PullRequest, Severity
from mendbook.planning import Schedule, plan_pull_requests
from mendbook.planning.pull_requests.planned_changes import domain
from mendbook.policy import PullRequestRules
from mendbook.repository.snapshot import Snapshot

A, B, MEDIA = "src/domains/gift/a.ts", "src/domains/gift/b.ts", "src/domains/media/a.ts"
LOW, HIGH, MEDIUM = Severity.LOW, Severity.HIGH, Severity.MEDIUM
PERF, QUALITY = Dimension.PERFORMANCE, Dimension.CODE_QUALITY


def planned(
    audit: Audited,
    rules: PullRequestRules | None = None,
    snapshot: Snapshot = SNAPSHOT,
    schedule: Schedule | None = None,
    hours: float = 40,
) -> tuple[PullRequest, ...]:
    """Return the PRs of ``audit``."""
    return plan_pull_requests(
        audit.findings,
        audit.decisions,
        audit.estimates,
        audit.facts,
        audit.proposed,
        snapshot,
        rules or PullRequestRules(),
        schedule or Schedule(),
        hours,
    )


def graph(requests: tuple[PullRequest, ...]) -> nx.DiGraph[int]:
    """Return the dependencies as a graph from earlier to later."""
    found: nx.DiGraph[int] = nx.DiGraph()
    found.add_nodes_from(request.number for request in requests)
    found.add_edges_from((d.on, request.number) for request in requests for d in request.depends_on)
    return found


@settings(deadline=None, max_examples=150)
@given(audits())
def test_invariants(audit: Audited) -> None:
    """Each finding is in one PR, hours are sums, order keeps dependencies."""
    requests = planned(audit)
    placed = [name for request in requests for name in request.finding_ids]
    assert sorted(placed) == sorted(each.id for each in audit.findings)
    likely = {each.finding_id: each.likely for each in audit.estimates}
    for request in requests:
        assert abs(request.hours - sum(likely[name] for name in request.finding_ids)) < 1e-6
        assert request.low <= request.hours <= request.high
        assert all(dependency.on < request.number for dependency in request.depends_on)
        assert all(dependency.reason for dependency in request.depends_on)
    assert nx.is_directed_acyclic_graph(graph(requests))


@settings(deadline=None, max_examples=80)
@given(audits())
def test_titles_are_short_conventional_and_on_one_line(audit: Audited) -> None:
    """A title fits a commit's subject whatever the finding says."""
    for request in planned(audit):
        assert len(request.title) <= 72
        assert request.title.isprintable()
        kind, _, said = request.title.partition(": ")
        assert kind.split("(")[0] in {"fix", "perf", "refactor", "test", "docs", "chore"}
        assert said.strip()


@settings(deadline=None, max_examples=80)
@given(audits())
def test_bands_come_in_order_and_large_prs_hold_one_finding(audit: Audited) -> None:
    """Urgent PRs have low numbers; only one finding alone can be above the limit."""
    requests = planned(audit, PullRequestRules(max_hours=4, max_files=3))
    assert [each.priority for each in requests] == sorted(each.priority for each in requests)
    for request in requests:
        assert request.hours <= 4 + 1e-6 or len(request.finding_ids) == 1


def test_whole_plan_of_a_small_audit() -> None:
    """Each concern is a PR of its own; tests come after the code that they test."""
    findings = (
        finding("SEC-1", HIGH, file=A, fix="Check the sender's membership"),
        finding("SEC-2", HIGH, file=B, fix="Limit the rate; per user"),
        finding("PERF-1", MEDIUM, PERF, file=A, problem="Slow scan", fix="Use a Map for lookups"),
        finding("MED-1", MEDIUM, PERF, file=MEDIA, problem="Slow", fix="Cache the router"),
        finding("TEST-1", HIGH, QUALITY, file=A, problem="No unit tests for a.ts"),
    )
    known = tuple(
        facts(each.id, each.file, lines=(1 + 10 * index, 2 + 10 * index))
        for index, each in enumerate(findings)
    )
    assert planned(audited(findings, known, (0.5, 1, 2, 1, 3))) == (
        PullRequest(
            number=1,
            title="fix(gift): check the sender's membership",
            finding_ids=("SEC-1",),
            files=(A,),
            depends_on=(),
            hours=0.5,
            low=0.25,
            high=1.0,
            priority=audited(findings, known).decisions[0].priority,
            cost_of_delay=120.0,
            owner="gift-team",
            why="One finding, one change.",
            domain="gift",
        ),
        PullRequest(
            number=2,
            title="fix(gift): limit the rate",
            finding_ids=("SEC-2",),
            files=(B,),
            depends_on=(),
            hours=1.0,
            low=0.5,
            high=2.0,
            priority=audited(findings, known).decisions[0].priority,
            cost_of_delay=120.0,
            owner="gift-team",
            why="One finding, one change.",
            domain="gift",
        ),
        PullRequest(
            number=3,
            title="test(gift): cover a",
            finding_ids=("TEST-1",),
            files=("src/domains/gift/a.test.ts",),
            depends_on=(Dependency(1, f"it tests {A}, which PR #1 changes"),),
            hours=3.0,
            low=1.5,
            high=6.0,
            priority=audited(findings, known).decisions[0].priority,
            cost_of_delay=40.0,
            owner="gift-team",
            why="One finding, one change.",
            kind=ChangeKind.TEST,
            domain="gift",
        ),
        PullRequest(
            number=4,
            title="perf(media): cache the router",
            finding_ids=("MED-1",),
            files=(MEDIA,),
            depends_on=(),
            hours=1.0,
            low=0.5,
            high=2.0,
            priority=audited(findings, known).decisions[-1].priority,
            cost_of_delay=37.5,
            owner="gift-team",
            why="One finding, one change.",
            kind=ChangeKind.PERF,
            domain="media",
        ),
        PullRequest(
            number=5,
            title="perf(gift): use a Map for lookups",
            finding_ids=("PERF-1",),
            files=(A,),
            depends_on=(),
            hours=2.0,
            low=1.0,
            high=4.0,
            priority=audited(findings, known).decisions[-1].priority,
            cost_of_delay=37.5,
            owner="gift-team",
            why="One finding, one change.",
            kind=ChangeKind.PERF,
            domain="gift",
        ),
    )


def two_on(
    first: tuple[int, int],
    second: tuple[int, int],
    severity: Severity,
    hours: tuple[float, ...] = (),
) -> Audited:
    """Return a P1 of quality and a finding of ``severity`` about performance, in one file."""
    findings = (
        finding("F-1", MEDIUM, QUALITY, file=A, impact="A handle leaks"),
        finding("F-2", severity, PERF, file=A, problem="Slow"),
    )
    known = (facts("F-1", A, lines=first), facts("F-2", A, lines=second))
    return audited(findings, known, hours)


def test_findings_in_the_same_lines_are_one_pr_whatever_their_kind() -> None:
    """Two changes of one band that would conflict are made together."""
    (request,) = planned(two_on((10, 14), (14, 20), MEDIUM))
    assert request.finding_ids == ("F-2", "F-1")
    assert request.why == "F-2 and F-1 meet in the same lines."
    apart = planned(two_on((10, 12), (30, 31), MEDIUM))
    assert [(each.finding_ids, each.depends_on) for each in apart] == [
        (("F-2",), ()),
        (("F-1",), ()),
    ]


def test_near_lines_of_what_is_not_written_yet_are_two_concerns_in_order() -> None:
    """Where they will be changed is a guess, so the second only waits for the first."""
    first, second = planned(two_on((10, 12), (14, 20), MEDIUM))
    assert (first.finding_ids, second.finding_ids) == (("F-2",), ("F-1",))
    assert second.depends_on == (Dependency(1, f"both touch the same lines of {A}"),)


def test_a_sketch_of_a_whole_function_does_not_swallow_its_neighbours() -> None:
    """Where only a long range is known, findings stay apart."""
    requests = planned(two_on((1, 200), (30, 31), MEDIUM))
    assert [each.finding_ids for each in requests] == [("F-2",), ("F-1",)]
    assert requests[1].depends_on == ()


def test_findings_that_change_one_function_nobody_located_are_ordered() -> None:
    """Two findings of one symbol would rewrite each other's work."""
    findings = (
        finding("F-1", HIGH, file=A, symbols=("Ledger.post",), fix="Round once"),
        finding("F-2", LOW, file=A, symbols=("Ledger.post",), fix="Rename it"),
    )
    known = (facts("F-1", A, lines=None), facts("F-2", A, lines=None))
    requests = planned(audited(findings, known))
    assert requests[1].depends_on == (Dependency(1, f"both change `Ledger.post` in {A}"),)


def test_what_one_fix_removes_and_another_works_with_is_to_be_settled_first() -> None:
    """In whatever files they are; what is removed *at* a name leaves the name there."""
    findings = (
        finding("F-1", HIGH, file=A, fix="Round the weight with roundToKilo"),
        finding("F-2", LOW, file=MEDIA, fix="Delete the unused functions roundToKilo and toTons."),
        finding("F-3", LOW, file=B, fix="Remove the await before roundToKilo"),
    )
    known = tuple(facts(each.id, each.file) for each in findings)
    requests = {each.finding_ids[0]: each for each in planned(audited(findings, known))}
    assert requests["F-2"].depends_on == (
        Dependency(
            1,
            "it removes `roundToKilo`, which the fix of PR #1 works with:"
            " settle first which of the two holds",
        ),
    )
    assert requests["F-3"].depends_on == ()


def test_many_findings_of_one_fix_are_one_pr_a_folder() -> None:
    """A hundred times the same clean-up is one concern, as long as a PR stays small."""
    findings = tuple(
        finding(f"F-{index}", LOW, QUALITY, file=A, fix="Remove console.log") for index in range(5)
    )
    known = tuple(
        facts(each.id, A, lines=(20 * index + 1, 20 * index + 1))
        for index, each in enumerate(findings)
    )
    requests = planned(audited(findings, known, (2, 2, 2, 2, 2)))
    assert [len(each.finding_ids) for each in requests] == [4, 1]
    assert requests[0].why == (
        "4 findings that ask for the same fix in one folder. "
        "Split by finding: F-0, F-1 and 3 more together are above the limit of 8 h for a PR."
    )


def test_findings_of_two_bands_in_the_same_lines_are_ordered() -> None:
    """The urgent one does not wait for the other, and the other says why it waits."""
    requests = planned(two_on((10, 12), (11, 11), HIGH))
    assert [each.finding_ids for each in requests] == [("F-2",), ("F-1",)]
    assert requests[1].depends_on == (Dependency(1, f"both touch the same lines of {A}"),)


def test_a_change_of_a_deleted_file_says_so() -> None:
    """Whoever plans a fix in a file that an earlier PR deletes is told."""
    findings = (finding("F-1", HIGH, file=A), finding("F-2", LOW, QUALITY, file=A))
    known = (facts("F-1", A), facts("F-2", A))
    gone = Proposal("F-1", "recipe:unused", "delete a.ts", {A: None})
    requests = planned(audited(findings, known, proposals=(gone, None)))
    assert requests[1].depends_on == (Dependency(1, f"it is about {A}, which that PR deletes"),)


def test_a_pr_above_the_limit_is_split_or_says_why_not() -> None:
    """PRs stay small enough for a sprint where findings allow it."""
    findings = tuple(finding(f"F-{index}", file=A) for index in range(3))
    known = tuple(
        facts(each.id, A, lines=(10 * index + 1, 10 * index + 1))
        for index, each in enumerate(findings)
    )
    requests = planned(audited(findings, known, (5, 4, 20)))
    assert [(each.finding_ids, each.hours) for each in requests] == [
        (("F-1",), 4),
        (("F-0",), 5),
        (("F-2",), 20),
    ]
    split = "Split by finding: F-1, F-0 and F-2 together are above the limit of 8 h for a PR."
    assert [each.why for each in requests] == [
        split,
        split,
        f"F-2 alone is above the limit of 8 h for a PR. {split}",
    ]


def test_a_pr_above_what_its_owner_or_a_sprint_holds_is_split_by_finding() -> None:
    """The parts are ordered; what one finding alone takes is not split, and says so."""
    two = Schedule(by_owner={"gift-team": 2})
    first, second = planned(two_on((10, 14), (14, 20), MEDIUM, (1.5, 2)), schedule=two)
    theirs = "the 2 h that gift-team has in a sprint."
    said = f"Split by finding: F-2 and F-1 together are above {theirs}"
    assert [(each.finding_ids, each.hours, each.why) for each in (first, second)] == [
        (("F-2",), 2, said),
        (("F-1",), 1.5, said),
    ]
    assert second.depends_on == (Dependency(1, f"both touch the same lines of {A}"),)
    large = planned(two_on((10, 14), (14, 20), MEDIUM, (1.5, 3)), schedule=two)
    own = {each.finding_ids: each.why for each in large}[("F-2",)]
    assert own == f"F-2 alone is above {theirs} {said}"
    short = planned(two_on((10, 14), (14, 20), MEDIUM, (1.5, 2)), hours=3)
    assert [each.why for each in short] == [
        "Split by finding: F-2 and F-1 together are above the 3 h of a sprint."
    ] * 2
    other = Schedule(by_owner={"another-team": 0.25})
    assert len(planned(two_on((10, 14), (14, 20), MEDIUM), schedule=other)) == 1


def test_a_finding_without_a_file_is_planned() -> None:
    """What could not be located is still somebody's work."""
    audit = audited((finding("F-1", file="", fix="Write a runbook"),), (facts("F-1"),))
    (request,) = planned(audit)
    assert (request.title, request.files) == ("fix: write a runbook", ())


def test_new_tests_go_where_the_repository_keeps_its_tests() -> None:
    """A plan for missing tests follows the layout of the tests that are there."""
    snapshot = Snapshot.of({A: TEXT, B: TEXT, "tests/unit/domains/gift/b.spec.ts": "it()"})
    about = finding("F-1", MEDIUM, QUALITY, file="src/domains/gift/", problem="Zero test coverage")
    audit = audited((about,), (facts("F-1", A, B, lines=None),))
    (request,) = planned(audit, snapshot=snapshot)
    assert request.files == (
        "tests/unit/domains/gift/a.spec.ts",
        "tests/unit/domains/gift/b.spec.ts",
    )
    assert request.title == "test(gift): cover a and b"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("src/main/java/org/mill/stone/Stone.java", "stone"),
        ("core/src/test/kotlin/quay/crane/CraneTest.kt", "crane"),
        ("src/main/resources/tides.properties", "resources"),
        ("src/domains/media/x.ts", "media"),
        ("lib/ferry/deck.py", "ferry"),
    ],
)
def test_the_part_of_a_system_is_a_folder_that_says_something(path: str, expected: str) -> None:
    """Every path of a Java project begins with ``src/main``: its package tells what it is about."""
    assert domain(path) == expected
