"""What-if in JupyterLab: controls that plan again when they are moved, and what that moves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import ipywidgets as w
import msgspec

from mendbook.errors import MendbookError, ReportError
from mendbook.model import Plan, PullRequest
from mendbook.planning import Schedule
from mendbook.planning.what_if import Basis, Move, Outcome, Scenario, files, moved, replan
from mendbook.policy import Weights
from mendbook.report import chart, tables
from mendbook.text.escape import html, line, shorten
from mendbook.text.phrasing import count, hours

_WIDE = w.Layout(width="34rem")
_STYLE = {"description_width": "14rem"}
_OTHERS = ""
"""Group of the weights that stand alone."""


class Planned(Protocol):
    """What the panel needs of a run."""

    @property
    def plan(self) -> Plan:
        """The plan as it stands."""
        ...

    @property
    def basis(self) -> Basis:
        """What the plan rests on and no scenario changes."""
        ...

    @property
    def schedule(self) -> Schedule:
        """The schedule in force."""
        ...

    @property
    def overrides_folder(self) -> Path:
        """Where what people decide for the audit is kept."""
        ...


def what_if(run: Planned) -> Panel:
    """Return the panel of ``run``: it starts from the run's own plan and changes nothing in it."""
    return Panel(run.plan, run.basis, run.schedule, run.overrides_folder)


