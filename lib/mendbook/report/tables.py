"""A plan as pandas frames, to look at and to compute with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from mendbook.effort import weigh_over_engineering
from mendbook.model import Decision, Plan
from mendbook.report.index import Index
from mendbook.report.offered import patch_path

if TYPE_CHECKING:
    import pandas as pd

    from mendbook.intake import Comparison
    from mendbook.planning.scenarios import Summary
    from mendbook.planning.what_if import Move

_FIXED = "fixed or no longer reported"


def findings(plan: Plan) -> pd.DataFrame:
    """Return one row for each finding with what the repository and the profiles say of it."""
    index = Index.of(plan)
    rows = []
    for finding in plan.audit.findings:
        facts, heat = index.facts.get(finding.id), index.heat.get(finding.id)
        rows.append(
            {
                "id": finding.id,
                "severity": str(finding.severity),
                "dimension": finding.kind,
                "file": finding.file,
                "function": finding.function,
                "problem": finding.problem,
                "evidence": str(facts.evidence.status) if facts else "unchecked",
                "callsites": len(facts.callsites) if facts else None,
                "owner": facts.owner.name if facts else "",
                "heat": heat.share if heat else None,
            }
        )
    columns = ("id", "severity", "dimension", "file", "function", "problem", "evidence")
    return _frame(rows, (*columns, "callsites", "owner", "heat"))


def files(plan: Plan) -> pd.DataFrame:
    """Return one row for each file with findings, most first; a range of lines is no other file."""
    index = Index.of(plan)
    named: dict[str, list[str]] = {}
    for finding in plan.audit.findings:
        facts = index.facts.get(finding.id)
        places = (place.path for place in finding.places)
        for path in dict.fromkeys([*(facts.files if facts else ()), *places]):
            named.setdefault(path, []).append(finding.id)
    rows = [
        {"file": path, "findings": len(ids), "ids": ", ".join(ids)} for path, ids in named.items()
    ]
    rows.sort(key=lambda row: -int(str(row["findings"])))
    return _frame(rows, ("file", "findings", "ids"))


def priorities(plan: Plan) -> pd.DataFrame:
    """Return one row for each finding in order of rank: band, reason, and what would move it."""
    rows = [
        {
            "rank": item.decision.rank,
            "id": item.finding_id,
            "priority": str(item.decision.priority),
            "reason": item.decision.reason,
            "flip": item.decision.flip,
            **item.decision.order_key,
        }
        for item in plan.remediations
    ]
    return _frame(rows, ("rank", "id", "priority", "reason", "flip"))


def remediations(plan: Plan) -> pd.DataFrame:
    """Return one row for each remediation: hours with their range, patch, owner, PR, sprint."""
    index = Index.of(plan)
    rows = []
    for item in plan.remediations:
        number = index.pr_of.get(item.finding_id)
        rows.append(
            {
                "id": item.finding_id,
                "priority": str(item.decision.priority),
                "low": item.estimate.low,
                "hours": item.estimate.likely,
                "high": item.estimate.high,
                "hours_from": item.estimate.source,
                "patch": item.patch.standing,
                "asked": item.patch.asked.words if item.patch.name else "",
                "patch_from": item.patch.made_by,
                "callsites": len(item.callsites),
                "owner": item.owner.name,
                "pr": number,
                "sprint": index.sprint_of.get(number) if number else None,
            }
        )
    columns = (
        "id",
        "priority",
        "low",
        "hours",
        "high",
        "hours_from",
        "patch",
        "asked",
        "patch_from",
    )
    return _frame(rows, (*columns, "callsites", "owner", "pr", "sprint"))


def pull_requests(plan: Plan) -> pd.DataFrame:
    """Return one row for each PR, in merge order."""
    sprint_of = Index.of(plan).sprint_of
    rows = [
        {
            "pr": pr.number,
            "title": pr.title,
            "priority": str(pr.priority),
            "findings": len(pr.finding_ids),
            "files": len(pr.files),
            "after": ", ".join(str(before.on) for before in pr.depends_on),
            "low": pr.low,
            "hours": pr.hours,
            "high": pr.high,
            "owner": pr.owner,
            "sprint": sprint_of.get(pr.number),
        }
        for pr in plan.pull_requests
    ]
    columns = ("pr", "title", "priority", "findings", "files", "after", "low", "hours", "high")
    return _frame(rows, (*columns, "owner", "sprint"))


def advice(plan: Plan) -> pd.DataFrame:
    """Return one row for each recommendation of each advisor."""
    rows = [
        {
            "advisor": section.advisor,
            "what": row.what,
            "where": row.spot,
            "now": row.now,
            "target": row.target,
            "why": row.why,
            "patch": patch_path(section, row.proposal) if row.proposal else "",
            "findings": ", ".join(row.findings),
        }
        for section in plan.advice
        for row in section.rows
    ]
    columns = ("advisor", "what", "where", "now", "target", "why", "patch", "findings")
    return _frame(rows, columns)


def mapped(plan: Plan) -> pd.DataFrame:
    """Return one row for each key of the audit: the field it fills, and what told it."""
    rows = [
        {
            "key": one.key,
            "field": one.field,
            "example": one.example,
            "findings": one.count,
            "why": one.why,
        }
        for one in plan.audit.mapped
    ]
    return _frame(rows, ("key", "field", "example", "findings", "why"))


def notes(plan: Plan) -> pd.DataFrame:
    """Return one row for each thing that was normalised or could not be understood."""
    about = [("", note) for note in plan.audit.notes]
    about += [(finding.id, note) for finding in plan.audit.findings for note in finding.notes]
    rows = [
        {
            "finding": name,
            "field": note.field,
            "original": note.original,
            "understood": note.understood,
            "why": note.why,
        }
        for name, note in about
    ]
    return _frame(rows, ("finding", "field", "original", "understood", "why"))


def over_engineering(plan: Plan) -> pd.DataFrame:
    """Return one row for each over-engineered place: yearly hours saved against hours spent."""
    estimates = [item.estimate for item in plan.remediations]
    savings = weigh_over_engineering(plan.audit.over_engineering, plan.audit.findings, estimates)
    rows = [
        {
            "file": saving.file,
            "anti_pattern": saving.anti_pattern,
            "hours_a_year": saving.hours_per_year,
            "hours_spent": saving.hours,
            "pays_back_after_years": saving.pays_back_after_years,
            "verdict": saving.verdict,
        }
        for saving in savings
    ]
    columns = ("file", "anti_pattern", "hours_a_year", "hours_spent", "pays_back_after_years")
    return _frame(rows, (*columns, "verdict"))


def decision_path(plan: Plan, finding_id: str) -> pd.DataFrame:
    """Return the steps of one finding through the decision tree, first question first."""
    steps = (
        step
        for item in plan.remediations
        if item.finding_id == finding_id
        for step in item.decision.path
    )
    rows = [
        {"question": step.question, "answer": step.answer, "because": step.because}
        for step in steps
    ]
    return _frame(rows, ("question", "answer", "because"))


def context(plan: Plan) -> pd.DataFrame:
    """Return one row for each thing known about the target, and where it was read."""
    rows = [
        {"what": fact.name, "value": fact.value, "where": fact.source}
        for fact in plan.context.facts
    ]
    return _frame(rows, ("what", "value", "where"))


def measurements(plan: Plan) -> pd.DataFrame:
    """Return one row for each number of a load test or a scrape."""
    rows = [
        {
            "source": each.source,
            "name": each.name,
            "value": each.value,
            "unit": each.unit,
            "labels": ", ".join(f"{key}={value}" for key, value in each.labels.items()),
        }
        for each in plan.profiles.measurements
    ]
    return _frame(rows, ("source", "name", "value", "unit", "labels"))


def alternatives(plan: Plan) -> pd.DataFrame:
    """Return one row for each capacity that the plan was also made for, by hours a sprint holds."""
    rows = [
        {
            "capacity": each.capacity,
            "sprints": len(each.sprint_plan.sprints),
            "fullest": max((sprint.hours for sprint in each.sprint_plan.sprints), default=0.0),
            "above_capacity": sum(
                bool(sprint.over_capacity) for sprint in each.sprint_plan.sprints
            ),
            "status": each.sprint_plan.status,
        }
        for each in plan.alternatives
    ]
    return _frame(rows, ("capacity", "sprints", "fullest", "above_capacity", "status"))


def moves(changes: Iterable[Move]) -> pd.DataFrame:
    """Return one row for each pull request that other choices put into another sprint."""
    rows = [
        {
            "pr": move.pull_request,
            "title": move.title,
            "findings": ", ".join(move.finding_ids),
            "before": move.before,
            "after": move.after,
        }
        for move in changes
    ]
    return _frame(rows, ("pr", "title", "findings", "before", "after"))


def comparison(difference: Comparison) -> pd.DataFrame:
    """Return one row for each finding of two audits: what became of it, and where it stands."""
    rows = [
        *(("new", "", each) for each in difference.new),
        *(("moved", pair.before.file, pair.after) for pair in difference.moved),
        *(("still there", pair.before.file, pair.after) for pair in difference.still),
        *((_FIXED, each.file, each) for each in difference.fixed),
    ]
    shown = [
        {
            "what": what,
            "id": each.id,
            "severity": str(each.severity),
            "file before": before,
            "file after": "" if what == _FIXED else each.file,
            "problem": each.problem,
        }
        for what, before, each in rows
    ]
    return _frame(shown, ("what", "id", "severity", "file before", "file after", "problem"))


def rank_moves(before: Iterable[Decision], after: Iterable[Decision]) -> pd.DataFrame:
    """Return one row for each finding whose rank or band differs, in the order of ``after``."""
    old = {each.finding_id: each for each in before}
    rows = [
        {
            "id": now.finding_id,
            "band before": str(old[now.finding_id].priority),
            "band after": str(now.priority),
            "rank before": old[now.finding_id].rank,
            "rank after": now.rank,
            "flip": now.flip,
        }
        for now in after
        if (now.priority, now.rank) != (old[now.finding_id].priority, old[now.finding_id].rank)
    ]
    columns = ("id", "band before", "band after", "rank before", "rank after", "flip")
    return _frame(rows, columns)


def scenarios(summaries: Iterable[Summary]) -> pd.DataFrame:
    """Return one row for each named scenario: hours, sprints, and when it is all done."""
    rows = [
        {
            "scenario": each.name,
            "hours": each.hours,
            "sprints": each.sprints,
            "P0 done in sprint": each.urgent_done or None,
            "P0 done by": each.urgent_ends.isoformat() if each.urgent_ends else "",
            "all done by": each.ends.isoformat() if each.ends else "",
            "schedule": each.status,
        }
        for each in summaries
    ]
    columns = ("scenario", "hours", "sprints", "P0 done in sprint", "P0 done by", "all done by")
    return _frame(rows, (*columns, "schedule"))


def _frame(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd  # slow to import

    more = dict.fromkeys(name for row in rows for name in row if name not in columns)
    return pd.DataFrame(rows, columns=[*columns, *more]).convert_dtypes()
