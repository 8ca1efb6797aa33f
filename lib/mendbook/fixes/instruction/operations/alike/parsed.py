"""New code parsed as one statement, and the statements that the evidence quotes."""

from __future__ import annotations

import itertools
import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.language import parse
from mendbook.fixes.instruction.tree.syntax import (
    end,
    of_kinds,
    outermost,
    start,
    text_of,
    walk,
)


def one_statement(scene: Scene, code: str) -> SgNode | None:
    """Return ``code`` parsed as the one statement that it is; None for anything else."""
    name = scene.language.name
    frame = {
        "python": "async def _():\n    {0}\n",
        "go": "package p\nfunc f() {{\n{0}\n}}\n",
        "typescript": "async function f() {{\n{0}\n}}\n",
        "tsx": "async function f() {{\n{0}\n}}\n",
        "javascript": "async function f() {{\n{0}\n}}\n",
        "java": "class C {{ Object f() {{ {0}; }} }}\n",
    }.get(name)
    if frame is None:
        return None
    text = frame.replace("{{", "{").replace("}}", "}").replace("{0}", code)
    root = parse(scene.language, text)
    if root.find(kind="ERROR") is not None:
        return None
    body = next(iter(of_kinds(root, ("block", "statement_block"))), None)
    inner = _children(body) if body is not None else []
    inner = [_bare(one) for one in inner if one.text() != ";"]
    return inner[0] if len(inner) == 1 else None


def _children(block: SgNode) -> list[SgNode]:
    inner = [one for one in block.named_children() if "comment" not in one.kind()]
    if len(inner) == 1 and inner[0].kind() == "statement_list":
        return [one for one in inner[0].named_children() if "comment" not in one.kind()]
    return inner


def _bare(statement: SgNode) -> SgNode:
    """Return the assignment that a statement is, else the statement."""
    inner = statement.named_children()
    if statement.kind() == "expression_statement" and len(inner) == 1 and target_of(inner[0]):
        return inner[0]
    return statement


def quoted_statements(scene: Scene) -> list[SgNode]:
    """Return the statements in a row that the evidence quotes whole, and nothing else."""
    blocks = scene.language.blocks | {"statement_list"}
    statements = []
    for one in walk(scene.root):
        parent = one.parent()
        if not one.is_named() or parent is None or parent.kind() not in blocks:
            continue
        if one.kind() == "statement_list" or "comment" in one.kind():
            continue
        if any(first <= start(one) and end(one) <= last + 1 for first, last in scene.quotes):
            statements.append(one)
    outer = outermost(statements)
    covered = sum(len("".join(one.text().split()).rstrip(";")) for one in outer)
    quoted = sum(len("".join(scene.text[a:b].split()).rstrip(";")) for a, b in scene.quotes)
    for one, following in itertools.pairwise(outer):
        if scene.text[end(one) : start(following)].strip(" \t\r\n;"):
            return []
    return outer if outer and abs(covered - quoted) <= len(outer) else []


def target_of(node: SgNode) -> str:
    """Return the plain name that a statement or assignment writes."""
    if node.kind() in {"assignment", "augmented_assignment", "assignment_expression",
                       "assignment_statement", "short_var_declaration"}:  # fmt: skip
        left = text_of(node.field("left"))
        return left if re.fullmatch(r"[A-Za-z_$][\w$]*", left) else ""
    if node.kind() == "for_statement" and node.field("left") is not None:
        left = text_of(node.field("left"))
        return left if re.fullmatch(r"[A-Za-z_]\w*", left) else ""
    if node.kind() in {"lexical_declaration", "variable_declaration"}:
        declared = [one for one in node.named_children() if one.kind() == "variable_declarator"]
        return target_of(declared[0]) if len(declared) == 1 else ""
    if node.kind() in {"var_spec", "variable_declarator"}:
        return text_of(node.field("name"))
    return ""
