"""Tell which headings are findings, and make a row of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mendbook.intake.shapes.containers import (
    holds_findings,
    holds_no_findings,
    holds_plans,
    only_severity,
    was_added,
)
from mendbook.intake.shapes.keys import is_named, named, plain_key
from mendbook.intake.shapes.looks import fault_words, is_path, is_paths, is_sentence, names_file
from mendbook.intake.shapes.markdown.announced import heads_grades, opens_graded
from mendbook.intake.shapes.markdown.blocks import Block, Section
from mendbook.intake.shapes.markdown.context import REPORT, SCORED, Context
from mendbook.intake.shapes.markdown.declared import SCRIPT, declares
from mendbook.intake.shapes.markdown.grids import (
    as_points,
    is_finding_row,
    is_grade,
    is_graded,
    table_rows,
)
from mendbook.intake.shapes.markdown.heads import Head, read_head, says_something
from mendbook.intake.shapes.markdown.items import is_bare, is_finding_item
from mendbook.intake.shapes.markdown.labels import Parts, fenced, misnamed, split
from mendbook.intake.shapes.markdown.layout import series_of
from mendbook.intake.shapes.markdown.list_names import heads_a_list
from mendbook.intake.shapes.markdown.listings import (
    all_good,
    each_is_mended,
    ends_with_ids,
    holds_graded_items_alone,
    holds_named_items,
    is_checklist,
    is_list_of_named,
    opens_findings,
    unlabelled,
)
from mendbook.intake.shapes.markdown.paragraphs import bold_alone, bold_lead
from mendbook.intake.shapes.markdown.praise import approves
from mendbook.intake.shapes.markdown.records import row_of
from mendbook.intake.shapes.markdown.told_in_words import is_told, says_it_all
from mendbook.intake.shapes.markdown.verdicts import (
    TELLING,
    asks_only,
    has_passed,
    says_nothing_wrong,
)
from mendbook.intake.shapes.rows import Row, has_words
from mendbook.intake.shapes.severities import read_severity

_FIELD_HEADS = {
    *("problem", "evidence", "impact", "fix", "repro", "file", "effort", "severity", "status"),
    *("reference", "aside", "line", "function"),
}


def section_row(section: Section, context: Context, here: Context) -> Row | None:
    """Return the row of a section whose heading is a finding's, or None."""
    if not section.level or (context.plan and not section.blocks):
        return None
    if section.level == 1 and REPORT.search(plain_key(section.title)):
        return None
    if approves(section.title):
        return None
    fields = [child for child in section.children if is_field_heading(child)]
    others = [child for child in section.children if child not in fields]
    head = _counted(read_head(section.title), context)
    declared = declares(head.title)
    head = replace(head, title=declared or head.title)
    head, blocks = _named_below(head, list(section.blocks))
    parts = split(blocks)
    if "severity" not in parts.fields(sure=True) and any(map(_lists_findings, section.children)):
        return None
    likely = [child for child in others if is_likely(child)]
    if likely and not _own_fields(parts) and not _graded_alone(parts, likely):
        return None
    if not section.blocks and (head.id or head.number) and _one_of_parts(head, others, here):
        for child in others:
            _absorb(child, parts)
    for child in fields:
        key = re.sub(r"[*`_]|^[\W\d]+", "", child.title).strip() or child.title
        inner = split(child.blocks)
        name = named(key)
        if name and name.field == "evidence" and inner.code:
            parts.code += inner.code
        texts = [*inner.body, *(text for label in inner.labelled.values() for text in label)]
        if inner.code and name and name.field == "fix":
            texts += map(fenced, inner.code)
        for text in texts:
            parts.add(key, text)
    own = parts.fields(sure=True) - misnamed(parts)
    telling = own & TELLING
    named_by_id = head.id != head.number and len(re.findall(SCRIPT, head.title)) >= 4
    own_id = head.id not in {"", head.number}
    marked = bool(declared or (head.severity and says_something(head.title))) or bool(
        own_id and (says_something(head.title) or named_by_id)
    )
    counted = head.severity or head.id or head.number or telling >= {"severity", "file"}
    named_alone = counted and len(telling) >= 2 and len(head.title) >= 3
    if not (
        declared
        or says_something(head.title)
        or (named_alone and not read_severity(head.title))
        or (named_by_id and not only_severity(head.title))
    ):
        return None
    told_of_file = "severity" in telling or telling >= {"problem", "line"}
    by_file = is_paths(head.title.strip("` ")) and not told_of_file
    if (
        by_file
        or heads_a_list(head.title)
        or (not (marked or head.number) and is_named(head.title))
    ):
        return None
    if asks_only(parts) or was_added(head.title) or heads_grades(section):
        return None
    worded = head.id or re.search(r"\w", head.severity)
    mere = not (head.id or head.number or telling) and len(head.title.split()) <= 3
    if holds_plans(head.title) and (mere or not (worded or head.number)) and "file" not in telling:
        return None
    if has_passed(parts) or (
        head.title.endswith(("?", "？")) and not telling & {"severity", "file"}
    ):
        return None
    if says_nothing_wrong(head, parts, telling):
        return None
    if any(holds_no_findings(label) for label in parts.labelled) and not telling & {"fix", "file"}:
        return None
    if sum(bold_lead(block) is not None for block in blocks) >= 2:
        return None
    scoped = "severity" in context.outer or context.findings or context.counted
    rated = any(map(read_severity, _texts_of(parts, "severity"))) and "severity" in telling
    if context.chapters and head.number and not (marked or rated or "file" in telling):
        return None
    alone = Context(findings=True) if marked or (head.number and scoped) else here
    own_words = head.severity and re.search(r"\w", head.severity)
    graded_so = "severity" in context.outer and bool(head.number) and fault_words(head.title) > 0
    listed = sum(
        is_finding_item(item, alone) and not ((own_words or graded_so) and is_bare(item))
        for block, opened in unlabelled(blocks)
        for item in block.items
        if not (opened and is_bare(item))
    )
    counted_on = bool(series_of(head)) and series_of(head) in context.series
    if listed >= 2 and len(telling) < 2 and not (counted_on or _holds_parts(blocks, parts)):
        return None
    if (
        opens_findings(blocks)
        or opens_graded(blocks)
        or is_checklist(blocks)
        or (all_good(blocks) and "severity" not in telling)
    ):
        return None
    if holds_graded_items_alone(blocks) or ends_with_ids(blocks):
        return None
    if not (marked or rated) and each_is_mended(blocks):
        return None
    counted = head.id or (head.number and not head.number.isalpha())
    if not (counted or own_words or telling) and holds_named_items(blocks):
        return None
    if not (head.id or head.number or telling) and is_list_of_named(blocks):
        return None
    if SCORED.search(section.title) and not telling & {"severity", "file"}:
        return None
    tables = [table_rows(block, here) for block in blocks if block.kind == "table"]
    listed_rows = [[row for row in rows if is_finding_row(row, Context())] for rows in tables]
    listing = any(len(rows) >= 2 or any(map(is_graded, rows)) for rows in listed_rows)
    told_by_table = tables and not (parts.body or any(listed_rows))
    if marked and own_words and told_by_table and not holds_findings(head.title):
        parts.body += map(as_points, tables)
    if not (parts.body or parts.labelled) and tables and not any(listed_rows):
        return None
    graded_rows = any(map(is_graded, (row for rows in tables for row in rows)))
    instances = bool(head.number) and scoped and _are_instances(listed_rows)
    if instances:
        parts.body += [as_points(rows) for rows in listed_rows if rows]
    elif (_lists_graded(listed_rows) and not (rated or own_words)) or (
        listing and len(telling) < 2 and (graded_rows or "severity" not in telling)
    ):
        return None
    text = "\n".join([*parts.body, *(t for ts in parts.labelled.values() for t in ts)])
    placed = names_file(f"{section.title}\n{text}") or "file" in here.outer
    quoted = parts.code and ("severity" in here.outer or scoped)
    numbered = bool(head.number) and bool(parts.body or quoted or parts.labelled)
    sure = telling & {"file", "fix", "severity", "problem"}
    plain = not parts.labelled
    graded_above = bool(context.outer.keys() & {"severity", "status"})
    said = "\n".join(parts.body)
    explained = "impact" in telling or (bool(said) and fault_words(head.title) > 0)
    explained = explained or fault_words(said) >= _FEW
    mended = numbered and "fix" in telling and fault_words(f"{head.title}\n{said}") > 0
    told_status = re.search(r"\w", head.status) is not None
    neutral = placed and re.search(r"[✅⭐👍]", text) is None
    top = section.level <= 2 and not (marked or numbered or scoped)
    said_apart = "problem" in telling and bool(telling & {"fix", "evidence"} or parts.code)
    parted = bool(fields) and not likely and said_apart
    if not (
        (len(telling) >= 2 and (not top or telling & {"file", "severity"}))
        or parted
        or (marked and (text or parts.code))
        or (own_id and own_words and is_sentence(head.title))
        or (own_words and not (section.children or blocks) and says_it_all(head.title))
        or (_CROSSED.search(section.title) is not None and (parts.body or parts.code))
        or (len(parts.labelled) >= 2 and placed and (numbered or scoped or sure))
        or (telling and placed and (numbered or scoped or sure))
        or (mended and bool(said) and not (context.plan or context.summary))
        or (
            numbered
            and (scoped or neutral)
            and not context.summary
            and (plain or sure or graded_above or (scoped and (explained or told_status)))
        )
        or (context.findings and not section.children and is_told(parts))
        or (graded_above and is_sentence(head.title) and any(map(is_sentence, parts.body)))
        or ("fix" in telling and parts.body and _FAILED.match(parts.body[0]) is not None)
        or _told_by_values(parts)
        or (
            "severity" in context.outer
            and (parts.body or len(parts.labelled) >= _FEW)
            and (placed or "fix" in telling)
        )
    ):
        return None
    outer = {**context.outer, "declared": "problem"} if declared else context.outer
    return row_of(head, parts, section.line, outer, "headings")


