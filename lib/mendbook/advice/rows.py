"""The rows of an advisor's table: what stands at a place, and which findings are about it."""

from __future__ import annotations

from ast_grep_py import SgNode

from mendbook.advice.advisor import Survey
from mendbook.advice.production_code import line_of, where
from mendbook.code.module_text import Module
from mendbook.code.trees import enclosing_name
from mendbook.model import AdviceRow

NOT_FOUND = "not found"
"""What a row says of a value that was looked for and is not in the code."""


def findings_at(survey: Survey, module: Module, node: SgNode) -> tuple[str, ...]:
    """Return the ids of the audit's findings about the place where ``node`` stands.

    A finding is about it when it names the file, and a line beside it, the function around it, or
    quotes the line itself.
    """
    return findings_on(survey, module.path, line_of(node), enclosing_name(node))


def findings_on(survey: Survey, path: str, line: int, around: str = "") -> tuple[str, ...]:
    """Return the ids of the findings about a 1-based line of ``path``, inside ``around``."""
    lines = (survey.snapshot.get(path) or "").split("\n")
    written = lines[line - 1].strip() if line <= len(lines) else ""
    ids = []
    for finding in survey.audit.findings:
        places = [place for place in finding.places if place.path == path]
        near = any(
            place.line is not None and place.line - 1 <= line <= (place.end_line or place.line) + 1
            for place in places
        )
        events = {f'on("{event}")' for event in finding.events}
        named = bool(around) and (around in finding.symbols or around in events)
        quoted = len(written) > 12 and written in finding.evidence
        if places and (near or named or quoted):
            ids.append(finding.id)
    return tuple(ids)


def row(
    survey: Survey, what: str, module: Module, node: SgNode, now: str, target: str, why: str
) -> AdviceRow:
    """Return the row about ``node``, with the audit's findings about the same place."""
    return AdviceRow(
        what=what,
        where=where(module, node),
        now=now,
        target=target,
        why=why,
        findings=findings_at(survey, module, node),
    )


def absent(what: str, target: str, why: str) -> AdviceRow:
    """Return the row of something that was looked for and is not in the code."""
    return AdviceRow(what=what, where=None, now=NOT_FOUND, target=target, why=why)
