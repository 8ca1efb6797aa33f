"""Where a form of words points in a script: the one node of a kind that the evidence quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.places.scene import Scene, beginning_in_quote, calls_in_quote
from mendbook.fixes.instruction.tree.language import Language, is_broken, parse
from mendbook.fixes.instruction.tree.syntax import (
    callee_text,
    of_kinds,
    outermost,
    start,
)
from mendbook.fixes.instruction.work import StepEdits, edits_in
from mendbook.model import Operation

ITEM = r"(?:⟦\d+⟧|[A-Za-z_$][\w$]*(?:\.[\w$]+)*(?:\(\))?)"
"""Code in backticks, or a name in plain words, as a pattern."""
DECLARED = ("lexical_declaration", "variable_declaration")
ELEMENTS = ("jsx_opening_element", "jsx_self_closing_element")


def quoted_nodes(scene: Scene, kinds: Iterable[str]) -> list[SgNode]:
    """Return the outermost nodes of ``kinds`` that begin in what the evidence quotes."""
    return outermost(beginning_in_quote(scene, of_kinds(scene.root, kinds)))


def quoted_calls(scene: Scene, name: str) -> list[SgNode]:
    """Return the calls of ``name`` (``a.b``, or a last name) that begin in the quote."""
    return [
        one
        for one in calls_in_quote(scene)
        if re.fullmatch(rf"(?:.*\.)?{re.escape(name)}", callee_text(one))
    ]


def innermost_function(scene: Scene, at: SgNode) -> SgNode | None:
    """Return the innermost function around ``at``."""
    return next((one for one in at.ancestors() if one.kind() in scene.language.functions), None)


def parsed(code: str, language: Language) -> SgNode | None:
    """Return the one expression or statement that ``code`` is; None where it does not parse."""
    if is_broken(language, code):
        wrapped = f"({code})"
        if is_broken(language, wrapped):
            return None
        code = wrapped
    inner = parse(language, code).named_children()
    if len(inner) != 1:
        return None
    node = inner[0]
    while node.kind() in {"expression_statement", "parenthesized_expression"}:
        below = node.named_children()
        if len(below) != 1:
            return None
        node = below[0]
    return node


def step_edits(
    scene: Scene,
    operation: Operation,
    said: str,
    edits: Iterable[Edit],
    adds: Iterable[str] = (),
    removes: Iterable[str] = (),
    modules: dict[str, str] | None = None,
) -> StepEdits:
    """Return the edits of one form as what a step makes."""
    return StepEdits(
        operation,
        said,
        edits_in(scene, edits),
        adds=tuple(adds),
        removes=tuple(removes),
        modules=modules or {},
    )


def home_of_quote(scene: Scene) -> SgNode | None:
    """Return the innermost function around what is quoted, where it is one."""
    homes = {}
    kinds = (*DECLARED, "expression_statement", "return_statement", "if_statement")
    for one in quoted_nodes(scene, kinds):
        at = innermost_function(scene, one)
        if at is not None:
            homes[start(at)] = at
    return next(iter(homes.values())) if len(homes) == 1 else None
