"""Remove what a deletion has left without a use."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, remove, start
from mendbook.code.exports import exports
from mendbook.code.functions import class_of, statement_of
from mendbook.code.imports import factories, unused_imports
from mendbook.code.module_text import Module, imports, parse_text, uses
from mendbook.code.search import find_all


def without_leftovers(module: Module, deleted: str, before: Module) -> str:
    """Return the module's text without the private things that only ``deleted`` used.

    Those are imports, unexported top-level declarations, private members that are no longer
    read, and private fields that now only ever hold null.
    """
    names = set(re.findall(r"[A-Za-z_$][\w$]*", deleted))
    while True:
        edits = _member_edits(module, names) or _top_level_edits(module, names)
        if not edits:
            break
        gone = " ".join(module.text[edit.start : edit.end] for edit in edits)
        names |= set(re.findall(r"[A-Za-z_$][\w$]*", gone))
        module = parse_text(module.path, apply(module.text, edits))
    had = {one.local for one in imports(before) if one.local in names} | factories(before)
    return apply(module.text, unused_imports(module, had))


def _top_level_edits(module: Module, names: set[str]) -> list[Edit]:
    kept = exports(module)
    for node in module.root.children():
        for declared in [node, *node.children()]:
            label = declared.field("name")
            name = label.text() if label is not None else ""
            several = len([one for one in node.children() if one.kind() == "variable_declarator"])
            if name not in names or name in kept or node.kind() == "export_statement":
                continue
            inside = [one for one in uses(module.root, name) if not _within(one, node)]
            if not inside and several <= 1 and _is_pure(declared):
                return [remove(module.text, node)]
    return []


def _is_pure(node: SgNode) -> bool:
    """Tell whether declaring ``node`` does nothing else: it makes no call."""
    value = node.field("value") if node.kind() == "variable_declarator" else None
    work = ("call_expression", "new_expression", "await_expression")
    return value is None or not (value.kind() in work or find_all(value, *work))


def _within(one: SgNode, node: SgNode) -> bool:
    return start(node) <= start(one) and end(one) <= end(node)


def _member_edits(module: Module, names: set[str]) -> list[Edit]:
    for node in find_all(module.root, "public_field_definition", "method_definition"):
        label, owner = node.field("name"), class_of(node)
        if label is None or owner is None or label.text() not in names or not _is_private(node):
            continue
        reads = [
            one
            for one in find_all(owner, "member_expression", regex=_access(label.text()))
            if not _within(one, node)
        ]
        if not reads:
            return [remove(module.text, node)]
        statements = _cleanups(reads, label.text())
        if node.kind() == "public_field_definition" and _starts_null(node) and statements:
            return [remove(module.text, one) for one in [node, *statements]]
    return []


def _access(name: str) -> str:
    return rf"^this\.{re.escape(name)}$"


def _is_private(node: SgNode) -> bool:
    label = node.field("name")
    named = label is not None and label.text().startswith("#")
    return named or any(child.text() == "private" for child in node.children())


def _starts_null(node: SgNode) -> bool:
    value = node.field("value")
    return value is None or value.text() in {"null", "undefined"}


def _cleanups(reads: list[SgNode], name: str) -> list[SgNode]:
    """Return the statements around ``reads`` when all of them do nothing for a null field.

    Those are ``this.x = null`` and ``if (this.x) { … }`` whose block touches nothing else.
    """
    member = re.escape(f"this.{name}")
    cleanups: list[SgNode] = []
    for read in reads:
        statement = statement_of(read)
        outer = next((one for one in read.ancestors() if one.kind() == "if_statement"), statement)
        condition = outer.field("condition") if outer.kind() == "if_statement" else None
        if condition is not None and re.fullmatch(rf"\(\s*{member}\s*\)", condition.text()):
            if outer.field("alternative") is not None:
                return []
            statement = outer
        elif not re.fullmatch(rf"{member} = (null|undefined);?", statement.text()):
            return []
        if statement not in cleanups:
            cleanups.append(statement)
    return cleanups
