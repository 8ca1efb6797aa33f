"""One finding as a card: its place, why it comes when it comes, its patch, and who it touches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mendbook.errors import UsageError
from mendbook.intake.redact import redact
from mendbook.model import Finding, Plan, Remediation
from mendbook.report.diff_rows import Row, kind_of
from mendbook.report.index import Index
from mendbook.report.reading_order import in_reading_order
from mendbook.report.sections.issues import issue
from mendbook.text.closest import did_you_mean
from mendbook.text.escape import fence, html
from mendbook.text.phrasing import headline, hours, sentence, span
from mendbook.text.plain import without_ticks

_CHIP = (
    "display:inline-block;padding:0 .6em;margin:0 .4em .3em 0;border-radius:1em;"
    "background:rgba(128,128,128,.18)"
)
_CODE = (
    "overflow-x:auto;padding:.5em .8em;margin:.2em 0 .8em;line-height:1.35;"
    "background:rgba(128,128,128,.10)"
)
_COLOURS = {
    Row.FILE: "font-weight:bold",
    Row.ADDED: "background:rgba(46,160,67,.22)",
    Row.REMOVED: "background:rgba(248,81,73,.22)",
    Row.PLACE: "color:#6e7781",
}


@dataclass(frozen=True, slots=True)
class Card:
    """Something to look at in a notebook, with the same in Markdown for who sees no HTML."""

    html: str
    markdown: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {
            "text/html": self.html,
            "text/markdown": self.markdown,
            "text/plain": self.markdown,
        }


def card(plan: Plan, finding_id: str, lines: str = "") -> Card:
    """Return the card of one finding; ``lines`` is the code at its place, where that is at hand.

    Raises ``UsageError`` for an id that the plan does not have.
    """
    index = Index.of(plan)
    item = _remediation(index, finding_id)
    finding = index.findings[item.finding_id]
    shown = "".join(
        (
            f"<h3>{html(finding.id)} — {html(headline(finding.title, finding.problem))}</h3>",
            _chips(item, index),
            _words("Problem", finding.problem),
            _words("Impact", finding.impact),
            _words("Asked for", finding.fix),
            _place(finding, item, index, lines),
            _path(item),
            "<h4>Patch</h4>",
            _patch(item),
            _items("Downstream callsites", _callsites(item)),
            _words("Runtime risk", item.runtime_risk),
            _items("Tests required", map(str, item.tests_required)),
            _items("Docs updates", map(str, item.docs_updates)),
            _words("Rollback", item.rollback),
        )
    )
    return Card(f'<div class="mendbook-card">{shown}</div>', issue(item, index))


def diff_card(plan: Plan, finding_id: str) -> Card:
    """Return the patch of one finding, added lines green and removed ones red.

    Raises ``UsageError`` for an id that the plan does not have.
    """
    item = _remediation(Index.of(plan), finding_id)
    safe, _ = redact(in_reading_order(item.patch.diff))
    plain = fence(safe, "diff") if safe.strip() else "No patch."
    return Card(f"<p><b>{html(item.finding_id)}</b></p>{_patch(item)}", plain)


def coloured(diff: str) -> str:
    """Return a unified ``diff`` as HTML, a colour for each kind of line."""
    rows = []
    for line in diff.splitlines():
        style = _COLOURS.get(kind_of(line), "")
        rows.append(f'<span style="display:block;{style}">{html(line) or " "}</span>')
    return f'<pre style="{_CODE}">{"".join(rows)}</pre>'


def _remediation(index: Index, finding_id: str) -> Remediation:
    remediation = index.remediations.get(finding_id)
    if remediation is None:
        known = list(index.remediations)
        close = did_you_mean(finding_id, known)
        message = f"{finding_id}: no such finding{close or _some(known)}"
        raise UsageError(message)
    return remediation


def _some(known: list[str]) -> str:
    return f"; there are {', '.join(known[:8])}" if known else "; the plan has none"


def _chips(item: Remediation, index: Index) -> str:
    number = index.pr_of.get(item.finding_id)
    sprint = index.sprint_of.get(number) if number else None
    estimate = item.estimate
    chips = (
        str(item.decision.priority),
        str(item.severity),
        f"{hours(estimate.likely)} ({span(estimate.low, estimate.high)})",
        item.owner.name,
        f"PR {number}" if number else "in no PR",
        f"sprint {sprint}" if sprint else "in no sprint",
        f"patch: {item.patch.standing}",
    )
    spans = (f'<span style="{_CHIP}">{html(each)}</span>' for each in chips)
    return f"<p>{''.join(spans)}</p>"


def _words(key: str, words: str) -> str:
    return f"<p><b>{key}:</b> {html(words)}</p>" if words.strip() else ""


def _items(key: str, items: Iterable[str]) -> str:
    rows = "".join(f"<li>{html(each)}</li>" for each in items)
    return f"<p><b>{key}:</b></p><ul>{rows}</ul>" if rows else f"<p><b>{key}:</b> none</p>"


def _place(finding: Finding, item: Remediation, index: Index, lines: str) -> str:
    facts = index.facts.get(item.finding_id)
    evidence = facts.evidence if facts else None
    where = f"{evidence.file}:{evidence.line}" if evidence and evidence.line else finding.file
    status = f" — evidence {evidence.status}" if evidence else ""
    said = f"<h4>Place: {html(where)}{html(status)}</h4>"
    code, _ = redact(lines or without_ticks(finding.evidence))
    quoted = "" if lines else "<p>As the audit quotes it:</p>"
    return f'{said}{quoted}<pre style="{_CODE}">{html(code)}</pre>' if code.strip() else said


def _path(item: Remediation) -> str:
    rows = "".join(
        f"<tr><td>{html(step.question)}</td><td>{html(step.answer)}</td>"
        f"<td>{html(step.because)}</td></tr>"
        for step in item.decision.path
    )
    flip = _words("What would change it", item.decision.flip)
    return f"<h4>Why {item.decision.priority}</h4><table>{rows}</table>{flip}"


def _patch(item: Remediation) -> str:
    patch = item.patch
    said = " ".join(sentence(words) for words in (patch.summary, patch.draft or patch.why) if words)
    summary = _words(f"{patch.standing.capitalize()}, {patch.asked.words}", said)
    safe, _ = redact(in_reading_order(patch.diff))
    return f"{summary}{coloured(safe)}" if safe.strip() else f"{summary}<p>No diff.</p>"


def _callsites(item: Remediation) -> list[str]:
    return [f"{use.file}:{use.line} — {use.enclosing}" for use in item.callsites]
