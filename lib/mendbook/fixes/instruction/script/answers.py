"""Answers of request handlers: a status with its body, where something is missing."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import step
from mendbook.code.functions import pattern_names
from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import home_of_quote, step_edits
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    call_name,
    of_kinds,
    parameter_name,
    parameters,
    squeezed,
    statement_of,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import line_after, replaced, semicolon
from mendbook.model import Operation

_MISSING = (
    r"(?:is\s+(?:undefined|null|missing|not\s+found|falsy|empty|absent|nullish|not\s+there|not\s+"
    r"set)"
    r"|(?:does\s+not|doesn't)\s+exist|(?:was\s+not|wasn't|cannot\s+be|could\s+not\s+be)\s+found)"
)
_SEND = (
    r"(?:return|respond|reply|answer|send|responding)(?:\s+early)?\s+(?:with\s+)?(?:an?\s+|the\s+"
    r")?(?:http\s+)?(?:status\s+)?(?:code\s+)?(?:of\s+)?"
    r"(?P<{s}>[45]\d\d)(?:\s+(?:not\s+found|bad\s+request|conflict|unauthori[sz]ed|forbidden|"
    r"status(?:\s+code)?|response|error))*"
    r"(?:,?\s+(?:with|and|containing|carrying)\s+(?:the\s+|an?\s+)?(?:(?:json|error|response)\s+"
    r")*(?:body|message|payload|object)?\s*)?\s*\(?(?P<{b}>⟦\d+⟧)\)?"
)
_WHEN = re.compile(
    rf"{_SEND.format(s='s1', b='b1')}\s+(?:when|if)\s+(?:no\s+(?P<n1>⟦\d+⟧|[\w$]+)\s+(?:is|was)"
    rf"\s+found|(?:the\s+)?(?P<x1>⟦\d+⟧|[\w$]+)\s+{_MISSING})"
    r"(?:,?\s+(?:before|prior\s+to)\s+[^;]*)?"
    rf"|(?:if|when)\s+(?:no\s+(?P<n2>⟦\d+⟧|[\w$]+)\s+(?:is|was)\s+found|(?:the\s+)?(?P<x2>⟦\d+⟧|"
    rf"[\w$]+)\s+{_MISSING}),?\s+(?:please\s+|then\s+)?"
    rf"{_SEND.format(s='s2', b='b2')}(?:\s+(?:and\s+)?(?:return|exit|stop)(?:\s+early)?)?",
    re.IGNORECASE,
)


def missing_answered(work: Work, ask: Ask) -> StepEdits | None:
    """*Return a 404 with `{ error: 'gone' }` when `row` is undefined*, in the file's own way."""
    scene = work.scene
    told = _WHEN.fullmatch(ask.text)
    if told is None:
        return None
    status, body = told["s1"] or told["s2"], ask.code(told["b1"] or told["b2"])
    name = ask.code(told["n1"] or told["x1"] or told["n2"] or told["x2"])
    if not re.fullmatch(r"\{.*\}|'[^']*'|\"[^\"]*\"", body, re.DOTALL):
        return None
    at = home_of_quote(scene)
    if at is None or re.search(r"\bempty\b", ask.text):
        return None
    anchor = anchor_of(scene, at, name)
    sent = _sent(scene, at, status, body)
    if anchor is None or not sent:
        return None
    unit, mark = step(scene.text), semicolon(scene)
    rows = [f"{sent}{mark}", f"return{mark}"] if _apart(scene) else [f"return {sent}{mark}"]
    code = f"if (!{name}) {{\n" + "".join(f"{unit}{one}\n" for one in rows) + "}"
    if re.search(rf"if\s*\(\s*!{re.escape(name)}\s*\)", at.text()):
        return None
    said = f"answer {status} where {name} is missing"
    return step_edits(
        scene, Operation.GUARD, said, [line_after(scene, anchor, code)], [f"if (!{name})", sent]
    )


