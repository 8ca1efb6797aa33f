"""Read the grade that a paragraph below the heading of a group gives to all that stands there."""

from __future__ import annotations

import re
from dataclasses import replace

from mendbook.intake.shapes.keys import named
from mendbook.intake.shapes.markdown.blocks import Section
from mendbook.intake.shapes.markdown.context import Context
from mendbook.intake.shapes.severities import read_severity


def graded_over(section: Section, here: Context) -> Context:
    """Return what is known below a section of which one paragraph is its grade and nothing else.

    ``**Severity: High**`` below the heading of a group grades what stands in it.
    """
    for block in section.blocks:
        match = _GRADED_OVER.fullmatch(block.text) if block.kind == "text" else None
        name = named(match["label"]) if match else None
        graded = read_severity(match["grade"]) if match else None
        if match and name and name.field == "severity" and graded and graded.exact:
            return replace(here, outer={**here.outer, "severity": match["grade"].strip()})
    return here


_GRADED_OVER = re.compile(
    r"\W*(?P<label>[^*:：\n]{3,40}?)\**\s*[:：]\s*\**\s*(?P<grade>[^*\n]{2,20}?)\**\s*"
)
