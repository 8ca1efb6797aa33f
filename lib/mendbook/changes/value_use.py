"""What code does with a value: hand it back, decide by it, keep it, pass it on, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ast_grep_py import SgNode

from mendbook.changes.syntax_kinds import BLOCKS, Kinds


class UseKind(StrEnum):
    """What becomes of a value."""

    RETURNED = "returned"
    THROWN = "thrown"
    DECIDES = "decides"
    LOOPED = "looped over"
    KEPT = "kept"
    HANDED = "handed on"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a value: its kind, what it is kept in or handed to, and its 1-based line."""

    kind: UseKind
    line: int
    name: str = ""


_RETURNS = {"return_statement", "return", "return_expression"}
_DECLARES = {
    *("variable_declarator", "assignment", "assignment_expression", "short_var_declaration"),
    *("assignment_statement", "var_spec", "augmented_assignment", "let_declaration"),
    *("augmented_assignment_expression", "local_variable_declaration", "named_expression"),
}
_ARGUMENTS = {"arguments", "argument_list"}
_LOOPS = {"for_statement", "for_in_statement", "range_clause", "for_in_clause"}
_MEMBERS = {
    *("member_expression", "subscript_expression", "attribute", "subscript"),
    *("selector_expression", "index_expression", "field_expression", "field_access"),
}
_STATEMENTS = {"expression_statement", "go_statement", "defer_statement"}
_LEFT = ("left", "name", "pattern", "declarator")
_PLAIN = re.compile(r"[A-Za-z_$][\w$]*")
_LONGEST = 40
"""Characters of an expression that a sentence has room for."""
_NO_VALUE = frozenset({"err", "error", "_", "ok", "const", "let", "var"})

_LOGS = re.compile(r"(?i)(?:^|\.)(?:console|log\w*|print\w*|debug|warn|info|trace)(?:\.|$)")
_RANK = (UseKind.RETURNED, UseKind.DECIDES, UseKind.THROWN, UseKind.HANDED, UseKind.LOOPED)
"""Uses of a kept value, the most telling first."""


def use_of(node: SgNode, kinds: Kinds) -> Use | None:
    """Return what is done with the value of ``node``; None where that is not certain."""
    below, member = node, False
    for around in node.ancestors():
        if (use := _step(below, around, kinds)) is not None:
            part = member and use.kind not in {UseKind.RETURNED, UseKind.THROWN, UseKind.DECIDES}
            return None if part else use
        member = member or around.kind() in _MEMBERS
        if around.kind() in kinds.functions or around.kind() in BLOCKS:
            return None
        below = around
    return None


def statement_use(node: SgNode, kinds: Kinds) -> Use | None:
    """Return what a statement or a part of one does with its value."""
    inner: SgNode = node
    while inner.kind() in {"expression_statement", "lexical_declaration", "var_declaration"}:
        parts = [each for each in inner.children() if each.is_named()]
        if len(parts) != 1:
            return None
        if inner.kind() == "expression_statement" and parts[0].kind() not in _DECLARES:
            return _unused(inner)
        inner = parts[0]
    line = inner.range().start.line + 1
    if inner.kind() in _RETURNS:
        return Use(UseKind.RETURNED, line)
    if inner.kind() in kinds.exits:
        return Use(UseKind.THROWN, line)
    if inner.kind() in _DECLARES:
        return Use(UseKind.KEPT, line, _target(inner))
    if inner.kind() in kinds.conditions:
        return Use(UseKind.DECIDES, line, _decided(inner, kinds))
    return use_of(inner, kinds)


def names_kept(target: str) -> tuple[str, ...]:
    """Return the plain names that a declaration fills: ``x`` of ``x, err``; none of ``a.b``."""
    if re.search(r"[.\[](?!\.)", target):
        return ()
    return tuple(name for name in _PLAIN.findall(target) if name not in _NO_VALUE)


def kept_use(use: Use, function: SgNode, kinds: Kinds) -> Use | None:
    """Return the most telling use of what a line keeps under a name of its own."""
    several = [
        each
        for name in names_kept(use.name)
        for each in later_uses(name, function, use.line, kinds)
        if each.kind in _RANK and not _LOGS.search(each.name)
    ]
    return min(several, key=lambda each: (_RANK.index(each.kind), each.line), default=None)


