"""Walk the sections of a Markdown audit and make a row of each finding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mendbook.intake.shapes.containers import (
    holds_findings,
    holds_no_findings,
    only_severity,
)
from mendbook.intake.shapes.keys import named, plain_key
from mendbook.intake.shapes.looks import fault_words, is_effort, is_sentence
from mendbook.intake.shapes.markdown.announced import (
    answers,
    asks_alone,
    below_label,
    explains_only,
    heads_a_grade,
    with_status,
)
from mendbook.intake.shapes.markdown.blocks import Block, Section
from mendbook.intake.shapes.markdown.context import REPORT, Context, told_by_heading
from mendbook.intake.shapes.markdown.counted_fields import with_counted_fields
from mendbook.intake.shapes.markdown.declared import declares
from mendbook.intake.shapes.markdown.details import give_details, taken_apart
from mendbook.intake.shapes.markdown.fix_lists import give_fixes
from mendbook.intake.shapes.markdown.grids import (
    is_finding_row,
    table_rows,
    tells_fields,
    works,
)
from mendbook.intake.shapes.markdown.group_grades import graded_over
from mendbook.intake.shapes.markdown.headings import (
    is_field_heading,
    is_likely,
    section_row,
    stands_alone,
)
from mendbook.intake.shapes.markdown.heads import ends_with_id, read_head
from mendbook.intake.shapes.markdown.items import is_finding_item, is_like_findings, item_row
from mendbook.intake.shapes.markdown.labels import split
from mendbook.intake.shapes.markdown.layout import layout_of, series_of
from mendbook.intake.shapes.markdown.listings import explains_grades
from mendbook.intake.shapes.markdown.matrices import (
    checked_column,
    is_good,
    lists_tasks,
    praises,
    registers_risks,
    titled,
)
from mendbook.intake.shapes.markdown.paragraphs import promoted, titled_parts
from mendbook.intake.shapes.markdown.planned import is_finding_of_plan
from mendbook.intake.shapes.markdown.scores import lists_no_findings
from mendbook.intake.shapes.markdown.solutions import solution_row
from mendbook.intake.shapes.markdown.telling import id_of, identity
from mendbook.intake.shapes.markdown.verdicts import (
    closes_well,
    has_passed,
    judged_well,
    says_none,
)
from mendbook.intake.shapes.rows import Row
from mendbook.intake.shapes.statuses import read_status
from mendbook.model import Left
from mendbook.text.phrasing import count


@dataclass(slots=True)
class Reading:
    """Rows of a document by how they stand in it, and what was passed over."""

    rows: list[Row] = field(default_factory=list)
    tables: list[Row] = field(default_factory=list)
    """Rows of tables, which may repeat what stands elsewhere with more."""
    facts: list[Row] = field(default_factory=list)
    """Rows of tables with an id, a grade and a place, and no words."""
    statuses: list[tuple[str, str, str]] = field(default_factory=list)
    """Id, number or range of ids, status and headline, from tables that hold little else."""
    left: list[Left] = field(default_factory=list)
    prose: int = 0
    plans: list[Row] = field(default_factory=list)
    looked_at: list[Row] = field(default_factory=list)
    """Rows of tables of all that was looked at, which say that something does not work."""


def read_sections(root: Section) -> Reading:
    """Return the rows of the document ``root``."""
    reading = Reading()
    heads = [child for child in root.children if child.level == 1]
    alone = len(heads) == 1 or (heads and REPORT.search(plain_key(heads[0].title)))
    _walk(root, Context(layout=layout_of(root)), reading, heads[0] if alone else None)
    return reading


def _walk(
    section: Section, context: Context, reading: Reading, head: Section | None = None
) -> None:
    """Read ``section`` and what stands below it; ``head`` is what heads the whole document."""
    section.children = _with_own_fields(section.children)
    section.blocks = with_counted_fields(section.blocks)
    here = context.below(section, whole=section is head) if section.level else context
    if here.skipped:
        if not context.skipped:
            why = "its heading says that these are no findings"
            reading.left.append(Left(f"line {section.line}", section.title[:120], why))
        return
    passed = has_passed(split(section.blocks)) and not section.children
    if passed or closes_well(section) or judged_well(section):
        why = "its status says that nothing is wrong"
        reading.left.append(Left(f"line {section.line}", section.title[:120], why))
        return
    solution = solution_row(section, here.outer)
    if solution is not None:
        reading.plans.append(solution)
        return
    row = section_row(section, context, here)
    if row is not None:
        _keep(row, context if section.level else here, reading)
        for child in section.children:
            if not is_field_heading(child) and stands_alone(child):
                _walk(child, context, reading)
        return
    here = graded_over(section, here)
    here = replace(here, summary=True) if answers(section) else here
    sound = says_none(section) and not section.children
    before = len(reading.rows) + len(reading.tables)
    section = promoted(section)
    for part in titled_parts(section):
        inner = section_row(part, here, here) if part.level else None
        if inner is not None:
            _keep(inner, here, reading)
        else:
            _blocks(part.blocks, here, reading)
    if sound and before == len(reading.rows) + len(reading.tables):
        why = "its words say that nothing is wrong"
        reading.left.append(Left(f"line {section.line}", section.title[:120], why))
    grades = sum(map(only_severity, (read_head(child.title).title for child in section.children)))
    below = replace(here, scale=grades >= _GRADES, counted=_siblings_tell(section, here))
    below = replace(below, chapters=_are_chapters(section, below))
    below = replace(below, series=_series(section, below))
    for child in section.children:
        _walk(child, below, reading, head)


def _with_own_fields(sections: Sequence[Section]) -> list[Section]:
    """Return sections, those that name a field put below the declared finding before them.

    ``### Suggestion`` behind ``### Problem: the bell is dumb`` tells how to mend it.
    """
    kept: list[Section] = []
    for section in sections:
        before = kept[-1] if kept else None
        if before and is_field_heading(section) and declares(read_head(before.title).title):
            before.children.append(section)
        else:
            kept.append(section)
    return kept


def _siblings_tell(section: Section, here: Context) -> bool:
    """Tell whether findings stand among numbered headings, so that all of these are findings."""
    if section.level < 1 or here.plan or here.summary:
        return False
    numbered = [child for child in section.children if read_head(child.title).number]
    told = [section_row(child, here, here.below(child)) is not None for child in numbered]
    return len(numbered) >= 2 and _SOME * sum(told) >= len(numbered)


def _are_chapters(section: Section, below: Context) -> bool:
    """Tell whether numbered headings are chapters: findings stand below one that is none itself."""
    numbered = [child for child in section.children if read_head(child.title).number]
    return len(numbered) >= 2 and any(
        any(map(is_likely, child.children))
        and section_row(child, below, below.below(child)) is None
        for child in numbered
    )


_GRADES = 2
"""Headings that are grades alone from which one beside them that could be a grade is one."""
_SOME = 3
"""Numbered headings of which one that is told as a finding makes findings of the others."""


def _series(section: Section, below: Context) -> frozenset[str]:
    """Return the series of ids of which most of the headings below ``section`` are findings."""
    told: dict[str, list[bool]] = {}
    for child in section.children:
        name = series_of(read_head(child.title))
        if name:
            row = section_row(child, below, below.below(child))
            told.setdefault(name, []).append(row is not None)
    return frozenset(
        name for name, rows in told.items() if len(rows) >= _SERIES and 2 * sum(rows) > len(rows)
    )


_SERIES = 3
"""Headings from which ids make a series."""


def _keep(row: Row, context: Context, reading: Reading) -> None:
    told = {name.field for key in row.values if (name := named(key))}
    if context.scored and row.group == "lists" and not told & {"severity", "file", "fix", "id"}:
        reading.looked_at.append(row)
        return
    planned = context.plan and not is_finding_of_plan(row, context)
    (reading.plans if planned else reading.rows).append(row)


def _blocks(blocks: Sequence[Block], context: Context, reading: Reading) -> None:
    blocks, details = taken_apart(blocks)
    praised = False
    start = len(reading.rows)
    asked = ""
    within = context
    named_list = ("", "")
    for block in blocks:
        if block.kind == "text":
            label = re.match(r"\W{0,4}(?:\*\*|__)([^*_\n]{3,60}?)\s*[:：]?(?:\*\*|__)", block.text)
            praised = label is not None and holds_no_findings(label[1])
            asked = label[1] if label and asks_alone(block.text, label[1]) else ""
            praised = praised or (label is not None and _is_known(label[1], reading))
            praised = praised or explains_only(block.text)
            named_so = label[1] if label else block.text.strip()
            headed = label is not None or heads_a_grade(named_so)
            within = below_label(block.text, named_so, context) if headed else context
            named_list = (block.text, named_so)
        if asked and block.kind == "list" and len(reading.rows) > start:
            why = give_fixes(reading.rows, start, block)
            if why:
                reading.left.append(Left(f"line {block.line}", asked, why))
        elif praised and block.kind == "list":
            reading.left.append(
                Left(f"line {block.line}", "a list", "its heading says that these are no findings")
            )
        elif block.kind == "list":
            _list(block, with_status(*named_list, block, within), reading)
        elif block.kind == "table":
            _table(block, context, reading)
        elif block.kind == "text":
            row = item_row((block,), within) if ends_with_id(block.text) else None
            if row is not None:
                _keep(row, within, reading)
            else:
                reading.prose += 1
    reading.prose += give_details(details, reading.tables)


def _is_known(label: str, reading: Reading) -> bool:
    """Tell whether a label names a finding read before by its id: ``C4 - Bells:``, then details."""
    name = identity(read_head(label).id)
    return bool(name) and any(id_of(row) == name for row in (*reading.rows, *reading.tables))


def _list(block: Block, context: Context, reading: Reading) -> None:
    if explains_grades(block):
        why = "it explains what is done about each grade"
        reading.left.append(Left(f"line {block.line}", block.items[0][0].text[:120], why))
        return
    unsure: list[str] = []
    signs = [item[0].text.lstrip()[:1] for item in block.items if item]
    mixed = any(sign in "✅✔" for sign in signs if sign) and any(
        sign in "⚠❌✗" for sign in signs if sign
    )
    counted = _counts_findings(block, context)
    judged = mixed and len(signs) >= _SERIES and all(sign in _GOOD | _BAD for sign in signs)
    judged = judged and not (context.plan or context.summary)
    sure = [is_finding_item(item, context) for item in block.items]
    mostly = sum(sure) >= _FEW and 2 * sum(sure) > len(sure)
    for item, is_told in zip(block.items, sure, strict=True):
        good = mixed and item[0].text.lstrip()[:1] in "✅✔" if item else False
        crossed = judged and item[0].text.lstrip()[:1] in _BAD
        if not good and (
            counted or crossed or is_told or (mostly and is_like_findings(item, context))
        ):
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
        within = [one for one in item if one.kind in {"list", "table"}]
        if not within and is_sentence(text) and fault_words(text):
            unsure.append(text)
        _blocks(within, nested, reading)
    _leave(unsure, block.line, context, reading)


_FEW = 2
"""Points of a list that are findings from which the others may be as well."""


def _counts_findings(block: Block, context: Context) -> bool:
    """Tell whether a numbered list right below ``Findings`` has a headline in each of its items."""
    right_below = context.findings and holds_findings(context.heading) and not context.summary
    if block.first is None or context.plan or not right_below or len(block.items) < _SERIES:
        return False
    texts = [item[0].text for item in block.items if item and item[0].kind == "text"]
    bold = [re.match(r"\*\*((?:[^*]|\*(?!\*)){12,}?)\*\*", text) for text in texts]
    told = fault_words("\n".join(texts)) >= _SERIES
    return told and len(texts) == len(block.items) and all(bold)


_GOOD, _BAD = frozenset("✅✔"), frozenset("⚠❌✗")
"""Signs with which items of one list say what works and what does not."""


def _leave(texts: Sequence[str], line: int, context: Context, reading: Reading) -> None:
    """Name what could be findings by where it stands, and has nothing else of one."""
    expected = context.findings or "severity" in context.outer
    if texts and expected and not context.plan and not context.summary:
        why = (
            f"{count(len(texts), 'line')}: no place, severity or fix tells a finding from a remark"
        )
        reading.left.append(Left(f"line {line}", texts[0][:120], why))


def _table(block: Block, context: Context, reading: Reading) -> None:
    rows = table_rows(block, context)
    if tells_fields(block) or lists_no_findings(rows):
        why = (
            "a table of fields below no finding" if tells_fields(block) else "it scores or explains"
        )
        reading.left.append(Left(f"line {block.line}", " | ".join(block.rows[0][1])[:120], why))
        return
    if context.plan or lists_tasks(rows):
        reading.plans += rows
        return
    checked = checked_column(rows)
    working = [
        row for row in rows if (is_good(row, checked) if checked else works(row)) or praises(row)
    ]
    if working:
        why = f"{count(len(working), 'row')}: what works"
        example = "; ".join(map(str, working[0].values.values()))
        reading.left.append(Left(working[0].place, example[:120], why))
    if checked or registers_risks(rows):
        if not context.summary:
            reading.looked_at += [titled(row, checked) for row in rows if row not in working]
        return
    unsure: list[str] = []
    for row in rows:
        if row not in working and is_finding_row(row, context):
            reading.tables.append(row)
        elif {"id", "file"} <= _fields(row):
            reading.facts.append(row)
        elif not _status_row(row, reading) and row not in working:
            unsure += [str(value) for value in row.values.values() if is_sentence(value)][:1]
    _leave(unsure, block.line, context, reading)


def _fields(row: Row) -> set[str]:
    return {name.field for key in row.values if (name := named(key))}


def _status_row(row: Row, reading: Reading) -> bool:
    """Take the id and status of a finding from a row that holds no more, if it is one."""
    name, status, words = "", "", ""
    for key, value in row.values.items():
        key_name = named(key)
        if not name and (
            (key_name and key_name.field in {"id", "title"}) or re.match(r"[A-Z]*-?\d", str(value))
        ):
            name = str(value)
        elif key_name and key_name.field in {"title", "problem"} and not words:
            words = str(value)
        elif read_status(value) is not None and not is_effort(value):
            status = str(value)
    if name and status:
        reading.statuses.append((name, status, words))
    return bool(name and status)
