"""Infrastructure Recommendations: what each advisor read in the code, and what it recommends."""

from __future__ import annotations

from mendbook.model import Advice, AdviceRow, Plan
from mendbook.report import markdown
from mendbook.report.index import Index, advice_anchor
from mendbook.report.offered import file_path, offered_folder, patch_path
from mendbook.report.sections.finding_link import finding_link
from mendbook.text.escape import cell, code, fence, prose, text
from mendbook.text.phrasing import count, listed, sentence

HEADING = "Infrastructure Recommendations"


def infrastructure_recommendations(plan: Plan) -> str:
    """Return one short section for each advisor, with what, where, now, target and why."""
    index = Index.of(plan)
    return markdown.blocks(
        f"## {HEADING}",
        "The column *Now* is read from the code; *not found* means that it was looked for."
        if plan.advice
        else "No advisor ran, so there is nothing to recommend.",
        f"What is named `infrastructure/…` lies in {code(offered_folder(plan))}."
        if any(advice.files or advice.proposals for advice in plan.advice)
        else "",
        [advice_section(advice, index) for advice in plan.advice],
    )


def advice_section(advice: Advice, index: Index) -> str:
    """Return one advisor's section."""
    return markdown.blocks(
        markdown.anchor(advice_anchor(advice)),
        f"### {text(advice.title)}",
        prose(sentence(advice.summary)),
        markdown.slot("host-capacity") if advice.capacity else "",
        _table(advice, index),
        markdown.bullets(prose(sentence(note)) for note in advice.notes),
        fence("\n".join(advice.commands), "bash") if advice.commands else "",
        _files(advice, index),
        markdown.bullets(
            f"Not run: {text(item.what)}. {prose(sentence(item.reason))}" for item in advice.not_run
        ),
    )


def _table(advice: Advice, index: Index) -> str:
    """Return the rows that ask for something, and folded below them those that can stay."""
    staying = [row for row in advice.rows if row.stays]
    asking = [row for row in advice.rows if not row.stays]
    summary = f"{count(len(staying), 'row')} that can stay as {_they(staying)}"
    return markdown.blocks(
        _rows(asking, advice, index),
        markdown.details(summary, _rows(staying, advice, index)),
    )


def _they(rows: list[AdviceRow]) -> str:
    return "it is" if len(rows) == 1 else "they are"


def _rows(rows: list[AdviceRow], advice: Advice, index: Index) -> str:
    linked = any(row.proposal or row.findings for row in rows)
    header = ("What", "Where", "Now", "Target", "Why", *(("Patch and findings",) if linked else ()))
    shown = [
        (
            cell(row.what),
            index.place(row.where) if row.where else "—",
            prose(row.now) or "—",
            prose(row.target) or "—",
            prose(row.why) or "—",
            *((_links(advice, row, index),) if linked else ()),
        )
        for row in rows
    ]
    return markdown.table(header, shown)


def _links(advice: Advice, row: AdviceRow, index: Index) -> str:
    path = patch_path(advice, row.proposal) if row.proposal else ""
    parts = [markdown.file_link(f"{index.offered}/{path}", code(path))] if path else []
    parts += [finding_link(name, index) for name in row.findings]
    return ", ".join(parts) or "—"


def _files(advice: Advice, index: Index) -> str:
    if not advice.files:
        return ""
    paths = {name: f"{index.offered}/{file_path(advice, name)}" for name in sorted(advice.files)}
    names = listed([markdown.file_link(path, code(name)) for name, path in paths.items()])
    return f"Offered beside this report: {names}."
