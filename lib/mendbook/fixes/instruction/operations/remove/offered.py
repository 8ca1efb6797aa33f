"""Take a name out of ``__all__``, which lists what a module of Python offers."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.word_index import files_holding
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import identifiers
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import of_kinds, text_of
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import drop_item
from mendbook.model import Cause, Operation

_ALL = "__all__"
_STAR = re.compile(r"^\s*from\s+[\w.]+\s+import\s+\(?\s*\*", re.MULTILINE)


def remove_offered(work: Work, clause: Clause) -> StepEdits | None:
    """Take the name that the clause gives out of ``__all__``; None where it speaks of no such list.

    Raises ``Abstain`` where the list does not hold it, and where a file that imports all may take
    it from there.
    """
    scene = work.scene
    place = clause.behind("from", "in", "of")
    listed = place is not None and any(_ALL in {one.text, *place.words} for one in place.codes)
    listed = listed or (place is not None and place.has(_ALL))
    if not scene.language.python or not listed:
        return None
    names = [one.bare.strip("'\"") for one in clause.object.codes] or identifiers(
        clause.object, scene
    )
    if len(names) != 1:
        raise Abstain(f"what goes out of {_ALL} is not said by one name")
    items = [one for one in _items(scene) if one.text().strip("'\"") == names[0]]
    if len(items) != 1:
        raise Abstain(f"{names[0]} does not stand in {_ALL} of {scene.path}")
    for path in files_holding(work.task.snapshot, names[0]):
        if path != scene.path and _STAR.search(work.task.snapshot.text(path)):
            taken = f"{path} imports all that a module offers, and may take {names[0]} so"
            raise Abstain(taken, cause=Cause.KEPT)
    return StepEdits(
        Operation.REMOVE,
        f"take {names[0]} out of `{_ALL}`",
        edits_in(scene, [drop_item(scene, items[0])]),
        removes=(items[0].text(),),
    )


def _items(scene: Scene) -> list[SgNode]:
    """Return the texts that a list or tuple assigned to ``__all__`` holds."""
    return [
        item
        for one in of_kinds(scene.root, ("assignment",))
        if text_of(one.field("left")) == _ALL and (value := one.field("right")) is not None
        and value.kind() in {"list", "tuple"}
        for item in value.named_children()
        if item.kind() == "string"
    ]  # fmt: skip
