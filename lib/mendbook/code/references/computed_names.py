"""Names of members that code puts together before it reaches them (``till[`on${kind}`]()``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.file_facts import facts_by_file
from mendbook.code.search import find_all
from mendbook.repository.snapshot import Snapshot

_MAY_MAKE = re.compile(r"\$\{|[\"'`]\s*\+|\+\s*[\"'`]")
_AROUND = frozenset(
    {"parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression"}
)
_FUNCTIONS = ("function_declaration", "method_definition", "arrow_function", "function_expression")
_PART_OF_NAME = re.compile(r"[\w$#]*")


class ComputedName(NamedTuple):
    """A name that is put together: where it is used, and what it begins and ends with."""

    file: str
    line: int
    head: str
    tail: str

    def fits(self, name: str) -> bool:
        """Tell whether ``name`` may be what comes out."""
        long = len(name) >= len(self.head) + len(self.tail)
        return long and name.startswith(self.head) and name.endswith(self.tail)


def computed_names(snapshot: Snapshot) -> tuple[ComputedName, ...]:
    """Return the names that ``holder[…]`` puts together, there or in what its file keeps or makes.

    Parts that no name holds (a blank, a hyphen) make the key of a record, and no name of a member.
    """
    return tuple(each for several in facts_by_file(snapshot, _of_file).values() for each in several)


def _of_file(path: str, text: str) -> tuple[ComputedName, ...]:
    if not syntax.holds_code(path) or "[" not in text or _MAY_MAKE.search(text) is None:
        return ()
    return tuple(_computed_in(path, syntax.parse(path, text)))


def _computed_in(path: str, root: SgNode) -> Iterator[ComputedName]:
    kept: dict[str, list[SgNode]] | None = None
    for access in find_all(root, "subscript_expression"):
        key = _inner(access.field("index"))
        if key is None or key.kind() in {"string", "number"}:
            continue
        written = [key]
        if key.kind() in {"identifier", "call_expression"}:
            kept = kept if kept is not None else _kept(root)
            callee = key.field("function") if key.kind() == "call_expression" else key
            written = kept.get(_last(callee), [])
        for one in written:
            head, tail = _ends(one)
            if (head or tail) and _PART_OF_NAME.fullmatch(head + tail):
                yield ComputedName(path, access.range().start.line + 1, head, tail)


def _kept(root: SgNode) -> dict[str, list[SgNode]]:
    """Map what a file declares, assigns or returns to the texts that it may be."""
    kept: dict[str, list[SgNode]] = {}

    def keep(name: SgNode | None, value: SgNode | None) -> None:
        if name is None:
            return
        for one in _values(value):
            kept.setdefault(_last(name), []).append(one)

    for each in find_all(root, "variable_declarator", "public_field_definition"):
        keep(each.field("name"), each.field("value"))
    for each in find_all(root, "assignment_expression"):
        keep(each.field("left"), each.field("right"))
    for each in find_all(root, "function_declaration", "method_definition"):
        for value in _returned(each):
            keep(each.field("name"), value)
    return kept


def _values(value: SgNode | None) -> Iterator[SgNode]:
    """Yield what a value may be: either side of a choice, and what a function returns."""
    whole = _inner(value)
    if whole is None:
        return
    if whole.kind() == "ternary_expression":
        yield from _values(whole.field("consequence"))
        yield from _values(whole.field("alternative"))
    elif whole.kind() in _FUNCTIONS:
        for each in _returned(whole):
            yield from _values(each)
    else:
        yield whole


def _returned(function: SgNode) -> Iterator[SgNode]:
    body = function.field("body")
    if body is None:
        return
    if body.kind() != "statement_block":
        yield body
        return
    for each in find_all(body, "return_statement"):
        yield from each.children()[1:2]


def _ends(node: SgNode) -> tuple[str, str]:
    """Return the fixed beginning and end of a text that is put together; both empty for others."""
    if node.kind() == "template_string":
        parts = [one for one in node.children() if one.kind() not in {"`"}]
        if not any(one.kind() == "template_substitution" for one in parts):
            return "", ""
        head, tail = parts[0], parts[-1]
        return (
            head.text() if head.kind() == "string_fragment" else "",
            tail.text() if tail.kind() == "string_fragment" else "",
        )
    if node.kind() == "binary_expression" and any(one.kind() == "+" for one in node.children()):
        left, right = _inner(node.field("left")), _inner(node.field("right"))
        return _fixed(left, first=True), _fixed(right, first=False)
    return "", ""


def _fixed(node: SgNode | None, *, first: bool) -> str:
    if node is None:
        return ""
    if node.kind() == "string":
        return node.text()[1:-1]
    return _ends(node)[0 if first else 1]


def _inner(node: SgNode | None) -> SgNode | None:
    """Return an expression without brackets and types around it."""
    while node is not None and node.kind() in _AROUND:
        node = next((one for one in node.children() if one.is_named()), None)
    return node


def _last(name: SgNode | None) -> str:
    """Return the last step of a path: ``key`` of ``this.key``."""
    return name.text().rpartition(".")[2] if name is not None else ""
