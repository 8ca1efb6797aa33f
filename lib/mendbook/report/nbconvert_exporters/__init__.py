"""The executed notebook as Markdown and as one HTML page, by themselves and for nbconvert.

What needs nbconvert is loaded when first asked for: importing it takes a second, or four.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mendbook.report.nbconvert_exporters.exporters import (
        HtmlReportExporter,
        MarkdownReportExporter,
    )

__all__ = ["HtmlReportExporter", "MarkdownReportExporter"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - one of the exporters
    if name not in __all__:
        message = f"module 'mendbook.report.nbconvert_exporters' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module("mendbook.report.nbconvert_exporters.exporters"), name)
