"""Insert a statement that the text gives, before, after or inside what it names."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, line_end, line_start
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.operations.add_statement.anchors import (
    BEFORE,
    anchor_of,
    bracket_end,
)
from mendbook.fixes.instruction.operations.add_statement.placed import placed_edits
from mendbook.fixes.instruction.operations.add_statement.written import statement_told
from mendbook.fixes.instruction.places.scene import Scene, around
from mendbook.fixes.instruction.places.targets import scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import end, squeezed, start, text_of, walk
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import conditional, quoted_as_here, replaced
from mendbook.model import Operation
from mendbook.text.plain import one_line


def add_statement(work: Work, clause: Clause) -> StepEdits | None:
    """Insert the statement that the clause gives; None where it gives none."""
    scene = work.scene
    if (step := _conditioned(scene, clause)) is not None:
        return step
    code = statement_told(scene, clause)
    if code is None:
        return None
    edit, where = placed_edits(scene, clause, code)
    wanted = squeezed(code)
    if any(wanted == squeezed(one.text()) for one in _near(scene)):
        raise Abstain(f"`{one_line(code, 80)}` already stands there")
    operation = Operation.GUARD if code.startswith("if") else Operation.CALL
    edits = [edit, *_done_twice(scene, code)]
    return StepEdits(
        operation, f"add `{one_line(code, 80)}` {where}", edits_in(scene, edits), adds=(code,)
    )


def _done_twice(scene: Scene, code: str) -> list[Edit]:
    """Return what takes away the plain call that a new ``defer`` of it would repeat."""
    call = re.fullmatch(r"defer\s+(.+)", code, re.DOTALL)
    if call is None:
        return []
    plain = [one for one in _near(scene) if squeezed(one.text()) == squeezed(call[1])]
    if len(plain) > 1:
        raise Abstain(f"`{call[1]}` is called {len(plain)} times there, and would be called again")
    return [
        Edit(line_start(scene.text, start(one)), line_end(scene.text, end(one)), "")
        for one in plain
    ]


def _conditioned(scene: Scene, clause: Clause) -> StepEdits | None:
    """Return the edit that runs a call only under a condition: ``add if (C) guard before f()``."""
    tests = [one for one in clause.codes if re.match(r"if\s*\(.*\)$", one.text, re.DOTALL)]
    head = tests[0].text if len(tests) == 1 else ""
    if not head or bracket_end(head, head.index("(")) != len(head):
        return None
    where = clause.behind(*BEFORE, "around", "for", "to")
    target = clause.object if clause.verb is Verb.GUARD else where
    if target is None or clause.verb in {Verb.RETURN, Verb.THROW, Verb.REMOVE}:
        return None
    at = anchor_of(scene, clause, target, scopes_in(scene, clause, tests))
    if at is None or at.kind() != "expression_statement":
        return None
    if any(
        squeezed(text_of(one.field("condition"))) == squeezed(head[head.index("(") :])
        for one in at.ancestors()
        if one.kind() == "if_statement"
    ):
        raise Abstain("the call is guarded so already")
    lead = indent(scene.text, start(at))
    inner = quoted_as_here(scene, head[head.index("(") + 1 : -1])
    written = conditional(scene, inner, at.text()).replace("\n", f"\n{lead}")
    return StepEdits(
        Operation.GUARD,
        f"run `{one_line(at.text(), 80)}` only if `{inner}`",
        edits_in(scene, [replaced(at, written)]),
        adds=(f"if ({inner})",),
    )


def _near(scene: Scene) -> list[SgNode]:
    """Return the statements of the functions that the finding is about."""
    return [
        one
        for home in around(scene) or [scene.root]
        for one in walk(home)
        if one.is_named()
        and (parent := one.parent()) is not None
        and parent.kind() in scene.language.blocks
    ]
