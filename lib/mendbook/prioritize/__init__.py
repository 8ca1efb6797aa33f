"""Findings to P0..P3, an order inside each band, and the reason for both."""

from mendbook.prioritize.decide import decide, prioritize, rank

__all__ = ["decide", "prioritize", "rank"]
