"""Variables of a script that an edit would declare for nothing, or use without a declaration."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.syntax import of_kinds, text_of


def unused_name(old: SgNode, new: SgNode) -> str:
    """Return why a variable of the new text cannot be meant; nothing where all can."""
    return _unread(old, new) or _undeclared(old, new)


def _unread(old: SgNode, new: SgNode) -> str:
    """Return the new variable that nothing reads."""
    known = {text_of(one.field("name")) for one in of_kinds(old, ("variable_declarator",))}
    text = new.text()
    for one in of_kinds(new, ("variable_declarator",)):
        name, holder = text_of(one.field("name")), one.parent()
        outer = holder.parent() if holder is not None else None
        if name in known or not re.fullmatch(r"[A-Za-z$][\w$]*", name):
            continue
        if outer is not None and outer.kind() == "export_statement":
            continue
        if len(re.findall(rf"(?<![\w$]){re.escape(name)}(?![\w$])", text)) == 1:
            return f"`{name}` would be declared, and read nowhere"
    return ""


def _undeclared(old: SgNode, new: SgNode) -> str:
    """Return the variable that loses its declaration and is given a value still."""
    kinds = ("variable_declarator",)
    names = {text_of(one.field("name")) for one in of_kinds(old, kinds)}
    left = {text_of(one.field("name")) for one in of_kinds(new, kinds)}
    text = new.text()
    for name in sorted(names - left):
        if not re.fullmatch(r"[A-Za-z_$][\w$]*", name):
            continue
        assigned = re.search(rf"(?m)^\s*{re.escape(name)}\s*=(?![=>])", text)
        declared = rf"\b(?:let|var)\s[^;=]*\b{re.escape(name)}\b"
        if assigned is not None and not re.search(declared, text):
            return f"{name} would be given a value, and no longer be declared"
    return ""
