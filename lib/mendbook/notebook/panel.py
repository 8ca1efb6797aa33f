"""What-if in JupyterLab: controls that plan again when they are moved, and scenarios to compare."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import ipywidgets as w

from mendbook import project
from mendbook.errors import MendbookError
from mendbook.model import Plan
from mendbook.notebook import controls, keep
from mendbook.notebook.card import coloured
from mendbook.notebook.frames import static_table, widget_bundle
from mendbook.notebook.front_end import interactive
from mendbook.planning import Schedule
from mendbook.planning.scenarios import Calendar, Summary, summarise
from mendbook.planning.what_if import Basis, Move, Outcome, Scenario, files, moved, replan
from mendbook.policy import policy_text
from mendbook.prioritize.stability import with_numbers
from mendbook.report import chart, tables
from mendbook.text.escape import html, line
from mendbook.text.phrasing import count, hours

PLANNED = "as planned"


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
    """Controls of one scenario, the plan they lead to, scenarios by name, and a way to keep one."""

    def __init__(self, plan: Plan, basis: Basis, schedule: Schedule, decided: Path) -> None:
        self._plan = plan
        self._basis = basis
        self._schedule = schedule
        self._decided = decided
        self._before = Outcome(plan.pull_requests, plan.sprint_plan)
        self._quiet = False
        self.outcome = self._before
        """The plan of the controls as they stand."""
        self.scenarios: dict[str, Outcome] = {PLANNED: self._before}
        """Every scenario that was given a name, the plan itself first."""
        now = schedule.hours or basis.hours
        self.capacity = controls.slider("A sprint holds (hours)", now, 0.5, max(4 * now, 40.0), 0.5)
        self.team = controls.team(plan.pull_requests, schedule)
        """Hours a sprint by owner; at its right end a slider limits nothing."""
        self.weights = controls.number_sliders(basis.policy, thresholds=False)
        """Weights by group and name."""
        self.pins = controls.pins(plan, schedule)
        """The sprint of each PR, by a finding in it."""
        self._moving = (self.capacity, *self.team.values(), *self.weights.values())
        self._start = {each: each.value for each in (*self._moving, *self.pins.values())}
        self.reset = w.Button(description="Reset", icon="undo", tooltip="Back to the plan")
        self.name = controls.words("Scenario", "what if")
        self.add = w.Button(description="Compare", icon="plus", tooltip="Keep it in the table")
        self.starts = w.DatePicker(
            description="Sprint 1 starts", style=controls.STYLE, layout=controls.WIDE
        )
        self.weeks = w.IntText(2, description="Weeks a sprint", style=controls.STYLE)
        self.status, self.moves, self.load = w.HTML(), w.HTML(), w.Output()
        self.table, self.saved = w.HTML(), w.HTML()
        self.who, self.why = controls.words("Who decides"), controls.words("Why")
        self.folder = controls.words("Folder", str(keep.folder_for(self._beside(), "what if")))
        self.review = w.Button(description="Review", icon="eye", tooltip="Show what it would write")
        self.save = w.Button(description="Keep", icon="save", disabled=True)
        self._listen()
        self._show()
        self._compare()

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
        moved_weights = controls.changed(self._basis.policy, self.weights)
        return Scenario(schedule, with_numbers(self._basis.policy, moved_weights).weights)

    @property
    def moved(self) -> tuple[Move, ...]:
        """What the controls put into another sprint than the run's plan."""
        return () if self.outcome.refused else moved(self._before, self.outcome)

    @property
    def summaries(self) -> tuple[Summary, ...]:
        """The scenarios side by side; with dates once it is known when sprint 1 starts."""
        starts = self.starts.value
        calendar = Calendar(starts, max(1, self.weeks.value)) if starts else None
        return summarise(self.scenarios, calendar)

    def _beside(self) -> Path:
        if not self._decided.is_relative_to(project.PACKAGE):
            return self._decided
        return project.desk(Path.cwd()).overrides / self._decided.name

    def _listen(self) -> None:
        for control in self._start:
            control.observe(self._replan, names="value")
        for control in (self.who, self.why, self.folder):
            control.observe(self._unreviewed, names="value")
        for control in (self.starts, self.weeks):
            control.observe(self._compare, names="value")
        self.name.observe(self._renamed, names="value")
        self.reset.on_click(self._reset)
        self.add.on_click(self._add)
        self.review.on_click(self._review)
        self.save.on_click(self._save)

    def _replan(self, _: object = None) -> None:
        if self._quiet:
            return
        self.status.value = '<p><i class="fa fa-spinner fa-spin"></i> Planning again …</p>'
        self._unreviewed()
        self.outcome = replan(self._basis, self.scenario)
        self._show()

    def _reset(self, _: object = None) -> None:
        self._quiet = True
        for control, value in self._start.items():
            control.value = value
        self._quiet = False
        self._unreviewed()
        self.outcome = self._before
        self._show()

    def _add(self, _: object = None) -> None:
        name = line(self.name.value) or "what if"
        if name != PLANNED:
            self.scenarios[name] = self.outcome
        self._compare()

    def _compare(self, _: object = None) -> None:
        self.table.value = static_table(tables.scenarios(self.summaries))

    def _renamed(self, _: object = None) -> None:
        self.folder.value = str(keep.folder_for(self._beside(), self.name.value))

    def _show(self) -> None:
        self.status.value = f"<p>{html(self._sentence())}</p>"
        moves = tables.moves(self.moved)
        self.moves.value = static_table(moves) if len(moves) else "<p>Nothing moves.</p>"
        planned = replace(
            self._plan,
            pull_requests=self.outcome.pull_requests,
            sprint_plan=self.outcome.sprint_plan,
        )
        data = chart(planned, "sprint-load")._repr_mimebundle_()
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

    def _unreviewed(self, _: object = None) -> None:
        self.save.disabled = True
        self.saved.value = ""

    def _texts(self) -> dict[str, str]:
        return files(self.scenario, self._basis.policy)

    def _review(self, _: object = None) -> None:
        try:
            diff = keep.review(self._decided, self._texts(), policy_text(self._basis.policy))
        except MendbookError as error:
            self.saved.value = f"<p>{html(str(error))}</p>"
            return
        where = f"<p>This would stand in <code>{html(self.folder.value)}</code>, beside a copy "
        self.saved.value = (
            f"{where}of what was decided before; nothing there changes.</p>{coloured(diff)}"
        )
        self.save.disabled = False

    def _save(self, _: object = None) -> None:
        folder = Path(self.folder.value).absolute()
        try:
            texts = self._texts()
            keep.write_new(folder, keep.kept_files(self._decided, texts))
        except MendbookError as error:
            self.saved.value = f"<p>{html(str(error))}</p>"
            return
        policy = [f"--policy {folder / 'policy.yaml'}"] if "policy.yaml" in texts else []
        flags = " ".join([f"--overrides {folder}", *policy])
        self.saved.value = f"<p>Kept. Plan with <code>{html(flags)}</code></p>"
        self.save.disabled = True

    def _repr_mimebundle_(self, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - Jupyter's
        static = f"{self.status.value}{self.table.value}"
        if not interactive():
            return widget_bundle(None, static, given)
        views: dict[str, w.Widget] = {
            "Hours": w.VBox([self.capacity, *self.team.values()]),
            "Pins": w.VBox(list(self.pins.values())),
            "Weights": controls.grouped(self.weights),
            "Scenarios": w.VBox([self.name, w.HBox([self.add]), self.starts, self.weeks]),
            "Keep": w.VBox(
                [self.who, self.why, self.folder, w.HBox([self.review, self.save]), self.saved]
            ),
        }
        tabs = w.Tab(list(views.values()), titles=list(views))
        whole = w.VBox([tabs, self.reset, self.status, self.table, self.moves, self.load])
        return widget_bundle(whole, static, given)
