"""Notebook to one HTML file that opens offline: words, charts drawn in place, nothing fetched."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib import resources as package
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mendbook.report.charts.numbers import numbers
from mendbook.report.nbconvert_exporters.frame import grids
from mendbook.report.nbconvert_exporters.page import Page, title_of
from mendbook.report.nbconvert_exporters.pieces import Piece, pieces
from mendbook.text.escape import visible

PLOTLY = "plotly-cartesian.min.js"
"""plotly.js with the traces that charts here are made of (bars, scatter, heatmap) and few others:
``plotly.js-cartesian-dist-min`` of npm as it is, a third of the whole. MIT, see beside it."""

_TEMPLATES = Environment(
    loader=PackageLoader("mendbook.report.nbconvert_exporters", "template"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["visible"] = visible


def html_of(notebook: Mapping[str, Any]) -> str:
    """Return a notebook's words, charts and tables as one self-contained page."""
    return _page(list(pieces(notebook)), notebook["metadata"].get("title", ""))


def _page(notebook_pieces: list[Piece], title: str) -> str:
    words = [piece.content for piece in notebook_pieces if piece.kind == "markdown"]
    title = next(filter(None, map(title_of, words)), "") or title or "Remediation plan"
    body, page = _body(notebook_pieces)
    script = _asset("report.js")
    return _TEMPLATES.get_template("report.html.j2").render(
        title=visible(title),
        policy=_policy([_asset(PLOTLY), script]),
        style=Markup(_asset("report.css")),  # noqa: S704 - ours
        contents=[heading for heading in page.headings if heading.level == 2],
        parts=page.headings,
        body=Markup(body),  # noqa: S704 - made of escaped parts
        plotly=_packed(PLOTLY),
        script=Markup(script),  # noqa: S704 - ours
    )


def _body(notebook_pieces: list[Piece]) -> tuple[str, Page]:
    charts = {
        str(piece.content["layout"].get("meta", {}).get("name", at)): piece.content
        for at, piece in enumerate(notebook_pieces)
        if piece.kind == "chart"
    }
    slotted: set[str] = set()

    def slot(name: str) -> str:
        if name not in charts or name in slotted:
            return ""
        slotted.add(name)
        return _chart(name, charts[name])

    page, html = Page(slot), []
    for at, piece in enumerate(notebook_pieces):
        if piece.kind == "markdown":
            html.append(page.render(piece.content))
        elif piece.kind == "frame":
            html.append(_frame(piece.content))
        else:
            name = str(piece.content["layout"].get("meta", {}).get("name", at))
            html.append(f"\0{name}\0")
    html.append(page.close())
    placed = "".join(html)
    for name in charts:
        placed = placed.replace(f"\0{name}\0", slot(name), 1)
    return placed, page


def _chart(name: str, bundle: Mapping[str, Any]) -> str:
    meta = bundle["layout"].get("meta", {})
    data = json.dumps(bundle, separators=(",", ":")).replace("<", "\\u003c")
    return _TEMPLATES.get_template("chart.html.j2").render(
        name=name,
        drawn=bool(bundle["data"]),
        title=visible(meta.get("title", "Chart")),
        sentence=visible(meta.get("sentence", "")),
        height=bundle["layout"].get("height", 400),
        width=meta.get("width_wanted", 0),
        data=Markup(data),  # noqa: S704 - JSON without any "<"
        numbers=numbers(bundle),
        table=meta.get("table", ""),
    )


def _frame(html: str) -> str:
    """Return a frame's cells in a table of our own: their text is kept, their markup is not."""
    return _TEMPLATES.get_template("frame.html.j2").render(grids=grids(html))


def _policy(scripts: list[str]) -> str:
    """Return a policy that runs these scripts, by their hashes, and fetches nothing."""
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    sources = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {sources}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


@cache
def _packed(name: str) -> str:
    """Return an asset as gzip in base64: half its bytes, and parsed only when a chart is seen."""
    return base64.b64encode(gzip.compress(_asset(name).encode(), mtime=0)).decode()


@cache
def _asset(name: str) -> str:
    folder = package.files("mendbook.report.nbconvert_exporters") / "template"
    return (folder / name).read_text("utf-8")
