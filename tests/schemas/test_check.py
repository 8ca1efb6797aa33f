"""One library decides whether data is what a schema asks for, another says why not."""

from __future__ import annotations

import math
from typing import Any

import pytest

from mendbook import schemas

REMEDIATION = "remediation.seed.schema.json"
EMPTY: dict[str, Any] = {"remediations": [], "prPlan": [], "sprintPlan": []}
META = {"auditRef": "audit.json", "commit": "0" * 40}


@pytest.mark.parametrize(
    ("timestamp", "valid"),
    [
        ("2026-03-01T08:00:00+00:00", True),
        ("2026-13-01T08:00:00+00:00", False),
        ("the first of March", False),
        (math.nan, False),
        ("\ud800", False),
    ],
)
def test_what_is_refused_is_explained(timestamp: object, valid: bool) -> None:
    """Formats count, and whatever is refused, NaN and lone surrogates too, has a reason."""
    document = {"meta": {"timestamp": timestamp, **META}, **EMPTY}
    assert schemas.is_valid(REMEDIATION, document) is valid
    if not valid:
        assert schemas.worst(REMEDIATION, document).message
