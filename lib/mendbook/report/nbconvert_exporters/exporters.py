"""What nbconvert calls: ``jupyter nbconvert --to mendbook-html`` and ``--to mendbook-markdown``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode

from mendbook.report.nbconvert_exporters.html import html_of
from mendbook.report.nbconvert_exporters.markdown import markdown_of


class _ReportExporter(Exporter):
    """Make one text of the notebook's words and charts, and nothing of what nbconvert renders."""

    text_of: ClassVar[Callable[[NotebookNode], str]]

    def from_notebook_node(  # type: ignore[override] # as nbconvert's own exporters do
        self,
        nb: NotebookNode,
        resources: dict[str, Any] | None = None,
        **kw: Any,  # noqa: ANN401 - nbconvert's signature
    ) -> tuple[str, dict[str, Any]]:
        """Return the text and nbconvert's resources."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        return type(self).text_of(nb), resources


class HtmlReportExporter(_ReportExporter):
    """Export a notebook's words and charts as one self-contained page.

    It is not nbconvert's ``HTMLExporter``: that one links to CDNs, trusts every ``text/html`` and
    parses the finished page, plotly.js and all, once more.
    """

    export_from_notebook = "Remediation report (HTML)"
    file_extension = ".html"
    output_mimetype = "text/html"
    text_of = html_of


class MarkdownReportExporter(_ReportExporter):
    """Join Markdown cells and ``text/markdown`` outputs verbatim, a blank line between them.

    Code, streams, frames and charts are left out, so no diff fence is ever rewritten.
    """

    export_from_notebook = "Remediation report (Markdown)"
    file_extension = ".md"
    output_mimetype = "text/markdown"
    text_of = markdown_of
