"""Exporters: an executed notebook to a Markdown or an HTML report."""

from mendbook.report.exporters.html import HtmlReportExporter
from mendbook.report.exporters.markdown import MarkdownReportExporter

__all__ = ["HtmlReportExporter", "MarkdownReportExporter"]
