"""Take paragraphs that begin with bold words for headings, where they stand for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mendbook.intake.dimensions import names_dimension
from mendbook.intake.shapes.containers import (
    holds_findings,
    holds_no_findings,
    holds_plans,
    only_severity,
)
from mendbook.intake.shapes.keys import named, plain_key
from mendbook.intake.shapes.looks import PATH_IN_TEXT, is_effort, is_sentence
from mendbook.intake.shapes.markdown.blocks import Block, Section
from mendbook.intake.shapes.markdown.context import STRUCTURAL
from mendbook.intake.shapes.markdown.declared import declares
from mendbook.intake.shapes.markdown.heads import read_head, says_something

_BOLD_LEAD = re.compile(
    r"\A\s*(?P<lead>(?:[^\w\s*_`]\s*)*+(?:\d+[.)]\s*)?(?:[A-Z]+-?\d+[:.)]?\s*)?(?:\*\*|__)(?P<bold>(?:[^*]|\*(?!\*))+?)(?:\*\*|__))(?P<rest>.*)",
    re.DOTALL,
)


def promoted(section: Section) -> Section:
    """Make sections of paragraphs that are bold words alone and name findings or severities."""
    names = [bold_alone(block) for block in section.blocks]
    if sum(bool(name) and _groups(name) for name in names) < 2:
        return section
    praised = any(name and holds_no_findings(name) for name in names)
    heads = [bool(name) and (_structures(name) or (praised and _groups(name))) for name in names]
    if not any(heads):
        return section
    first = heads.index(True)
    whole = Section(
        section.title, section.level, section.line, section.blocks[:first], section.children
    )
    parts: list[Section] = []
    for at, (block, name) in enumerate(zip(section.blocks, names, strict=True)):
        if at < first:
            continue
        if heads[at]:
            parts.append(Section(name, section.level + 1, block.line))
        else:
            parts[-1].blocks.append(block)
    whole.children = [*parts, *section.children]
    return whole


def bold_alone(block: Block) -> str:
    """Return the bold words that a paragraph consists of, or an empty text."""
    match = re.fullmatch(r"\W{0,4}(?:\*\*|__)([^*_]{3,80}?)(?:\*\*|__)\W*", block.text)
    return match[1].strip(" :：") if match and block.kind == "text" else ""


def _groups(name: str) -> bool:
    return only_severity(name) or (holds_findings(name) and not holds_plans(name))


def _structures(name: str) -> bool:
    label = named(name)
    several = holds_plans(name) and re.search(r"[(（]", name) is not None
    if label is not None and label.rank < 100 and not only_severity(name) and not several:
        return False
    structural = STRUCTURAL.fullmatch(plain_key(name)) is not None
    return _groups(name) or holds_plans(name) or holds_no_findings(name) or structural


def titled_parts(section: Section) -> Iterator[Section]:
    """Split blocks at paragraphs that begin with bold words, where these stand for headings."""
    leads = [bold_lead(block) for block in section.blocks]
    numbered = any(
        lead and bold_alone(block) and (read_head(lead[0]).number or declares(bold_alone(block)))
        for block, lead in zip(section.blocks[:1], leads, strict=False)
    )
    if sum(lead is not None for lead in leads) < 2 and not (numbered and len(leads) > 1):
        yield Section("", 0, section.line, list(section.blocks))
        return
    current = Section("", 0, section.line)
    for block, lead in zip(section.blocks, leads, strict=True):
        if lead is None:
            current.blocks.append(block)
            continue
        yield current
        title, rest = lead
        current = Section(title, section.level + 1, block.line)
        current.blocks += [replace(block, text=text) for text in rest.split("\n\n") if text.strip()]
    yield current


def bold_lead(block: Block) -> tuple[str, str] | None:
    """Return the headline that a paragraph begins with and the rest of it, or None."""
    if block.kind != "text" or (match := _BOLD_LEAD.match(block.text)) is None:
        return None
    if re.match(r"\s*[:：]", match["rest"]) or match["bold"].rstrip().endswith((":", "：")):
        return None
    head = read_head(match["lead"])
    name = named(match["bold"].rstrip(". "))
    if (name and name.rank < 100) or not says_something(head.title):
        return None
    first, _, rest = match["rest"].partition("\n")
    kinds = _kinds(first)
    if kinds:
        title, rest = match["lead"], f"{kinds}\n\n{rest}"
    else:
        short = len(first) <= 60 and not is_sentence(first)
        title = f"{match['lead']} {first}" if short else match["lead"]
        rest = match["rest"] if title == match["lead"] else rest
    counted = head.number or head.id or head.severity or declares(match["bold"])
    if not (counted or PATH_IN_TEXT.search(block.text)):
        return None
    return title, rest.strip(" :—–·-\n")


def _kinds(tail: str) -> str:
    """Return what stands behind a headline as labelled fields: ``— Security · M``."""
    parts = [part.strip(" *()") for part in re.split(r"\s+[—–·|]\s+|^\s*[—–·|]\s*", tail)]
    sizes = [part.split(" ")[0] for part in parts if part and is_effort(part.split(" ")[0])]
    names = [part for part in parts if part and names_dimension(part) and not is_effort(part)]
    if not tail.strip().startswith(("—", "–", "·", "|")) or not (sizes or names):
        return ""
    categories = [f"**Category:** {name}" for name in names[:1]]
    return "\n".join([*categories, *(f"**Effort:** {size}" for size in sizes[:1])])
