"""The report as a whole: what a notebook shows of a plan, and a notebook that shows it all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import nbformat
from nbformat import NotebookNode

from mendbook.model import Plan
from mendbook.report.charts import Chart, chart
from mendbook.report.escape import code, text
from mendbook.report.exporters import HtmlReportExporter, MarkdownReportExporter
from mendbook.report.markdown import blocks
from mendbook.report.sections import SECTIONS, section


@dataclass(frozen=True, slots=True)
class Words:
    """Markdown to show in a notebook."""

    markdown: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {"text/markdown": self.markdown, "text/plain": self.markdown}


def title(plan: Plan) -> Words:
    """Return the report's title, and the line under it."""
    commit = plan.context.commit or plan.audit.commit
    made = plan.provenance
    return Words(
        blocks(
            f"# Remediation plan: {text(plan.audit.name)}",
            f"Made {text(made.timestamp)} by Mendbook {text(made.mendbook)}"
            + (f" for commit {code(commit[:12])}." if commit else ", without a repository."),
        )
    )


def parts(plan: Plan, heading: str) -> tuple[Words | Chart, ...]:
    """Return the section called ``heading`` and the charts that stand in it."""
    found = section(heading)
    return (Words(found.write(plan)), *(chart(plan, name) for name in found.charts))


def as_notebook(plan: Plan) -> NotebookNode:
    """Return a notebook that shows the whole report, as if it had been executed."""
    shown = [(title(plan),), *(parts(plan, item.heading) for item in SECTIONS)]
    notebook: NotebookNode = nbformat.from_dict(  # type: ignore[no-untyped-call]
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {"title": f"Remediation plan: {plan.audit.name}"},
            "cells": [_cell(f"part-{at}", items) for at, items in enumerate(shown)],
        }
    )
    return notebook


def _cell(name: str, shown: Sequence[Words | Chart]) -> dict[str, Any]:
    outputs = [
        {"output_type": "display_data", "metadata": {}, "data": item._repr_mimebundle_()}
        for item in shown
    ]
    return {
        "id": name,
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "source": "",
        "outputs": outputs,
    }


def markdown_report(plan: Plan) -> str:
    """Return the whole report as Markdown."""
    return _export(MarkdownReportExporter, plan)


def html_report(plan: Plan) -> str:
    """Return the whole report as one HTML page that needs nothing else."""
    return _export(HtmlReportExporter, plan)


def _export(exporter: type[MarkdownReportExporter | HtmlReportExporter], plan: Plan) -> str:
    made = exporter()
    exported: str = made.from_notebook_node(as_notebook(plan))[0]
    return exported
