"""Add a setting to a schema of the environment, in its own style, and to the example file."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.operations.data_files import env_edit
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import inside, name_of, of_kinds, start, value_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import add_item
from mendbook.model import Operation

_DEFAULT = re.compile(r"\.default\(([^()]*)\)")


def add_setting(work: Work, clause: Clause) -> StepEdits | None:
    """Add ``KEY with default V``; None where the clause names no key and default."""
    names = [one for one in clause.object.codes if one.shape is Shape.NAME and one.text.isupper()]
    told = next((one for one in clause.phrases if one.has("default")), None)
    if len(names) != 1 or told is None or told.code is None:
        return None
    scene, key, value = work.scene, names[0].text, told.code.text
    holder = schema_of(scene)
    if any(name_of(one) == key for one in of_kinds(scene.root, scene.language.pairs)):
        raise Abstain(f"{scene.path} already has {key}")
    sibling = _sibling(scene, holder, value)
    written = _DEFAULT.sub(lambda match: f".default({value})", sibling)
    edits: list[tuple[str, Edit]] = [(scene.path, add_item(scene, holder, f"{key}: {written}"))]
    for phrase in clause.phrases:
        for code in phrase.codes:
            path = work.file(code.text) if code.shape is Shape.PATH else None
            if (
                path is not None
                and path != scene.path
                and path.rpartition("/")[2].startswith(".env")
            ):
                edits.append(env_edit(work.task, path, key, value.strip("'\"")))
    return StepEdits(
        Operation.ADD,
        f"add {key} with default {value}",
        tuple(edits),
        adds=(key,),
    )


def schema_of(scene: Scene) -> SgNode:
    """Return the innermost object literal that holds the quoted setting."""
    quoted = [
        one
        for one in of_kinds(scene.root, scene.language.objects)
        if any(start(one) <= a and b <= one.range().end.index for a, b in scene.quotes)
    ]
    inner = [one for one in quoted if not any(inside(o, one) and o is not one for o in quoted[1:])]
    objects = quoted[-1:] or inner
    if not objects:
        raise Abstain("the schema is not where the finding points")
    return objects[0]


def _sibling(scene: Scene, holder: SgNode, value: str) -> str:
    """Return the value of the setting that is most like the new one: same kind of default."""
    number = re.fullmatch(r"[\d_.]+", value) is not None
    alike = [
        text
        for one in holder.named_children()
        if one.kind() in scene.language.pairs and (node := value_of(one)) is not None
        and (match := _DEFAULT.search(text := node.text())) is not None
        and (re.fullmatch(r"[\d_.]+", match[1]) is not None) == number
    ]  # fmt: skip
    if not alike:
        raise Abstain("no setting of the same kind shows how it is written")
    return alike[-1]
