"""Walk the sections of a Markdown audit and make a row of each finding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mendbook.intake.shapes.containers import holds_no_findings
from mendbook.intake.shapes.keys import named
from mendbook.intake.shapes.looks import is_effort
from mendbook.intake.shapes.markdown.blocks import Block, Section
from mendbook.intake.shapes.markdown.context import Context, told_by_heading
from mendbook.intake.shapes.markdown.grids import (
    lists_no_findings,
    says_nothing,
    says_words,
    table_rows,
)
from mendbook.intake.shapes.markdown.headings import is_field_heading, is_likely, section_row
from mendbook.intake.shapes.markdown.heads import read_head
from mendbook.intake.shapes.markdown.items import is_finding_item, item_row
from mendbook.intake.shapes.markdown.paragraphs import promoted, titled_parts
from mendbook.intake.shapes.rows import Row, has_words, likeness
from mendbook.intake.shapes.statuses import read_status
from mendbook.model import Left


@dataclass(slots=True)
class Reading:
    """Rows of a document by how they stand in it, and what was passed over."""

    rows: list[Row] = field(default_factory=list)
    tables: list[Row] = field(default_factory=list)
    """Rows of tables, which may repeat what stands elsewhere with more."""
    statuses: list[tuple[str, str]] = field(default_factory=list)
    """Id or range of ids, and status, from tables that hold nothing else."""
    left: list[Left] = field(default_factory=list)
    prose: int = 0
    plans: list[Row] = field(default_factory=list)


def read_sections(root: Section) -> Reading:
    """Return the rows of the document ``root``."""
    reading = Reading()
    _walk(root, Context(), reading)
    return reading


def _walk(section: Section, context: Context, reading: Reading) -> None:
    here = context.below(section) if section.level else context
    if here.skipped:
        if not context.skipped:
            why = "its heading says that these are no findings"
            reading.left.append(Left(f"line {section.line}", section.title[:120], why))
        return
    row = section_row(section, context, here)
    if row is not None:
        _keep(row, context if section.level else here, reading)
        for child in section.children:
            if not is_field_heading(child) and is_likely(child):
                _walk(child, context, reading)
        return
    section = promoted(section)
    for part in titled_parts(section):
        inner = section_row(part, here, here) if part.level else None
        if inner is not None:
            _keep(inner, here, reading)
        else:
            _blocks(part.blocks, here, reading)
    below = replace(here, findings=True) if _siblings_tell(section, here) else here
    for child in section.children:
        _walk(child, below, reading)


def _siblings_tell(section: Section, here: Context) -> bool:
    """Tell whether findings stand among numbered headings, so that all of these are findings."""
    if section.level < 1 or here.plan or here.summary:
        return False
    numbered = [child for child in section.children if read_head(child.title).number]
    return len(numbered) >= 2 and any(
        section_row(child, here, here.below(child)) is not None for child in numbered
    )


def _keep(row: Row, context: Context, reading: Reading) -> None:
    told = {name.field for key in row.values if (name := named(key))}
    graded = "severity" in told or ("severity" in row.outer and not context.plan)
    full = row.group == "headings" and graded and told & {"problem", "file"}
    (reading.plans if context.plan and not full else reading.rows).append(row)


def _blocks(blocks: Sequence[Block], context: Context, reading: Reading) -> None:
    praised = False
    for block in blocks:
        if block.kind == "text":
            label = re.match(r"\W{0,4}(?:\*\*|__)([^*_\n]{3,60}?)\s*[:：]?(?:\*\*|__)", block.text)
            praised = label is not None and holds_no_findings(label[1])
        if praised and block.kind == "list":
            reading.left.append(
                Left(f"line {block.line}", "a list", "its heading says that these are no findings")
            )
        elif block.kind == "list":
            _list(block, context, reading)
        elif block.kind == "table":
            _table(block, context, reading)
        elif block.kind == "text":
            reading.prose += 1


def _list(block: Block, context: Context, reading: Reading) -> None:
    for item in block.items:
        if is_finding_item(item, context):
            row = item_row(item, context)
            if row is not None:
                _keep(row, context, reading)
                continue
        nested = context
        text = next((one.text for one in item if one.kind == "text"), "")
        told = (
            told_by_heading(re.sub(r"[*_:：]", "", text), read_head(text), 3)
            if len(text) <= 80
            else {}
        )
        if told:
            nested = replace(context, outer={**context.outer, **told})
        _blocks([one for one in item if one.kind in {"list", "table"}], nested, reading)


def _table(block: Block, context: Context, reading: Reading) -> None:
    rows = table_rows(block, context)
    if lists_no_findings(rows):
        return
    if context.plan:
        reading.plans += rows
        return
    for row in rows:
        if (
            has_words(row.values)
            and likeness(row.values)
            + 2.0 * ("severity" in context.outer)
            + 1.5 * ("file" in context.outer)
            >= 3.5
            and not says_nothing(row)
            and says_words(row, context)
        ):
            reading.tables.append(row)
        else:
            _status_row(row, reading)


def _status_row(row: Row, reading: Reading) -> None:
    name, status = "", ""
    for key, value in row.values.items():
        found = named(key)
        if not name and (
            (found and found.field in {"id", "title"}) or re.match(r"[A-Z]*-?\d", str(value))
        ):
            name = str(value)
        elif read_status(value) is not None and not is_effort(value):
            status = str(value)
    if name and status:
        reading.statuses.append((name, status))
