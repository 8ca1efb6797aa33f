"""The drafts of a plan, one below the other: who wrote each, how far it is proven, and its diff."""

from __future__ import annotations

from collections.abc import Iterator

from mendbook.intake.redact import redact
from mendbook.model import Plan, Remediation
from mendbook.notebook.card import Card, coloured
from mendbook.report.sections.drafters import drafters
from mendbook.text.escape import fence, html, prose, text
from mendbook.text.phrasing import sentence

_NONE = "No draft waits for a judgement."


def drafts(plan: Plan) -> Card:
    """Return the drafts of ``plan`` to read, and what its drafters cost where some were asked."""
    waiting = [item for item in plan.remediations if item.patch.is_draft]
    shown = "".join(_folded(item) for item in waiting) or f"<p>{_NONE}</p>"
    plain = "\n\n".join(part for item in waiting for part in _written(item)) or _NONE
    asked = "\n\n".join(part for part in _asked(plan) if part)
    return Card(shown + _told(plan), f"{plain}\n\n{asked}".rstrip())


def _standing(item: Remediation) -> str:
    patch = item.patch
    return f"{patch.made_by}, proven up to {patch.rung.value}, asked: {patch.asked.words}"


def _folded(item: Remediation) -> str:
    patch = item.patch
    why = f"<p>{html(sentence(patch.draft))}</p>" if patch.draft else ""
    head = f"<b>{html(item.finding_id)}</b> — {html(patch.summary)} ({html(_standing(item))})"
    return f"<details><summary>{head}</summary>{why}{coloured(redact(patch.diff)[0])}</details>"


def _written(item: Remediation) -> Iterator[str]:
    patch = item.patch
    yield f"**{text(item.finding_id)}** — {text(patch.summary)} ({text(_standing(item))})"
    if patch.draft:
        yield prose(sentence(patch.draft))
    yield fence(redact(patch.diff)[0], "diff")


def _asked(plan: Plan) -> Iterator[str]:
    """Yield the report's part about drafters without its heading, which the notebook has."""
    return (part for part in drafters(plan) if not part.startswith("#"))


def _told(plan: Plan) -> str:
    rows = "".join(
        f"<li>{html(tally.adapter)}: {tally.findings} findings, {tally.asked} times asked, "
        f"{tally.answered} drafted, {tally.repaired} repaired, {tally.shown} shown, "
        f"{'price not told' if tally.cost is None else f'${tally.cost:.2f}'}</li>"
        for tally in plan.drafts.tallies
    )
    return f"<ul>{rows}</ul>" if rows else ""
