"""What an exporter is: a name, the end of its files' names, and a function from a plan to bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from mendbook.model import Plan, PullRequest, Remediation
from mendbook.text.escape import slug

Parts = Callable[[Plan], Iterable[tuple[str, Plan]]]
"""What a plan is cut into: each part's path without its end, and the part as a plan."""


def whole(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """Yield the plan itself, named by its minute."""
    yield f"reports/remediation-{plan.provenance.stamp}", plan


def each_patch(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """Yield a part for each patch in series, in order, under the name of the patch."""
    for items in cut(plan, [[item] for item in in_series(plan)]):
        yield f"PATCHES/{items.remediations[0].patch.name.removesuffix('.patch')}", items


def each_draft(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """Yield a part for each draft: an edit of the audited commit alone, in no order."""
    for items in cut(plan, [[item] for item in plan.remediations if item.patch.is_draft]):
        yield f"PATCHES/drafts/{items.remediations[0].patch.name.removesuffix('.patch')}", items


def each_pull_request(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """Yield a part for each pull request that has a patch in series, in merge order."""
    item_of = {item.finding_id: item for item in in_series(plan)}
    for request in plan.pull_requests:
        items = [item_of[name] for name in request.finding_ids if name in item_of]
        if items:
            (part,) = cut(plan, [sorted(items, key=_place)])
            yield mailbox_stem(request), replace(part, pull_requests=(request,))


def mailbox_stem(request: PullRequest) -> str:
    """Return where the mailbox of ``request`` lies in the run's folder, without its suffix."""
    title = slug(request.title, 60).lower()
    return f"PATCHES/pull-requests/PR-{request.number:03d}-{title}"


def in_series(plan: Plan) -> tuple[Remediation, ...]:
    """Return the remediations whose patch is in series, in the order of the series."""
    return tuple(sorted((item for item in plan.remediations if item.patch.in_series), key=_place))


def cut(plan: Plan, groups: Iterable[list[Remediation]]) -> Iterator[Plan]:
    """Yield ``plan`` with the remediations of each group and their findings, and no others."""
    finding_of = {finding.id: finding for finding in plan.audit.findings}
    for items in groups:
        findings = tuple(finding_of[item.finding_id] for item in items)
        audit = replace(plan.audit, findings=findings)
        yield replace(plan, audit=audit, remediations=tuple(items))


def _place(item: Remediation) -> str:
    return item.patch.name


@dataclass(frozen=True, slots=True)
class Exporter:
    """One form in which a plan is written; ``parts`` says into how many files."""

    name: str
    suffix: str
    export: Callable[[Plan], bytes]
    parts: Parts = whole
