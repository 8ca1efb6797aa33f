"""Give a chain of conditions an ``else``: *add an else branch that raises*."""

from __future__ import annotations

from ast_grep_py import SgNode

from mendbook.code.edits import indent, insert, step
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import touches_quote
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import end, inside, of_kinds, same, start
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import quoted_as_here, semicolon
from mendbook.model import Operation


def add_else(work: Work, clause: Clause) -> StepEdits | None:
    """Append an ``else`` that does what the clause gives; None where it asks for none."""
    if not clause.object.has("else") or clause.object.codes:
        return None
    given = clause.all_behind(":", "that", "with", "(", "to")
    codes = [one for each in given for one in each.codes]
    codes = [one for one in codes if one.shape in {Shape.STATEMENT, Shape.CODE, Shape.ASSIGNMENT}]
    if len(codes) != 1:
        return None
    scene = work.scene
    chains = [one for one in of_kinds(scene.root, ("if_statement",)) if not _is_part(one)]
    quoted = [one for one in chains if touches_quote(scene, one)]
    inner = [one for one in quoted if not any(inside(o, one) and not same(o, one) for o in quoted)]
    at = pick(scene, inner or chains, clause, "an if")[0]
    if _ends_in_else(at):
        raise Abstain("the conditions have an else already")
    lead, code = indent(scene.text, start(at)), quoted_as_here(scene, codes[0].text.rstrip(";"))
    inner_lead = lead + step(scene.text)
    if scene.language.python:
        text = f"\n{lead}else:\n{inner_lead}{code}"
    else:
        ended = f"{code}{semicolon(scene)}" if scene.language.semicolons else code
        text = f" else {{\n{inner_lead}{ended}\n{lead}}}"
    return StepEdits(
        Operation.ADD,
        f"add an else that does `{code}`",
        edits_in(scene, [insert(end(at), text)]),
        adds=(code,),
    )


def _is_part(node: SgNode) -> bool:
    """Tell whether an ``if`` is the ``else if`` of another."""
    holder = node.parent()
    return holder is not None and holder.kind() in {"else_clause", "if_statement"}


def _ends_in_else(chain: SgNode) -> bool:
    """Tell whether the last branch of a chain hangs on no condition."""
    branches = [one for one in chain.children() if one.kind() in {"else_clause", "elif_clause"}]
    last = branches[-1] if branches else chain.field("alternative")
    if last is None or last.kind() == "elif_clause":
        return False
    deeper = last if last.kind() == "if_statement" else None
    if last.kind() == "else_clause" and chain.kind() == "if_statement":
        deeper = next((one for one in last.named_children() if one.kind() == "if_statement"), None)
    return deeper is None or _ends_in_else(deeper)
