"""The report: a plan as Markdown, HTML, JSON, charts and frames, and published at one point.

What needs nbconvert is loaded when first asked for: importing it takes a second, or four.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mendbook.report.charts import CHARTS, Chart, chart
from mendbook.report.details_json import details_text
from mendbook.report.document import Words, parts, title
from mendbook.report.highlights import Highlight, highlights
from mendbook.report.remediation_json import (
    SEED_SCHEMA,
    STRICT_SCHEMA,
    remediation_text,
    schema_text,
)
from mendbook.report.sections import SECTIONS, Section, section

if TYPE_CHECKING:
    from mendbook.report.nbconvert_exporters import HtmlReportExporter, MarkdownReportExporter
    from mendbook.report.whole import as_notebook, html_report, markdown_report

__all__ = [
    "CHARTS",
    "SECTIONS",
    "SEED_SCHEMA",
    "STRICT_SCHEMA",
    "Chart",
    "Highlight",
    "HtmlReportExporter",
    "MarkdownReportExporter",
    "Section",
    "Words",
    "as_notebook",
    "chart",
    "details_text",
    "highlights",
    "html_report",
    "markdown_report",
    "parts",
    "remediation_text",
    "schema_text",
    "section",
    "title",
]

_HOMES = {
    "HtmlReportExporter": "nbconvert_exporters",
    "MarkdownReportExporter": "nbconvert_exporters",
    "as_notebook": "whole",
    "html_report": "whole",
    "markdown_report": "whole",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name not in _HOMES:
        message = f"module 'mendbook.report' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"mendbook.report.{_HOMES[name]}"), name)
