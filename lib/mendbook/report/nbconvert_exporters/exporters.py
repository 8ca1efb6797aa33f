"""What nbconvert calls: ``jupyter nbconvert --to mendbook-html`` and ``--to mendbook-markdown``."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode

from mendbook.report.nbconvert_exporters.html import html_of
from mendbook.report.nbconvert_exporters.markdown import markdown_of


class HtmlReportExporter(Exporter):
    """Export a notebook's words and charts as one self-contained page.

    It is not nbconvert's ``HTMLExporter``: that one links to CDNs, trusts every ``text/html`` and
    parses the finished page, plotly.js and all, once more.
    """

    export_from_notebook = "Remediation report (HTML)"
    file_extension = ".html"
    output_mimetype = "text/html"

    def from_notebook_node(  # type: ignore[override] # as nbconvert's own exporters do
        self,
        nb: NotebookNode,
        resources: dict[str, Any] | None = None,
        **kw: Any,  # noqa: ANN401 - nbconvert's signature
    ) -> tuple[str, dict[str, Any]]:
        """Return the page and nbconvert's resources."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        return html_of(nb), resources


class MarkdownReportExporter(Exporter):
    """Join Markdown cells and ``text/markdown`` outputs verbatim, a blank line between them.

    Code, streams, frames and charts are left out, so no diff fence is ever rewritten.
    """

    export_from_notebook = "Remediation report (Markdown)"
    file_extension = ".md"
    output_mimetype = "text/markdown"

    def from_notebook_node(  # type: ignore[override] # as nbconvert's own exporters do
        self,
        nb: NotebookNode,
        resources: dict[str, Any] | None = None,
        **kw: Any,  # noqa: ANN401 - nbconvert's signature
    ) -> tuple[str, dict[str, Any]]:
        """Return the report's Markdown and nbconvert's resources."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        return markdown_of(nb), resources
