"""Tell what a paragraph before a list says of it: a grade, a name of findings, a legend."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mendbook.intake.dimensions import names_dimension
from mendbook.intake.shapes.containers import holds_findings, holds_plans, only_severity
from mendbook.intake.shapes.keys import named
from mendbook.intake.shapes.markdown.blocks import Block, Section
from mendbook.intake.shapes.markdown.context import Context, said_of_all
from mendbook.intake.shapes.markdown.heads import Head, read_head
from mendbook.intake.shapes.markdown.listings import counts_items
from mendbook.intake.shapes.statuses import is_status_alone, read_status


def heads_grades(section: Section) -> bool:
    """Tell whether the headings below a section are grades, so that it is a name of findings."""
    heads = [read_head(child.title) for child in section.children]
    grades = [head for head in heads if not head.number and (_is_grade(head) or head.severity)]
    return len(grades) == len(heads) >= _GRADES and sum(map(_is_grade, heads)) >= _GRADES


def _is_grade(head: Head) -> bool:
    return only_severity(head.title)


_GRADES = 2
"""Headings that are grades alone from which the one above is a name of findings."""


def explains_only(text: str) -> bool:
    """Tell whether a paragraph announces what is still to be read, or explains grades."""
    return (
        _TO_BE_READ.search(text) is not None or _LEGEND.fullmatch(text.strip(" *_:：")) is not None
    )


_LEGEND = re.compile(
    r"(?:severity|priority|status|risk)\s(?:legend|levels?|scale|key|definitions?)"
    r"|(?:legend|legende|légende|leyenda|legenda|图例|凡例)(?:\s\w+)?",
    re.I,
)
"""The name of a list that explains grades or signs."""


def heads_a_grade(text: str) -> bool:
    """Tell whether a paragraph is one short line that names a grade alone: ``P1 issues``."""
    return "\n" not in text and len(text.split()) <= _SHORT_HEAD and only_severity(text)


_SHORT_HEAD = 4
"""Words of a line that stands for a heading."""


_TO_BE_READ = re.compile(
    r"\b(?:files?|modules?|areas?|paths?|places?|dateien|module|fichiers|archivos|arquivos|file)\b"
    r"[^.\n]{0,40}\b(?:(?:for|to|worth|zum|für|à|pour|para|da) (?:\w+ ){0,2}"
    r"(?:review\w*|audit\w*|read\w*|look\w*|check\w*"
    r"|prüf\w*|lesen|relire|revoir|revisar|revisión|rivedere))\W*\Z",
    re.I,
)
"""Words that announce what is still to be looked at: ``Files for a later review:``."""


def below_label(text: str, label: str, context: Context) -> Context:
    """Return what is known below a paragraph that is a mere name of findings: ``**Issues:**``."""
    alone = not text.replace(label, "", 1).strip(" *_:：\n")
    if alone and not context.plan and only_severity(label) and "severity" not in context.outer:
        graded = {"severity": label, **said_of_all(read_head(label))}
        return replace(context, findings=True, outer={**context.outer, **graded})
    if not alone or context.plan or not holds_findings(label) or holds_plans(label):
        return context
    told = names_dimension(context.outer.get("category", ""))
    outer = context.outer if told else {**context.outer, "category": label}
    return replace(context, findings=True, outer=outer)


def opens_graded(blocks: Sequence[Block]) -> bool:
    """Tell whether bold words that are a grade and a name of findings open a list of these.

    ``**Low severity items:**`` over ``1. **No lock** (`gate.py`)``; ``**High:**`` alone may stand
    for a field of what is around it.
    """
    return any(
        before.kind == "text"
        and block.kind == "list"
        and (label := _BOLD_LINE.fullmatch(before.text.strip())) is not None
        and only_severity(label["said"])
        and holds_findings(label["said"])
        for before, block in pairwise(blocks)
    )


_BOLD_LINE = re.compile(r"(?:\*\*|__)(?P<said>[^*_\n]{3,60}?)\s*[:：]?(?:\*\*|__)\s*[:：]?")


def with_status(text: str, label: str, block: Block, context: Context) -> Context:
    """Return what is known of a list below a status alone, where most of its items have ids.

    ``**Fixed:**`` over ``- **TD-4 — `tide.go` (high):** …`` says what became of these.
    """
    status = read_status(label) if is_status_alone(label) else None
    alone = not text.replace(label, "", 1).strip(" *_:：\n")
    if status is None or not (alone and status.closed) or context.plan:
        return context
    if not counts_items(block):
        return context
    return replace(context, outer={**context.outer, "status": label})


def answers(section: Section) -> bool:
    """Tell whether a headline asks, and bold words right below it answer: ``**Yes.**``.

    What follows explains the answer; a finding may ask as well, and gives its fields.
    """
    first = section.blocks[0] if section.blocks else None
    asked = section.title.rstrip(" *_").endswith(("?", "？"))
    if not asked or first is None or first.kind != "text" or read_head(section.title).id:
        return False
    said = re.match(r"\s*(?:\*\*|__)(?P<said>[^*_\n]{2,80})(?:\*\*|__)", first.text)
    return said is not None and named(said["said"].rstrip(":： ")) is None


def asks_alone(text: str, label: str) -> bool:
    """Tell whether a paragraph is nothing but a label for what to do: ``**Recommendations:**``."""
    name = named(label)
    rest = text.replace(label, "", 1).strip(" *_:：\n")
    return name is not None and name.field == "fix" and not rest
