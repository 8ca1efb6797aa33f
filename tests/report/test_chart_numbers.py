"""Every number that a chart shows, its axes, hovers and sentence, is one that the plan holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from mendbook.model import Dimension, Plan, Priority, Severity
from mendbook.report import CHARTS, chart
from mendbook.report.charts.chart import MOST
from mendbook.report.charts.numbers import Numbers, anchors_of, numbers
from mendbook.report.index import Index
from mendbook.text.phrasing import number
from plan_factory import large_plan, sample_plan

PLAN = sample_plan()
LARGE = large_plan(500)
SCREEN = 900
"""Pixels that a laptop's window shows."""


def figure(name: str, plan: Plan = PLAN) -> dict[str, Any]:
    """Return the figure of a chart."""
    return chart(plan, name).figure


def axis(name: str, which: str, plan: Plan = PLAN) -> str:
    """Return the title of an axis."""
    title = figure(name, plan)["layout"][which].get("title", {})
    return str(title.get("text", ""))


def points(name: str, plan: Plan = PLAN) -> Iterator[dict[str, Any]]:
    """Yield each point of each trace that is shown, with what it says when hovered over."""
    for trace in figure(name, plan)["data"]:
        if trace.get("visible", True) is not True or trace.get("hoverinfo") == "skip":
            continue
        for at in range(len(trace["x"])):
            yield {
                "trace": trace.get("name", ""),
                **{
                    key: trace[key][at]
                    for key in ("x", "y", "base", "text", "ids", "customdata")
                    if isinstance(trace.get(key), list)
                },
            }


def test_severity_counts_the_findings_of_each_kind() -> None:
    """A cell is the number of findings, and its hover names them."""
    (cells,) = figure("severity-dimension")["data"]
    for row, values, hovers in zip(cells["y"], cells["z"], cells["customdata"], strict=True):
        for column, value, hover in zip(cells["x"], values, hovers, strict=True):
            here = [
                finding
                for finding in PLAN.audit.findings
                if (finding.dimension, finding.severity) == (Dimension(row), Severity(column))
            ]
            assert (value or 0) == len(here)
            assert all(finding.id in hover for finding in here)
    assert chart(PLAN, "severity-dimension").sentence == (
        "9 findings: 1 CRITICAL, 2 HIGH, 3 MEDIUM, 2 LOW and 1 INFO. "
        "Most, 2, concern Security & Reliability."
    )


def test_scores_are_shares_of_what_each_can_be() -> None:
    """The bar is a percentage and the axis says so; the text has both numbers."""
    given = [(point["y"], point["x"], point["text"]) for point in points("scores")]
    assert given == [
        ("Performance & Efficiency".replace("&", "&amp;"), 70.0, "21 of 30"),
        ("Readability", 80.0, "8 of 10"),
    ]
    assert figure("scores")["layout"]["xaxis"]["ticksuffix"] == " %"
    assert "Performance & Efficiency: 21 of 30" in chart(PLAN, "scores").sentence


def test_priority_is_the_order_key_and_leads_to_the_card() -> None:
    """Bars are the key that orders findings inside a band, and the axis is named after it."""
    assert axis("priority", "xaxis") == "Order key inside a band (WSJF)"
    shown = {point["y"]: point for point in points("priority")}
    for item in PLAN.remediations:
        point = shown[item.finding_id]
        assert point["x"] == item.decision.order_key["wsjf"]
        assert point["text"] == f"{item.decision.priority} · {number(item.estimate.likely)} h"
        assert point["customdata"].startswith(f"<b>{item.decision.rank}. {item.finding_id} · ")
        assert f"wsjf {number(point['x'])}" in point["customdata"]
        assert point["ids"] == item.finding_id
    assert figure("priority")["layout"]["yaxis"]["categoryarray"] == [
        item.finding_id for item in PLAN.remediations
    ]
    assert chart(PLAN, "priority").sentence == (
        "9 findings in order: 2 P0, 2 P1, 3 P2 and 2 P3. "
        "First come SEC-CRIT-001, RT-HIGH-001 and PERF-HIGH-001."
    )


