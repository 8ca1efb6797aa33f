"""Redis: its topology, what a cluster would refuse, and what never expires."""

from mendbook.infrastructure.redis.advise import advise

__all__ = ["advise"]
