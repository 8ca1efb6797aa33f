"""Findings to hours, always with a range and with the source of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mendbook.late import names_of

if TYPE_CHECKING:
    from mendbook.effort.calibration import Calibrated, Calibration, Case, calibrate
    from mendbook.effort.history import audit_of, read_cases
    from mendbook.effort.savings import Saving, weigh_over_engineering

__all__ = [
    "Calibrated",
    "Calibration",
    "Case",
    "Saving",
    "audit_of",
    "calibrate",
    "read_cases",
    "weigh_over_engineering",
]

__getattr__ = names_of(
    __name__,
    {
        "Calibrated": "calibration",
        "Calibration": "calibration",
        "Case": "calibration",
        "Saving": "savings",
        "audit_of": "history",
        "calibrate": "calibration",
        "read_cases": "history",
        "weigh_over_engineering": "savings",
    },
)
