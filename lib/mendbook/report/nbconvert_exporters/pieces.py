"""What of an executed notebook belongs in a report: its words, its charts, its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mendbook.errors import ReportError
from mendbook.report.charts.chart import MIMETYPE
from mendbook.text.escape import line, shorten

ASIDE = "aside"
"""Tag of cells that speak to who runs the notebook and not to who reads the report."""

Kind = Literal["markdown", "chart", "frame"]
_MIMETYPES: tuple[tuple[str, Kind], ...] = (
    (MIMETYPE, "chart"),
    ("text/markdown", "markdown"),
    ("text/html", "frame"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a report: Markdown text, a chart's JSON, or the HTML of a frame."""

    kind: Kind
    content: Any


def pieces(notebook: Mapping[str, Any]) -> Iterator[Piece]:
    """Yield Markdown cells and outputs in their order; code, streams and plain text stay behind.

    Raises ``ReportError`` when a cell has failed: half a report is none.
    """
    for at, cell in enumerate(notebook["cells"]):
        if ASIDE in cell["metadata"].get("tags", ()):
            continue
        if cell["cell_type"] == "markdown":
            yield Piece("markdown", _text(cell["source"]))
        for output in cell.get("outputs", ()):
            if output["output_type"] == "error":
                why = shorten(line(f"{output['ename']}: {output['evalue']}"), 200)
                message = f"notebook cell {at}: {why}; run it again before exporting"
                raise ReportError(message)
            yield from _output(output.get("data", {}))


def _output(data: dict[str, Any]) -> Iterator[Piece]:
    for mimetype, kind in _MIMETYPES:
        if mimetype in data:
            yield Piece(kind, data[mimetype] if kind == "chart" else _text(data[mimetype]))
            return


def _text(written: str | list[str]) -> str:
    """Return a text that a notebook's file may hold line by line."""
    return written if isinstance(written, str) else "".join(written)
