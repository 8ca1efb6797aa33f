"""Sorts of changes of one detail of a line: its letters, an element, an operand, what it takes."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.changes.sort_rows import Sort, sort
from mendbook.changes.spot_words import (
    behind_loop,
    behind_loop_seen,
    escaped,
    escaped_seen,
    narrower,
    narrower_seen,
    other_element,
    other_element_seen,
    respelt,
    respelt_seen,
    swapped_operands,
    swapped_operands_seen,
    taken_besides,
    taken_besides_seen,
)

SPOTS: Sequence[Sort] = (
    sort(
        r"^(?:insert|add|put|remove|drop|delete|fix|correct|strip)\s(?:an?|the|that|this|its"
        r"|both)\s"
        r"(?:(?:missing|extra|trailing|leading|double|second|stray|superfluous)\s)?"
        r"(?:spaces?|blanks?|commas?|full stops?|periods?|colons?|semicolons?|hyphens?|dashes"
        r"|typos?|spelling|misspell\w*|quotes?|quotation marks?|apostrophes?|brackets?"
        r"|line ?breaks?|newlines?)\b[^;]*$",
        respelt,
        proof=respelt_seen,
        needs=r"(?i)\b(?:err\w*|log\w*|warn\w*|messages?|text|title|label|print\w*|throw|raise|title"
        r"|description|detail|reason)\b",
    ),
    sort(
        r"^(?:use|take|read|pick|prefer|trust|return|keep)\s(?:only\s)?(?:the\s)?"
        r"(?P<new>(?:last|first|right-?most|left-?most|second|outermost|innermost|newest|oldest"
        r"|latest|earliest|smallest|largest|lowest|highest|shortest|longest)\s"
        r"(?:[\w-]+\s)?(?:entry|entries|element|item|value|address|hop|row|record|match|segment"
        r"|part"
        r"|one|version|host|header|token|field|name|occurrence))\b",
        other_element,
        proof=other_element_seen,
    ),
    sort(
        r"^(?:swap|exchange|switch|reverse|turn round|flip)\s(?:the\s)?(?:order of the\s)?"
        r"(?:two\s|both\s)?(?:sides|conditions|operands|checks|tests|terms|halves)\b",
        swapped_operands,
        proof=swapped_operands_seen,
    ),
    sort(
        r"^(?:narrow|restrict|limit|reduce|tighten)\b.*?\b(?:handlers?|except\w*|catch\w*|clauses?"
        r"|rescues?)\b.*?\bto\s(?P<errors>\(?`?(?-i:[A-Z])[\w.]*(?:(?:\s*[,|]\s*|\s(?:and|or)\s)"
        r"`?(?-i:[A-Z])[\w.]*`?)*)",
        narrower,
        proof=narrower_seen,
    ),
    sort(
        r"^(?:accept|allow|support)\s(?!only\b)(?P<what>(?:an?|several|more|many|any"
        r"|also)\s.+?)\sin\s"
        r"(?P<where>`?[A-Za-z_$][\w$.]*(?:_|[a-z][A-Z]|\.)[\w$.]*`?)(?=$|[,.;]|\sand\b)",
        taken_besides,
        proof=taken_besides_seen,
    ),
    sort(
        r"^(?:escape|html-?escape)\s(?P<what>.+?)"
        r"(?=\s(?:with|by|using|before|at|via|as|like|when|where)\b|,(?!\d)|[;:]|$)",
        escaped,
        proof=escaped_seen,
    ),
    sort(
        r"^(?:move|put|do|run|call|write|send)\s(?P<what>.+?)\s(?:below|behind|after|past)\s"
        r"(?:the|that|this|its)\s(?:\w+\s)?loop\b",
        behind_loop,
        proof=behind_loop_seen,
    ),
)
"""The first that fits a clause speaks for it; they go before all others."""
