"""Rename an attribute that the methods of a Python class set: ``self._w = width``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.code.word_index import files_holding
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.built_names import BY_VARIABLE
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.language import language_of, parse
from mendbook.fixes.instruction.tree.syntax import (
    declarations,
    field,
    line,
    name_of,
    owner_of,
    same,
    start,
    text_of,
)
from mendbook.fixes.instruction.writing.editing import replaced

_OF_ITSELF = frozenset({"self", "cls"})
_EMPTY_BASES = frozenset({"object", "ABC", "Protocol", "Generic", "metaclass=ABCMeta"})


def attribute_edits(
    scene: Scene, clause: Clause, old: str, new: str
) -> list[tuple[str, Edit]] | None:
    """Return the edits that rename ``self.old`` in its class; None where no class sets it so.

    Raises ``Abstain`` where several classes may be meant, where the attribute is read from outside
    its class or by its text, or where the new name is taken.
    """
    if not scene.language.python or declarations(scene.root, old, scene.language):
        return None
    owners = _setting(scene.root, old)
    if not owners:
        return None
    named = [one for one in owners if name_of(one) in _words(clause)]
    owner = named[0] if named else pick(scene, _innermost(scene, owners), clause, f"self.{old}")[0]
    _refuse_taken(scene, owner, new)
    _refuse_unseen_bases(scene, owner, old)
    _refuse_outside(scene, owner, old)
    return [(scene.path, replaced(label, new)) for label in _own(scene, owner, old)]


def _words(clause: Clause) -> set[str]:
    return {word for one in clause.phrases for word in one.spelled} | {
        code.bare.partition(".")[0] for code in clause.codes
    }


def _innermost(scene: Scene, owners: list[SgNode]) -> list[SgNode]:
    """Return the classes around or in what the finding names; all where it names none of them."""
    around = [
        one
        for one in owners
        if any(same(one, at) or any(same(one, up) for up in at.ancestors()) for at in scene.scopes)
    ]
    return around or owners


def _setting(root: SgNode, name: str) -> list[SgNode]:
    """Return the classes whose methods assign ``self.name``."""
    owners: dict[int, SgNode] = {}
    for one in root.find_all(kind="assignment"):
        left = field(one, "left")
        if left is not None and left.text() == f"self.{name}":
            owner = next((up for up in one.ancestors() if up.kind() == "class_definition"), None)
            if owner is not None:
                owners.setdefault(start(owner), owner)
    return [*owners.values()]


def _labels(root: SgNode, name: str) -> Iterator[tuple[str, SgNode]]:
    """Yield the holder and the label of each attribute spelled ``name``."""
    for one in root.find_all(kind="attribute"):
        label = field(one, "attribute")
        if label is not None and label.text() == name:
            yield text_of(field(one, "object")), label


def _own(scene: Scene, owner: SgNode, name: str) -> list[SgNode]:
    return [
        label
        for holder, label in _labels(owner, name)
        if holder in _OF_ITSELF
        and (nearest := owner_of(label, scene.language)) is not None
        and same(nearest, owner)
    ]


def _refuse_taken(scene: Scene, owner: SgNode, new: str) -> None:
    declared = declarations(owner, new, scene.language)
    if declared or any(holder in _OF_ITSELF for holder, _ in _labels(owner, new)):
        raise Abstain(f"the name {new} is taken in {name_of(owner)}")


def _refuse_unseen_bases(scene: Scene, owner: SgNode, old: str) -> None:
    """Raise ``Abstain`` where a class that is not in the tree may read what its subclass sets."""
    for base in sorted(_bases(owner) - _EMPTY_BASES):
        declared = re.compile(rf"^\s*class\s+{re.escape(base)}\b", re.MULTILINE)
        files = files_holding(scene.task.snapshot, base)
        texts = (scene.task.snapshot.text(one) for one in files if one.endswith(".py"))
        if not declared.search(scene.text) and not any(declared.search(one) for one in texts):
            raise Abstain(f"{base}, which {name_of(owner)} is made of, may use {old}")


def _refuse_outside(scene: Scene, owner: SgNode, old: str) -> None:
    """Raise ``Abstain`` where something but the class itself may read its attribute."""
    told = re.compile(rf"(?<![\w\"'])(?P<mark>[\"']){re.escape(old)}(?P=mark)")
    for path in files_holding(scene.task.snapshot, old):
        language = language_of(path)
        if language is None or not language.python:
            continue
        text = scene.text if path == scene.path else scene.task.snapshot.text(path)
        root = scene.root if path == scene.path else parse(language, text)
        spelled_out = told.search(text)
        if spelled_out is not None and (BY_VARIABLE.search(text) or "__slots__" in text):
            at = text.count("\n", 0, spelled_out.start()) + 1
            raise Abstain(f"{path}:{at} names {old} as text; whether it is this one is unknown")
        for holder, label in _labels(root, old):
            home = owner_of(label, language)
            if holder in _OF_ITSELF and home is not None:
                if path == scene.path and same(home, owner):
                    continue
                if _is_alone(root, home, old) and not _are_kin(home, owner):
                    continue
            raise Abstain(f"{path}:{line(label)} uses {old}; whether it is this one is unknown")


def _is_alone(root: SgNode, home: SgNode, name: str) -> bool:
    """Tell whether a class sets an attribute of that name of its own."""
    return any(same(one, home) for one in _setting(root, name))


def _are_kin(one: SgNode, other: SgNode) -> bool:
    """Tell whether one of two classes names the other among its bases."""
    return name_of(other) in _bases(one) or name_of(one) in _bases(other)


def _bases(owner: SgNode) -> set[str]:
    listed = field(owner, "superclasses")
    named = listed.named_children() if listed is not None else []
    return {one.text().rpartition(".")[2].partition("[")[0] for one in named}
