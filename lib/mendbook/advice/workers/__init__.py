"""Mediasoup workers: how many, how full, how watched, and how they come back."""

from mendbook.advice.workers.advise import advise, applies

__all__ = ["advise", "applies"]