def _lists_graded(tables: Sequence[Sequence[Row]]) -> bool:
    """Tell whether a table below a heading grades several findings, so that it heads a list."""
    return any(len(rows) > 1 and all(map(is_graded, rows)) for rows in tables)


def _one_of_parts(head: Head, others: Sequence[Section], here: Context) -> bool:
    """Tell whether headings are parts of the graded one above them, and none a finding itself."""
    graded = re.search(r"\w", head.severity) is not None
    counted = head.id.isdigit() and head.id != head.number
    return (graded or counted) and not any(
        section_row(child, here, here.below(child)) for child in others
    )


def _absorb(section: Section, parts: Parts) -> None:
    """Add what stands below a heading to the finding that it is a part of."""
    inner = split(section.blocks)
    parts.body.append("\n".join([section.title, *inner.body]))
    parts.code += inner.code
    for label, texts in inner.labelled.items():
        for text in texts:
            parts.add(label, text)


def _lists_findings(section: Section) -> bool:
    """Tell whether a heading is nothing but the name of findings: ``Findings`` of a chapter."""
    plain = plain_key(read_head(section.title).title)
    lists = bool(section.children) or any(
        block.kind in {"list", "table"} or bold_lead(block) for block in section.blocks
    )
    return lists and len(plain.split()) <= 2 and holds_findings(plain) and not is_named(plain)


