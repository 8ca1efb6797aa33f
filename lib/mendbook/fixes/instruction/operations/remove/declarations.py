"""Remove a declaration that nothing uses any more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, remove, remove_all
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.kept import why_kept
from mendbook.fixes.instruction.facts.quiet import makes_a_value_only
from mendbook.fixes.instruction.facts.together import together
from mendbook.fixes.instruction.facts.uses import Use, shown, uses_outside
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.operations.remove.blocks import removal
from mendbook.fixes.instruction.operations.remove.companions import guarded_by
from mendbook.fixes.instruction.operations.remove.exports import export_edits
from mendbook.fixes.instruction.operations.remove.names import named
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import (
    declarations,
    field,
    inside,
    owner_of,
    same,
    statement_of,
    text_of,
    whole,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Cause, Operation

_WRITES = re.compile(
    r"\bwrit|\beverything\b|assign|\bupdat|increment|\bset[st]?\b|\ball\b.{0,20}\bcode\b", re.I
)


def remove_declaration(work: Work, clause: Clause) -> StepEdits | None:
    """Remove a function, class, type, constant or member that nothing uses any more."""
    scene = work.scene
    names = named(scene, clause)
    symbols = work.task.finding.symbols
    spoken = clause.object.has("it", "function", "method", "class", "interface", "type")
    if not names and not clause.object.codes and len(symbols) == 1 and spoken:
        name = symbols[0].rpartition(".")[2]
        is_quoted = any(begins_in_quote(scene, whole(one)) for one in _declared(scene, name))
        if not clause.object.has("it") or is_quoted or not scene.quotes:
            names = [name]
    pairs = [(name, _declared(scene, name)) for name in names]
    known = [(name, one) for name, one in pairs if one]
    if not known or (len(known) < len(names) and not clause.object.codes):
        return None
    if len(known) < len(names):
        lacking = [name for name, one in pairs if not one]
        raise Abstain(f"{lacking[0]} is not declared in {scene.path}")
    if any(_is_taken_out_of_a_value(scene, clause, one) for _, several in known for one in several):
        return None
    edits: list[Edit] = []
    removed: list[SgNode] = []
    for name, several in known:
        declared = pick(scene, several, clause, name)[0] if len(several) > 1 else several[0]
        removed.append(declared)
        edits += _declaration_edits(work, clause, declared, name, [one for _, one in pairs])
    return StepEdits(
        Operation.REMOVE,
        f"remove {', '.join(name for name, _ in known)}",
        edits_in(scene, dict.fromkeys(edits)),
        removes=tuple(name for name, _ in known),
        follows_up=("export", "uses", "import", "references", "writes"),
    )


def _is_taken_out_of_a_value(scene: Scene, clause: Clause, declared: SgNode) -> bool:
    """Tell whether a clause takes something out of a value when the program runs.

    *Delete the entry from `cache`* is no wish about the code of ``entry``, unless ``cache`` is what
    the entry stands in.
    """
    out_of = clause.behind("from", "out of")
    names = [one.bare for one in out_of.codes if one.shape is Shape.NAME] if out_of else []
    holders = [
        one
        for name in names
        for one in declarations(scene.root, name.rpartition(".")[2], scene.language)
        if not one.kind().startswith("import")
    ]
    return bool(holders) and not any(inside(declared, one) for one in holders)


def _declared(scene: Scene, name: str) -> list[SgNode]:
    """Return the declarations of ``name`` that may go as a whole."""
    declared = declarations(scene.root, name, scene.language)
    if len(declared) > 1 and len(together(scene, declared[0])) >= len(declared):
        declared = declared[:1]
    if scene.scopes and len(declared) > 1:
        declared = [
            one for one in declared if any(same(one, at) for at in scene.scopes)
        ] or declared
    return declared


def _declaration_edits(
    work: Work, clause: Clause, declared: SgNode, name: str, going: Sequence[Sequence[SgNode]]
) -> list[Edit]:
    scene = work.scene
    gone = [other for others in going for each in others for other in together(scene, each)]
    uses = [
        one
        for one in uses_outside(work.task, scene, declared, name)
        if one.path != scene.path
        or one.node is None
        or not any(inside(one.node, other) for other in gone)
    ]
    uses = [one for one in uses if not _is_own_member(scene, declared, one)]
    every = together(scene, declared)
    edits = remove_all(scene.text, every) if len(every) > 1 else [removal(scene, declared)]
    writes = _WRITES.search(clause.text) is not None
    member = _is_member(scene, declared)
    if uses and (writes or member) and all(one.path == scene.path for one in uses):
        statements = [_write(scene, one) for one in uses]
        if all(one is not None for one in statements) and writes:
            return [*edits, *(remove(scene.text, one) for one in statements if one is not None)]
    blocks = guarded_by(scene, clause, name, uses) if uses else []
    if uses and not blocks:
        raise Abstain(f"{name} is used at {shown(uses)}; it cannot go", cause=Cause.KEPT)
    edits += [remove(scene.text, one) for one in blocks]
    if kept := why_kept(work.task, scene, declared):
        raise Abstain(f"{kept}; it cannot go", cause=Cause.KEPT)
    return [*edits, *export_edits(scene, name)]


def _is_member(scene: Scene, declared: SgNode) -> bool:
    """Tell whether a declaration is reached through what holds it: a class, a type, an object."""
    held = scene.language.fields | {"method_definition"}
    return owner_of(declared, scene.language) is not None or declared.kind() in held


def _is_own_member(scene: Scene, declared: SgNode, use: Use) -> bool:
    """Tell whether a use is another member or a local of the same spelling."""
    if use.node is None or use.path != scene.path:
        return False
    parent = use.node.parent()
    if parent is None:
        return False
    if _is_member(scene, declared):
        accessed = (
            parent.kind() in {"member_expression", "attribute"}
            and text_of(field(parent, "property", "attribute")) == use.node.text()
        )
        return (
            not accessed
            and use.node.kind() in {"identifier", "type_identifier"}
            and not (scene.language.python and parent.kind() != "keyword_argument")
        )
    return use.node.kind() == "property_identifier" and parent.kind() == "member_expression"


def _write(scene: Scene, use: Use) -> SgNode | None:
    """Return the statement that only writes what is used, or None where it is read."""
    if use.node is None:
        return None
    statement = statement_of(use.node, scene.language)
    if statement.kind() != "expression_statement":
        return None
    inner = statement.named_children()[0]
    if inner.kind() not in {
        "assignment_expression", "augmented_assignment_expression", "update_expression",
        "assignment", "augmented_assignment",
    }:  # fmt: skip
        return None
    target = field(inner, "left", "argument") or inner
    value = inner.field("right")
    return (
        statement
        if inside(use.node, target) and (value is None or makes_a_value_only(value))
        else None
    )
