"""Turn an ``assert`` of Python into a check that also holds under ``-O``."""

from __future__ import annotations

import re

from mendbook.code.edits import indent, step
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.clauses import Clause
from mendbook.fixes.instruction.editing import quoted_as_here, replaced
from mendbook.fixes.instruction.scene import begins_in_quote, pick
from mendbook.fixes.instruction.syntax import of_kinds, start
from mendbook.fixes.instruction.targets import scopes_in
from mendbook.fixes.instruction.verbs import Verb
from mendbook.fixes.instruction.work import Made, Work, edits_in
from mendbook.model import Operation

_PLAIN = re.compile(r"[\w.]+(?:\(.*\))?|[\w.]+\[.*\]", re.DOTALL)


def explicit_check(work: Work, clause: Clause) -> Made | None:
    """Replace an ``assert`` by ``if not …: raise``; None where the text names none."""
    scene = work.scene
    named = clause.object.has("assert", "assertion") or any(
        one.text.startswith("assert") for one in clause.object.codes
    )
    if not scene.language.python or not named or clause.verb not in {Verb.REPLACE, Verb.MARK}:
        return None
    raised = [
        hit[1]
        for one in clause.codes
        if (hit := re.match(r"(?:raise\s+)?([A-Z][\w.]*\(.*\))$", one.text, re.DOTALL))
    ]
    if len(raised) != 1:
        raise Abstain("which exception is raised is not said in code")
    found = of_kinds(scene.root, ("assert_statement",))
    near = [one for one in found if begins_in_quote(scene, one)]
    node = pick(scene, near or found, clause, "an assert", scopes_in(scene, clause))[0]
    condition = node.named_children()[0].text()
    negated = condition.removeprefix("not ") if condition.startswith("not ") else (
        f"not {condition}" if _PLAIN.fullmatch(condition) else f"not ({condition})"
    )  # fmt: skip
    lead = indent(scene.text, start(node))
    error = quoted_as_here(scene, raised[0])
    return Made(
        Operation.REPLACE,
        f"raise `{raised[0]}` unless `{condition}`",
        edits_in(scene, [replaced(node, f"if {negated}:\n{lead}{step(scene.text)}raise {error}")]),
        adds=(f"raise {error}",),
        removes=(node.text(),),
    )
