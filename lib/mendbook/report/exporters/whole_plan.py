"""The whole plan as JSON, for Mendbook's other commands."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mendbook.model import Plan
from mendbook.text.escape import json_text

PLAN_FILE = "plan.json"
VERSION = 5
"""Of the shape that the plan is written in; ``mendbook.ledger.plan_versions`` reads older ones."""


def to_plan(plan: Plan) -> bytes:
    """Return every record of the plan, and the version of its shape, indented by one blank."""
    whole = {"version": VERSION, **msgspec.to_builtins(plan)}
    written = msgspec.json.format(msgspec.json.encode(whole), indent=1)
    return json_text(written.decode()).encode()


def as_plan(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """Yield the plan under the name that the other commands look for."""
    yield PLAN_FILE.removesuffix(".json"), plan
