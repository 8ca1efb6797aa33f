"""Tests: which source files have one, which the platform requires, which must stay."""

from mendbook.advice.tests.advise import advise, applies

__all__ = ["advise", "applies"]
