"""Mendbook: from a code audit to a remediation plan a team can execute.

Names are loaded when first asked for: importing all of them takes a second that most commands
do not need.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mendbook.intake import load_audit
    from mendbook.ledger.open_trend import open_trend
    from mendbook.notebook.execute import record
    from mendbook.notebook.panel import what_if
    from mendbook.planning import Capacity, plan_sprints
    from mendbook.report import chart, parts, section, tables, title
    from mendbook.report.speech import itemise, overview, say
    from mendbook.run.inputs import Inputs
    from mendbook.run.run import Run, open_run

__all__ = [
    "Capacity",
    "Inputs",
    "Run",
    "chart",
    "itemise",
    "load_audit",
    "open_run",
    "open_trend",
    "overview",
    "parts",
    "plan_sprints",
    "record",
    "say",
    "section",
    "tables",
    "title",
    "what_if",
]

_HOMES = {
    "Capacity": "planning",
    "Inputs": "run.inputs",
    "Run": "run.run",
    "chart": "report",
    "itemise": "report.speech",
    "load_audit": "intake",
    "open_run": "run.run",
    "open_trend": "ledger.open_trend",
    "overview": "report.speech",
    "parts": "report",
    "plan_sprints": "planning",
    "record": "notebook.execute",
    "say": "report.speech",
    "section": "report",
    "title": "report",
    "what_if": "notebook.panel",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name == "tables":
        return import_module("mendbook.report.tables")
    if name not in _HOMES:
        message = f"module 'mendbook' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"mendbook.{_HOMES[name]}"), name)
