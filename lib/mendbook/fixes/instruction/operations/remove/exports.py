"""Take names out of what a module exports."""

from __future__ import annotations

from mendbook.code.edits import Edit, remove
from mendbook.code.imports import cut_from_list
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.kept import why_kept
from mendbook.fixes.instruction.facts.together import together
from mendbook.fixes.instruction.facts.uses import shown, uses_outside
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import identifiers, object_property
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import (
    declarations,
    inside,
    name_of,
    of_kinds,
    same,
    start,
    text_of,
    whole,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Cause, Operation


def export_edits(scene: Scene, name: str) -> list[Edit]:
    """Return the edits that take ``name`` out of the lists of what the file exports."""
    edits = []
    for clause in of_kinds(scene.root, ("export_clause",)):
        parts = list(of_kinds(clause, ("export_specifier",)))
        mine = [one for one in parts if text_of(one.field("name")) == name]
        if mine and len(parts) == 1:
            statement = clause.parent()
            edits.append(remove(scene.text, statement or clause))
        elif mine:
            edits.append(cut_from_list(scene.text, mine[0]))
    for one in of_kinds(scene.root, ("assignment_expression",)):
        left, value = text_of(one.field("left")), one.field("right")
        if left == "module.exports" and value is not None and value.kind() == "object":
            part = object_property(value, name, scene.language)
            if part is not None:
                edits.append(cut_from_list(scene.text, part))
        elif left == f"exports.{name}":
            edits.append(remove(scene.text, one.parent() or one))
    return edits


def _is_export_of(clause: Clause) -> bool:
    """Tell whether what goes is *the export from X*, and not the export X itself."""
    own = clause.object
    behind = clause.behind("from", "of", "on")
    return (
        own.words in {("the", "export"), ("its", "export")}
        and not own.codes
        and (behind is not None and bool(behind.codes))
    )


def remove_export(work: Work, clause: Clause) -> StepEdits | None:
    """Take ``export`` from a declaration that only its own file uses."""
    scene = work.scene
    coded = any(one.text == "export" for one in clause.object.codes)
    said = coded or clause.word in {"unexport", "un-export"}
    keyword = said or clause.object.words[:1] == ("export",) or "keyword" in clause.words
    keyword = keyword or _is_export_of(clause)
    if not keyword or not (said or clause.has("export")) or not scene.language.script:
        return None
    names = [
        name
        for phrase in clause.phrases
        for name in [*(code.bare for code in phrase.codes if code.text != "export"),
                     *identifiers(phrase, scene)]
    ]  # fmt: skip
    nodes = [one for name in names[:1] for one in declarations(scene.root, name, scene.language)]
    node = pick(scene, nodes or list(scene.scopes), clause, "the export")[0]
    outer = whole(node)
    if outer.kind() != "export_statement":
        raise Abstain(f"{name_of(node)} is not exported by its declaration")
    if any(one.kind() == "default" for one in outer.children()):
        raise Abstain(f"{name_of(node)} is the default export")
    statements = scene.root.children()
    if not any(
        one.kind() in {"import_statement", "export_statement"} and not same(one, outer)
        for one in statements
    ):
        raise Abstain(f"{scene.path} would no longer be a module")
    parts = together(scene, node)
    used_at = uses_outside(work.task, scene, node, name_of(node))
    outside = [one for one in used_at if one.path != scene.path]
    if outside:
        used = f"{name_of(node)} is used at {shown(outside)}; its export stays"
        raise Abstain(used, cause=Cause.KEPT)
    kept = why_kept(work.task, scene, node, going=False)
    if kept := kept or work.task.lookup.taken(name_of(node), scene.path):
        raise Abstain(f"{kept}; its export stays", cause=Cause.KEPT)
    if all(any(one.node and inside(one.node, part) for part in parts) for one in used_at):
        raise Abstain(f"{name_of(node)} is used nowhere, so it is rather to be deleted")
    declared = outer.field("declaration")
    if declared is None:
        raise Abstain("the export has no declaration of its own")
    return StepEdits(
        Operation.REMOVE,
        f"remove `export` from {name_of(node)}",
        edits_in(
            scene,
            [
                Edit(start(one), start(inner), "")
                for one in parts
                if one.kind() == "export_statement" and (inner := one.field("declaration"))
            ],
        ),
        removes=("export",),
    )
