"""A chart: a plotly figure, its title, and the sentence that says the same in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from mendbook.model import Priority, Rung
from mendbook.text.escape import label

MOST = 30
"""Rows or boxes that a chart draws one by one; the rest is grouped, so that it fits a screen."""

MIMETYPE = "application/vnd.plotly.v1+json"

PRIORITY_COLOURS: dict[Priority, str] = {
    Priority.P0: "#D55E00",
    Priority.P1: "#E69F00",
    Priority.P2: "#56B4E9",
    Priority.P3: "#767676",
}
"""Okabe and Ito's palette: told apart with any colour vision, on white and on black."""

PRIORITY_MARKS: dict[Priority, str] = {
    Priority.P0: "diamond",
    Priority.P1: "square",
    Priority.P2: "circle",
    Priority.P3: "triangle-up",
}
RUNG_COLOURS: dict[Rung, str] = dict(
    zip(
        Rung,
        ("#8C8C8C", "#C7E9B4", "#7FCDBB", "#5BC2C0", "#41B6C4", "#1D91C0", "#225EA8", "#0C2C84"),
        strict=True,
    )
)
DRAFT_COLOUR = "#D9C27E"
ACCENT = "#0072B2"
WARNING = "#D55E00"
FONT = "Inter, 'Segoe UI', system-ui, -apple-system, 'Liberation Sans', sans-serif"
INK = "#1f2933"
GRID = "#e4e7eb"

Trace: TypeAlias = dict[str, Any]
Figure: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart; shown in a notebook it is nothing but plotly's JSON and its sentence."""

    name: str
    title: str
    sentence: str
    """What the chart shows, for a reader who cannot see it; plain text."""
    figure: Figure
    """Plotly's JSON, ``data`` and ``layout``; ``plotly.graph_objects.Figure`` takes it as it is."""

    def bundle(self) -> dict[str, Any]:
        """Return the figure, with its name, title and sentence under ``layout.meta``."""
        meta = {
            **self.figure["layout"].get("meta", {}),
            "name": self.name,
            "title": self.title,
            "sentence": self.sentence,
        }
        return {
            "data": self.figure["data"],
            "layout": {**self.figure["layout"], "meta": meta},
            # no toolbar: it would cover labels; drag zooms, a double click shows all again
            "config": {"displayModeBar": False, "responsive": True},
        }

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {MIMETYPE: self.bundle(), "text/plain": f"{self.title}. {self.sentence}"}


def trace(kind: str, **properties: Any) -> Trace:  # noqa: ANN401 - plotly's own properties
    """Return a plotly trace as JSON data; no plotly is imported, which takes a kernel 0.3 s."""
    return {"type": kind, **properties}


def figure(
    *traces: Trace,
    height: int = 380,
    width_wanted: int = 0,
    facets: dict[str, str] | None = None,
    narrow: dict[str, Any] | None = None,
    table: str = "",
    **layout: Any,  # noqa: ANN401 - plotly's own properties
) -> Figure:
    """Return a figure in the report's style; ``layout`` is plotly's.

    ``height`` is pixels, and so is ``width_wanted``: a page that is narrower scrolls. Axes are
    merged into the style; everything else in ``layout`` replaces it. A trace's ``ids`` are the
    names of its points' records, and the anchors that they lead to unless its ``meta`` has others;
    ``facets`` names the facets that an axis has values of; ``narrow`` is what of the layout is
    another on a telephone, by its path; ``table`` is the anchor of a table that says the same.
    """
    style: dict[str, Any] = {
        "height": height,
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 16, "r": 16, "t": 16, "b": 16},
        "hoverlabel": {"align": "left", "font": {"family": FONT, "size": 12}, "namelength": -1},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "meta": {
            "width_wanted": width_wanted,
            "facets": facets or {},
            "narrow": narrow or {},
            "table": table,
        },
        **layout,
    }
    for name in ("xaxis", "yaxis"):
        given = dict(layout.get(name, {}))
        if "title" in given:
            given["title"] = {"text": given["title"], "standoff": 10}
        style[name] = {"gridcolor": GRID, "zerolinecolor": GRID, "automargin": True, **given}
    return {"data": list(traces), "layout": style}


def absent(words: str) -> Figure:
    """Return a figure that only says why there is nothing to draw."""
    hidden = {"visible": False}
    note = {
        "text": label(words, 70),
        "showarrow": False,
        "x": 0.5,
        "y": 0.5,
        "xref": "paper",
        "yref": "paper",
        "font": {"size": 15},
    }
    return figure(height=160, xaxis=hidden, yaxis=hidden, annotations=[note])


def hover(*lines: str, width: int = 64) -> str:
    """Return lines of foreign text as one hover label; the first is bold, empty ones go."""
    shown = [label(words, width) for words in lines if words.strip()]
    return "<br>".join([f"<b>{shown[0]}</b>", *shown[1:]]) if shown else ""
