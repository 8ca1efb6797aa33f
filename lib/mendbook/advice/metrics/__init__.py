"""Metrics and alerts: what the code registers, against what its platform asks for."""

from mendbook.advice.metrics.advise import advise, applies

__all__ = ["advise", "applies"]