def later_uses(name: str, function: SgNode, line: int, kinds: Kinds) -> Iterator[Use]:
    """Yield what ``function`` does with ``name`` behind ``line``, in the order of its lines."""
    waiting = [function]
    while waiting:
        node = waiting.pop()
        span = node.range()
        if span.end.line + 1 <= line:
            continue
        plain = node.kind() in {"identifier", "shorthand_property_identifier"}
        if plain and node.text() == name and span.start.line + 1 > line:
            use = use_of(node, kinds)
            ends = use is not None and use.kind in {UseKind.RETURNED, UseKind.THROWN}
            if use is not None and not (ends and _within_another(node, function, line, kinds)):
                yield use
        waiting.extend(reversed(node.children()))


def _within_another(node: SgNode, function: SgNode, line: int, kinds: Kinds) -> bool:
    """Tell whether ``node`` stands in a function within ``function`` that ``line`` is not of.

    What that one returns or throws ``function`` itself does not.
    """
    own = next((each for each in node.ancestors() if each.kind() in kinds.functions), function)
    if own.range() == function.range():
        return False
    span = own.range()
    return not span.start.line < line <= span.end.line + 1


def _step(below: SgNode, around: SgNode, kinds: Kinds) -> Use | None:
    """Return the use that ``around`` makes of its part ``below``; None to look further out."""
    kind, line = around.kind(), around.range().start.line + 1
    if kind in _RETURNS:
        return Use(UseKind.RETURNED, line)
    if kind in kinds.exits:
        return Use(UseKind.THROWN, line)
    if kind in _ARGUMENTS:
        call = around.parent()
        callee = _callee(call) if call is not None else ""
        return Use(UseKind.HANDED, line, callee) if callee else None
    if kind in kinds.conditions or kind == "while_statement":
        condition = around.field("condition")
        within = condition is not None and condition.range().start == below.range().start
        if not within and kind != "while_statement":
            return None
        return Use(UseKind.DECIDES, line, _decided(around, kinds))
    if kind in {"ternary_expression", "conditional_expression"}:
        condition = around.field("condition")
        if condition is not None and condition.range() == below.range():
            return Use(UseKind.DECIDES, line)
        return None
    if kind in _LOOPS:
        return Use(UseKind.LOOPED, line)
    if kind in _DECLARES:
        target = _target(around)
        return Use(UseKind.KEPT, line, target) if target else None
    return _unused(around) if kind in _STATEMENTS else None


def _decided(branch: SgNode, kinds: Kinds) -> str:
    """Return the statement that a condition decides on, on one line, of several what is called."""
    body = branch.field("consequence") or branch.field("body")
    if body is None:
        return ""
    inner = (
        [each for each in body.children() if each.is_named()] if body.kind() in BLOCKS else [body]
    )
    if len(inner) == 1 and inner[0].kind() in BLOCKS:
        inner = [each for each in inner[0].children() if each.is_named()]
    told = [each for each in inner if each.kind() not in kinds.comments]
    text = " ".join(told[-1].text().split()).rstrip(";") if told else ""
    ends = bool(told) and (told[-1].kind() in kinds.exits or len(told) == 1)
    if ends and len(text) <= _LONGEST:
        return text
    calls = (call for each in told for call in _callees(each, kinds))
    return next((call for call in calls if not _LOGS.search(call)), "")


def _unused(statement: SgNode) -> Use:
    return Use(UseKind.UNUSED, statement.range().start.line + 1, _callee_in(statement))


def _target(declaration: SgNode) -> str:
    """Return what a declaration or an assignment fills, as written; empty where it is long."""
    for field in _LEFT:
        left = declaration.field(field)
        if left is not None:
            text = " ".join(left.text().split())
            return text if len(text) <= _LONGEST else ""
    return ""


def _callee(call: SgNode) -> str:
    """Return what a call calls, as written; empty where that is no chain of names."""
    function = call.field("function") or call.field("constructor") or call.field("name")
    text = "".join(function.text().split()) if function is not None else ""
    return text if re.fullmatch(r"[\w$.:?!>-]+", text) and len(text) <= _LONGEST else ""


def _callees(statement: SgNode, kinds: Kinds) -> Iterator[str]:
    """Yield what a statement calls, the outermost call first; functions within it do so later."""
    waiting = [statement]
    while waiting:
        node = waiting.pop()
        if node.kind() in kinds.functions:
            continue
        if node.kind() in kinds.calls and (callee := _callee(node)):
            yield callee
        waiting.extend(reversed(node.children()))


def _callee_in(statement: SgNode) -> str:
    for node in statement.children():
        call = node
        if node.kind() in {"await_expression", "await"}:
            call = next((each for each in node.children() if each.field("function")), node)
        if callee := _callee(call):
            return callee
    return ""
