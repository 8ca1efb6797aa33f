"""The kinds of errors that an except clause catches."""

from __future__ import annotations

import re
import textwrap

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, step
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Fragment
from mendbook.fixes.instruction.operations.replace.sides import OLD_BEHIND
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import end, of_kinds, squeezed, start
from mendbook.fixes.instruction.work import StepEdits, edits_in
from mendbook.model import Operation


def caught_kinds(clause: Clause) -> str:
    """Return the kinds of errors that a clause tells to catch, with the name that it gives them.

    Empty for none. Raises ``Abstain`` where the clause has other code, so that no part is lost.
    """
    instead = {one for phrase in clause.all_behind(*OLD_BEHIND) for one in phrase.codes}
    named = [one for phrase in clause.all_behind("as") for one in phrase.codes]
    kinds = [
        one
        for one in clause.codes
        if one not in instead and re.fullmatch(r"[\w.]*(?:Error|Exception)|\([\w., ]+\)", one.text)
    ]
    left = [one for one in clause.codes if one not in {*instead, *named, *kinds}]
    if kinds and (left or len(named) > 1):
        raise Abstain(f"what is to become of `{(left or named)[0].text[:60]}` is not read")
    if len(kinds) > 1 and clause.has("separately", "apart", "own"):
        raise Abstain("what each of the handlers does is not said")
    caught = (
        f"({', '.join(one.text for one in kinds)})"
        if len(kinds) > 1
        else ("".join(one.text for one in kinds))
    )
    bound = [one.text for one in named if one.text.isidentifier() and one not in kinds]
    return f"{caught} as {bound[0]}" if caught and bound else caught


_SHOWN = re.compile(r"(?P<head>except\b[^:\n]*):(?P<body>\s*\n.*|[ \t]+\S.*)", re.DOTALL)


def _whole(scene: Scene, node: SgNode, head: str, body: str) -> StepEdits:
    """Return the edit that writes a handler which the text shows whole, over one that does little.

    Raises ``Abstain`` where the handler does more than what is shown, or than to pass over it.
    """
    held = next(one for one in node.children() if one.kind() == "block")
    kept = [
        one
        for one in held.named_children()
        if "comment" not in one.kind() and one.kind() != "pass_statement"
        and squeezed(one.text()) not in squeezed(body)
    ]  # fmt: skip
    if kept:
        raise Abstain(f"what is to become of `{kept[0].text()[:60]}` is not said")
    lead = indent(scene.text, start(node))
    rows = f"\n{lead}{step(scene.text)}".join(body.splitlines())
    text = f"{head}:\n{lead}{step(scene.text)}{rows}"
    return StepEdits(
        Operation.REPLACE,
        f"write `{head}:` with what it does",
        edits_in(scene, [Edit(start(node), end(held), text)]),
        adds=(head, *(row.strip() for row in body.splitlines() if row.strip())),
    )


def except_edit(scene: Scene, clause: Clause, new: Fragment) -> StepEdits:
    """Give the except clause that the text means the kinds that ``new`` catches."""
    clauses = of_kinds(scene.root, ("except_clause",))
    if clause.object.has("bare"):
        clauses = [one for one in clauses if re.match(r"except\s*:", one.text())]
    node = pick(scene, clauses, clause, "the except clause", scopes_in(scene, clause))[0]
    colon = next(one for one in node.children() if one.kind() == ":")
    if (shown := _SHOWN.fullmatch(new.text.strip())) is not None:
        return _whole(scene, node, shown["head"], textwrap.dedent(shown["body"]).strip())
    head = new.text.rstrip().rstrip(":")
    bound = re.search(r"\s+as\s+\w+\s*$", scene.text[start(node) : start(colon)])
    if bound is not None and " as " not in head:
        head += bound[0].rstrip()
    if squeezed(scene.text[start(node) : start(colon)]) == squeezed(head):
        raise Abstain(f"it already reads `{head}:`")
    return StepEdits(
        Operation.REPLACE,
        f"replace `{scene.text[start(node) : end(colon)]}` by `{head}:`",
        edits_in(scene, [Edit(start(node), start(colon), head)]),
        adds=(head,),
    )
