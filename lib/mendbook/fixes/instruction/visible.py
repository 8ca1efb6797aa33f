"""Tell whether the names that new code reads can be seen from where it stands."""

from __future__ import annotations

from ast_grep_py import SgNode

from mendbook.code.alignment import changes, split_lines
from mendbook.fixes.instruction.language import Language, parse
from mendbook.fixes.instruction.names import binders, is_read
from mendbook.fixes.instruction.syntax import end, inside, start, walk

_OUTER = {
    "function_declaration", "generator_function_declaration", "function_definition",
    "class_declaration", "class_definition", "abstract_class_declaration",
}  # fmt: skip


def unseen_name(before: str, after: str, language: Language) -> str:
    """Return a name that a changed line reads and that is bound only in other scopes, or nothing.

    A name that is bound nowhere is no concern of this one: it is imported, global, or refused.
    """
    lines = {
        at
        for change in changes(split_lines(before), split_lines(after))
        for at in range(change.new_start, change.new_end)
    }
    root = parse(language, after)
    bound: dict[str, list[SgNode]] = {}
    for one in binders(root, language):
        bound.setdefault(one.text(), []).append(one)
    for one in walk(root):
        known = bound.get(one.text()) if one.kind() in _READ else None
        if not known or one.range().start.line not in lines or not is_read(one, language):
            continue
        if not any(_sees(one, binder, language) for binder in known):
            return one.text()
    return ""


_READ = {"identifier", "shorthand_property_identifier"}


def _sees(one: SgNode, binder: SgNode, language: Language) -> bool:
    """Tell whether what ``binder`` binds is in scope at ``one``."""
    scope = _scope(binder, language)
    return scope is None or inside(one, scope)


def _scope(binder: SgNode, language: Language) -> SgNode | None:
    """Return the function or class in which a binding holds; None for the whole module."""
    parent = binder.parent()
    outers = binder.ancestors()
    if parent is not None and parent.kind() in _OUTER:
        label = parent.field("name")
        if label is not None and (start(label), end(label)) == (start(binder), end(binder)):
            outers = parent.ancestors()
    kinds = language.functions | (language.classes if language.python else frozenset())
    return next((one for one in outers if one.kind() in kinds), None)


def idle_statement(language: Language, before: str, after: str) -> str:
    """Return a statement that only names something and is new, or nothing."""
    known = {one.text() for one in _idle(language, before)}
    return next((one.text() for one in _idle(language, after) if one.text() not in known), "")


def _idle(language: Language, text: str) -> list[SgNode]:
    kinds = {"identifier", "member_expression", "attribute", "number", "integer", "float"}
    found = []
    for one in walk(parse(language, text)):
        inner = one.named_children() if one.kind() == "expression_statement" else []
        if len(inner) == 1 and inner[0].kind() in kinds:
            found.append(one)
    return found
