"""Read an audit in Markdown: rows out of its sections, tables joined to what they repeat."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath
from typing import Any

import yaml

from mendbook.intake.normalise import audit_of
from mendbook.intake.problem import Problem
from mendbook.intake.reader import Document, Text, redacted
from mendbook.intake.shapes.about import commit_in_text, told_commit, told_time
from mendbook.intake.shapes.markdown.blocks import front_matter, parse
from mendbook.intake.shapes.markdown.faultless import with_faults
from mendbook.intake.shapes.markdown.guides import instructs, told_in_full
from mendbook.intake.shapes.markdown.joining import join_rows
from mendbook.intake.shapes.markdown.sections import Reading, read_sections
from mendbook.intake.shapes.rows import Row
from mendbook.intake.shapes.statuses import read_legend
from mendbook.intake.shapes.understand import understand
from mendbook.model import Audit, Left

_NONE_FOUND = re.compile(
    r"\b(?:no|0|zero|keine|aucun\w*|ning[uú]n\w*|nenhum\w*)\s+(?:[\w-]+\s+){0,3}(?:issues?|findings?"
    r"|problems?|bugs?"
    r"|vulnerabilit\w+|defects?|befunde|probleme|problèmes?|hallazgos?|problemas?)|未发现"
    r"|没有发现|問題なし|発見なし",
    re.I,
)


def read_markdown(source: Text) -> Audit:
    """Return the findings of a Markdown document, each with its line; prose is named as unread."""
    text, redactions = redacted(source)
    front, body = front_matter(text.replace("\r\n", "\n"))
    about = _front(front)
    root = parse(body)
    reading = read_sections(root)
    guides = instructs(root, about)
    rows, left = join_rows(reading)
    if guides:
        rows = told_in_full(rows, left)
    rows = with_faults(rows, body, left, planned=bool(rows) and not reading.rows)
    understood = understand(rows, "Markdown", legend=read_legend(body))
    nothing_said = not reading.left and not _NONE_FOUND.search(body)
    if not understood.findings and (guides or nothing_said):
        _refuse(source, reading, guides=guides)
    if reading.prose:
        why = "prose: no finding can be told in it"
        left.append(Left("the document", f"{reading.prose} paragraphs", why))
    document = Document(source.path, source.sha256, about, redactions)
    whole = replace(understood, left=(*reading.left, *left, *understood.left))
    audit = audit_of(document, whole, _shape(rows))
    commit = told_commit(about) or commit_in_text(body)
    title = next((child.title for child in root.children), PurePath(source.path).stem)
    notes = tuple(note for note in audit.notes if not (commit and note.field == "meta.commit"))
    return replace(
        audit,
        commit=commit,
        timestamp=told_time(about),
        notes=notes,
        extra={"title": title, **about},
    )


def markdown_rows(source: Text) -> tuple[list[Row], int]:
    """Return the rows that are told in a Markdown document, and what was redacted."""
    text, redactions = redacted(source)
    _, body = front_matter(text.replace("\r\n", "\n"))
    return join_rows(read_sections(parse(body)))[0], redactions


def _front(text: str) -> dict[str, Any]:
    try:
        front = yaml.safe_load(text) if text else {}
    except yaml.YAMLError:
        return {}
    return {str(key): value if isinstance(value, int | float | list | dict) else str(value)
            for key, value in front.items()} if isinstance(front, dict) else {}  # fmt: skip


def _shape(rows: list[Row]) -> str:
    groups = list(dict.fromkeys(row.group for row in rows))
    return f"Markdown, findings in {' and '.join(groups)}" if groups else "Markdown, no findings"


def _refuse(source: Text, reading: Reading, *, guides: bool) -> None:
    nearest = (
        f"{len(reading.plans)} entries of a plan" if reading.plans else "headings without fields"
    )
    if guides:
        nearest = "the steps and rules of a guide, plan or prompt"
    what = (
        f"no findings can be told in it; nearest are {nearest} and {reading.prose} paragraphs of"
        " prose, which is not read"
    )
    remedy = (
        "give each finding a heading, a table row or a list item with its severity or its place,"
        " or write a map with mendbook intake FILE --write-map map.yaml"
    )
    raise Problem(source.path, "", what, remedy).refusal()
