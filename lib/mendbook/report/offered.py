"""Where what advisors offer lies: as the report links it, and as a run writes it."""

from __future__ import annotations

from mendbook.model import Advice, Plan
from mendbook.text.escape import slug


def offered_folder(plan: Plan) -> str:
    """Return the folder of what advisors offer: beside the Markdown, so that a commit has both."""
    return f"docs/remediation/{plan.provenance.stamp}"


def file_path(advice: Advice, name: str) -> str:
    """Return where an advisor's file called ``name`` lies below ``offered_folder``."""
    return f"infrastructure/{slug(advice.advisor)}/{name}"


def patch_path(advice: Advice, number: int) -> str:
    """Return where an advisor's proposal lies, by its ``number`` from 1: ``…/001.patch``."""
    return file_path(advice, f"{number:03d}.patch")
