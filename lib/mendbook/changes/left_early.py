"""What no longer runs where a function is left right after it has answered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.changes.sort_rows import called
from mendbook.changes.syntax_kinds import BLOCKS, Kinds
from mendbook.changes.today import Clause
from mendbook.model import Citation, Said
from mendbook.text.phrasing import listed

_AFTER = re.compile(
    r"(?i)\b(?:after|behind)\s(?:(?:each|every|the|both|all)\s)?`?([A-Za-z_$][\w$.]*)"
)
_BRANCHES = frozenset({"if_statement", "else_clause", "elif_clause", "if_expression"})
_MOST = 3


def left_early(_: re.Match[str], clause: Clause) -> Said | str:
    """Say what stands behind the calls that the clause names, and does not run any more then."""
    today, named = clause.today, _AFTER.search(clause.raw)
    if today.function is None or today.kinds is None or named is None:
        return _UNKNOWN
    pairs = list(_followed(named[1], today.function, today.kinds))[:_MOST]
    if not pairs:
        return _UNKNOWN
    left = [str(call.range().start.line + 1) for call, _ in pairs]
    gone = dict.fromkeys(_named(behind) for _, behind in pairs)
    lines = "line" if len(left) == 1 else "lines"
    words = f"Behind {lines} {listed(left)} it ends: {listed(list(gone))} does not run then."
    if len(gone) > 1:
        words = words.replace(" does not run then", " do not run then")
    cited = (each.range().start.line + 1 for pair in pairs for each in pair)
    return Said(words, tuple(Citation(today.path, line) for line in cited))


_UNKNOWN = "What ran behind it in that case does not run any more."


def _followed(name: str, function: SgNode, kinds: Kinds) -> Iterator[tuple[SgNode, SgNode]]:
    """Yield each call of ``name`` and the statement that runs after it today."""
    waiting = [function]
    while waiting:
        node = waiting.pop()
        waiting.extend(reversed(node.children()))
        callee = node.field("function") if node.kind() in kinds.calls else None
        text = callee.text() if callee is not None else ""
        if text == name or text.endswith(f".{name}"):
            behind = _next(node)
            if behind is not None and behind.kind() not in kinds.exits | _RETURNS:
                yield node, behind


_RETURNS = frozenset({"return_statement", "return_expression"})


def _next(node: SgNode) -> SgNode | None:
    """Return the statement that runs after that of ``node``; out of branches it goes on behind."""
    inner = node
    for around in node.ancestors():
        if around.kind() in BLOCKS:
            behind = next((each for each in inner.next_all() if each.is_named()), None)
            if behind is not None and behind.kind() != "comment":
                return behind
        elif around.kind() not in _BRANCHES and "statement" not in around.kind():
            return None
        inner = around
    return None


def _named(statement: SgNode) -> str:
    line = statement.range().start.line + 1
    name = called(statement.text())
    return f"`{name}` (line {line})" if name else f"line {line}"
