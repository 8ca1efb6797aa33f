"""Charts: every one is plotly's to draw, says itself in words, and shows no foreign markup."""

from __future__ import annotations

import json
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import EVERYTHING
from mendbook.model import Dependency, Priority, PullRequest
from mendbook.report import CHARTS, SECTIONS, chart
from mendbook.report.charts.effort_heat import frontier
from mendbook.report.charts.pr_graph import layers
from plan_factory import empty_plan, sample_plan

PLANS = [sample_plan(), sample_plan(EVERYTHING), sample_plan(profiled=False), empty_plan()]


def strings(value: Any) -> list[str]:  # noqa: ANN401 - JSON
    """Return every string in JSON data; the names of records are keys, which nothing draws."""
    if isinstance(value, str):
        return [value]
    shown = [each for key, each in value.items() if key != "ids"] if isinstance(value, dict) else []
    children = shown if isinstance(value, dict) else value
    return [text for child in children for text in strings(child)] if iterable(value) else []


def iterable(value: Any) -> bool:  # noqa: ANN401 - JSON
    """Return whether JSON data holds other data."""
    return isinstance(value, dict | list | tuple)


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("plan", PLANS, ids=["whole", "hostile", "not profiled", "empty"])
def test_every_chart_is_one_that_plotly_takes(name: str, plan: Any) -> None:  # noqa: ANN401
    """Whatever the plan, the figure is valid, is plain JSON, and comes with its sentence."""
    drawn = chart(plan, name)
    go.Figure(drawn.figure)
    bundle = json.loads(json.dumps(drawn.bundle()))
    assert bundle["layout"]["meta"]["name"] == name
    assert drawn.sentence.endswith((".", "…"))
    if plan is not PLANS[3] and not (name == "effort-heat" and plan is PLANS[2]):
        assert bundle["data"]


@pytest.mark.parametrize("name", CHARTS)
def test_a_notebook_gets_plotlys_json_and_words_only(name: str) -> None:
    """Showing a chart needs neither nbformat nor a script from anywhere."""
    bundle = chart(sample_plan(), name)._repr_mimebundle_()
    assert set(bundle) == {"application/vnd.plotly.v1+json", "text/plain"}


@pytest.mark.parametrize("name", CHARTS)
def test_no_finding_writes_markup_into_a_chart(name: str) -> None:
    """Only our own bold and line breaks are tags; the sentence is plain text."""
    figure = chart(sample_plan(EVERYTHING), name).figure
    for text in strings(figure):
        ours = text.replace("<br>", "").replace("<b>", "").replace("</b>", "")
        assert "<" not in ours.replace("<extra></extra>", "")


def test_every_chart_stands_in_a_section() -> None:
    """The sections show each chart once, and none that is not there."""
    assert sorted(name for item in SECTIONS for name in item.charts) == sorted(CHARTS)


def test_where_nothing_was_profiled_the_chart_says_so() -> None:
    """No heat is invented."""
    drawn = chart(sample_plan(profiled=False), "effort-heat")
    assert drawn.figure["data"] == []
    assert drawn.sentence.startswith("Nothing was profiled")


def test_hosts_are_those_of_the_advisors_model() -> None:
    """The chart reads what the advisor offers, and says it in words."""
    drawn = chart(sample_plan(), "host-capacity")
    assert [(bars["name"], bars["y"]) for bars in drawn.figure["data"]] == [
        ("4 cores", [21, 2009]),
        ("8 cores", [9, 861]),
        ("16 cores", [5, 402]),
    ]
    assert drawn.sentence == (
        "A host of 8 cores carries 1,162 listeners by the model; 1,000,000 need 861 of them."
    )


def test_hovering_over_a_finding_tells_why() -> None:
    """The first bar's label has the problem, each step of the decision, and what would move it."""
    bars = chart(sample_plan(), "priority").figure["data"][0]
    assert bars["customdata"][0].split("<br>") == [
        "<b>1. SEC-CRIT-001 · P0</b>",
        "Any client may take another client's seat",
        "• How severe? CRITICAL: the audit says so",
        '• Reachable? yes: from socket event "room:join"',
        "cost of delay 20, hours 2, wsjf 10",
        "To move it: Without exposure it would be P2",
    ]


def test_sprint_bars_add_up_to_the_sprint() -> None:
    """The load drawn is the load planned, and capacity stands beside it."""
    plan = sample_plan()
    traces = chart(plan, "sprint-load").figure["data"]
    loads: dict[str, float] = {}
    for bars in traces[:-1]:
        for name, height in zip(bars["x"], bars["y"], strict=True):
            loads[name] = loads.get(name, 0.0) + height
    assert sorted(loads.values()) == [4.75, 6.5, 8.0]
    assert traces[-1]["y"] == [10.0, 10.0, 10.0]


def test_other_capacities_are_steps_of_a_slider() -> None:
    """Each step shows its own plan's bars and no other's; the planned capacity is shown first."""
    drawn = chart(sample_plan(), "what-if")
    slider = drawn.figure["layout"]["sliders"][0]
    steps = [(step["label"], sum(step["args"][0]["visible"])) for step in slider["steps"]]
    assert steps == [("5 h", 5), ("10 h", 5), ("20 h", 5)]
    assert slider["active"] == 1
    shown = [bars for bars in drawn.figure["data"] if bars["visible"]]
    assert sum(sum(bars["y"]) for bars in shown if bars["type"] == "bar") == 19.25


POINTS = st.lists(st.tuples(st.floats(0, 40), st.floats(0, 1)), max_size=12)


@given(POINTS)
def test_nothing_beats_the_frontier(points: list[tuple[float, float]]) -> None:
    """Every finding that relieves anything is matched or beaten by one on the frontier."""
    best = [points[at] for at in frontier(points)]
    for hours, share in points:
        assert share == 0 or any(h <= hours and s >= share for h, s in best)
    for hours, share in best:
        assert not any((h < hours and s >= share) or (h <= hours and s > share) for h, s in points)


@given(st.lists(st.lists(st.integers(0, 30), max_size=3), max_size=14))
def test_arrows_lead_to_the_right(wishes: list[list[int]]) -> None:
    """A PR stands right of all it depends on, and no two in one place."""
    prs = tuple(
        PullRequest(
            number=at + 1,
            title="t",
            finding_ids=(),
            files=(),
            depends_on=tuple(Dependency(on % at + 1, "") for on in wish) if at else (),
            hours=1.0,
            low=1.0,
            high=1.0,
            priority=Priority.P1,
            cost_of_delay=1.0,
            owner="",
        )
        for at, wish in enumerate(wishes)
    )
    places = layers(prs)
    assert len(set(places.values())) == len(prs)
    for pr in prs:
        assert all(places[before.on][0] < places[pr.number][0] for before in pr.depends_on)
