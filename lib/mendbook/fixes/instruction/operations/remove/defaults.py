"""Take the default off a parameter, or off a name that a pattern binds."""

from __future__ import annotations

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Unplaced
from mendbook.fixes.instruction.operations.remove.names import named
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.targets import identifiers, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import end, field, of_kinds, text_of
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation

_BOUND = ("default_parameter", "typed_default_parameter", "required_parameter",
          "optional_parameter", "assignment_pattern", "object_assignment_pattern")  # fmt: skip


def remove_default(work: Work, clause: Clause) -> StepEdits | None:
    """Remove the default of what the clause names; None where it speaks of no default."""
    whose = clause.behind("of", "for", "off", "from")
    if not clause.object.has("default", "defaults") or whose is None:
        return None
    scene = work.scene
    names = [one.bare for one in whose.codes] or identifiers(whose, scene) or named(scene, clause)
    defaults = [
        one
        for one in of_kinds(scene.root, _BOUND)
        if _name(one) in names and field(one, "value", "right") is not None
    ]
    if len(set(names)) != 1 or not defaults:
        raise Unplaced("whose default is to go is not clear")
    one = pick(
        scene, defaults, clause, f"a default of {names[0]}", scopes_in(scene, clause, whose.codes)
    )[0]
    kept = field(one, "type") or field(one, "pattern", "left", "name") or one
    return StepEdits(
        Operation.REMOVE,
        f"take the default off {names[0]}",
        edits_in(scene, [Edit(end(kept), end(one), "")]),
        removes=(one.text(),),
    )


def _name(bound: SgNode) -> str:
    return text_of(field(bound, "pattern", "left", "name"))
