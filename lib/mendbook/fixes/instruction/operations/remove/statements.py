"""Remove a branch or statements that call what the text names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, remove
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import called, hint_words, same_code, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import (
    call_name,
    callee_text,
    declarations,
    end,
    line,
    of_kinds,
    same,
    squeezed,
    start,
    statement_of,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation


def remove_branch(work: Work, clause: Clause) -> StepEdits | None:
    """Remove an ``if`` that its condition names."""
    scene = work.scene
    branch = next((one for one in clause.object.codes if _IF.match(one.text)), None)
    if branch is None:
        return None
    wanted = squeezed(_IF.sub("", branch.text.split("{")[0]).strip().rstrip(":"))
    bare = wanted.strip("()")
    branches = [
        one
        for one in of_kinds(scene.root, ("if_statement",))
        if squeezed(text_of(one.field("condition"))).strip("()").startswith(bare)
        or squeezed(one.text()).startswith(squeezed(re.sub(r"^else\s+", "", branch.text)))
    ]
    if branch.text.startswith("else"):
        branches = [one for one in branches if _is_else(one)]
    node = pick(scene, branches, clause, f"`{branch.text}`", scopes_in(scene, clause))[0]
    rest = node.field("alternative")
    if rest is not None and (edit := _chain_edit(scene, node, rest)) is not None:
        return _removal(scene, [edit], node)
    if rest is not None:
        raise Abstain("the branch has an else; which side stays is not said")
    parent = node.parent()
    if parent is not None and parent.kind() == "else_clause":
        return _removal(scene, [Edit(start(parent), end(parent), "")], node)
    return _removal(scene, [remove(scene.text, node)], node)


_IF = re.compile(r"^(?:else\s+)?if\b\s*")


def _is_else(node: SgNode) -> bool:
    parent = node.parent()
    return parent is not None and parent.kind() in {"else_clause", "if_statement"}


def _chain_edit(scene: Scene, node: SgNode, rest: SgNode) -> Edit | None:
    """Return the edit that takes one link out of ``if … else if … else``; None for another form.

    What comes behind the link takes its place; the head may only go where an ``if`` follows it.
    """
    if not scene.language.script:
        return None
    inner = rest.named_children()
    following = inner[0] if len(inner) == 1 else None
    if following is None:
        return None
    if _is_else(node) or following.kind() == "if_statement":
        return Edit(start(node), end(node), following.text())
    return None


def _removal(scene: Scene, edits: Sequence[Edit], node: SgNode) -> StepEdits:
    return StepEdits(
        Operation.REMOVE,
        f"remove `{' '.join(node.text().split())[:60]}`",
        edits_in(scene, edits),
        removes=(text_of(node.field("condition")) or node.text(),),
    )


def remove_statement(work: Work, clause: Clause) -> StepEdits | None:
    """Remove the statements that call what the text names, or that are the code it gives."""
    scene = work.scene
    codes = clause.object.codes
    speaks = {"line", "lines", "call", "calls", "statement", "statements"} & set(clause.words)
    if not codes and not speaks:
        return None
    statements: list[SgNode] = []
    for code in codes:
        statements += _statements(scene, code, bool(speaks))
    if not codes:
        calls = called(scene, clause.object)
        statements = [at for one in calls if (at := _own_statement(scene, one)) is not None]
    statements = _unique(statements)
    if not statements:
        return None
    bound = scopes_in(scene, clause, codes)
    picked = pick(scene, statements, clause, "the statement", bound, words=hint_words(clause))
    for one in picked:
        if text_of(one.field("value")) or "=" in one.text().split("(")[0]:
            raise Abstain(f"what line {line(one)} sets may be needed")
    return StepEdits(
        Operation.REMOVE,
        f"remove `{' '.join(picked[0].text().split())[:60]}`"
        + (f" and {len(picked) - 1} more" if len(picked) > 1 else ""),
        edits_in(scene, [_statement_edit(scene, one) for one in picked]),
        removes=tuple(_head(one) for one in picked),
    )


def _statement_edit(scene: Scene, statement: SgNode) -> Edit:
    edit = remove(scene.text, statement)
    body = statement.parent()
    if scene.language.python and body is not None and len(body.named_children()) == 1:
        return Edit(start(statement), end(statement), "pass")
    return edit


def _head(statement: SgNode) -> str:
    return statement.text().rstrip(";")


def _unique(nodes: Sequence[SgNode]) -> list[SgNode]:
    kept: list[SgNode] = []
    for one in nodes:
        if not any(same(one, other) for other in kept):
            kept.append(one)
    return kept


def _statements(scene: Scene, code: Fragment, speaks: bool) -> list[SgNode]:
    exact = [
        at for one in same_code(scene, code.text)
        if (at := _own_statement(scene, one)) is not None
    ]  # fmt: skip
    if exact and not speaks and code.shape is Shape.NAME:
        exact = _only_named(scene, exact, code.bare)
    if exact:
        return exact
    if code.shape in {Shape.NAME, Shape.CODE} and (speaks or code.text.endswith("()")):
        bare = code.bare
        calls = [
            one
            for one in of_kinds(scene.root, scene.language.calls)
            if callee_text(one) == bare
            or callee_text(one).endswith(f".{bare}")
            or call_name(one) == bare
        ]
        return [at for one in calls if (at := _own_statement(scene, one)) is not None]
    return []


def _only_named(scene: Scene, statements: Sequence[SgNode], name: str) -> list[SgNode]:
    """Return the statements that are no more than ``name``, which the file does not declare.

    *Remove `ping`* means what is called so, and not the ``yield ping`` of another function.
    """
    if declarations(scene.root, name, scene.language):
        return []
    return [one for one in statements if one.text().rstrip("; ") == name]


def _own_statement(scene: Scene, node: SgNode) -> SgNode | None:
    """Return the statement that is only ``node``, awaited or not."""
    at = statement_of(node, scene.language)
    if at.kind() not in {"expression_statement", "call_expression"} and not same(at, node):
        return at if same(at, node) else None
    inner = at
    while inner.named_children() and not same(inner, node):
        if len(inner.named_children()) != 1:
            return None
        inner = inner.named_children()[0]
    return at if same(inner, node) else None