def test_effort_is_hours_and_heat_is_a_share() -> None:
    """A point stands at the likely hours and the percentage of CPU time; its bar is the range."""
    assert axis("effort-heat", "xaxis") == "Hours, likely, with their range"
    assert axis("effort-heat", "yaxis") == "Share of profiled CPU time"
    assert figure("effort-heat")["layout"]["yaxis"]["ticksuffix"] == " %"
    heat = {each.finding_id: each.share for each in PLAN.heat}
    estimates = {item.finding_id: item.estimate for item in PLAN.remediations}
    for trace in figure("effort-heat")["data"][1:]:
        for at, hover in enumerate(trace["customdata"]):
            name = re.match(r"<b>(\S+) ·", hover)
            assert name
            estimate, share = estimates[name[1]], heat[name[1]]
            assert share is not None
            assert (trace["x"][at], trace["y"][at]) == (estimate.likely, 100 * share)
            assert trace["x"][at] + trace["error_x"]["array"][at] == estimate.high
            assert trace["x"][at] - trace["error_x"]["arrayminus"][at] == estimate.low
            assert f"<br>{number(estimate.likely)} h (" in hover
    assert chart(PLAN, "effort-heat").sentence == (
        "Hottest code for the hours: SEC-LOW-001 (1.0 %, 0.5 h), PERF-MED-001 (11 %, 1 h) and "
        "PERF-HIGH-001 (34 %, 2 h). 2 findings not in the profile."
    )


def test_proof_counts_the_findings_on_each_rung() -> None:
    """The axis counts findings, and the hover names them."""
    assert axis("proof", "xaxis") == "Findings"
    for point in points("proof"):
        here = [item for item in PLAN.remediations if item.patch.standing == point["y"]]
        assert point["x"] == len(here)
        assert all(item.finding_id in point["customdata"] for item in here)
    assert sum(point["x"] for point in points("proof")) == len(PLAN.remediations)


def test_the_graph_has_each_pull_request_and_each_arrow() -> None:
    """A box has the PR's number, hours and title; as many arrows as there are dependencies."""
    shown = {point["ids"]: point for point in points("pr-graph")}
    for pr in PLAN.pull_requests:
        point = shown[f"pr-{pr.number}"]
        assert point["text"].startswith(f"<b>PR {pr.number}</b> · {pr.priority} · ")
        assert f"· {number(pr.hours)} h" in point["customdata"]
    arrows = sum(len(pr.depends_on) for pr in PLAN.pull_requests)
    assert len(figure("pr-graph")["layout"]["annotations"]) == arrows == 4
    assert chart(PLAN, "pr-graph").sentence == (
        "7 PRs with 4 dependencies; #1, #3, #4 and #6 can start at once."
    )


@pytest.mark.parametrize("name", ["sprint-load", "what-if"])
def test_a_sprint_is_the_hours_of_its_pull_requests(name: str) -> None:
    """Each PR's piece is its hours, in the sprint that it is planned in, with its own name."""
    assert axis(name, "yaxis") == "Hours"
    prs = {f"pr-{pr.number}": pr for pr in PLAN.pull_requests}
    sprint_of = Index.of(PLAN).sprint_of
    bars = [point for point in points(name) if point["trace"] != "Capacity"]
    assert len(bars) == len(prs)
    for point in bars:
        pr = prs[point["ids"]]
        assert (point["y"], point["text"]) == (pr.hours, f"PR {pr.number}")
        assert re.search(r"\d+", point["x"])[0] == str(sprint_of[pr.number])  # type: ignore[index]
        assert f"{number(pr.hours)} h" in point["customdata"]
    held = [point["y"] for point in points(name) if point["trace"] == "Capacity"]
    assert held == [10.0, 10.0, 10.0]
    said = {
        "sprint-load": "3 sprints, 19.25 h; the fullest is sprint 1 with 80 % of its capacity. "
        "None is over capacity.",
        "what-if": "5 h make no sprints, 10 h make 3 sprints and 20 h make 1 sprint.",
    }
    assert chart(PLAN, name).sentence == said[name]


def test_the_gantt_gives_each_pull_request_its_share_of_the_sprint() -> None:
    """A bar begins where the one before it ends, and is as long as its hours in the sprint."""
    shown = {point["ids"]: point for point in points("gantt")}
    for at, sprint in enumerate(PLAN.sprint_plan.sprints):
        start = float(at)
        for name in sprint.prs:
            pr = PLAN.pull_requests[name - 1]
            point = shown[f"pr-{name}"]
            assert point["base"] == pytest.approx(start)
            assert point["x"] == pytest.approx(pr.hours / sprint.capacity)
            assert point["y"].endswith(f"#{name}")
            start += point["x"]
    assert chart(PLAN, "gantt").sentence == (
        "In merge order, sprint 1: PR 1–2; sprint 2: PR 3–4, 6; sprint 3: PR 5, 7."
    )


def test_a_gantt_of_many_sprints_shows_those_of_its_rows() -> None:
    """Thirty bars in six of a hundred sprints are drawn over twelve; the axis says of how many."""
    ticks = figure("gantt", LARGE)["layout"]["xaxis"]
    assert axis("gantt", "xaxis", LARGE) == "Sprint, of 100"
    assert ticks["range"] == [0, 12]
    assert ticks["ticktext"] == [f"Sprint {at}" for at in range(1, 13)]
    assert figure("gantt")["layout"]["xaxis"]["range"] == [0, 3]


