"""Effects of React that clean up behind themselves: what is returned, a timer, an abort."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.places.targets import options_of
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    body_of,
    call_name,
    callee_text,
    end,
    name_of,
    of_kinds,
    start,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import block_start, line_after, semicolon
from mendbook.model import Operation


def _effect(scene: Scene) -> SgNode | None:
    """Return the one call of an effect hook that the evidence points into; None for others."""
    effects = [
        one
        for one in of_kinds(scene.root, ("call_expression",))
        if re.fullmatch(r"use(?:Layout|Insertion)?Effect", call_name(one))
        and arguments(one)
        and touches_quote(scene, one)
    ]
    begun = [one for one in effects if begins_in_quote(scene, one)]
    held = begun if len(begun) == 1 else effects
    return held[0] if len(held) == 1 else None


def effect_body(scene: Scene) -> SgNode | None:
    """Return the block of the effect that is quoted, where it returns nothing yet; else None."""
    effect = _effect(scene)
    body = body_of(arguments(effect)[0]) if effect is not None else None
    if body is None or body.kind() != "statement_block":
        return None
    if any(one.kind() == "return_statement" for one in body.named_children()):
        return None
    return body


def last_of(body: SgNode) -> SgNode | None:
    """Return the last statement of a block; None where it has none."""
    inner = [one for one in body.named_children() if "comment" not in one.kind()]
    return inner[-1] if inner else None


_CLEANS = re.compile(
    r"(?:return\s+(?P<name>⟦\d+⟧)(?:\s+(?:as\s+(?:the\s+)?clean-?\s?up(?:\s+function)?))?\s+(?"
    r":from|in|at\s+the\s+end\s+of)\s+"
    r"(?:the\s+|this\s+)?(?:effect|⟦\d+⟧|hook|callback)(?:\s+(?:hook|callback))?"
    r"|[^⟦;]*?\bby\s+returning\s+(?P<name2>⟦\d+⟧)(?:\s+(?:from|in|at\s+the\s+end\s+of)\s+(?"
    r":the\s+|this\s+)?effect)?"
    r"|(?:(?:clean\s+up|unsubscribe|remove|release|cancel|dispose|add\s+(?:an?\s+)?(?:effect\s+)?"
    r"clean-?\s?up|return\s+an?\s+clean-?\s?up"
    r"(?:\s+function)?|clear|stop|close)\b[^⟦:]*:\s*)?(?P<code>⟦\d+⟧)(?:\s+(?:at\s+the\s+end\s+of"
    r"|from|in)\s+the\s+effect)?)",
    re.IGNORECASE,
)


def cleaned_up(work: Work, ask: Ask) -> StepEdits | None:
    """*Return `unsubscribe` from the effect*: what the effect that is quoted ends with."""
    scene = work.scene
    told = _CLEANS.fullmatch(ask.text)
    body = effect_body(scene) if told is not None else None
    if told is None or body is None:
        return None
    code = ask.code(told["name"] or told["name2"] or told["code"]).rstrip(";")
    if told["name"] or told["name2"]:
        called = re.fullmatch(r"[\w$]+(?:\(\))?", code) is not None
        bound = [one for one in of_kinds(body, ("variable_declarator",))
                 if name_of(one) == code.removesuffix("()")]  # fmt: skip
        if code.startswith("("):
            text = f"return {code}"
        elif called and len(bound) == 1:
            text = f"return {code.removesuffix('()')}"
        else:
            return None
    else:
        if not re.match(r"return\s+(?:\(\)|function\b|[\w$]+$)", code) or "..." in code:
            return None
        text = code
    last = last_of(body)
    if last is None:
        return None
    line = f"{text}{semicolon(scene)}"
    said = f"end the effect by `{text[:60]}`"
    return step_edits(scene, Operation.CALL, said, [line_after(scene, last, line)], [text])


_TIMER = re.compile(
    r"(?:store|keep|save|assign|capture)\s+(?:the\s+)?(?:interval|timer|timeout)(?:\s*id|\s+"
    r"handle)?(?:\s+(?:in\s+a\s+(?:variable|const)))?"
    r"\s*,?\s+(?:and|then)\s+(?:clear|cancel|stop)\s+it\s+(?:in|on|during)\s+(?:the\s+|an?\s+)?(?"
    r":effect(?:'s)?\s+)?"
    r"(?:clean-?\s?up(?:\s+function)?|unmount)(?:\s*:\s*(?P<code>⟦\d+⟧(?:[^⟦]*⟦\d+⟧)*))?",
    re.IGNORECASE,
)


def cleared_timer(work: Work, ask: Ask) -> StepEdits | None:
    """*Store the interval id and clear it in the cleanup*: under the name the text writes."""
    scene = work.scene
    told = _TIMER.fullmatch(ask.text)
    body = effect_body(scene) if told is not None else None
    if told is None or body is None:
        return None
    timers = [
        one
        for one in body.named_children()
        if (call := re.match(r"set(Interval|Timeout)\(", one.text())) is not None
        and one.kind() == "expression_statement"
    ]
    if len(timers) != 1 or call is None:
        return None
    spelled = ask.code(told["code"] or "")
    named = re.search(r"(?:const|let)\s+([\w$]+)\s*=\s*(?:window\.)?set", spelled)
    name = named[1] if named is not None else "id"
    if re.search(rf"(?<![\w$.]){name}(?![\w$:])", scene.text):
        return None
    kind = "Interval" if timers[0].text().startswith("setInterval") else "Timeout"
    clear = f"return () => clear{kind}({name}){semicolon(scene)}"
    last = last_of(body) or timers[0]
    edits = [insert(start(timers[0]), f"const {name} = "), line_after(scene, last, clear)]
    said = f"keep the timer as {name} and clear it"
    return step_edits(scene, Operation.CALL, said, edits, [f"clear{kind}({name})"])


_ABORT = re.compile(
    r"(?:use|create|add|introduce)\s+(?:an?\s+)?(?:⟦\d+⟧|AbortController\b).*(?:\bsignal\b|⟦\d+⟧)"
    r".*",
    re.IGNORECASE | re.DOTALL,
)


def aborted(work: Work, ask: Ask) -> StepEdits | None:
    """*Use an `AbortController` … pass its signal to `fetch`, abort in the cleanup*."""
    scene = work.scene
    whole = ask.written
    if _ABORT.fullmatch(ask.text) is None or not re.search(r"\bsignal\b", whole):
        return None
    if not re.search(r"\bAbortController\b", whole) or not re.search(r"\babort", whole, re.I):
        return None
    if not re.search(r"clean-?\s?up|unmount|return", ask.written, re.IGNORECASE):
        return None
    body = effect_body(scene)
    named = re.search(r"\b([\w$]+)\.(?:signal|abort)\b", ask.written)
    name = named[1] if named is not None else "controller"
    if body is None or re.search(rf"(?<![\w$.]){name}(?![\w$])", scene.text):
        return None
    targets = {one.bare for one in ask.told if one.shape in {Shape.NAME, Shape.CODE}}
    called = [one for one in of_kinds(body, ("call_expression",)) if callee_text(one) in targets]
    if len(called) != 1:
        return None
    given = _with_signal(scene, called[0], name)
    if given is None:
        return None
    last = last_of(body)
    if last is None:
        return None
    mark = semicolon(scene)
    edits = [
        block_start(scene, body, f"const {name} = new AbortController(){mark}"),
        given,
        line_after(scene, last, f"return () => {name}.abort(){mark}"),
    ]
    said = f"abort {callee_text(called[0])} when the effect ends"
    return step_edits(scene, Operation.CALL, said, edits, [f"{name}.signal", f"{name}.abort()"])


def _with_signal(scene: Scene, call: SgNode, name: str) -> Edit | None:
    """Return the edit that hands a signal on: an option of ``fetch``, else the next parameter."""
    given = arguments(call)
    last = given[-1] if given else None
    if last is None or "signal" in call.text():
        return None
    if callee_text(call).rpartition(".")[2] == "fetch":
        options = options_of(call, scene.language)
        if options is not None and len(given) == 2:
            inner = options.named_children()
            lead = f", signal: {name}.signal" if inner else f" signal: {name}.signal "
            return insert(end(inner[-1]) if inner else start(options) + 1, lead)
        return insert(end(last), f", {{ signal: {name}.signal }}") if len(given) == 1 else None
    declared = _parameters_of(scene, callee_text(call))
    if len(declared) == len(given) + 1 and declared[-1] in {"signal", "abortSignal"}:
        return insert(end(last), f", {name}.signal")
    return None


def _parameters_of(scene: Scene, name: str) -> list[str]:
    """Return the names of the parameters of a function of the tree that one file declares."""
    signatures = []
    for path in scene.task.snapshot.files:
        if not path.endswith((".ts", ".tsx", ".js", ".jsx", ".mjs")):
            continue
        declared = re.search(
            rf"(?:function\s+{re.escape(name)}\s*(?:<[^>]*>)?|const\s+{re.escape(name)}\s*=\s*(?"
            rf":async\s*)?)"
            r"\((?P<given>[^()]*)\)",
            scene.task.snapshot.text(path),
        )
        if declared is not None:
            signatures.append([re.sub(r"[?:=].*$", "", one, flags=re.DOTALL).strip()
                               for one in declared["given"].split(",") if one.strip()])  # fmt: skip
    return signatures[0] if len(signatures) == 1 else []


EFFECTS = (cleaned_up, cleared_timer, aborted)
