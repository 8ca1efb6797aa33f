"""Read the target's production code: modules, calls and options."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.module_text import Module, imports, load
from mendbook.code.search import find_all
from mendbook.code.test_files import is_test
from mendbook.code.trees import (
    WRAPPERS,
    arguments_of,
    callee_name,
    is_source,
    string_value,
)
from mendbook.model import Citation
from mendbook.repository.snapshot import Snapshot

_BUILT = re.compile(r"(^|/)(dist|build|out|coverage|node_modules|vendor)/|\.d\.[cm]?ts$")
_LONGEST = 90


class Code:
    """The production source of a snapshot; each module is parsed once, when first asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._paths = tuple(
            path
            for path in snapshot.files
            if is_source(path) and not is_test(path) and not is_built(path)
        )
        self._parsed: dict[str, Module] = {}

    def modules(self, *containing: str) -> Iterator[Module]:
        """Yield the modules whose text holds one of ``containing``, in path order."""
        for path in self._paths:
            text = self.snapshot.text(path)
            if any(word in text for word in containing):
                module = self.module(path)
                if module is not None:
                    yield module

    def module(self, path: str) -> Module | None:
        """Return the module at ``path``, or None when it is no source file of the snapshot."""
        if path not in self._parsed:
            module = load(self.snapshot, path)
            if module is None:
                return None
            self._parsed[path] = module
        return self._parsed[path]

    def importer(self, *packages: str) -> str:
        """Return ``file:line`` of the first import of one of ``packages``, or an empty string.

        ``import``, ``require`` and ``import()`` count, of the package or of a path in it.
        """
        listed = "|".join(map(re.escape, packages))
        spelled = re.compile(
            rf"""(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*(['"])(?:{listed})(?:/[^'"]*)?\1"""
        )
        for path in self._paths:
            text = self.snapshot.text(path)
            for match in spelled.finditer(text):
                begin = text.rfind("\n", 0, match.start()) + 1
                if not text[begin : match.start()].lstrip().startswith(("//", "*", "/*")):
                    return f"{path}:{text.count(chr(10), 0, match.start()) + 1}"
        return ""

    def calls(self, *names: str) -> Iterator[tuple[Module, SgNode]]:
        """Yield every call and construction of ``names``, with its module, in file order."""
        for module in self.modules(*names):
            for node in in_order(find_all(module.root, "call_expression", "new_expression")):
                if callee_name(node) in names:
                    yield module, node

    def options(self, key: str, package: str) -> Iterator[tuple[Module, SgNode]]:
        """Yield the ``key: value`` pairs in modules that import ``package``."""
        for module in self.modules(key):
            if any(one.specifier == package for one in imports(module)):
                for pair in in_order(find_all(module.root, "pair")):
                    label = pair.field("key")
                    if label is not None and label.text() == key:
                        yield module, pair


def production(snapshot: Snapshot) -> Iterator[str]:
    """Yield the paths of TypeScript, JavaScript and Python that is neither a test nor built."""
    for path in snapshot.files:
        read = is_source(path) or path.endswith(".py")
        if read and not is_test(path) and not is_built(path):
            yield path


def bound(module: Module, package: str) -> dict[str, str]:
    """Return the names that ``module`` binds to exports of ``package``: local name to export.

    ``*`` and ``default`` stand for the module itself, imported or required.
    """
    names = {one.local: one.imported for one in imports(module) if one.specifier == package}
    for holder in find_all(module.root, "variable_declarator"):
        label, value = holder.field("name"), holder.field("value")
        if label is None or value is None:
            continue
        value, part = bare(value), "*"
        if value.kind() == "member_expression":
            member_name, inner = value.field("property"), value.field("object")
            if member_name is None or inner is None:
                continue
            value, part = bare(inner), member_name.text()
        if required(value) == package:
            names |= (
                _destructured(label) if label.kind() == "object_pattern" else {label.text(): part}
            )
    return names


def required(node: SgNode) -> str:
    """Return the module that ``node`` requires: ``a`` for ``require("a")``; else nothing."""
    callee = node.field("function") if node.kind() == "call_expression" else None
    given = arguments_of(node) if callee is not None and callee.text() == "require" else []
    return string_value(given[0]) or "" if given else ""


def _destructured(pattern: SgNode) -> dict[str, str]:
    names = {}
    for part in pattern.named_children():
        if part.kind() == "shorthand_property_identifier_pattern":
            names[part.text()] = part.text()
        key, value = part.field("key"), part.field("value")
        if part.kind() == "pair_pattern" and key is not None and value is not None:
            names[value.text()] = key.text()
    return names


def is_built(path: str) -> bool:
    """Tell whether ``path`` was made or installed by a tool, or declares types only."""
    return bool(_BUILT.search(path))


def in_order(nodes: list[SgNode]) -> list[SgNode]:
    """Return ``nodes`` as they stand in the file."""
    return sorted(nodes, key=lambda node: (node.range().start.index, -node.range().end.index))


def where(module: Module, node: SgNode) -> Citation:
    """Return the line of ``node``."""
    return Citation(module.path, line_of(node))


def line_of(node: SgNode) -> int:
    """Return the 1-based line that a person would look at: of a call, its method's name."""
    callee = node.field("function") if node.kind() == "call_expression" else None
    named = callee.field("property") if callee is not None else None
    return int((named or node).range().start.line) + 1


def brief(text: str) -> str:
    """Return source text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def bare(node: SgNode) -> SgNode:
    """Return the expression inside parentheses, ``as``, ``await`` and ``!``."""
    while node.kind() in WRAPPERS and node.named_children():
        node = node.named_children()[0]
    return node


def receiver_of(call: SgNode) -> SgNode | None:
    """Return what the method of ``call`` is called on: ``io.to(room)`` for its ``.emit(…)``."""
    callee = call.field("function")
    return callee.field("object") if callee is not None else None


def literal_argument(call: SgNode) -> SgNode | None:
    """Return the last object literal among the arguments of ``call``, or None."""
    literals = [node for node in map(bare, arguments_of(call)) if node.kind() == "object"]
    return literals[-1] if literals else None


def member(literal: SgNode, key: str) -> SgNode | None:
    """Return the value of ``key`` in an object literal, or None."""
    for pair in literal.named_children():
        label = pair.field("key")
        if pair.kind() == "pair" and label is not None and label.text().strip("'\"") == key:
            return pair.field("value")
        if pair.kind() == "shorthand_property_identifier" and pair.text() == key:
            return pair
    return None
