"""Exporters: an executed notebook to a Markdown or an HTML report."""

from mendbook.report.nbconvert_exporters.html import HtmlReportExporter
from mendbook.report.nbconvert_exporters.markdown import MarkdownReportExporter

__all__ = ["HtmlReportExporter", "MarkdownReportExporter"]
