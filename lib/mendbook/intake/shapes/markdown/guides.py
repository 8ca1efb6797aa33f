"""Tell documents that say how an audit is made from audits, by their titles and front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from mendbook.intake.shapes.keys import named, plain_key
from mendbook.intake.shapes.looks import names_file
from mendbook.intake.shapes.markdown.blocks import Section
from mendbook.intake.shapes.markdown.grids import is_grade, is_graded
from mendbook.intake.shapes.rows import Row
from mendbook.model import Left

_CLAUSES = re.compile(r"\s[—–|-]+\s|[:：(（]|\s(?:for|of|für|zum|zur|pour|para|per)\s", re.I)
_KINDS = re.compile(
    r"(?:.*\b)?(?:guide|guides|guidelines?|criteria|standards|conventions|instructions|playbook"
    r"|handbook|runbook|tutorial|prompts?|prompt templates?|change ?log|change ledger|release notes"
    r"|(?:audit|review|inspection|assessment|analysis)\s(?:plan|checklist|template|process|procedure"
    r"|protocol|workflow|policy|rubric|skill|agent|command)"
    r"|leitfaden|richtlinien?|prüfplan|auditplan|handbuch|anleitung|änderungsprotokoll"
    r"|lignes directrices|directrices|diretrizes|linee guida)\Z"
    r"|(?:how to|contributing|guide d|guide de|guía de|guía para|guia de|plan d audit|plan de revue"
    r"|plan de auditoría|plan de revisión|plano de auditoria|piano di audit|руководство)\b.*"
    r"|.*(?:指南|规范|提示词|模板|审查计划|审计计划|ガイド|ガイドライン|手順書|가이드|지침"
    r"|변경 이력|(?:修改|变更|更新)(?:账本|记录|日志)|変更履歴)\Z",
    re.I,
)
"""What the last words of a title's clause say: a guide, a plan of an audit, a prompt, a log."""
_AGENTS = {"allowed-tools", "tools", "mode", "agent", "model", "globs", "applyto", "trigger"}
"""Keys of front matter that set an agent up."""
_ROLE = re.compile(
    r"(?:\A|[.!:]\s|\n)\W*(?:you are (?:an?|the|operating|acting|reviewing|auditing|working|tasked)"
    r"|you will (?:work|act|audit|review|analy[sz]e|perform)|act as (?:an?|the)"
    r"|your (?:role|task|job|mission) (?:is|will be)|du bist (?:ein|eine|der|die)|tu es une?"
    r"|vous êtes une?|eres una?|você é uma?|sei una?)\b"
    r"|(?:\A|\n)\W*(?:你是(?:一[个名位])?|あなたは)",
    re.I,
)
"""A sentence that tells its reader who they are and what they shall do."""
_OPENING = 3
"""Paragraphs of a document that may say so."""


def instructs(root: Section, front: Mapping[str, Any]) -> bool:
    """Tell whether a document says how to audit, or what an agent shall do, and is no audit.

    Its title is one of a guide or of a plan of an audit, its front matter sets up an agent, or
    its first words tell the reader who they are.
    """
    keys = {str(key).lower() for key in front}
    if "description" in keys and keys & {"name", *_AGENTS}:
        return True
    heads = [child for child in root.children if child.level == 1][:1]
    title = re.sub(r"[*`_]", "", heads[0].title if heads else "")
    clauses = [clause.strip(" .!") for clause in _CLAUSES.split(title) if clause.strip(" .!")]
    if any(_KINDS.fullmatch(clause) for clause in clauses):
        return True
    texts = islice(_texts([root]), _OPENING)
    return any(_ROLE.search(text) is not None for text in texts)


def _texts(sections: Sequence[Section]) -> Iterator[str]:
    for section in sections:
        yield from (block.text for block in section.blocks if block.kind == "text")
        yield from _texts(section.children)


def told_in_full(rows: Sequence[Row], left: list[Left]) -> list[Row]:
    """Return the rows of a document that instructs which have a severity and a place of their own.

    A prompt may hold the findings it is about; its steps and rules are none.
    """
    kept = [row for row in rows if _is_graded(row) and _is_placed(row)]
    if len(kept) < len(rows):
        aside = next(row for row in rows if row not in kept)
        why = f"{len(rows) - len(kept)} left aside: they say what to do, and report nothing"
        left.append(Left(aside.place, str(aside.values.get("title", ""))[:120], why))
    return kept


def _is_graded(row: Row) -> bool:
    around = plain_key(row.outer.get("severity", ""))
    told = bool(around) and around.removesuffix("s") not in _TOPICS
    return told or is_graded(row) or any(map(is_grade, row.values.values()))


_TOPICS = {"error", "warning", "note", "suggestion", "style", "notice", "information", "info"}
"""Words of a scale that are chapters of a guide as well."""


def _is_placed(row: Row) -> bool:
    return any(
        names_file(str(value))
        for key, value in row.values.items()
        if ((name := named(key)) and name.field == "file")
        or (row.group == "tables" and len(str(value)) <= _SHORT)
    )


_SHORT = 80
"""Characters from which a cell that names a file is more than a place."""
