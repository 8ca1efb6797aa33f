"""The numbers of a figure as a table: for who sees no chart, hears it, or wants to copy it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mendbook.text.phrasing import number

_TAG = re.compile(r"<br>|</?b>")
_UNNAMED = ("Series", "Where", "Value", "Label")


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a figure shows, row by row."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    anchors: tuple[str, ...]
    """Where each row leads to; empty where that is nowhere."""
    subject: int
    """The column that says what a row is about."""


def numbers(figure: Mapping[str, Any]) -> Numbers:
    """Return what ``figure``, plotly's JSON, shows when it is opened, as a table.

    Lines that only guide the eye have no hover, and no rows; a figure that another table says
    already, ``layout.meta.table``, has none at all.
    """
    shown = [
        trace
        for trace in figure["data"]
        if trace.get("visible", True) is True
        and trace.get("hoverinfo") != "skip"
        and not figure["layout"].get("meta", {}).get("table")
    ]
    titles = [_title(figure["layout"], axis) for axis in ("xaxis", "yaxis")]
    lying = any(trace.get("orientation") == "h" for trace in shown)
    header = ("Series", *(reversed(titles) if lying else titles), "Label")
    rows = [row for trace in shown for row in _points(trace, lying)]
    kept = [at for at in range(len(header)) if any(row[0][at] for row in rows)]
    return Numbers(
        tuple(header[at] or _UNNAMED[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row, _ in rows),
        tuple(anchor for _, anchor in rows),
        kept.index(_subject(rows)) if rows else 0,
    )


def _subject(rows: list[tuple[tuple[str, ...], str]]) -> int:
    """Return the column that tells rows apart: where a point stands, else its label."""
    if not rows or len(rows[0][0]) < 4:
        return 0
    places = [row[1] for row, _ in rows]
    return 1 if len(set(places)) == len(places) else 3


def anchors_of(trace: Mapping[str, Any]) -> Sequence[str]:
    """Return where each point of ``trace`` leads to; empty where none leads anywhere."""
    anchors: Sequence[str] = trace.get("meta", {}).get("anchors") or trace.get("ids", ())
    return anchors


def _points(trace: Mapping[str, Any], lying: bool) -> Iterator[tuple[tuple[str, ...], str]]:
    across, along = ("y", "x") if lying else ("x", "y")
    size = len(trace[along])
    none = [""] * size
    texts, anchors = trace.get("text") or none, anchors_of(trace) or none
    hovers = trace.get("customdata") or none
    for at in range(size):
        where, value = _said(trace[across][at]), _said(trace[along][at])
        named = hovers[at].partition("<br>")[0] if anchors[at] and _is_text(hovers[at]) else ""
        words = _said(texts[at] or named)
        label = "" if words == value else words
        yield (str(trace.get("name", "")), where, value, label), anchors[at]


def _is_text(hover: object) -> bool:
    """Return whether a point's hover is text of ours, and not numbers for a template."""
    return isinstance(hover, str)


def _said(value: object) -> str:
    if isinstance(value, float | int):
        return number(value)
    return html.unescape(_TAG.sub(" ", str(value or "")))


def _title(layout: Mapping[str, Any], axis: str) -> str:
    title = layout.get(axis, {}).get("title", {})
    return str(title.get("text", "")) if isinstance(title, dict) else str(title)
