"""Another method in the place of one that is called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Fragment
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import callee, field, of_kinds, squeezed, text_of
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced


def method_edits(
    scene: Scene, clause: Clause, old: Fragment, new: Fragment, bound: Sequence[SgNode]
) -> tuple[list[Edit], str]:
    """Return the edits that call ``new`` where the method ``old`` is called, and its name."""
    before, after = (re.sub(r"\(.*$", "", one.text).strip("?.") for one in (old, new))
    calls = [
        one
        for one in of_kinds(scene.root, scene.language.calls)
        if (target := callee(one)) is not None
        and text_of(field(target, "property", "attribute", "field")) == before
    ]
    given = [re.sub(r"^[^(]*", "", one.text) for one in (old, new)]
    empty = {"", "(", "()"}
    if all(one not in empty and "..." not in one for one in given):
        calls = [
            one for one in calls if squeezed(text_of(one.field("arguments"))) == squeezed(given[0])
        ]
    nodes = pick(scene, calls, clause, f"`.{before}()`", bound, several=True)
    edits = []
    if given[1] not in empty and "..." not in given[1]:
        return [
            edit for one in nodes for edit in _one_method(scene, one, after, given[1])
        ], f"`{old.text}`"
    for one in nodes:
        label = field(callee(one) or one, "property", "attribute", "field")
        if label is not None:
            edits.append(replaced(label, after))
    return edits, f"`.{before}()`"


def _one_method(scene: Scene, call: SgNode, name: str, given: str) -> list[Edit]:
    """Return the edits that give a call another method and other arguments."""
    label = field(callee(call) or call, "property", "attribute", "field")
    listed = call.field("arguments")
    if label is None or listed is None:
        raise Abstain("the call has no arguments to replace")
    return [replaced(label, name), replaced(listed, quoted_as_here(scene, given))]
