"""Dependencies: what is asked for, who uses it, and what should become of it."""

from mendbook.advice.dependencies.advise import advise

__all__ = ["advise"]
