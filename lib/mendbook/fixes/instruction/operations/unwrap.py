"""Take away a level of nesting and keep what stands in it: a needless ``if`` or ``else``."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, line_start
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.pick import narrow, pick
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.places.targets import scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import (
    end,
    field,
    line,
    of_kinds,
    squeezed,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation

_NEEDLESS = ("unnecessary", "redundant", "superfluous", "needless", "useless", "unneeded", "extra")
_KEPT = ("wrapper", "keep", "keeping", "wrapping", "unwrap", "dedent", "nesting")
_EXITS = ("return_statement", "throw_statement", "raise_statement", "continue_statement",
          "break_statement")  # fmt: skip


def unwrap(work: Work, clause: Clause) -> StepEdits | None:
    """Remove an ``if`` around its body, or an ``else`` behind an exit; None for other removals."""
    step = _else(work.scene, clause) or _try(work, clause)
    if step is not None:
        return step
    head = next((one for one in clause.object.codes if re.match(r"if\b", one.text)), None)
    if head is None or not clause.has(*_KEPT):
        return None
    scene = work.scene
    wanted = squeezed(re.sub(r"^if\s*", "", head.text).rstrip(":{ ")).strip("()")
    statements = [
        one
        for one in of_kinds(scene.root, ("if_statement",))
        if squeezed(text_of(one.field("condition"))).strip("()") == wanted
    ]
    node = pick(scene, statements, clause, f"`{head.text}`", scopes_in(scene, clause))[0]
    if node.field("alternative") is not None:
        raise Abstain("the branch has an else; which side stays is not said")
    gone = f"if {text_of(node.field('condition'))}"
    return _unwrapped(scene, node, field(node, "consequence"), f"`{head.text}`", gone)


def _unwrapped(scene: Scene, node: SgNode, body: SgNode | None, said: str, gone: str) -> StepEdits:
    """Return the removal of a statement around ``body``, which stays in its place."""
    if body is None:
        raise Abstain(f"{said} has no body")
    return StepEdits(
        Operation.REMOVE,
        f"remove {said} of line {line(node)} and keep what stands in it",
        edits_in(scene, [_dedented(scene, node, body, start(node))]),
        removes=(gone,),
    )


def _else(scene: Scene, clause: Clause) -> StepEdits | None:
    named = clause.object.has("else") or any(one.text == "else" for one in clause.object.codes)
    after = clause.behind("after", "behind", "following")
    exits = after is not None and (
        after.has("return", "throw", "raise", "continue", "exit")
        or any(one.text in {"return", "throw", "raise", "continue"} for one in after.codes)
    )
    if not named or not (exits or clause.object.has(*_NEEDLESS)):
        return None
    statements = [one for one in of_kinds(scene.root, ("if_statement",)) if _is_needless(one)]
    near = narrow(scene, statements)
    held = [one for one in statements if touches_quote(scene, one)]
    node = pick(scene, held or near, clause, "an else behind an exit", scopes_in(scene, clause))[0]
    other = _alternative(node)
    body = field(other, "body") or next(iter(other.named_children()), None)
    first = field(node, "consequence")
    if body is None or first is None:
        raise Abstain("the else has no body")
    return StepEdits(
        Operation.REMOVE,
        f"remove the `else` of line {line(other)} and keep what stands in it",
        edits_in(scene, [_dedented(scene, other, body, start(node), end(first))]),
        removes=("else",),
    )


_TRY = re.compile(
    r"\btry(?:\s*(?:/|…|\.\.\.|-|and)\s*(?:catch|except))?\b|\b(?:catch|except)\b[^.;]*\b(?:re-?throw|re-?raise)",
    re.IGNORECASE,
)


def _try(work: Work, clause: Clause) -> StepEdits | None:
    """Remove a ``try`` whose handler only throws again what it caught, and keep its body."""
    scene = work.scene
    told = clause.text
    if clause.object.words in {("it",), ("this",)}:
        told = work.task.finding.fix
    if clause.verb is not Verb.REMOVE or clause.object.codes or not _TRY.search(told):
        return None
    statements = of_kinds(scene.root, ("try_statement",))
    held = [one for one in statements if touches_quote(scene, one)]
    bound = scopes_in(scene, clause)
    node = pick(scene, held or statements, clause, "a try statement", bound)[0]
    parts = [one for one in node.named_children() if one.kind() in _HANDLERS]
    if len(parts) != 1 or not _throws_again(parts[0]):
        raise Abstain("its handler does more than to throw again what it caught")
    return _unwrapped(scene, node, field(node, "body"), "the try", "try")


_HANDLERS = {"catch_clause", "except_clause", "finally_clause", "else_clause"}


def _throws_again(handler: SgNode) -> bool:
    """Tell whether all that a handler does is to throw again what it caught."""
    body = field(handler, "body") or next(
        (one for one in handler.named_children() if "block" in one.kind()), None
    )
    statements = _statements(body) if body is not None else []
    caught = re.match(r"(?:catch|except)\b[^({]*?(?:\(\s*(?:\w+\s+)?|\bas\s+)(\w+)", handler.text())
    name = caught[1] if caught is not None else ""
    thrown = (
        re.fullmatch(r"(?:throw|raise)(?:\s+(\w+))?\s*;?", statements[0].text())
        if (len(statements) == 1)
        else None
    )
    return thrown is not None and thrown[1] in {None, name}


def _alternative(node: SgNode) -> SgNode:
    other = node.field("alternative")
    if other is None:
        raise Abstain("there is no else")
    return other


def _is_needless(node: SgNode) -> bool:
    """Tell whether an ``if`` leaves by its one branch, so that its plain ``else`` says nothing."""
    body, other = field(node, "consequence"), node.field("alternative")
    if body is None or other is None or other.kind() != "else_clause":
        return False
    parent = node.parent()
    if parent is not None and parent.kind() in {"else_clause", "elif_clause"}:
        return False
    inner = field(other, "body") or next(iter(other.named_children()), None)
    statements = _statements(body)
    block = inner is not None and "block" in inner.kind()
    return block and bool(statements) and statements[-1].kind() in _EXITS


def _statements(body: SgNode) -> Sequence[SgNode]:
    inner = body.named_children() if "block" in body.kind() else [body]
    return [one for one in inner if "comment" not in one.kind()]


def _dedented(scene: Scene, gone: SgNode, body: SgNode, at: int, behind: int | None = None) -> Edit:
    """Return the edit that puts the statements of ``body`` where the node ``gone`` stands."""
    inner = list(body.named_children()) if "block" in body.kind() else [body]
    if not inner:
        raise Abstain("the branch has no body")
    lead = indent(scene.text, at)
    first = start(inner[0])
    begins = line_start(scene.text, first)
    last = end(inner[-1])
    if scene.text[last : last + 1] == ";":
        last += 1
    if scene.text[begins:first].strip():
        text = scene.text[first:last]
    else:
        text = textwrap.indent(textwrap.dedent(scene.text[begins:last]), lead)
    if ("`" in text and "\n" in text) or '"""' in text:
        raise Abstain("what stands in it has text of several lines, which must keep its layout")
    if behind is None:
        return Edit(line_start(scene.text, start(gone)), end(gone), text)
    return Edit(behind, end(gone), f"\n{text if text.startswith(lead) else lead + text}")
