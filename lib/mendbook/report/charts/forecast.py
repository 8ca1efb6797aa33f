"""When it is done: remaining hours by sprint, as a fan over the simulated runs."""

from __future__ import annotations

from mendbook.model import Plan, Quantiles
from mendbook.report.charts.chart import ACCENT, WARNING, Chart, absent, figure, trace
from mendbook.text.phrasing import count, listed

_NAME, _TITLE = "forecast", "Forecast: hours that remain"


def forecast(plan: Plan) -> Chart:
    """Return the burn-down's median and its 5–95 % band, and the sprint it is done by."""
    simulated = plan.forecast
    if simulated is None or not simulated.burn_down:
        words = "No simulation was made, so there is no forecast."
        return Chart(_NAME, _TITLE, words, absent(words))
    sprints = [point[0] for point in simulated.burn_down]
    low, middle, high = ([point[at] for point in simulated.burn_down] for at in (1, 2, 3))
    edge = {"x": sprints, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    finish = simulated.finish
    planned = {sprint.number for sprint in plan.sprint_plan.sprints}
    drawn = figure(
        trace("scatter", y=high, showlegend=False, **edge),
        trace(
            "scatter",
            name="90 % of the runs",
            y=low,
            fill="tonexty",
            fillcolor="rgba(0,114,178,0.22)",
            **edge,
        ),
        trace(
            "scatter",
            name="Median",
            x=sprints,
            y=middle,
            ids=[f"sprint-{sprint}" if sprint in planned else "" for sprint in sprints],
            mode="lines+markers",
            line={"color": ACCENT, "width": 3},
            customdata=list(zip(low, high, strict=True)),
            hovertemplate="End of sprint %{x}<br>%{y:.1f} h remain "
            "(%{customdata[0]:.1f}–%{customdata[1]:.1f})<extra></extra>",
        ),
        height=380,
        xaxis={"title": "End of sprint", "dtick": 1 if len(sprints) < 20 else None},
        yaxis={"title": "Hours that remain", "rangemode": "tozero"},
        shapes=[_mark(finish.p85)],
        annotations=[
            {
                "x": finish.p85,
                "y": 1,
                "yref": "paper",
                "yanchor": "top",
                "xanchor": "right" if finish.p85 > max(sprints) / 2 else "left",
                "text": f" 85 % sure by sprint {finish.p85} ",
                "showarrow": False,
            }
        ],
    )
    words = (
        f"In {simulated.draws:,} simulated runs all is done by the end of {_ends(finish)}, "
        f"over {count(len(plan.pull_requests), 'PR')}."
    )
    return Chart(_NAME, _TITLE, words, drawn)


def _ends(finish: Quantiles) -> str:
    """Return the sprints by whose end all is done, each with how often; one sprint only once."""
    often = ((finish.p50, "half of the time"), (finish.p85, "in 85 %"))
    by_sprint = dict(often)  # of those of one sprint the last, which is the surer
    return "sprint " + listed([f"{at} {words}" for at, words in by_sprint.items()])


def _mark(sprint: int) -> dict[str, object]:
    line = {"color": WARNING, "width": 2, "dash": "dash"}
    return {
        "type": "line",
        "x0": sprint,
        "x1": sprint,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": line,
    }
