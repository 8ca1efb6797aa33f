"""Per-Issue Remediation Details: the seed's block for each finding, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.changes.headings import heading
from mendbook.model import (
    AuditField,
    Cause,
    Check,
    CheckStatus,
    EvidenceStatus,
    Followup,
    Ground,
    Plan,
    Reference,
    Remediation,
    Rung,
)
from mendbook.report import markdown
from mendbook.report.index import Index, advice_anchor
from mendbook.report.names import ours
from mendbook.report.reading_order import reading_rank
from mendbook.report.remediation_json import label
from mendbook.report.sections.patch_sketch import patch_sketch
from mendbook.report.sections.words import WORDS
from mendbook.text.escape import code, fence, prose, shorten, text
from mendbook.text.phrasing import (
    count,
    listed,
    number,
    percent,
    sentence,
    span,
)
from mendbook.text.plain import without_ticks

HEADING = "Per-Issue Remediation Details"
_MOST_LINES = 6
"""Lines shown for one sentence; all are in the details JSON."""
_MOST_LISTED = 30
_ELSEWHERE = "all are in the remediation JSON"
_TITLE, _CITED = 160, 90
_EVIDENCE = {
    EvidenceStatus.VERBATIM: "found word for word",
    EvidenceStatus.PARAPHRASE: "found in other words ({share} of its identifiers)",
    EvidenceStatus.ABSENT: "not found in the code",
    EvidenceStatus.UNQUOTED: "no code is quoted that could be looked for",
    EvidenceStatus.NO_FILE: "not found: its file is not there",
    EvidenceStatus.UNCHECKED: "not checked, as there was no repository",
}
_COMMANDS = ("git ", "npm ", "npx ", "redis-cli ", "#")
_MARKS = {CheckStatus.PASS: "✓", CheckStatus.FAIL: "✗", CheckStatus.NOT_RUN: "–"}


def per_issue_details(plan: Plan) -> str:
    """Return a block for each finding, in the order of the plan."""
    index = Index.of(plan)
    return markdown.blocks(
        f"## {HEADING}",
        "Most urgent first. Hours are estimates. Each card says how far its patch is proven; "
        f"{markdown.link('what the words mean', WORDS)}."
        if plan.remediations
        else "The audit has no findings.",
        [markdown.slot("priority"), markdown.slot("proof")] if plan.remediations else "",
        [issue(item, index) for item in plan.remediations],
    )


def issue(item: Remediation, index: Index) -> str:
    """Return one finding's block, its keys in the order and the words of the seed's format."""
    finding = index.findings[item.finding_id]
    number = index.pr_of.get(item.finding_id)
    sprint = index.sprint_of.get(number) if number else None
    title = heading(finding)
    place = ""
    if number and sprint:
        due = markdown.sprint_link(sprint, f"sprint {sprint}")
        place = f" ({markdown.pr_link(number, f'PR {number}')}, {due})"
    return markdown.blocks(
        markdown.anchor(index.anchor_of[item.finding_id]),
        f"### {text(item.finding_id)} — {prose(shorten(title, _TITLE))}",
        _gone(item, index),
        _story(item, index),
        markdown.META,
        f"**Issue ID:** {text(item.finding_id)}\\\n"
        f"**Severity:** {item.severity} · {text(finding.kind)}",
        _listed(
            "Files Touched",
            [index.file(path) for path in sorted(item.files_touched, key=reading_rank)],
            "file",
        ),
        patch_sketch(item, finding, index),
        _callsites(item, index),
        f"**Runtime Risk:** {prose(sentence(item.runtime_risk)) or 'None known.'}",
        rollback(item.rollback, index, own=index.anchor_of[item.finding_id]),
        markdown.META,
        f"**Hours:** {number_of_hours(item)}\\\n"
        f"**Owner:** {text(item.owner.name)} ({text(item.owner.source)})\\\n"
        f"**Priority:** {item.decision.priority}{place}",
        _listed("Docs Updates", [_followup(each, index) for each in item.docs_updates], "update"),
        _listed(
            "Tests Required",
            [_followup(each, index) for each in item.tests_required],
            "test",
        ),
        markdown.details("How this was decided", _decided(item, index)),
        _rests(item, index),
    )


_BY_NAME = (
    "Found by name and not by type: another type's method of the same name may be among them."
)


def _callsites(item: Remediation, index: Index) -> str:
    """Return the callsites; where there are none, what was searched, or why nothing was."""
    facts = index.facts.get(item.finding_id)
    symbols = facts.symbols if facts else ()
    if item.callsites:
        shown = [callsite(use, index) for use in item.callsites]
        listing = _listed("Downstream Callsites", shown, "callsite")
        guessed = any(symbol.guessed for symbol in symbols)
        return f"{listing}\n\n{_BY_NAME}" if guessed else listing
    said = [
        f"{code(symbol.symbol)}: {prose(symbol.reason)}"
        if symbol.reason
        else f"no use of {code(symbol.symbol)} was found (searched by {text(symbol.provider)})"
        for symbol in symbols
    ]
    words = "; ".join(said) or "not searched, as the finding names no function and no line of one"
    return f"**Downstream Callsites:** none; {words}."


def callsite(use: Reference, index: Index) -> str:
    """Return a callsite as ``file:line — function``; a test says that it is one."""
    said = index.link(f"{use.file}:{use.line} — {use.enclosing}", use.file, use.line) + label(use)
    return said + (" (test)" if use.test else "")


def number_of_hours(item: Remediation) -> str:
    """Return the likely hours with their range and source."""
    estimate = item.estimate
    ranged = span(estimate.low, estimate.high)
    return f"{number(estimate.likely)} (range {ranged}; {prose(estimate.brief)})"


_GONE = {
    EvidenceStatus.ABSENT: "The code that the audit quotes was not found in this commit",
    EvidenceStatus.NO_FILE: "The file that the audit names is not in this commit",
}


def _gone(item: Remediation, index: Index) -> str:
    """Say at the top that what the audit quotes is not there, and what became of it."""
    facts = index.facts.get(item.finding_id)
    if facts is None or facts.evidence.status not in _GONE:
        return ""
    if not index.findings[item.finding_id].evidence.strip():
        return ""
    past = f": {prose(facts.evidence.past)}" if facts.evidence.past else ""
    return f"**{_GONE[facts.evidence.status]}**{past}."


def _story(item: Remediation, index: Index) -> str:
    finding = index.findings[item.finding_id]
    in_heading = heading(finding) == finding.problem.strip().rstrip(".")
    problem = "" if in_heading else finding.problem
    parts = [("Problem", problem), ("Impact", finding.impact), ("Asked for", finding.fix)]
    return markdown.blocks(
        " ".join(
            f"*{name}:* {prose(sentence(words, finding.names))}"
            for name, words in parts
            if words.strip()
        )
    )


def _listed(key: str, items: list[str], noun: str) -> str:
    if not items:
        return f"**{key}:** none"
    listing = markdown.long_bullets(items, noun, most=_MOST_LISTED, rest=_ELSEWHERE)
    return markdown.blocks(f"**{key}:**", listing)


def _followup(followup: Followup, index: Index) -> str:
    at = index.link(followup.place, followup.path, followup.line) if followup.path else ""
    return " — ".join(part for part in (at, prose(followup.words)) if part)


def rollback(words: str, index: Index, key: str = "Rollback", own: str = "") -> str:
    """Return a rollback under its key: commands alone as a block or as code, else as prose.

    ``key`` is Markdown, ``own`` the anchor of the card that it stands in.
    """
    shown = words.strip()
    if not shown:
        return f"**{key}:** none known"
    if not all(row.startswith(_COMMANDS) for row in shown.splitlines()):
        return f"**{key}:** {ours(prose(shown), index, own=own)}"
    if "\n" in shown:
        return markdown.blocks(f"**{key}:**", fence(shown, "bash"))
    return f"**{key}:** {code(shown)}"


def _decided(item: Remediation, index: Index) -> str:
    facts = index.facts.get(item.finding_id)
    quoted = without_ticks(index.findings[item.finding_id].evidence)
    lines = [*_priority(item), *_proof(item)]
    if facts:
        lines += _evidence(item, index)
    lines += _platform(item, index)
    lines += [
        f"**Overridden {code(note.field)}:** {text(note.original)} became {text(note.understood)} "
        f"({text(note.why)})"
        for note in item.overridden
    ]
    return markdown.blocks(
        markdown.bullets(line for line in lines if line),
        ["The audit quotes:", fence(quoted, "text")] if quoted.strip() else "",
    )


def _platform(item: Remediation, index: Index) -> list[str]:
    """Return a line for each advisor that speaks of the finding's very lines."""
    rows: dict[str, dict[str, str]] = {}
    for advice, row in index.advice_of.get(item.finding_id, ()):
        at = row.where
        if at and at.first and at.path in item.files_touched:
            title = markdown.link(text(advice.title), advice_anchor(advice))
            rows.setdefault(title, {})[text(row.what)] = prose(sentence(row.target))
    lines = []
    for title, targets in rows.items():
        what, target = next(iter(targets.items()))
        rest = f"{what}: {target}" if len(targets) == 1 else f"{listed(list(targets))}."
        lines.append(f"**Platform:** {title}, {rest}")
    return lines


