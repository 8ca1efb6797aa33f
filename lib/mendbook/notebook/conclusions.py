"""What to conclude from each table of a notebook, in a sentence computed from the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from mendbook.errors import UsageError
from mendbook.model import EvidenceStatus, Plan, PullRequest
from mendbook.prioritize.by_severity import BY_SEVERITY
from mendbook.report import tables
from mendbook.report.document import Words
from mendbook.report.learning import learned_words, moved_words
from mendbook.report.speech import say
from mendbook.text.closest import did_you_mean
from mendbook.text.phrasing import count, hours, listed, number, percent, runs


def conclude(plan: Plan, about: str) -> Words:
    """Return what ``plan`` says about one of ``CONCLUSIONS``; ``UsageError`` names a near one."""
    if about not in CONCLUSIONS:
        message = f"{about}: nothing is concluded about it{did_you_mean(about, CONCLUSIONS)}"
        raise UsageError(message)
    return say(CONCLUSIONS[about](plan))


def _files(plan: Plan) -> str:
    files = tables.files(plan)
    if not len(files):
        return "No finding names a file."
    first = files.iloc[0]
    total = len(plan.audit.findings)
    spread = f"{count(total, 'finding')} in {count(len(files), 'file')}"
    if int(first.findings) == 1:
        return f"{spread}, none in a file that another is in: work on them does not meet."
    return f"{spread}. Most meet in {first.file}: {first.ids}{_done_in(plan, first.ids)}."


def _done_in(plan: Plan, ids: str) -> str:
    """Return the pull requests in which the findings ``ids`` are done; nothing where none is."""
    named = set(ids.split(", "))
    requests = [pr for pr in plan.pull_requests if named & set(pr.finding_ids)]
    if not requests:
        return ""
    waiting = [
        pr.number for pr in requests for other in pr.depends_on if other.on in _numbers(requests)
    ]
    order = f", PR {runs(waiting)} after the others" if waiting else ""
    together = " together" if len(requests) == 1 else ""
    return f", done{together} in PR {runs(sorted(_numbers(requests)))}{order}"


def _numbers(requests: Iterable[PullRequest]) -> set[int]:
    return {pr.number for pr in requests}


def _evidence(plan: Plan) -> str:
    status = {each.finding_id: each.evidence.status for each in plan.facts}
    there = [
        name
        for name, each in status.items()
        if each in {EvidenceStatus.VERBATIM, EvidenceStatus.PARAPHRASE}
    ]
    absent = [
        name
        for name, each in status.items()
        if each in {EvidenceStatus.ABSENT, EvidenceStatus.NO_FILE}
    ]
    if not there and not absent:
        return "Nothing was compared with code, as no repository was given."
    if not absent:
        return f"What the audit quotes was found in the code for {_all(len(there), len(status))}."
    return (
        f"The code does not hold what {listed(absent[:6])} "
        f"{'quotes' if len(absent) == 1 else 'quote'}: look there before anyone starts on it."
    )


def _notes(plan: Plan) -> str:
    notes = tables.notes(plan)
    lost = notes[notes.understood == ""] if len(notes) else notes
    if not len(notes):
        return "Every field was taken as it was written."
    if not len(lost):
        return f"{count(len(notes), 'value')} read in other words than written; nothing was lost."
    names = listed([str(each) or "the audit" for each in dict.fromkeys(lost.finding)][:6])
    return f"{count(len(lost), 'value')} could not be understood, of {names}: read those yourself."


def _over_engineering(plan: Plan) -> str:
    places = tables.over_engineering(plan)
    if not len(places):
        return "The audit names no over-engineering."
    yearly = float(places.hours_a_year.sum(skipna=True))
    return (
        f"{count(len(places), 'place')} that the audit says cost {hours(yearly)} a year, by its "
        "own estimate."
    )


def _tree(plan: Plan) -> str:
    severity = {each.id: each.severity for each in plan.audit.findings}
    total = len(plan.open_items)
    up, down = [], []
    for item in plan.open_items:
        usual = BY_SEVERITY[severity[item.finding_id]]
        if item.decision.priority < usual:
            up.append(item.finding_id)
        elif item.decision.priority > usual:
            down.append(item.finding_id)
    if not up and not down:
        return f"The tree puts {_all(total, total)} where severity alone would."
    said = [
        f"{listed(names[:6])}{' and more' if len(names) > 6 else ''} {words}"
        for names, words in ((up, "earlier"), (down, "later"))
        if names
    ]
    return f"Against severity alone, the tree puts {' and '.join(said)}."


def _history(plan: Plan) -> str:
    return " ".join([learned_words(plan.learned), *moved_words(plan.learned)])


def _order(plan: Plan) -> str:
    if not plan.open_items:
        return "There is nothing to put in order."
    first = plan.open_items[0]
    return f"{first.finding_id} comes first: {first.decision.reason}"


def _hours(plan: Plan) -> str:
    estimates = [item.estimate for item in plan.open_items]
    if not estimates:
        return "There is nothing to estimate."
    low, likely, high = (
        sum(getattr(each, name) for each in estimates) for name in ("low", "likely", "high")
    )
    largest = max(plan.open_items, key=lambda item: item.estimate.likely)
    return (
        f"{hours(likely)} in all, between {number(low)} and {number(high)};"
        f" most in {largest.finding_id} ({hours(largest.estimate.likely)})."
    )


def _pull_requests(plan: Plan) -> str:
    requests = plan.pull_requests
    if not requests:
        return "There is no pull request to make."
    waiting = [pr for pr in requests if pr.depends_on]
    free = len(requests) - len(waiting)
    at_once = f"{free} of {count(len(requests), 'pull request')} can be worked on at once"
    if not waiting:
        return f"{at_once}: none waits for another."
    awaited = Counter(before.on for pr in waiting for before in pr.depends_on)
    most, times = awaited.most_common(1)[0]
    return f"{at_once}; PR {most} is what most wait for ({times})."


def _context(plan: Plan) -> str:
    warnings = len(plan.context.warnings)
    facts = count(len(plan.context.facts), "fact")
    if not plan.context.facts:
        return "Nothing is known about the target, as no repository was given."
    return f"{facts} read in the repository; {count(warnings, 'thing')} to mind."


def _measurements(plan: Plan) -> str:
    heated = sum(each.share is not None for each in plan.heat)
    if not plan.profiles.sources:
        return "Nothing was measured: priorities and advice rest on code alone."
    return (
        f"{count(len(plan.profiles.sources), 'measurement')} read; the code of "
        f"{heated} of {count(len(plan.audit.findings), 'finding')} was in a profile."
    )


def _advice(plan: Plan) -> str:
    rows = tables.advice(plan)
    if not len(rows):
        return "No advisor found its stack here, so none has anything to say."
    missing = rows[rows.now == "not found"]
    said = f"{count(len(rows), 'recommendation')} of {count(len(plan.advice), 'advisor')}"
    staying = sum(row.stays for each in plan.advice for row in each.rows)
    said += f", {staying} of them to leave what is there as it is" if staying else ""
    if not len(missing):
        return f"{said}; none asks for what is not there yet."
    names = listed([str(each) for each in missing.what][:4])
    return f"{said}; {len(missing)} for what is not there yet: {names}."


def _alternatives(plan: Plan) -> str:
    over = [
        each for each in plan.alternatives if any(s.over_capacity for s in each.sprint_plan.sprints)
    ]
    if not plan.alternatives:
        return "No other capacity was planned."
    if not over:
        tried = [each.capacity for each in plan.alternatives]
        loads = [
            (sprint.hours / sprint.capacity, each.capacity)
            for each in plan.alternatives
            for sprint in each.sprint_plan.sprints
            if sprint.capacity
        ]
        full, capacity = max(loads, default=(0.0, max(tried)))
        return (
            f"With {number(min(tried))} to {number(max(tried))} hours a sprint each sprint holds "
            f"its work; the fullest is {percent(full)} full, with {number(capacity)} hours."
        )
    return (
        f"Under {listed([f'{each.capacity:g} h' for each in over])} a sprint is over its capacity: "
        "one pull request alone is larger."
    )


def _patches(plan: Plan) -> str:
    total = len(plan.open_items)
    sure = sum(item.patch.answers for item in plan.open_items)
    drafts = sum(item.patch.is_draft for item in plan.open_items)
    if not total:
        return "There is nothing to patch."
    rest = total - sure - drafts
    return (
        f"{count(sure, 'finding')} of {total} ({percent(sure / total)}) with a patch that does "
        f"what was asked, {count(drafts, 'draft')} to judge, {rest} for a person to write."
    )


def _all(amount: int, total: int) -> str:
    return f"all {count(total, 'finding')}" if amount == total else f"{amount} of {total} findings"


CONCLUSIONS: dict[str, Callable[[Plan], str]] = {
    "advice": _advice,
    "alternatives": _alternatives,
    "context": _context,
    "evidence": _evidence,
    "files": _files,
    "history": _history,
    "hours": _hours,
    "measurements": _measurements,
    "notes": _notes,
    "order": _order,
    "over-engineering": _over_engineering,
    "patches": _patches,
    "pull-requests": _pull_requests,
    "tree": _tree,
}
"""What is concluded, by the table or section that it closes."""
