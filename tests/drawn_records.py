"""Records for the tests of priorities, effort, PRs and remediations, made and drawn."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from mendbook.model import (
    Decision,
    Dimension,
    EntryPoint,
    Estimate,
    Evidence,
    EvidenceStatus,
    Finding,
    FindingFacts,
    Heat,
    Owner,
    Place,
    PlaceKind,
    Proposal,
    Proposed,
    Severity,
)
from mendbook.policy import load_policy
from mendbook.prioritize import prioritize
from mendbook.repository.snapshot import Snapshot

POLICY = load_policy()
FILES = tuple(
    f"src/domains/{domain}/{name}.ts"
    for domain in ("gift", "media")
    for name in ("a", "b", "index")
)
TEXT = "".join(f"export const line{number} = {number};\n" for number in range(1, 41))
SNAPSHOT = Snapshot.of(dict.fromkeys(FILES, TEXT))


def finding(
    name: str,
    severity: Severity = Severity.MEDIUM,
    dimension: Dimension = Dimension.SECURITY,
    *,
    file: str = "src/domains/gift/a.ts",
    problem: str = "No check of the input",
    fix: str = "Check the input",
    complexity: str = "1 hour",
    repro: str = "",
    impact: str = "",
    symbols: tuple[str, ...] = (),
    docs_path: str = "",
    events: tuple[str, ...] = (),
) -> Finding:
    """Return a finding about ``file`` with what a test cares about."""
    kind = PlaceKind.DIRECTORY if file.endswith("/") else PlaceKind.FILE
    return Finding(
        id=name,
        severity=severity,
        dimension=dimension,
        file=file,
        function="",
        problem=problem,
        evidence="",
        impact=impact,
        fix=fix,
        complexity=complexity,
        repro=repro,
        docs_path=docs_path,
        places=(Place(file, kind),) if file else (),
        symbols=symbols,
        events=events,
    )


def facts(
    name: str,
    *files: str,
    events: tuple[str, ...] = (),
    lines: tuple[int, int] | None = None,
    owner: str = "gift-team",
    status: EvidenceStatus = EvidenceStatus.VERBATIM,
    fan_in: int = 0,
    commits: int = 0,
    tests: tuple[str, ...] = (),
) -> FindingFacts:
    """Return facts with evidence on ``lines`` of the first of ``files``."""
    start, end = lines or (None, None)
    return FindingFacts(
        finding_id=name,
        files=files,
        evidence=Evidence(status, files[0] if files else "", start, end),
        owner=Owner(owner, "CODEOWNERS:1"),
        exposure=tuple(EntryPoint(f'socket event "{event}"', "src/a.ts", 1) for event in events),
        fan_in=fan_in,
        commits=commits,
        tests=tests,
    )


@dataclass(frozen=True, slots=True)
class Audited:
    """An audit with all that PR planning is given."""

    findings: tuple[Finding, ...]
    facts: tuple[FindingFacts, ...]
    estimates: tuple[Estimate, ...]
    decisions: tuple[Decision, ...]
    proposed: tuple[Proposed, ...]


def audited(
    findings: tuple[Finding, ...],
    known: tuple[FindingFacts, ...],
    hours: tuple[float, ...] = (),
    proposals: tuple[Proposal | None, ...] = (),
) -> Audited:
    """Return ``findings`` decided by the default policy; 1 h each and no patch unless given."""
    likely = hours or (1.0,) * len(findings)
    estimates = tuple(
        Estimate(each.id, value / 2, value, value * 2, "given")
        for each, value in zip(findings, likely, strict=True)
    )
    cold = tuple(Heat(each.id, None) for each in findings)
    drafts = proposals or (None,) * len(findings)
    return Audited(
        findings=findings,
        facts=known,
        estimates=estimates,
        decisions=prioritize(findings, known, cold, estimates, POLICY),
        proposed=tuple(
            Proposed(each.id, draft) for each, draft in zip(findings, drafts, strict=True)
        ),
    )


@st.composite
def audits(draw: st.DrawFn) -> Audited:
    """Draw an audit of up to 12 findings that crowd into few files and lines."""
    count = draw(st.integers(0, 12))
    findings, known, proposals, hours = [], [], [], []
    for index in range(count):
        name = f"F-{index}"
        files = tuple(draw(st.lists(st.sampled_from(FILES), max_size=3, unique=True)))
        problem = draw(st.sampled_from(["Input is not checked", "No unit tests", "It leaks"]))
        findings.append(
            finding(
                name,
                draw(st.sampled_from(list(Severity))),
                draw(st.sampled_from(list(Dimension))),
                file=files[0] if files else "",
                problem=problem,
                fix=draw(st.text(max_size=90)),
            )
        )
        start = draw(st.integers(1, 40))
        known.append(facts(name, *files, lines=(start, draw(st.integers(start, 40)))))
        hours.append(draw(st.sampled_from([0.1, 0.25, 1.0, 3.0, 5.5, 20.0])))
        edits = {path: draw(st.sampled_from((TEXT[:-3], "", None))) for path in files}
        patched = bool(files) and draw(st.booleans())
        proposal = Proposal(name, "recipe:x", draw(st.text(max_size=90)), dict(edits))
        proposals.append(proposal if patched else None)
    return audited(tuple(findings), tuple(known), tuple(hours), tuple(proposals))
