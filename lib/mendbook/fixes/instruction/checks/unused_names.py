"""Variables of a script that an edit would declare for nothing, or use without a declaration."""

from __future__ import annotations

import re
from functools import lru_cache

from ast_grep_py import SgNode

from mendbook.code.spelled_words import count_of, counts_of_words
from mendbook.fixes.instruction.tree.syntax import of_kinds, text_of


def unread_name(fix: str, old: SgNode, new: SgNode) -> str:
    """Return the new variable that nothing reads; nothing where as many were unread before.

    One that the fix text only declares may be read later.
    """
    before, after = _read_nowhere(old), _read_nowhere(new)
    added = [one for one in after if one not in before and count_of(one, fix) != 1]
    if not added or len(after) <= len(before):
        return ""
    return f"`{added[0]}` would be declared, and read nowhere"


@lru_cache(maxsize=64)
def _read_nowhere(root: SgNode) -> tuple[str, ...]:
    """Return the variables whose name stands in the file once, in the order of the text."""
    spelled = counts_of_words(root.text())
    names = []
    for one in of_kinds(root, ("variable_declarator",)):
        name, holder = text_of(one.field("name")), one.parent()
        outer = holder.parent() if holder is not None else None
        is_exported = outer is not None and outer.kind() == "export_statement"
        if is_exported or not re.fullmatch(r"[A-Za-z$][\w$]*", name):
            continue
        if spelled[name] == 1:
            names.append(name)
    return tuple(names)


def undeclared_name(old: SgNode, new: SgNode) -> str:
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