def anchor_of(scene: Scene, home: SgNode, name: str) -> SgNode | None:
    """Return the statement of the handler that declares ``name``."""
    if not re.fullmatch(r"[A-Za-z_$][\w$]*(?:\.[\w$]+)*", name):
        return None
    root = name.split(".")[0]
    declarators = [
        one
        for one in of_kinds(home, ("variable_declarator",))
        if (bound := one.field("name")) is not None and root in pattern_names(bound)
    ]
    if len(declarators) != 1:
        return None
    statement = statement_of(declarators[0], scene.language)
    parent = statement.parent()
    return statement if parent is not None and parent.kind() == "statement_block" else None


def _sent(scene: Scene, home: SgNode, status: str, body: str) -> str:
    """Return the call that answers, as the handler's own kind of server does it."""
    names = [parameter_name(one) for one in parameters(home)]
    name = next((one for one in names if one in {"res", "response", "reply"}), "")
    if not name:
        return ""
    if name == "reply" or re.search(rf"\b{name}\.code\(\d{{3}}\)", scene.text):
        return f"{name}.code({status}).send({body})"
    fits = re.search(rf"\b{name}\.(?:json|status)\(", scene.text) or "express" in scene.text
    way = (
        "json"
        if body.startswith("{")
        or not re.search(rf"\b{name}(?:\.status\(\d+\))?\.send\(", scene.text)
        else "send"
    )
    return f"{name}.status({status}).{way}({body})" if fits else ""


def _apart(scene: Scene) -> bool:
    """Tell whether the file's handlers answer first and return in a line of its own."""
    apart = len(re.findall(r"\.(?:json|send|end)\([^;]*\);?\s*\n\s*return;?\s*\n", scene.text))
    joined = len(re.findall(r"return\s+(?:res|response|reply)\.", scene.text))
    return apart > joined or (
        re.search(r"Promise<void>|RequestHandler\b", scene.text) is not None and not joined
    )


_STATUS = re.compile(
    r"(?:(?:change|replace|switch)\s+(?:the\s+)?(?:http\s+|response\s+)?(?:status\s+)?(?:code\s+"
    r")?(?:from\s+)?(?:⟦\d+⟧|(?P<old>[1-5]\d\d))\s+(?:to|with|by)\s+(?P<new>⟦\d+⟧|[1-5]\d\d)"
    r"|(?:(?:return|use|send|respond\s+with|answer\s+with|reply\s+with|set)\s+|[^⟦;]*?\b(?:should"
    r"|must|needs\s+to|has\s+to)\s+(?:be\s+|return\s+|answer\s+|respond\s+)(?:reported\s+|"
    r"answered\s+|signalled\s+)?(?:as\s+|with\s+|by\s+)?)"
    r"(?:an?\s+|the\s+)?(?:http\s+)?(?:status\s+)?(?:code\s+)?(?P<new2>⟦\d+⟧|[1-5]\d\d)(?:\s+(?"
    r":created|conflict|not\s+found|bad\s+request|no\s+content|status|response|code))*\s*"
    rf"(?:,\s+not|{INSTEAD_OF})\s+(?:an?\s+)?(?P<old2>⟦\d+⟧|"
    r"[1-5]\d\d)(?:\s+(?:ok|status|error))?)",
    re.IGNORECASE,
)


def status_instead(work: Work, ask: Ask) -> StepEdits | None:
    """*Answer 409 instead of 200*: the one status that the evidence quotes."""
    scene = work.scene
    told = _STATUS.fullmatch(ask.text)
    if told is None:
        return None
    new, old = ask.code(told["new"] or told["new2"]), ask.code(told["old"] or told["old2"] or "")
    if not re.fullmatch(r"[1-5]\d\d", new) or not re.fullmatch(r"[1-5]\d\d", old):
        return None
    numbers = [one for one in of_kinds(scene.root, ("number",))
               if begins_in_quote(scene, one) and one.text() == old]  # fmt: skip
    if len(numbers) != 1:
        return None
    said = f"answer {new} in the place of {old}"
    return step_edits(scene, Operation.REPLACE, said, [replaced(numbers[0], new)], [new], [old])


