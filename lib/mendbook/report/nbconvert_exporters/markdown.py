"""Notebook to Markdown: its words as they are, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mendbook.report.nbconvert_exporters.pieces import pieces


def markdown_of(notebook: Mapping[str, Any]) -> str:
    """Return the Markdown cells and ``text/markdown`` outputs, a blank line between them."""
    words = (piece.content.strip("\n") for piece in pieces(notebook) if piece.kind == "markdown")
    return "\n\n".join(text for text in words if text) + "\n"
