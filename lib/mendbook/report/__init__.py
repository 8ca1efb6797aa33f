"""The report: a plan as Markdown, HTML, JSON, charts and frames, and published at one point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mendbook.late import names_of

if TYPE_CHECKING:
    from mendbook.report.charts.catalogue import CHARTS, chart
    from mendbook.report.charts.chart import Chart
    from mendbook.report.details_json import details_text
    from mendbook.report.document import Words, parts, title
    from mendbook.report.highlights import Highlight
    from mendbook.report.nbconvert_exporters import HtmlReportExporter, MarkdownReportExporter
    from mendbook.report.remediation_json import (
        SEED_SCHEMA,
        STRICT_SCHEMA,
        remediation_text,
        schema_text,
    )
    from mendbook.report.sections import SECTIONS, Section, section
    from mendbook.report.whole_report import as_notebook, html_report, markdown_report

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
    "html_report",
    "markdown_report",
    "parts",
    "remediation_text",
    "schema_text",
    "section",
    "title",
]

__getattr__ = names_of(
    __name__,
    {
        "CHARTS": "charts",
        "Chart": "charts",
        "Highlight": "highlights",
        "HtmlReportExporter": "nbconvert_exporters",
        "MarkdownReportExporter": "nbconvert_exporters",
        "SECTIONS": "sections",
        "SEED_SCHEMA": "remediation_json",
        "STRICT_SCHEMA": "remediation_json",
        "Section": "sections",
        "Words": "document",
        "as_notebook": "whole_report",
        "chart": "charts",
        "details_text": "details_json",
        "html_report": "whole_report",
        "markdown_report": "whole_report",
        "parts": "document",
        "remediation_text": "remediation_json",
        "schema_text": "remediation_json",
        "section": "sections",
        "title": "document",
    },
)
