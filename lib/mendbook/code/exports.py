"""Read what a module exports, and who imports it by name, through barrels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.module_text import Module, imports, modules, string_value
from mendbook.code.modules import resolve
from mendbook.code.search import find_all
from mendbook.repository.snapshot import Snapshot


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
    found: dict[str, SgNode] = {}
    for node in module.root.children():
        if node.kind() != "export_statement" or node.field("source") is not None:
            continue
        declared = node.field("declaration")
        if declared is not None:
            found |= {_name(one): one for one in _declared(declared) if _name(one)}
        for part in find_all(node, "export_specifier"):
            label = part.field("alias") or part.field("name")
            if label is not None:
                found[label.text()] = part
    return found


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


def importers(snapshot: Snapshot, path: str, name: str) -> tuple[str, ...]:
    """Return the files that import ``name`` from ``path``, through re-exports too, sorted.

    A namespace, a dynamic import or a ``require`` of the file counts as an import of every name.
    """
    seen: set[tuple[str, str]] = set()
    found: set[str] = set()
    queue = [(path, name)]
    while queue:
        item = queue.pop()
        if item in seen:
            continue
        seen.add(item)
        for module in _mentioning(snapshot, item[0]):
            if _imports(snapshot, module, *item):
                found.add(module.path)
            queue += _handed_on(snapshot, module, *item)
    return tuple(sorted(found))


def _mentioning(snapshot: Snapshot, path: str) -> Iterator[Module]:
    parts = path.rsplit(".", 1)[0].split("/")
    stem = parts[-2] if parts[-1] == "index" and len(parts) > 1 else parts[-1]
    if parts[-1] == "index":
        yield from (one for one in modules(snapshot, "") if one.path != path)
    else:
        yield from (one for one in modules(snapshot, stem) if one.path != path)


def _imports(snapshot: Snapshot, module: Module, path: str, name: str) -> bool:
    if any(
        one.imported in {name, "*"} and resolve(snapshot, module.path, one.specifier) == path
        for one in imports(module)
    ):
        return True
    calls = module.root.find_all(
        kind="call_expression", regex=r"^(import|require|vi\.importActual)\b"
    )
    return any(
        resolve(snapshot, module.path, string_value(text)) == path
        for call in calls
        for text in find_all(call, "string")
    )


def _handed_on(
    snapshot: Snapshot, module: Module, path: str, name: str
) -> Iterator[tuple[str, str]]:
    for one in reexports(module):
        same = one.imported in {name, "*"}
        if same and resolve(snapshot, module.path, one.specifier) == path:
            yield module.path, name if one.exported == "*" else one.exported


def barrels(snapshot: Snapshot, path: str, name: str) -> tuple[tuple[Module, Reexport], ...]:
    """Return the modules that re-export ``name`` of ``path`` by name, with the place."""
    return tuple(
        (module, one)
        for module in _mentioning(snapshot, path)
        for one in reexports(module)
        if one.imported == name and resolve(snapshot, module.path, one.specifier) == path
    )


def is_published(snapshot: Snapshot) -> bool:
    """Tell whether ``package.json`` offers the code to others: an entry, and not private."""
    manifest = snapshot.get("package.json") or ""
    offered = re.search(r'"(main|module|exports|types)"\s*:', manifest)
    return bool(offered) and not re.search(r'"private"\s*:\s*true', manifest)
