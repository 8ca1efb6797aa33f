"""A call that may throw, and what is returned where it does."""

from __future__ import annotations

import re
import textwrap

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, step
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import innermost_function, parsed, step_edits
from mendbook.fixes.instruction.script.roles.heard import Heard, heard
from mendbook.fixes.instruction.tree.syntax import callee_text, end, of_kinds, start, statement_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import semicolon
from mendbook.model import Operation

_CATCHES = {
    "catch", "catches", "caught", "error", "errors", "fail", "failing", "fails", "failure", "throw",
    "throwing", "throws", "try", "try/catch",
}  # fmt: skip
_WORDS = {
    "answer", "around", "back", "bad", "block", "block,", "broken", "but", "call", "cannot", "case",
    "case,", "corrupt", "crash", "crashing", "data", "default", "end", "fall", "falls", "give",
    "gives", "goes", "guard", "hand", "handle", "hands", "if", "input", "inside", "instead",
    "invalid", "it", "json", "let", "malformed", "no", "not", "parse", "parsed", "parsing",
    "protect", "put", "rather", "result", "return", "returned", "returns", "should", "string",
    "surround", "text", "than", "there", "up", "upon", "use", "used", "value", "what", "when",
    "wrap", "wrong", "yield", "yields",
}  # fmt: skip
_BROKEN = {
    "bad", "broken", "corrupt", "invalid", "json", "malformed",
}  # fmt: skip
_GIVES = {
    "answer", "fall", "falls", "give", "gives", "hand", "hands", "result", "return", "returned",
    "returns", "yield", "yields",
}  # fmt: skip


def falls_back(work: Work, ask: Ask) -> StepEdits | None:
    """*Guard the `JSON.parse` with try/catch; return EMPTY from the catch*: the one quoted call."""
    scene = work.scene
    spoken = heard(ask, _CATCHES | _WORDS)
    if not (spoken.says(_CATCHES) or spoken.says(_BROKEN)) or spoken.kept:
        return None
    if not spoken.says(_GIVES) and not _returned(ask):
        return None
    told = _told(scene, ask, spoken)
    if told is None:
        return None
    call, back = told
    if parsed(back, scene.language) is None:
        return None
    function = innermost_function(scene, call)
    if function is None:
        return None
    for one in call.ancestors():
        if start(one) == start(function) and end(one) == end(function):
            break
        if one.kind() == "try_statement":
            raise Abstain("the call stands in a try already", final=True)
    return _guarded(scene, call, back)


def _returned(ask: Ask) -> list[str]:
    return [
        one.text.rstrip(";")[len("return ") :]
        for one in ask.told
        if one.shape is Shape.STATEMENT and one.text.startswith("return ")
    ]


def _told(scene: Scene, ask: Ask, spoken: Heard) -> tuple[SgNode, str] | None:
    """Return the call and what is returned in its place, where both are clear."""
    homes = {one.rpartition(".")[2] for one in scene.task.finding.symbols}
    calls = [
        one
        for one in of_kinds(scene.root, ("call_expression",))
        if touches_quote(scene, one) and (not (home := _home(scene)) or start(one) >= home[0])
    ]
    called = {callee_text(one) for one in calls}
    names = [one for one in spoken.names if one not in homes]
    meant = [one for one in names if one in called]
    values = [one for one in names if one not in called]
    values = _returned(ask) or values
    if not meant and spoken.says(_BROKEN) and "JSON.parse" in called:
        meant = ["JSON.parse"]
    if len(set(meant)) != 1 or len(set(values)) != 1 or len(names) > len(meant) + 1:
        return None
    if any(one not in {*meant, *values, *(f"return {each}" for each in values)} for one in names):
        return None
    hits = [one for one in calls if callee_text(one) == meant[0]]
    back = values[0]
    plain = re.fullmatch(r"[A-Za-z_$][\w$.]*", back)
    known = (
        plain is None
        or back in {"null", "undefined", "false", "true"}
        or scene.knows(back.partition(".")[0])
    )
    return (hits[0], back) if len(hits) == 1 and known else None


def _home(scene: Scene) -> tuple[int, int] | None:
    return (start(scene.scopes[0]), end(scene.scopes[0])) if len(scene.scopes) == 1 else None


def _guarded(scene: Scene, call: SgNode, back: str) -> StepEdits | None:
    statement = statement_of(call, scene.language)
    unit, mark = step(scene.text), semicolon(scene)
    body, lead = statement.text(), ""
    if statement.kind() in {"lexical_declaration", "variable_declaration"}:
        parts = statement.named_children()
        name, value, typed = (parts[0].field(key) for key in ("name", "value", "type"))
        if len(parts) != 1 or name is None or value is None or name.kind() != "identifier":
            return None
        shown = typed.text() if typed is not None else ""
        if scene.language.name != "javascript" and not shown:
            return None
        lead = f"let {name.text()}{shown}{mark}\n"
        body = f"{name.text()} = {value.text()}{mark}"
    elif statement.kind() not in {"return_statement", "expression_statement"}:
        return None
    margin = indent(scene.text, start(statement))
    inner = (
        textwrap.indent(textwrap.dedent(f"{margin}{body}"), unit)
        if "\n" in body
        else f"{unit}{body}"
    )
    code = f"{lead}try {{\n{inner}\n}} catch {{\n{unit}return {back}{mark}\n}}"
    whole = textwrap.indent(code, margin)[len(margin) :]
    said = f"return {back} where {callee_text(call)} throws"
    edits = [Edit(start(statement), end(statement), whole)]
    return step_edits(scene, Operation.GUARD, said, edits, ["try {", f"return {back}"])


FALLBACKS = (falls_back,)
