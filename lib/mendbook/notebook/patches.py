"""Choose patches by how far they are proven, and read their diffs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ipywidgets as w

from mendbook.model import Plan, Remediation
from mendbook.notebook.card import diff_card
from mendbook.notebook.frames import static_table, widget_bundle
from mendbook.notebook.front_end import interactive
from mendbook.report import tables
from mendbook.text.escape import shorten

_ALL = "any"


class Patches:
    """A list of patches by proof, and the diff of the one that is chosen."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._by_standing: dict[str, list[Remediation]] = {_ALL: list(plan.remediations)}
        for item in plan.remediations:
            self._by_standing.setdefault(item.patch.standing, []).append(item)
        options = [(f"{name} ({len(items)})", name) for name, items in self._by_standing.items()]
        self.proof = w.Dropdown(options=options, description="Proven")
        self.chosen = w.Select(description="Finding", rows=8, layout=w.Layout(width="48rem"))
        self.diff = w.HTML()
        self.proof.observe(self._list, names="value")
        self.chosen.observe(self._show, names="value")
        self._list()

    def _list(self, _: object = None) -> None:
        self.chosen.options = _options(self._by_standing.get(self.proof.value, []))
        self._show()

    def _show(self, _: object = None) -> None:
        chosen = self.chosen.value
        self.diff.value = diff_card(self._plan, chosen).html if chosen else ""

    def _repr_mimebundle_(self, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - Jupyter's
        frame = tables.remediations(self._plan)[["id", "priority", "patch", "asked", "patch_from"]]
        static = static_table(frame)
        if not interactive():
            return widget_bundle(None, static, given)
        whole = w.VBox([self.proof, self.chosen, self.diff])
        return widget_bundle(whole, static, given)


def patches(plan: Plan) -> Patches:
    """Return the patches of ``plan``, to choose by proof."""
    return Patches(plan)


def _options(items: Sequence[Remediation]) -> list[tuple[str, str]]:
    return [
        (
            shorten(f"{each.decision.priority} {each.finding_id} — {each.patch.summary}", 110),
            each.finding_id,
        )
        for each in items
    ]
