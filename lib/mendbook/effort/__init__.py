"""Findings to hours, always with a range and with the source of both."""

from mendbook.effort.calibration import Calibrated, Calibration, Case, calibrate
from mendbook.effort.estimate import estimate
from mendbook.effort.history import audit_of, read_cases
from mendbook.effort.savings import Saving, weigh_over_engineering

__all__ = [
    "Calibrated",
    "Calibration",
    "Case",
    "Saving",
    "audit_of",
    "calibrate",
    "estimate",
    "read_cases",
    "weigh_over_engineering",
]
