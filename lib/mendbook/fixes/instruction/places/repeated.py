"""Whether a text that names code once means it wherever one statement holds it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.language import Language
from mendbook.fixes.instruction.tree.syntax import callee, inside, same, start, statement_of

_PLURAL = re.compile(
    r"\b(?:calls|literals|values|awaits|checks|comparisons|types|casts|places|they|them|their)\b",
    re.IGNORECASE,
)
"""Words that speak of more than one place."""
_LABELS = {"property_identifier", "field_identifier"}


def are_all_meant(nodes: Sequence[SgNode], clause: Clause, language: Language) -> bool:
    """Tell whether equal places of the evidence are all meant.

    A function that is called is told of as such, wherever it is called. A value that one statement
    or field holds twice, ``swap(box.id, box.id)``, may be meant in one place only.
    """
    held = {start(_holder(one, language)) for one in nodes}
    called = all(_is_called(one, language) for one in nodes)
    return len(held) == len(nodes) or called or _PLURAL.search(clause.text) is not None


def _holder(node: SgNode, language: Language) -> SgNode:
    """Return the field of a literal that holds ``node``, else its statement."""
    statement = statement_of(node, language)
    fields = (one for one in node.ancestors() if one.kind() in language.pairs)
    return next((one for one in fields if inside(one, statement)), statement)


def _is_called(node: SgNode, language: Language) -> bool:
    """Tell whether a node is a call, or what is called, or the name of a method."""
    holder = node.parent()
    target = callee(holder) if holder is not None and holder.kind() in language.calls else None
    called = target is not None and same(target, node)
    return called or node.kind() in language.calls | _LABELS
