"""Redis: its topology, what a cluster would refuse, and what never expires."""

from mendbook.advice.redis.advise import advise, applies

__all__ = ["advise", "applies"]
