"""Find the members of exported constant objects and enums, and import them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.code.imports import add_import
from mendbook.code.module_text import (
    Module,
    imported,
    specifier_for,
    string_value,
)
from mendbook.code.search import find_all
from mendbook.code.test_files import is_test
from mendbook.code.trees import is_source, parse
from mendbook.code.word_index import words_of
from mendbook.repository.snapshot import Snapshot

_HANDED_ON = {
    "as_expression",
    "satisfies_expression",
    "parenthesized_expression",
    "call_expression",
    "arguments",
}
"""What may stand around a constant's literal: ``as const``, ``Object.freeze(…)``."""


@dataclass(frozen=True, slots=True)
class Constant:
    """One string member of an exported constant object or enum: ``Errors.RATE_LIMITED``."""

    owner: str
    key: str
    value: str
    path: str

    @property
    def name(self) -> str:
        """Return the member as code writes it."""
        return f"{self.owner}.{self.key}"


def constants(snapshot: Snapshot, key: str) -> tuple[Constant, ...]:
    """Return the string members called ``key`` of exported constant objects and enums."""
    return tuple(
        one
        for path in words_of(snapshot).holding(key, _units(snapshot))
        for one in _members(path, snapshot.text(path)).get(key, ())
    )


@lru_cache(maxsize=2)
def _units(snapshot: Snapshot) -> tuple[str, ...]:
    return tuple(path for path in snapshot.files if is_source(path) and not is_test(path))


@lru_cache(maxsize=4096)
def _members(path: str, text: str) -> Mapping[str, tuple[Constant, ...]]:
    """Return every such member of a file, by its key: of an enum, or directly in a literal.

    Read once, however many words of however many findings ask for one.
    """
    members: dict[str, list[Constant]] = {}
    for node in find_all(parse(path, text), "pair", "enum_assignment"):
        label, value = node.field("key") or node.field("name"), node.field("value")
        if label is None or value is None or value.kind() != "string":
            continue
        owner = _owner(node)
        name = owner.field("name") if owner is not None else None
        if name is not None and owner is not None and _is_exported(owner):
            key = label.text()
            one = Constant(name.text(), key, string_value(value), path)
            members.setdefault(key, []).append(one)
    return {key: tuple(several) for key, several in members.items()}


def _owner(node: SgNode) -> SgNode | None:
    """Return the enum or the variable whose value is the literal that ``node`` stands in."""
    outer = node.parent()
    outer = outer.parent() if outer is not None else None
    while outer is not None and outer.kind() in _HANDED_ON:
        if outer.kind() == "call_expression" and not outer.text().startswith("Object.freeze("):
            return None
        outer = outer.parent()
    kinds = {"variable_declarator", "enum_declaration"}
    return outer if outer is not None and outer.kind() in kinds else None


def _is_exported(owner: SgNode) -> bool:
    """Tell whether ``owner`` itself is exported: a local of an exported function is not."""
    statement = owner if owner.kind() == "enum_declaration" else owner.parent()
    outer = statement.parent() if statement is not None else None
    if statement is None or outer is None or outer.kind() != "export_statement":
        return False
    return owner.kind() == "enum_declaration" or statement.text().startswith("const ")


def _import(snapshot: Snapshot, module: Module, known: Constant) -> list[Edit]:
    if imported(module, known.owner) is not None:
        return []
    return add_import(module, known.owner, specifier_for(snapshot, module, known.path))


def import_constant(snapshot: Snapshot, module: Module, known: Constant) -> list[Edit]:
    """Return the edits that let ``module`` name ``known``."""
    return [] if module.path == known.path else _import(snapshot, module, known)
