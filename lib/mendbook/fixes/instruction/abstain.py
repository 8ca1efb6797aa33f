"""Say why a fix text is not carried out."""

from __future__ import annotations


class Abstain(Exception):
    """Raised with one sentence where a step cannot be read as exactly one edit."""