def test_the_forecast_burns_down_the_hours_of_the_plan() -> None:
    """It begins at the hours that are planned, never at what delay costs, and ends at none."""
    assert axis("forecast", "yaxis") == "Hours that remain"
    assert axis("forecast", "xaxis") == "End of sprint"
    assert PLAN.forecast
    middle = [(point["x"], point["y"]) for point in points("forecast")]
    assert middle == [(sprint, half) for sprint, _, half, _ in PLAN.forecast.burn_down]
    assert middle[0][1] == sum(pr.hours for pr in PLAN.pull_requests)
    assert [point["customdata"] for point in points("forecast")] == [
        (low, high) for _, low, _, high in PLAN.forecast.burn_down
    ]
    (mark,) = figure("forecast")["layout"]["annotations"]
    assert (mark["x"], mark["text"].strip()) == (4, "85 % sure by sprint 4")
    assert chart(PLAN, "forecast").sentence == (
        "In 10,000 simulated runs all is done by the end of sprint 3 half of the time and 4 in "
        "85 %, over 7 PRs."
    )


def test_hosts_are_counted_against_listeners() -> None:
    """The axes say what is counted, and the hover repeats both numbers."""
    assert (axis("host-capacity", "xaxis"), axis("host-capacity", "yaxis")) == (
        "Listeners at once",
        "Hosts",
    )
    for point in points("host-capacity"):
        assert point["text"] == f"{point['y']:,}"


@pytest.mark.parametrize("name", CHARTS)
def test_five_hundred_findings_fit_one_screen(name: str) -> None:
    """A chart draws its first thirty and groups the rest, whatever the size of the audit."""
    drawn = chart(LARGE, name)
    assert drawn.figure["layout"]["height"] <= SCREEN
    assert len(str(drawn.bundle())) < 150_000


def test_what_is_grouped_is_counted_and_nothing_is_lost() -> None:
    """The bars of the rest hold all findings and PRs that have none of their own."""
    bars = list(points("priority", LARGE))
    grouped = [point for point in bars if " more " in point["y"]]
    assert len(bars) - len(grouped) == MOST
    assert sum(int(point["y"].split(" ")[0]) for point in grouped) == 500 - MOST
    assert [point["y"].split(" ")[2] for point in grouped] == list(Priority)
    (rest,) = [point for point in points("gantt", LARGE) if point["trace"] == "The rest"]
    assert rest["y"] == f"{500 - MOST} more PRs, to sprint 100"
    load = [point for point in points("sprint-load", LARGE) if point["trace"] != "Capacity"]
    assert sum(point["y"] for point in load) == sum(pr.hours for pr in LARGE.pull_requests)
    assert "Drawn are the first" in chart(LARGE, "pr-graph").sentence


@pytest.mark.parametrize("plan", [PLAN, LARGE], ids=["sample", "large"])
@pytest.mark.parametrize("name", CHARTS)
def test_whatever_a_point_leads_to_is_there(name: str, plan: Plan) -> None:
    """Points lead to cards, PRs and sprints of the plan, and to nothing else."""
    there = {
        *Index.of(plan).anchor_of.values(),
        *(f"pr-{pr.number}" for pr in plan.pull_requests),
        *(f"sprint-{sprint.number}" for sprint in plan.sprint_plan.sprints),
        "",
    }
    for trace in figure(name, plan)["data"]:
        assert set(anchors_of(trace)) <= there


def test_the_table_of_a_chart_says_what_it_draws() -> None:
    """One row for each point, headed by its axes, linked to where the point leads."""
    assert numbers(figure("proof")) == Numbers(
        ("Where", "Findings"),
        (("builds", "3"), ("tests", "1"), ("lints", "1"), ("typechecks", "1"), ("binds", "0"),
         ("parses", "1"), ("applies", "1"), ("draft", "0"), ("outline", "1")),
        ("",) * 9,
        0,
    )  # fmt: skip
    load = numbers(figure("sprint-load"))
    assert load.header == ("Series", "Where", "Hours", "Label")
    assert load.rows[0] == ("P0", "Sprint 1 Critical fixes", "2", "PR 1")
    assert (load.anchors[0], load.subject) == ("pr-1", 3)
    assert numbers(figure("forecast")).header == ("Series", "End of sprint", "Hours that remain")
    for told in ("gantt", "pr-graph", "scores", "severity-dimension"):
        assert numbers(figure(told)).rows == ()
