"""What comes before what: pull requests in layers, an arrow for each dependency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mendbook.model import Plan, Priority, PullRequest
from mendbook.report.charts.chart import (
    MOST,
    PRIORITY_COLOURS,
    Chart,
    Trace,
    absent,
    figure,
    hover,
    trace,
)
from mendbook.text.escape import label, shorten
from mendbook.text.phrasing import count, hours, listed, some

if TYPE_CHECKING:
    import networkx as nx

_NAME, _TITLE = "pr-graph", "What comes before what"
_HALF_WIDTH, _HALF_HEIGHT = 0.38, 0.34
_COLUMN, _ROW = 230, 62
"""Pixels that a column and a row want."""
_FEWEST_COLUMNS = 3
_MOST_ROWS = 13
"""Rows that fit one screen."""
_PAGE, _LETTER = 960, 6.8
"""Pixels that a page gives to a chart, and that a letter takes."""

Places = dict[int, tuple[float, float]]


def pr_graph(plan: Plan) -> Chart:
    """Return the PR graph, drawn from left to right by the longest way to each PR."""
    if not plan.pull_requests:
        words = "There are no pull requests."
        return Chart(_NAME, _TITLE, words, absent(words))
    shown, places = _fitting(plan.pull_requests)
    columns = 1 + max(x for x, _ in places.values())
    rows = 1 + max(y for _, y in places.values())
    bands = [[pr for pr in shown if pr.priority is band] for band in Priority]
    letters = min(60, int(2 * _HALF_WIDTH * max(_COLUMN, _PAGE / columns) / _LETTER))
    edges = [
        (places[before.on], places[pr.number])
        for pr in shown
        for before in pr.depends_on
        if before.on in places
    ]
    drawn = figure(
        *(_boxes(prs, places, letters) for prs in bands if prs),
        height=int(24 + _ROW * rows),
        width_wanted=int(_COLUMN * columns),
        table="pr-patch-plan",
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        annotations=[_head(*edge) for edge in edges],
        shapes=[
            *(_curve(*edge) for edge in edges),
            *(_box(pr, places[pr.number]) for pr in shown),
        ],
        xaxis={"visible": False, "range": [-0.45, columns - 0.55], "fixedrange": True},
        yaxis={"visible": False, "range": [rows - 0.5, -0.5], "fixedrange": True},
    )
    return Chart(_NAME, _TITLE, _sentence(plan.pull_requests, len(shown)), drawn)


def _fitting(pull_requests: tuple[PullRequest, ...]) -> tuple[tuple[PullRequest, ...], Places]:
    """Return the first PRs in merge order whose graph fits a screen, and their places."""
    for amount in range(min(MOST, len(pull_requests)), 1, -1):
        places = layers(pull_requests[:amount])
        if max(y for _, y in places.values()) < _MOST_ROWS:
            return pull_requests[:amount], places
    return pull_requests[:1], layers(pull_requests[:1])


def layers(pull_requests: tuple[PullRequest, ...]) -> Places:
    """Return PR number to ``(column, row)``: the column is the longest way there.

    Inside a column, PRs stand near the mean row of what they depend on (Sugiyama's barycentre).
    PRs without any dependency stand below, side by side.
    """
    import networkx as nx  # slow to import

    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(pr.number for pr in pull_requests)
    graph.add_edges_from(
        (before.on, pr.number)
        for pr in pull_requests
        for before in pr.depends_on
        if before.on in graph
    )
    places: Places = {}
    alone = list(nx.isolates(graph))
    graph.remove_nodes_from(alone)
    for x, column in enumerate(nx.topological_generations(graph)):
        wishes = {number: _wish(number, graph, places) for number in column}
        row = 0.0
        for number in sorted(column, key=lambda number: (wishes[number], number)):
            row = max(row, wishes[number]) if x else row
            places[number] = (float(x), row)
            row += 1.0
    width = max(_FEWEST_COLUMNS, 1 + int(max((x for x, _ in places.values()), default=0.0)))
    below = 1.0 + max((y for _, y in places.values()), default=-1.0)
    for at, number in enumerate(alone):
        places[number] = (float(at % width), below + at // width)
    return places


def _wish(number: int, graph: nx.DiGraph[int], places: Places) -> float:
    rows = [places[before][1] for before in graph.predecessors(number)]
    return sum(rows) / len(rows) if rows else float(not any(graph.successors(number)))


def _boxes(prs: list[PullRequest], places: Places, letters: int) -> Trace:
    band = prs[0].priority
    return trace(
        "scatter",
        name=band,
        x=[places[pr.number][0] for pr in prs],
        y=[places[pr.number][1] for pr in prs],
        mode="markers+text",
        text=[
            f"<b>PR {pr.number}</b> · {band} · {hours(pr.hours)}<br>"
            + label(shorten(pr.title, letters))
            for pr in prs
        ],
        ids=[f"pr-{pr.number}" for pr in prs],
        textfont={"size": 12},
        marker={"color": PRIORITY_COLOURS[band], "symbol": "square", "size": 12, "opacity": 0},
        showlegend=False,
        customdata=[_hover(pr) for pr in prs],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _box(pr: PullRequest, place: tuple[float, float]) -> dict[str, Any]:
    x, y = place
    return {
        "type": "rect",
        "x0": x - _HALF_WIDTH,
        "x1": x + _HALF_WIDTH,
        "y0": y - _HALF_HEIGHT,
        "y1": y + _HALF_HEIGHT,
        "layer": "below",
        "fillcolor": PRIORITY_COLOURS[pr.priority],
        "opacity": 0.28,
        "line": {"width": 2, "color": PRIORITY_COLOURS[pr.priority]},
    }


def _curve(start: tuple[float, float], end: tuple[float, float]) -> dict[str, Any]:
    (x0, y0), (x1, y1) = start, end
    x0, x1 = x0 + _HALF_WIDTH, x1 - _HALF_WIDTH
    bend = 0.5 * (x1 - x0)
    return {
        "type": "path",
        "path": f"M {x0},{y0} C {x0 + bend},{y0} {x1 - bend},{y1} {x1},{y1}",
        "layer": "below",
        "line": {"width": 1.5, "color": "rgba(128,128,128,0.9)"},
    }


def _head(start: tuple[float, float], end: tuple[float, float]) -> dict[str, Any]:
    x, y = end[0] - _HALF_WIDTH, end[1]
    return {
        "x": x,
        "y": y,
        "ax": -12,
        "ay": 0,
        "xref": "x",
        "yref": "y",
        "text": "",
        "showarrow": True,
        "arrowhead": 2,
        "arrowwidth": 1.5,
        "arrowcolor": "rgba(128,128,128,0.9)",
    }


def _hover(pr: PullRequest) -> str:
    return hover(
        f"PR {pr.number} · {pr.priority} · {hours(pr.hours)}",
        pr.title,
        f"Findings: {listed(list(pr.finding_ids[:8]))}",
        *(f"After #{before.on}: {before.reason}" for before in pr.depends_on[:6]),
    )


def _sentence(pull_requests: tuple[PullRequest, ...], drawn: int) -> str:
    edges = sum(len(pr.depends_on) for pr in pull_requests)
    free = [f"#{pr.number}" for pr in pull_requests if not pr.depends_on]
    start = listed(some(free, 8))
    dependencies = count(edges, "dependency", "dependencies")
    total = count(len(pull_requests), "PR")
    part = f" Drawn are the first {drawn}." if drawn < len(pull_requests) else ""
    return f"{total} with {dependencies}; {start} can start at once.{part}"
