"""Read a file of the snapshot as a module: its tree, its imports, and what they mean."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from ast_grep_py import SgNode

from mendbook.code.modules import modules_of
from mendbook.code.search import find_all
from mendbook.code.trees import is_source, parse
from mendbook.repository.snapshot import Snapshot

NAMES = ("identifier", "type_identifier", "shorthand_property_identifier")


@dataclass(frozen=True, slots=True)
class Module:
    """One source file: path, text, and syntax tree."""

    path: str
    text: str
    root: SgNode


@dataclass(frozen=True, slots=True)
class Import:
    """One name that a module imports; ``node`` is its import statement."""

    local: str
    imported: str
    """``default`` or ``*`` for a default or namespace import."""
    specifier: str
    type_only: bool
    node: SgNode
    part: SgNode
    """The specifier, or the identifier, inside the statement."""


def load(snapshot: Snapshot, path: str) -> Module | None:
    """Return the module at ``path``, or None when it is not a source file of the snapshot."""
    text = snapshot.get(path)
    return Module(path, text, parse(path, text)) if text is not None and is_source(path) else None


def modules(snapshot: Snapshot, containing: str) -> Iterator[Module]:
    """Yield every source file whose text contains ``containing``, in path order."""
    for path in snapshot.files:
        if is_source(path) and containing in snapshot.text(path):
            yield Module(path, snapshot.text(path), parse(path, snapshot.text(path)))


def string_value(node: SgNode) -> str:
    """Return what a string literal says, escapes as written."""
    return node.text()[1:-1]


def imports(module: Module) -> tuple[Import, ...]:
    """Return every name that the module imports, in order."""
    return tuple(
        name
        for node in module.root.children()
        if node.kind() == "import_statement"
        for name in _names(node)
    )


def _names(node: SgNode) -> Iterator[Import]:
    source = node.field("source")
    clause = next((child for child in node.children() if child.kind() == "import_clause"), None)
    if source is None or clause is None:
        return
    type_only = any(child.kind() == "type" for child in node.children())
    for part in clause.named_children():
        if part.kind() == "identifier":
            yield Import(part.text(), "default", string_value(source), type_only, node, part)
        elif part.kind() == "namespace_import":
            name = part.named_children()[0].text()
            yield Import(name, "*", string_value(source), type_only, node, part)
        for one in find_all(part, "import_specifier"):
            name = _field_text(one, "name")
            local = _field_text(one, "alias") or name
            typed = type_only or any(child.kind() == "type" for child in one.children())
            yield Import(local, name, string_value(source), typed, node, one)


def _field_text(node: SgNode, name: str) -> str:
    child = node.field(name)
    return child.text() if child is not None else ""


def imported(module: Module, local: str) -> Import | None:
    """Return the import that binds ``local``, or None."""
    return next((one for one in imports(module) if one.local == local), None)


def uses(scope: SgNode, name: str) -> list[SgNode]:
    """Return the identifiers spelled ``name`` in ``scope``, but for those in import statements.

    Property names are not identifiers: ``a.name`` and ``{ name: 1 }`` do not count.
    """
    identifiers = [
        node
        for kind in NAMES
        for node in find_all(scope, kind, regex=f"^{re.escape(name)}$")
        if all(outer.kind() != "import_statement" for outer in node.ancestors())
    ]
    return sorted(identifiers, key=lambda node: node.range().start.index)


def specifier_for(snapshot: Snapshot, module: Module, target: str) -> str:
    """Return how ``module`` spells an import of ``target``: by alias or relative, as it does."""
    ending = _ending(module, snapshot)
    stem = str(PurePosixPath(target).with_suffix(""))
    for prefix, folder in modules_of(snapshot).prefixes(module.path):
        spelled = any(one.specifier.startswith(prefix) for one in imports(module))
        if spelled and stem.startswith(folder):
            return prefix + stem.removeprefix(folder) + ending
    relative = posixpath.relpath(stem, posixpath.dirname(module.path) or ".")
    return (relative if relative.startswith(".") else f"./{relative}") + ending


def _ending(module: Module, snapshot: Snapshot) -> str:
    """Return the suffix that a module spells in its imports, else the one of its neighbours."""
    local = [one.specifier for one in imports(module) if one.specifier.startswith((".", "@/", "~"))]
    exported = [
        string_value(node)
        for node in module.root.find_all(kind="string", inside={"kind": "export_statement"})
        if node.text()[1:2] == "."
    ]
    paths = [*local, *exported] or [
        one.specifier for one in imports(module) if "/" in one.specifier
    ]
    paths = paths or _spelled_beside(module, snapshot)
    if not paths:
        return ".js" if _names_files(module.path, snapshot) else ""
    return ".js" if any(one.endswith(".js") for one in paths) else ""


def _names_files(path: str, snapshot: Snapshot) -> bool:
    """Tell whether an import in ``path`` names a whole file, as Node's own modules must.

    What holds JSX is built, and so is an ``import`` in a package that is none of modules.
    """
    package = next(modules_of(snapshot).packages.around(path), None)
    if path.endswith((".jsx", ".tsx")):
        return False
    plain = package is not None and package.manifest.get("type") != "module"
    return not (path.endswith(".js") and plain)


def _spelled_beside(module: Module, snapshot: Snapshot) -> list[str]:
    """Return the relative imports of the files that share the module's first folder."""
    top = module.path.partition("/")[0] + "/"
    return [
        told
        for path in snapshot.files
        if path.startswith(top) and path.endswith(_SCRIPTS)
        for told in _RELATIVE.findall(snapshot.text(path))
    ]


_SCRIPTS = (".js", ".jsx", ".ts", ".tsx", ".mjs")
_RELATIVE = re.compile(r"^\ufeff?(?:import|export)\b[^'\"]*['\"](\.[^'\"]*)['\"]", re.MULTILINE)


def parse_text(path: str, text: str) -> Module:
    """Return ``text`` as the module it would be at ``path``."""
    return Module(path, text, parse(path, text))
