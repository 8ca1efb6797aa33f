"""Mendbook: from a code audit to a remediation plan a team can execute.

Names are loaded when first asked for: importing all of them takes a second that most commands
do not need. Nothing is imported here at once: until ``__main__`` is at work, an interrupt is
Python's own traceback.
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it for true; ``typing`` itself is slow to load
if TYPE_CHECKING:
    from typing import Any

    from mendbook.intake import load_audit
    from mendbook.ledger.open_trend import open_trend
    from mendbook.notebook.conclusions import conclude
    from mendbook.notebook.curve import capacity_curve
    from mendbook.notebook.drafts import drafts
    from mendbook.notebook.execute import record
    from mendbook.notebook.frames import linked, searchable
    from mendbook.notebook.panel import what_if
    from mendbook.notebook.patches import patches
    from mendbook.notebook.ranks import ranks, stability_chart
    from mendbook.planning import Capacity, plan_sprints
    from mendbook.report import chart, parts, section, tables, title
    from mendbook.report.speech import itemise, overview, say
    from mendbook.run.inputs import Inputs
    from mendbook.run.opened import open_parameters
    from mendbook.run.run import Run, open_run

__all__ = [
    "Capacity",
    "Inputs",
    "Run",
    "capacity_curve",
    "chart",
    "conclude",
    "drafts",
    "itemise",
    "linked",
    "load_audit",
    "open_parameters",
    "open_run",
    "open_trend",
    "overview",
    "parts",
    "patches",
    "plan_sprints",
    "ranks",
    "record",
    "say",
    "searchable",
    "section",
    "stability_chart",
    "tables",
    "title",
    "what_if",
]

_HOMES = {
    "Capacity": "planning",
    "Inputs": "run.inputs",
    "Run": "run.run",
    "capacity_curve": "notebook.curve",
    "chart": "report",
    "conclude": "notebook.conclusions",
    "drafts": "notebook.drafts",
    "itemise": "report.speech",
    "linked": "notebook.frames",
    "load_audit": "intake",
    "open_parameters": "run.opened",
    "open_run": "run.run",
    "open_trend": "ledger.open_trend",
    "overview": "report.speech",
    "parts": "report",
    "patches": "notebook.patches",
    "plan_sprints": "planning",
    "ranks": "notebook.ranks",
    "record": "notebook.execute",
    "say": "report.speech",
    "searchable": "notebook.frames",
    "section": "report",
    "stability_chart": "notebook.ranks",
    "title": "report",
    "what_if": "notebook.panel",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    from mendbook.late import names_of

    return names_of(__name__, _HOMES, modules={"tables": "report.tables"})(name)
