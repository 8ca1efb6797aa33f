"""Log lines of one method that go, as many as the text counts; those of others stay."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import remove
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.script.roles.heard import heard, home_of, is_of_route
from mendbook.fixes.instruction.tree.syntax import callee_text, of_kinds
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Operation

_GO = {
    "any", "away", "clear", "cut", "delete", "deleted", "disappear", "drop", "dropped", "erase",
    "get", "go", "goes", "gone", "more", "no", "out", "remove", "removed", "rid", "strip", "take",
    "throw",
}  # fmt: skip
_THINGS = {
    "all", "both", "call", "calls", "debug", "debugging", "each", "every", "fine", "four",
    "function", "handler", "leave", "left-over", "leftover", "line", "lines", "log", "logs",
    "output", "outputs", "route", "statement", "statements", "stray", "three", "two",
}  # fmt: skip
_MANY = re.compile(
    r"\b(?:calls|statements|lines|outputs|logs|both|two|three|four|all|every|each)\b", re.IGNORECASE
)


def logs_gone(work: Work, ask: Ask) -> StepEdits | None:
    """*Take both `console.log` calls out, `console.warn` stays*: of the function quoted."""
    scene = work.scene
    spoken = heard(ask, _GO | _THINGS, routes=True)
    plural = [one for one in spoken.names if re.fullmatch(r"console\.[a-z]+?s?", one)]
    homes = {one.rpartition(".")[2] for one in scene.task.finding.symbols}
    rest = [one for one in spoken.names if one not in plural and one not in homes]
    if len(plural) != 1 or rest or not spoken.says(_GO) or not is_of_route(scene, spoken):
        return None
    name = plural[0]
    many = _MANY.search(spoken.text) is not None
    if not _logs(scene, name) and name.endswith("s"):
        name, many = name[:-1], True
    if not many or name in spoken.kept:
        return None
    logs = home_of(scene, _logs(scene, name))
    count = spoken.count
    if not logs:
        return None
    if count and len(logs) != count:
        raise Abstain(
            f"the text speaks of {count} calls of {name}; there are {len(logs)}", final=True
        )
    if len(logs) < 2 and not count:
        return None
    edits = [remove(scene.text, one, comments=False) for one in logs]
    said = f"remove the {len(logs)} calls of {name}"
    return step_edits(scene, Operation.REMOVE, said, edits, removes=[one.text() for one in logs])


def _logs(scene: Scene, name: str) -> list[SgNode]:
    logs = []
    for one in of_kinds(scene.root, ("expression_statement",)):
        inner = one.named_children()
        if (
            len(inner) == 1
            and inner[0].kind() == "call_expression"
            and callee_text(inner[0]) == name
        ):
            logs.append(one)
    return logs


LOGS_GONE = (logs_gone,)
