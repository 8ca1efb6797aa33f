"""Print the fields of findings beside the code that they are about, to be read and judged.

    python benchmarks/truth/fields.py AUDIT REPOSITORY [ID …]

The plan is made without its notebooks, so it takes seconds. Each field is judged right, vague or
wrong against the code; ``README.md`` beside this file holds the table of what was found.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence

from mendbook import open_run
from mendbook.model import Finding, FindingFacts, Plan, Remediation
from mendbook.repository.snapshot import Snapshot

AROUND = 6
"""Lines shown before and after the place."""


def main() -> None:
    """Print the findings that are named, else all, and then the pull requests."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("audit")
    parser.add_argument("repository")
    parser.add_argument("ids", nargs="*")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as out:
        run = open_run(given.audit, given.repository, out=out)
        plan, snapshot = run.plan, run.snapshot
    for line in _report(plan, snapshot, given.ids):
        print(line)


def _report(plan: Plan, snapshot: Snapshot, ids: Sequence[str]) -> Iterator[str]:
    findings = {each.id: each for each in plan.audit.findings}
    facts = {each.finding_id: each for each in plan.facts}
    for item in plan.remediations:
        if not ids or item.finding_id in ids:
            name = item.finding_id
            yield from _finding(findings[name], facts[name], item, snapshot)
    for request in plan.pull_requests:
        if not ids or set(ids) & set(request.finding_ids):
            waits = "; ".join(f"after {each.on}: {each.reason}" for each in request.depends_on)
            yield f"PR {request.number}: {request.title}  [{waits or 'waits for none'}]"
            yield f"   files {', '.join(request.files)}"


def _finding(
    finding: Finding, facts: FindingFacts, item: Remediation, snapshot: Snapshot
) -> Iterator[str]:
    yield f"=== {finding.id} {item.decision.priority} {item.patch.standing} {item.patch.source}"
    yield f"problem   {finding.problem}"
    yield f"evidence  {finding.evidence}"
    yield f"fix       {finding.fix}"
    place = facts.evidence
    yield f"place     {place.file}:{place.line} ({place.status}, {place.how})"
    yield from _code(place.file, place.line or 0, snapshot)
    yield f"files     {', '.join(item.files_touched)}"
    uses = [f"{use.file}:{use.line} {use.kind} in {use.enclosing}" for use in item.callsites]
    yield f"callsites {'; '.join(uses) or 'none'}"
    yield f"risk      {item.runtime_risk}"
    yield f"rollback  {item.rollback}"
    yield f"documents {'; '.join(map(str, item.docs_updates)) or 'none'}"
    yield f"tests     {'; '.join(map(str, item.tests_required)) or 'none'}"
    if item.patch.answers:
        yield item.patch.diff
    if item.work_order is not None:
        order = item.work_order
        yield from (f"decide    {choice}" for choice in order.choices)
        for step in order.steps:
            yield f"step      {step.words} @ {', '.join(map(str, step.places))}"
        yield from (f"holds     {said}" for said in order.afterwards)
        yield from (f"unknown   {said}" for said in order.unknown)


def _code(path: str, line: int, snapshot: Snapshot) -> Iterator[str]:
    lines = (snapshot.get(path) or "").splitlines()
    first = max(1, line - AROUND)
    for number, text in enumerate(lines[first - 1 : line + AROUND], start=first):
        yield f"  {'>' if number == line else ' '} {number:4} {text}"


if __name__ == "__main__":
    main()
