"""Statements that words give a place: beside a listener, behind what is known, in an argument."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import step
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.guards import leaving
from mendbook.fixes.instruction.script.place import (
    DECLARED,
    innermost_function,
    parsed,
    quoted_nodes,
    step_edits,
)
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    call_name,
    of_kinds,
    squeezed,
    string_of,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import (
    line_after,
    line_before,
    quoted_as_here,
    replaced,
    semicolon,
)
from mendbook.model import Operation

_LISTENERS = {"on", "once", "addEventListener", "addListener", "prependListener"}
_BESIDE = re.compile(
    r"(?:[^⟦;]*?:\s*|(?:add|register|attach|put|insert)\s+)(?P<code>⟦\d+⟧),?\s+(?P<where>before|"
    r"after|above|below|behind)"
    r"\s+the\s+(?P<event>⟦\d+⟧|'[^']*'|[\w-]+)\s+(?:listener|handler|event|callback)",
    re.IGNORECASE,
)


def beside_listener(work: Work, ask: Ask) -> StepEdits | None:
    """*Add `child.on('error', fail)` before the close listener*: of the same emitter."""
    scene = work.scene
    told = _BESIDE.fullmatch(ask.text)
    code = ask.code(told["code"]).rstrip(";") if told is not None else ""
    new = parsed(code, scene.language) if code else None
    if told is None or new is None or new.kind() != "call_expression":
        return None
    if call_name(new) not in _LISTENERS:
        return None
    event = ask.code(told["event"]).strip("'\"")
    around = quoted_nodes(scene, (*DECLARED, "expression_statement"))
    homes = [innermost_function(scene, one) for one in around]
    home = homes[0] if homes and homes[0] is not None else scene.root
    owner = code.split(".")[0]
    listeners = [
        one for one in of_kinds(home, ("expression_statement",))
        if (call := _listens(one)) is not None and call.text().startswith(f"{owner}.")
        and string_of(arguments(call)[0]) == event
    ]  # fmt: skip
    if len(listeners) != 1 or squeezed(code) in squeezed(home.text()):
        raise Abstain(f"no single {event} listener of {owner} stands there", final=True)
    first = told["where"].lower() in {"before", "above"}
    line = f"{quoted_as_here(scene, code)}{semicolon(scene)}"
    edit = (line_before if first else line_after)(scene, listeners[0], line)
    said = f"call `{code[:60]}` {told['where'].lower()} the {event} listener"
    return step_edits(scene, Operation.CALL, said, [edit], [line.rstrip(";")])


def _listens(statement: SgNode) -> SgNode | None:
    inner = statement.named_children()
    call = inner[0] if len(inner) == 1 and inner[0].kind() == "call_expression" else None
    if call is None or call_name(call) not in _LISTENERS or len(arguments(call)) < 2:
        return None
    return call


_KNOWN = re.compile(
    r"(?:once|when|as\s+soon\s+as|after)\s+(?:the\s+)?(?P<name>⟦\d+⟧|[\w$]+)\s+is\s+(?:known|read|"
    r"loaded|fetched|available|parsed|there),?\s+(?:then\s+)?(?:(?P<verb>throw|"
    r"return)\s+(?:an?\s+)?)?"
    r"(?P<what>⟦\d+⟧)\s+(?:if|when)\s+(?P<test>[^;:]+)",
    re.IGNORECASE,
)


def refused_when_known(work: Work, ask: Ask) -> StepEdits | None:
    """*Once the size is known, throw `new TooBig()` if size > MAX*: behind its declaration."""
    scene = work.scene
    told = _KNOWN.fullmatch(ask.text)
    if told is None:
        return None
    name, test = ask.code(told["name"]), ask.code(told["test"]).strip()
    if parsed(test, scene.language) is None or not re.search(r"[<>=!]=?", test):
        return None
    what = ask.code(told["what"])
    verb = (told["verb"] or what.split()[0]).lower()
    leaves = leaving(verb, what, "") if verb in {"throw", "return"} else ""
    declarations = [
        one for one in of_kinds(scene.root, DECLARED)
        if begins_in_quote(scene, one)
        and re.search(rf"(?<![\w$.]){re.escape(name)}(?![\w$])", one.text().split("=")[0])
    ]  # fmt: skip
    if (
        not leaves
        or len(declarations) != 1
        or not re.search(rf"(?<![\w$.]){re.escape(name)}(?![\w$])", test)
    ):
        return None
    leaves = quoted_as_here(scene, leaves)
    code = f"if ({test}) {{\n{step(scene.text)}{leaves}{semicolon(scene)}\n}}"
    said = f"{leaves[:60]} where {test}"
    edit = line_after(scene, declarations[0], code)
    return step_edits(scene, Operation.GUARD, said, [edit], [f"if ({test})", leaves])


_AGAINST = re.compile(
    r"(?:match|test|compare|check|run|validate|parse|execute|apply)\s+(?:it\s+|this\s+|"
    r"the\s+\w+\s+)?(?:against|on|with)\s+(?P<new>⟦\d+⟧)(?:,\s+(?:the|it|this)\s[^⟦;]*)?",
    re.IGNORECASE,
)


def argument_made(work: Work, ask: Ask) -> StepEdits | None:
    """*Match against `line.trim()`*: for the one quoted argument that is ``line``."""
    scene = work.scene
    told = _AGAINST.fullmatch(ask.text)
    new = ask.code(told["new"]) if told is not None else ""
    made_of = re.fullmatch(r"(?P<root>[A-Za-z_$][\w$.]*)\.[a-zA-Z]\w*\(\)", new)
    if made_of is None:
        return None
    values = [
        each for one in of_kinds(scene.root, ("call_expression",)) for each in arguments(one)
        if text_of(each) == made_of["root"] and begins_in_quote(scene, each)
    ]  # fmt: skip
    if len(values) != 1:
        return None
    said = f"hand on `{new}`"
    return step_edits(scene, Operation.REPLACE, said, [replaced(values[0], new)], [new])


_RANDOM = re.compile(
    r"[A-Za-z][\w ]*?\s(?:with|by|using|via)?\s*(?P<new>⟦\d+⟧)(?:\s+(?:from|"
    r"of)\s+(?P<module>⟦\d+⟧|[\w:]+))?(?:\s+(?:instead|here))?",
    re.IGNORECASE,
)


def drawn_safely(work: Work, ask: Ask) -> StepEdits | None:
    """*Pick it with `randomInt(n)` from `node:crypto`*: for ``Math.floor(Math.random() * n)``."""
    scene = work.scene
    told = _RANDOM.fullmatch(ask.text)
    new = ask.code(told["new"]) if told is not None else ""
    drawn = re.fullmatch(r"(?P<f>(?:crypto\.)?randomInt)\((?P<n>[^,]+)\)", new)
    if told is None or drawn is None:
        return None
    wanted = squeezed(f"Math.floor(Math.random() * {drawn['n']})")
    calls = [one for one in of_kinds(scene.root, ("call_expression",))
             if touches_quote(scene, one) and squeezed(one.text()) == wanted]  # fmt: skip
    if len(calls) != 1:
        return None
    module = ask.code(told["module"] or "").strip("'\"")
    modules = {drawn["f"]: module} if module and "." not in drawn["f"] else {}
    said = f"draw it by {drawn['f']}"
    return step_edits(
        scene, Operation.REPLACE, said, [replaced(calls[0], new)], [new], [calls[0].text()], modules
    )


TOLD_PLACES = (beside_listener, refused_when_known, argument_made, drawn_safely)
