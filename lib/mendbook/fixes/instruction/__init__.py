"""Read fix texts as a small language: clauses become steps, a step one edit and its contract."""

from mendbook.fixes.instruction.by_language import read_fix

__all__ = ["read_fix"]
