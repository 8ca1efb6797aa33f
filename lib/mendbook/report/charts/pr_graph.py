"""What comes before what: pull requests in layers, an arrow for each dependency."""

from __future__ import annotations

import networkx as nx

from mendbook.model import Plan, Priority, PullRequest
from mendbook.report.charts.chart import (
    PRIORITY_COLOURS,
    PRIORITY_MARKS,
    Chart,
    Trace,
    absent,
    figure,
    hover,
    trace,
)
from mendbook.report.escape import label, shorten
from mendbook.report.phrasing import count, hours, listed

_NAME, _TITLE = "pr-graph", "What comes before what"


def pr_graph(plan: Plan) -> Chart:
    """Return the PR graph, drawn from left to right by the longest way to each PR."""
    if not plan.pull_requests:
        words = "There are no pull requests."
        return Chart(_NAME, _TITLE, words, absent(words))
    places = layers(plan.pull_requests)
    tallest = max((place[1] for place in places.values()), default=0.0)
    bands = [[pr for pr in plan.pull_requests if pr.priority is band] for band in Priority]
    titled = len(plan.pull_requests) <= 24
    drawn = figure(
        *(_nodes(prs, places, titled) for prs in bands if prs),
        height=int(150 + 64 * (tallest + 1)),
        annotations=_arrows(plan.pull_requests, places),
        xaxis={"visible": False, "range": [-0.4, max(p[0] for p in places.values()) + 0.9]},
        yaxis={"visible": False, "range": [tallest + 0.7, -0.7]},
    )
    return Chart(_NAME, _TITLE, _sentence(plan.pull_requests), drawn)


def layers(pull_requests: tuple[PullRequest, ...]) -> dict[int, tuple[float, float]]:
    """Return PR number to ``(column, row)``: the column is the longest way there.

    Inside a column, PRs stand near the mean row of what they depend on (Sugiyama's barycentre).
    """
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(pr.number for pr in pull_requests)
    known = set(graph)
    graph.add_edges_from(
        (before.on, pr.number)
        for pr in pull_requests
        for before in pr.depends_on
        if before.on in known
    )
    places: dict[int, tuple[float, float]] = {}
    columns = [sorted(column) for column in nx.topological_generations(graph)]
    tallest = max(map(len, columns), default=1)
    for x, column in enumerate(columns):

        def wish(number: int) -> float:
            rows = [places[before][1] for before in graph.predecessors(number)]
            return sum(rows) / len(rows) if rows else float(number)

        column.sort(key=wish)
        shift = (tallest - len(column)) / 2 if x else 0.0
        for y, number in enumerate(column):
            places[number] = (float(x), y + shift)
    return places


def _nodes(prs: list[PullRequest], places: dict[int, tuple[float, float]], titled: bool) -> Trace:
    band = prs[0].priority
    return trace(
        "scatter",
        name=band,
        x=[places[pr.number][0] for pr in prs],
        y=[places[pr.number][1] for pr in prs],
        mode="markers+text",
        text=[
            f"<b>PR {pr.number}</b> {label(shorten(pr.title, 38))}" if titled else f"{pr.number}"
            for pr in prs
        ],
        textposition="bottom center",
        cliponaxis=False,
        marker={
            "color": PRIORITY_COLOURS[band],
            "symbol": PRIORITY_MARKS[band],
            "size": [14 + min(18.0, 2 * pr.hours**0.5 * 2) for pr in prs],
            "line": {"width": 1, "color": "rgba(0,0,0,0.4)"},
        },
        customdata=[_hover(pr) for pr in prs],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _hover(pr: PullRequest) -> str:
    return hover(
        f"PR {pr.number} · {pr.priority} · {hours(pr.hours)}",
        pr.title,
        f"Findings: {listed(list(pr.finding_ids[:8]))}",
        *(f"After #{before.on}: {before.reason}" for before in pr.depends_on[:6]),
    )


def _arrows(
    pull_requests: tuple[PullRequest, ...], places: dict[int, tuple[float, float]]
) -> list[dict[str, object]]:
    return [
        {
            "x": places[pr.number][0],
            "y": places[pr.number][1],
            "ax": places[before.on][0],
            "ay": places[before.on][1],
            "xref": "x",
            "yref": "y",
            "axref": "x",
            "ayref": "y",
            "text": "",
            "showarrow": True,
            "arrowhead": 2,
            "arrowwidth": 1.5,
            "arrowcolor": "rgba(128,128,128,0.8)",
            "standoff": 13,
            "startstandoff": 13,
        }
        for pr in pull_requests
        for before in pr.depends_on
        if before.on in places
    ]


def _sentence(pull_requests: tuple[PullRequest, ...]) -> str:
    edges = sum(len(pr.depends_on) for pr in pull_requests)
    free = [f"#{pr.number}" for pr in pull_requests if not pr.depends_on]
    start = f"{listed(free[:8])}{' and others' if len(free) > 8 else ''}"
    dependencies = count(edges, "dependency", "dependencies")
    return f"{count(len(pull_requests), 'PR')} with {dependencies}; {start} can start at once."
