"""Notebook to Markdown: its words as they are, and nothing else."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode

from mendbook.report.nbconvert_exporters.pieces import pieces


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
        words = (piece.content.strip("\n") for piece in pieces(nb) if piece.kind == "markdown")
        return "\n\n".join(text for text in words if text) + "\n", resources
