"""Where work is done again in each turn of a loop, and where it could be done once before."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import end, start
from mendbook.code.functions import FUNCTIONS, function_around, pattern_names, statement_of
from mendbook.code.search import find_all

_LOOPS = ("for_statement", "for_in_statement", "while_statement", "do_statement")
_EACH = {
    *("every", "filter", "find", "findIndex", "flatMap", "forEach", "map", "reduce"),
    *("reduceRight", "some", "sort", "toSorted"),
}
_CHANGES = r"(?:push|pop|shift|unshift|splice|fill|sort|reverse|copyWithin|add|delete|clear|set)"


def turns_around(node: SgNode, root: str) -> SgNode | None:
    """Return the outermost loop, or call of an iterating method, that ``node`` is done again in.

    ``root`` is the name that must mean the same before it; None where nothing repeats ``node``.
    """
    found: SgNode | None = None
    for outer in node.ancestors():
        if outer.kind() in _LOOPS and _in_turn(outer, node):
            if root in bound_in(outer):
                return found
            found = outer
        elif outer.kind() in FUNCTIONS:
            call = _iterating(outer)
            if call is None or root in bound_in(outer):
                return found
            found = call
    return found


def _in_turn(loop: SgNode, node: SgNode) -> bool:
    """Tell whether ``node`` is evaluated in each turn, and not once for the list."""
    listed = loop.field("right")
    return listed is None or not start(listed) <= start(node) < end(listed)


def _iterating(function: SgNode) -> SgNode | None:
    """Return the call that calls ``function`` for each element of a list; None for others."""
    given = function.parent()
    call = given.parent() if given is not None and given.kind() == "arguments" else None
    callee = call.field("function") if call is not None else None
    method = callee.field("property") if callee is not None else None
    return call if method is not None and method.text() in _EACH else None


def place_before(turns: SgNode) -> SgNode | None:
    """Return the statement that ``turns`` belong to, in the same function; None without one."""
    statement = statement_of(turns)
    parent = statement.parent()
    if parent is None or parent.kind() not in {"statement_block", "program"}:
        return None
    around, home = function_around(turns), function_around(statement)
    if around != home or (around is not None and around.field("body") != parent
                          and start(parent) < start(around)):  # fmt: skip
        return None
    return statement


def bound_in(node: SgNode) -> set[str]:
    """Return the names that are bound in a loop or a function, inner functions included."""
    names: set[str] = set()
    for one in find_all(node, "variable_declarator"):
        label = one.field("name")
        names |= pattern_names(label) if label is not None else set()
    left = node.field("left")
    names |= pattern_names(left) if left is not None else set()
    single, listed = node.field("parameter"), node.field("parameters")
    given = listed.named_children() if listed is not None else []
    for part in given if single is None else [single]:
        names |= pattern_names(part.field("pattern") or part.field("left") or part)
    return names


def is_changed(code: str, name: str) -> bool:
    """Tell whether ``code`` changes the list ``name``, or gives the name another value."""
    spelled = re.escape(name)
    changed = re.compile(
        rf"(?<![\w$.]){spelled}\s*(?:\.{_CHANGES}\(|\.length\s*=(?!=)|\[[^\]]*\]\s*=(?!=)"
        rf"|(?:[-+*/|&?]{{0,2}})=(?![=>]))"
    )
    return changed.search(code) is not None


def is_spelled(node: SgNode | None, name: str) -> bool:
    """Tell whether ``name`` stands anywhere in ``node``, other than as a member of something."""
    text = node.text() if node is not None else ""
    spelled = re.compile(rf"(?<![\w$])(?<!(?<!\.\.)\.){re.escape(name)}(?![\w$])")
    return spelled.search(text) is not None
