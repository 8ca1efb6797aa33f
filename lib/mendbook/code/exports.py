"""Read what a module exports, and who imports it by name, through barrels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.module_text import Module, load, string_value
from mendbook.code.modules import resolve
from mendbook.code.search import find_all
from mendbook.repository.snapshot import Snapshot

_MODULE = re.compile(r"^(?:import|export)\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reexport:
    """One name that a module hands on from another; ``*`` for all of them."""

    exported: str
    imported: str
    specifier: str
    node: SgNode
    part: SgNode


def exports(module: Module) -> dict[str, SgNode]:
    """Return the module's own exported names, each with its declaration or specifier."""
    nodes: dict[str, SgNode] = {}
    for node in module.root.children():
        if node.kind() != "export_statement" or node.field("source") is not None:
            continue
        declared = node.field("declaration")
        if declared is not None:
            nodes |= {_name(one): one for one in _declared(declared) if _name(one)}
        for part in find_all(node, "export_specifier"):
            label = part.field("alias") or part.field("name")
            if label is not None:
                nodes[label.text()] = part
    return nodes


def exported_as(module: Module, name: str) -> tuple[str, ...]:
    """Return the names by which others import what the module itself calls ``name``."""
    names: dict[str, None] = {}
    for node in module.root.children():
        if node.kind() != "export_statement" or node.field("source") is not None:
            continue
        declared, value = node.field("declaration"), node.field("value")
        default = any(child.kind() == "default" for child in node.children())
        handed = value is not None and value.kind() == "identifier" and value.text() == name
        if handed or (
            declared is not None and any(_name(one) == name for one in _declared(declared))
        ):
            names["default" if default else name] = None
        for part in find_all(node, "export_specifier"):
            if _name(part) == name:
                label = part.field("alias") or part.field("name")
                names[label.text() if label is not None else name] = None
    return tuple(names)


def _declared(node: SgNode) -> list[SgNode]:
    listed = [one for one in node.children() if one.kind() == "variable_declarator"]
    return listed or [node]


def _name(node: SgNode) -> str:
    label = node.field("name")
    return label.text() if label is not None else ""


def reexports(module: Module) -> tuple[Reexport, ...]:
    """Return every name that the module re-exports with ``export … from``."""
    return tuple(one for node in module.root.children() for one in _reexported(node))


def _reexported(node: SgNode) -> Iterator[Reexport]:
    source = node.field("source") if node.kind() == "export_statement" else None
    if source is None:
        return
    parts = find_all(node, "export_specifier")
    for part in parts:
        name = _name(part)
        alias = part.field("alias")
        shown = alias.text() if alias is not None else name
        yield Reexport(shown, name, string_value(source), node, part)
    if not parts:
        yield Reexport("*", "*", string_value(source), node, node)


def barrels(
    snapshot: Snapshot, importers: Iterable[str], path: str, name: str
) -> tuple[tuple[Module, Reexport], ...]:
    """Return those of ``importers`` that re-export ``name`` of ``path`` by name, with the place."""
    loaded = (load(snapshot, importer) for importer in importers)
    return tuple(
        (module, one)
        for module in loaded
        if module is not None
        for one in reexports(module)
        if one.imported == name and resolve(snapshot, module.path, one.specifier) == path
    )


def stays_a_module(before: str, after: Module) -> str:
    """Return the text of ``after``; with ``export {}`` when it lost its last import and export.

    A file without either is a script: its names are everybody's, and it cannot be imported.
    """
    kinds = {node.kind() for node in after.root.children()}
    if kinds & {"import_statement", "export_statement"} or not _MODULE.search(
        before.removeprefix("\ufeff")
    ):
        return after.text
    newline = "\r\n" if "\r\n" in before else "\n"
    mark = ";" if ";" in before else ""
    order = "\ufeff" if after.text.startswith("\ufeff") else ""
    head = after.text.removeprefix(order).rstrip()
    return f"{order}{head}{newline * 2 if head else ''}export {{}}{mark}{newline}"