def _texts_of(parts: Parts, field: str) -> list[str]:
    """Return what stands below the labels that name ``field``, where it is short."""
    return [
        text
        for label, texts in parts.labelled.items()
        for text in texts
        if (name := named(label)) is not None and name.field == field and len(text) <= _SHORT
    ]


_SHORT = 60
"""Characters from which a text is no grade."""


def _are_instances(tables: Sequence[Sequence[Row]]) -> bool:
    """Tell whether tables list the places of one finding: no row has a grade, id or fix."""
    rows = [row for table in tables for row in table]
    told = [{name.field for key in row.values if (name := named(key))} for row in rows]
    return bool(rows) and all(
        "file" in fields and not fields & {"severity", "id", "fix", "title", "status"}
        for fields in told
    )


def _counted(head: Head, context: Context) -> Head:
    """Return ``head`` with ``S1`` as its id, and no rank, where the heading above grades in words.

    ``S1`` to ``S15`` below *Suggestions* count them.
    """
    graded = re.search(r"[^\W\d_]{3}|[\u3400-\u9fff]", context.outer.get("severity", ""))
    if graded is None or not re.fullmatch(r"[SP][0-5]", head.severity) or head.id:
        return head
    return replace(head, id=head.severity, severity="")


_CROSSED = re.compile(r"\w\W*\s[❌✗✘]\ufe0f?\s*(?:\W*[A-ZÀ-Ý]{3,}[A-ZÀ-Ý ]*)?\W*\Z")
"""The sign for what failed behind a headline, with its verdict: ``Guide ❌ **MISSING**``."""
_FAILED = re.compile(r"\W{0,3}[❌✗✘⚠]\ufe0f?\s*\**[^\W\d_]")
"""A text that begins with the sign for what is wrong and a verdict: ``❌ **Not met** — …``."""