def _rests(item: Remediation, index: Index) -> str:
    """Return, folded, the lines that the sentences on risk and the tests rest on."""
    told = [(each.words, each.grounds) for each in item.risks if each.grounds]
    told += [(each.what, each.grounds) for each in item.tests_required if each.grounds]
    rows = [
        f"{prose(shorten(words, _CITED))} {_grounds(grounds, index)}" for words, grounds in told
    ]
    return markdown.details("What the sentences rest on", markdown.bullets(rows)) if rows else ""


def _grounds(grounds: Sequence[Ground], index: Index) -> str:
    shown = [_ground(each, index) for each in grounds[:_MOST_LINES]]
    rest = len(grounds) - _MOST_LINES
    return f"({', '.join(shown)}{f' and {rest} more' if rest > 0 else ''})"


def _ground(ground: Ground, index: Index) -> str:
    if isinstance(ground, AuditField) or ground.patched:
        return text(str(ground))
    return index.place(ground)


def _priority(item: Remediation) -> list[str]:
    decision = item.decision
    path = [f"{text(step.question)} *{text(step.answer)}*" for step in decision.path]
    keys = [
        f"{text(name.replace('_', ' '))} {number(value)}"
        for name, value in decision.order_key.items()
    ]
    lines = [
        f"**Why {decision.priority}:** {prose(sentence(decision.decided or decision.because))}",
        f"**Path:** {' → '.join([*path, f'**{decision.priority}**'])}",
    ]
    if keys:
        lines.append(f"**Rank {decision.rank}:** {', '.join(keys)}")
    if decision.flip:
        lines.append(f"**What would change it:** {prose(sentence(decision.flip))}")
    return lines


