"""The status that a handler answers with, whatever says it: a call, an error, a field."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.wording import CODE, OUGHT
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.tree.syntax import (
    call_name,
    callee_text,
    name_of,
    of_kinds,
    start,
    statement_of,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_NUMBER = rf"(?:[1-5]\d\d|{CODE})"
_PHRASE = (
    r"(?:ok|created|accepted|no content|bad request|unauthori[sz]ed|forbidden|not found|conflict|"
    r"gone|unprocessable(?: entity| content)?|too many requests|payload too large|"
    r"internal server error|service unavailable|bad gateway|not implemented|method not allowed)"
)
_CODE = rf"(?:http )?(?:response )?(?:status )?(?:code )?(?P<{{}}>{_NUMBER})(?: \(?{_PHRASE}\)?)?"
_WORD = rf"(?:{CODE}|[A-Za-z][\w-]*)"
_SUBJECT = rf"(?P<{{}}>(?!it\b){_WORD}{f'(?: {_WORD})?' * 5})"
_SEND = r"(?:answer|respond|reply|return|send|use|throw|signal|report|give|emit|raise)"
_WITH = r"(?: (?:with|by|as|to|using))?"
_WHEN = (
    rf"(?: (?:for|when|if|on|in case of|where|in)(?: the)? {_SUBJECT.format('s{0}')}"
    r"(?: (?:branch|case|path|guard))?)?"
)
_OLD = rf"(?:,? (?:instead of|rather than|not|in place of|over|and not)(?: {_NUMBER}))?"
_TAIL = r"(?: status)?(?: code)?(?: response| answer| error)?"
_STATUS = re.compile(
    rf"{_SEND}(?: it| them)?{_WITH} {_CODE.format('c1')}{_TAIL}{_OLD}{_WHEN.format(1)}{_OLD}"
    rf"|{_SEND} {_SUBJECT.format('s2')} (?:with|by|as) {_CODE.format('c2')}{_TAIL}{_OLD}"
    rf"|{_SUBJECT.format('s3')} {OUGHT} (?:be )?(?:(?:answered|reported|sent|signalled|returned|"
    rf"return|answer|give|respond|reply|use|send){_WITH} )?{_CODE.format('c3')}{_TAIL}{_OLD}"
    rf"|{_SUBJECT.format('s4')} is {_CODE.format('c4')}{_TAIL}{_OLD}"
    rf"|(?:change|set|make|switch|correct|turn) (?:(?:http |response )*(?:status(?: code)?|code)"
    rf"|it)"
    rf"(?: from {_NUMBER})?(?: to| be)? {_CODE.format('c5')}{_TAIL}{_WHEN.format(5)}"
    rf"|(?P<c6>{CODE}){_OLD}",
    re.IGNORECASE,
)
_SENT = {"json", "send", "end"}
_TELLS = {"status", "code", "sendStatus", "writeHead"}
_MANY = {"all", "every", "each", "both", "other", "else", "any", "neither"}


def status(work: Work, ask: Ask) -> StepEdits | None:
    """*Answer `sold` with 409*: the one status that the evidence says, or that its answer lacks."""
    scene = work.scene
    told = _STATUS.fullmatch(ask.text)
    if told is None:
        return None
    groups = told.groupdict()
    new = next((ask.code(groups[f"c{at}"]) for at in range(1, 6) if groups[f"c{at}"]), "")
    new = new or _of_chain(ask.code(groups["c6"]))
    about = next((groups[f"s{at}"] for at in (1, 2, 3, 4, 5) if groups.get(f"s{at}")), "")
    if not re.fullmatch(r"[1-5]\d\d", new) or set(about.lower().split()) & _MANY:
        return None
    statuses = [one for one in statuses_said(scene) if _is_about(scene, ask, one, about)]
    olds = [one for one in _olds(ask, told) if one != new]
    statuses = [one for one in statuses if not olds or one.text() in olds]
    if len(statuses) == 1:
        if statuses[0].text() == new:
            raise Abstain(f"it is answered by {new} already")
        said = f"answer by {new} in the place of {statuses[0].text()}"
        return step_edits(scene, Operation.REPLACE, said, [replaced(statuses[0], new)], [new])
    if statuses or olds or groups["s1"] or groups["c6"]:
        return None
    return set_first(scene, new)


def _of_chain(code: str) -> str:
    """Return the status that ``res.status(409)`` sets; empty for other code."""
    told = re.fullmatch(r"(?:res|reply|response)?\.?(?:status|code)\((\d{3})\)", code)
    return told[1] if told is not None else ""


def _olds(ask: Ask, told: re.Match[str]) -> list[str]:
    """Return the statuses that the text says beside the new one."""
    text = re.sub(r"⟦\d+⟧", lambda one: ask.code(one[0]), told[0])
    behind = re.findall(
        r"(?:instead of|rather than|not|in place of|over|from)\s+([1-5]\d\d)\b", text, re.I
    )
    return list(behind)


def statuses_said(scene: Scene) -> list[SgNode]:
    """Return the numbers in the quote that are the status of an answer or of an error."""
    return [
        one
        for one in of_kinds(scene.root, ("number",))
        if begins_in_quote(scene, one) and re.fullmatch(r"[1-5]\d\d", one.text()) and _tells(one)
    ]


def _tells(number: SgNode) -> bool:
    """Tell whether a number is said as a status."""
    parent = number.parent()
    if parent is None:
        return False
    if parent.kind() == "pair":
        return name_of(parent) in {"status", "statusCode", "code"}
    if parent.kind() == "assignment_expression":
        return re.search(r"\.(?:status|statusCode)$", text_of(parent.field("left"))) is not None
    call = parent.parent()
    if parent.kind() != "arguments" or call is None:
        return False
    if call.kind() == "new_expression":
        return re.search(r"(?:Error|Exception|Problem)$", callee_text(call)) is not None
    return call_name(call) in _TELLS or re.search(
        r"(?:^|\.)(?:createError|httpError|error|abort|fail|redirect|json)$", callee_text(call)
    ) is not None  # fmt: skip


def _is_about(scene: Scene, ask: Ask, number: SgNode, about: str) -> bool:
    """Tell whether the code that a subject names stands in the statement of a number."""
    statement = statement_of(number, scene.language)
    around = [statement, *(one for one in statement.ancestors() if one.kind() == "if_statement")][
        :2
    ]
    text = " ".join(one.text() for one in around)
    marks = re.findall(r"⟦\d+⟧", about)
    return all(ask.code(one).strip("'\"`") in text for one in marks)


def set_first(scene: Scene, new: str) -> StepEdits | None:
    """Return the status set on the one answer in the quote that sets none."""
    calls = [
        one
        for one in of_kinds(scene.root, ("call_expression",))
        if begins_in_quote(scene, one) and call_name(one) in _SENT
        and re.fullmatch(r"(?:res|response|reply)\.(?:json|send|end)", callee_text(one))
    ]  # fmt: skip
    if len(calls) != 1 or re.search(r"\.status\(|\.code\(|statusCode", _before(scene, calls[0])):
        return None
    owner = callee_text(calls[0]).split(".")[0]
    way = "code" if owner == "reply" else "status"
    text = f".{way}({new})"
    edit: Edit = insert(start(calls[0]) + len(owner), text)
    return step_edits(scene, Operation.ADD, f"answer by {new}", [edit], [f"{owner}{text}"])


def _before(scene: Scene, call: SgNode) -> str:
    """Return what stands in the same block before a call, since the last block that ended."""
    statement = statement_of(call, scene.language)
    block = statement.parent()
    return scene.text[start(block) : start(statement)].rpartition("}")[2] if block else ""


STATUSES = (status,)