def _told_by_values(parts: Parts) -> bool:
    """Tell whether fields under names of nobody's list hold a grade, a place and a sentence."""
    values = {label: texts[0] for label, texts in parts.labelled.items() if len(texts) == 1}
    return (
        len(values) >= _FEW
        and has_words(values)
        and any(map(is_grade, values.values()))
        and any(map(is_path, values.values()))
    )


_FEW = 3
"""Fields under unknown names from which a section may be told by what they hold."""


def _holds_parts(blocks: Sequence[Block], parts: Parts) -> bool:
    """Tell whether the items of a section are parts of one finding: bare ones beside its fix."""
    items = [item for block, _ in unlabelled(blocks) for item in block.items]
    told = [split(item).fields() & {"fix", "impact", "severity"} for item in items]
    inside = sum("fix" in fields for fields in told)
    return "fix" in parts.fields() and inside == 0 and all(map(is_bare, items))


def _named_below(head: Head, blocks: list[Block]) -> tuple[Head, list[Block]]:
    """Take the first bold line for the headline where the heading has an id or grade alone."""
    graded = head.severity or (head.id and read_severity(head.title))
    if not (head.id and graded) or not blocks or (says_something(head.title) and " " in head.title):
        return head, blocks
    name = bold_alone(blocks[0])
    return (replace(head, title=name), blocks[1:]) if name and is_sentence(name) else (head, blocks)


def _own_fields(parts: Parts) -> bool:
    """Tell whether a section has the fields of a finding itself, whatever stands below it."""
    own, sure = parts.fields(), parts.fields(sure=True)
    placed = "file" in own and bool(own & {"severity", "status", "fix", "problem"})
    explained = "problem" in sure and bool(sure & {"impact", "fix", "evidence"})
    return placed or explained or {"severity", "fix"} <= sure


def _graded_alone(parts: Parts, below: Sequence[Section]) -> bool:
    """Tell whether a section has a severity and text of its own, and nothing below it has one."""
    inner = [split(child.blocks).fields(sure=True) for child in below]
    graded = "severity" in parts.fields(sure=True) and any(map(is_sentence, parts.body))
    return graded and not any(fields & {"severity", "file"} for fields in inner)


def is_field_heading(section: Section) -> bool:
    """Tell whether a heading names a field of the finding above it: ``### Fix``."""
    title = re.sub(r"[*`_:：]|^[\W\d]+", "", section.title).strip()
    name = named(title)
    if name is None or name.field not in _FIELD_HEADS or name.rank >= 100:
        return False
    parted = name.field in {"problem", "evidence"} and len(title.split()) >= 2
    return not section.children or (parted and not any(map(stands_alone, section.children)))


def stands_alone(section: Section) -> bool:
    """Tell whether a heading below a finding is one of its own: it has an id, grade or status."""
    if not is_likely(section):
        return False
    head = read_head(section.title)
    own_id = head.id not in {"", head.number}
    labelled = split(section.blocks).fields(sure=True) & {"severity", "status"}
    return own_id or bool(head.severity or labelled) or any(map(stands_alone, section.children))


def is_likely(section: Section) -> bool:
    """Tell whether ``section`` could be a finding, so that the one around it is a group."""
    return section_row(section, Context(), Context()) is not None or any(
        map(is_likely, section.children)
    )