def _proof(item: Remediation) -> list[str]:
    lines = []
    if item.patch.rung is not Rung.OUTLINE:
        asked = item.patch.asked
        rests = f" {prose(sentence(asked.why))}" if asked.why else ""
        lines.append(f"**Does what was asked:** {text(sentence(asked.words))}{rests}")
    if item.patch.checks:
        lines.append(f"**Proof:** {', '.join(check_words(check) for check in item.patch.checks)}")
    tried = [
        f"{text(skip.what)} ({prose(skip.reason)})"
        for skip in item.patch.tried
        if skip.cause in {Cause.OBSTACLE, Cause.KEPT, Cause.REJECTED, Cause.UNREAD}
    ]
    if tried:
        lines.append(f"**No answer from:** {'; '.join(tried)}")
    return lines


def check_words(check: Check) -> str:
    """Return a check as ``✓ typechecks``; one that failed or was not run says why."""
    why = f" ({text(shorten(check.detail, 160))})" if check.detail else ""
    shown = "" if check.status is CheckStatus.PASS else f" {check.status}{why}"
    return f"{_MARKS[check.status]} {text(check.name)}{shown}"


def _evidence(item: Remediation, index: Index) -> list[str]:
    facts = index.facts[item.finding_id]
    evidence = facts.evidence
    line = f":{evidence.line}" if evidence.line else ""
    where = index.link(f"{evidence.file}{line}", evidence.file, evidence.line)
    at = f", at {where}" if evidence.file else ""
    words = _EVIDENCE[evidence.status].format(share=percent(evidence.share))
    lines = [f"**Evidence:** {words}{at}"]
    if facts.missing:
        lines.append(f"**Not in the tree:** {listed([code(path) for path in facts.missing])}")
    if facts.exposure:
        lines.append(f"**Reached from:** {listed([text(entry.name) for entry in facts.exposure])}")
    heat = index.heat.get(item.finding_id)
    if heat and heat.share is not None:
        where = f", most in {text(heat.hottest)}" if heat.hottest else ""
        lines.append(f"**Heat:** {percent(heat.share)} of profiled CPU time{where}")
    lines += [
        f"**Symbol {code(symbol.symbol)}:** {symbol.status} ({text(symbol.provider)}), "
        f"{count(len(symbol.references), 'reference')}"
        f"{f'; {text(symbol.reason)}' if symbol.reason else ''}"
        for symbol in facts.symbols
    ]
    return lines
