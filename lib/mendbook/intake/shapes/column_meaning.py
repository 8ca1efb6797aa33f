"""What a column of an audit's table means, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column fills, how sure that is (lower is surer), and why."""

    field: str
    rank: int
    why: str = ""
    risk_told: bool = False
    """Its name is that of a scale, and it holds sentences that tell the risk."""
