"""Rename a method of a Python class, at its declaration and where the class uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.code.references.python.of_snapshot import python_search
from mendbook.code.word_index import files_holding
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.reached_unnamed import asked_of_itself
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.language import language_of, parse
from mendbook.fixes.instruction.tree.syntax import (
    field,
    function_around,
    is_keyword,
    line,
    name_of,
    of_kinds,
    same,
    start,
    text_of,
)
from mendbook.fixes.instruction.writing.editing import replaced

_ITSELF = re.compile(r"self|cls|type\((?:self|cls)\)|(?:self|cls)\.__class__|super\(\)")


def method_edits(
    scene: Scene, owner: SgNode, declared: SgNode, old: str, new: str
) -> list[tuple[str, Edit]]:
    """Return the edits of the method ``declared`` of the class ``owner``, whose uses are all in it.

    Raises ``Abstain`` for a field, which its class may be given by name, where another class of its
    family has the method, and where a text or another object may mean it.
    """
    if declared.kind() != "function_definition":
        raise Abstain(f"{old} is a field of {name_of(owner)}, which may be given by its name")
    if reason := asked_of_itself(owner, old):
        raise Abstain(f"{reason}; its name stays")
    _refuse_kin(scene, name_of(owner), old)
    label = declared.field("name")
    edits = [(scene.path, replaced(label, new))] if label is not None else []
    edits += [(scene.path, replaced(one, new)) for one in _own(scene, owner, old, label)]
    return [*edits, *_in_texts(scene, name_of(owner), old, new)]


def _own(scene: Scene, owner: SgNode, old: str, label: SgNode | None) -> Iterator[SgNode]:
    """Yield the identifiers in the class that mean its method."""
    for one in spelled(owner, old, scene.language):
        parent = one.parent()
        if parent is None or (label is not None and same(label, one)):
            continue
        member = field(parent, "attribute") if parent.kind() == "attribute" else None
        if member is not None and same(member, one):
            of = text_of(field(parent, "object"))
            if not _ITSELF.fullmatch(of) and of != name_of(owner):
                raise Abstain(f"{of}.{old} at line {line(one)} may be of another class")
            yield one
        elif function_around(one, scene.language) is None and not is_keyword(one, parent):
            yield one  # in the body of the class, which reads its own names


def _refuse_kin(scene: Scene, owner: str, old: str) -> None:
    """Raise ``Abstain`` where a base or an heir of the class has the method as well."""
    search = python_search(scene.task.snapshot)
    mine = set(search.lineage(scene.path, owner))
    for subject in search.defined(old):
        at = (subject.file, subject.defined.owner)
        if not at[1] or at == (scene.path, owner):
            continue
        if at in mine or (scene.path, owner) in search.lineage(*at):
            raise Abstain(f"{at[1]} has {old}, too, and is of one family with {owner}")


def _in_texts(scene: Scene, owner: str, old: str, new: str) -> Iterator[tuple[str, Edit]]:
    """Yield the edits of the texts that name the method behind its class; raise for one alone."""
    tree = scene.task.snapshot
    whole = re.compile(rf"(?<![\w])(?:\w+\.)*{re.escape(owner)}\.(?P<name>{re.escape(old)})(?!\w)")
    for path in files_holding(tree, old):
        language = language_of(path)
        if language is None or not language.python:
            continue
        text = tree.text(path)
        for one in of_kinds(parse(language, text), ("string",), language):
            said = one.text().strip("\"'")
            if said == old and (path == scene.path or owner in text) and not _is_key(one):
                raise Abstain(f"{path}:{line(one)} says {old} as a text, which may mean it")
            for match in whole.finditer(one.text()) if " " not in said else ():
                at = start(one) + match.start("name")
                yield path, Edit(at, at + len(old), new)


def _is_key(one: SgNode) -> bool:
    """Tell whether a text is a key of a dictionary."""
    holder = one.parent()
    if holder is None:
        return False
    key = holder.field("key") if holder.kind() == "pair" else None
    return holder.kind() == "subscript" or (key is not None and same(key, one))
