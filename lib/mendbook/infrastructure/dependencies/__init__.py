"""Dependencies: what is asked for, who uses it, and what should become of it."""

from mendbook.infrastructure.dependencies.advise import advise

__all__ = ["advise"]
