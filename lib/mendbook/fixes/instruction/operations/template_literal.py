"""Write joined strings of a script as one template literal."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.places.scene import touches_quote
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import of_kinds, outermost, string_of, text_of
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_ASKED = re.compile(r"\btemplate (?:literal|string)s?\b|\binterpolat", re.IGNORECASE)


def template_literal(work: Work, clause: Clause) -> StepEdits | None:
    """Write the one concatenation that is quoted as a template; None where none is asked for.

    Raises ``Abstain`` where none or several are quoted, or where numbers may be added first.
    """
    scene = work.scene
    if not scene.language.script or clause.codes or not _ASKED.search(clause.text):
        return None
    concatenations = outermost(one for one in of_kinds(scene.root, ("binary_expression",))
                               if touches_quote(scene, one) and _joins(one))  # fmt: skip
    if len(concatenations) != 1:
        raise Unplaced("which strings are joined there is not clear")
    text = _template(concatenations[0])
    return StepEdits(
        Operation.REPLACE,
        f"write the joined strings as {text}",
        edits_in(scene, [replaced(concatenations[0], text)]),
        adds=(text,),
        removes=(concatenations[0].text(),),
    )


def _joins(node: SgNode) -> bool:
    return text_of(node.field("operator")) == "+" and any(
        one.kind() in {"string", "template_string"} for one in _parts(node)
    )


def _parts(node: SgNode) -> list[SgNode]:
    """Return what is added up from left to right; what stands in brackets is one part."""
    if node.kind() == "binary_expression" and text_of(node.field("operator")) == "+":
        left, right = node.field("left"), node.field("right")
        if left is not None and right is not None:
            return [*_parts(left), right]
    return [node]


def _template(node: SgNode) -> str:
    parts = _parts(node)
    texts = [at for at, one in enumerate(parts) if one.kind() in {"string", "template_string"}]
    if texts[0] > 1:
        raise Abstain("the first of them may be added up before a string joins them")
    written = ""
    for one in parts:
        if one.kind() == "string":
            written += (
                re.sub(r"\\(['\"])", r"\1", string_of(one))
                .replace("`", "\\`")
                .replace("${", "\\${")
            )
        elif one.kind() == "template_string":
            written += one.text()[1:-1]
        else:
            inner = one.named_children() if one.kind() == "parenthesized_expression" else [one]
            written += f"${{{inner[0].text()}}}"
    return f"`{written}`"
