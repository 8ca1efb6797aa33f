"""The report: a plan as Markdown, HTML, JSON, charts and frames, and published at one point."""

from mendbook.report.charts import CHARTS, Chart, chart
from mendbook.report.document import (
    Words,
    as_notebook,
    html_report,
    markdown_report,
    parts,
    title,
)
from mendbook.report.exporters import HtmlReportExporter, MarkdownReportExporter
from mendbook.report.highlights import Highlight, highlights
from mendbook.report.publish import publish, write_files
from mendbook.report.remediation_json import (
    SEED_SCHEMA,
    STRICT_SCHEMA,
    remediation_text,
    schema_text,
)
from mendbook.report.sections import SECTIONS, Section, section

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
    "highlights",
    "html_report",
    "markdown_report",
    "parts",
    "publish",
    "remediation_text",
    "schema_text",
    "section",
    "title",
    "write_files",
]
