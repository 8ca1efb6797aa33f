"""Name the cause of an error that a handler raises: ``raise E(…) from exc``."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import end, of_kinds, start
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation

_HEAD = re.compile(r"except\s+(?P<what>[^:\n]+?)(?:\s+as\s+(?P<name>\w+))?\s*(?=:)")


def raise_from(work: Work, clause: Clause) -> StepEdits | None:
    """Append ``from e`` to the one raise that the clause means; None where it gives no cause."""
    causes = [re.fullmatch(r"from\s+([A-Za-z_]\w*)", one.text) for one in clause.codes]
    told = [one[1] for one in causes if one is not None]
    scene = work.scene
    if len(told) != 1 or not scene.language.python:
        return None
    words = {word for one in clause.phrases for word in one.spelled}
    names = words | {code.bare for code in clause.codes}
    raises = [
        (one, handler)
        for one in of_kinds(scene.root, ("raise_statement",))
        if one.named_children() and (handler := _handler(one)) is not None
    ]
    raises = [each for each in raises if _is_named(each[0], names)] or raises
    raises = [each for each in raises if _caught(each[1]) & names] or raises
    at = pick(scene, [one for one, _ in raises], clause, "a raise in a handler")[0]
    handler = next(each for one, each in raises if start(one) == start(at))
    if re.search(r"\sfrom\s+\w+$", at.text()):
        raise Abstain("the raise names its cause already")
    head = _HEAD.match(handler.text())
    if head is None:
        raise Abstain("the handler names no error to bind")
    edits: list[Edit] = []
    name = head["name"]
    if name is None:
        name = told[0]
        if spelled(handler, name, scene.language):
            raise Abstain(f"the name {name} is taken in the handler")
        edits.append(insert(start(handler) + head.end("what"), f" as {name}"))
    edits.append(insert(end(at), f" from {name}"))
    return StepEdits(
        Operation.REPLACE,
        f"raise it from {name}",
        edits_in(scene, edits),
        adds=(f"{at.text()} from {name}",),
    )


def _handler(node: SgNode) -> SgNode | None:
    return next((one for one in node.ancestors() if one.kind() == "except_clause"), None)


def _is_named(node: SgNode, names: set[str]) -> bool:
    match = re.match(r"raise\s+([\w.]+)", node.text())
    return match is not None and match[1].rpartition(".")[2] in names


def _caught(handler: SgNode) -> set[str]:
    head = _HEAD.match(handler.text())
    return set(re.findall(r"\w+", head["what"])) if head is not None else set()
