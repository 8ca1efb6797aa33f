"""Dependencies: what is asked for, who uses it, and what should become of it."""

from mendbook.advice.dependencies.advise import advise, applies

__all__ = ["advise", "applies"]
