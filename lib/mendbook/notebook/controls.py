"""The sliders and lists of the panels, each as a person reads it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import ipywidgets as w

from mendbook.model import Plan, PullRequest
from mendbook.planning import Schedule
from mendbook.policy import Policy
from mendbook.prioritize.stability import numbers
from mendbook.text.escape import line, shorten
from mendbook.text.phrasing import hours

Number = tuple[str, str]
"""Group and name of a weight or threshold."""
WIDE = w.Layout(width="34rem")
STYLE = {"description_width": "14rem"}


def slider(words: str, value: float, least: float, most: float, step: float) -> w.FloatSlider:
    """Return a slider that reports when it is let go."""
    return w.FloatSlider(
        value=value,
        min=least,
        max=most,
        step=step,
        description=words,
        continuous_update=False,
        readout_format=".2f",
        style=STYLE,
        layout=WIDE,
    )


def words(description: str, value: str = "") -> w.Text:
    """Return a field for one line of text."""
    return w.Text(value, description=description, style=STYLE, layout=WIDE)


def team(pull_requests: Sequence[PullRequest], schedule: Schedule) -> dict[str, w.FloatSlider]:
    """Return a slider of hours a sprint for each owner; at its right end it limits nothing."""
    sliders = {}
    for owner in sorted({pr.owner for pr in pull_requests}):
        needed = sum(pr.hours for pr in pull_requests if pr.owner == owner)
        most = max(1.0, math.ceil(2 * needed) / 2)
        now = min(most, max(0.5, schedule.by_owner.get(owner, most)))
        sliders[owner] = slider(shorten(line(owner), 40), now, 0.5, most, 0.5)
    return sliders


def number_sliders(policy: Policy, *, thresholds: bool) -> dict[Number, w.FloatSlider]:
    """Return a slider for each weight of ``policy``, and for each threshold where asked."""
    sliders = {}
    for (group, name), now in numbers(policy).items():
        if group != "thresholds" or thresholds:
            step = 1.0 if isinstance(now, int) and group == "thresholds" else (now or 1) / 10
            sliders[group, name] = slider(name.replace("_", " "), now, step, 5 * (now or 1), step)
    return sliders


def changed(policy: Policy, sliders: Mapping[Number, w.FloatSlider]) -> dict[Number, float]:
    """Return the numbers that ``sliders`` moved away from ``policy``."""
    own = numbers(policy)
    return {
        key: round(each.value, 4)
        for key, each in sliders.items()
        if not math.isclose(each.value, own[key], abs_tol=1e-6)
    }


def grouped(sliders: Mapping[Number, w.FloatSlider]) -> w.Accordion:
    """Return ``sliders`` folded by their groups."""
    groups: dict[str, list[w.Widget]] = {}
    for (group, _), each in sliders.items():
        groups.setdefault(group or "others", []).append(each)
    return w.Accordion([w.VBox(each) for each in groups.values()], titles=list(groups))


def pins(plan: Plan, schedule: Schedule) -> dict[str, w.Dropdown]:
    """Return a list of sprints for each PR, by the finding that names it in a schedule."""
    last = max((sprint.number for sprint in plan.sprint_plan.sprints), default=0) + 2
    last = max([last, *schedule.pinned.values()])
    places = [("anywhere", 0), *((f"sprint {at}", at) for at in range(1, last + 1))]
    dropdowns = {}
    for pr in plan.pull_requests:
        name = next((each for each in pr.finding_ids if each in schedule.pinned), pr.finding_ids[0])
        said = f"PR {pr.number} · {pr.priority} · {hours(pr.hours)} · {line(pr.title)}"
        dropdowns[name] = w.Dropdown(
            options=places,
            value=schedule.pinned.get(name, 0),
            description=shorten(said, 80),
            style={"description_width": "32rem"},
            layout=w.Layout(width="44rem"),
        )
    return dropdowns