_BODY = re.compile(
    r"(?:respond|reply|answer|return|send)\s+(?:with\s+)?(?:only\s+|just\s+)?(?:an?\s+|the\s+)?"
    r"(?:generic\s+)?(?:(?:json|error)\s+)?(?:body|message|payload|response)?\s*(?P<new1>⟦\d+⟧)"
    r"(?:\s+(?:to\s+the\s+client|to\s+clients|instead|(?:instead\s+of|rather\s+than|in\s+place\s+"
    r"of)\s+[^;]+))?"
    r"|(?:the\s+)?(?:(?:response|error|json)\s+)*(?:body|payload|response|answer)(?:\s+(?:of|for)"
    r"\s+"
    r"(?:the\s+|an?\s+)?(?:\d{3}|error|response|\s)+)?\s*(?:should|must|has\s+to|needs\s+to)\s+(?"
    r":only\s+|just\s+)?"
    r"(?:be|contain|read|say|carry)\s+(?:only\s+|just\s+|simply\s+)?(?P<new2>⟦\d+⟧)",
    re.IGNORECASE,
)


def body_instead(work: Work, ask: Ask) -> StepEdits | None:
    """*Respond with `{ error: 'failed' }` instead*: what the one quoted answer is given."""
    scene = work.scene
    told = _BODY.fullmatch(ask.text)
    new = ask.code(told["new1"] or told["new2"]) if told is not None else ""
    if not re.fullmatch(r"\{.*\}", new, re.DOTALL) or "..." in new:
        return None
    calls = [
        one
        for one in of_kinds(scene.root, ("call_expression",))
        if touches_quote(scene, one)
        and call_name(one) in {"json", "send"}
        and re.match(r"(?:res|response|reply|c|ctx|NextResponse|Response)\b", text_of(one))
        and len(arguments(one)) == 1
    ]
    if len(calls) != 1 or arguments(calls[0])[0].kind() != "object":
        return None
    old = arguments(calls[0])[0]
    if squeezed(old.text()) == squeezed(new):
        return None
    said = f"answer with `{new[:60]}`"
    return step_edits(scene, Operation.REPLACE, said, [replaced(old, new)], [new], [old.text()])


_ANEW = re.compile(
    r"(?:use|return|send|answer\s+with|respond\s+with|reply\s+with|replace\s+(?:it|this)\s+(?"
    r":with|by)|change\s+(?:it|this)\s+to|[^⟦;]*?(?:\bwith|:))\s*"
    rf"(?P<new>⟦\d+⟧)(?:\s+(?:instead|here|{INSTEAD_OF}\s+[^⟦;]+"
    r"))?",
    re.IGNORECASE,
)
_CHAIN = re.compile(
    r"(?P<root>res|response|reply)(?:\.(?:status|code|type|set|header)\([^()]*\))*\.(?:json|send|"
    r"end|sendStatus)\(.*\)",
    re.DOTALL,
)


def answer_anew(work: Work, ask: Ask) -> StepEdits | None:
    """*Use `res.status(401).json(…)` rather than plain text*: for the one answer that is quoted."""
    scene = work.scene
    told = _ANEW.fullmatch(ask.text)
    new = ask.code(told["new"]).rstrip(";").removeprefix("return ") if told is not None else ""
    chain = _CHAIN.fullmatch(new)
    if chain is None or "..." in new or re.search(r"\b(?:and|then)\b", ask.text):
        return None
    calls = [
        one
        for one in of_kinds(scene.root, ("call_expression",))
        if begins_in_quote(scene, one)
        and (old := _CHAIN.fullmatch(one.text())) is not None
        and old["root"] == chain["root"]
        and not (one.parent() is not None and text_of(one.parent()).startswith(f"{one.text()}."))
    ]
    if len(calls) != 1:
        return None
    said = f"answer by `{new[:60]}`"
    return step_edits(
        scene, Operation.REPLACE, said, [replaced(calls[0], new)], [new], [calls[0].text()]
    )


ANSWERS = (missing_answered, status_instead, body_instead, answer_anew)
