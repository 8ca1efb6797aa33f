"""The whole report in one call: a notebook that shows all of it, and what is exported from that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import nbformat
from nbformat import NotebookNode

from mendbook.model import Plan
from mendbook.report.charts import Chart
from mendbook.report.document import Words, parts, title
from mendbook.report.nbconvert_exporters import HtmlReportExporter, MarkdownReportExporter
from mendbook.report.sections import SECTIONS


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
    content = exporter()
    exported: str = content.from_notebook_node(as_notebook(plan))[0]
    return exported
