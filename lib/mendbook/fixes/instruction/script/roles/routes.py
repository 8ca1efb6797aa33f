"""What a route answers: its status, and whether it sends a body."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.statuses import set_first, statuses_said
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.script.roles.heard import heard, is_of_route
from mendbook.fixes.instruction.tree.syntax import arguments, callee_text, of_kinds
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_ANSWERS = {
    "answer", "answered", "answers", "give", "gives", "replies", "reply", "respond", "responds",
    "return", "returned", "returns", "send", "sends", "use",
}  # fmt: skip
_WORDS = {
    "accepted", "body", "change", "code", "content", "created", "empty", "endpoint", "handler",
    "http", "instead", "no", "not", "ok", "response", "route", "set", "status", "success",
    "successful", "without",
}  # fmt: skip
_EMPTY = re.compile(r"\b(?:without|no|empty)\b", re.IGNORECASE)


def route_answers(work: Work, ask: Ask) -> StepEdits | None:
    """*POST /orders must reply 201*: the one status that the quote says, in that route."""
    scene = work.scene
    spoken = heard(ask, _ANSWERS | _WORDS, routes=True)
    numbers = [one for one in spoken.names if re.fullmatch(r"[1-5]\d\d", one)]
    if not numbers or len(numbers) != len(spoken.names) or not spoken.says(_ANSWERS | {"status"}):
        return None
    bodyless = numbers[0] == "204" and _EMPTY.search(spoken.text) is not None
    if not (spoken.routes or bodyless):
        return None
    if not is_of_route(scene, spoken):
        raise Abstain("the code quoted is of another route", final=True)
    if bodyless:
        return _without_body(scene)
    statuses = statuses_said(scene)
    if len(statuses) > 1 or len(numbers) > 2 or spoken.says({"empty", "without", "no"}):
        return None
    if not statuses:
        return set_first(scene, numbers[0]) if len(numbers) == 1 else None
    if statuses[0].text() == numbers[0] or (len(numbers) == 2 and statuses[0].text() != numbers[1]):
        raise Abstain(f"it is answered by {statuses[0].text()} already", final=True)
    said = f"answer by {numbers[0]} in the place of {statuses[0].text()}"
    edits = [replaced(statuses[0], numbers[0])]
    return step_edits(scene, Operation.REPLACE, said, edits, [numbers[0]])


_SENDS = re.compile(r"(?P<res>res|response)(?:\.status\(\d+\))?\.(?:json|send|end)")


def _without_body(scene: Scene) -> StepEdits | None:
    """Return the one quoted answer as a 204 that sends nothing."""
    calls = [
        one
        for one in of_kinds(scene.root, ("call_expression",))
        if touches_quote(scene, one) and _SENDS.fullmatch(callee_text(one)) and _is_plain(one)
    ]
    told = _SENDS.fullmatch(callee_text(calls[0])) if len(calls) == 1 else None
    if told is None:
        return None
    code = f"{told['res']}.status(204).end()"
    if calls[0].text() == code:
        raise Abstain("it is answered by 204 without a body already", final=True)
    return step_edits(
        scene, Operation.REPLACE, f"answer by `{code}`", [replaced(calls[0], code)], [code]
    )


def _is_plain(call: SgNode) -> bool:
    """Tell whether the arguments of a call do nothing that would be lost with them."""
    kinds = ("call_expression", "await_expression", "new_expression")
    return not any(one.kind() in kinds or of_kinds(one, kinds) for one in arguments(call))


ROUTES = (route_answers,)