class Panel:
    """Controls of one scenario, the plan they lead to, and a way to keep it."""

    def __init__(self, plan: Plan, basis: Basis, schedule: Schedule, folder: Path) -> None:
        self._plan = plan
        self._basis = basis
        self._schedule = schedule
        self._before = Outcome(plan.pull_requests, plan.sprint_plan)
        self.outcome = self._before
        """The plan of the controls as they stand."""
        now = schedule.hours or basis.hours
        self.capacity = _slider("A sprint holds (hours)", now, 0.5, max(4 * now, 40.0), 0.5)
        self.team = _team(plan.pull_requests, schedule)
        """Hours a sprint by owner; at its right end a slider limits nothing."""
        self.weights = _weights(basis.policy.weights)
        """Weights by group and name."""
        self.pins = _pins(plan, schedule)
        """The sprint of each PR, by a finding in it."""
        self.status, self.moves, self.load = w.HTML(), w.HTML(), w.Output()
        self.who = w.Text(description="Who decides", style=_STYLE, layout=_WIDE)
        self.why = w.Text(description="Why", style=_STYLE, layout=_WIDE)
        self.folder = w.Text(str(folder), description="Folder", style=_STYLE, layout=_WIDE)
        self.save = w.Button(description="Save", icon="save")
        self.saved = w.HTML()
        self._listen()
        self._show()

    @property
    def scenario(self) -> Scenario:
        """What the controls say."""
        idle = {o: h for o, h in self._schedule.by_owner.items() if o not in self.team}
        limits = {o: each.value for o, each in self.team.items() if each.value < each.max}
        schedule = replace(
            self._schedule,
            who=line(self.who.value),
            why=line(self.why.value),
            hours=self.capacity.value,
            by_owner={**idle, **limits},
            pinned={name: each.value for name, each in self.pins.items() if each.value},
        )
        return Scenario(schedule, _weighed(self._basis.policy.weights, self.weights))

    @property
    def moved(self) -> tuple[Move, ...]:
        """What the controls put into another sprint than the run's plan."""
        return () if self.outcome.refused else moved(self._before, self.outcome)

    def _listen(self) -> None:
        for control in (
            self.capacity,
            *self.team.values(),
            *self.weights.values(),
            *self.pins.values(),
        ):
            control.observe(self._replan, names="value")
        self.save.on_click(self._save)

    def _replan(self, _: object = None) -> None:
        self.outcome = replan(self._basis, self.scenario)
        self._show()

    def _show(self) -> None:
        self.status.value = f"<p>{html(self._sentence())}</p>"
        found = tables.moves(self.moved)
        self.moves.value = (
            found.to_html(index=False, border=0, justify="left")
            if len(found)
            else "<p>Nothing moves.</p>"
        )
        made = replace(
            self._plan,
            pull_requests=self.outcome.pull_requests,
            sprint_plan=self.outcome.sprint_plan,
        )
        data = chart(made, "sprint-load")._repr_mimebundle_()
        self.load.outputs = ({"output_type": "display_data", "metadata": {}, "data": data},)

    def _sentence(self) -> str:
        if self.outcome.refused:
            return f"No plan: {self.outcome.refused}."
        sprints = self.outcome.sprint_plan.sprints
        total = hours(sum(pr.hours for pr in self.outcome.pull_requests))
        was = count(len(self._before.sprint_plan.sprints), "sprint")
        now = count(len(sprints), "sprint")
        status = self.outcome.sprint_plan.status
        longer = "" if status == "optimal" else " A run searches longer."
        return f"{now}, {total}, {status}; the plan has {was}.{longer}"

    def _save(self, _: object = None) -> None:
        try:
            written = write_new(Path(self.folder.value), files(self.scenario, self._basis.policy))
        except MendbookError as error:
            self.saved.value = f"<p>{html(str(error))}</p>"
            return
        policy = [f"--policy {path}" for path in written if path.name == "policy.yaml"]
        flags = " ".join([f"--overrides {self.folder.value}", *policy])
        self.saved.value = f"<p>Saved. Plan with <code>{html(flags)}</code></p>"

    def _repr_mimebundle_(self, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - Jupyter's
        groups: dict[str, list[w.Widget]] = {}
        for (group, _), slider in self.weights.items():
            groups.setdefault(group or "others", []).append(slider)
        weights = w.Accordion([w.VBox(each) for each in groups.values()], titles=list(groups))
        views: dict[str, w.Widget] = {
            "Hours": w.VBox([self.capacity, *self.team.values()]),
            "Pins": w.VBox(list(self.pins.values())),
            "Weights": weights,
            "Keep": w.VBox([self.who, self.why, self.folder, self.save, self.saved]),
        }
        tabs = w.Tab(list(views.values()), titles=list(views))
        bundle: dict[str, Any] = w.VBox(
            [tabs, self.status, self.moves, self.load]
        )._repr_mimebundle_(**given)
        return bundle


def write_new(folder: Path, texts: Mapping[str, str]) -> tuple[Path, ...]:
    """Write ``texts``, by file name, into ``folder``; all of them or none, and over no file."""
    paths = {folder / name: text for name, text in texts.items()}
    for path in paths:
        if path.exists():
            message = f"{path}: there is one already; move it away, or name another folder"
            raise ReportError(message)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in paths.items():
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        message = f"{folder}: cannot be written ({error.strerror}); name another folder"
        raise ReportError(message) from error
    return tuple(paths)


def _slider(words: str, value: float, least: float, most: float, step: float) -> w.FloatSlider:
    return w.FloatSlider(
        value=value,
        min=least,
        max=most,
        step=step,
        description=words,
        continuous_update=False,
        readout_format=".2f",
        style=_STYLE,
        layout=_WIDE,
    )


def _team(pull_requests: Sequence[PullRequest], schedule: Schedule) -> dict[str, w.FloatSlider]:
    sliders = {}
    for owner in sorted({pr.owner for pr in pull_requests}):
        needed = sum(pr.hours for pr in pull_requests if pr.owner == owner)
        most = max(1.0, math.ceil(2 * needed) / 2)
        now = min(most, max(0.5, schedule.by_owner.get(owner, most)))
        sliders[owner] = _slider(shorten(line(owner), 40), now, 0.5, most, 0.5)
    return sliders


def _weights(weights: Weights) -> dict[tuple[str, str], w.FloatSlider]:
    flat = {}
    for name, value in msgspec.to_builtins(weights).items():
        if isinstance(value, dict):
            flat.update({(name, inner): number for inner, number in value.items()})
        else:
            flat[_OTHERS, name] = value
    return {
        key: _slider(key[1].replace("_", " "), now, now / 10, 5 * (now or 1), (now or 1) / 10)
        for key, now in flat.items()
    }


def _weighed(weights: Weights, sliders: Mapping[tuple[str, str], w.FloatSlider]) -> Weights:
    document = msgspec.to_builtins(weights)
    for (group, name), slider in sliders.items():
        (document[group] if group else document)[name] = round(slider.value, 4)
    return msgspec.convert(document, type=Weights)


def _pins(plan: Plan, schedule: Schedule) -> dict[str, w.Dropdown]:
    last = max((sprint.number for sprint in plan.sprint_plan.sprints), default=0) + 2
    last = max([last, *schedule.pinned.values()])
    places = [("anywhere", 0), *((f"sprint {at}", at) for at in range(1, last + 1))]
    pins = {}
    for pr in plan.pull_requests:
        name = next((each for each in pr.finding_ids if each in schedule.pinned), pr.finding_ids[0])
        words = f"PR {pr.number} · {pr.priority} · {hours(pr.hours)} · {line(pr.title)}"
        pins[name] = w.Dropdown(
            options=places,
            value=schedule.pinned.get(name, 0),
            description=shorten(words, 80),
            style={"description_width": "32rem"},
            layout=w.Layout(width="44rem"),
        )
    return pins
