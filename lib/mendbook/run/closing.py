"""What the command line says at the end of a run."""

from __future__ import annotations

import textwrap
from pathlib import Path

from mendbook.model import Plan
from mendbook.report.highlights import highlights
from mendbook.report.learning import learned_words, moved_words
from mendbook.text.escape import visible


def closing_words(plan: Plan, folder: Path) -> str:
    """Return what the command line says at the end: where it all is, what to look at first.

    What was not asked for (``--notebooks none`` writes no report) is not named.
    """
    places = (
        ("Report", folder / "report.html"),
        ("Summary", folder / "summary.html"),
        ("Markdown", folder / f"docs/remediation/{plan.provenance.stamp}.md"),
        ("Patches", folder / "PATCHES"),
    )
    lines = [f"{what:8} {path}" for what, path in places if path.exists()]
    if plan.learned.cases:
        said = [learned_words(plan.learned), *moved_words(plan.learned)]
        lines += ["", *(line for each in said for line in textwrap.wrap(each, width=96))]
    first = highlights(plan)
    lines += ["", "Look at these first:"] if first else []
    for place, each in enumerate(first, start=1):
        lines += textwrap.wrap(
            visible(f"{place}. {each.headline}: {each.words}", keep=""),
            width=96,
            subsequent_indent="   ",
        )
    return "\n".join(lines)
