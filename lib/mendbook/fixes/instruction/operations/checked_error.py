"""Look at the error of a call of Go that a blank name throws away, and leave with it."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, insert, line_end, step
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.tree.syntax import end, field, function_around, of_kinds, start
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation

_KEEP = (
    r"(?:keep|check|handle|capture|take|look\s+at|test|assign|don't\s+(?:ignore|discard|drop)"
    r"|stop\s+(?:ignoring|discarding))"
)
_TOLD = re.compile(
    rf"{_KEEP}\s+(?:the|its|that|this)\s+(?:returned\s+)?(?:error|err|⟦err⟧)"
    r"(?:\s+(?:(?:returned\s+)?(?:of|from|by))\s+⟦\d+⟧)?(?:,|;|:)?\s+(?:and\s+)?(?:(?:if|when|unless)\s+(?:it|the\s+error|err)\s+(?:isn't|is\s+not|!=|is)\s+"
    r"nil,?\s+)?(?P<exit>return\b.*?|⟦\d+⟧)(?:\s+(?:if|when)\s+(?:it|the\s+error|err)\s+(?:isn't|is\s+not|!=)\s+"
    r"nil)?\.?",
    re.IGNORECASE | re.DOTALL,
)  # fmt: skip


_CHECK = re.compile(r"if\s+err\s*!=\s*nil\s*\{\s*(return\b[^{}\n;]*);?\s*\}")
"""The whole check, written out."""


def checked_error(work: Work) -> StepEdits | None:
    """Return the edit that names the error and leaves when there is one; None for another text.

    Raises ``Abstain`` where no one call throws its error away, or what is returned is not said.
    """
    scene = work.scene
    if scene.language.name != "go":
        return None
    masked, codes = scan(work.task.finding.fix.strip())
    told = _TOLD.fullmatch(re.sub(r"⟦(\d+)⟧", lambda one: _shown(one, codes), masked))
    if told is None:
        return None
    leaves = re.sub(r"⟦(\d+)⟧", lambda one: codes[int(one[1])].text, told["exit"]).strip(" .")
    if (inner := _CHECK.fullmatch(leaves)) is not None:
        leaves = inner[1].strip()
    elif "\n" in leaves or ":=" in leaves:
        return None
    leaves = leaves if leaves.startswith("return") else f"return {leaves}"
    if re.search(r"\b(?:it|error|the|early)\b", leaves):
        raise Abstain("what is returned with the error is not said")
    at, blank = _ignored(scene)
    holder = function_around(at, scene.language)
    taken = holder is not None and spelled(holder, "err", scene.language)
    if taken and all(one.text() == "_" for one in _left(at)):
        raise Abstain("whether `err` is declared there already is not certain")
    lead = indent(scene.text, start(at))
    check = f"{lead}if err != nil {{\n{lead}{step(scene.text)}{leaves}\n{lead}}}\n"
    edits = [Edit(start(blank), end(blank), "err"), insert(line_end(scene.text, end(at)), check)]
    return StepEdits(
        Operation.GUARD,
        f"keep the error, and `{leaves}` when there is one",
        edits_in(scene, edits),
        adds=(leaves, "err != nil"),
    )


def _shown(match: re.Match[str], codes: tuple[Fragment, ...]) -> str:
    return "err" if codes[int(match[1])].text == "err" else match[0]


def _left(at: SgNode) -> list[SgNode]:
    held = field(at, "left")
    return list(held.named_children()) if held is not None else []


def _ignored(scene: Scene) -> tuple[SgNode, SgNode]:
    """Return the quoted assignment whose last name is blank, and that name."""
    assignments = [
        (one, names[-1])
        for one in of_kinds(scene.root, ("short_var_declaration", "assignment_statement"))
        if touches_quote(scene, one) and (names := _left(one)) and names[-1].text() == "_"
    ]
    if len(assignments) != 1:
        raise Unplaced("which call throws its error away is not clear")
    at, blank = assignments[0]
    if at.kind() == "assignment_statement":
        raise Abstain("whether `err` is declared there already is not certain")
    return at, blank
