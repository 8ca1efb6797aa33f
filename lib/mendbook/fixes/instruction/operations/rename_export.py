"""Rename what a module of TypeScript or JavaScript declares, at every place that means it."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, replace, start
from mendbook.code.references.declaring import declaring
from mendbook.code.references.scope import declared_by
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.operations.named_by_text import refuse_said_export
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.language import language_of, parse
from mendbook.fixes.instruction.tree.syntax import field, of_kinds
from mendbook.fixes.instruction.work import Work
from mendbook.model import SymbolStatus

_LOADS = re.compile(r"\b(?:import|require|mock|doMock|importActual|requireActual)\s*\(")
_COMMON = re.compile(r"\brequire\s*\(|\bexports\b")
_SHORT = {"shorthand_property_identifier", "shorthand_property_identifier_pattern"}
_NAMES = _SHORT | {"identifier", "type_identifier", "property_identifier", "jsx_identifier"}


def rename_export(work: Work, scene: Scene, old: str, new: str) -> list[tuple[str, Edit]] | None:
    """Return the edits of every use that the references find; None where they know none.

    Raises ``Abstain`` where a file may reach the name in another way.
    """
    statements = declaring(scene.root, old)
    uses = work.task.lookup.uses(old, scene.path)
    if not statements or uses.status is not SymbolStatus.RESOLVED:
        return None
    places: dict[str, set[int]] = {scene.path: set()}
    for statement in statements:
        for bound in declared_by(statement):
            if bound.name.text() == old:
                places[scene.path].add(start(bound.name))
    for one in uses.references:
        text = work.task.snapshot.get(one.file) or ""
        places.setdefault(one.file, set()).add(offset_of(text, one.line, one.column))
    _refuse_loads(work, scene, old, places)
    refuse_said_export(work.task, old)
    if _is_global(scene) and (used := work.task.lookup.imported(old, scene.path)):
        raise Abstain(f"{used}; its name stays")
    return [
        (path, edit)
        for path, offsets in places.items()
        for edit in _in_file(work, path, offsets, old, new)
    ]


def _is_global(scene: Scene) -> bool:
    """Tell whether a file is no module, so that what it declares is known everywhere."""
    kinds = {one.kind() for one in scene.root.named_children()}
    return not kinds & {"import_statement", "export_statement"} and not _COMMON.search(scene.text)


def offset_of(text: str, line: int, column: int) -> int:
    """Return the index in ``text`` of a place, both counted from 1."""
    rows = text.split("\n")
    return sum(len(row) + 1 for row in rows[: line - 1]) + column - 1


def _in_file(work: Work, path: str, offsets: set[int], old: str, new: str) -> list[Edit]:
    language, text = language_of(path), work.task.snapshot.text(path)
    if language is None:
        raise Abstain(f"{old} is used at {path}, which cannot be read")
    names = {start(one): one for one in of_kinds(parse(language, text), _NAMES, language)}
    nodes: dict[int, SgNode] = {}
    for at in sorted(offsets):
        if at not in names:
            line = text.count("\n", 0, at) + 1
            raise Abstain(f"{old} is used at {path}:{line}, which cannot be read")
        for one in _spelling(names[at], old):
            nodes[start(one)] = one
    bare = [one for one in nodes.values() if one.kind() in {"identifier", "type_identifier"}]
    return [_written(one, old, new, len(bare)) for one in nodes.values()]


def _spelling(node: SgNode, old: str) -> list[SgNode]:
    """Return where the name is spelled at a use: beside an alias, and at both ends of a tag."""
    parent = node.parent()
    if node.text() != old:
        label = field(parent, "name", "key") if parent is not None else None
        aliased = parent is not None and parent.kind() in _ALIASED
        return [label] if aliased and label is not None and label.text() == old else []
    if parent is None or parent.kind() != "jsx_opening_element":
        return [node]
    whole = parent.parent()
    closing = whole.field("close_tag") if whole is not None else None
    label = closing.field("name") if closing is not None else None
    return [node, label] if label is not None and label.text() == old else [node]


_ALIASED = {"import_specifier", "export_specifier", "pair_pattern"}


def _written(node: SgNode, old: str, new: str, bare: int) -> Edit:
    """Return the edit of one use; a name taken out of an object keeps it where nothing uses it."""
    if node.kind() == "shorthand_property_identifier" and not _is_exported(node):
        return replace(node, f"{old}: {new}")
    if node.kind() == "shorthand_property_identifier_pattern" and not bare:
        return replace(node, f"{new}: {old}")
    return replace(node, new)


def _is_exported(node: SgNode) -> bool:
    """Tell whether a name stands in ``module.exports = { … }``, and is what others take."""
    whole = node.parent()
    outer = whole.parent() if whole is not None else None
    left = outer.field("left") if outer is not None else None
    return left is not None and left.text() in {"module.exports", "exports"}


def _refuse_loads(work: Work, scene: Scene, old: str, places: dict[str, set[int]]) -> None:
    """Raise ``Abstain`` where a file that loads the module at run time spells the name as well."""
    word = re.compile(rf"(?<![\w$]){re.escape(old)}(?![\w$])")
    stem = scene.path.rpartition("/")[2].rpartition(".")[0]
    for path in work.task.lookup.importers(scene.path):
        text = work.task.snapshot.get(path) or ""
        if not _LOADS.search(text) or stem not in text:
            continue
        for match in word.finditer(text):
            if match.start() not in places.get(path, set()):
                line = text.count("\n", 0, match.start()) + 1
                raise Abstain(f"{old} may be meant at {path}:{line}")
