"""Members of JavaScript and TypeScript values: read though undeclared, or gone and still used."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code import trees
from mendbook.code.references.builtin import EVERYWHERE
from mendbook.code.references.index import Index
from mendbook.code.references.link import As, Linker
from mendbook.code.references.names import Target
from mendbook.code.references.outline import Site
from mendbook.code.references.type_shape import Shape
from mendbook.code.search import find_all
from mendbook.proving.binds.ecma_modules import Exports
from mendbook.proving.binds.ecma_names import Lines
from mendbook.proving.binds.fault import Fault

_OBJECT = """
constructor hasOwnProperty isPrototypeOf propertyIsEnumerable prototype toLocaleString valueOf name
length caller arguments message stack cause __proto__ default
"""
_INHERITED = frozenset(_OBJECT.split())
_LONG = 8
"""Length from which on a member's name is taken for its own, where its holder is not known."""


@dataclass(frozen=True, slots=True)
class Side:
    """One tree, with what can be asked of it."""

    index: Index
    linker: Linker
    exports: Exports


def member_faults(side: Side, path: str, lines: Lines) -> Iterator[Fault]:
    """Yield the members that new lines of ``path`` read of what declares no such member."""
    tree = side.index.tree(path)
    for node in find_all(tree.root, "member_expression"):
        name = node.field("property")
        if name is None or not lines.is_new(name.range().start.line):
            continue
        if name.kind() != "property_identifier" or name.text() in _INHERITED | EVERYWHERE:
            continue
        receiver = tree.inference.of(node.field("object"))
        if holder := _lacking(side, path, receiver, name.text()):
            line = name.range().start.line + 1
            yield Fault(path, line, f"{holder} has no {name.text()}")


def lost_members(before: Side, after: Side, edited: Collection[str]) -> Iterator[Fault]:
    """Yield the uses of members that the edit of ``edited`` took away."""
    gone = dict(_gone(before, after, edited))
    names = {target.name for target in gone}
    for path in after.index.mentions(names) if names else ():
        for site in after.index.sites(path, names):
            target = _lost(before, after, path, site, gone)
            if target is not None:
                what = f"uses {target.owner}.{target.name}, which {target.file} no longer has"
                yield Fault(path, site.line, what)


def _gone(before: Side, after: Side, edited: Collection[str]) -> Iterator[tuple[Target, bool]]:
    """Yield each member that is gone from a named type, and whether its name is nowhere else."""
    for path in edited:
        if not trees.is_source(path) or path not in before.index.snapshot:
            continue
        there = path in after.index.snapshot
        now = after.index.outline(path).types if there else {}
        computed = _computed(after.index, path) if now else frozenset()
        for key, kind in before.index.outline(path).types.items():
            if key.startswith("@") or key not in now or key in computed:
                continue
            for name in kind.members.keys() - now[key].members.keys():
                if name not in EVERYWHERE | _INHERITED and not _assigned(after, path, key, name):
                    yield Target(path, key, name), not _declared_anywhere(after.index, name)


def _computed(index: Index, path: str) -> frozenset[str]:
    """Return the type aliases whose members nobody wrote out, as of a schema."""
    first: dict[str, SgNode | None] = {}
    for alias in find_all(index.tree(path).root, "type_alias_declaration"):
        if (name := alias.field("name")) is not None:
            first.setdefault(name.text(), alias.field("value"))
    return frozenset(
        key for key, value in first.items() if value is not None and value.kind() != "object_type"
    )


def _lost(
    before: Side, after: Side, path: str, site: Site, gone: dict[Target, bool]
) -> Target | None:
    """Return the member that ``site`` meant before and that is gone, or None."""
    if site.receiver is None:
        return None
    now = after.linker.targets(path, site.receiver, site.name)
    mine = [target for target in gone if target.name == site.name]
    if now is not None:
        values = after.linker.values(path, site.receiver)
        of_it = any(
            (value.file, value.key) == (target.file, target.owner)
            for value in values
            for target in mine
        )
        lacks = of_it and _lacking(after, path, site.receiver, site.name)
        return mine[0] if lacks else None
    return next((one for one in mine if gone[one] and _related(before, path, one)), None)


def _related(side: Side, path: str, target: Target) -> bool:
    """Tell whether ``path`` can hold a value of the type that ``target`` is a member of."""
    distinct = len(target.name) >= _LONG or target.name.lower() != target.name
    if not distinct or path not in side.index.snapshot:
        return False
    return path == target.file or target.owner in side.index.snapshot.text(path)


def _declared_anywhere(index: Index, name: str) -> bool:
    return any(
        declared.name == name
        for path in index.mentions([name])
        for kind in index.outline(path).types.values()
        for declared in kind.members.values()
    )


def _lacking(side: Side, path: str, receiver: Shape, name: str) -> str:
    """Return what ``receiver`` is, in words, if it is known whole and has no member ``name``."""
    values = side.linker.values(path, receiver)
    if len(values) != 1:
        return ""
    value = values[0]
    if value.what is As.MODULE:
        return value.file if side.exports.of(value.file).has(name) is False else ""
    if value.what not in {As.INSTANCE, As.CLASS} or value.key.startswith("@"):
        return ""
    if not trees.is_source(value.file) or side.linker.targets(path, receiver, name):
        return ""
    return value.key if _is_whole(side, value.file, value.key, name, 0) else ""


def _is_whole(side: Side, path: str, key: str, name: str, depth: int) -> bool:
    """Tell whether all members of type ``key`` can be seen, and none is assigned as ``name``."""
    kind = side.index.outline(path).types.get(key)
    node = _type_node(side.index, path, key)
    if kind is None or node is None or depth > 8 or _is_open(node):
        return False
    if _assigned(side, path, key, name):
        return False
    for base in kind.bases:
        values = side.linker.values(path, base)
        if len(values) != 1 or values[0].what is not As.INSTANCE:
            return False
        if (values[0].file, values[0].key) == (path, key):
            return False
        if not _is_whole(side, values[0].file, values[0].key, name, depth + 1):
            return False
    return True


def _type_node(index: Index, path: str, key: str) -> SgNode | None:
    kinds = (*sorted(trees.CLASSES), "interface_declaration", "enum_declaration")
    nodes = [
        node
        for node in find_all(index.tree(path).root, *kinds)
        if (name := node.field("name")) is not None and name.text() == key
    ]
    return nodes[0] if len(nodes) == 1 else None


def _is_open(node: SgNode) -> bool:
    """Tell whether a type has members that are not written out."""
    body = node.field("body")
    signatures = find_all(node, "index_signature", "computed_property_name")
    direct = [one for one in signatures if body is not None and _parent_is(one, body)]
    spread = "Object.assign(this" in node.text() or "Object.defineProperty(this" in node.text()
    return bool(direct) or spread or body is None


def _parent_is(node: SgNode, body: SgNode) -> bool:
    for around in node.ancestors()[:2]:
        if around.range().start.index == body.range().start.index:
            return True
    return False


def _assigned(side: Side, path: str, key: str, name: str) -> bool:
    """Tell whether the file gives the type a member by assigning to it."""
    node = _type_node(side.index, path, key) if path in side.index.snapshot else None
    if node is None:
        return False
    typed = not trees.is_untyped(path)
    return not typed and any(
        one.text().endswith(f".{name}")
        for assignment in find_all(side.index.tree(path).root, "assignment_expression")
        if (one := assignment.field("left")) is not None
    )
