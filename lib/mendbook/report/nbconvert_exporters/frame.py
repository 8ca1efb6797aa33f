"""The text of a frame's HTML: its cells are kept, its markup is not."""

from __future__ import annotations

from html.parser import HTMLParser

Cell = tuple[bool, str]
"""Whether it is a heading, and its text."""


def grids(html: str) -> list[list[list[Cell]]]:
    """Return every table in ``html`` as rows of cells, in their order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.tables


class _Reader(HTMLParser):
    """Collects rows and cells; text outside of cells, styles and scripts with it, is left."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[Cell]]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self.tables and self.tables[-1]:
            self.tables[-1][-1].append((tag == "th", ""))
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        """End a cell: text between cells is none of theirs."""
        if tag in {"td", "th", "tr", "table"}:
            self._inside = False

    def handle_data(self, data: str) -> None:
        """Add text to the cell that is open."""
        if self._inside:
            head, text = self.tables[-1][-1][-1]
            self.tables[-1][-1][-1] = (head, text + data)
