"""The usual table from severity to priority, which the decision tree is held against."""

from __future__ import annotations

from mendbook.model import Priority, Severity

BY_SEVERITY: dict[Severity, Priority] = {
    Severity.CRITICAL: Priority.P0,
    Severity.HIGH: Priority.P0,
    Severity.MEDIUM: Priority.P1,
    Severity.LOW: Priority.P2,
    Severity.INFO: Priority.P3,
}
