"""Move a weight or a threshold and see the ranks move; and how far each rank hangs on them."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from mendbook.model import Decision, Priority
from mendbook.notebook import controls
from mendbook.notebook.frames import static_table, widget_bundle
from mendbook.notebook.front_end import interactive
from mendbook.planning.what_if import Basis
from mendbook.policy import Policy
from mendbook.prioritize import prioritize
from mendbook.prioritize.stability import SHARE, Stability, stability, with_numbers
from mendbook.report import Chart, tables
from mendbook.report.charts.chart import PRIORITY_COLOURS, figure, hover, trace
from mendbook.text.escape import html, label
from mendbook.text.phrasing import count, listed, percent, some


class RankPanel:
    """A slider for each number of the policy, and the order that they lead to."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis
        self._before = self._decide(basis.policy)
        self.numbers = controls.number_sliders(basis.policy, thresholds=True)
        """Weights and thresholds by group and name."""
        self._start = {each: each.value for each in self.numbers.values()}
        self.reset = w.Button(description="Reset", icon="undo", tooltip="Back to the policy")
        self.status, self.moves = w.HTML(), w.HTML()
        for control in self.numbers.values():
            control.observe(self._show, names="value")
        self.reset.on_click(self._reset)
        self._show()

    def _decide(self, policy: Policy) -> tuple[Decision, ...]:
        basis = self._basis
        return prioritize(basis.findings, basis.facts, basis.heat, basis.estimates, policy)

    def _show(self, _: object = None) -> None:
        policy = self._basis.policy
        changed = controls.changed(policy, self.numbers)
        now = self._decide(with_numbers(policy, changed))
        moves = tables.rank_moves(self._before, now)
        bands = int((moves["band before"] != moves["band after"]).sum()) if len(moves) else 0
        self.status.value = f"<p>{html(_moved_words(len(changed), len(moves), bands))}</p>"
        self.moves.value = static_table(moves) if len(moves) else ""

    def _reset(self, _: object = None) -> None:
        for control, value in self._start.items():
            control.value = value

    def _repr_mimebundle_(self, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - Jupyter's
        static = self.status.value + self.moves.value
        if not interactive():
            return widget_bundle(None, static, given)
        whole = w.VBox([controls.grouped(self.numbers), self.reset, self.status, self.moves])
        return widget_bundle(whole, static, given)


def ranks(basis: Basis) -> RankPanel:
    """Return the panel that orders the findings of ``basis`` again when a number is moved."""
    return RankPanel(basis)


def stability_chart(basis: Basis) -> Chart:
    """Return how far each finding's rank moves with any one number of the policy ± 20 %."""
    ranges = stability(basis.findings, basis.facts, basis.heat, basis.estimates, basis.policy)
    order = [label(each.finding_id) for each in ranges]
    traces = [
        _spans(band, [each for each in ranges if each.priority is band])
        for band in Priority
        if any(each.priority is band for each in ranges)
    ]
    drawn = figure(
        *traces,
        height=110 + 22 * len(order),
        xaxis={"title": "Rank, with the lowest and the highest it takes", "rangemode": "tozero"},
        yaxis={"categoryorder": "array", "categoryarray": order[::-1], "dtick": 1},
    )
    return Chart("stability", "How stable the order is", _stability_words(ranges), drawn)


def _spans(band: Priority, items: list[Stability]) -> dict[str, Any]:
    return trace(
        "scatter",
        name=band,
        mode="markers",
        ids=[each.finding_id for each in items],
        x=[each.rank for each in items],
        y=[label(each.finding_id) for each in items],
        marker={
            "color": PRIORITY_COLOURS[band],
            "size": 11,
            "symbol": ["circle" if len(each.bands) == 1 else "diamond-open" for each in items],
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [each.worst - each.rank for each in items],
            "arrayminus": [each.rank - each.best for each in items],
        },
        customdata=[_hover(each) for each in items],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _hover(stability: Stability) -> str:
    bands = f"Also {listed([b for b in stability.bands if b is not stability.priority])}"
    return hover(
        f"{stability.rank}. {stability.finding_id} · {stability.priority}",
        f"Rank {stability.best} to {stability.worst}",
        f"{bands}, by {listed(stability.movers)}" if stability.movers else "Its band stays",
    )


def _stability_words(ranges: tuple[Stability, ...]) -> str:
    share = percent(SHARE)
    moving = [each for each in ranges if len(each.bands) > 1]
    if not ranges:
        return "There are no findings to put in order."
    if not moving:
        return f"No weight or threshold, moved by {share}, puts any finding into another band."
    names = listed(some([f"{each.finding_id} ({listed(each.movers)})" for each in moving], 5))
    return (
        f"{count(len(moving), 'finding')} of {len(ranges)} would be in another band if one number "
        f"were {share} higher or lower: {names}."
    )


def _moved_words(changed: int, rows: int, bands: int) -> str:
    if not changed:
        return "Every number is the policy's: nothing moves."
    if not rows:
        return f"{count(changed, 'number')} changed, and no finding moves by it."
    return f"{count(rows, 'finding')} moved, {bands} of them to another band."
