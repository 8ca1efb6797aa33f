"""Modifiers of Java's fields and methods: all that a text names, where the language wants them."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import shown
from mendbook.fixes.instruction.operations.marks.modifiers import outside_class
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.told.java_usual import refuse_set_again
from mendbook.fixes.instruction.told.spoken import ARTICLES, ORDERS, spoken, words
from mendbook.fixes.instruction.tree.syntax import end, of_kinds, start, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Operation

_ORDER = ("public", "protected", "private", "abstract", "static", "final", "transient", "volatile",
          "synchronized", "native")  # fmt: skip
"""The modifiers in the order that Java's language specification gives."""
_ACCESS = frozenset({"public", "protected", "private"})
_WORDS = words(
    "modifier modifiers keyword keywords field variable constant both being not just only"
    " declared marked made turn"
)


def marked_all(work: Work, ask: Ask) -> StepEdits | None:
    """*Declare the logger private static final*: the field of that name, or of a type called so."""
    scene = work.scene
    fields = {_name(one): one for one in of_kinds(scene.root, ("field_declaration",)) if _name(one)}
    told = spoken(ask, lambda word: word in fields)
    codes = [part for one in told.codes for part in re.split(r"[\s,]+", one)]
    wanted = [one for one in _ORDER if one in (*told.words, *codes)]
    names = [one.removeprefix("this.") for one in codes if one not in _ORDER]
    words = [
        one for one in told.words if one not in (*_ORDER, *_WORDS) and one not in ARTICLES | ORDERS
    ]
    if not wanted or len(names) + len(words) != 1 or told.has("not", "only"):
        return None
    if not told.has(*ORDERS) and not any(one in ask.text.lower() for one in ("declare", "mark")):
        return None
    node = fields.get(names[0]) if names else _by_role(scene, words[0])
    if node is None:
        return None
    return _marked(scene, node, wanted)


def _by_role(scene: Scene, word: str) -> SgNode | None:
    """Return the one field whose type is called ``word``: the logger, the map, the lock."""
    kinds = [
        one
        for one in of_kinds(scene.root, ("field_declaration",))
        if text_of(one.field("type")).partition("<")[0].rpartition(".")[2].lower()
        in {word, f"{word}s"}
    ]
    near = [one for one in kinds if touches_quote(scene, one)]
    chosen = near if len(near) == 1 else kinds
    return chosen[0] if len(chosen) == 1 else None


def _marked(scene: Scene, node: SgNode, wanted: list[str]) -> StepEdits:
    typed, name = node.field("type"), _name(node)
    if typed is None:
        raise Abstain(f"{name} has no type")
    modifiers = next((one for one in node.children() if one.kind() == "modifiers"), None)
    words = (
        [one.text() for one in modifiers.children() if one.text() in _ORDER] if modifiers else []
    )
    new = [one for one in wanted if one not in words]
    if not new:
        raise Abstain(f"{name} is {' '.join(wanted)} already")
    access = [one for one in new if one in _ACCESS]
    if len(access) > 1:
        raise Abstain(f"{name} cannot be {' and '.join(access)}")
    kept = [one for one in words if not (access and one in _ACCESS)]
    both = [one for one in _ORDER if one in {*kept, *new}]
    if {"final", "volatile"} <= set(both) or "abstract" in new:
        raise Abstain(f"{name} cannot be {' '.join(both)}")
    if access == ["private"] and (outside := outside_class(scene, node)):
        raise Abstain(f"{name} is used at {shown(outside)}; it cannot be private")
    if "final" in new:
        refuse_set_again(scene, node, name)
    if "static" in new:
        _refuse_of_object(scene, node, name)
    first, last = _span(scene, node, modifiers, typed)
    edit = Edit(first, last, "".join(f"{one} " for one in both))
    said = f"make {name} {' '.join(both)}"
    return step_edits(scene, Operation.ANNOTATE, said, [edit], new)


def _span(scene: Scene, node: SgNode, modifiers: SgNode | None, typed: SgNode) -> tuple[int, int]:
    """Return where the modifiers of a field stand, its annotations left out."""
    plain = [one for one in modifiers.children() if one.text() in _ORDER] if modifiers else []
    if not plain:
        return start(typed), start(typed)
    between = scene.text[start(plain[0]) : start(typed)]
    if set(between.split()) - set(_ORDER):
        raise Abstain("an annotation stands among the modifiers")
    return start(plain[0]), start(typed)


def _refuse_of_object(scene: Scene, node: SgNode, name: str) -> None:
    """Raise ``Abstain`` where what a field is given, or whoever sets it, is of one object."""
    owner = node.parent()
    fields = of_kinds(owner, ("field_declaration",)) if owner is not None else []
    own = {_name(one) for one in fields if "static" not in text_of(one).partition("=")[0].split()}
    value = node.text().partition("=")[2]
    if not value:
        raise Abstain(f"{name} is given its value by a constructor, for each object")
    read = set(re.findall(r"(?<![\w.\"])[a-z]\w*(?!\w*\()", re.sub(r"\"[^\"]*\"", "", value)))
    if re.search(r"\bthis\b|getClass\(\)", value) or (read & own) - {name}:
        raise Abstain(f"what {name} is given is of one object")
    if end(node) and re.search(rf"\bthis\.{re.escape(name)}\s*=(?!=)", scene.text):
        raise Abstain(f"{name} is set for each object")


def _name(node: SgNode) -> str:
    held = [one for one in node.children() if one.kind() == "variable_declarator"]
    return text_of(held[0].field("name")) if len(held) == 1 else ""


JAVA_MODIFIERS = (marked_all,)
